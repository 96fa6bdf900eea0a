use super::{Assessment, GateState, from_reach, outcome_of};
use crate::desk::CaseTally;
use crate::measure::{Share, of_activities};
use crate::overview::Figures;
use crate::pack::{Criteria, Measure, Test};

/// By what a department's or the school's award is decided.
#[derive(Clone, Copy, Debug)]
pub struct UnitFacts<'a> {
    /// What its classes make together ([`crate::overview::total`]).
    pub figures: &'a Figures,
    /// How its classes stand in their award.
    pub classes: Share,
    /// How its departments do; of a department itself nothing counts.
    pub departments: Share,
    /// Its cases.
    pub cases: CaseTally,
}

impl UnitFacts<'_> {
    /// How the unit stands.
    pub(super) fn assess(&self, criteria: &Criteria) -> Assessment {
        let gates = criteria.gates.iter();
        let gates: Vec<(GateState, Option<Share>)> =
            gates.map(|gate| self.gate(&gate.test)).collect();
        let mut assessment = Assessment {
            outcome: outcome_of(gates.iter().map(|(state, _)| *state)),
            gates,
            cases: None,
        };
        assessment.hear_of(self.cases, criteria);
        assessment
    }

    fn gate(&self, test: &Test) -> (GateState, Option<Share>) {
        match test {
            Test::Teacher(_) => (GateState::Teacher, None),
            // Units have no checklist of their own.
            Test::Item(_) => (GateState::Unknown, None),
            Test::Share {
                measure,
                min_percent,
            } => {
                let share = self.share(*measure);
                (from_reach(share.reaches(*min_percent)), Some(share))
            }
        }
    }

    fn share(&self, measure: Measure) -> Share {
        let figures = self.figures;
        match measure {
            Measure::Registered => figures.registered,
            Measure::WarningOn => figures.warning_on,
            Measure::QuizTaken => figures.quiz_taken,
            Measure::QuizPassed => figures.quiz_passed,
            Measure::PledgeSigned => figures.pledge,
            Measure::NoticeReturned => figures.notice,
            Measure::DormsMet => figures.dorms_met,
            Measure::ClassesMet => self.classes,
            Measure::DepartmentsMet => self.departments,
            measure @ (Measure::ActivityHeld
            | Measure::ClassMeetingHeld
            | Measure::FamilyReached) => {
                let share =
                    of_activities(measure, self.classes.of(), || figures.activities.clone());
                share.unwrap_or_default()
            }
            // No class's figures have it.
            Measure::RegionRight => Share::default(),
        }
    }
}
