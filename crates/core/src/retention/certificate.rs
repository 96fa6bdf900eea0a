//! The certificate of an erasure (清除证明): classes, numbers and the reason; no person is in it.

use serde::{Deserialize, Serialize};

use crate::book::code::coded;
use crate::ledger::{Cell, Column, Ledger};
use crate::report::{Body, Level, Paragraph, Report, Section};
use crate::time::{UnixMillis, UtcOffset, day_digits};

/// What was erased, to be printed and kept in place of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ErasureCertificate {
    /// Who erased: 系部 or school.
    pub unit: String,
    /// Of which classes.
    pub classes: Vec<ErasedClass>,
    /// Why.
    pub reason: ErasureReason,
    /// When.
    pub at: UnixMillis,
    /// In which offset that is shown.
    pub offset: UtcOffset,
}

/// What was erased of one class.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ErasedClass {
    /// 班级
    pub class: String,
    /// How many students it was about.
    pub students: u32,
    /// How many records.
    pub records: u32,
}

coded! {
    /// Why something was erased.
    ErasureReason {
        /// 保存期限届满
        Expired = "expired",
        /// 学生请求
        Requested = "requested",
    }
}

impl ErasureReason {
    fn word(self) -> &'static str {
        match self {
            Self::Expired => "保存期限届满",
            Self::Requested => "学生本人（或者监护人）请求",
        }
    }

    /// By which rule.
    fn rule(self) -> &'static str {
        match self {
            Self::Expired => "个人信息保护法第四十七条第一款第二项",
            Self::Requested => "个人信息保护法第四十七条",
        }
    }
}

impl ErasureCertificate {
    /// Its number, e.g. `20220901-1A2B3C4D`: the same content has the same number, on every device.
    ///
    /// It tells certificates apart and is no proof: whoever wants to can find a content for a number.
    pub fn number(&self) -> String {
        let day = self.at.date(self.offset).map(day_digits);
        let hash = fold_hash(&self.content());
        format!("{}-{hash:08X}", day.unwrap_or_default())
    }

    /// How many students and records, in all classes.
    pub fn total(&self) -> (u32, u32) {
        let add = |(students, records): (u32, u32), class: &ErasedClass| {
            (
                students.saturating_add(class.students),
                records.saturating_add(class.records),
            )
        };
        self.classes.iter().fold((0, 0), add)
    }

    /// The certificate as a document to be printed.
    pub fn report(&self) -> Report {
        let date = self.at.date(self.offset).map(crate::report::day);
        let date = date.unwrap_or_default();
        let (students, records) = self.total();
        let basis = format!(
            "清除原因：{}。\n依据：{}。\n清除时间：{}。",
            self.reason.word(),
            self.reason.rule(),
            self.at.to_minute_text(self.offset)
        );
        let scope = format!(
            "共清除{}个班级的记录，涉及学生{students}人，记录{records}条。本证明不含学生姓名和学号。",
            self.classes.len()
        );
        let limits = "清除的是本机总览里的记录。本机收到的和学校服务器上的密文、其他老师的设备、班级手机、已导出的文件和备份，须分别清除。";
        Report {
            title: "个人信息清除证明".to_owned(),
            unit: self.unit.clone(),
            period: format!("编号：{}", self.number()),
            sections: vec![
                section("依据", [text("basis", &basis)].into()),
                section(
                    "内容",
                    vec![
                        text("scope", &scope),
                        Paragraph {
                            id: "classes".to_owned(),
                            body: Body::Table(self.ledger()),
                        },
                    ],
                ),
                section("范围", [text("limits", limits)].into()),
            ],
            attachments: Vec::new(),
            signature: self.unit.clone(),
            date,
            cutoff: self.at,
            offset: self.offset,
        }
    }

    /// What was erased as a table.
    pub fn ledger(&self) -> Ledger {
        let headings = [("班级", 28), ("学生数", 10), ("记录数", 10)];
        let row = |name: &str, students, records| {
            vec![
                Cell::text(name),
                Cell::Count(students),
                Cell::Count(records),
            ]
        };
        let (students, records) = self.total();
        let classes = self.classes.iter();
        let classes = classes.map(|class| row(&class.class, class.students, class.records));
        Ledger {
            name: "清除明细".to_owned(),
            columns: headings
                .map(|(heading, width)| Column::new(heading, width))
                .into(),
            rows: classes.chain([row("合计", students, records)]).collect(),
        }
    }

    /// Everything that makes this certificate another than the next one.
    fn content(&self) -> String {
        let mut content = format!("{}\n{}\n{}\n", self.unit, self.reason.code(), self.at.0);
        for class in &self.classes {
            content += &format!("{}\t{}\t{}\n", class.class, class.students, class.records);
        }
        content
    }
}

fn section(heading: &str, paragraphs: Vec<Paragraph>) -> Section {
    Section {
        heading: heading.to_owned(),
        level: Level::Chapter,
        paragraphs,
    }
}

fn text(id: &str, text: &str) -> Paragraph {
    Paragraph {
        id: id.to_owned(),
        body: Body::Text(text.to_owned()),
    }
}

/// FNV-1a: enough to tell a school's certificates apart, without a hash function in every phone's app.
fn fold_hash(text: &str) -> u32 {
    text.bytes().fold(0x811c_9dc5, |hash, byte| {
        (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193)
    })
}
