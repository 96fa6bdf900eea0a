//! Every text a person reads, as typed tables: a missing translation does not compile.
//!
//! One file an area of the app, with both languages side by side, so that a change of a screen finds
//! its texts in one place.

mod activities;
mod awards;
mod bulletin;
mod cases;
mod checks;
mod common;
mod desk;
mod exports;
mod face_to_face;
mod handin;
mod old_ledgers;
mod overview;
mod packs;
mod privacy;
mod public;
mod quiz;
mod report;
mod school;
mod settings;
mod start;
mod storage;
mod students;
mod today;
mod words;

use leptos::prelude::{document, window};

use std::sync::OnceLock;

use crate::browser::{boot, local};

pub(crate) use activities::Activities;
pub(crate) use awards::Awards;
pub(crate) use bulletin::Bulletin;
pub(crate) use cases::Cases;
pub(crate) use checks::Checks;
pub(crate) use common::Common;
pub(crate) use desk::Desk;
pub(crate) use exports::Exports;
pub(crate) use face_to_face::FaceToFace;
pub(crate) use handin::HandIn;
pub(crate) use old_ledgers::OldLedgers;
pub(crate) use overview::Overview;
pub(crate) use packs::Packs;
pub(crate) use privacy::Privacy;
pub(crate) use public::{Download, Help, NotFound, Step};
pub(crate) use quiz::Quiz;
pub(crate) use report::ReportTexts;
pub(crate) use school::{School, place_name};
pub(crate) use settings::Settings;
pub(crate) use start::{Import, NewClass, Start, Teacher};
pub(crate) use storage::Storage as StorageTexts;
pub(crate) use students::Students;
pub(crate) use today::Today;
pub(crate) use words::Words;

/// Where the chosen language is kept.
const PREFERENCE: &str = "wuzha.language";

/// A language of the app.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Language {
    Chinese,
    English,
}

/// All texts of one language, by the screens that show them.
///
/// Functions rather than fields: a table of all areas would tie the texts of every screen to the part of
/// the app that is loaded first.
#[derive(Clone, Copy)]
pub(crate) struct Texts(Language);

macro_rules! areas {
    ($($area:ident: $texts:ty = $zh:path, $en:path;)*) => {
        impl Texts {
            $(pub(crate) fn $area(self) -> &'static $texts {
                match self.0 {
                    Language::Chinese => &$zh,
                    Language::English => &$en,
                }
            })*
        }
    };
}

areas! {
    common: Common = common::ZH, common::EN;
    storage: StorageTexts = storage::ZH, storage::EN;
    start: Start = start::ZH, start::EN;
    new_class: NewClass = start::CLASS_ZH, start::CLASS_EN;
    import: Import = start::IMPORT_ZH, start::IMPORT_EN;
    for_teachers: Teacher = start::TEACHER_ZH, start::TEACHER_EN;
    today: Today = today::ZH, today::EN;
    words: Words = words::ZH, words::EN;
    students: Students = students::ZH, students::EN;
    activities: Activities = activities::ZH, activities::EN;
    checks: Checks = checks::ZH, checks::EN;
    quiz: Quiz = quiz::ZH, quiz::EN;
    hand_in: HandIn = handin::ZH, handin::EN;
    school: School = school::ZH, school::EN;
    desk: Desk = desk::ZH, desk::EN;
    report: ReportTexts = report::ZH, report::EN;
    awards: Awards = awards::ZH, awards::EN;
    overview: Overview = overview::ZH, overview::EN;
    packs: Packs = packs::ZH, packs::EN;
    cases: Cases = cases::ZH, cases::EN;
    privacy: Privacy = privacy::ZH, privacy::EN;
    settings: Settings = settings::ZH, settings::EN;
    help: Help = public::HELP_ZH, public::HELP_EN;
    download: Download = public::DOWNLOAD_ZH, public::DOWNLOAD_EN;
    not_found: NotFound = public::NOT_FOUND_ZH, public::NOT_FOUND_EN;
    bulletin: Bulletin = bulletin::ZH, bulletin::EN;
    exports: Exports = exports::ZH, exports::EN;
    face_to_face: FaceToFace = face_to_face::ZH, face_to_face::EN;
    old_ledgers: OldLedgers = old_ledgers::ZH, old_ledgers::EN;
}

impl Language {
    /// Its texts.
    pub(crate) fn texts(self) -> Texts {
        Texts(self)
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
        let _full_at_worst = local::keep_text(PREFERENCE, self.tag());
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
    let tag = local::text(PREFERENCE).or_else(|| window().navigator().language());
    tag.map_or(Language::Chinese, |tag| Language::from_tag(&tag))
}
