//! The content that ships inside the app. The quiz bank is not in it: it is large and fetched when a
//! quiz is set (see [`crate::browser`]).

use wuzha_core::pack::Pack;

/// The pack that ships.
#[expect(
    clippy::expect_used,
    reason = "compiled in, and `the_pack_that_ships_is_read_whole` reads it"
)]
pub(crate) fn pack() -> Pack {
    Pack::from_json(
        include_str!("../content/default/campaign.json"),
        include_str!("../content/default/checklists.json"),
        include_str!("../content/default/criteria.json"),
    )
    .expect("the pack that ships is valid")
}
