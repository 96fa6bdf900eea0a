use leptos::prelude::*;
use wuzha_core::book::{Book, Subject, Verdict, commands};
use wuzha_core::inspection::{self, Basis, ItemState, Progress};
use wuzha_core::measure::Share;
use wuzha_core::pack::Item;

use super::dorms::ProgressBar;
use super::item::CheckItem;
use super::rounds::{Viewed, in_current_round};
use crate::app::{bilingual, texts};
use crate::content;
use crate::shell::commit_undoable;
use crate::store::Store;

/// What one row of the checklist shows.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Reading {
    /// What holds; `None` while nobody knows.
    pub(super) verdict: Option<Verdict>,
    /// Who says so.
    pub(super) source: Source,
    /// 备注
    pub(super) remark: String,
}

/// Who says how an item stands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Source {
    /// A person, or nobody yet.
    #[default]
    Person,
    /// The book's own count.
    Book(Share),
}

impl Reading {
    fn of(state: &ItemState<'_>) -> Self {
        let remark = state.finding.and_then(|finding| finding.remark.get());
        Self {
            verdict: state.verdict,
            source: match state.basis {
                Basis::Person => Source::Person,
                Basis::Book(share) => Source::Book(share),
            },
            remark: remark.cloned().unwrap_or_default(),
        }
    }

    /// The verdict that a person gave.
    pub(super) fn given(&self) -> Option<Verdict> {
        self.verdict.filter(|_| self.source == Source::Person)
    }
}

/// The checklist of a dorm or the class in one round.
///
/// The items are read once a change; each row follows its own memo, so that a tap redraws one row.
#[component]
pub(super) fn CheckForm(
    subject: Subject,
    viewed: Viewed,
    /// The ways to what is checked next, beside 全部合格.
    #[prop(optional, into)]
    walk: Option<ViewFn>,
) -> impl IntoView {
    let pack = content::pack();
    let scope = subject.scope();
    let items: Vec<Item> = pack.checklist(scope).items.clone();
    let (readings, progress) = follow(&subject, viewed);
    let rows = |(nth, item): (usize, Item)| {
        let reading = Memo::new(move |_| {
            readings
                .with(|all| all.get(nth).cloned())
                .unwrap_or_default()
        });
        view! { <CheckItem item subject=subject.clone() reading is_over=viewed.is_over/> }
    };
    let rows = items.into_iter().enumerate().map(rows).collect_view();
    let title = move || bilingual(&pack.checklist(scope).title).to_owned();
    view! {
        <section>
            <div class="progress">
                <span class="progress__label">
                    {move || (texts().checks().progress)(progress.get())}
                    <small class="muted">{move || viewed.round.get().map(texts().checks().in_round)}</small>
                </span>
                <ProgressBar progress/>
            </div>
            <h2 class="section-title">{title}</h2>
            <ul class="cells">{rows}</ul>
            <div class="btn-bar btn-bar_three">
                <Show when=move || !viewed.is_over.get()>
                    <PassRest subject=subject.clone() progress/>
                </Show>
                {walk.map(|walk| walk.run())}
            </div>
        </section>
    }
}

/// All rows as they stand, and how far they have come.
fn follow(subject: &Subject, viewed: Viewed) -> (Memo<Vec<Reading>>, Signal<Progress>) {
    let book = expect_context::<Store>().book();
    let pack = content::pack();
    let subject = subject.clone();
    let read = move |book: &Book| {
        let items = inspection::items(book, pack, viewed.round.get(), &subject);
        let readings: Vec<Reading> = items.iter().map(Reading::of).collect();
        (readings, Progress::of(&items))
    };
    let both = Memo::new(move |_| book.with(&read));
    let readings = Memo::new(move |_| both.with(|(readings, _)| readings.clone()));
    let progress = Memo::new(move |_| both.with(|(_, progress)| *progress));
    (readings, progress.into())
}

/// 全部合格: what waits for a person passes; then the exceptions are marked.
#[component]
fn PassRest(subject: Subject, progress: Signal<Progress>) -> impl IntoView {
    let store = expect_context::<Store>();
    let pass_rest = move |_| {
        let passed = progress.get_untracked().waiting;
        let changes = in_current_round(store, |book, pack, round| {
            commands::pass_rest(book, pack, round, &subject)
        });
        commit_undoable(changes, (texts().checks().rest_passed)(passed));
    };
    view! {
        <button
            class="btn btn_primary"
            disabled=move || progress.get().is_inspected()
            on:click=pass_rest
        >
            {texts().checks().pass_rest}
        </button>
    }
}
