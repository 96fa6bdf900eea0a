//! Subject access (查阅、复制): all that is held about one student, as a file for that student.
//!
//! Nobody else is in it: others who are named beside the student in a text are taken out.
//!
//! # Layout
//! - here: which operations are about the student, and the sheets
//! - `answers`: 测验作答

mod answers;

use crate::book::{About, is_private};
use crate::erase::is_about;
use crate::history::{self, words};
use crate::ident::StudentNo;
use crate::ledger::{Cell, Column, Ledger, Source, Workbook};
use crate::log::{Head, Key, Op, Registers, Value};
use crate::mention::{self, Person};

/// All that `ops`, a class's log, hold about the student `no`; `None` when that is nothing. `source.book` is
/// that log folded.
pub fn subject_access(source: &Source<'_>, ops: &[Op], no: &StudentNo) -> Option<Workbook> {
    let held = Held::of(source, ops, no);
    if held.about.is_empty() && held.mentions.is_empty() {
        return None;
    }
    Some(Workbook {
        title: format!("{no} 个人信息查阅"),
        ledgers: vec![
            held.explanation(),
            held.present(),
            history::table(&history::of(&held.about), source.book, source.pack),
            answers::ledger(source, &held.registers),
            held.mentions(),
        ],
        cutoff: source.cutoff,
        offset: source.offset,
    })
}

/// What is held about a student. In all texts the others of the class are taken out.
struct Held<'a> {
    source: &'a Source<'a>,
    no: &'a StudentNo,
    /// The operations about the student, without private notes.
    about: Vec<Op>,
    /// These folded.
    registers: Registers,
    /// The operations about something else whose text names the student.
    mentions: Vec<Op>,
}

impl<'a> Held<'a> {
    fn of(source: &'a Source<'a>, ops: &[Op], no: &'a StudentNo) -> Self {
        let mut people = mention::people(ops);
        let person = people.remove(no).unwrap_or_else(|| Person::of(no));
        let others: Vec<Person> = people.values().map(|other| other.unlike(&person)).collect();
        let without_others = |op: &Op| {
            let mut op = op.clone();
            for other in &others {
                other.take_out_of(&mut op);
            }
            op
        };
        let readable = ops.iter().filter(|op| !is_private(&op.key.parts()));
        let (about, rest): (Vec<&Op>, Vec<&Op>) =
            readable.partition(|op| is_about(op, no, &person));
        let names = |op: &&Op| person.take_out_of(&mut (*op).clone());
        let about: Vec<Op> = about.into_iter().map(without_others).collect();
        let mut registers = Registers::default();
        for op in &about {
            registers.apply(op);
        }
        Self {
            source,
            no,
            about,
            registers,
            mentions: rest.into_iter().filter(names).map(without_others).collect(),
        }
    }

    /// 现有记录: what is visible now, rivals of a conflict included.
    fn present(&self) -> Ledger {
        let visible = self.registers.iter().flat_map(|(key, heads)| {
            let known = heads.iter().filter(|head| head.value != Value::Null);
            known.filter_map(move |head| self.present_row(key, head))
        });
        let no = vec![
            Cell::text("学号"),
            Cell::text(self.no.as_str()),
            Cell::Empty,
            Cell::Empty,
        ];
        ledger(
            "现有记录",
            &[("项目", 24), ("内容", 40), ("记录人", 16), ("记录时间", 17)],
            [no].into_iter().chain(visible).collect(),
        )
    }

    fn present_row(&self, key: &Key, head: &Head) -> Option<Vec<Cell>> {
        let about = About::of(key);
        let item = match &about {
            // They have a sheet of their own.
            About::Attempt { .. } => return None,
            About::Other => "由更新版本记录的内容".to_owned(),
            about => words::item(about, self.source.pack),
        };
        Some(vec![
            Cell::text(item),
            Cell::known(words::value(&about, &head.value), Cell::text),
            Cell::text(recorder(self.source, head.id.device)),
            Cell::Time(head.hlc.time()),
        ])
    }

    /// 提到本人的文字: remarks on something else that name the student, corrected ones included.
    fn mentions(&self) -> Ledger {
        let row = |op: &Op| {
            let about = About::of(&op.key);
            let place = match &about {
                About::Student { .. } => format!("{}的记录", mention::SOMEBODY),
                about => words::object(about, self.source.book),
            };
            vec![
                Cell::text(place),
                Cell::text(words::item(&about, self.source.pack)),
                Cell::known(op.value.as_text(), Cell::text),
                Cell::text(recorder(self.source, op.id.device)),
                Cell::Time(op.hlc.time()),
            ]
        };
        let headings = [
            ("对象", 20),
            ("项目", 40),
            ("文字", 50),
            ("记录人", 16),
            ("记录时间", 17),
        ];
        ledger(
            "提到本人的文字",
            &headings,
            self.mentions.iter().map(row).collect(),
        )
    }

    fn explanation(&self) -> Ledger {
        let cutoff = self.source.cutoff.to_minute_text(self.source.offset);
        let name = self.source.book.student(self.no);
        let name = name.map_or("", |student| student.name_text());
        let rows = [
            ("本人", format!("{name} {}", self.no)),
            ("截止时间", cutoff),
            ("内容", "本文件列出这本班级台账里关于本人的全部记录：现有记录、变更记录（含记录人）、测验作答，以及提到本人的文字。文字中的其他同学已换成“某同学”。".to_owned()),
            ("权利", "本人有权查阅、复制个人信息（个人信息保护法第四十五条）；有第四十七条所列情形的，有权请求删除。未满十八周岁的，本人或者监护人可以请求查阅、复制、更正、补充、删除（未成年人网络保护条例第三十四条）。请向辅导员提出。".to_owned()),
            ("备注", "班干部自己写的备注只留在写的那台手机上，不上交，也不进台账，因此不在本文件里。请向班干部询问。".to_owned()),
            ("寝室检查", "检查结果记的是整间寝室，不指向个人，不列在这里。".to_owned()),
            ("案件和帮扶", "案件不记姓名和学号，帮扶只记人数，因此不在本文件里。辅导员加密保存的谈话记录只有辅导员能打开，请向辅导员查阅。".to_owned()),
            ("测验", "“判定”按本机现有题库得出；题库里没有的题目写“未知”。".to_owned()),
        ];
        let row = |(name, text): (&str, String)| vec![Cell::text(name), Cell::text(text)];
        ledger(
            "说明",
            &[("项目", 14), ("内容", 90)],
            rows.into_iter().map(row).collect(),
        )
    }
}

fn recorder(source: &Source<'_>, device: crate::log::DeviceId) -> String {
    let label = source.book.recorder(device);
    label.map_or_else(|| words::device(device), str::to_owned)
}

fn ledger(name: &str, headings: &[(&str, u8)], rows: Vec<Vec<Cell>>) -> Ledger {
    let column = |(heading, width): &(&str, u8)| Column::new(*heading, *width);
    Ledger {
        name: name.to_owned(),
        columns: headings.iter().map(column).collect(),
        rows,
    }
}
