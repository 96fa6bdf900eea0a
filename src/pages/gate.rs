use leptos::prelude::*;
use wuzha_core::award::GateState;
use wuzha_core::measure::Share;
use wuzha_core::pack::{Gate, Test};

use crate::app::{bilingual, texts};

/// How one gate stands, with the numbers it was decided by.
pub(crate) type GateStanding = (GateState, Option<Share>);

/// One gate of an award: what must hold, how it stands, and by what that was decided.
#[component]
pub(crate) fn GateRow(
    gate: Gate,
    #[prop(into)] standing: Signal<GateStanding>,
    /// What else it was decided by.
    #[prop(optional_no_strip)]
    by: Option<String>,
) -> impl IntoView {
    let Gate {
        text,
        source,
        veto,
        test,
        ..
    } = gate;
    let class = move || match standing.get().0 {
        GateState::Met => "gate gate_met",
        GateState::Unmet => "gate gate_unmet",
        GateState::Unknown => "gate gate_unknown",
        GateState::Teacher => "gate gate_teacher",
    };
    let measure = match &test {
        Test::Share { measure, .. } => Some(*measure),
        Test::Item(_) | Test::Teacher(_) => None,
    };
    let state = move || (texts().checks().gate_state)(standing.get().0);
    let numbers = move || {
        let (measure, share) = measure.zip(standing.get().1)?;
        let numbers = (texts().checks().share)(measure, share);
        Some(view! { <span class="gate__desc strong">{numbers}</span> })
    };
    view! {
        <li class=class>
            <span class="gate__bd">
                {move || bilingual(&text).to_owned()}
                {numbers}
                {by.map(|by| view! { <span class="gate__desc strong">{by}</span> })}
                <span class="gate__desc">{(texts().checks().decided_by)(&test, &source)}</span>
                {veto.then(|| view! {
                    <span class="chip chip_bad">{texts().checks().veto}</span>
                })}
            </span>
            <span class="gate__num">{state}</span>
        </li>
    }
}
