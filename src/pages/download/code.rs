use leptos::prelude::window;
use wuzha_core::link::{Link, judge_link};

use crate::browser::local;
use crate::content;

/// The text of the school's code, once a person has confirmed it.
const SCHOOL_CODE: &str = "wuzha.school_code";
/// The region that the school requires, in its own words.
const REGION: &str = "wuzha.school_region";
/// Enough for province, city and district; more would not fit the poster.
pub(super) const REGION_MAX: usize = 40;

/// The code that is shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Code {
    /// The school's own.
    School(Link),
    /// That of this screen on our origin, which leads each phone to its store.
    Own,
}

impl Code {
    /// The school's, where this device has one: as it was published, else as a person has confirmed it here.
    pub(super) fn shown() -> Self {
        if let Some(code) = content::school().download_code {
            return Self::School(code.link().clone());
        }
        match local::text(SCHOOL_CODE).as_deref().map(judge_link) {
            Some(Ok(link)) => Self::School(link),
            // What was kept is judged anew: a newer version may know better.
            Some(Err(_)) | None => Self::Own,
        }
    }

    /// What it says when scanned.
    pub(super) fn text(&self) -> String {
        match self {
            Self::School(link) => link.text.clone(),
            Self::Own => own_link(),
        }
    }

    /// Where it leads.
    pub(super) fn domain(&self) -> String {
        match self {
            Self::School(link) => link.domain.clone(),
            Self::Own => window().location().host().unwrap_or_default(),
        }
    }
}

/// The address of 下载码 on our origin.
fn own_link() -> String {
    let origin = window().location().origin().unwrap_or_default();
    format!("{origin}/download")
}

/// Shows the code of `link` from now on; whether the browser let it be kept.
#[must_use]
pub(super) fn adopt(link: &Link) -> bool {
    local::keep_text(SCHOOL_CODE, &link.text)
}

/// Shows our own code again.
pub(super) fn remove() {
    local::forget(SCHOOL_CODE);
}

/// The region that the school requires: as it was published, else as it was written down here; empty where
/// it was neither.
pub(super) fn region() -> String {
    match content::school().region {
        Some(region) => region.to_string(),
        None => local::text(REGION).unwrap_or_default(),
    }
}

/// Keeps the region; whether the browser let it be kept.
#[must_use]
pub(super) fn keep_region(region: &str) -> bool {
    let region = wuzha_core::text::clean(region);
    let region: String = region.chars().take(REGION_MAX).collect();
    local::keep_text(REGION, &region)
}
