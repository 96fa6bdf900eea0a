//! The awards of many classes as a file, without anything personal: what may be published, and how it came
//! about.

use super::{Cell, Ledger, Workbook, columns};
use crate::award::{Assessment, GateState, Review, standing};
use crate::measure::Standing;
use crate::overview::Figures;
use crate::time::{UnixMillis, UtcOffset};

/// A class with how it stands.
#[derive(Clone, Copy, Debug)]
pub struct Assessed<'a> {
    /// What it shows from afar.
    pub figures: &'a Figures,
    /// What its records say.
    pub assessment: &'a Assessment,
    /// What was decided last.
    pub review: Option<&'a Review>,
}

/// 公示名单 with those that have the award, and 评定结果 with all. `title`: what the award is called.
pub fn awards(
    title: &str,
    classes: &[Assessed<'_>],
    cutoff: UnixMillis,
    offset: UtcOffset,
) -> Workbook {
    Workbook {
        title: format!("{title}评定"),
        ledgers: vec![published(classes), results(classes)],
        cutoff,
        offset,
    }
}

fn published(classes: &[Assessed<'_>]) -> Ledger {
    let given = classes
        .iter()
        .filter(|class| class.standing() == Standing::Met);
    Ledger {
        name: "公示名单".to_owned(),
        columns: columns([("系部", 24), ("年级", 10), ("班级", 24)]).collect(),
        rows: given.map(Assessed::place).collect(),
    }
}

fn results(classes: &[Assessed<'_>]) -> Ledger {
    let headings = [
        ("系部", 20),
        ("年级", 8),
        ("班级", 20),
        ("结果", 10),
        ("达到", 8),
        ("未达到", 8),
        ("未知", 8),
        ("由老师判定", 11),
        ("人工复核", 10),
        ("理由", 40),
        ("复核时间", 17),
    ];
    Ledger {
        name: "评定结果".to_owned(),
        columns: columns(headings).collect(),
        rows: classes.iter().map(Assessed::row).collect(),
    }
}

impl Assessed<'_> {
    fn standing(&self) -> Standing {
        standing(self.assessment.outcome, self.review)
    }

    fn place(&self) -> Vec<Cell> {
        let unit = |unit: &Option<String>| Cell::known(unit.as_ref(), Cell::text);
        vec![
            unit(&self.figures.department),
            unit(&self.figures.grade),
            Cell::text(self.figures.class.as_str()),
        ]
    }

    fn row(&self) -> Vec<Cell> {
        let result = match self.standing() {
            Standing::Met => "达标",
            Standing::Unmet => "不达标",
            Standing::Unknown | Standing::Apart => "待核定",
        };
        let gates = &self.assessment.gates;
        let count = |state| {
            let gates = gates.iter().filter(|(of, _)| *of == state).count();
            Cell::Count(u32::try_from(gates).unwrap_or(u32::MAX))
        };
        let of_review = |cell: fn(&Review) -> Cell| self.review.map_or(Cell::Empty, cell);
        let mut row = self.place();
        row.extend([
            Cell::text(result),
            count(GateState::Met),
            count(GateState::Unmet),
            count(GateState::Unknown),
            count(GateState::Teacher),
            of_review(|_| Cell::text("是")),
            of_review(|review| Cell::text(review.reason.as_str())),
            of_review(|review| Cell::Time(review.at)),
        ]);
        row
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::award::{Decision, Outcome, Reason};

    const NOW: UnixMillis = UnixMillis(1_640_603_100_000);

    fn class(name: &str) -> Figures {
        Figures {
            class: name.to_owned(),
            department: Some("软件系（示例）".to_owned()),
            ..Figures::default()
        }
    }

    #[test]
    fn only_who_has_the_award_is_published_and_all_are_explained() {
        let (open, decided) = (class("软件2101班（示例）"), class("软件2102班（示例）"));
        let assessment = Assessment {
            outcome: Outcome::MetSoFar,
            gates: vec![(GateState::Met, None), (GateState::Teacher, None)],
        };
        let review = Review {
            decision: Decision::Given,
            reason: Reason::try_from("本期无案件".to_owned()).unwrap(),
            at: NOW,
        };
        let assessed = |figures, review| Assessed {
            figures,
            assessment: &assessment,
            review,
        };
        let classes = [assessed(&open, None), assessed(&decided, Some(&review))];
        let workbook = awards("无诈班级", &classes, NOW, UtcOffset::CHINA);
        let [published, results] = workbook.ledgers.as_slice() else {
            panic!("two sheets");
        };
        let expected = vec![vec![
            Cell::text("软件系（示例）"),
            Cell::Unknown,
            Cell::text("软件2102班（示例）"),
        ]];
        assert_eq!(published.rows, expected);
        let of = |heading: &str| {
            let at = results.columns.iter().position(|c| c.heading == heading);
            let at = at.unwrap();
            results
                .rows
                .iter()
                .map(|row| row[at].clone())
                .collect::<Vec<_>>()
        };
        assert_eq!(of("结果"), [Cell::text("待核定"), Cell::text("达标")]);
        assert_eq!(of("由老师判定"), [Cell::Count(1), Cell::Count(1)]);
        assert_eq!(of("理由"), [Cell::Empty, Cell::text("本期无案件")]);
        assert_eq!(of("复核时间"), [Cell::Empty, Cell::Time(NOW)]);
    }
}
