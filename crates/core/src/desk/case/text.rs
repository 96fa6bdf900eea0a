use serde::{Deserialize, Serialize};

use crate::text::{self, ImpersonalError};

/// What is written about a case in words: tidied, bounded, possibly empty, and without long numbers, since a
/// case names nobody.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct CaseText(String);

impl CaseText {
    /// The most characters.
    pub const MAX_CHARS: usize = 500;

    /// The text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether nothing is written.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl TryFrom<String> for CaseText {
    type Error = ImpersonalError;

    fn try_from(raw: String) -> Result<Self, ImpersonalError> {
        text::impersonal(&raw, Self::MAX_CHARS).map(Self)
    }
}

impl From<CaseText> for String {
    fn from(text: CaseText) -> String {
        text.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_that_holds_a_long_number_is_refused_however_it_is_set() {
        let text = |raw: &str| CaseText::try_from(raw.to_owned()).map(String::from);
        for number in [
            "2021010",
            "２０２１０１０１",
            "139 0000",
            "学号2021010101。",
        ] {
            assert!(
                matches!(text(number), Err(ImpersonalError::Number { .. })),
                "{number}"
            );
        }
        for fine in [
            "",
            "已拨打96110和110",
            "2021年12月27日",
            "2021-12-27",
            "三次，共12人",
        ] {
            assert_eq!(text(fine).as_deref(), Ok(fine));
        }
    }

    #[test]
    fn a_text_is_bounded_in_characters_and_tidied() {
        let text = |raw: String| CaseText::try_from(raw).map(String::from);
        assert_eq!(text("字".repeat(500)).map(|text| text.len()), Ok(1500));
        assert_eq!(
            text("字".repeat(501)),
            Err(ImpersonalError::TooLong { max: 500 })
        );
        assert_eq!(
            text(" 已谈话，\n已补课 ".into()).as_deref(),
            Ok("已谈话， 已补课")
        );
    }
}
