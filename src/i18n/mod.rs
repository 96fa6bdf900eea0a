//! Every text a person reads, as typed tables: a missing translation does not compile.
//!
//! One file an area of the app, with both languages side by side, so that a change of a screen finds
//! its texts in one place.

mod checks;
mod common;
mod handin;
mod public;
mod quiz;
mod settings;
mod start;
mod storage;
mod students;
mod today;

use gloo_storage::{LocalStorage, Storage};
use leptos::prelude::{document, window};

use std::sync::OnceLock;

use crate::browser::{boot, local};

pub(crate) use checks::Checks;
pub(crate) use common::Common;
pub(crate) use handin::HandIn;
pub(crate) use public::{Download, Help, NotFound, Step};
pub(crate) use quiz::Quiz;
pub(crate) use settings::Settings;
pub(crate) use start::Start;
pub(crate) use storage::Storage as StorageTexts;
pub(crate) use students::Students;
pub(crate) use today::Today;

/// Where the chosen language is kept.
const PREFERENCE: &str = "wuzha.language";

/// A language of the app.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Language {
    Chinese,
    English,
}

/// All texts of one language, by the screens that show them.
pub(crate) struct Texts {
    pub(crate) common: &'static Common,
    pub(crate) storage: &'static StorageTexts,
    pub(crate) start: &'static Start,
    pub(crate) today: &'static Today,
    pub(crate) students: &'static Students,
    pub(crate) checks: &'static Checks,
    pub(crate) quiz: &'static Quiz,
    pub(crate) hand_in: &'static HandIn,
    pub(crate) settings: &'static Settings,
    pub(crate) help: &'static Help,
    pub(crate) download: &'static Download,
    pub(crate) not_found: &'static NotFound,
}

static ZH: Texts = Texts {
    common: &common::ZH,
    storage: &storage::ZH,
    start: &start::ZH,
    today: &today::ZH,
    students: &students::ZH,
    checks: &checks::ZH,
    quiz: &quiz::ZH,
    hand_in: &handin::ZH,
    settings: &settings::ZH,
    help: &public::HELP_ZH,
    download: &public::DOWNLOAD_ZH,
    not_found: &public::NOT_FOUND_ZH,
};

static EN: Texts = Texts {
    common: &common::EN,
    storage: &storage::EN,
    start: &start::EN,
    today: &today::EN,
    students: &students::EN,
    checks: &checks::EN,
    quiz: &quiz::EN,
    hand_in: &handin::EN,
    settings: &settings::EN,
    help: &public::HELP_EN,
    download: &public::DOWNLOAD_EN,
    not_found: &public::NOT_FOUND_EN,
};

impl Language {
    /// Its texts.
    pub(crate) fn texts(self) -> &'static Texts {
        match self {
            Self::Chinese => &ZH,
            Self::English => &EN,
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
    fn remember(self) {
        if local::is_available() {
            let _ = LocalStorage::set(PREFERENCE, self.tag());
        }
    }

    /// Changes to this language. The page is loaded anew: texts are read once when a screen is drawn,
    /// which keeps the app small and its screens free of work for something that happens once.
    pub(crate) fn switch_to(self) {
        self.remember();
        boot::reload();
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

/// The language of this page.
pub(crate) fn current() -> Language {
    static CURRENT: OnceLock<Language> = OnceLock::new();
    *CURRENT.get_or_init(preferred)
}

/// The language chosen before, else the browser's; Chinese where neither says.
fn preferred() -> Language {
    let chosen: Option<String> = local::is_available()
        .then(|| LocalStorage::get(PREFERENCE).ok())
        .flatten();
    let tag = chosen.or_else(|| window().navigator().language());
    tag.map_or(Language::Chinese, |tag| Language::from_tag(&tag))
}
