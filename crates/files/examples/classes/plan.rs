//! What kind of class it is: how far it has come, and what nobody has recorded.

use super::dice::Dice;

/// How a class works. Percentages are of students or dorms.
#[derive(Default)]
pub(super) struct Plan {
    /// How many students the roster has.
    pub(super) students: u32,
    /// How many beds a dorm has; `None` for a class of which no dorm is known.
    pub(super) beds: Option<u32>,
    /// How many phones record, 1 to 3.
    pub(super) phones: u32,
    /// Percent of whom the status is recorded.
    pub(super) recorded: u32,
    /// Percent of those who have switched the warnings on.
    pub(super) willing: u32,
    /// Percent of the registered who were asked for their region.
    pub(super) asked: u32,
    /// Percent who have signed the pledge; the parents' slips lag behind.
    pub(super) signed: u32,
    /// How many rounds of inspections there were.
    pub(super) rounds: u32,
    /// Percent of the dorms that are inspected in a round.
    pub(super) inspected: u32,
    /// What quizzes there were.
    pub(super) quiz: Quizzes,
    /// The most that somebody gets wrong in it, in percent.
    pub(super) worst: u32,
    /// Percent of the students of whom something is corrected later.
    pub(super) corrected: u32,
    /// Of how many students two phones write the same register without seeing each other.
    pub(super) unseen: u32,
}

/// What quizzes a class held.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
pub(super) enum Quizzes {
    /// None.
    #[default]
    None,
    /// One, and nobody had another chance.
    One,
    /// One, and a retake.
    Retaken,
    /// An older one that no longer counts, then one with a retake.
    Two,
}

/// How far a class has come.
#[derive(Clone, Copy)]
enum Diligence {
    /// It has a roster and no more.
    None,
    /// Some is recorded and some is not.
    Ordinary,
    /// Nearly everything is recorded and well.
    Full,
}

impl Plan {
    /// One of the classes that a school has; one in ten has nothing but its roster.
    pub(super) fn draw(dice: &mut Dice) -> Self {
        let sizes = [0; 3].map(|_| dice.between(20..=55));
        let roster = Self {
            // Most classes are nearly full.
            students: sizes.into_iter().max().unwrap_or_default(),
            beds: dice.usually(Some(6), &[(12, None), (25, Some(4)), (13, Some(8))]),
            phones: dice.usually(1, &[(30, 2), (20, 3)]),
            ..Self::default()
        };
        match dice.usually(
            Diligence::Ordinary,
            &[(10, Diligence::None), (20, Diligence::Full)],
        ) {
            Diligence::None => roster,
            Diligence::Ordinary => roster.in_the_middle_of_things(dice),
            Diligence::Full => roster.nearly_done(dice),
        }
    }

    fn in_the_middle_of_things(self, dice: &mut Dice) -> Self {
        Self {
            recorded: dice.usually(100, &[(30, 95), (20, 70), (10, 25)]),
            willing: dice.usually(85, &[(15, 60), (10, 35)]),
            asked: 85,
            signed: dice.usually(80, &[(25, 100), (20, 45), (15, 0)]),
            rounds: dice.usually(1, &[(15, 0), (35, 2)]),
            inspected: dice.usually(100, &[(25, 70), (20, 40)]),
            quiz: dice.usually(
                Quizzes::Retaken,
                &[(25, Quizzes::None), (25, Quizzes::One), (15, Quizzes::Two)],
            ),
            worst: dice.usually(40, &[(30, 20), (20, 70)]),
            corrected: dice.usually(15, &[(20, 0), (20, 40)]),
            ..self.with_unseen(dice)
        }
    }

    /// A class of which most dorms may meet the criteria.
    fn nearly_done(self, dice: &mut Dice) -> Self {
        Self {
            recorded: 100,
            willing: 98,
            asked: 100,
            signed: 100,
            rounds: dice.between(1..=2),
            inspected: 100,
            quiz: dice.usually(Quizzes::Retaken, &[(30, Quizzes::Two)]),
            worst: 20,
            corrected: dice.between(0..=3),
            ..self.with_unseen(dice)
        }
    }

    fn with_unseen(self, dice: &mut Dice) -> Self {
        let unseen = match self.phones {
            1 => 0,
            _ if dice.happens(60) => 0,
            _ => dice.between(1..=4),
        };
        Self { unseen, ..self }
    }
}
