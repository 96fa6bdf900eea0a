//! Reports as people take them away: the parts of the file, read back.

#![expect(clippy::unwrap_used, reason = "a test says what it expects by failing")]

use std::io::Cursor;

use proptest::prelude::*;
use proptest::test_runner::RngSeed;
use wuzha_core::ledger::{Cell, Column, Ledger};
use wuzha_core::report::{Body, Level, Paragraph, Report, Section};
use wuzha_core::time::{UnixMillis, UtcOffset};
use wuzha_files::write_report;

/// 2021-12-27 00:05 in China.
const JUST_AFTER_MIDNIGHT: UnixMillis = UnixMillis(1_640_534_700_000);

fn paragraph(id: &str, body: Body) -> Paragraph {
    let id = id.to_owned();
    Paragraph { id, body }
}

fn ledger(name: &str) -> Ledger {
    Ledger {
        name: name.to_owned(),
        columns: vec![
            Column::new("班级", 16),
            Column::new("注册率", 8),
            Column::new("平均分", 8),
        ],
        rows: vec![
            vec![
                Cell::text("软件2101班"),
                Cell::ratio(39, 44),
                Cell::Number(86.5),
            ],
            vec![
                Cell::text("<w:tbl>2102班"),
                Cell::Unknown,
                Cell::text("39/44\n未知2"),
            ],
        ],
    }
}

fn report() -> Report {
    let text = |text: &str| Body::Text(text.to_owned());
    let section = |heading: &str, level, paragraphs| Section {
        heading: heading.to_owned(),
        level,
        paragraphs,
    };
    Report {
        title: "防范电信网络诈骗工作总结".to_owned(),
        unit: "软件系".to_owned(),
        period: "2021年12月21日至2022年2月26日".to_owned(),
        sections: vec![
            section(
                "主要做法",
                Level::Chapter,
                vec![paragraph("empty", text(""))],
            ),
            section(
                "警校联动",
                Level::Part,
                vec![
                    paragraph("police", text("第一行\n讲座【请填写：次数】次。")),
                    paragraph("odd", text("A&B <b>\u{0b}\u{ffff}")),
                ],
            ),
            section(
                "工作成效",
                Level::Chapter,
                vec![paragraph("table", Body::Table(ledger("主要指标")))],
            ),
        ],
        attachments: vec![ledger("各班一览表")],
        signature: "软件系 & 团总支".to_owned(),
        date: "2021年12月27日".to_owned(),
        cutoff: JUST_AFTER_MIDNIGHT,
        offset: UtcOffset::CHINA,
    }
}

/// One part of the file as XML text.
fn part(bytes: &[u8], name: &str) -> String {
    let mut zip = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    std::io::read_to_string(zip.by_name(name).unwrap()).unwrap()
}

fn document(report: &Report) -> String {
    part(&write_report(report).unwrap(), "word/document.xml")
}

/// The style and the text of every paragraph, those in tables too.
fn paragraphs(document: &str) -> Vec<(&str, String)> {
    let between = |text: &'static str, end: &'static str| {
        move |xml: &'_ str| -> Option<(usize, usize)> {
            let start = xml.find(text)? + text.len();
            Some((start, start + xml[start..].find(end)?))
        }
    };
    let style = between("<w:pStyle w:val=\"", "\"");
    let paragraphs = document.split("<w:p>").skip(1);
    paragraphs
        .map(|xml| {
            let name = style(xml).map_or("", |(start, end)| &xml[start..end]);
            let runs = xml.split("<w:t xml:space=\"preserve\">").skip(1);
            let text = runs.map(|run| run.split("</w:t>").next().unwrap());
            (name, text.collect::<Vec<_>>().join("|"))
        })
        .collect()
}

