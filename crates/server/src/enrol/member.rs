//! Who may do what. All of it is decided here, from what a claimed invitation says.

use wuzha_core::log::DeviceId;
use wuzha_core::time::UnixMillis;
use wuzha_seal::{ClassId, Role, Unit};

use super::Place;
use crate::Problem;

/// What a device became by claiming an invitation. A teacher's device may be several: one a class.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Member {
    /// Who.
    pub device: DeviceId,
    /// As what.
    pub role: Role,
    /// Where.
    pub place: Place,
    /// The end of the term, when a class's devices are no longer members.
    pub until: Option<UnixMillis>,
    /// When someone above ended it.
    pub revoked: Option<UnixMillis>,
}

/// A device with all that it is in its school; by default nothing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Members(Vec<Member>);

impl Member {
    fn is_active_at(&self, now: UnixMillis) -> bool {
        self.revoked.is_none() && self.until.is_none_or(|until| now < until)
    }

    fn invites(&self, role: Role, place: Place) -> bool {
        let is_next = match self.role {
            // A small school has no departments.
            Role::SecurityOffice => matches!(role, Role::Department | Role::Teacher),
            Role::Department => role == Role::Teacher,
            Role::Teacher => role == Role::Monitor,
            Role::Monitor => false,
        };
        is_next && role.is_for(place.unit()) && self.place.covers(place)
    }
}

impl Members {
    /// All that a device is, from the store.
    pub fn new(members: Vec<Member>) -> Self {
        Self(members)
    }

    /// What it is at `now`: all of it, or why nothing is left.
    ///
    /// # Errors
    /// [`Problem::OutOfScope`] for a device that nobody invited, [`Problem::Revoked`] for one whose
    /// time has ended.
    pub fn active_at(&self, now: UnixMillis) -> Result<Vec<Member>, Problem> {
        let active = self.0.iter().filter(|member| member.is_active_at(now));
        let active: Vec<Member> = active.copied().collect();
        match (active.is_empty(), self.0.is_empty()) {
            (false, _) => Ok(active),
            (true, false) => Err(Problem::Revoked),
            (true, true) => Err(Problem::OutOfScope),
        }
    }

    /// Whether it may hand in for this class: as one of its monitors.
    ///
    /// # Errors
    /// [`Problem::OutOfScope`] and [`Problem::Revoked`].
    pub fn may_hand_in(&self, class: ClassId, now: UnixMillis) -> Result<Place, Problem> {
        let is_monitor = |member: &&Member| {
            member.role == Role::Monitor && member.place.unit() == Unit::Class(class)
        };
        let monitors: Vec<&Member> = self.0.iter().filter(is_monitor).collect();
        let mut active = monitors.iter().filter(|member| member.is_active_at(now));
        match active.next() {
            Some(member) => Ok(member.place),
            None if monitors.is_empty() => Err(Problem::OutOfScope),
            None => Err(Problem::Revoked),
        }
    }
}

/// Whether one of these may read what was handed in at `place`.
///
/// # Errors
/// [`Problem::OutOfScope`].
pub fn may_read(members: &[Member], place: Place) -> Result<(), Problem> {
    allow(members.iter().any(|member| member.place.covers(place)))
}

/// Whether one of these may say that a bundle from `place` was opened: whoever reads it from above.
///
/// # Errors
/// [`Problem::OutOfScope`].
pub fn may_open(members: &[Member], place: Place) -> Result<(), Problem> {
    let mut above = members.iter().filter(|member| member.role != Role::Monitor);
    allow(above.any(|member| member.place.covers(place)))
}

/// The member of these that may invite someone as `role` for `place`.
///
/// # Errors
/// [`Problem::OutOfScope`].
pub fn may_invite(members: &[Member], role: Role, place: Place) -> Result<&Member, Problem> {
    let mut inviting = members.iter();
    let inviting = inviting.find(|member| member.invites(role, place));
    inviting.ok_or(Problem::OutOfScope)
}

/// Whether one of these may end what was given to someone as `role` for `place`: whoever stands
/// above, so that the office can still do it when the teacher who invited has left.
///
/// # Errors
/// [`Problem::OutOfScope`].
pub fn may_revoke(members: &[Member], role: Role, place: Place) -> Result<(), Problem> {
    let mut members = members.iter();
    let above = |member: &Member| rank(member.role) > rank(role) && member.place.covers(place);
    allow(members.any(above))
}

fn rank(role: Role) -> u8 {
    match role {
        Role::SecurityOffice => 3,
        Role::Department => 2,
        Role::Teacher => 1,
        Role::Monitor => 0,
    }
}

