//! Rosters as people paste them, from text to draft.

use proptest::prelude::*;
use proptest::test_runner::RngSeed;

use super::*;
use crate::ident::IdentError;

fn table_of(cells: &[&[&str]]) -> Table {
    let rows = (1..).zip(cells);
    Table {
        rows: rows
            .map(|(number, cells)| Row::new(number, cells.iter().map(|&c| c.to_owned()).collect()))
            .collect(),
    }
}

fn draft_of(table: &Table, existing: &Existing) -> Result<Draft, RosterError> {
    Draft::new(table, &Mapping::guess(table), existing)
}

fn paste(pasted: &str) -> Draft {
    paste_over(pasted, &Existing::new())
}

fn paste_over(pasted: &str, existing: &Existing) -> Draft {
    draft_of(&Table::from_text(pasted), existing).unwrap()
}

fn student(no: &str, name: &str, dorm: &str) -> Student {
    Student {
        no: StudentNo::try_from(no).unwrap(),
        name: PersonName::try_from(name).unwrap(),
        dorm: (!dorm.is_empty()).then(|| DormName::try_from(dorm).unwrap()),
    }
}

fn dorm(name: &str) -> DormName {
    DormName::try_from(name).unwrap()
}

/// What the book has once a draft was agreed to.
fn after(mut existing: Existing, draft: &Draft) -> Existing {
    for student in draft.accepted().cloned() {
        existing.insert(student.no, (student.name, student.dorm));
    }
    existing
}

fn accepted(draft: &Draft) -> Vec<Student> {
    draft.accepted().cloned().collect()
}

fn refusals(draft: &Draft) -> Vec<(u32, Vec<Reason>)> {
    let lines = draft.lines.iter();
    lines
        .filter_map(|line| match &line.outcome {
            Outcome::Refused { reasons } => Some((line.row, reasons.clone())),
            _ => None,
        })
        .collect()
}

fn invalid(field: Field, error: IdentError) -> Reason {
    Reason::Invalid { field, error }
}

#[test]
fn the_same_class_comes_out_however_it_is_pasted() {
    let expected = [
        student("2021010101", "张三", "3-312"),
        student("2021010102", "欧阳示例", "3-312"),
    ];
    for pasted in [
        "学号\t姓名\t寝室\r\n2021010101\t张　三\t3-312\r\n2021010102\t欧阳示例\t3号楼312室\r\n",
        "示例学院名单\t\t\n\n学 号\t\"姓\n名\"\t宿舍\n2021010101\t张 三\t3#312\n2021010102\t欧阳示例\t3-312",
        "序号\t寝室\t姓名\t学号\n1\t3栋312\t张三\t２０２１０１０１０１\n2\t3 - 312\t欧阳示例\t2021010102",
        "学号\t姓名\t楼栋\t房间号\n2021010101\t张三\t3号楼\t312室\n2021010102\t欧阳示例\t3\t312",
        "2021010101，张三，3-312\n2021010102、欧阳示例、3-312",
        "\u{feff}2021 0101 01,张\u{200b}三,3-312\n2021010102,欧阳示例,3-312",
        "2021010101 张 三 3-312\n\n2021010102 欧阳示例 3-312\n",
        "#接龙\n软件2101班\n1. 2021010101 张三 3-312\n2. 2021010102 欧阳示例 3-312",
    ] {
        let draft = paste(pasted);
        assert_eq!(accepted(&draft), expected, "{pasted:?}");
    }
}