#[test]
fn the_document_has_the_form_of_an_official_one() {
    let document = document(&report());
    let found = paragraphs(&document);
    let expected = [
        ("Title", "软件系"),
        ("Title", "防范电信网络诈骗工作总结"),
        ("Subtitle", "（2021年12月21日至2022年2月26日）"),
        ("Heading1", "一、主要做法"),
        ("Heading2", "（一）警校联动"),
        ("BodyText", "第一行"),
        ("BodyText", "讲座|【请填写：次数】|次。"),
        ("BodyText", "A&amp;B &lt;b&gt;"),
        ("Heading1", "二、工作成效"),
        ("Caption", "主要指标（截至2021-12-27 00:05）"),
        ("TableHeading", "班级"),
        ("TableHeading", "注册率"),
        ("TableHeading", "平均分"),
        ("TableText", "软件2101班"),
        ("TableText", "88.6%"),
        ("TableText", "86.5"),
        ("TableText", "&lt;w:tbl&gt;2102班"),
        ("TableText", "未知"),
        ("TableText", "39/44|未知2"),
        ("Gap", ""),
        ("Enclosed", "附件：各班一览表"),
        ("Signature", "软件系 &amp; 团总支"),
        ("Date", "2021年12月27日"),
        // The end of the section.
        ("Gap", ""),
        ("AttachmentMark", "附件"),
        ("AttachmentTitle", "各班一览表"),
        ("TableNote", "截至2021-12-27 00:05"),
    ];
    let found: Vec<(&str, &str)> = found.iter().map(|(name, text)| (*name, &**text)).collect();
    assert_eq!(found[..expected.len()], expected);
    assert_eq!(found.len(), expected.len() + 10, "and the attached table");
}

#[test]
fn a_blank_is_marked_and_nothing_else_is() {
    let document = document(&report());
    assert_eq!(document.matches("<w:highlight").count(), 1);
    let marked = document.split("<w:highlight w:val=\"yellow\"/>").nth(1);
    let marked = marked.unwrap().split("</w:r>").next().unwrap();
    assert!(marked.contains("【请填写：次数】"), "{marked}");
}

#[test]
fn the_first_row_of_each_table_is_repeated_and_no_row_is_cut() {
    let document = document(&report());
    assert_eq!(document.matches("<w:tbl>").count(), 2);
    for table in document.split("<w:tbl>").skip(1) {
        let rows: Vec<&str> = table.split("<w:tr>").skip(1).collect();
        let repeated: Vec<bool> = rows.iter().map(|r| r.contains("<w:tblHeader/>")).collect();
        assert_eq!(repeated, [true, false, false]);
        assert!(rows.iter().all(|row| row.contains("<w:cantSplit/>")));
    }
}

#[test]
fn pages_are_a4_upright_and_for_the_attachments_sideways_with_numbers() {
    let bytes = write_report(&report()).unwrap();
    let document = part(&bytes, "word/document.xml");
    let sizes: Vec<&str> = document
        .split("<w:pgSz ")
        .skip(1)
        .map(|size| size.split("/>").next().unwrap())
        .collect();
    assert_eq!(
        sizes,
        [
            "w:w=\"11906\" w:h=\"16838\"",
            "w:w=\"16838\" w:h=\"11906\" w:orient=\"landscape\""
        ]
    );
    assert_eq!(document.matches("<w:footerReference").count(), 2);
    let footer = part(&bytes, "word/footer.xml");
    assert!(footer.contains("w:instr=\"PAGE\""), "{footer}");
}

#[test]
fn a_table_in_the_text_stays_on_one_page_and_an_attached_one_may_go_on() {
    let document = document(&report());
    let tables: Vec<&str> = document.split("<w:tbl>").skip(1).collect();
    let kept = |table: &str| {
        let table = table.split("</w:tbl>").next().unwrap();
        table.matches("<w:keepNext/>").count()
    };
    assert_eq!((kept(tables[0]), kept(tables[1])), (9, 0));

    let mut long = report();
    let table = &mut long.sections[2].paragraphs[0].body;
    if let Body::Table(ledger) = table {
        let row = ledger.rows[0].clone();
        ledger.rows.resize(90, row);
    }
    let long = write_report(&long).unwrap();
    let long = part(&long, "word/document.xml");
    assert_eq!(kept(long.split("<w:tbl>").nth(1).unwrap()), 0, "90 rows");
}

#[test]
fn a_ledger_without_columns_is_no_table() {
    let mut report = report();
    report.attachments[0].columns.clear();
    assert_eq!(document(&report).matches("<w:tbl>").count(), 1);
}

