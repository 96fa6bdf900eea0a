use leptos::prelude::*;
use wuzha_core::old_ledger::{AppYes, Column, LeftOut, Use};
use wuzha_jobs::Progress;
use wuzha_jobs::old_ledgers::{NotTaken, SheetPlan};

use super::Names;
use super::card::{Card, Planned};
use super::class::ClassView;
use crate::app::texts;

/// Of a sheet with no more classes all are open.
const OPEN: usize = 3;

/// One sheet: its columns, what a person may say about it, its classes, and what is not taken over.
#[component]
pub(super) fn SheetView(card: Card, names: Names) -> impl IntoView {
    // Drawn anew only when it becomes another: not with each choice, which would take the focus away.
    let classes = Memo::new(move |_| card.known(|plan| plan.classes.len()));
    let others = card.sheet().others;
    let content = move || {
        match classes.get() {
        None => waiting(card),
        Some(classes) => view! {
            <Columns card/>
            <Questions card/>
            {(0..classes).map(|at| view! { <ClassView card names at is_open=classes <= OPEN/> }).collect_view()}
            <Unread card/>
        }
        .into_any(),
    }
    };
    view! {
        <section class="stack" aria-busy=move || card.is_busy.get().to_string()>
            <h3 class="strong wrap-anywhere">{card.title()}</h3>
            {(!others.is_empty()).then(|| view! {
                <p class="muted small">{(texts().old_ledgers().other_sheets)(&others.join("、"))}</p>
            })}
            {content}
        </section>
    }
}

/// It is being compared, or is no ledger.
fn waiting(card: Card) -> AnyView {
    let text = move || match card.planned.get() {
        Planned::Comparing(None) => texts().old_ledgers().comparing.to_owned(),
        Planned::Comparing(Some(Progress { done, total })) => {
            (texts().old_ledgers().compared)(done, total)
        }
        Planned::Failed(failure) => (texts().overview().failure)(&failure).to_owned(),
        Planned::Known(_) => String::new(),
    };
    let is_under_way = move || matches!(card.planned.get(), Planned::Comparing(_));
    view! {
        <p class="row small" role="status">
            {move || is_under_way().then(|| view! { <span class="spinner"></span> })}
            {text}
        </p>
    }
    .into_any()
}

/// Which columns are read, and which are left out and why.
#[component]
fn Columns(card: Card) -> impl IntoView {
    let columns = card.known(|plan| plan.columns.clone()).unwrap_or_default();
    let taken = columns
        .iter()
        .filter(|column| matches!(column.becomes, Use::Taken(_)));
    let taken: Vec<&str> = taken.map(|column| column.heading.as_str()).collect();
    let taken = (texts().old_ledgers().taken)(&taken.join("、"));
    let left_out: Vec<(String, LeftOut)> = columns.iter().filter_map(left_out).collect();
    let lines = left_out.into_iter().map(|(heading, why)| {
        let why = (texts().old_ledgers().why_left_out)(why);
        view! { <li class="wrap-anywhere">{(texts().overview().not_taken)(&heading, why)}</li> }
    });
    let lines: Vec<_> = lines.collect();
    view! {
        <div class="card stack small">
            <p class="wrap-anywhere">{taken}</p>
            {(!lines.is_empty()).then(|| view! {
                <div>
                    <p>{texts().old_ledgers().left_out}</p>
                    <ul class="plain-list muted">{lines}</ul>
                </div>
            })}
        </div>
    }
}

fn left_out(column: &Column) -> Option<(String, LeftOut)> {
    match column.becomes {
        Use::Taken(_) => None,
        Use::LeftOut(why) => Some((column.heading.clone(), why)),
    }
}

/// What a person may say about the sheet, where that says more.
#[component]
fn Questions(card: Card) -> impl IntoView {
    // A class that has got its name by the answer is still asked for.
    let is_nameless =
        move |plan: &SheetPlan| plan.classes.iter().any(|class| class.name.is_empty());
    let asks_name = Memo::new(move |_| {
        card.known(is_nameless) == Some(true) || card.class_name.with(|name| !name.is_empty())
    });
    let asks_yes = Memo::new(move |_| {
        let asks = card.known(|plan| plan.asks_for_app_yes) == Some(true);
        asks || card.app_yes.get() == AppYes::Registered
    });
    let name = move |event| {
        card.class_name
            .set(event_target_value(&event).trim().to_owned());
        card.read_anew();
    };
    let yes = move |event| {
        card.app_yes.set(match event_target_value(&event).as_str() {
            REGISTERED => AppYes::Registered,
            _ => AppYes::NotSaid,
        });
        card.read_anew();
    };
    view! {
        {move || asks_name.get().then(|| view! {
            <label class="field">
                <span class="field__label">{texts().old_ledgers().class_name}</span>
                <input class="field__input" autocomplete="off" maxlength="40" on:change=name/>
                <span class="field__hint">{texts().old_ledgers().class_name_hint}</span>
            </label>
        })}
        {move || asks_yes.get().then(|| view! {
            <label class="field">
                <span class="field__label">{texts().old_ledgers().app_yes}</span>
                <select class="field__input" on:change=yes>
                    <option value="">{texts().old_ledgers().yes_unknown}</option>
                    <option value=REGISTERED>{texts().old_ledgers().yes_registered}</option>
                </select>
                <span class="field__hint">{texts().old_ledgers().app_yes_hint}</span>
            </label>
        })}
    }
}

const REGISTERED: &str = "registered";

/// The rows and cells that are not taken over.
#[component]
fn Unread(card: Card) -> impl IntoView {
    let count = Memo::new(move |_| card.known(|plan| plan.unread_in_all).unwrap_or(0));
    let lines = move || {
        let unread = card.known(|plan| plan.unread.clone()).unwrap_or_default();
        let lines = unread
            .into_iter()
            .map(|unread| view! { <li class="wrap-anywhere">{line(&unread)}</li> });
        lines.collect_view()
    };
    move || {
        (count.get() > 0).then(|| {
            view! {
                <details class="card" open>
                    <summary>{(texts().old_ledgers().unread)(count.get())}</summary>
                    <ul class="plain-list small">{lines}</ul>
                </details>
            }
        })
    }
}

fn line(not_taken: &NotTaken) -> String {
    let texts = texts().old_ledgers();
    let unread = &not_taken.unread;
    let heading = not_taken.heading.as_deref().unwrap_or_default();
    (texts.unread_line)(unread.row, heading, &unread.text, &(texts.why)(&unread.why))
}
