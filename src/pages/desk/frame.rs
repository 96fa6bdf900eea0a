//! The frame around the desk's screens: the way from one to the other, by hand and by keys.

use leptos::ev::{self, KeyboardEvent};
use leptos::prelude::*;
use leptos_router::hooks::use_navigate;
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;

use crate::app::texts;
use crate::shell::Screen;

/// A screen of the desk that the others lead to.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Place {
    Overview,
    Awards,
    Report,
    Bulletin,
    Pack,
    Cases,
    Classes,
    Privacy,
}

/// In the order in which they are shown, and numbered by the keys.
const PLACES: [Place; 8] = [
    Place::Overview,
    Place::Awards,
    Place::Report,
    Place::Bulletin,
    Place::Cases,
    Place::Pack,
    Place::Classes,
    Place::Privacy,
];

impl Place {
    fn address(self) -> &'static str {
        match self {
            Self::Overview => "/overview",
            Self::Awards => "/awards",
            Self::Report => "/report",
            Self::Bulletin => "/bulletin",
            Self::Pack => "/school/edit",
            Self::Cases => "/cases",
            Self::Classes => "/desk",
            Self::Privacy => "/privacy",
        }
    }

    fn title(self) -> &'static str {
        match self {
            Self::Overview => texts().overview().title,
            Self::Awards => texts().awards().title,
            Self::Report => texts().report().title,
            Self::Bulletin => texts().bulletin().title,
            Self::Pack => texts().packs().title,
            Self::Cases => texts().cases().title,
            Self::Classes => texts().desk().title,
            Self::Privacy => texts().privacy().title,
        }
    }
}

/// A screen of the desk, with the way to the others.
#[component]
pub(super) fn DeskScreen(
    /// Which one it is.
    place: Place,
    children: Children,
) -> impl IntoView {
    follow_keys();
    let links = PLACES.into_iter().zip(1..).map(move |(to, key)| {
        view! {
            <a
                class="filter"
                href=to.address()
                aria-current=(to == place).then_some("page")
                aria-keyshortcuts=format!("Alt+{key}")
            >
                {to.title()}
            </a>
        }
    });
    view! {
        <Screen title=place.title() back="/teacher" class="stack wide">
            <nav class="filters no-print" aria-label=texts().desk().places>{links.collect_view()}</nav>
            {children()}
            <p class="muted small wide-only no-print">{texts().desk().shortcuts}</p>
        </Screen>
    }
}

/// Alt and a number lead to a screen, Alt and a letter do what the screen marks with it
/// (`aria-keyshortcuts`). With Alt, so that no key does anything while somebody types (WCAG 2.1.4).
fn follow_keys() {
    let navigate = use_navigate();
    let handle = window_event_listener(ev::keydown, move |event: KeyboardEvent| {
        let is_plain = event.ctrl_key() || event.meta_key() || event.shift_key();
        if !event.alt_key() || is_plain || event.is_composing() {
            return;
        }
        // The key's place, since Alt writes other characters on some keyboards.
        let code = event.code();
        if let Some(number) = code.strip_prefix("Digit") {
            let at: Option<usize> = number.parse().ok();
            let place = at.and_then(|at| PLACES.get(at.checked_sub(1)?));
            if let Some(place) = place {
                event.prevent_default();
                navigate(place.address(), Default::default());
            }
        } else if let Some(letter) = code.strip_prefix("Key")
            && press(letter)
        {
            event.prevent_default();
        }
    });
    on_cleanup(move || handle.remove());
}

/// Presses, or moves to, what the screen marks with this letter; whether there is such a thing.
fn press(letter: &str) -> bool {
    let marked = format!("[aria-keyshortcuts=\"Alt+{letter}\"]");
    let found = document().query_selector(&marked).ok().flatten();
    let Some(element) = found.and_then(|found| found.dyn_into::<HtmlElement>().ok()) else {
        return false;
    };
    match element.tag_name().as_str() {
        // Where it cannot be focused it stays where it is, and so does the person.
        "INPUT" | "SELECT" | "TEXTAREA" => drop(element.focus()),
        _ => element.click(),
    }
    true
}
