use leptos::prelude::*;

use crate::app::texts;
use crate::components::Icon;

/// The four first screens of a class monitor.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Tab {
    Today,
    Record,
    Quiz,
    HandIn,
}

impl Tab {
    const ALL: [Self; 4] = [Self::Today, Self::Record, Self::Quiz, Self::HandIn];

    fn href(self) -> &'static str {
        match self {
            Self::Today => "/",
            Self::Record => "/record/students",
            Self::Quiz => "/quiz",
            Self::HandIn => "/handin",
        }
    }

    fn label(self) -> &'static str {
        let common = texts().common();
        match self {
            Self::Today => common.today,
            Self::Record => common.record,
            Self::Quiz => common.quiz,
            Self::HandIn => common.hand_in,
        }
    }

    fn icon(self) -> &'static str {
        match self {
            Self::Today => "M4 11l8-7 8 7v9h-5v-6H9v6H4z",
            Self::Record => "M6 4h12v16H6zM9 9h6M9 13h6M9 17h3",
            Self::Quiz => {
                "M12 21a9 9 0 1 1 0-18 9 9 0 0 1 0 18zM9.5 9.5a2.5 2.5 0 1 1 3.4 2.4c-.6.3-.9.8-.9 1.6M12 17v.2"
            }
            Self::HandIn => "M12 15V4M7.5 8.5L12 4l4.5 4.5M4 15v5h16v-5",
        }
    }
}

/// The tabs at the foot of the screen.
#[component]
pub(super) fn TabBar(current: Tab) -> impl IntoView {
    let items = Tab::ALL.map(|tab| {
        view! {
            <a
                class="tabbar__item"
                href=tab.href()
                aria-current=(tab == current).then_some("page")
            >
                <Icon path=tab.icon()/>
                <span>{move || tab.label()}</span>
            </a>
        }
    });
    view! { <nav class="tabbar" aria-label=texts().common().tabs>{items.into_iter().collect_view()}</nav> }
}
