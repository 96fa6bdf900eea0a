//! 达标条件: a row a gate, of all awards.

use super::items::id;
use super::line::{Columns, ENGLISH, Heading, ID, Line, ledger as sheet};
use super::new_id::{Given, Ids};
use super::words::{DECIDES, Decides, LEVELS, MEASURES, word};
use super::{GATES, SheetFault, WrongCell};
use crate::ledger::words::yes;
use crate::ledger::{Cell, Ledger};
use crate::pack::fault::MAX_SOURCE;
use crate::pack::{Checklist, Criteria, Gate, Level, Test, WholePack};
use crate::roster::Table;
use crate::text;

const SCOPE: &str = "范围";
const TEXT: &str = "条件";
const VETO: &str = "一票否决";
const DECIDED: &str = "判定方式";
const OF: &str = "指标或检查项";
const PERCENT: &str = "最低百分比";
const SOURCE: &str = "来源";

const HEADINGS: [Heading; 9] = [
    (SCOPE, 8),
    (ID, 20),
    (TEXT, 50),
    (VETO, 10),
    (DECIDED, 10),
    (OF, 20),
    (PERCENT, 12),
    (SOURCE, 24),
    (ENGLISH, 50),
];

const YES_OR_NO: [(bool, &str); 3] = [(true, "是"), (false, "否"), (false, "")];

pub(super) fn ledger(all: &[Criteria]) -> Ledger {
    let rows = all
        .iter()
        .flat_map(|of| of.gates.iter().map(|gate| row(of.scope, gate)));
    sheet(GATES, &HEADINGS, rows.collect())
}

fn row(level: Level, gate: &Gate) -> Vec<Cell> {
    let (decides, of, percent) = match &gate.test {
        Test::Share {
            measure,
            min_percent,
        } => (
            Decides::Share,
            word(&MEASURES, *measure),
            Cell::Count(u32::from(*min_percent)),
        ),
        Test::Item(item) => (Decides::Item, item.as_str(), Cell::Empty),
        Test::Teacher(topic) => (Decides::Teacher, topic.as_str(), Cell::Empty),
    };
    vec![
        Cell::text(word(&LEVELS, level)),
        Cell::text(gate.id.as_str()),
        Cell::text(&gate.text.zh),
        Cell::text(yes(gate.veto, "是", "否")),
        Cell::text(word(&DECIDES, decides)),
        Cell::text(of),
        percent,
        Cell::text(&gate.source),
        Cell::text(&gate.text.en),
    ]
}

/// Puts the gates of the table in place of those in `pack`, whose checklists are read already.
pub(super) fn read(table: &Table, pack: &mut WholePack, faults: &mut Vec<SheetFault>) {
    let Some((columns, rows)) = Columns::find(GATES, &HEADINGS, table, faults) else {
        return;
    };
    for criteria in &mut pack.criteria {
        let level = criteria.scope;
        let mut lists = pack.checklists.iter();
        let list = lists.find(|list| Level::from(list.scope) == level);
        let of_level = || {
            let lines = columns.lines(rows);
            lines.filter(move |line| line.word(SCOPE, &LEVELS) == Ok(level))
        };
        let mut ids = Ids::of(of_level());
        let mut given = Given::default();
        let mut gates = Vec::new();
        for line in of_level() {
            match gate(&line, list, &mut ids, &mut given) {
                Ok(gate) => gates.push(gate),
                Err(fault) => faults.push(fault),
            }
        }
        criteria.gates = gates;
    }
    let levels: Vec<(Level, &str)> = LEVELS
        .into_iter()
        .filter(|(level, _)| pack.criteria.iter().any(|of| of.scope == *level))
        .collect();
    let strays = columns.lines(rows);
    faults.extend(strays.filter_map(|line| line.word(SCOPE, &levels).err()));
}

fn gate(
    line: &Line<'_>,
    list: Option<&Checklist>,
    ids: &mut Ids,
    given: &mut Given,
) -> Result<Gate, SheetFault> {
    let text = line.bilingual(TEXT, ENGLISH)?;
    Ok(Gate {
        id: id(line, "gate", &text.zh, ids, given)?,
        source: line.text(SOURCE, MAX_SOURCE)?,
        veto: line.word(VETO, &YES_OR_NO)?,
        test: test(line, list)?,
        text,
    })
}

fn test(line: &Line<'_>, list: Option<&Checklist>) -> Result<Test, SheetFault> {
    Ok(match line.word(DECIDED, &DECIDES)? {
        Decides::Share => Test::Share {
            measure: line.word(OF, &MEASURES)?,
            min_percent: percent(line)?,
        },
        Decides::Item => {
            let named = line.cell(OF);
            let mut items = list.iter().flat_map(|list| &list.items);
            let by_id = items.clone().find(|item| item.id.as_str() == named);
            // An item that is new has no id that a person could name.
            let item = by_id.or_else(|| items.find(|item| item.text.zh == named));
            let item = item.ok_or_else(|| line.fault(OF, WrongCell::UnknownItem(named)))?;
            Test::Item(item.id.clone())
        }
        Decides::Teacher => Test::Teacher(line.slug(OF, &line.cell(OF))?),
    })
}

fn percent(line: &Line<'_>) -> Result<u8, SheetFault> {
    let cell = line.cell(PERCENT);
    let number = text::clean(&cell);
    let number = number.trim_end_matches('%').trim_end().parse().ok();
    let percent = number.filter(|percent| *percent <= 100);
    percent.ok_or_else(|| line.fault(PERCENT, WrongCell::Percent(cell)))
}
