//! 导入花名册: bring a list, look at what it would do, agree.
//!
//! Nothing typed or pasted is lost on the way: the two steps are parts of one screen, and going back
//! finds the list as it was.

mod columns;
mod preview;
mod source;

use leptos::prelude::*;
use wuzha_core::book::Book;
use wuzha_core::roster::{Draft, Existing, Mapping, RosterError, Table};

use crate::app::texts;
use crate::shell::Screen;
use crate::store::Store;
use columns::Columns;
use preview::Preview;
use source::Source;

/// A list that was read.
#[derive(Clone, Debug, PartialEq)]
struct List {
    /// Where from: the file's name; `None` for pasted text.
    file: Option<String>,
    sheet: Option<String>,
    other_sheets: Vec<String>,
    table: Table,
}

/// The list on its way into the book.
#[derive(Clone, Copy)]
struct Importing {
    pasted: RwSignal<String>,
    list: RwSignal<Option<List>>,
    mapping: RwSignal<Mapping>,
    draft: Memo<Option<Result<Draft, RosterError>>>,
}

impl Importing {
    fn new(book: ReadSignal<Book>) -> Self {
        let list: RwSignal<Option<List>> = RwSignal::new(None);
        let mapping = RwSignal::new(Mapping::default());
        let draft = Memo::new(move |_| {
            list.with(|list| {
                let list = list.as_ref()?;
                let existing = book.with(existing);
                Some(mapping.with(|mapping| Draft::new(&list.table, mapping, &existing)))
            })
        });
        Self {
            pasted: RwSignal::new(String::new()),
            list,
            mapping,
            draft,
        }
    }

    /// Goes on to the second step.
    fn show(self, list: List) {
        self.mapping.set(Mapping::guess(&list.table));
        self.list.set(Some(list));
    }
}

/// The students on the class list, as an import sees them.
fn existing(book: &Book) -> Existing {
    let students = book.students().filter_map(|(no, student)| {
        let name = student.name.get()?.clone();
        Some((no.clone(), (name, student.dorm.get().cloned())))
    });
    students.collect()
}

/// 导入花名册.
#[component]
pub(crate) fn Import() -> impl IntoView {
    let importing = Importing::new(expect_context::<Store>().book());
    let has_list = Memo::new(move |_| importing.list.with(Option::is_some));
    view! {
        <Screen title=texts().import().title back="/" class="page_fill">
            <Show when=move || has_list.get() fallback=move || view! { <Source importing/> }>
                <Origin importing/>
                <Columns importing/>
                <Preview importing/>
            </Show>
        </Screen>
    }
}

/// Where the list comes from, and the way back to it.
#[component]
fn Origin(importing: Importing) -> impl IntoView {
    let line = move || {
        importing.list.with(|list| {
            let (list, texts) = (list.as_ref()?, texts().import());
            let source = match (&list.file, &list.sheet) {
                (None, _) => texts.pasted_text.to_owned(),
                (Some(file), None) => file.clone(),
                (Some(file), Some(sheet)) => (texts.sheet)(file, sheet),
            };
            Some((texts.from)(&source, list.table.rows.len()))
        })
    };
    let other_sheets = move || {
        importing.list.with(|list| {
            let names = &list.as_ref()?.other_sheets;
            let text = (texts().import().other_sheets)(&names.join("、"));
            (!names.is_empty()).then(|| view! { <p class="section-note">{text}</p> })
        })
    };
    view! {
        <div class="banner">
            <p class="wrap-anywhere">{line}</p>
            <button class="banner__action" on:click=move |_| importing.list.set(None)>
                {texts().import().back_to_source}
            </button>
        </div>
        {other_sheets}
    }
}
