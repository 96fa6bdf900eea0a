//! 学校: what only the school itself can say: its units and terms, where its people register, whom to ask.
//!
//! Everything is empty until the school fills it in. Fields that this version does not know are passed
//! over: [`super::PackFiles`] hands the file on as it is.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use thiserror::Error;

use crate::ident::text_ident;
use crate::link::{Link, LinkError, judge_link};
use crate::text;

/// `school.json`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct School {
    /// Its name.
    pub name: Option<Label>,
    /// 系部, each with its grades and classes.
    pub departments: Vec<Department>,
    /// 学期, in order.
    pub terms: Vec<Term>,
    /// 常驻地区, as it has to be chosen in the app. It may not be changeable afterwards.
    pub region: Option<Label>,
    /// The code from which the app is downloaded; without it the app's own page is shown.
    pub download_code: Option<DownloadCode>,
    /// Whom to ask.
    pub contacts: Contacts,
}

/// 系部.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Department {
    /// Its name.
    pub name: Label,
    /// Its grades; may be left out.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub grades: Vec<Grade>,
}

/// 年级.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Grade {
    /// Its name, e.g. `2021级`.
    pub name: Label,
    /// The names of its classes; may be left out.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub classes: Vec<Label>,
}

/// 学期.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Term {
    /// Its name, e.g. `2021—2022学年第一学期`.
    pub name: Label,
    /// Its first day.
    #[serde(with = "crate::time::day_text")]
    pub start: NaiveDate,
    /// Its last day.
    #[serde(with = "crate::time::day_text")]
    pub end: NaiveDate,
}

/// Whom to ask. What ships is empty: a person's name or number is the school's to give.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Contacts {
    /// The office, e.g. `安保中心`.
    pub office: Option<Label>,
    /// The community officer (社区民警).
    pub officer: Option<Label>,
    /// A telephone number.
    pub phone: Option<Phone>,
    /// A mail box, for the summary.
    pub mail: Option<MailBox>,
}

/// The school's download code: what its picture says, and the words below it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "RawCode", into = "RawCode")]
pub struct DownloadCode {
    link: Link,
    name: Option<Label>,
}

#[derive(Serialize, Deserialize)]
struct RawCode {
    text: String,
    #[serde(default)]
    name: Option<Label>,
}

/// Why a text is no entry of `school.json`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum SchoolTextError {
    /// Nothing can be seen.
    #[error("empty")]
    Empty,
    /// More than fits.
    #[error("longer than {max} characters")]
    TooLong {
        /// The most characters.
        max: usize,
    },
    /// A character that does not belong there.
    #[error("character {0:?} is not allowed")]
    Character(char),
    /// No name before an `@`, or no domain after it.
    #[error("not a mail box")]
    NotAMailBox,
    /// The code leads nowhere.
    #[error("download code: {0}")]
    Link(#[from] LinkError),
}

text_ident!(
    /// A name on one line, 1 to 40 characters.
    Label,
    SchoolTextError,
    parse_label
);
text_ident!(
    /// A telephone number as one dials it: digits, spaces, `+`, `-` and brackets.
    Phone,
    SchoolTextError,
    parse_phone
);
text_ident!(
    /// The address of a mail box.
    MailBox,
    SchoolTextError,
    parse_mail_box
);

impl DownloadCode {
    /// The most characters that its link may have: more would not be drawn sharply on a poster.
    pub const MAX_CHARS: usize = 300;

    /// The code with `text` in it, and `name` below it. The text is judged as one that was scanned.
    ///
    /// # Errors
    /// [`SchoolTextError`] for a text that is too long or no web link.
    pub fn new(text: &str, name: Option<Label>) -> Result<Self, SchoolTextError> {
        bounded(text, Self::MAX_CHARS)?;
        let link = judge_link(text)?;
        Ok(Self { link, name })
    }

    /// Where it leads, and what speaks against it: to be shown before it is used.
    pub fn link(&self) -> &Link {
        &self.link
    }

