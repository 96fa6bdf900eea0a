//! Whether a device may invite, and what for exactly.

use wuzha_core::log::DeviceId;
use wuzha_core::time::UnixMillis;
use wuzha_seal::{DepartmentId, Role, SecretHash, Serial, Unit};

use super::member::may_invite;
use super::{Kept, Member, Place};
use crate::Problem;

/// What an issuer asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Wish {
    /// What the invitation is known by.
    pub serial: Serial,
    /// What its secret is known by.
    pub secret: SecretHash,
    /// What whoever claims it becomes.
    pub role: Role,
    /// For which part of the school.
    pub unit: Unit,
    /// The department of a class that is invited for the first time.
    pub department: Option<DepartmentId>,
    /// From when it can no longer be claimed.
    pub expires: UnixMillis,
    /// The end of the term; `None` for as long as the issuer is a member.
    pub member_until: Option<UnixMillis>,
}

/// What is kept of the wish of `device`, which is `members`; `known` is the place of a class that
/// somebody was invited for before.
///
/// # Errors
/// [`Problem::OutOfScope`], [`Problem::OtherDepartment`].
pub fn invite(
    wish: &Wish,
    device: DeviceId,
    members: &[Member],
    known: Option<Place>,
) -> Result<Kept, Problem> {
    let place = place(wish, members, known)?;
    let issuer = may_invite(members, wish.role, place)?;
    Ok(Kept {
        serial: wish.serial,
        secret: wish.secret,
        role: wish.role,
        place,
        issuer: Some(device),
        expires: wish.expires,
        // Nobody invites beyond their own time.
        member_until: [wish.member_until, issuer.until]
            .into_iter()
            .flatten()
            .min(),
        claimed: None,
        refused_claims: 0,
        revoked: None,
    })
}

fn place(wish: &Wish, members: &[Member], known: Option<Place>) -> Result<Place, Problem> {
    match (wish.unit, known) {
        (Unit::School, _) => Ok(Place::SCHOOL),
        (Unit::Department(id), _) => Ok(Place::department(id)),
        (Unit::Class(_), Some(known)) => {
            let is_other = wish.department.is_some() && wish.department != known.in_department();
            if is_other {
                Err(Problem::OtherDepartment)
            } else {
                Ok(known)
            }
        }
        (Unit::Class(id), None) => {
            let of_issuer = members.iter().find_map(|member| match member.place.unit() {
                Unit::Department(id) => Some(id),
                _ => None,
            });
            Ok(Place::class(id, wish.department.or(of_issuer)))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use wuzha_seal::ClassId;

    fn department(n: u8) -> DepartmentId {
        DepartmentId::from_bytes([n; 8])
    }

    fn class() -> ClassId {
        ClassId::from_bytes([7; 8])
    }

    fn device() -> DeviceId {
        DeviceId::from_bytes([9; 8])
    }

    fn member(role: Role, place: Place, until: Option<u64>) -> [Member; 1] {
        [Member {
            device: device(),
            role,
            place,
            until: until.map(UnixMillis),
            revoked: None,
        }]
    }

    fn wish(role: Role, unit: Unit, department: Option<DepartmentId>) -> Wish {
        Wish {
            serial: Serial::from_bytes([1; 8]),
            secret: SecretHash::from_bytes([2; 32]),
            role,
            unit,
            department,
            expires: UnixMillis(100),
            member_until: None,
        }
    }

    #[test]
    fn a_new_class_belongs_to_the_department_that_invites_for_it() {
        let members = member(Role::Department, Place::department(department(1)), None);
        let wish = wish(Role::Teacher, Unit::Class(class()), None);
        let kept = invite(&wish, device(), &members, None);
        let place = kept.map(|kept| (kept.place, kept.issuer));
        let expected = Place::class(class(), Some(department(1)));
        assert_eq!(place, Ok((expected, Some(device()))));
    }

    #[test]
    fn a_class_cannot_be_taken_over_by_another_department() {
        let known = Some(Place::class(class(), Some(department(2))));
        let members = member(Role::Department, Place::department(department(1)), None);
        for (named, problem) in [
            (None, Problem::OutOfScope),
            (Some(department(2)), Problem::OutOfScope),
            (Some(department(1)), Problem::OtherDepartment),
        ] {
            let wish = wish(Role::Teacher, Unit::Class(class()), named);
            let kept = invite(&wish, device(), &members, known);
            assert_eq!(kept, Err(problem), "{named:?}");
        }
    }

    #[test]
    fn a_school_without_departments_has_classes_all_the_same() {
        let members = member(Role::SecurityOffice, Place::SCHOOL, None);
        let wish = wish(Role::Teacher, Unit::Class(class()), None);
        let kept = invite(&wish, device(), &members, None);
        assert_eq!(kept.map(|kept| kept.place), Ok(Place::class(class(), None)));
    }

    #[test]
    fn nobody_invites_beyond_their_own_time() {
        let place = Place::class(class(), None);
        for (own, asked, given) in [
            (None, None, None),
            (None, Some(50), Some(50)),
            (Some(40), None, Some(40)),
            (Some(40), Some(50), Some(40)),
            (Some(60), Some(50), Some(50)),
        ] {
            let members = member(Role::Teacher, place, own);
            let wish = Wish {
                member_until: asked.map(UnixMillis),
                ..wish(Role::Monitor, Unit::Class(class()), None)
            };
            let kept = invite(&wish, device(), &members, Some(place));
            let until = kept.map(|kept| kept.member_until);
            assert_eq!(until, Ok(given.map(UnixMillis)), "{own:?} {asked:?}");
        }
    }
}
