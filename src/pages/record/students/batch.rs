use std::collections::BTreeMap;

use leptos::prelude::*;
use wuzha_core::book::commands;
use wuzha_core::book::{Book, Status, Student, Verification};
use wuzha_core::ident::StudentNo;
use wuzha_core::log::Change;
use wuzha_core::selection::Selection;

use crate::app::texts;
use crate::shell::commit_undoable;
use crate::store::Store;

/// A run of 批量登记: what is recorded for each tapped name, and what each tap replaced.
#[derive(Clone)]
pub(super) struct Batch {
    status: Status,
    verification: Verification,
    replaced: BTreeMap<StudentNo, Vec<Change>>,
}

impl Default for Batch {
    /// What is recorded most, and face to face.
    fn default() -> Self {
        Self {
            status: Status::Registered,
            verification: Verification::InPerson,
            replaced: BTreeMap::new(),
        }
    }
}

impl Batch {
    /// Whether the student stays on the list although a filter may no longer hold: else the rows
    /// would move under the finger, and a second tap would find nobody.
    pub(super) fn keeps(&self, no: &StudentNo) -> bool {
        self.replaced.contains_key(no)
    }

    /// Whether the student was tapped and the book still says so; 撤销 may have taken it back.
    pub(super) fn is_done(&self, no: &StudentNo, student: &Student) -> bool {
        self.keeps(no) && student.status.copied() == Some(self.status)
    }

    fn done(&self, book: &Book) -> u32 {
        let done = self.replaced.keys().filter(|no| {
            book.student(no)
                .is_some_and(|student| self.is_done(no, student))
        });
        u32::try_from(done.count()).unwrap_or(u32::MAX)
    }

    /// Another status begins a new run: the names are open to be tapped again.
    fn choose(&mut self, status: Status) {
        if self.status != status {
            self.status = status;
            self.replaced.clear();
        }
    }

    /// Records the status for a student; says what to write.
    fn apply(&mut self, store: Store, no: StudentNo) -> Vec<Change> {
        let changes = store
            .book()
            .with_untracked(|book| commands::register(book, &no, self.status, self.verification));
        self.replaced.insert(no, store.undoing(&changes));
        changes
    }
}

/// A tap on a name: records the status, or brings back what was there before.
pub(super) fn tap(store: Store, batch: RwSignal<Option<Batch>>, no: StudentNo) {
    let changes = batch.try_update(|batch| {
        let batch = batch.as_mut()?;
        let is_done = store.book().with_untracked(|book| {
            book.student(&no)
                .is_some_and(|student| batch.is_done(&no, student))
        });
        if is_done {
            batch.replaced.remove(&no)
        } else {
            Some(batch.apply(store, no))
        }
    });
    let changes = changes.flatten().unwrap_or_default();
    if !changes.is_empty() {
        store.commit(changes);
    }
}

/// What is chosen once for all taps, how far it is, and the way out.
#[component]
pub(super) fn BatchBar(
    batch: RwSignal<Option<Batch>>,
    shown: Memo<Vec<StudentNo>>,
) -> impl IntoView {
    let store = expect_context::<Store>();
    let count = move || {
        store.book().with(|book| {
            let done = batch.with(|batch| batch.as_ref().map_or(0, |batch| batch.done(book)));
            (texts().students().batch_count)(done, Selection::All.count(book))
        })
    };
    view! {
        <Show when=move || batch.with(Option::is_some)>
            <section class="batchbar" aria-label=texts().students().batch>
                <p class="batchbar__title num" role="status">{count}</p>
                <button class="btn btn_mini btn_primary" on:click=move |_| batch.set(None)>
                    {texts().common().done}
                </button>
                <Choices batch/>
            </section>
            <p class="section-note">{texts().students().batch_hint}</p>
            <Rest batch shown/>
        </Show>
    }
}

/// The status and the verification that the taps record.
#[component]
fn Choices(batch: RwSignal<Option<Batch>>) -> impl IntoView {
    let status = Memo::new(move |_| batch.with(|batch| batch.as_ref().map(|batch| batch.status)));
    let verification =
        Memo::new(move |_| batch.with(|batch| batch.as_ref().map(|batch| batch.verification)));
    let change = move |change: &dyn Fn(&mut Batch)| {
        batch.update(|batch| {
            if let Some(batch) = batch {
                change(batch);
            }
        });
    };
    let statuses = Status::ALL.iter().map(|&choice| {
        view! {
            <button
                class="filter"
                aria-pressed=move || (status.get() == Some(choice)).to_string()
                on:click=move |_| change(&move |batch| batch.choose(choice))
            >
                {(texts().words().status)(choice)}
            </button>
        }
    });
    let verifications = Verification::ALL.iter().map(|&choice| {
        view! {
            <button
                class="filter"
                aria-pressed=move || (verification.get() == Some(choice)).to_string()
                on:click=move |_| change(&move |batch| batch.verification = choice)
            >
                {(texts().words().verification)(choice)}
            </button>
        }
    });
    view! {
        <div class="filters" role="group" aria-label=texts().students().status_title>
            {statuses.collect_view()}
        </div>
        <div class="filters" role="group" aria-label=texts().students().verified_how>
            {verifications.collect_view()}
        </div>
    }
}

/// The shown students without a status, all at once.
#[component]
fn Rest(batch: RwSignal<Option<Batch>>, shown: Memo<Vec<StudentNo>>) -> impl IntoView {
    let store = expect_context::<Store>();
    let is_open = |book: &Book, no: &StudentNo| {
        let student = book.student(no);
        student.is_some_and(|student| student.status.copied().is_none())
    };
    let count = Memo::new(move |_| {
        let (book, shown) = (store.book().read(), shown.read());
        let rest = shown.iter().filter(|no| is_open(&book, no));
        u32::try_from(rest.count()).unwrap_or(u32::MAX)
    });
    let status = move || {
        let chosen = batch.with(|batch| batch.as_ref().map(|batch| batch.status));
        chosen.map_or("", texts().words().status)
    };
    let record = move |_| {
        let text = (texts().students().batch_rest_done)(count.get(), status());
        let changes = batch.try_update(|batch| {
            let batch = batch.as_mut()?;
            let (book, shown) = (store.book().read_untracked(), shown.read_untracked());
            let rest = shown.iter().filter(|no| is_open(&book, no)).cloned();
            Some(rest.flat_map(|no| batch.apply(store, no)).collect())
        });
        commit_undoable(changes.flatten().unwrap_or_default(), text);
    };
    view! {
        <Show when=move || count.get() != 0>
            <div class="btn-row">
                <button class="btn btn_default" on:click=record>
                    {move || (texts().students().batch_rest)(count.get(), status())}
                </button>
            </div>
        </Show>
    }
}
