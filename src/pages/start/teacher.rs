use leptos::prelude::*;

use crate::app::texts;
use crate::i18n::Step;
use crate::shell::Screen;

/// 给老师: what classes hand in, how to read it, and what it holds.
#[component]
pub(crate) fn Teacher() -> impl IntoView {
    let steps = |steps: fn() -> &'static [Step]| {
        move || {
            let steps = steps().iter();
            steps
                .map(|step| view! { <li><strong>{step.title}</strong><p>{step.text}</p></li> })
                .collect_view()
        }
    };
    let points = move || {
        let points = texts().for_teachers().privacy_points.iter();
        points
            .map(|point| view! { <li class="cell">{*point}</li> })
            .collect_view()
    };
    view! {
        <Screen title=texts().for_teachers().title back="/">
            <p class="section-note">{texts().for_teachers().lead}</p>
            <nav class="cells" aria-label=texts().desk().title>
                <a class="cell cell_access" href="/overview">
                    <span class="cell__bd">
                        {texts().overview().title}
                        <span class="cell__desc">{texts().overview().desc}</span>
                    </span>
                </a>
                <a class="cell cell_access" href="/desk">
                    <span class="cell__bd">
                        {texts().desk().enter}
                        <span class="cell__desc">{texts().desk().enter_text}</span>
                    </span>
                </a>
                <a class="cell cell_access" href="/join">
                    <span class="cell__bd">
                        {texts().desk().join}
                        <span class="cell__desc">{texts().desk().join_text}</span>
                    </span>
                </a>
                <a class="cell cell_access" href="/keys">
                    <span class="cell__bd">{texts().desk().restore}</span>
                </a>
            </nav>
            <h2 class="section-title">{texts().for_teachers().files}</h2>
            <section class="card">
                <ol class="steps">{steps(|| texts().for_teachers().files_steps)}</ol>
            </section>
            <p class="section-note">{texts().for_teachers().later}</p>
            <h2 class="section-title">{texts().for_teachers().check}</h2>
            <section class="card">
                <ol class="steps">{steps(|| texts().for_teachers().check_steps)}</ol>
            </section>
            <h2 class="section-title">{texts().for_teachers().privacy}</h2>
            <ul class="cells">{points}</ul>
            <h2 class="section-title">{texts().for_teachers().links}</h2>
            <nav class="cells" aria-label=texts().for_teachers().links>
                <a class="cell cell_access" href="/help">
                    <span class="cell__bd">{texts().help().title}</span>
                </a>
                <a class="cell cell_access" href="/download">
                    <span class="cell__bd">{texts().common().install_app}</span>
                </a>
            </nav>
        </Screen>
    }
}