#[test]
fn every_refused_row_says_which_field_and_why() {
    let long = "长".repeat(33);
    for (no, name, dorm, expected) in [
        (
            "2.02101E+11",
            "张三",
            "",
            vec![invalid(Field::No, IdentError::Scientific)],
        ),
        (
            "",
            "张三",
            "3-312",
            vec![invalid(Field::No, IdentError::Empty)],
        ),
        (
            "2021/01",
            "张三",
            "",
            vec![invalid(Field::No, IdentError::Character('/'))],
        ),
        (
            "2021010101",
            "\u{200b}",
            "",
            vec![invalid(Field::Name, IdentError::Empty)],
        ),
        (
            "2021010101",
            "=A1&B1",
            "",
            vec![invalid(Field::Name, IdentError::Formula)],
        ),
        (
            "2021010101",
            "@SUM(1)",
            "",
            vec![invalid(Field::Name, IdentError::Formula)],
        ),
        (
            "2021010101",
            "张三",
            "=A1",
            vec![invalid(Field::Dorm, IdentError::Formula)],
        ),
        (
            "2021010101",
            "张三",
            &long,
            vec![invalid(Field::Dorm, IdentError::TooLong { max: 32 })],
        ),
        (
            "学生",
            "",
            "+1",
            vec![
                invalid(Field::No, IdentError::Character('学')),
                invalid(Field::Name, IdentError::Empty),
                invalid(Field::Dorm, IdentError::Formula),
            ],
        ),
    ] {
        let table = table_of(&[&["学号", "姓名", "寝室"], &[no, name, dorm]]);
        let draft = draft_of(&table, &Existing::new()).unwrap();
        assert_eq!(
            refusals(&draft),
            [(2, expected)],
            "{no:?} {name:?} {dorm:?}"
        );
        assert_eq!(draft.counts().refused, 1);
    }
}

#[test]
fn sums_notes_and_repeated_headings_are_refused_alone() {
    for row in [
        "合 计\t45\t8 间",
        "\t总计：2人\t",
        "备注：本表为示例\t\t",
        "制表人\t示例\t",
        "2021\t学 号\t姓名",
        "序号\t学号\t姓名",
    ] {
        let pasted = format!("序号\t学号\t姓名\n1\t2021010101\t张三\n{row}\n2\t2021010102\t李四");
        let draft = paste(&pasted);
        assert_eq!(
            refusals(&draft),
            [(3, vec![Reason::NotAStudent])],
            "{row:?}"
        );
        assert_eq!(draft.counts().added, 2);
    }
}

#[test]
fn a_student_whose_row_begins_like_a_note_is_taken() {
    let draft = paste("备注\t学号\t姓名\n共青团员\t2021010101\t张三");
    assert_eq!(accepted(&draft), [student("2021010101", "张三", "")]);
}

#[test]
fn of_rows_with_one_number_the_first_valid_one_is_taken() {
    let draft = paste(
        "学号,姓名\n2021010101,\n2021010101,张三\n２０２１０１０１０１,李四\n2021010102,王五",
    );
    let expected = [
        (2, vec![invalid(Field::Name, IdentError::Empty)]),
        (4, vec![Reason::Duplicate { first: 3 }]),
    ];
    assert_eq!(refusals(&draft), expected);
    assert_eq!(accepted(&draft).first().unwrap().name.as_str(), "张三");
    let fields = expected.map(|(_, reasons)| reasons[0].field());
    assert_eq!(fields, [Some(Field::Name), Some(Field::No)]);
}

#[test]
fn students_of_one_name_are_taken_and_shown() {
    let existing = after(Existing::new(), &paste("2021010109,李四"));
    let draft = paste_over(
        "2021010101,张三\n2021010102,李四\n2021010103,张 三\n2021010104,王五\n2021010105,张三",
        &existing,
    );
    assert_eq!(draft.counts().added, 5);
    let shown = draft.same_names.iter().map(|same| {
        let nos = same.nos.iter().map(|no| no.tail().to_owned());
        (same.name.as_str(), nos.collect::<Vec<_>>().join(" "))
    });
    let expected = [("张三", "0101 0103 0105"), ("李四", "0102 0109")];
    assert_eq!(
        shown.collect::<BTreeMap<_, _>>(),
        expected.map(|(name, nos)| (name, nos.to_owned())).into()
    );
}

