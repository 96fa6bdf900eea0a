//! What cases decide: the gate on them, for classes and what stands above.

use super::{Assessment, GateState, outcome_of};
use crate::desk::CaseTally;
use crate::pack::{Criteria, Gate, Test};

/// What a gate is about that cases decide; the rest of the teacher's stays theirs.
const TOPIC: &str = "no-case";

impl Assessment {
    /// Puts in what the desk knows of cases: one that counts is a veto, and while one is open, whether the
    /// gate holds is not known. Where there is neither, a person still has to say that there is no case: a desk
    /// on which nothing was entered does not know that nothing happened.
    pub(super) fn hear_of(&mut self, cases: CaseTally, criteria: &Criteria) {
        self.cases = (cases != CaseTally::default()).then_some(cases);
        let state = match cases {
            CaseTally { counting: 1.., .. } => GateState::Unmet,
            CaseTally { open: 1.., .. } => GateState::Unknown,
            _ => GateState::Teacher,
        };
        for (gate, (of, _)) in criteria.gates.iter().zip(&mut self.gates) {
            if is_on_cases(gate) {
                *of = state;
            }
        }
        self.outcome = outcome_of(self.gates.iter().map(|(state, _)| *state));
    }

    /// The cases by which a gate was decided; `None` for a gate on something else, and where no case is known.
    pub fn cases_of(&self, gate: &Gate) -> Option<CaseTally> {
        self.cases.filter(|_| is_on_cases(gate))
    }
}

fn is_on_cases(gate: &Gate) -> bool {
    matches!(&gate.test, Test::Teacher(topic) if topic.as_str() == TOPIC)
}
