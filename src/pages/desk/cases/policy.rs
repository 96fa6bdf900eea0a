use leptos::prelude::*;
use wuzha_core::desk::{CasePolicy, ReportDays, Treatment};
use wuzha_core::time::parse_day;
use wuzha_jobs::cases::CasesChange;

use super::field::Line;
use super::{Saving, Shown};
use crate::app::texts;

/// 案件计入规则.
#[component]
pub(super) fn PolicyForm(shown: Shown) -> impl IntoView {
    let policy = shown.board.with_untracked(|board| board.policy);
    let since = policy.since.map(|day| day.to_string()).unwrap_or_default();
    let since = RwSignal::new(since);
    let days = RwSignal::new(policy.days.get().to_string());
    let counts = |treatment| RwSignal::new(treatment == Treatment::Counted);
    let (reported, stopped) = (counts(policy.reported_in_time), counts(policy.stopped));
    let saving = Saving::new();
    let save = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let days: Option<u8> = days.get_untracked().trim().parse().ok();
        let Some(days) = days.and_then(|days| ReportDays::try_from(days).ok()) else {
            return saving.fail((texts().cases().not_days)(ReportDays::MAX));
        };
        let policy = CasePolicy {
            since: parse_day(&since.get_untracked()),
            days,
            reported_in_time: treatment(reported),
            stopped: treatment(stopped),
        };
        shown.write(CasesChange::Policy(policy), saving, || ());
    };
    view! {
        <details class="card">
            <summary>{texts().cases().policy}</summary>
            <form class="stack" aria-label=texts().cases().policy on:submit=save>
                <p class="small">{texts().cases().policy_note}</p>
                <div class="fields">
                    <Line label=texts().cases().since kind="date" value=since/>
                    <Line label=texts().cases().days kind="number" value=days/>
                </div>
                <label class="checkbox">
                    <input type="checkbox" bind:checked=reported/>
                    <span>{texts().cases().count_reported}</span>
                </label>
                <label class="checkbox">
                    <input type="checkbox" bind:checked=stopped/>
                    <span>{texts().cases().count_stopped}</span>
                </label>
                {saving.said()}
                <button class="btn btn_default btn_block" disabled=move || saving.is_busy.get()>
                    {texts().cases().save_policy}
                </button>
            </form>
        </details>
    }
}

fn treatment(is_counted: RwSignal<bool>) -> Treatment {
    match is_counted.get_untracked() {
        true => Treatment::Counted,
        false => Treatment::Spared,
    }
}
