//! 寝室检查项, 班级检查项: a row an item.

use super::SheetFault;
use super::line::{Columns, ENGLISH, Heading, ID, Line, ledger as sheet};
use super::new_id::{Given, Ids};
use super::words::{MEASURES, word};
use crate::ident::Slug;
use crate::ledger::{Cell, Ledger};
use crate::pack::fault::MAX_SOURCE;
use crate::pack::{Bilingual, Checklist, Item, Measure};
use crate::roster::Table;

const TEXT: &str = "检查项";
const HINT: &str = "提示";
const HINT_ENGLISH: &str = "提示英文";
const AUTO: &str = "自动判定";
const SOURCE: &str = "来源";

const HEADINGS: [Heading; 7] = [
    (ID, 20),
    (TEXT, 44),
    (HINT, 44),
    (AUTO, 12),
    (SOURCE, 24),
    (ENGLISH, 44),
    (HINT_ENGLISH, 44),
];

pub(super) fn ledger(name: &str, list: Option<&Checklist>) -> Ledger {
    let items = list.iter().flat_map(|list| &list.items);
    sheet(name, &HEADINGS, items.map(row).collect())
}

fn row(item: &Item) -> Vec<Cell> {
    let hint = |language: fn(&Bilingual) -> &String| {
        let hint = item.hint.as_ref().map(language);
        hint.map_or(Cell::Empty, Cell::text)
    };
    vec![
        Cell::text(item.id.as_str()),
        Cell::text(&item.text.zh),
        hint(|hint| &hint.zh),
        item.auto
            .map_or(Cell::Empty, |measure| Cell::text(word(&MEASURES, measure))),
        Cell::text(&item.source),
        Cell::text(&item.text.en),
        hint(|hint| &hint.en),
    ]
}

pub(super) fn read(name: &'static str, table: &Table, faults: &mut Vec<SheetFault>) -> Vec<Item> {
    let Some((columns, rows)) = Columns::find(name, &HEADINGS, table, faults) else {
        return Vec::new();
    };
    let mut ids = Ids::of(columns.lines(rows));
    let mut given = Given::default();
    let mut items = Vec::new();
    for line in columns.lines(rows) {
        match item(&line, &mut ids, &mut given) {
            Ok(item) => items.push(item),
            Err(fault) => faults.push(fault),
        }
    }
    items
}

fn item(line: &Line<'_>, ids: &mut Ids, given: &mut Given) -> Result<Item, SheetFault> {
    let text = line.bilingual(TEXT, ENGLISH)?;
    Ok(Item {
        id: id(line, "item", &text.zh, ids, given)?,
        hint: hint(line)?,
        auto: auto(line)?,
        source: line.text(SOURCE, MAX_SOURCE)?,
        text,
    })
}

fn hint(line: &Line<'_>) -> Result<Option<Bilingual>, SheetFault> {
    if line.cell(HINT).is_empty() && line.cell(HINT_ENGLISH).is_empty() {
        return Ok(None);
    }
    line.bilingual(HINT, HINT_ENGLISH).map(Some)
}

fn auto(line: &Line<'_>) -> Result<Option<Measure>, SheetFault> {
    if line.cell(AUTO).is_empty() {
        return Ok(None);
    }
    line.word(AUTO, &MEASURES).map(Some)
}

/// The id that the row has, or a new one.
pub(super) fn id(
    line: &Line<'_>,
    prefix: &str,
    words: &str,
    ids: &mut Ids,
    given: &mut Given,
) -> Result<Slug, SheetFault> {
    match line.id()? {
        Some(id) => {
            given.take(line, &id)?;
            Ok(id)
        }
        None => ids.make_from(prefix, words).ok_or_else(|| line.empty(ID)),
    }
}