#[test]
fn importing_again_updates_and_removes_nothing() {
    let before = "学号,姓名,寝室\n2101,张三,3-312\n2102,李四,3-312\n2103,王五,\n2104,赵六,3-313\n2105,钱七,3-313";
    let existing = after(Existing::new(), &paste(before));
    let draft = paste_over(
        "学号,姓名,寝室\n2101,张三,\n2102,李四,3-314\n2103,王武,3-312\n2104,\n2106,孙八,-",
        &existing,
    );
    let outcomes: Vec<Outcome> = draft
        .lines
        .iter()
        .map(|line| line.outcome.clone())
        .collect();
    let expected = [
        Outcome::Same(StudentNo::try_from("2101").unwrap()),
        Outcome::Update {
            student: student("2102", "李四", "3-314"),
            changes: vec![Change::Dorm {
                from: Some(dorm("3-312")),
            }],
        },
        Outcome::Update {
            student: student("2103", "王武", "3-312"),
            changes: vec![
                Change::Name {
                    from: PersonName::try_from("王五").unwrap(),
                },
                Change::Dorm { from: None },
            ],
        },
        Outcome::Refused {
            reasons: vec![invalid(Field::Name, IdentError::Empty)],
        },
        Outcome::Add(student("2106", "孙八", "")),
    ];
    assert_eq!(outcomes, expected);
    let counts = Counts {
        added: 1,
        changed: 2,
        same: 1,
        refused: 1,
    };
    assert_eq!(draft.counts(), counts);
    // 2104 is in the file, though its row is refused.
    assert_eq!(draft.missing, [student("2105", "钱七", "3-313")]);
}

#[test]
fn a_name_update_without_a_dorm_keeps_the_dorm() {
    let existing = after(Existing::new(), &paste("2021010101,张三,3-312"));
    let draft = paste_over("学号,姓名\n2021010101,张叁", &existing);
    assert_eq!(accepted(&draft), [student("2021010101", "张叁", "3-312")]);
}

#[test]
fn a_corrected_mapping_reads_other_columns() {
    let table = Table::from_text("编号\t称呼\t住处\n2101\t张三\t3-312");
    let guess = Mapping::guess(&table);
    assert_eq!((guess.header, guess.no), (None, None));
    let mapping = Mapping {
        header: Some(1),
        no: Some(0),
        name: Some(1),
        dorm: DormColumns::One(2),
    };
    let draft = Draft::new(&table, &mapping, &Existing::new()).unwrap();
    assert_eq!(accepted(&draft), [student("2101", "张三", "3-312")]);
    let beyond = Mapping {
        no: Some(usize::MAX),
        ..mapping
    };
    let draft = Draft::new(&table, &beyond, &Existing::new()).unwrap();
    assert_eq!(
        refusals(&draft),
        [(2, vec![invalid(Field::No, IdentError::Empty)])]
    );
}

#[test]
fn a_table_that_is_no_roster_is_refused_as_a_whole() {
    for (pasted, expected) in [
        ("", RosterError::Empty),
        (" \n\t\t\n", RosterError::Empty),
        ("学号,姓名,寝室\n,,\n", RosterError::Empty),
        ("姓名,寝室\n张三,3-312", RosterError::NoNumberColumn),
        ("学号,寝室\n2021010101,3-312", RosterError::NoNameColumn),
        ("今天晚上检查寝室", RosterError::NoNumberColumn),
    ] {
        let table = Table::from_text(pasted);
        assert_eq!(
            draft_of(&table, &Existing::new()),
            Err(expected),
            "{pasted:?}"
        );
    }
}

#[test]
fn blank_rows_of_a_file_are_skipped_and_numbers_are_those_of_the_file() {
    let table = table_of(&[
        &["学号", "姓名"],
        &["", " "],
        &["2021010101", "张三"],
        &[],
        &["2021010102", ""],
    ]);
    let draft = draft_of(&table, &Existing::new()).unwrap();
    let rows: Vec<u32> = draft.lines.iter().map(|line| line.row).collect();
    assert_eq!(rows, [3, 5]);
}

