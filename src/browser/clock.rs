//! The phone's clock.

use std::time::Duration;

use futures_channel::oneshot;
use leptos::prelude::set_timeout;
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

/// Resolves after a while.
pub(crate) async fn pause(time: Duration) {
    let (say, heard) = oneshot::channel();
    let say = move || {
        let _nobody_waits = say.send(());
    };
    set_timeout(say, time);
    // Never said when the page is going away.
    let _over = heard.await;
}
