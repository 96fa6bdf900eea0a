use leptos::prelude::*;

use crate::app::texts;
use crate::shell::{Screen, Tone};

/// 被骗了怎么办: the first minutes. Public, offline, and it collects nothing.
#[component]
pub(crate) fn Help() -> impl IntoView {
    let steps = move || {
        let steps = texts().help().steps;
        steps
            .iter()
            .map(|step| view! { <li><strong>{step.title}</strong><p>{step.text}</p></li> })
            .collect_view()
    };
    view! {
        <Screen title=texts().help().title back="/" tone=Tone::Alarm class="alarm">
                <div class="alarm__hd">
                    <h2>{texts().help().first}</h2>
                    <p>{texts().help().lead}</p>
                </div>
                <a class="hotline hotline_urgent" href="tel:110">
                    <span class="hotline__number">"110"</span>
                    <span class="hotline__text">{texts().help().police}</span>
                </a>
                <a class="hotline" href="tel:96110">
                    <span class="hotline__number">"96110"</span>
                    <span class="hotline__text">{texts().help().advice}</span>
                </a>
                <h2 class="section-title">{texts().help().then}</h2>
                <ol class="steps">{steps}</ol>
                <p class="section-note">{texts().help().nothing_collected}</p>
        </Screen>
    }
}
