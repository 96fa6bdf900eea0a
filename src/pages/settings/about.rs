use leptos::prelude::*;

use super::Fact;
use crate::app::texts;

/// 关于: version, licences, privacy.
#[component]
pub(super) fn About() -> impl IntoView {
    let points = move || {
        let points = texts().settings().privacy_points.iter();
        points
            .map(|point| view! { <li class="cell">{*point}</li> })
            .collect_view()
    };
    view! {
        <h2 class="section-title">{texts().settings().about}</h2>
        <div class="cells">
            <Fact label=|| texts().settings().version>{env!("CARGO_PKG_VERSION")}</Fact>
            {build().map(|build| view! { <Fact label=|| texts().settings().build>{build}</Fact> })}
            <div class="cell">
                <div class="cell__bd">
                    {texts().settings().licences}
                    <span class="cell__desc">{texts().settings().licences_text}</span>
                </div>
            </div>
        </div>
        <h2 class="section-title">{texts().settings().privacy}</h2>
        <ul class="cells">{points}</ul>
    }
}

/// The build's id, which the build writes into the page; `None` in development.
fn build() -> Option<String> {
    let build = document().document_element()?.get_attribute("data-build")?;
    let is_built = build.chars().all(|c| c.is_ascii_hexdigit());
    is_built.then_some(build)
}
