//! Old ledgers as files: our own read back, and a college's.

#![expect(clippy::unwrap_used, reason = "a test says what it expects by failing")]

use rust_xlsxwriter::{Format, Workbook};
use wuzha_core::book::commands::{self, Mark, ProfileInput};
use wuzha_core::book::{Book, Status, Student, Verification};
use wuzha_core::ident::StudentNo;
use wuzha_core::ledger::Source;
use wuzha_core::log::{Change, DeviceId, Hlc, Registers};
use wuzha_core::old_ledger::{
    Differences, LeftOut, OWN_SHEET, OldLedger, Reading, Use, plan, read,
};
use wuzha_core::pack::Pack;
use wuzha_core::roster::{self, Table};
use wuzha_core::time::{UnixMillis, UtcOffset};
use wuzha_files::{Limits, RawTable, read_tables, write_csv, write_workbook};

/// 2021-12-27 00:05 in China.
const NOW: UnixMillis = UnixMillis(1_640_534_700_000);

fn understood(raw: RawTable) -> OldLedger {
    read(&Table::from(raw), &Reading::default()).unwrap()
}

/// The sheet of students of our own workbook, which is not its first; other files here have but one.
fn own_sheet(bytes: &[u8]) -> RawTable {
    let mut tables = read_tables(bytes, &Limits::ROSTER).unwrap();
    let is_own = |table: &RawTable| table.sheet.as_deref() == Some(OWN_SHEET);
    let at = tables.iter().position(is_own).unwrap_or_default();
    tables.swap_remove(at)
}

fn write(registers: &mut Registers, change: impl FnOnce(&Book) -> Vec<Change>) {
    let changes = change(&Book::fold(registers));
    let hlc: Hlc = registers.last_hlc().next(NOW);
    for op in registers.stamp(DeviceId::from_bytes([1; 8]), hlc, changes) {
        registers.apply(&op);
    }
}

fn no(at: usize) -> StudentNo {
    StudentNo::try_from(format!("20210101{at:02}")).unwrap()
}

/// A class in which every status and word of the ledger occurs, and every one is missing once.
fn class() -> Registers {
    let mut registers = Registers::default();
    let name = ProfileInput {
        school: String::new(),
        department: "示例系".into(),
        grade: "2021级".into(),
        name: "软件2101".into(),
    };
    write(&mut registers, |book| commands::name_class(book, &name));
    let people: Vec<roster::Student> = (0..=Status::ALL.len())
        .map(|at| roster::Student {
            no: no(at),
            name: format!("示例·{}", "甲".repeat(at + 1))[..]
                .try_into()
                .unwrap(),
            dorm: (at > 0).then(|| "3-312".try_into().unwrap()),
        })
        .collect();
    write(&mut registers, |book| commands::import(book, &people));
    let ways = Verification::ALL.iter().copied().cycle();
    for ((at, status), how) in Status::ALL.iter().enumerate().zip(ways) {
        write(&mut registers, |book| {
            commands::register(book, &no(at), *status, how)
        });
        for mark in [Mark::Region, Mark::Pledge, Mark::Notice] {
            let yes = at % 2 == 0;
            write(&mut registers, |_| commands::mark(&no(at), mark, Some(yes)));
        }
        if *status == Status::Unable {
            write(&mut registers, |book| {
                commands::set_reason(book, &no(at), "=示例，老人机")
            });
        }
    }
    registers
}

fn pack() -> Pack {
    Pack::from_json(
        include_str!("../../../../content/default/campaign.json"),
        include_str!("../../../../content/default/checklists.json"),
        include_str!("../../../../content/default/criteria.json"),
    )
    .unwrap()
}

fn shown(book: &Book) -> Vec<String> {
    let line = |(no, student): (&StudentNo, &Student)| {
        format!(
            "{no} {:?} {:?} {:?} {:?} {:?} {:?} {:?} {:?}",
            student.name.get(),
            student.dorm.get(),
            student.status.get(),
            student.verified.get(),
            student.reason.get(),
            student.region.get(),
            student.pledge.get(),
            student.notice.get(),
        )
    };
    book.students().map(line).collect()
}

