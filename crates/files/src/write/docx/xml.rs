//! Text in XML.

use wuzha_core::report::{Piece, pieces};

use super::style::Style;

/// `text` as it stands between tags and in attributes.
pub(super) fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars().filter(|c| is_allowed(*c)) {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            c => out.push(c),
        }
    }
    out
}

/// One character that XML cannot hold, pasted in, would make the file unreadable.
fn is_allowed(c: char) -> bool {
    !c.is_control() && !matches!(c, '\u{fffe}' | '\u{ffff}')
}

/// A paragraph of `runs`.
pub(super) fn paragraph(style: Style, runs: &str) -> String {
    paragraph_with(style, "", runs)
}

/// A paragraph of `runs` with further properties besides its style.
pub(super) fn paragraph_with(style: Style, properties: &str, runs: &str) -> String {
    let id = style.id();
    format!(r#"<w:p><w:pPr><w:pStyle w:val="{id}"/>{properties}</w:pPr>{runs}</w:p>"#)
}

/// A paragraph for each line of `text` that is not empty.
pub(super) fn lines(text: &str, style: Style) -> String {
    let lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
    lines.map(|line| paragraph(style, &runs(line))).collect()
}

/// `text` with its blanks marked.
pub(super) fn runs(text: &str) -> String {
    let run = |piece| match piece {
        Piece::Words(words) => run("", words),
        Piece::Blank(blank) => run(r#"<w:highlight w:val="yellow"/>"#, blank),
    };
    pieces(text).map(run).collect()
}

/// `text` with the given look; a line break in it stays one.
pub(super) fn run(look: &str, text: &str) -> String {
    let lines = text.split('\n').map(|line| {
        let line = escaped(line);
        format!(r#"<w:t xml:space="preserve">{line}</w:t>"#)
    });
    let lines: Vec<String> = lines.collect();
    let look = match look {
        "" => String::new(),
        look => format!("<w:rPr>{look}</w:rPr>"),
    };
    format!("<w:r>{look}{}</w:r>", lines.join("<w:br/>"))
}
