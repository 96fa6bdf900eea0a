//! Who may publish a school pack, and who may read it.

use wuzha_seal::{Role, Unit};

use super::member::allow;
use super::{Kept, Member, Place};
use crate::Problem;

/// Whether one of these may publish a pack for `place`: the office for the school, a department for itself,
/// a teacher for a class that they are invited for, or that a device has `issued` an invitation for. A
/// teacher's own place may be a whole department, with classes of other teachers in it.
///
/// # Errors
/// [`Problem::OutOfScope`].
pub fn may_publish(members: &[Member], place: Place, issued: &[Kept]) -> Result<(), Problem> {
    let invites = |kept: &Kept| kept.role == Role::Monitor && kept.place.unit() == place.unit();
    let has_invited = issued.iter().any(invites);
    let may = |member: &Member| {
        let is_own = member.place.unit() == place.unit();
        match (member.role, place.unit()) {
            (Role::SecurityOffice | Role::Department, _) => is_own,
            (Role::Teacher, Unit::Class(_)) => is_own || has_invited && member.place.covers(place),
            (Role::Teacher | Role::Monitor, _) => false,
        }
    };
    allow(members.iter().any(may))
}

/// Whether one of these may read the pack of `place`: whoever is in it, and whoever stands above, its
/// publisher among them.
///
/// # Errors
/// [`Problem::OutOfScope`].
pub fn may_read_pack(members: &[Member], place: Place) -> Result<(), Problem> {
    let may = |member: &Member| place.covers(member.place) || member.place.covers(place);
    allow(members.iter().any(may))
}

#[cfg(test)]
mod tests {
    use super::*;
    use wuzha_core::log::DeviceId;
    use wuzha_core::time::UnixMillis;
    use wuzha_seal::{ClassId, DepartmentId, SecretHash, Serial};

    const OK: Result<(), Problem> = Ok(());
    const NO: Result<(), Problem> = Err(Problem::OutOfScope);

    fn department(n: u8) -> Place {
        Place::department(DepartmentId::from_bytes([n; 8]))
    }

    /// Class 17 is in department 1, class 27 in department 2.
    fn class(n: u8) -> Place {
        let department = DepartmentId::from_bytes([n / 10; 8]);
        Place::class(ClassId::from_bytes([n; 8]), Some(department))
    }

    fn member(role: Role, place: Place) -> Member {
        Member {
            device: DeviceId::from_bytes([7; 8]),
            role,
            place,
            until: None,
            revoked: None,
        }
    }

    fn invited(role: Role, place: Place) -> Kept {
        Kept {
            serial: Serial::from_bytes([1; 8]),
            secret: SecretHash::from_bytes([2; 32]),
            role,
            place,
            issuer: Some(DeviceId::from_bytes([7; 8])),
            expires: UnixMillis(1_000),
            member_until: None,
            claimed: None,
            refused_claims: 0,
            revoked: None,
        }
    }

    #[test]
    fn each_publishes_for_their_own_part_of_the_school() {
        for (role, place, of, expected) in [
            (Role::SecurityOffice, Place::SCHOOL, Place::SCHOOL, OK),
            (Role::SecurityOffice, Place::SCHOOL, department(1), NO),
            (Role::SecurityOffice, Place::SCHOOL, class(17), NO),
            (Role::Department, department(1), department(1), OK),
            (Role::Department, department(1), department(2), NO),
            (Role::Department, department(1), Place::SCHOOL, NO),
            (Role::Department, department(1), class(17), NO),
            (Role::Teacher, class(17), class(17), OK),
            (Role::Teacher, class(17), class(18), NO),
            (Role::Teacher, class(17), department(1), NO),
            (Role::Teacher, department(1), department(1), NO),
            (Role::Teacher, Place::SCHOOL, Place::SCHOOL, NO),
            (Role::Monitor, class(17), class(17), NO),
        ] {
            let may = may_publish(&[member(role, place)], of, &[]);
            assert_eq!(may, expected, "{role:?} {place:?} {of:?}");
        }
    }

    #[test]
    fn a_teacher_of_a_department_publishes_for_the_classes_they_invited() {
        let teacher = [member(Role::Teacher, department(1))];
        let issued = [invited(Role::Monitor, class(17))];
        assert_eq!(may_publish(&teacher, class(17), &issued), OK);
        assert_eq!(may_publish(&teacher, class(18), &issued), NO, "another's");
        assert_eq!(may_publish(&teacher, class(17), &[]), NO);
        let elsewhere = [member(Role::Teacher, department(2))];
        assert_eq!(may_publish(&elsewhere, class(17), &issued), NO, "no more");
        // A department that has invited the class's teacher is no teacher of it.
        let both = [
            member(Role::Department, department(1)),
            member(Role::Teacher, department(1)),
        ];
        let issued = [invited(Role::Teacher, class(17))];
        assert_eq!(may_publish(&both, class(17), &issued), NO);
    }

    #[test]
    fn a_pack_is_read_by_who_is_in_its_part_and_who_stands_above() {
        for (role, place, of, expected) in [
            (Role::Monitor, class(17), class(17), OK),
            (Role::Monitor, class(17), department(1), OK),
            (Role::Monitor, class(17), Place::SCHOOL, OK),
            (Role::Monitor, class(17), class(18), NO),
            (Role::Monitor, class(17), department(2), NO),
            (Role::Teacher, department(1), class(17), OK),
            (Role::Teacher, department(1), class(27), NO),
            (Role::Department, department(1), Place::SCHOOL, OK),
            (Role::Department, department(1), department(2), NO),
            (Role::SecurityOffice, Place::SCHOOL, class(27), OK),
        ] {
            let may = may_read_pack(&[member(role, place)], of);
            assert_eq!(may, expected, "{role:?} {place:?} {of:?}");
        }
    }
}
