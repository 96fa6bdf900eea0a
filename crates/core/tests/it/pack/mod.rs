//! The pack as a school edits and publishes it.

#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test says what it expects by failing"
)]

mod diff;
mod files;
mod sheets;

use wuzha_core::pack::{PackFile, PackFiles, WholePack};

/// The files that ship.
fn defaults() -> PackFiles {
    let files = [
        (
            PackFile::Campaign,
            include_str!("../../../../../content/default/campaign.json"),
        ),
        (
            PackFile::Checklists,
            include_str!("../../../../../content/default/checklists.json"),
        ),
        (
            PackFile::Criteria,
            include_str!("../../../../../content/default/criteria.json"),
        ),
        (
            PackFile::Bank,
            include_str!("../../../../../content/default/bank.json"),
        ),
        (
            PackFile::School,
            include_str!("../../../../../content/default/school.json"),
        ),
    ];
    files
        .map(|(file, text)| (file, text.to_owned()))
        .into_iter()
        .collect()
}

/// The pack that ships.
fn shipped() -> WholePack {
    WholePack::from_files(&defaults(), &PackFiles::default()).unwrap()
}

/// One file that a school has changed.
fn overlay(file: PackFile, text: impl Into<String>) -> PackFiles {
    [(file, text.into())].into_iter().collect()
}
