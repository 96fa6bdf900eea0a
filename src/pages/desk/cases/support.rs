use leptos::prelude::*;
use wuzha_core::desk::{SupportCounts, SupportItem};
use wuzha_jobs::cases::{CaredClass, CasesChange};

use super::super::file::{ExportButton, Kind};
use super::field::{Line, Select};
use super::notes::Notes;
use super::{Saving, Shown};
use crate::app::texts;
use crate::shelf;

/// 帮扶: one class after the other.
#[component]
pub(super) fn Support(shown: Shown) -> impl IntoView {
    let chosen = RwSignal::new(0_usize);
    let names = shown.board.with_untracked(|board| {
        let names = board.classes.iter().map(|class| class.name.clone());
        names.collect::<Vec<String>>()
    });
    let is_empty = names.is_empty();
    // Drawn anew for another class only: what is being typed outlives the saving of something else.
    let class = move || {
        let at = chosen.get();
        let class = shown
            .board
            .with_untracked(|board| board.classes.get(at).cloned());
        class.map(|class| {
            let mark = class.mark.clone();
            view! { <Counts shown class/> <Notes shown mark/> }
        })
    };
    let content = match is_empty {
        true => view! { <p class="muted">{texts().cases().no_classes}</p> }.into_any(),
        false => view! {
            <Select label=texts().cases().which_class options=names chosen/>
            {class}
            <ExportButton
                label=texts().cases().export_support
                tone="btn_default"
                kind=Kind::SUPPORT
                of=Signal::stored(String::new())
                make=|| Box::pin(shelf::cases::write_support())
            />
        }
        .into_any(),
    };
    view! {
        <section class="stack">
            <h2 class="section-title"><span>{texts().cases().support}</span></h2>
            <p class="muted small">{texts().cases().support_note}</p>
            {content}
        </section>
    }
}

/// How many of a class are looked after, and by what.
#[component]
fn Counts(shown: Shown, class: CaredClass) -> impl IntoView {
    let typed = SupportItem::ALL.iter().map(|item| {
        let known = class.counts.get(item).map(u32::to_string);
        (*item, RwSignal::new(known.unwrap_or_default()))
    });
    let typed: Vec<(SupportItem, RwSignal<String>)> = typed.collect();
    let fields = typed.iter().map(|(item, value)| {
        view! { <Line label=(texts().cases().item)(*item) kind="number" value=*value/> }
    });
    let fields = fields.collect_view();
    let mark = class.mark;
    let saving = Saving::new();
    let save = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        match counts(&typed) {
            Ok(counts) => {
                let change = CasesChange::Count(mark.clone(), counts);
                shown.write(change, saving, || ());
            }
            Err(text) => saving.fail(text),
        }
    };
    view! {
        <form class="card stack" aria-label=texts().cases().support on:submit=save>
            <div class="fields fields_small">{fields}</div>
            {saving.said()}
            <button class="btn btn_default btn_block" disabled=move || saving.is_busy.get()>
                {texts().cases().save_counts}
            </button>
        </form>
    }
}

/// What was typed; an empty field is not known.
fn counts(typed: &[(SupportItem, RwSignal<String>)]) -> Result<SupportCounts, String> {
    let mut counts = SupportCounts::new();
    for (item, value) in typed {
        let text = value.get_untracked();
        if text.trim().is_empty() {
            continue;
        }
        let count = text.trim().parse().map_err(|_| {
            let item = (texts().cases().item)(*item);
            (texts().cases().not_a_number)(item)
        })?;
        counts.insert(*item, count);
    }
    Ok(counts)
}
