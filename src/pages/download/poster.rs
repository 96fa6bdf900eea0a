use leptos::prelude::*;

use super::code::Code;
use super::page::{Steps, region_text};
use crate::app::texts;
use crate::components::QrCode;

/// The poster: one A4 page, seen only on paper (see `style/print.css`).
#[component]
pub(super) fn Poster(code: StoredValue<Code>, region: StoredValue<String>) -> impl IntoView {
    let text = Signal::derive(move || code.with_value(Code::text));
    let domain = code.with_value(Code::domain);
    let label = domain.clone();
    view! {
        <article class="poster" aria-hidden="true">
            <header class="poster__hd">
                <p class="poster__title">{texts().download().poster_title}</p>
                <p class="poster__sub">{texts().download().poster_lead}</p>
            </header>
            <QrCode text=text label=(texts().download().code_of)(&label)/>
            <p class="poster__note strong wrap-anywhere">{domain}</p>
            <p class="poster__note strong">{move || region_text(region)}</p>
            <Steps/>
            <div class="poster__hotlines">
                <p><strong>"110"</strong>{texts().download().poster_police}</p>
                <p><strong>"96110"</strong>{texts().download().poster_advice}</p>
            </div>
            <p class="poster__ft">{texts().download().poster_foot}</p>
        </article>
    }
}
