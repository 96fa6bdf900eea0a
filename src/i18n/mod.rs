//! Every text a person reads, as typed tables: a missing translation does not compile.

mod en;
mod zh;

use gloo_storage::{LocalStorage, Storage};
use leptos::prelude::{document, window};

/// Where the chosen language is kept.
const PREFERENCE: &str = "wuzha.language";

/// A language of the app.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Language {
    Chinese,
    English,
}

/// All texts of one language.
pub(crate) struct Texts {
    pub(crate) app_name: &'static str,
    pub(crate) back: &'static str,
    pub(crate) other_language: &'static str,
    pub(crate) update_waiting: &'static str,
    pub(crate) update_now: &'static str,
    pub(crate) home: Home,
    pub(crate) help: Help,
    pub(crate) download: Download,
    pub(crate) not_found: NotFound,
}

/// The first screen.
pub(crate) struct Home {
    pub(crate) title: &'static str,
    pub(crate) lead: &'static str,
    pub(crate) choices: &'static str,
    pub(crate) help: &'static str,
    pub(crate) download: &'static str,
}

/// 被骗了怎么办.
pub(crate) struct Help {
    pub(crate) title: &'static str,
    pub(crate) first: &'static str,
    pub(crate) lead: &'static str,
    pub(crate) police: &'static str,
    pub(crate) advice: &'static str,
    pub(crate) then: &'static str,
    pub(crate) steps: &'static [Step],
    pub(crate) nothing_collected: &'static str,
}

/// Getting the app of 国家反诈中心.
pub(crate) struct Download {
    pub(crate) title: &'static str,
    pub(crate) region: &'static str,
    pub(crate) steps: &'static [Step],
    pub(crate) open_store: &'static str,
    pub(crate) confirm: &'static str,
}

/// An address without a screen.
pub(crate) struct NotFound {
    pub(crate) title: &'static str,
    pub(crate) text: &'static str,
    pub(crate) home: &'static str,
}

/// One numbered step.
pub(crate) struct Step {
    pub(crate) title: &'static str,
    pub(crate) text: &'static str,
}

impl Language {
    /// Its texts.
    pub(crate) fn texts(self) -> &'static Texts {
        match self {
            Self::Chinese => &zh::TEXTS,
            Self::English => &en::TEXTS,
        }
    }

    /// Its tag, for `lang` attributes.
    pub(crate) fn tag(self) -> &'static str {
        match self {
            Self::Chinese => "zh-CN",
            Self::English => "en",
        }
    }

    /// The one to switch to.
    pub(crate) fn other(self) -> Self {
        match self {
            Self::Chinese => Self::English,
            Self::English => Self::Chinese,
        }
    }

    /// Keeps the choice. Where storage is refused it lasts until the tab closes, which is no loss.
    pub(crate) fn remember(self) {
        let _refused_in_private_windows = LocalStorage::set(PREFERENCE, self.tag());
    }

    /// Tells screen readers and hyphenation which language the page is in.
    pub(crate) fn announce(self) {
        if let Some(root) = document().document_element() {
            let _valid_attribute_name = root.set_attribute("lang", self.tag());
        }
    }

    fn from_tag(tag: &str) -> Self {
        if tag.starts_with("en") {
            Self::English
        } else {
            Self::Chinese
        }
    }
}

/// The language chosen before, else the browser's; Chinese where neither says.
pub(crate) fn preferred() -> Language {
    let chosen: Option<String> = LocalStorage::get(PREFERENCE).ok();
    let tag = chosen.or_else(|| window().navigator().language());
    tag.map_or(Language::Chinese, |tag| Language::from_tag(&tag))
}