#[test]
fn our_own_workbook_is_read_back_fully() {
    let registers = class();
    let book = Book::fold(&registers);
    let source = Source {
        book: &book,
        pack: &pack(),
        bank: None,
        cutoff: NOW,
        offset: UtcOffset::CHINA,
    };
    let workbook = source.workbook();
    let students = workbook.ledgers.iter().find(|l| l.name == OWN_SHEET);
    let xlsx = write_workbook(&workbook, |_| {}).unwrap();
    let csv = write_csv(students.unwrap(), UtcOffset::CHINA);
    for (what, raw) in [("xlsx", own_sheet(&xlsx)), ("csv", own_sheet(&csv))] {
        let ledger = understood(raw);
        assert_eq!(ledger.unread, [], "{what}");
        assert_eq!(ledger.classes.len(), 1, "{what}");
        let mut copy = Registers::default();
        write(&mut copy, |_| {
            plan(&ledger.classes[0], None, Differences::KeepBook, 0).changes
        });
        let copied = Book::fold(&copy);
        assert_eq!(shown(&copied), shown(&book), "{what}");
        let profile = &copied.profile;
        assert_eq!(profile.name.get().unwrap(), "软件2101", "{what}");
        assert_eq!(profile.grade.get().unwrap(), "2021级", "{what}");
        assert_eq!(profile.department.get().unwrap(), "示例系", "{what}");
    }
}

#[test]
fn a_csv_in_gb18030_with_its_title_and_groups() {
    let text = "示例学院反诈台账（示例）,,,,,,\r\n\
                所在系部,班级,学号,姓名,是否下载注册,联系电话,备注\r\n\
                示例系,软件2101,2021010101,示例一,是,示例电话,示例备注\r\n\
                ,,2021010102,示例二,预警已开启,,\r\n\
                ,软件2102,2021010201,示例三,否,,\r\n\
                ,,2021010202,示例四,√,,\r\n";
    let (bytes, _, _) = encoding_rs::GB18030.encode(text);
    let ledger = understood(own_sheet(&bytes));
    let students = ledger.classes.iter().map(|class| {
        let students = class.students.iter().map(|student| student.status);
        (
            class.department.as_str(),
            class.name.as_str(),
            students.collect(),
        )
    });
    let students: Vec<(&str, &str, Vec<_>)> = students.collect();
    let (registered, warning) = (Some(Status::Registered), Some(Status::WarningOn));
    assert_eq!(
        students,
        [
            ("示例系", "软件2101", vec![registered, warning]),
            ("示例系", "软件2102", vec![None, registered]),
        ]
    );
    let left_out = ledger.columns.iter().rev().take(2).map(|c| c.becomes);
    assert_eq!(
        left_out.collect::<Vec<_>>(),
        [LeftOut::Note, LeftOut::Contact].map(Use::LeftOut)
    );
}

#[test]
fn a_workbook_with_merged_cells_has_its_class_beside_each_student() {
    let mut file = Workbook::new();
    let sheet = file.add_worksheet();
    let plain = Format::new();
    sheet.merge_range(0, 0, 0, 4, "示例系台账", &plain).unwrap();
    sheet.merge_range(1, 0, 2, 0, "班级", &plain).unwrap();
    sheet.merge_range(1, 1, 2, 1, "学号", &plain).unwrap();
    sheet.merge_range(1, 2, 2, 2, "姓名", &plain).unwrap();
    sheet
        .merge_range(1, 3, 1, 4, "国家反诈中心APP", &plain)
        .unwrap();
    sheet.write_string(2, 3, "是否安装").unwrap();
    sheet.write_string(2, 4, "是否注册").unwrap();
    sheet.merge_range(3, 0, 5, 0, "软件2101", &plain).unwrap();
    for (row, registered) in [(3, "是"), (4, "否"), (5, "是")] {
        sheet
            .write_number(row, 1, 2_021_010_100_f64 + f64::from(row))
            .unwrap();
        sheet.write_string(row, 2, "示例").unwrap();
        sheet.write_boolean(row, 3, true).unwrap();
        sheet.write_string(row, 4, registered).unwrap();
    }
    let xlsx = file.save_to_buffer().unwrap();
    let ledger = understood(own_sheet(&xlsx));
    assert_eq!(ledger.unread, []);
    let [class] = ledger.classes.as_slice() else {
        panic!("{ledger:?}");
    };
    assert_eq!(class.name, "软件2101");
    let statuses = class.students.iter().map(|student| student.status.unwrap());
    assert_eq!(
        statuses.collect::<Vec<_>>(),
        [Status::Registered, Status::Installed, Status::Registered]
    );
}
