use std::collections::BTreeSet;

use leptos::prelude::*;
use leptos::task::spawn_local;
use wuzha_core::retention::KeptMonths;
use wuzha_jobs::privacy::{DueClass, Keeping};
use wuzha_jobs::shelf::BookId;

use super::super::{problem, waiting};
use super::{MONTHS, Shown};
use crate::app::texts;
use crate::browser::preference;
use crate::components::Ask;
use crate::shelf;

/// 到期清除: the rule, and the classes that are due by it.
#[component]
pub(super) fn Expired(shown: Shown) -> impl IntoView {
    let list = move || match shown.keeping.get() {
        None => waiting(texts().overview().opening),
        Some(Err(failure)) => problem((texts().overview().failure)(&failure).to_owned()),
        Some(Ok(keeping)) => view! { <Due shown keeping/> }.into_any(),
    };
    view! {
        <section class="stack">
            <h2 class="section-title"><span>{texts().privacy().keeping}</span></h2>
            <Months shown/>
            {list}
        </section>
    }
}

/// For how many months classes are kept.
#[component]
fn Months(shown: Shown) -> impl IntoView {
    let is_wrong = RwSignal::new(false);
    let choose = move |event| {
        let typed: Option<u8> = event_target_value(&event).trim().parse().ok();
        let months = typed.and_then(|months| KeptMonths::try_from(months).ok());
        is_wrong.set(months.is_none());
        if let Some(months) = months {
            // Holds until the page is left where it cannot be kept.
            let _kept = preference::keep(MONTHS, &months);
            shown.months.set(months);
            shown.read();
        }
    };
    view! {
        <label class="field">
            <span class="field__label">{texts().privacy().months}</span>
            <input
                class="field__input"
                type="number"
                min="1"
                max=KeptMonths::MAX.to_string()
                prop:value=shown.months.get_untracked().get().to_string()
                aria-invalid=move || is_wrong.get().to_string()
                on:change=choose
            />
        </label>
        {move || is_wrong.get().then(|| problem((texts().privacy().not_months)(KeptMonths::MAX)))}
    }
}

/// The classes that are due, of which a person chooses.
#[component]
fn Due(shown: Shown, keeping: Keeping) -> impl IntoView {
    let end = keeping.rule.campaign_end.to_string();
    let rule = (texts().privacy().rule)(&end, keeping.rule.months.get());
    let list = match keeping.due.is_empty() {
        true => view! { <p class="muted">{(texts().privacy().none_due)(keeping.classes)}</p> }
            .into_any(),
        false => view! { <Clearing shown due=keeping.due/> }.into_any(),
    };
    view! { <p class="muted small">{rule}</p> {list} }
}

#[component]
fn Clearing(shown: Shown, due: Vec<DueClass>) -> impl IntoView {
    let chosen = RwSignal::new(BTreeSet::<BookId>::new());
    let all: BTreeSet<BookId> = due.iter().map(|class| class.book).collect();
    let lines = due
        .iter()
        .map(|class| view! { <Line chosen class=class.clone()/> });
    let lines = lines.collect_view();
    let due = StoredValue::new(due);
    let asking = RwSignal::new(false);
    let is_busy = RwSignal::new(false);
    let trouble = RwSignal::new(None::<&'static str>);
    let text = move || {
        let chosen = chosen.get();
        let (mut students, mut records) = (0_u32, 0_u32);
        let mut names = Vec::new();
        due.with_value(|due| {
            for class in due.iter().filter(|class| chosen.contains(&class.book)) {
                students = students.saturating_add(class.kept.students);
                records = records.saturating_add(class.kept.records);
                names.push(name(class));
            }
        });
        (texts().privacy().clear_text)(&names, students, records)
    };
    let has_no_unit = move || shown.unit.with(|unit| unit.trim().is_empty());
    let clear = Callback::new(move |()| {
        let books = chosen.get_untracked().into_iter().collect();
        is_busy.set(true);
        trouble.set(None);
        spawn_local(async move {
            match shelf::privacy::expire(books, shown.unit.get_untracked()).await {
                Ok(certificate) => shown.erased(certificate),
                Err(failure) => {
                    let _left = trouble.try_set(Some((texts().overview().failure)(&failure)));
                }
            }
            is_busy.try_set(false);
        });
    });
    view! {
        <div class="cells" role="group" aria-label=texts().privacy().due>
            <All chosen all/>
            {lines}
        </div>
        {move || is_busy.get().then(|| waiting(texts().privacy().clearing))}
        {move || trouble.get().map(|text| problem(text.to_owned()))}
        {move || has_no_unit().then(|| view! { <p class="muted small">{texts().privacy().unit_first}</p> })}
        <button
            class="btn btn_warn btn_block"
            // The unit stands on the certificate.
            disabled=move || is_busy.get() || chosen.with(BTreeSet::is_empty) || has_no_unit()
            on:click=move |_| asking.set(true)
        >
            {texts().privacy().clear}
        </button>
        <Ask
            open=asking
            title=texts().privacy().clear
            text
            yes=texts().privacy().clear
            on_yes=clear
        />
    }
}

/// All that are due, or none.
#[component]
fn All(chosen: RwSignal<BTreeSet<BookId>>, all: BTreeSet<BookId>) -> impl IntoView {
    let label = (texts().privacy().all)(all.len());
    let all = StoredValue::new(all);
    let is_all = move || chosen.with(|chosen| all.with_value(|all| chosen == all));
    let choose = move |event| {
        chosen.set(match event_target_checked(&event) {
            true => all.get_value(),
            false => BTreeSet::new(),
        });
    };
    view! {
        <label class="cell strong">
            <input type="checkbox" prop:checked=is_all on:change=choose/>
            <span class="cell__bd">{label}</span>
        </label>
    }
}

fn name(class: &DueClass) -> String {
    match class.kept.class.is_empty() {
        true => texts().privacy().unnamed.to_owned(),
        false => class.kept.class.clone(),
    }
}

/// A class that is due.
#[component]
fn Line(chosen: RwSignal<BTreeSet<BookId>>, class: DueClass) -> impl IntoView {
    let name = name(&class);
    let DueClass { book, kept, due } = class;
    let since = due.since.to_string();
    let line = (texts().privacy().due_line)(&since, kept.students, kept.records);
    let choose = move |event| {
        let is_on = event_target_checked(&event);
        chosen.update(|chosen| {
            match is_on {
                true => chosen.insert(book),
                false => chosen.remove(&book),
            };
        });
    };
    view! {
        <label class="cell">
            <input type="checkbox" prop:checked=move || chosen.with(|chosen| chosen.contains(&book)) on:change=choose/>
            <span class="cell__bd">
                {name}
                <span class="cell__desc num">{line}</span>
            </span>
        </label>
    }
}
