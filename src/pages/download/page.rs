use leptos::prelude::*;

use crate::app::texts;
use crate::browser::platform::{Platform, platform};
use crate::shell::Screen;

/// The package of 国家反诈中心 in Android's stores.
const ANDROID_STORE: &str = "market://details?id=com.hicorenational.antifraud";

/// How to get 国家反诈中心 from a store, and what to watch for.
#[component]
pub(crate) fn Download() -> impl IntoView {
    let steps = move || {
        let steps = texts().download.steps;
        steps
            .iter()
            .map(|step| view! { <li><strong>{step.title}</strong><p>{step.text}</p></li> })
            .collect_view()
    };
    let to_store = (platform() == Platform::Android).then(|| {
        view! {
            <a class="btn btn_primary btn_block" href=ANDROID_STORE>
                {move || texts().download.open_store}
            </a>
        }
    });
    view! {
        <Screen title=move || texts().download.title back="/" class="stack">
                <div class="banner banner_warn"><p>{move || texts().download.region}</p></div>
                <ol class="steps">{steps}</ol>
                {to_store}
                <p class="section-note">{move || texts().download.confirm}</p>
        </Screen>
    }
}