#[test]
fn far_columns_are_not_read() {
    let mut cells = vec!["学号".to_owned(), "姓名".to_owned()];
    cells.resize(16_383, String::new());
    cells.push("寝室".to_owned());
    let mut second = vec!["2021010101".to_owned(), "张三".to_owned()];
    second.resize(16_383, String::new());
    second.push("3-312".to_owned());
    let table = Table {
        rows: vec![Row::new(1, cells), Row::new(2, second)],
    };
    assert_eq!(table.width(), MAX_COLUMNS);
    assert_eq!(Mapping::guess(&table).dorm, DormColumns::None);
    let draft = draft_of(&table, &Existing::new()).unwrap();
    assert_eq!(accepted(&draft), [student("2021010101", "张三", "")]);
}

#[test]
fn two_thousand_rows_are_read_and_one_more_is_too_many() {
    let roster = |rows: u32| -> String {
        let lines = (1..=rows).map(|n| format!("2021{n:06}\t张三\t3-312\n"));
        std::iter::once("学号\t姓名\t寝室\n".to_owned())
            .chain(lines)
            .collect()
    };
    assert_eq!(paste(&roster(2_000)).counts().added, MAX_ROWS);
    for rows in [2_001, 100_000] {
        let table = Table::from_text(&roster(rows));
        let expected = RosterError::TooManyRows {
            found: rows as usize,
            max: MAX_ROWS,
        };
        assert_eq!(draft_of(&table, &Existing::new()), Err(expected));
    }
}

/// A roster as people write one: numbers that collide, names that do not parse, dorms in any spelling.
fn roster() -> impl Strategy<Value = String> {
    let row = (
        "20210101[0-9]{2}|[0-9]{3}|",
        "张三|李 四|阿依古丽·示例|Li Ming|=A1|",
        "3-31[0-9]|3号楼31[0-9]室|3#312|竹园 312|-|=1|",
    );
    proptest::collection::vec(row, 1..30).prop_map(|rows| {
        let lines = rows
            .iter()
            .map(|(no, name, dorm)| format!("{no}\t{name}\t{dorm}\n"));
        std::iter::once("学号\t姓名\t寝室\n".to_owned())
            .chain(lines)
            .collect()
    })
}

proptest! {
    #![proptest_config(ProptestConfig {
        rng_seed: RngSeed::Fixed(2101),
        failure_persistence: None,
        ..ProptestConfig::default()
    })]

    #[test]
    fn any_text_is_read_or_refused(pasted in "(?s)(学号|姓名|寝室|楼栋|[0-9]{6}|张三|[\"\t\n\r,、 .#-]|.){0,60}") {
        let table = Table::from_text(&pasted);
        if let Ok(draft) = draft_of(&table, &Existing::new()) {
            let counts = draft.counts();
            prop_assert_eq!(counts.added + counts.refused, draft.lines.len());
            prop_assert_eq!(accepted(&draft).len(), counts.added);
        }
    }

    #[test]
    fn a_roster_imported_twice_changes_nothing(first in roster(), second in roster()) {
        let draft = |pasted: &str, existing: &Existing| draft_of(&Table::from_text(pasted), existing);
        let Ok(before) = draft(&first, &Existing::new()) else {
            // Every row was blank.
            return Ok(());
        };
        let book = after(Existing::new(), &before);
        if let Ok(once) = draft(&second, &book) {
            let twice = draft(&second, &after(book, &once)).unwrap();
            let counts = twice.counts();
            prop_assert_eq!((counts.added, counts.changed), (0, 0));
            prop_assert_eq!(counts.refused, once.counts().refused);
            prop_assert_eq!(&twice.missing, &once.missing);
            prop_assert_eq!(&twice.same_names, &once.same_names);
        }
    }
}
