//! A pack through a workbook and back: here the rows, in `wuzha-files` the file.

use proptest::prelude::*;
use proptest::test_runner::RngSeed;
use wuzha_core::ledger::{Cell, Ledger};
use wuzha_core::pack::WholePack;
use wuzha_core::pack::sheets::{Sheet, SheetsError, read, workbook};
use wuzha_core::quiz::{Bank, Question};
use wuzha_core::roster::{Row, Table};
use wuzha_core::time::UtcOffset;

use super::shipped;
use crate::support::NOW;

fn shown(cell: &Cell) -> String {
    match cell {
        Cell::Text(text) => text.clone(),
        Cell::Count(n) => n.to_string(),
        _ => String::new(),
    }
}

fn sheet(ledger: &Ledger) -> Sheet {
    let headings = ledger.columns.iter().map(|column| column.heading.clone());
    let rows = ledger
        .rows
        .iter()
        .map(|row| row.iter().map(shown).collect());
    let rows = std::iter::once(headings.collect()).chain(rows);
    Sheet {
        name: ledger.name.clone(),
        table: Table {
            rows: (1..)
                .zip(rows)
                .map(|(n, cells)| Row::new(n, cells))
                .collect(),
        },
    }
}

fn sheets(pack: &WholePack) -> Vec<Sheet> {
    let workbook = workbook(pack, NOW, UtcOffset::CHINA);
    workbook.ledgers.iter().map(sheet).collect()
}

/// The exported sheets of what ships, with `to` in place of a cell, read again.
fn edited(edits: &[(&str, u32, &str, &str)]) -> Result<WholePack, SheetsError> {
    let mut sheets = sheets(&shipped());
    for (name, row, column, to) in edits {
        let sheet = sheets.iter_mut().find(|sheet| sheet.name == *name).unwrap();
        let headings = sheet.table.rows[0].cells();
        let at = headings.iter().position(|cell| cell == column).unwrap();
        let mut cells = sheet.table.row(*row).unwrap().cells().to_vec();
        cells[at] = (*to).to_owned();
        sheet.table.rows[*row as usize - 1] = Row::new(*row, cells);
    }
    read(&shipped(), &sheets)
}

/// What is told of cells; nothing where they are taken.
fn faults(edits: &[(&str, u32, &str, &str)]) -> Vec<String> {
    match edited(edits) {
        Err(SheetsError::Cells(faults)) => faults.iter().map(ToString::to_string).collect(),
        _ => Vec::new(),
    }
}

#[test]
fn what_ships_comes_back_as_it_went() {
    assert_eq!(read(&shipped(), &sheets(&shipped())), Ok(shipped()));
}

#[test]
fn renaming_keeps_the_id_and_a_threshold_is_a_number() {
    let pack = edited(&[
        ("寝室检查项", 6, "检查项", "寝室贴有提示卡"),
        ("达标条件", 14, "最低百分比", "90%"),
        ("达标条件", 15, "一票否决", "是"),
    ]);
    let mut expected = shipped();
    expected.checklists[0].items[4].text.zh = "寝室贴有提示卡".to_owned();
    let gates = &mut expected.criteria[1].gates;
    gates[2].test = wuzha_core::pack::Test::Share {
        measure: wuzha_core::pack::Measure::QuizTaken,
        min_percent: 90,
    };
    gates[3].veto = true;
    assert_eq!(pack, Ok(expected));
}

#[test]
fn where_there_is_no_english_the_chinese_is_shown() {
    let pack = edited(&[("达标条件", 2, "英文", "")]).unwrap();
    let text = &pack.criteria[0].gates[0].text;
    assert_eq!(text.en, text.zh);
    let pack = edited(&[
        ("寝室检查项", 2, "提示", ""),
        ("寝室检查项", 2, "提示英文", ""),
    ]);
    assert_eq!(pack.unwrap().checklists[0].items[0].hint, None);
}

