//! Where in a school something is, and what contains what.

use wuzha_seal::{ClassId, DepartmentId, SchoolId, ScopeId, Unit};

/// A part of a school, and for a class the department that it belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place {
    unit: Unit,
    department: Option<DepartmentId>,
}

impl Place {
    /// All of the school.
    pub const SCHOOL: Self = Self {
        unit: Unit::School,
        department: None,
    };

    /// A department.
    pub fn department(id: DepartmentId) -> Self {
        Self {
            unit: Unit::Department(id),
            department: Some(id),
        }
    }

    /// A class; a small school has no departments.
    pub fn class(id: ClassId, department: Option<DepartmentId>) -> Self {
        Self {
            unit: Unit::Class(id),
            department,
        }
    }

    /// Which part it is.
    pub fn unit(self) -> Unit {
        self.unit
    }

    /// The department it is, or belongs to.
    pub fn in_department(self) -> Option<DepartmentId> {
        self.department
    }

    /// Whether `other` is this part of the school or lies in it.
    pub fn covers(self, other: Self) -> bool {
        match self.unit {
            Unit::School => true,
            Unit::Department(id) => other.department == Some(id),
            Unit::Class(_) => self.unit == other.unit,
        }
    }

    /// The scopes in whose order a bundle from here is listed, the narrowest first: its receipt is
    /// for that one.
    pub fn scopes(self, school: SchoolId) -> Vec<ScopeId> {
        let department = self.department.map(Unit::Department);
        let mut units = vec![self.unit];
        units.extend(department.filter(|unit| *unit != self.unit));
        units.extend((self.unit != Unit::School).then_some(Unit::School));
        units
            .into_iter()
            .map(|unit| ScopeId { school, unit })
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SCHOOL: SchoolId = SchoolId::from_bytes([1; 8]);

    fn department(n: u8) -> Place {
        Place::department(DepartmentId::from_bytes([n; 8]))
    }

    fn class(n: u8, department: Option<u8>) -> Place {
        let department = department.map(|n| DepartmentId::from_bytes([n; 8]));
        Place::class(ClassId::from_bytes([n; 8]), department)
    }

    #[test]
    fn a_part_covers_itself_and_what_lies_in_it() {
        for (outer, inner, covers) in [
            (Place::SCHOOL, Place::SCHOOL, true),
            (Place::SCHOOL, department(1), true),
            (Place::SCHOOL, class(1, None), true),
            (department(1), department(1), true),
            (department(1), department(2), false),
            (department(1), class(7, Some(1)), true),
            (department(1), class(7, Some(2)), false),
            (department(1), class(7, None), false),
            (department(1), Place::SCHOOL, false),
            (class(7, Some(1)), class(7, Some(1)), true),
            (class(7, Some(1)), class(8, Some(1)), false),
            // The ids are equal, the kinds are not.
            (class(1, Some(1)), department(1), false),
        ] {
            assert_eq!(outer.covers(inner), covers, "{outer:?} {inner:?}");
        }
    }

    #[test]
    fn a_bundle_is_listed_in_its_class_its_department_and_the_school() {
        let units = |place: Place| -> Vec<Unit> {
            let scopes = place.scopes(SCHOOL).into_iter();
            scopes.map(|scope| scope.unit).collect()
        };
        let (one, dept) = (class(7, Some(1)), department(1));
        assert_eq!(units(one), [one.unit(), dept.unit(), Unit::School]);
        let alone = class(7, None);
        assert_eq!(units(alone), [alone.unit(), Unit::School]);
        assert_eq!(units(dept), [dept.unit(), Unit::School]);
        assert_eq!(units(Place::SCHOOL), [Unit::School]);
    }
}
