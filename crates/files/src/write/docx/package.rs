//! The package: all parts of the file, and the ZIP around them.

use wuzha_core::report::Report;
use wuzha_core::time::UtcOffset;
use zip::result::ZipResult;

use super::xml::escaped;
use super::{document, style};
use crate::backup::write_zip;

/// What the prefixes of elements stand for.
pub(super) const NAMESPACES: &str = r#"xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships""#;

const DECLARATION: &str = r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>"#;
const RELATIONSHIPS: &str = "http://schemas.openxmlformats.org/package/2006/relationships";
const OFFICE: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const WORD: &str = "application/vnd.openxmlformats-officedocument.wordprocessingml";
const CORE: &str = "http://schemas.openxmlformats.org/package/2006";

pub(super) fn packed(report: &Report) -> ZipResult<Vec<u8>> {
    let parts = [
        ("[Content_Types].xml", content_types()),
        ("_rels/.rels", relationships_of_package()),
        ("docProps/core.xml", properties(report)),
        ("word/_rels/document.xml.rels", relationships_of_document()),
        ("word/document.xml", document::part(report)),
        ("word/styles.xml", style::styles()),
        ("word/fontTable.xml", style::fonts()),
        ("word/settings.xml", settings()),
        ("word/footer.xml", document::footer()),
    ];
    let parts = parts.map(|(name, part)| (name, format!("{DECLARATION}{part}")));
    let parts = parts.each_ref().map(|(name, part)| (*name, part.as_str()));
    write_zip(&parts)
}

fn content_types() -> String {
    let parts = [
        ("word/document.xml", format!("{WORD}.document.main+xml")),
        ("word/styles.xml", format!("{WORD}.styles+xml")),
        ("word/fontTable.xml", format!("{WORD}.fontTable+xml")),
        ("word/settings.xml", format!("{WORD}.settings+xml")),
        ("word/footer.xml", format!("{WORD}.footer+xml")),
        (
            "docProps/core.xml",
            "application/vnd.openxmlformats-package.core-properties+xml".to_owned(),
        ),
    ];
    let parts =
        parts.map(|(name, kind)| format!(r#"<Override PartName="/{name}" ContentType="{kind}"/>"#));
    let parts = parts.concat();
    format!(
        r#"<Types xmlns="{CORE}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>{parts}</Types>"#
    )
}

fn relationships_of_package() -> String {
    relationships(&[
        (
            "document",
            format!("{OFFICE}/officeDocument"),
            "word/document.xml",
        ),
        (
            "properties",
            format!("{RELATIONSHIPS}/metadata/core-properties"),
            "docProps/core.xml",
        ),
    ])
}

fn relationships_of_document() -> String {
    relationships(&[
        ("styles", format!("{OFFICE}/styles"), "styles.xml"),
        ("fonts", format!("{OFFICE}/fontTable"), "fontTable.xml"),
        ("settings", format!("{OFFICE}/settings"), "settings.xml"),
        ("footer", format!("{OFFICE}/footer"), "footer.xml"),
    ])
}

fn relationships(parts: &[(&str, String, &str)]) -> String {
    let parts = parts.iter().map(|(id, kind, target)| {
        format!(r#"<Relationship Id="{id}" Type="{kind}" Target="{target}"/>"#)
    });
    let parts: String = parts.collect();
    format!(r#"<Relationships xmlns="{RELATIONSHIPS}">{parts}</Relationships>"#)
}

/// Made at the cut-off rather than now: two files of one report are equal.
fn properties(report: &Report) -> String {
    let minute = report.cutoff.to_minute_text(UtcOffset(0)).replace(' ', "T");
    let date = |what| {
        format!(r#"<dcterms:{what} xsi:type="dcterms:W3CDTF">{minute}:00Z</dcterms:{what}>"#)
    };
    let dates = match minute.is_empty() {
        true => String::new(),
        false => ["created", "modified"].map(date).concat(),
    };
    let title = escaped(&format!("{}{}", report.unit, report.title));
    let creator = escaped(&report.signature);
    format!(
        r#"<cp:coreProperties xmlns:cp="{CORE}/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><dc:title>{title}</dc:title><dc:creator>{creator}</dc:creator>{dates}<dc:language>zh-CN</dc:language></cp:coreProperties>"#
    )
}

/// Without the mode Word opens the file as one of its 2007 edition.
fn settings() -> String {
    format!(
        r#"<w:settings {NAMESPACES}><w:compat><w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" w:val="15"/></w:compat><w:themeFontLang w:val="en-US" w:eastAsia="zh-CN"/></w:settings>"#
    )
}
