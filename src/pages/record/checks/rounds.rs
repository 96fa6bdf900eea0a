use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::{use_navigate, use_query_map};
use wuzha_core::book::{Book, Round, commands};
use wuzha_core::log::Change;
use wuzha_core::pack::Pack;

use crate::app::texts;
use crate::browser::clock;
use crate::content;
use crate::shell::commit_undoable;
use crate::store::Store;

/// The round that a screen shows: the one asked for by `?round=2021-12-27`, else the current one.
#[derive(Clone, Copy)]
pub(super) struct Viewed {
    /// `None` before the first round.
    pub(super) round: Memo<Option<Round>>,
    /// Whether it is over, so that it can only be read.
    pub(super) is_over: Memo<bool>,
}

impl Viewed {
    /// Reads the address of the screen.
    pub(super) fn of_address() -> Self {
        let book = expect_context::<Store>().book();
        let query = use_query_map();
        let asked = move || query.with(|query| query.get_str("round")?.parse::<Round>().ok());
        let round = Memo::new(move |_| {
            book.with(|book| {
                let known = |asked: &Round| book.rounds().any(|round| round == *asked);
                asked().filter(known).or(book.current_round())
            })
        });
        let is_over = Memo::new(move |_| round.get() < book.with(Book::current_round));
        Self { round, is_over }
    }

    /// What keeps a link in the round that is looked at.
    pub(super) fn query(self) -> String {
        let round = self.round.get().filter(|_| self.is_over.get());
        round
            .map(|round| format!("?round={round}"))
            .unwrap_or_default()
    }
}

/// What `command` writes in the current round; the first thing written opens one. Nothing where the
/// phone's clock shows no day of the calendar.
pub(super) fn in_current_round(
    store: Store,
    command: impl FnOnce(&Book, &Pack, Round) -> Vec<Change>,
) -> Vec<Change> {
    let Some(today) = clock::now().date(clock::offset()) else {
        return Vec::new();
    };
    let pack = content::pack();
    store.book().with_untracked(|book| {
        let (round, opening) = commands::round_to_write(book, pack, today);
        let written = command(book, pack, round);
        // Writing nothing must not open a round.
        match written.is_empty() {
            true => written,
            false => [opening, written].concat(),
        }
    })
}

/// Which round is looked at, with the way to the others and to a new one.
#[component]
pub(super) fn Rounds(
    viewed: Viewed,
    /// The screen's address without a query.
    path: &'static str,
) -> impl IntoView {
    let book = expect_context::<Store>().book();
    let rounds = Memo::new(move |_| book.with(|book| book.rounds().rev().collect::<Vec<_>>()));
    let line = move || {
        let texts = texts().checks();
        match viewed.round.get() {
            Some(round) => (texts.round)(round),
            None => texts.no_round.to_owned(),
        }
    };
    view! {
        <section class="card stack" aria-label=texts().checks().rounds>
            <Show
                when=move || { rounds.with(Vec::len) > 1 }
                fallback=move || view! { <p class="strong">{line}</p> }
            >
                <Picker viewed rounds path/>
            </Show>
            <Show when=move || viewed.is_over.get() fallback=NewRound>
                <OverNote href=path/>
            </Show>
        </section>
    }
}

/// Says that a round can only be read, and leads to the current one.
#[component]
pub(super) fn OverNote(#[prop(into)] href: String) -> impl IntoView {
    view! {
        <div class="banner banner_info">
            <p>{texts().checks().over}</p>
            <a class="banner__action" href=href>{texts().checks().to_current}</a>
        </div>
    }
}

#[component]
fn Picker(viewed: Viewed, rounds: Memo<Vec<Round>>, path: &'static str) -> impl IntoView {
    let navigate = use_navigate();
    let go = move |event| {
        let options = NavigateOptions {
            scroll: false,
            replace: true,
            ..Default::default()
        };
        navigate(
            &format!("{path}?round={}", event_target_value(&event)),
            options,
        );
    };
    let option = move |(nth, round): (usize, Round)| {
        let label = move || match nth {
            0 => (texts().checks().round_current)(round),
            _ => round.to_string(),
        };
        let is_chosen = move || viewed.round.get() == Some(round);
        view! { <option value=round.to_string() prop:selected=is_chosen>{label}</option> }
    };
    view! {
        <label class="field">
            <span class="field__label">{texts().checks().pick_round}</span>
            <select class="field__input" on:change=go>
                {move || rounds.get().into_iter().enumerate().map(option).collect_view()}
            </select>
        </label>
    }
}

/// 开始新一轮检查, on any day after that of the current round.
#[component]
fn NewRound() -> impl IntoView {
    let store = expect_context::<Store>();
    let pack = content::pack();
    let today = move || clock::now().date(clock::offset());
    let may_open = Memo::new(move |_| {
        let book = store.book();
        today().is_some_and(|today| book.with(|book| commands::may_open_round(book, today)))
    });
    let open = move |_| {
        let Some(round) = today().map(Round) else {
            return;
        };
        let book = store.book();
        let changes = book.with_untracked(|book| commands::open_round(book, pack, round));
        commit_undoable(changes, (texts().checks().round_opened)(round));
    };
    view! {
        <button
            class="btn btn_default btn_block"
            disabled=move || !may_open.get()
            on:click=open
        >
            {texts().checks().new_round}
        </button>
        <Show when=move || !may_open.get()>
            <p class="muted small">{texts().checks().new_round_tomorrow}</p>
        </Show>
    }
}
