//! What an invitation is made of.

use std::fmt;

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use thiserror::Error;
use wuzha_core::text;
use zeroize::Zeroizing;

use crate::ids::{ClassId, DepartmentId, SchoolId, SecretHash};
use crate::scope::{ScopeId, Unit};

/// What whoever accepts an invitation becomes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Role {
    /// 安保中心: reads the whole school, invites departments.
    SecurityOffice,
    /// 系部: reads a department, invites teachers.
    Department,
    /// 辅导员: reads classes, invites their devices.
    Teacher,
    /// 班长 and other 班干部: keeps a class's book and hands it in.
    Monitor,
}

/// A part of a school with the name that people know it by. The name is on the invitation, which goes
/// from screen to screen; the server is given the id alone.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Named<Id> {
    /// Its id.
    pub id: Id,
    /// Its name.
    pub name: UnitName,
}

/// The part of a school that an invitation is for: the narrowest that is named.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Invited {
    /// The school.
    pub school: Named<SchoolId>,
    /// The department; a small school may have none.
    pub department: Option<Named<DepartmentId>>,
    /// The class.
    pub class: Option<Named<ClassId>>,
}

/// The name of a school, department or class: 1 to 32 characters in one line.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct UnitName(String);

/// Why a text is no name of a school, department or class.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error, Serialize, Deserialize)]
pub enum UnitNameError {
    /// Nothing is left after cleaning.
    #[error("empty")]
    Empty,
    /// More characters than fit beside an app's other texts.
    #[error("longer than {max} characters", max = UnitName::MAX_CHARS)]
    TooLong,
}

/// Where a school's server is: `https://…`, without a slash at its end.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct ServerUrl(String);

/// Why a text is no address of a server.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error, Serialize, Deserialize)]
pub enum ServerUrlError {
    /// Everyone on the way could read along, and browsers run no app from there.
    #[error("does not begin with https://")]
    NotEncrypted,
    /// No host is named.
    #[error("names no server")]
    NoHost,
    /// A user, a query, a space: nothing that an address of a server has.
    #[error("character {0:?} is not allowed")]
    Character(char),
    /// Longer than a code should be.
    #[error("longer than {max} bytes", max = ServerUrl::MAX_LEN)]
    TooLong,
}

/// What proves to the server, once, that someone holds the invitation. Wiped from memory when
/// dropped, never printed by `{:?}`.
#[derive(Clone, PartialEq, Eq)]
pub struct InvitationSecret(Zeroizing<[u8; InvitationSecret::LEN]>);

impl Role {
    /// Whether this role is given for this part of a school.
    pub fn is_for(self, unit: Unit) -> bool {
        match self {
            Self::SecurityOffice => unit == Unit::School,
            Self::Department => matches!(unit, Unit::Department(_)),
            Self::Teacher => true,
            Self::Monitor => matches!(unit, Unit::Class(_)),
        }
    }
}

impl Invited {
    /// Which part of the school it is.
    pub fn scope(&self) -> ScopeId {
        let unit = match (&self.class, &self.department) {
            (Some(class), _) => Unit::Class(class.id),
            (None, Some(department)) => Unit::Department(department.id),
            (None, None) => Unit::School,
        };
        let school = self.school.id;
        ScopeId { school, unit }
    }
}

impl UnitName {
    /// The most characters in a name.
    pub const MAX_CHARS: usize = 32;

    /// The name as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl TryFrom<&str> for UnitName {
    type Error = UnitNameError;

    fn try_from(raw: &str) -> Result<Self, UnitNameError> {
        let name = text::tidy(raw);
        match name.chars().count() {
            0 => Err(UnitNameError::Empty),
            n if n > Self::MAX_CHARS => Err(UnitNameError::TooLong),
            _ => Ok(Self(name)),
        }
    }
}

impl ServerUrl {
    /// The most bytes in an address.
    pub const MAX_LEN: usize = 128;

    /// The address as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl TryFrom<&str> for ServerUrl {
    type Error = ServerUrlError;