pub(super) fn allow(allowed: bool) -> Result<(), Problem> {
    if allowed {
        Ok(())
    } else {
        Err(Problem::OutOfScope)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use wuzha_seal::DepartmentId;

    const NOW: UnixMillis = UnixMillis(1_000);
    const OK: Result<(), Problem> = Ok(());
    const NO: Result<(), Problem> = Err(Problem::OutOfScope);

    fn class_id(n: u8) -> ClassId {
        ClassId::from_bytes([n; 8])
    }

    fn department(n: u8) -> Place {
        Place::department(DepartmentId::from_bytes([n; 8]))
    }

    /// Class 17 is in department 1, class 27 in department 2.
    fn class(n: u8) -> Place {
        Place::class(class_id(n), Some(DepartmentId::from_bytes([n / 10; 8])))
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

    #[test]
    fn only_a_monitor_of_the_class_hands_in() {
        for (role, place, expected) in [
            (Role::Monitor, class(17), Ok(class(17))),
            (Role::Monitor, class(18), Err(Problem::OutOfScope)),
            (Role::Teacher, class(17), Err(Problem::OutOfScope)),
            (
                Role::SecurityOffice,
                Place::SCHOOL,
                Err(Problem::OutOfScope),
            ),
        ] {
            let members = Members::new(vec![member(role, place)]);
            let may = members.may_hand_in(class_id(17), NOW);
            assert_eq!(may, expected, "{role:?} {place:?}");
        }
        let nobody = Members::new(Vec::new()).may_hand_in(class_id(17), NOW);
        assert_eq!(nobody, Err(Problem::OutOfScope));
    }

    #[test]
    fn what_was_revoked_or_has_ended_is_told_from_what_never_was() {
        let mut revoked = member(Role::Monitor, class(17));
        revoked.revoked = Some(UnixMillis(5));
        let mut ends = member(Role::Monitor, class(17));
        ends.until = Some(NOW);
        for gone in [revoked, ends] {
            let members = Members::new(vec![gone]);
            let may = members.may_hand_in(class_id(17), NOW);
            assert_eq!(may, Err(Problem::Revoked));
            assert_eq!(members.active_at(NOW), Err(Problem::Revoked));
            // Invited anew, it is a monitor again.
            let again = Members::new(vec![gone, member(Role::Monitor, class(17))]);
            assert!(again.may_hand_in(class_id(17), NOW).is_ok());
            let other = members.may_hand_in(class_id(18), NOW);
            assert_eq!(other, Err(Problem::OutOfScope));
        }
        let before = Members::new(vec![ends]).may_hand_in(class_id(17), UnixMillis(999));
        assert!(before.is_ok());
    }

    #[test]
    fn each_reads_what_lies_in_their_part() {
        for (role, place, of, expected) in [
            (Role::SecurityOffice, Place::SCHOOL, class(17), OK),
            (Role::Department, department(1), class(17), OK),
            (Role::Department, department(1), class(27), NO),
            (Role::Department, department(1), Place::SCHOOL, NO),
            (Role::Teacher, class(17), class(17), OK),
            (Role::Teacher, class(17), class(18), NO),
            (Role::Monitor, class(17), class(17), OK),
            (Role::Monitor, class(17), department(1), NO),
        ] {
            let may = may_read(&[member(role, place)], of);
            assert_eq!(may, expected, "{role:?} {of:?}");
        }
    }

    #[test]
    fn a_monitor_cannot_say_that_a_bundle_was_opened() {
        assert_eq!(may_open(&[member(Role::Teacher, class(17))], class(17)), OK);
        assert_eq!(may_open(&[member(Role::Monitor, class(17))], class(17)), NO);
        assert_eq!(may_open(&[member(Role::Teacher, class(18))], class(17)), NO);
    }

    #[test]
    fn each_invites_the_next_within_their_part() {
        for (role, place, invited, at, expected) in [
            (
                Role::SecurityOffice,
                Place::SCHOOL,
                Role::Department,
                department(1),
                true,
            ),
            (
                Role::SecurityOffice,
                Place::SCHOOL,
                Role::Teacher,
                class(17),
                true,
            ),
            (
                Role::SecurityOffice,
                Place::SCHOOL,
                Role::SecurityOffice,
                Place::SCHOOL,
                false,
            ),
            (
                Role::SecurityOffice,
                Place::SCHOOL,
                Role::Monitor,
                class(17),
                false,
            ),
            (
                Role::SecurityOffice,
                Place::SCHOOL,
                Role::Department,
                class(17),
                false,
            ),
            (
                Role::Department,
                department(1),
                Role::Teacher,
                class(17),
                true,
            ),
            (
                Role::Department,
                department(1),
                Role::Teacher,
                class(27),
                false,
            ),
            (
                Role::Department,
                department(1),
                Role::Teacher,
                Place::SCHOOL,
                false,
            ),
            (Role::Teacher, class(17), Role::Monitor, class(17), true),
            (Role::Teacher, class(17), Role::Monitor, class(18), false),
            (Role::Teacher, class(17), Role::Teacher, class(17), false),
            (Role::Monitor, class(17), Role::Monitor, class(17), false),
        ] {
            let members = [member(role, place)];
            let may = may_invite(&members, invited, at).is_ok();
            assert_eq!(may, expected, "{role:?} {place:?} {invited:?} {at:?}");
        }
    }

    #[test]
    fn who_stands_above_revokes() {
        for (role, place, of, at, expected) in [
            (Role::Teacher, class(17), Role::Monitor, class(17), OK),
            (Role::Teacher, class(17), Role::Monitor, class(18), NO),
            (Role::Teacher, class(17), Role::Teacher, class(17), NO),
            (
                Role::Department,
                department(1),
                Role::Monitor,
                class(17),
                OK,
            ),
            (
                Role::Department,
                department(1),
                Role::Monitor,
                class(27),
                NO,
            ),
            (
                Role::SecurityOffice,
                Place::SCHOOL,
                Role::Department,
                department(2),
                OK,
            ),
            (
                Role::SecurityOffice,
                Place::SCHOOL,
                Role::SecurityOffice,
                Place::SCHOOL,
                NO,
            ),
            (Role::Monitor, class(17), Role::Monitor, class(17), NO),
        ] {
            let may = may_revoke(&[member(role, place)], of, at);
            assert_eq!(may, expected, "{role:?} {place:?} {of:?} {at:?}");
        }
    }
}
