use leptos::prelude::*;

use crate::app::texts;
use crate::shell::{Screen, Tone};

/// 被骗了怎么办: the first minutes. Public, offline, and it collects nothing.
#[component]
pub(crate) fn Help() -> impl IntoView {
    let steps = move || {
        let steps = texts().help.steps;
        steps
            .iter()
            .map(|step| view! { <li><strong>{step.title}</strong><p>{step.text}</p></li> })
            .collect_view()
    };
    view! {
        <Screen title=move || texts().help.title back="/" tone=Tone::Alarm class="alarm">
                <div class="alarm__hd">
                    <h2>{move || texts().help.first}</h2>
                    <p>{move || texts().help.lead}</p>
                </div>
                <a class="hotline hotline_urgent" href="tel:110">
                    <span class="hotline__number">"110"</span>
                    <span class="hotline__text">{move || texts().help.police}</span>
                </a>
                <a class="hotline" href="tel:96110">
                    <span class="hotline__number">"96110"</span>
                    <span class="hotline__text">{move || texts().help.advice}</span>
                </a>
                <h2 class="section-title">{move || texts().help.then}</h2>
                <ol class="steps">{steps}</ol>
                <p class="section-note">{move || texts().help.nothing_collected}</p>
        </Screen>
    }
}
