//! 辅导员: who looks after the class, as the class calls them.

use super::commands::text_change;
use super::{Book, Field, keys, text};
use crate::ident::text_ident;
use crate::log::Change;
use crate::text::{self as texts, ImpersonalError};

text_ident!(
    /// 辅导员: what the class calls its counsellor, e.g. 王老师; possibly empty. No telephone number is in it.
    Counsellor,
    ImpersonalError,
    parse
);

impl Counsellor {
    /// The most characters.
    pub const MAX_CHARS: usize = 40;
}

/// Written as names are, so that 王 老师 and 王老师 are one.
fn parse(raw: &str) -> Result<String, ImpersonalError> {
    texts::impersonal(&texts::clean_name(raw), Counsellor::MAX_CHARS)
}

impl Book {
    /// The class's counsellor. Read anew at each call, as [`Book::activities`].
    pub fn counsellor(&self) -> Field<String> {
        Field::read(self.unread.heads(&keys::profile(keys::COUNSELLOR)), text)
    }
}

/// Says who the counsellor is; an empty name forgets it.
pub fn set_counsellor(book: &Book, name: &Counsellor) -> Vec<Change> {
    text_change(
        Some(&book.counsellor()),
        keys::profile(keys::COUNSELLOR),
        name.as_str(),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_written_one_way_and_holds_no_telephone() {
        let name = |raw: &str| Counsellor::try_from(raw).map(String::from);
        assert_eq!(name(" 王　老师 "), Ok("王老师".to_owned()));
        assert_eq!(name(""), Ok(String::new()));
        assert_eq!(
            name("王老师13900000000"),
            Err(ImpersonalError::Number { digits: 11 })
        );
        assert_eq!(
            name(&"王".repeat(41)),
            Err(ImpersonalError::TooLong { max: 40 })
        );
    }
}
