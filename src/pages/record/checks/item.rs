use leptos::ev::KeyboardEvent;
use leptos::html::Button;
use leptos::prelude::*;
use wuzha_core::book::{Subject, Verdict, commands};
use wuzha_core::ident::Slug;
use wuzha_core::pack::{Item, Measure};

use super::form::{Reading, Source};
use super::remark::{Remark, RemarkButton};
use super::rounds::in_current_round;
use crate::app::{bilingual, texts};
use crate::shell::commit_undoable;
use crate::store::Store;

/// One item: what must hold, how to see it, the verdict, 备注.
#[component]
pub(super) fn CheckItem(
    item: Item,
    subject: Subject,
    reading: Memo<Reading>,
    is_over: Memo<bool>,
) -> impl IntoView {
    let Item {
        id,
        text,
        hint,
        auto,
        ..
    } = item;
    let label = format!("item-{id}");
    let remark_is_open = RwSignal::new(false);
    let target = StoredValue::new((subject, id));
    let verdict = move |label: String| match is_over.get() {
        true => view! { <Settled reading/> }.into_any(),
        false => view! { <Verdicts label target reading/> }.into_any(),
    };
    view! {
        <li class="check-item">
            <div class="row">
                <p class="check-item__text cell__bd" id=label.clone()>
                    {move || bilingual(&text).to_owned()}
                </p>
                <Show when=move || !is_over.get()>
                    <RemarkButton is_open=remark_is_open/>
                </Show>
            </div>
            {hint.map(|hint| view! {
                <p class="check-item__hint">{move || bilingual(&hint).to_owned()}</p>
            })}
            {auto.map(|measure| view! { <Automatic measure reading is_over/> })}
            {move || verdict(label.clone())}
            <Remark target reading is_open=remark_is_open/>
        </li>
    }
}

/// Where the verdict of an automatic item comes from.
#[component]
fn Automatic(measure: Measure, reading: Memo<Reading>, is_over: Memo<bool>) -> impl IntoView {
    let line = move || {
        let texts = texts().checks();
        reading.with(|reading| match (reading.source, reading.verdict) {
            (Source::Book(share), _) => Some((texts.automatic)(measure, share)),
            (Source::Person, Some(_)) if !is_over.get() => Some(texts.by_person.to_owned()),
            // What was held and not recorded a person may know.
            (Source::Person, None) if !is_over.get() => Some(texts.unrecorded.to_owned()),
            (Source::Person, _) => None,
        })
    };
    view! { {move || line().map(|line| view! { <p class="check-item__auto">{line}</p> })} }
}

/// The verdict of a round that is over.
#[component]
fn Settled(reading: Memo<Reading>) -> impl IntoView {
    let verdict = Memo::new(move |_| reading.with(|reading| reading.verdict));
    let class = move || match verdict.get() {
        Some(Verdict::Pass) => "chip chip_ok",
        Some(Verdict::Fail) => "chip chip_bad",
        Some(Verdict::NotApplicable) | None => "chip",
    };
    let text = move || match verdict.get() {
        Some(verdict) => (texts().words().verdict)(verdict),
        None => texts().common().unknown,
    };
    view! { <p class="check-item__remark"><span class=class>{text}</span></p> }
}

/// What the choices of an item write: its subject and id.
pub(super) type Target = StoredValue<(Subject, Slug)>;

/// 合格 / 不合格 / 不适用. Choosing the chosen one again takes it back; the arrow keys move as in
/// every group of radio buttons.
#[component]
fn Verdicts(label: String, target: Target, reading: Memo<Reading>) -> impl IntoView {
    let store = expect_context::<Store>();
    let give = move |verdict: Option<Verdict>| {
        let changes = in_current_round(store, |_, _, round| {
            target.with_value(|(subject, id)| commands::judge(round, subject, id, verdict))
        });
        let texts = texts().checks();
        let text = verdict.map_or(texts.taken_back.to_owned(), texts.judged);
        commit_undoable(changes, text);
    };
    let choose = move |verdict| {
        let is_given = reading.with_untracked(Reading::given) == Some(verdict);
        give((!is_given).then_some(verdict));
    };
    let chosen = Memo::new(move |_| reading.with(|reading| reading.verdict));
    let buttons = [NodeRef::<Button>::new(); 3];
    let step = move |nth: usize, event: &KeyboardEvent| {
        let Some(to) = neighbour(nth, &event.key()) else {
            return;
        };
        event.prevent_default();
        let (Some(button), Some(&verdict)) = (buttons.get(to), Verdict::ALL.get(to)) else {
            return;
        };
        if let Some(button) = button.get_untracked() {
            // An element of the page can always take the focus.
            let _focused = button.focus();
        }
        give(Some(verdict));
    };
    let button = move |(nth, (verdict, node)): (usize, (Verdict, NodeRef<Button>))| {
        let is_chosen = move || chosen.get() == Some(verdict);
        let takes_focus = move || is_chosen() || (nth == 0 && chosen.get().is_none());
        view! {
            <button
                class=class(verdict)
                role="radio"
                node_ref=node
                aria-checked=move || is_chosen().to_string()
                tabindex=move || if takes_focus() { "0" } else { "-1" }
                on:click=move |_| choose(verdict)
                on:keydown=move |event| step(nth, &event)
            >
                {(texts().words().verdict)(verdict)}
            </button>
        }
    };
    let all = Verdict::ALL.iter().copied().zip(buttons).enumerate();
    view! {
        <div class="verdicts" role="radiogroup" aria-labelledby=label>
            {all.map(button).collect_view()}
        </div>
    }
}

/// The choice to which a key leads from the `nth`.
fn neighbour(nth: usize, key: &str) -> Option<usize> {
    let of = Verdict::ALL.len();
    match key {
        "ArrowRight" | "ArrowDown" => (nth + 1).checked_rem(of),
        "ArrowLeft" | "ArrowUp" => (nth + of - 1).checked_rem(of),
        _ => None,
    }
}

fn class(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Pass => "verdict verdict_pass",
        Verdict::Fail => "verdict verdict_fail",
        Verdict::NotApplicable => "verdict verdict_na",
    }
}
