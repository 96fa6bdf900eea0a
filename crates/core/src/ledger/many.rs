//! The ledgers of many classes as one file: their figures first, then what each of them recorded.

use super::summary::{ATTEMPTS, BASIS};
use super::{Cell, Ledger, PLACE, Rounds, Source, Workbook, columns, title};
use crate::overview::{self, Figures};
use crate::time::{UnixMillis, UtcOffset};

/// Rows of a sheet below its headings; Excel, WPS and LibreOffice all take one more.
const MOST_ROWS: usize = 1_048_575;

/// The ledgers of a department's or a school's classes. It is fed class after class, so that of all the
/// books one at a time is in memory.
#[derive(Clone, Debug)]
pub struct Many {
    title: String,
    rounds: Rounds,
    cutoff: UnixMillis,
    offset: UtcOffset,
    figures: Vec<Figures>,
    records: Vec<Ledger>,
}

impl Many {
    /// No class of `unit` yet. `cutoff` is until when the records count, and `offset` the one in which times
    /// are shown.
    pub fn new(unit: &str, rounds: Rounds, cutoff: UnixMillis, offset: UtcOffset) -> Self {
        Self {
            title: title(unit),
            rounds,
            cutoff,
            offset,
            figures: Vec::new(),
            records: Vec::new(),
        }
    }

    /// Puts a class below those before it. `figures` is what its book shows from afar ([`Figures::of`]).
    pub fn add(&mut self, figures: Figures, source: &Source<'_>) {
        for ledger in source.records(self.rounds) {
            self.append(placed(ledger, source.place()));
        }
        self.figures.push(figures);
    }

    /// 总览, 系部汇总 and 明细, then the records of the classes in the order in which they came, and 说明.
    pub fn finish(self) -> Workbook {
        let figures: Vec<&Figures> = self.figures.iter().collect();
        let cutoff = self.cutoff.to_minute_text(self.offset);
        let explanation = explanation(&figures, self.rounds, &cutoff);
        let mut ledgers = Vec::from(overview::summaries(&figures));
        let records = self.records.into_iter();
        ledgers.extend(records.flat_map(|ledger| sheets(ledger, MOST_ROWS)));
        ledgers.push(explanation);
        Workbook {
            title: self.title,
            ledgers,
            cutoff: self.cutoff,
            offset: self.offset,
        }
    }

    fn append(&mut self, ledger: Ledger) {
        let of_name = |known: &&mut Ledger| known.name == ledger.name;
        match self.records.iter_mut().find(of_name) {
            Some(known) => known.rows.extend(ledger.rows),
            None => self.records.push(ledger),
        }
    }
}

/// `ledger` with what it does not say of where its class belongs in front of every row.
fn placed(ledger: Ledger, place: [Cell; 3]) -> Ledger {
    let is_said = |heading: &str| ledger.columns.iter().any(|has| has.heading == heading);
    let missing = PLACE.into_iter().zip(place);
    let missing = missing.filter(|((heading, _), _)| !is_said(heading));
    let (headings, cells): (Vec<(&str, u8)>, Vec<Cell>) = missing.unzip();
    let row = |row: Vec<Cell>| cells.iter().cloned().chain(row).collect();
    Ledger {
        name: ledger.name,
        columns: columns(headings).chain(ledger.columns).collect(),
        rows: ledger.rows.into_iter().map(row).collect(),
    }
}

/// `ledger` cut into sheets of at most `most` rows: `寝室检查`, `寝室检查2`.
fn sheets(ledger: Ledger, most: usize) -> Vec<Ledger> {
    let Ledger {
        name,
        columns,
        mut rows,
    } = ledger;
    let sheet = |nth: usize, rows| Ledger {
        name: match nth {
            1 => name.clone(),
            nth => format!("{name}{nth}"),
        },
        columns: columns.clone(),
        rows,
    };
    let mut sheets = Vec::new();
    while rows.len() > most {
        let rest = rows.split_off(most);
        sheets.push(sheet(sheets.len() + 1, rows));
        rows = rest;
    }
    sheets.push(sheet(sheets.len() + 1, rows));
    sheets
}

fn explanation(figures: &[&Figures], rounds: Rounds, cutoff: &str) -> Ledger {
    let mut rules = overview::rules(figures, cutoff);
    let rounds = match rounds {
        Rounds::All => "“寝室检查”“班级检查”列出各班的全部轮次。",
        Rounds::Latest => "“寝室检查”“班级检查”只列各班最近一轮，以前各轮请看各班自己的台账。",
    };
    let of_records = [
        (
            "各表",
            "“总览”“系部汇总”“明细”只有数字；其余各表逐条列出各班的记录，班级按“总览”的顺序。",
        ),
        (
            "未列入",
            "各班的“汇总”和“题目分析”未列入：前者的指标见“总览”和“明细”，后者只对一个班的一次测验有意义。请看各班自己的台账。班长的私人备注不在任何文件中。",
        ),
        ("检查轮次", rounds),
        BASIS,
        ("首测、补测", ATTEMPTS),
        (
            "个人信息",
            "本文件含学生姓名和学号，只供负责老师使用，不要转发到大群。向上汇报只用“总览”“系部汇总”“明细”。",
        ),
    ];
    rules.extend(of_records.map(|(about, rule)| (about, rule.to_owned())));
    overview::explanation(rules)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ledger::Column;

    #[test]
    fn more_rows_than_a_sheet_takes_go_on_in_the_next() {
        let ledger = |name: &str, rows: std::ops::Range<u32>| Ledger {
            name: name.to_owned(),
            columns: vec![Column::new("序号", 6)],
            rows: rows.map(|n| vec![Cell::Count(n)]).collect(),
        };
        for (rows, expected) in [
            (0, vec![ledger("寝室检查", 0..0)]),
            (3, vec![ledger("寝室检查", 0..3)]),
            (
                7,
                vec![
                    ledger("寝室检查", 0..3),
                    ledger("寝室检查2", 3..6),
                    ledger("寝室检查3", 6..7),
                ],
            ),
        ] {
            assert_eq!(sheets(ledger("寝室检查", 0..rows), 3), expected);
        }
    }
}
