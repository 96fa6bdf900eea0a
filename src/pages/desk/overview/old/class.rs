use leptos::prelude::*;
use wuzha_core::old_ledger::{Counts, Differences};
use wuzha_jobs::old_ledgers::{ClassPlan, Home};
use wuzha_jobs::shelf::BookId;

use super::Names;
use super::card::Card;
use super::lines::Lines;
use crate::app::texts;
use crate::components::Fold;

const NEW: &str = "new";
const NOWHERE: &str = "nowhere";
const TAKE_LEDGER: &str = "ledger";

/// One class of a sheet: where it goes, and what that would do. Closed it is a line.
#[component]
pub(super) fn ClassView(
    card: Card,
    names: Names,
    /// Its place in the sheet.
    at: usize,
    is_open: bool,
) -> impl IntoView {
    let is_open = RwSignal::new(is_open);
    let name = Memo::new(move |_| {
        let name = of(card, at, |class| class.name.clone()).unwrap_or_default();
        match name.is_empty() {
            true => texts().old_ledgers().unnamed.to_owned(),
            false => name,
        }
    });
    let students = move || {
        let students = of(card, at, |class| class.students).unwrap_or(0);
        (texts().old_ledgers().students)(students)
    };
    let counts = Memo::new(move |_| of(card, at, |class| class.plan.counts).unwrap_or_default());
    let goes = Memo::new(move |_| card.home(at) != Home::Nowhere);
    let below = move || {
        view! { {students}" → "{move || target(card, names, at)} }
    };
    let end = move || {
        view! {
            <span class="muted small">{move || goes.get().then(|| summary(counts.get()))}</span>
        }
    };
    let toggle = move |()| is_open.update(|open| *open = !*open);
    view! {
        <Fold is_open toggle title=move || view! { {name} } below end>
            <div class="stack">
                <Choose card names at name/>
                {move || goes.get().then(|| view! { <Lines card at/> })}
            </div>
        </Fold>
    }
}

/// Which class it is merged into, and what becomes of differences.
#[component]
fn Choose(card: Card, names: Names, at: usize, name: Memo<String>) -> impl IntoView {
    let into = move |event| {
        let home = home_of(&event_target_value(&event));
        card.choose(at, |choice| choice.home = home);
    };
    let differences = move |event| {
        let differences = match event_target_value(&event).as_str() {
            TAKE_LEDGER => Differences::TakeLedger,
            _ => Differences::KeepBook,
        };
        card.choose(at, |choice| choice.differences = differences);
    };
    let labelled = move |label: &str| format!("{label} {}", name.get());
    let chosen = untrack(|| value_of(card.home(at)));
    let option = |value: String, text: String| {
        let is_chosen = value == chosen;
        view! { <option value=value selected=is_chosen>{text}</option> }
    };
    let books = names.with_value(|names| {
        let options = names
            .iter()
            .map(|(book, name)| option(value_of(Home::Book(*book)), name.clone()));
        options.collect_view()
    });
    let differs = Memo::new(move |_| of(card, at, differs) == Some(true));
    let takes = untrack(|| card.choice(at).differences == Differences::TakeLedger);
    view! {
        <div class="controls">
            <label class="field">
                <span class="field__label">{texts().old_ledgers().merge_into}</span>
                // Named here, or the options would be part of the name. It follows what is found, too.
                <select
                    class="field__input"
                    aria-label=move || labelled(texts().old_ledgers().merge_into)
                    prop:value=move || value_of(card.home(at))
                    on:change=into
                >
                    {option(NEW.to_owned(), texts().old_ledgers().new_class.to_owned())}
                    {books}
                    {option(NOWHERE.to_owned(), texts().old_ledgers().nowhere.to_owned())}
                </select>
            </label>
            {move || differs.get().then(|| view! {
                <label class="field">
                    <span class="field__label">{texts().old_ledgers().differences}</span>
                    <select
                        class="field__input"
                        aria-label=move || labelled(texts().old_ledgers().differences)
                        on:change=differences
                    >
                        <option value="">{texts().old_ledgers().keep_book}</option>
                        <option value=TAKE_LEDGER selected=takes>{texts().old_ledgers().take_ledger}</option>
                    </select>
                </label>
            })}
        </div>
        {move || card.needs_name(at).then(|| view! {
            <p class="field__error">{texts().old_ledgers().needs_name}</p>
        })}
    }
}

/// Reads what is planned for the class.
pub(super) fn of<T>(card: Card, at: usize, read: impl FnOnce(&ClassPlan) -> T) -> Option<T> {
    card.known(|plan| plan.classes.get(at).map(read)).flatten()
}

fn differs(class: &ClassPlan) -> bool {
    let of_class = class.plan.class.iter().any(|effect| effect.from.is_some());
    of_class || class.plan.counts.differing > 0
}

/// Where the class goes, in words.
fn target(card: Card, names: Names, at: usize) -> String {
    let texts = texts().old_ledgers();
    match card.home(at) {
        Home::Nowhere => texts.nowhere.to_owned(),
        Home::Found | Home::New => texts.new_class.to_owned(),
        Home::Book(book) => names.with_value(|names| {
            let found = names.iter().find(|(id, _)| *id == book);
            found.map_or_else(String::new, |(_, name)| name.clone())
        }),
    }
}

fn summary(counts: Counts) -> String {
    let counts = texts().old_ledgers().counts(counts).into_iter();
    let counts = counts.map(|(label, count)| format!("{label} {count}"));
    counts.collect::<Vec<_>>().join(" · ")
}

fn value_of(home: Home) -> String {
    match home {
        Home::Found | Home::New => NEW.to_owned(),
        Home::Nowhere => NOWHERE.to_owned(),
        Home::Book(BookId(book)) => book.to_string(),
    }
}

fn home_of(value: &str) -> Home {
    match value {
        NOWHERE => Home::Nowhere,
        _ => value
            .parse()
            .map_or(Home::New, |book| Home::Book(BookId(book))),
    }
}
