//! The phone's clock.

use wuzha_core::time::{UnixMillis, UtcOffset};

/// Now.
pub(crate) fn now() -> UnixMillis {
    // A clock before 1970 reads as 0; a fraction of a millisecond is of no use.
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "milliseconds since 1970 fit in 53 bits, and a negative reading saturates to 0"
    )]
    UnixMillis(js_sys::Date::now() as u64)
}

/// The phone's offset from UTC.
pub(crate) fn offset() -> UtcOffset {
    #[expect(
        clippy::cast_possible_truncation,
        reason = "an offset is at most 14 hours"
    )]
    // JavaScript counts minutes from local time to UTC, the other way round.
    UtcOffset(-(js_sys::Date::new_0().get_timezone_offset() as i32))
}