#[test]
fn several_attachments_are_numbered_and_each_begins_a_page() {
    let mut report = report();
    report.attachments.push(ledger("各系部一览表"));
    let document = document(&report);
    for said in [
        "附件：1.各班一览表",
        "附件：2.各系部一览表",
        ">附件1<",
        ">附件2<",
    ] {
        assert!(document.contains(said), "{said} is missing in {document}");
    }
    assert_eq!(document.matches("<w:br w:type=\"page\"/>").count(), 1);
    assert_eq!(document.matches("<w:sectPr").count(), 2);
}

#[test]
fn without_attachments_there_is_one_section() {
    let mut report = report();
    report.attachments.clear();
    let document = document(&report);
    assert_eq!(document.matches("<w:sectPr").count(), 1);
    assert!(!document.contains("附件"), "{document}");
    assert!(document.contains("w:w=\"11906\""));
}

#[test]
fn fonts_are_named_for_chinese_with_what_takes_their_place() {
    let bytes = write_report(&report()).unwrap();
    let styles = part(&bytes, "word/styles.xml");
    for font in ["方正小标宋简体", "黑体", "楷体", "仿宋"] {
        assert!(styles.contains(&format!("w:eastAsia=\"{font}\"")), "{font}");
    }
    let fonts = part(&bytes, "word/fontTable.xml");
    for instead in ["SimSun", "SimHei", "KaiTi", "FangSong"] {
        assert!(fonts.contains(&format!("<w:altName w:val=\"{instead}\"/>")));
    }
}

#[test]
fn the_file_says_what_it_is_and_two_of_one_report_are_equal() {
    let bytes = write_report(&report()).unwrap();
    let again = write_report(&report()).unwrap();
    let elsewhere = std::thread::spawn(|| write_report(&report()).unwrap());
    assert!(bytes == again && bytes == elsewhere.join().unwrap());
    let core = part(&bytes, "docProps/core.xml");
    for said in [
        "<dc:title>软件系防范电信网络诈骗工作总结</dc:title>",
        "<dc:creator>软件系 &amp; 团总支</dc:creator>",
        ">2021-12-26T16:05:00Z<",
    ] {
        assert!(core.contains(said), "{said} is missing in {core}");
    }
}

/// Whether every element of `xml` is closed where it should be.
fn is_well_formed(xml: &str) -> bool {
    let mut open = Vec::new();
    for tag in xml.split('<').skip(1) {
        let Some((tag, _text)) = tag.split_once('>') else {
            return false;
        };
        let name = tag.split(' ').next().unwrap();
        match name.strip_prefix('/') {
            Some(name) if open.pop() != Some(name) => return false,
            Some(_) => {}
            None if tag.ends_with('/') || tag.starts_with('?') => {}
            None => open.push(name),
        }
    }
    open.is_empty()
}

proptest! {
    #![proptest_config(ProptestConfig {
        failure_persistence: None,
        rng_seed: RngSeed::Fixed(2022),
        ..ProptestConfig::default()
    })]

    #[test]
    fn whatever_is_written_the_file_can_be_read(text in any::<String>()) {
        let mut report = report();
        report.unit.clone_from(&text);
        report.signature.clone_from(&text);
        report.sections[1].heading.clone_from(&text);
        report.sections[1].paragraphs.push(paragraph("any", Body::Text(text.clone())));
        report.attachments[0].columns[0].heading.clone_from(&text);
        report.attachments[0].rows[0][0] = Cell::Text(text);
        let bytes = write_report(&report).unwrap();
        let zip = zip::ZipArchive::new(Cursor::new(bytes.as_slice())).unwrap();
        for name in zip.file_names().map(Result::unwrap) {
            let xml = part(&bytes, &name);
            let is_forbidden = |c: char| c.is_control() || matches!(c, '\u{fffe}' | '\u{ffff}');
            prop_assert!(is_well_formed(&xml), "{name}: {xml}");
            prop_assert!(!xml.contains(is_forbidden), "{name}: {xml}");
        }
    }
}
