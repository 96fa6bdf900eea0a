use serde::{Deserialize, Serialize};
use thiserror::Error;

use crate::time::UnixMillis;

/// A person's decision about an award, which counts instead of what the gates say (人工复核).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Review {
    /// What was decided.
    pub decision: Decision,
    /// Why.
    pub reason: Reason,
    /// When.
    pub at: UnixMillis,
}

/// Whether an award is given.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Decision {
    /// 达标
    Given,
    /// 不达标
    Refused,
    /// As the gates say: takes an earlier decision back.
    ByGates,
}

/// Why somebody decided: a text with something in it, since a decision without one explains nothing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Reason(String);

/// A text that gives no reason.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[error("a reason has 1 to {max} characters", max = Reason::MAX_CHARS)]
pub struct NoReason;

impl Decision {
    /// What is stored.
    pub(crate) fn code(self) -> &'static str {
        match self {
            Self::Given => "given",
            Self::Refused => "refused",
            Self::ByGates => "by_gates",
        }
    }

    /// What a code stands for; `None` for one of a newer version.
    pub(crate) fn of_code(code: &str) -> Option<Self> {
        [Self::Given, Self::Refused, Self::ByGates]
            .into_iter()
            .find(|decision| decision.code() == code)
    }
}

impl Reason {
    /// The most characters.
    pub const MAX_CHARS: usize = 200;

    /// The text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl TryFrom<String> for Reason {
    type Error = NoReason;

    fn try_from(text: String) -> Result<Self, NoReason> {
        let text = text.trim();
        match text.chars().count() {
            1..=Self::MAX_CHARS => Ok(Self(text.to_owned())),
            _ => Err(NoReason),
        }
    }
}

impl From<Reason> for String {
    fn from(reason: Reason) -> Self {
        reason.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_decision_without_a_reason_is_none() {
        let reason = |text: String| Reason::try_from(text).map(String::from);
        assert_eq!(reason(" \n".into()), Err(NoReason));
        assert_eq!(reason("字".repeat(201)), Err(NoReason));
        assert_eq!(reason(" 本期无案件 ".into()).as_deref(), Ok("本期无案件"));
    }
}
