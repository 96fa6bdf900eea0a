//! The bytes of an invitation; `docs/formats.md` has them with an example.

use sha2::{Digest, Sha256};
use wuzha_core::time::UnixMillis;

use super::{
    Invitation, InvitationError, InvitationSecret, Invited, Named, Role, ServerUrl, UnitName,
};
use crate::bytes::{Reader, push_short_slice};
use crate::ids::{ClassId, DepartmentId, SchoolId, Serial};
use crate::keys::{DevicePublicKey, ServerPublicKey};
use crate::sealing::{Identity, MAX_RECIPIENTS, Recipient};

const FORMAT: u8 = 1;
const CHECK_LEN: usize = 4;

// What follows that not every invitation has.
const HAS_DEPARTMENT: u8 = 1;
const HAS_CLASS: u8 = 2;
const HAS_ISSUER: u8 = 4;
const HAS_CLASS_KEY: u8 = 8;
const ALL_PARTS: u8 = HAS_DEPARTMENT | HAS_CLASS | HAS_ISSUER | HAS_CLASS_KEY;

impl Invitation {
    pub(super) fn to_bytes(&self) -> Result<Vec<u8>, InvitationError> {
        self.check()?;
        let mut out = vec![FORMAT, role_code(self.role), self.parts()];
        out.extend(self.serial.to_bytes());
        out.extend(self.secret.expose_bytes());
        out.extend(self.expires.0.to_be_bytes());
        out.extend(self.server_key.to_bytes());
        out.extend(self.issuer.iter().flat_map(|key| key.to_bytes()));
        push_short_slice(&mut out, self.server.as_str().as_bytes());
        let Invited {
            school,
            department,
            class,
        } = &self.place;
        push_named(&mut out, school.id.to_bytes(), &school.name);
        if let Some(Named { id, name }) = department {
            push_named(&mut out, id.to_bytes(), name);
        }
        if let Some(Named { id, name }) = class {
            push_named(&mut out, id.to_bytes(), name);
        }
        // `check` has bounded it.
        out.push(u8::try_from(self.recipients.len()).unwrap_or(u8::MAX));
        out.extend(self.recipients.iter().flat_map(|key| key.to_bytes()));
        if let Some(key) = &self.class_key {
            out.extend(key.expose_bytes());
        }
        out.extend(check_bytes(&out));
        Ok(out)
    }

    /// The check bytes come first: what was misread should not be reported as anything else.
    pub(super) fn from_bytes(bytes: &[u8]) -> Result<Self, InvitationError> {
        let (content, check) = bytes
            .split_last_chunk::<CHECK_LEN>()
            .ok_or(InvitationError::Misread)?;
        if check_bytes(content) != *check {
            return Err(InvitationError::Misread);
        }
        let mut reader = Reader::new(content);
        let found = reader.u8()?;
        if found != FORMAT {
            let expected = FORMAT;
            return Err(InvitationError::Format { found, expected });
        }
        let invitation = Self::read(&mut reader)?;
        match reader.rest().len() {
            0 => {}
            more => return Err(InvitationError::TooMuch(more as u64)),
        }
        invitation.check()?;
        Ok(invitation)
    }

    fn read(reader: &mut Reader<'_>) -> Result<Self, InvitationError> {
        let role = role_of(reader.u8()?)?;
        let parts = reader.u8()?;
        if parts & !ALL_PARTS != 0 {
            return Err(InvitationError::UnknownParts(parts));
        }
        let has = |part: u8| parts & part != 0;
        let serial = Serial::from_bytes(reader.array()?);
        let secret = InvitationSecret::from_bytes(reader.array()?);
        let expires = UnixMillis(reader.u64()?);
        let server_key = ServerPublicKey::from_bytes(&reader.array()?)?;
        let issuer = optional(has(HAS_ISSUER), || {
            Ok(DevicePublicKey::from_bytes(&reader.array()?)?)
        })?;
        let server = ServerUrl::try_from(text(reader)?)?;
        let place = Invited {
            school: named(reader, SchoolId::from_bytes)?,
            department: optional(has(HAS_DEPARTMENT), || {
                named(reader, DepartmentId::from_bytes)
            })?,
            class: optional(has(HAS_CLASS), || named(reader, ClassId::from_bytes))?,
        };
        Ok(Self {
            server,
            server_key,
            serial,
            secret,
            role,
            place,
            expires,
            recipients: recipients(reader)?,
            class_key: optional(has(HAS_CLASS_KEY), || {
                Ok(Identity::from_bytes(&reader.array()?))
            })?,
            issuer,
        })
    }

    /// What the types of the fields do not say; asked when one is written and when one is read.
    fn check(&self) -> Result<(), InvitationError> {
        if !self.role.is_for(self.place.scope().unit) {
            return Err(InvitationError::Role(self.role));
        }
        // The class alone would seal for nobody who reads.
        match (self.recipients.len(), self.seal_for().len()) {
            (1.., ..=MAX_RECIPIENTS) => Ok(()),
            (_, all) => Err(InvitationError::Recipients(all as u64)),
        }
    }

    fn parts(&self) -> u8 {
        let part = |is_there: bool, part: u8| if is_there { part } else { 0 };
        part(self.place.department.is_some(), HAS_DEPARTMENT)
            | part(self.place.class.is_some(), HAS_CLASS)
            | part(self.issuer.is_some(), HAS_ISSUER)
            | part(self.class_key.is_some(), HAS_CLASS_KEY)
    }
}

fn role_code(role: Role) -> u8 {
    match role {
        Role::SecurityOffice => 1,
        Role::Department => 2,
        Role::Teacher => 3,
        Role::Monitor => 4,
    }
}

fn role_of(code: u8) -> Result<Role, InvitationError> {
    match code {
        1 => Ok(Role::SecurityOffice),
        2 => Ok(Role::Department),
        3 => Ok(Role::Teacher),
        4 => Ok(Role::Monitor),
        other => Err(InvitationError::UnknownRole(other)),
    }
}

fn push_named(out: &mut Vec<u8>, id: [u8; 8], name: &UnitName) {
    out.extend(id);
    push_short_slice(out, name.as_str().as_bytes());
}

fn named<Id>(
    reader: &mut Reader<'_>,
    id: impl Fn([u8; 8]) -> Id,
) -> Result<Named<Id>, InvitationError> {
    let id = id(reader.array()?);
    let name = UnitName::try_from(text(reader)?)?;
    Ok(Named { id, name })
}

fn optional<T>(
    is_there: bool,
    read: impl FnOnce() -> Result<T, InvitationError>,
) -> Result<Option<T>, InvitationError> {
    if is_there { read().map(Some) } else { Ok(None) }
}

fn text<'a>(reader: &mut Reader<'a>) -> Result<&'a str, InvitationError> {
    str::from_utf8(reader.short_slice()?).map_err(|_| InvitationError::NotText)
}

fn recipients(reader: &mut Reader<'_>) -> Result<Vec<Recipient>, InvitationError> {
    let count = reader.u8()?;
    (0..count)
        .map(|_| Ok(Recipient::from_bytes(reader.array()?)?))
        .collect()
}

fn check_bytes(content: &[u8]) -> [u8; CHECK_LEN] {
    let [a, b, c, d, ..]: [u8; 32] = Sha256::digest(content).into();
    [a, b, c, d]
}
