use leptos::html::Div;
use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::{use_navigate, use_query_map};
use wuzha_core::book::Book;
use wuzha_core::ident::{DormName, StudentNo};
use wuzha_core::selection::{Search, Selection};

use crate::app::texts;
use crate::browser::pinyin;
use crate::store::Store;

const HERE: &str = "/record/students";

/// What narrows the list. The selection is in the address (`?show=`), so that 今日 can lead to it.
#[derive(Clone, Copy)]
pub(super) struct Narrowing {
    selection: Memo<Selection>,
    dorm: RwSignal<Option<DormName>>,
    search: RwSignal<Search>,
    typed: RwSignal<String>,
}

/// A narrowing at one moment.
pub(super) type Narrowed = (Selection, Option<DormName>, Search);

impl Narrowing {
    /// That of the address.
    pub(super) fn new() -> Self {
        let query = use_query_map();
        let selection = Memo::new(move |_| {
            let code = query.with(|query| query.get("show"));
            code.and_then(|code| Selection::from_code(&code))
                .unwrap_or(Selection::All)
        });
        Self {
            selection,
            dorm: RwSignal::new(None),
            search: RwSignal::new(Search::default()),
            typed: RwSignal::new(String::new()),
        }
    }

    /// What it is now.
    pub(super) fn now(self) -> Narrowed {
        (self.selection.get(), self.dorm.get(), self.search.get())
    }

    /// The students it leaves on the list; those of `kept` stay whatever their status has become.
    pub(super) fn leaves(self, book: &Book, kept: impl Fn(&StudentNo) -> bool) -> Vec<StudentNo> {
        let (selection, dorm, search) = self.now();
        book.students()
            .filter(|(_, student)| dorm.is_none() || student.dorm.get() == dorm.as_ref())
            .filter(|(no, student)| {
                let name = student.name.get();
                name.is_some_and(|name| search.finds(no, name, pinyin::initials))
            })
            .filter(|(no, student)| selection.holds(book, no, student) || kept(no))
            .map(|(no, _)| no.clone())
            .collect()
    }

    fn find(self, typed: String) {
        self.search.set(Search::new(&typed));
        self.typed.set(typed);
    }

    /// Shows everyone again.
    pub(super) fn widen(self) {
        self.dorm.set(None);
        self.find(String::new());
    }
}

/// Goes to a selection. To be made while a component is, for the router's sake.
pub(super) fn to_selection() -> impl Fn(Selection) + Clone {
    let navigate = use_navigate();
    move |selection| {
        let address = match selection {
            Selection::All => HERE.to_owned(),
            narrower => format!("{HERE}?show={}", narrower.code()),
        };
        // A filter is no place to come back to.
        let options = NavigateOptions {
            replace: true,
            scroll: false,
            ..NavigateOptions::default()
        };
        navigate(&address, options);
    }
}

/// 搜索: name, pinyin initials, end of the 学号.
#[component]
pub(super) fn SearchBar(narrowing: Narrowing) -> impl IntoView {
    view! {
        <div class="searchbar" role="search">
            <input
                type="search"
                autocomplete="off"
                enterkeyhint="search"
                aria-label=texts().students().search
                placeholder=texts().students().search
                prop:value=move || narrowing.typed.get()
                on:input:target=move |event| narrowing.find(event.target().value())
            />
        </div>
    }
}

/// The selections, with how many each holds.
#[component]
pub(super) fn Filters(narrowing: Narrowing) -> impl IntoView {
    let book = expect_context::<Store>().book();
    // One pass over the class for all of them.
    let counts = Memo::new(move |_| book.with(Selection::counts));
    let go = to_selection();
    let filter = |selection: Selection| {
        let go = go.clone();
        let count = Memo::new(move |_| {
            counts.with(|counts| {
                counts
                    .iter()
                    .find(|(of, _)| *of == selection)
                    .map(|(_, n)| *n)
            })
        });
        view! {
            <button
                class="filter"
                aria-pressed=move || (narrowing.selection.get() == selection).to_string()
                on:click=move |_| go(selection)
            >
                {(texts().students().selection)(selection)}
                <span>{count}</span>
            </button>
        }
    };
    view! {
        <div
            class="filters"
            role="group"
            aria-label=texts().students().filters
            node_ref=showing_the_pressed()
        >
            {Selection::ALL.map(filter).into_iter().collect_view()}
        </div>
    }
}

/// A row of filters that begins with the pressed one in view: the address may have pressed one that
/// is beyond the edge.
fn showing_the_pressed() -> NodeRef<Div> {
    let filters = NodeRef::<Div>::new();
    Effect::new(move |_| {
        let pressed = filters
            .get()
            .and_then(|filters| filters.query_selector("[aria-pressed=true]").ok()?);
        if let Some(pressed) = pressed {
            pressed.scroll_into_view_with_bool(false);
        }
    });
    filters
}

/// Leaves one dorm.
#[component]
pub(super) fn DormFilter(narrowing: Narrowing) -> impl IntoView {
    let book = expect_context::<Store>().book();
    let dorms =
        Memo::new(move |_| book.with(|book| book.dorms().into_keys().cloned().collect::<Vec<_>>()));
    let chosen = move || {
        let dorm = narrowing.dorm.get();
        dorm.map_or_else(String::new, String::from)
    };
    let option = move |dorm: DormName| {
        let (value, label) = (dorm.as_str().to_owned(), dorm.as_str().to_owned());
        let is_chosen = {
            let dorm = dorm.clone();
            move || narrowing.dorm.with(|chosen| chosen.as_ref() == Some(&dorm))
        };
        view! { <option value=value selected=is_chosen>{label}</option> }
    };
    view! {
        <select
            class="field__input"
            aria-label=texts().students().dorm_filter
            prop:value=chosen
            on:change:target=move |event| {
                // The empty value stands for all dorms.
                narrowing.dorm.set(DormName::try_from(event.target().value()).ok());
            }
        >
            <option value="">{texts().students().all_dorms}</option>
            {move || dorms.get().into_iter().map(option).collect_view()}
        </select>
    }
}