    /// The words below it, e.g. `国家反诈中心—示例`.
    pub fn name(&self) -> Option<&Label> {
        self.name.as_ref()
    }
}

impl TryFrom<RawCode> for DownloadCode {
    type Error = SchoolTextError;

    fn try_from(raw: RawCode) -> Result<Self, SchoolTextError> {
        Self::new(&raw.text, raw.name)
    }
}

impl From<DownloadCode> for RawCode {
    fn from(code: DownloadCode) -> Self {
        Self {
            text: code.link.text,
            name: code.name,
        }
    }
}

fn parse_label(raw: &str) -> Result<String, SchoolTextError> {
    let label = text::tidy(raw);
    bounded(&label, 40)?;
    Ok(label)
}

fn parse_phone(raw: &str) -> Result<String, SchoolTextError> {
    let phone = text::clean(raw);
    bounded(&phone, 24)?;
    let fits = |c: char| c.is_ascii_digit() || " +-()".contains(c);
    match phone.chars().find(|&c| !fits(c)) {
        Some(c) => Err(SchoolTextError::Character(c)),
        None => Ok(phone),
    }
}

fn parse_mail_box(raw: &str) -> Result<String, SchoolTextError> {
    let mail = text::clean(raw);
    bounded(&mail, 64)?;
    if let Some(c) = mail.chars().find(|&c| !c.is_ascii_graphic()) {
        return Err(SchoolTextError::Character(c));
    }
    match mail.split_once('@') {
        Some((name, domain))
            if !name.is_empty() && domain.contains('.') && !domain.contains('@') =>
        {
            Ok(mail)
        }
        _ => Err(SchoolTextError::NotAMailBox),
    }
}

fn bounded(text: &str, max: usize) -> Result<(), SchoolTextError> {
    match text.chars().count() {
        0 => Err(SchoolTextError::Empty),
        n if n > max => Err(SchoolTextError::TooLong { max }),
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_person_types_is_tidied_and_what_does_not_belong_there_is_refused() {
        let label = |raw: &str| Label::try_from(raw.to_owned()).map(String::from);
        assert_eq!(
            label(" 软件系\u{200b}\n（示例）"),
            Ok("软件系 （示例）".into())
        );
        assert_eq!(label("\u{200b}"), Err(SchoolTextError::Empty));
        assert_eq!(
            label(&"系".repeat(41)),
            Err(SchoolTextError::TooLong { max: 40 })
        );
        let phone = |raw: &str| Phone::try_from(raw.to_owned()).map(String::from);
        assert_eq!(phone("（０００）0-1"), Ok("(000)0-1".into()));
        assert_eq!(phone("转安保中心"), Err(SchoolTextError::Character('转')));
        let mail = |raw: &str| MailBox::try_from(raw.to_owned()).map(String::from);
        assert_eq!(mail(" a@b.example "), Ok("a@b.example".into()));
        for not_a_box in ["a.example", "@b.example", "a@b", "a@b@c.example"] {
            assert_eq!(mail(not_a_box), Err(SchoolTextError::NotAMailBox));
        }
        assert_eq!(mail("a@示例.cn"), Err(SchoolTextError::Character('示')));
    }

    #[test]
    fn a_download_code_is_judged_when_it_is_read() {
        let json = r#"{"text":"http://gov-cn.example/app","name":"国家反诈中心—示例"}"#;
        let code: DownloadCode = serde_json::from_str(json).unwrap();
        assert_eq!(code.link().domain, "gov-cn.example");
        assert_eq!(code.link().warnings.len(), 2);
        assert_eq!(serde_json::to_string(&code).unwrap(), json);
        let error = serde_json::from_str::<DownloadCode>(r#"{"text":"国家反诈中心"}"#);
        let error = error.unwrap_err().to_string();
        assert!(error.contains("download code: not a web link"), "{error}");
    }
}
