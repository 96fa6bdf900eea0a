//! Which part of a school: whose bundles a server keeps in one order, and whom an invitation is for.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};
use thiserror::Error;

use crate::bytes::{CutShort, Reader};
use crate::ids::{ClassId, DepartmentId, SchoolId};

const SCHOOL: u8 = 0;
const DEPARTMENT: u8 = 1;
const CLASS: u8 = 2;

/// A part of a school whose bundles a server keeps in one order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct ScopeId {
    /// The school.
    pub school: SchoolId,
    /// Which part of it.
    pub unit: Unit,
}

/// A part of a school, or all of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Unit {
    /// All of it.
    School,
    /// A department.
    Department(DepartmentId),
    /// A class.
    Class(ClassId),
}

/// A text that names no part of a school.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("{0:?} is not a school, school-department-id or school-class-id")]
pub struct ParseScopeError(String);

/// As it stands in addresses: `7363…`, `7363…-department-6465…`, `7363…-class-636c…`.
impl fmt::Display for ScopeId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let school = self.school;
        match self.unit {
            Unit::School => school.fmt(f),
            Unit::Department(id) => write!(f, "{school}-department-{id}"),
            Unit::Class(id) => write!(f, "{school}-class-{id}"),
        }
    }
}

impl FromStr for ScopeId {
    type Err = ParseScopeError;

    fn from_str(text: &str) -> Result<Self, ParseScopeError> {
        let bad = || ParseScopeError(text.to_owned());
        let (school, unit) = match text.split_once('-') {
            None => (text, Unit::School),
            Some((school, rest)) => {
                let unit = match rest.split_once('-') {
                    Some(("department", id)) => Unit::Department(id.parse().map_err(|_| bad())?),
                    Some(("class", id)) => Unit::Class(id.parse().map_err(|_| bad())?),
                    _ => return Err(bad()),
                };
                (school, unit)
            }
        };
        let school = school.parse().map_err(|_| bad())?;
        Ok(Self { school, unit })
    }
}

impl ScopeId {
    /// How many bytes it has when written.
    pub(crate) const LEN: usize = 17;

    pub(crate) fn to_bytes(self) -> [u8; Self::LEN] {
        let (kind, id) = match self.unit {
            Unit::School => (SCHOOL, [0; 8]),
            Unit::Department(id) => (DEPARTMENT, id.to_bytes()),
            Unit::Class(id) => (CLASS, id.to_bytes()),
        };
        let mut out = [0; Self::LEN];
        let bytes = self.school.to_bytes().into_iter().chain([kind]).chain(id);
        for (to, byte) in out.iter_mut().zip(bytes) {
            *to = byte;
        }
        out
    }

    /// The scope that comes next; `None` if it has a kind of unit that this version does not know,
    /// or an id where all of a school has none.
    pub(crate) fn read(reader: &mut Reader<'_>) -> Result<Option<Self>, CutShort> {
        let school = SchoolId::from_bytes(reader.array()?);
        let kind = reader.u8()?;
        let id: [u8; 8] = reader.array()?;
        let unit = match kind {
            SCHOOL if id == [0; 8] => Unit::School,
            DEPARTMENT => Unit::Department(DepartmentId::from_bytes(id)),
            CLASS => Unit::Class(ClassId::from_bytes(id)),
            _ => return Ok(None),
        };
        Ok(Some(Self { school, unit }))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(bytes: &[u8]) -> Result<Option<ScopeId>, CutShort> {
        ScopeId::read(&mut Reader::new(bytes))
    }

    #[test]
    fn a_scope_has_one_form() {
        let school = SchoolId::from_bytes([1; 8]);
        for unit in [
            Unit::School,
            Unit::Department(DepartmentId::from_bytes([2; 8])),
            Unit::Class(ClassId::from_bytes([3; 8])),
        ] {
            let scope = ScopeId { school, unit };
            assert_eq!(read(&scope.to_bytes()), Ok(Some(scope)));
            assert_eq!(scope.to_string().parse(), Ok(scope));
        }
        let mut bytes = ScopeId {
            school,
            unit: Unit::School,
        }
        .to_bytes();
        bytes[16] = 1;
        assert_eq!(read(&bytes), Ok(None), "all of a school has no id");
        bytes[8] = 3;
        assert_eq!(read(&bytes), Ok(None), "a kind that is not known");
        assert_eq!(read(&bytes[..16]), Err(CutShort { at: 9 }));
    }

    #[test]
    fn other_texts_name_no_scope() {
        let (school, id) = ("0101010101010101", "0202020202020202");
        for text in [
            String::new(),
            format!("{school}-"),
            format!("{school}-class"),
            format!("{school}-class-{school}{id}"),
            format!("{school}-Class-{id}"),
            format!("{school}-dorm-{id}"),
            format!("class-{id}"),
        ] {
            assert!(text.parse::<ScopeId>().is_err(), "{text}");
        }
    }
}
