//! The content that ships inside the app. The quiz bank is not in it: it is large and fetched when a
//! quiz is set (see [`crate::browser`]).

use std::sync::OnceLock;

use wuzha_core::pack::{Pack, PackFile, PackFiles};

const CAMPAIGN: &str = include_str!("../content/default/campaign.json");
const CHECKLISTS: &str = include_str!("../content/default/checklists.json");
const CRITERIA: &str = include_str!("../content/default/criteria.json");

/// The pack that ships, read when a screen first needs it.
#[expect(
    clippy::expect_used,
    reason = "compiled in, and `the_pack_that_ships_is_read_whole` reads it"
)]
pub(crate) fn pack() -> &'static Pack {
    static PACK: OnceLock<Pack> = OnceLock::new();
    let read = || Pack::from_json(CAMPAIGN, CHECKLISTS, CRITERIA);
    PACK.get_or_init(|| read().expect("the pack that ships is valid"))
}

/// The pack's files, for the workers. The bank is not among them.
pub(crate) fn files() -> PackFiles {
    [
        (PackFile::Campaign, CAMPAIGN),
        (PackFile::Checklists, CHECKLISTS),
        (PackFile::Criteria, CRITERIA),
    ]
    .map(|(file, text)| (file, text.to_owned()))
    .into_iter()
    .collect()
}