#[test]
fn a_row_without_an_id_gets_the_same_new_one_each_time() {
    let new = || edited(&[("寝室检查项", 11, "编号", ""), ("题库", 2, "编号", "")]).unwrap();
    let pack = new();
    assert_eq!(pack, new());
    let item = &pack.checklists[0].items[9];
    assert_eq!(item.text, shipped().checklists[0].items[9].text);
    assert_eq!(item.id.as_str(), "item-a77db75b");
    assert_eq!(pack.bank.version(), 2);
    let question = pack.bank.listed().next().unwrap();
    assert!(
        question.id.as_str().starts_with("brushing-"),
        "{}",
        question.id
    );
}

#[test]
fn two_new_rows_of_the_same_words_get_two_ids() {
    let pack = edited(&[
        ("寝室检查项", 10, "编号", ""),
        ("寝室检查项", 11, "编号", ""),
        ("寝室检查项", 10, "检查项", "示例"),
        ("寝室检查项", 11, "检查项", "示例"),
    ]);
    let pack = pack.unwrap();
    let ids: Vec<&str> = pack.checklists[0].items[8..]
        .iter()
        .map(|item| item.id.as_str())
        .collect();
    assert_eq!(ids[1], format!("{}-2", ids[0]));
}

#[test]
fn a_gate_may_name_a_new_item_by_its_words() {
    let words = "示例：新的检查项";
    let pack = edited(&[
        ("寝室检查项", 6, "编号", ""),
        ("寝室检查项", 6, "检查项", words),
        ("达标条件", 7, "指标或检查项", words),
    ]);
    let pack = pack.unwrap();
    let id = pack.checklists[0].items[4].id.clone();
    assert_eq!(
        pack.criteria[0].gates[5].test,
        wuzha_core::pack::Test::Item(id)
    );
}

#[test]
fn a_fault_names_sheet_row_and_column() {
    for (edit, expected) in [
        (
            ("达标条件", 14, "最低百分比", "0.9"),
            r#"达标条件, row 14, 最低百分比: "0.9" is not a whole number from 0 to 100"#,
        ),
        (
            ("达标条件", 14, "指标或检查项", "出勤"),
            r#"达标条件, row 14, 指标或检查项: "出勤" is none of 已注册、"#,
        ),
        (
            ("达标条件", 14, "范围", "年级"),
            r#"达标条件, row 14, 范围: "年级" is none of 寝室、班级"#,
        ),
        (
            ("达标条件", 7, "指标或检查项", "class-meeting"),
            r#"达标条件, row 7, 指标或检查项: the checklist has no item "class-meeting""#,
        ),
        (
            ("班级检查项", 3, "编号", "registered"),
            "班级检查项, row 3, 编号: the id registered is there twice",
        ),
        (
            ("班级检查项", 3, "编号", "登记"),
            r#"班级检查项, row 3, 编号: "登记" is no id"#,
        ),
        (
            ("班级检查项", 3, "检查项", ""),
            "班级检查项, row 3, 检查项: empty",
        ),
        (
            ("题库", 2, "正确答案", "E"),
            "题库, row 2, 正确答案: 'E' is not the letter",
        ),
        (
            ("题库", 2, "正确答案", "AB"),
            "题库, row 2, 正确答案: 2 options are right",
        ),
        (
            ("题库", 2, "正确答案", ""),
            "题库, row 2, 正确答案: no option is right",
        ),
        (
            ("题库", 2, "选项B", ""),
            "题库, row 2, 选项C: a blank option stands before it",
        ),
        (
            ("题库", 2, "类别", "其他"),
            r#"题库, row 2, 类别: "其他" is none of 刷单返利、"#,
        ),
        (
            ("题库", 2, "依据说明", ""),
            "题库, row 2, 依据说明: either a law",
        ),
    ] {
        let found = faults(&[edit]);
        assert!(
            found.iter().any(|fault| fault.starts_with(expected)),
            "{expected}\n{found:#?}"
        );
    }
}

#[test]
fn answers_are_taken_as_people_type_them() {
    let is_multiple = |question: &&Question| question.answer.len() == 3;
    let shipped = shipped();
    let at = shipped
        .bank
        .listed()
        .position(|question| is_multiple(&question))
        .unwrap();
    let row = u32::try_from(at).unwrap() + 2;
    for typed in ["abd", "Ａ、Ｂ，Ｄ", "D B A"] {
        let pack = edited(&[("题库", row, "正确答案", typed)]).unwrap();
        let question = pack.bank.listed().nth(at).unwrap();
        assert_eq!(question.answer, [0, 1, 3].into(), "{typed}");
    }
}

