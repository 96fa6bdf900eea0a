//! The awards of a school as a file, without anything personal: what may be published, and how it came
//! about.

use super::{Cell, Column, Ledger, Workbook};
use crate::award::{Awards, ClassAward, GateState, Review, Ruling};
use crate::measure::{Share, Standing};
use crate::pack::{Criteria, Gate, Level, Pack};
use crate::time::{UnixMillis, UtcOffset};

/// 公示名单 with those that have an award, and a sheet a level with all, each with what decided it.
pub fn awards(awards: &Awards, pack: &Pack, cutoff: UnixMillis, offset: UtcOffset) -> Workbook {
    let all = Sheets { awards, pack };
    Workbook {
        title: "达标评定".to_owned(),
        ledgers: vec![all.published(), all.classes(), all.dorms(), all.units()],
        cutoff,
        offset,
    }
}

struct Sheets<'a> {
    awards: &'a Awards,
    pack: &'a Pack,
}

/// The columns behind what a row is about.
const RULED: [(&str, u8); 9] = [
    ("结果", 10),
    ("达到", 8),
    ("未达到", 8),
    ("未知", 8),
    ("由老师判定", 11),
    ("未达到的条件", 44),
    ("人工复核", 10),
    ("理由", 40),
    ("复核时间", 17),
];

impl Sheets<'_> {
    fn published(&self) -> Ledger {
        let title = |level| Cell::text(self.pack.criteria(level).title.zh.as_str());
        let is_given = |ruling: &Ruling| ruling.standing() == Standing::Met;
        let mut rows = Vec::new();
        for unit in self
            .awards
            .departments
            .iter()
            .filter(|u| is_given(&u.ruling))
        {
            let mut row = vec![title(Level::Department), Cell::text(unit.name.as_str())];
            row.extend([Cell::Empty, Cell::Empty, Cell::Empty]);
            rows.push(row);
        }
        for class in self.awards.classes.iter().filter(|c| is_given(&c.ruling)) {
            let name = [title(Level::Class)].into_iter().chain(place(class));
            rows.push(name.chain([Cell::Empty]).collect());
        }
        for class in &self.awards.classes {
            for dorm in class.dorms.iter().filter(|dorm| is_given(&dorm.ruling)) {
                let name = [title(Level::Dorm)].into_iter().chain(place(class));
                rows.push(name.chain([Cell::text(dorm.dorm.as_str())]).collect());
            }
        }
        if is_given(&self.awards.school.ruling) {
            let mut row = vec![title(Level::School)];
            row.extend([Cell::Empty, Cell::Empty, Cell::Empty, Cell::Empty]);
            rows.insert(0, row);
        }
        let headings = [
            ("称号", 12),
            ("系部", 24),
            ("年级", 10),
            ("班级", 24),
            ("寝室", 12),
        ];
        ledger("公示名单", &headings, &[], rows)
    }

    fn classes(&self) -> Ledger {
        let criteria = self.pack.criteria(Level::Class);
        let rows = self.awards.classes.iter().map(|class| {
            let name = place(class).into_iter();
            name.chain(ruled(&class.ruling, criteria)).collect()
        });
        let headings = [("系部", 20), ("年级", 8), ("班级", 20)];
        ledger("班级评定", &headings, &RULED, rows.collect())
    }

    fn dorms(&self) -> Ledger {
        let criteria = self.pack.criteria(Level::Dorm);
        let rows = self.awards.classes.iter().flat_map(|class| {
            class.dorms.iter().map(|dorm| {
                let name = place(class).into_iter();
                name.chain([Cell::text(dorm.dorm.as_str())])
                    .chain(ruled(&dorm.ruling, criteria))
                    .collect()
            })
        });
        let headings = [("系部", 20), ("年级", 8), ("班级", 20), ("寝室", 12)];
        ledger("寝室评定", &headings, &RULED, rows.collect())
    }

    fn units(&self) -> Ledger {
        let criteria = self.pack.criteria(Level::Department);
        let departments = self.awards.departments.iter().map(|unit| {
            [Cell::text(unit.name.as_str())]
                .into_iter()
                .chain(ruled(&unit.ruling, criteria))
                .collect()
        });
        let criteria = self.pack.criteria(Level::School);
        let school = [Cell::text("全校")]
            .into_iter()
            .chain(ruled(&self.awards.school.ruling, criteria));
        let rows = departments.chain([school.collect()]).collect();
        ledger("系部和学校评定", &[("单位", 24)], &RULED, rows)
    }
}

fn ledger(name: &str, named: &[(&str, u8)], ruled: &[(&str, u8)], rows: Vec<Vec<Cell>>) -> Ledger {
    let columns = named.iter().chain(ruled);
    let column = |(heading, width): &(&str, u8)| Column::new(*heading, *width);
    Ledger {
        name: name.to_owned(),
        columns: columns.map(column).collect(),
        rows,
    }
}

fn place(class: &ClassAward) -> [Cell; 3] {
    let unit = |unit: &Option<String>| Cell::known(unit.as_ref(), Cell::text);
    let figures = &class.figures;
    [
        unit(&figures.department),
        unit(&figures.grade),
        Cell::text(figures.class.as_str()),
    ]
}

fn ruled(ruling: &Ruling, criteria: &Criteria) -> [Cell; 9] {
    let result = match ruling.standing() {
        Standing::Met => "达标",
        Standing::Unmet => "不达标",
        Standing::Unknown | Standing::Apart => "待核定",
    };
    let count = |state| Cell::Count(ruling.assessment.count(state));
    let review = ruling.reviews.first();
    let of_review = |cell: fn(&Review) -> Cell| review.map_or(Cell::Empty, cell);
    [
        Cell::text(result),
        count(GateState::Met),
        count(GateState::Unmet),
        count(GateState::Unknown),
        count(GateState::Teacher),
        Cell::text(unmet(ruling, criteria)),
        of_review(|_| Cell::text("是")),
        of_review(|review| Cell::text(review.reason.as_str())),
        of_review(|review| Cell::Time(review.at)),
    ]
}

/// What stands for the gate on cases of a class.
const HIDDEN: &str = "由老师掌握的条件";

fn is_hidden(ruling: &Ruling, gate: &Gate, criteria: &Criteria) -> bool {
    criteria.scope == Level::Class && ruling.assessment.cases_of(gate).is_some()
}

/// The gates that do not hold, each with the numbers behind it.
fn unmet(ruling: &Ruling, criteria: &Criteria) -> String {
    let gates = criteria.gates.iter().zip(&ruling.assessment.gates);
    let unmet = gates.filter(|(_, (state, _))| *state == GateState::Unmet);
    let lines: Vec<String> = unmet
        .map(|(gate, (_, share))| match share {
            // Beside the name of a class it would tell that there was a case in it (`small`).
            _ if is_hidden(ruling, gate, criteria) => HIDDEN.to_owned(),
            Some(Share { met, .. }) => {
                let of = share.map_or(0, |share| share.of());
                format!("{}（{met}/{of}）", gate.text.zh)
            }
            None => gate.text.zh.clone(),
        })
        .collect();
    lines.join("；")
}
