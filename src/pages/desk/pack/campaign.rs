use chrono::NaiveDate;
use leptos::prelude::*;
use wuzha_core::pack::{Campaign, Phase, WholePack};
use wuzha_core::time::parse_day;

use super::{Confirmed, Draft, Section};
use crate::app::texts;

/// The campaign: what it is called, what orders it, its days and those of its phases.
#[component]
pub(super) fn CampaignFields(draft: Draft) -> impl IntoView {
    let packs = texts().packs();
    let campaign = draft.pack.with_untracked(|pack| pack.campaign.clone());
    let phases = campaign.phases.iter().enumerate();
    let phases = phases.map(
        |(at, phase)| view! { <PhaseFields draft at phase=phase.clone() start=campaign.start/> },
    );
    let phases = phases.collect_view();
    view! {
        <Section title=packs.campaign>
            <Line draft label=packs.campaign_title shown=campaign.title.zh.clone() write=|campaign, text| campaign.title.zh = text/>
            <Line draft label=packs.notice shown=campaign.notice.clone() write=|campaign, text| campaign.notice = text/>
            <div class="fields">
                <Date draft label=packs.start shown=campaign.start write=|campaign, day| campaign.start = day/>
                <Date draft label=packs.end shown=campaign.end write=|campaign, day| campaign.end = day/>
                <Date draft label=packs.due shown=campaign.report.due write=|campaign, day| campaign.report.due = day/>
            </div>
            <Confirmed
                draft
                is_example=campaign.example
                set_example=|pack: &mut WholePack, example| pack.campaign.example = example
            />
            <p class="field__hint">{packs.phases_hint}</p>
            {phases}
        </Section>
    }
}

/// A phase: what it is called, and its last day; the next one begins on the day after.
#[component]
fn PhaseFields(draft: Draft, at: usize, phase: Phase, start: NaiveDate) -> impl IntoView {
    let Phase { id, title, .. } = phase;
    let last = draft
        .pack
        .with_untracked(|pack| pack.campaign.last_day_of(at));
    let on_title = move |event| {
        let text = wuzha_core::text::tidy(&event_target_value(&event));
        draft.edit(|pack| {
            if let Some(phase) = pack
                .campaign
                .phases
                .get_mut(at)
                .filter(|_| !text.is_empty())
            {
                phase.title.zh = text;
            }
        });
    };
    let on_last = move |event| {
        if let Some(day) = parse_day(&event_target_value(&event)) {
            draft.edit(|pack| pack.campaign.end_phase(at, day));
        }
    };
    view! {
        <div class="gate-edit">
            <textarea
                class="field__input"
                rows="2"
                aria-label=(texts().packs().phase)(id.as_str())
                maxlength="200"
                prop:value=title.zh
                on:change=on_title
            ></textarea>
            <label class="gate-edit__n">
                {texts().packs().last_day}
                <input class="field__input gate-edit__day" type="date" prop:value=last.unwrap_or(start).to_string() on:change=on_last/>
            </label>
        </div>
    }
}

#[component]
fn Line(
    draft: Draft,
    label: &'static str,
    shown: String,
    write: fn(&mut Campaign, String),
) -> impl IntoView {
    let keep = move |event| {
        let text = wuzha_core::text::tidy(&event_target_value(&event));
        if !text.is_empty() {
            draft.edit(|pack| write(&mut pack.campaign, text));
        }
    };
    view! {
        <label class="field">
            <span class="field__label">{label}</span>
            <input class="field__input" maxlength="100" autocomplete="off" prop:value=shown on:change=keep/>
        </label>
    }
}

#[component]
fn Date(
    draft: Draft,
    label: &'static str,
    shown: NaiveDate,
    write: fn(&mut Campaign, NaiveDate),
) -> impl IntoView {
    let keep = move |event| {
        if let Some(day) = parse_day(&event_target_value(&event)) {
            draft.edit(|pack| write(&mut pack.campaign, day));
        }
    };
    view! {
        <label class="field">
            <span class="field__label">{label}</span>
            <input class="field__input" type="date" prop:value=shown.to_string() on:change=keep/>
        </label>
    }
}
