//! How many activities there were, and how many people they reached.

use std::ops::Add;

use serde::{Deserialize, Serialize};

use super::{Activities, Activity, ActivityKind, People};
use crate::measure::Share;

/// Some activities, counted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Held {
    /// How many classes have recorded any.
    pub classes: u32,
    /// How many they have recorded. What several classes held together, each of them has recorded.
    pub times: u32,
    /// How many people took part in those of which it is known, each counted as often as they did.
    pub people: u32,
    /// Of how many activities that is known.
    pub counted: u32,
}

/// The activities of a class, or of several: all, and kind by kind.
///
/// Where none is recorded it is not known whether there was any; nobody writes down that nothing happened.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct HeldByKind {
    /// All, those of kinds that this version does not know among them.
    pub all: Held,
    /// Those of each kind that is recorded, in the order of the kinds.
    pub kinds: Vec<(ActivityKind, Held)>,
}

impl Held {
    /// One activity of a class.
    fn one(activity: &Activity) -> Self {
        let people = activity.people.copied();
        Self {
            classes: 1,
            times: 1,
            people: people.map_or(0, People::get),
            counted: u32::from(people.is_some()),
        }
    }

    /// One more of the same class.
    fn and(self, other: Self) -> Self {
        Self {
            classes: self.classes.max(other.classes),
            ..self + other
        }
    }

    /// How many activities; `None` where none is recorded, which is not 0.
    pub fn known_times(self) -> Option<u32> {
        (self.times > 0).then_some(self.times)
    }

    /// How many people; `None` where it is known of no activity.
    pub fn known_people(self) -> Option<u32> {
        (self.counted > 0).then_some(self.people)
    }

    /// In how many of `classes` any is recorded; of the others it is not known.
    pub fn recorded_in(self, classes: u32) -> Share {
        Share {
            met: self.classes,
            unknown: classes.saturating_sub(self.classes),
            ..Share::default()
        }
    }

    /// Of how many activities the number of people is not known.
    pub fn uncounted(self) -> u32 {
        self.times.saturating_sub(self.counted)
    }
}

impl Add for Held {
    type Output = Self;

    /// Those of two groups that share no class.
    fn add(self, other: Self) -> Self {
        Self {
            classes: self.classes.saturating_add(other.classes),
            times: self.times.saturating_add(other.times),
            people: self.people.saturating_add(other.people),
            counted: self.counted.saturating_add(other.counted),
        }
    }
}

impl HeldByKind {
    /// Those of a kind.
    pub fn kind(&self, kind: ActivityKind) -> Held {
        let found = self.kinds.iter().find(|(of, _)| *of == kind);
        found.map(|(_, held)| *held).unwrap_or_default()
    }
}

impl HeldByKind {
    /// With what `of` gives for each kind.
    fn new(all: Held, of: impl Fn(ActivityKind) -> Held) -> Self {
        let kinds = ActivityKind::ALL.iter().map(|kind| (*kind, of(*kind)));
        Self {
            all,
            kinds: kinds.filter(|(_, held)| held.times > 0).collect(),
        }
    }
}

impl Activities {
    /// The listed ones of the class, counted.
    pub fn held(&self) -> HeldByKind {
        let listed = self.listed();
        let count = |kind: Option<ActivityKind>| {
            let activities = listed.iter().map(|(_, activity)| activity);
            activities
                .filter(|activity| kind.is_none() || activity.kind.copied() == kind)
                .fold(Held::default(), |sum, activity| {
                    sum.and(Held::one(activity))
                })
        };
        HeldByKind::new(count(None), |kind| count(Some(kind)))
    }
}

impl Add<&HeldByKind> for HeldByKind {
    type Output = Self;

    /// Those of two groups that share no class.
    fn add(self, other: &HeldByKind) -> Self {
        Self::new(self.all + other.all, |kind| {
            self.kind(kind) + other.kind(kind)
        })
    }
}
