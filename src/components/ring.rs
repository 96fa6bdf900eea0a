use leptos::prelude::*;
use leptos::text_prop::TextProp;

/// How far a ring is filled.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Fill {
    /// Nothing is known: drawn as a dotted track, never as 0.
    Unknown,
    /// `met` of `of`.
    Share { met: u32, of: u32 },
}

impl Fill {
    fn percent(self) -> u32 {
        match self {
            Self::Unknown | Self::Share { of: 0, .. } => 0,
            Self::Share { met, of } => met * 100 / of,
        }
    }

    fn tone(self) -> &'static str {
        match self {
            Self::Unknown | Self::Share { of: 0, .. } => "ring ring_unknown",
            Self::Share { met, of } if met == of => "ring",
            Self::Share { .. } if self.percent() >= 60 => "ring ring_warn",
            Self::Share { .. } => "ring ring_bad",
        }
    }
}

/// A share as a ring with n/m in it, leading to where it is worked on.
#[component]
pub(crate) fn Ring(
    href: &'static str,
    #[prop(into)] label: TextProp,
    #[prop(into)] fill: Signal<Fill>,
    /// A line below the label.
    #[prop(into)]
    note: TextProp,
) -> impl IntoView {
    let value = move || match fill.get() {
        Fill::Unknown | Fill::Share { of: 0, .. } => view! { "—" }.into_any(),
        Fill::Share { met, of } => view! { {met}<small>{format!("/{of}")}</small> }.into_any(),
    };
    view! {
        <a class=move || fill.get().tone() href=href>
            <svg viewBox="0 0 96 96" aria-hidden="true">
                <circle class="ring__track" cx="48" cy="48" r="42"></circle>
                <circle
                    class="ring__bar"
                    cx="48"
                    cy="48"
                    r="42"
                    pathLength="100"
                    stroke-dasharray=move || format!("{} 100", fill.get().percent())
                ></circle>
            </svg>
            <span class="ring__value">{value}</span>
            <span class="ring__label">{move || label.get()}</span>
            <span class="ring__note">{move || note.get()}</span>
        </a>
    }
}