    fn try_from(raw: &str) -> Result<Self, ServerUrlError> {
        let url = raw.trim().trim_end_matches('/');
        if url.len() > Self::MAX_LEN {
            return Err(ServerUrlError::TooLong);
        }
        let fits = |c: char| c.is_ascii_alphanumeric() || "-._~:/[]".contains(c);
        if let Some(c) = url.chars().find(|&c| !fits(c)) {
            return Err(ServerUrlError::Character(c));
        }
        let (scheme, rest) = url.split_once("://").ok_or(ServerUrlError::NotEncrypted)?;
        let (authority, path) = match rest.find('/') {
            Some(at) => rest.split_at(at),
            None => (rest, ""),
        };
        let (scheme, authority) = (scheme.to_ascii_lowercase(), authority.to_ascii_lowercase());
        let host = host(&authority);
        if host.is_empty() {
            return Err(ServerUrlError::NoHost);
        }
        if scheme != "https" && !(scheme == "http" && is_this_machine(host)) {
            return Err(ServerUrlError::NotEncrypted);
        }
        Ok(Self(format!("{scheme}://{authority}{path}")))
    }
}

impl InvitationSecret {
    /// How many bytes it has.
    pub const LEN: usize = 16;

    /// The secret made from 16 random bytes.
    pub fn from_bytes(random: [u8; Self::LEN]) -> Self {
        Self(Zeroizing::new(random))
    }

    /// The secret itself, to be sent to the server when the invitation is claimed.
    pub fn expose_bytes(&self) -> &[u8; Self::LEN] {
        &self.0
    }

    /// What the issuer gives the server to know the secret by.
    pub fn hash(&self) -> SecretHash {
        SecretHash::from_bytes(Sha256::digest(self.expose_bytes()).into())
    }
}

impl fmt::Debug for InvitationSecret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("InvitationSecret(…)")
    }
}

macro_rules! text_newtype {
    ($name:ident, $error:ident) => {
        impl TryFrom<String> for $name {
            type Error = $error;
            fn try_from(raw: String) -> Result<Self, $error> {
                Self::try_from(raw.as_str())
            }
        }
        impl From<$name> for String {
            fn from(text: $name) -> String {
                text.0
            }
        }
        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }
    };
}

text_newtype!(UnitName, UnitNameError);
text_newtype!(ServerUrl, ServerUrlError);

fn host(authority: &str) -> &str {
    match authority.rsplit_once(':') {
        // The colons within `[2001:db8::1]` are none.
        Some((host, port)) if !port.contains(']') => host,
        _ => authority,
    }
}

/// The one place from which a browser takes an app without encryption: for tests and trials.
fn is_this_machine(host: &str) -> bool {
    ["localhost", "127.0.0.1", "[::1]"].contains(&host)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_server_has_one_address() {
        for (raw, expected) in [
            ("https://fanzha.example.cn", "https://fanzha.example.cn"),
            (
                " HTTPS://FanZha.Example.CN/ \n",
                "https://fanzha.example.cn",
            ),
            (
                "https://example.cn:8443/Wuzha/",
                "https://example.cn:8443/Wuzha",
            ),
            ("http://localhost:8420", "http://localhost:8420"),
            ("http://[::1]:8420", "http://[::1]:8420"),
        ] {
            let url = ServerUrl::try_from(raw).map(String::from);
            assert_eq!(url, Ok(expected.to_owned()), "{raw}");
        }
    }

    #[test]
    fn what_is_no_address_of_a_server_is_refused() {
        let long = format!("https://{}.cn", "a".repeat(120));
        for (raw, expected) in [
            ("", ServerUrlError::NotEncrypted),
            ("fanzha.example.cn", ServerUrlError::NotEncrypted),
            ("http://fanzha.example.cn", ServerUrlError::NotEncrypted),
            (
                "http://localhost.evil.example",
                ServerUrlError::NotEncrypted,
            ),
            ("ftp://localhost", ServerUrlError::NotEncrypted),
            ("https://", ServerUrlError::NotEncrypted),
            ("https:///path", ServerUrlError::NoHost),
            ("https://:443", ServerUrlError::NoHost),
            (
                "https://gov.cn@evil.example",
                ServerUrlError::Character('@'),
            ),
            ("https://example.cn?x", ServerUrlError::Character('?')),
            ("https://example.cn#x", ServerUrlError::Character('#')),
            ("https://反诈.cn", ServerUrlError::Character('反')),
            (&long, ServerUrlError::TooLong),
        ] {
            assert_eq!(ServerUrl::try_from(raw), Err(expected), "{raw}");
        }
    }

    #[test]
    fn a_name_is_one_line() {
        let name = |raw: &str| UnitName::try_from(raw).map(String::from);
        assert_eq!(
            name(" 软件2101班\n（示例）"),
            Ok("软件2101班 （示例）".into())
        );
        assert_eq!(name("\u{200b}\n"), Err(UnitNameError::Empty));
        assert_eq!(name(&"班".repeat(33)), Err(UnitNameError::TooLong));
    }
}
