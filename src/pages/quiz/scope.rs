use std::collections::BTreeSet;
use std::sync::Arc;

use leptos::prelude::*;
use wuzha_core::ident::Slug;
use wuzha_core::quiz::{Bank, Category};

use super::bank::Questions;
use crate::app::texts;
use crate::components::Sheet;

/// From which categories questions are drawn. Kept as what is left out, so that all are in at first
/// and a category that a newer bank adds is in, too.
#[derive(Clone, Copy)]
pub(super) struct Scope {
    left_out: RwSignal<BTreeSet<Slug>>,
}

impl Scope {
    /// The categories of an earlier paper, as far as the bank still has them; all when it names none.
    pub(super) fn of(bank: &Bank, wanted: &BTreeSet<Slug>) -> Self {
        let ids = bank.categories().iter().map(|category| &category.id);
        let is_known = ids.clone().any(|id| wanted.contains(id));
        let left_out = ids
            .filter(|id| is_known && !wanted.contains(id))
            .cloned()
            .collect();
        Self {
            left_out: RwSignal::new(left_out),
        }
    }

    /// What a paper is asked for: empty for all. `None` when nothing is left.
    pub(super) fn wanted(self, bank: &Bank) -> Option<BTreeSet<Slug>> {
        self.left_out.with(|left_out| {
            if left_out.is_empty() {
                return Some(BTreeSet::new());
            }
            let ids = bank.categories().iter().map(|category| &category.id);
            let wanted: BTreeSet<Slug> = ids.filter(|id| !left_out.contains(id)).cloned().collect();
            (!wanted.is_empty()).then_some(wanted)
        })
    }

    fn has(self, id: &Slug) -> bool {
        self.left_out.with(|left_out| !left_out.contains(id))
    }

    fn switch(self, id: &Slug) {
        self.left_out.update(|left_out| {
            if !left_out.remove(id) {
                left_out.insert(id.clone());
            }
        });
    }

    fn switch_all(self, bank: &Bank) {
        self.left_out.update(|left_out| {
            *left_out = match left_out.is_empty() {
                true => bank
                    .categories()
                    .iter()
                    .map(|category| category.id.clone())
                    .collect(),
                false => BTreeSet::new(),
            };
        });
    }

    fn line(self, bank: &Bank) -> String {
        let questions = bank
            .questions()
            .filter(|question| self.has(&question.category));
        let questions = questions.count();
        match self.left_out.with(BTreeSet::len) {
            0 => (texts().quiz().scope_all)(questions),
            n => (texts().quiz().scope_some)(bank.categories().len().saturating_sub(n), questions),
        }
    }
}

/// The cell that shows the categories, and the half-screen that chooses them.
#[component]
pub(super) fn ScopeCell(scope: Scope, questions: Arc<Questions>) -> impl IntoView {
    let open = RwSignal::new(false);
    let listed = Arc::clone(&questions);
    view! {
        <button class="cell cell_access" on:click=move |_| open.set(true)>
            <span class="cell__bd">{texts().quiz().scope}</span>
            <span class="cell__ft">{move || scope.line(&questions.bank)}</span>
        </button>
        <Sheet open title=texts().quiz().scope>
            <Categories scope questions=Arc::clone(&listed)/>
        </Sheet>
    }
}

#[component]
fn Categories(scope: Scope, questions: Arc<Questions>) -> impl IntoView {
    let row = |category: &Category| {
        let Category { id, title } = category.clone();
        let all = questions.bank.questions();
        let count = all.filter(|question| question.category == id).count();
        let switched = id.clone();
        view! {
            <label class="cell">
                <input
                    type="checkbox"
                    prop:checked=move || scope.has(&id)
                    on:change=move |_| scope.switch(&switched)
                />
                <span class="cell__bd">{title}</span>
                <span class="cell__ft num">{count}</span>
            </label>
        }
    };
    let rows = questions.bank.categories().iter().map(row).collect_view();
    let total = questions.bank.questions().count();
    view! {
        <div class="cells">
            <label class="cell">
                <input
                    type="checkbox"
                    prop:checked=move || scope.left_out.with(BTreeSet::is_empty)
                    on:change=move |_| scope.switch_all(&questions.bank)
                />
                <span class="cell__bd strong">{texts().common().all}</span>
                <span class="cell__ft num">{total}</span>
            </label>
            {rows}
        </div>
    }
}
