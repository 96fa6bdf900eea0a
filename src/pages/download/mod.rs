//! 下载码: how to get 国家反诈中心, the school's own code, the poster.
//!
//! # Layout
//! - `page`: the screen
//! - `code`: which code is shown, and the region beside it: what this device remembers
//! - `change`: putting the school's own code in place
//! - `poster`, `image`: on paper, and as a picture

mod change;
mod code;
mod image;
mod page;
mod poster;

pub(crate) use change::ChangeCode;
pub(crate) use page::Download;