#[test]
fn columns_may_be_moved_and_a_missing_one_is_told() {
    let mut all = sheets(&shipped());
    for row in &mut all[1].table.rows {
        let cells = row.cells().iter().rev().cloned().collect();
        *row = Row::new(row.number() + 2, cells);
    }
    assert_eq!(read(&shipped(), &all), Ok(shipped()));
    let first = &mut all[1].table.rows[0];
    *first = Row::new(3, vec!["编号".to_owned(), "检查项".to_owned()]);
    let Err(SheetsError::Cells(found)) = read(&shipped(), &all) else {
        panic!("a column is missing");
    };
    assert_eq!(
        found[0].to_string(),
        "寝室检查项, row 3, 提示: the column is missing"
    );
}

#[test]
fn a_sheet_that_is_missing_changes_nothing_and_another_file_is_refused() {
    let one = sheets(&shipped()).split_off(4);
    assert_eq!(one[0].name, "题库");
    assert_eq!(read(&shipped(), &one), Ok(shipped()));
    assert_eq!(read(&shipped(), &[]), Err(SheetsError::Foreign));
}

#[test]
fn a_list_without_a_row_is_no_list() {
    let mut all = sheets(&shipped());
    all[1].table.rows.truncate(1);
    let Err(SheetsError::Cells(found)) = read(&shipped(), &all) else {
        panic!("the gates still name its items");
    };
    assert!(
        found.iter().all(|fault| fault.sheet == "达标条件"),
        "{found:?}"
    );
    all.remove(3);
    assert!(matches!(read(&shipped(), &all), Err(SheetsError::Pack(_))));
}

prop_compose! {
    fn any_question()(
        stem in "[一-龥=+@A-Za-z0-9（），。“”][一-龥A-Za-z0-9（），。“”=+@']{0,60}",
        options in prop::collection::btree_set("[一-龥A-Z0-9=，]{1,20}", 4..=6),
        right in prop::sample::subsequence(vec![0u8, 1, 2, 3], 2..=4),
        from_law in any::<bool>(),
    ) -> Question {
        let json = serde_json::json!({
            "id": "q", "category": "law", "kind": "multiple", "difficulty": right.len() - 1,
            "stem": stem, "options": options, "answer": right, "explanation": "解析（示例）",
            "source": if from_law {
                serde_json::json!({ "law": "fdxzf", "article": "31" })
            } else {
                serde_json::json!({ "guide": "示例" })
            },
        });
        let bank = serde_json::json!({
            "version": 1, "categories": [{ "id": "law", "title": "法律常识" }], "questions": [json],
        });
        let bank = Bank::from_json(&bank.to_string()).unwrap();
        bank.listed().next().unwrap().clone()
    }
}

proptest! {
    #![proptest_config(ProptestConfig {
        cases: 48,
        failure_persistence: None,
        rng_seed: RngSeed::Fixed(2021),
        ..ProptestConfig::default()
    })]

    #[test]
    fn any_pack_comes_back_as_it_went(
        questions in prop::collection::vec(any_question(), 1..12),
        zh in "[一-龥=A-Z0-9（）][一-龥A-Z0-9，。]{0,80}",
        percent in 0..=100u8,
    ) {
        let mut pack = shipped();
        let questions = (0..).zip(questions).map(|(n, mut question)| {
            question.id = format!("q-{n}").try_into().unwrap();
            question
        });
        pack.bank = Bank::new(7, pack.bank.categories().to_vec(), questions.collect()).unwrap();
        pack.checklists[1].items[3].text.zh = zh;
        pack.checklists[1].items.reverse();
        if let wuzha_core::pack::Test::Share { min_percent, .. } = &mut pack.criteria[0].gates[0].test {
            *min_percent = percent;
        }
        prop_assert_eq!(pack.faults(), []);
        prop_assert_eq!(read(&pack, &sheets(&pack)), Ok(pack));
    }
}
