use leptos::prelude::*;

use crate::app::texts;
use crate::browser::install::{Surroundings, is_installed, surroundings};

/// 安装到桌面: the steps for this phone open, those for others beside them.
#[component]
pub(super) fn Install() -> impl IntoView {
    let here = surroundings();
    let others = [
        Surroundings::Android,
        Surroundings::Ios,
        Surroundings::WeChat,
        Surroundings::Other,
    ];
    let others = others.into_iter().filter(|other| *other != here);
    let all = [here].into_iter().chain(others);
    let steps = |on: Surroundings| {
        view! {
            <details class="card" open=on == here>
                <summary class="strong">{(texts().settings().install_on)(on)}</summary>
                <ol class="steps">
                    {move || {
                        let steps = (texts().settings().install_steps)(on).iter();
                        steps.map(|step| view! { <li>{*step}</li> }).collect_view()
                    }}
                </ol>
            </details>
        }
    };
    let note = move || {
        let texts = texts().settings();
        if is_installed() {
            texts.installed
        } else {
            texts.install_why
        }
    };
    view! {
        <h2 class="section-title">{texts().settings().install}</h2>
        <p class="section-note">{note}</p>
        {(!is_installed()).then(|| all.map(steps).collect_view())}
    }
}
