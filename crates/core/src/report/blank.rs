//! Blanks: 【请填写：…】, for what the book does not know.

const OPENING: &str = "【请填写：";
const CLOSING: char = '】';

/// A part of a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Piece<'a> {
    /// Text that stays as it is.
    Words(&'a str),
    /// A blank with its marks, to be filled in before the report is handed in.
    Blank(&'a str),
}

/// `text` cut at its blanks; the pieces together are `text`.
pub fn pieces(text: &str) -> impl Iterator<Item = Piece<'_>> {
    let mut rest = text;
    std::iter::from_fn(move || {
        let (piece, after) = first_piece(rest)?;
        rest = after;
        Some(piece)
    })
}

/// How many blanks `text` has.
pub(super) fn count(text: &str) -> usize {
    let is_blank = |piece: &Piece<'_>| matches!(piece, Piece::Blank(_));
    pieces(text).filter(is_blank).count()
}

/// A blank that asks for `what`.
pub(super) fn blank(what: &str) -> String {
    format!("{OPENING}{what}{CLOSING}")
}

/// `text`, or a blank that asks for `what` where there is none.
pub(super) fn or_blank(text: &str, what: &str) -> String {
    match text.trim() {
        "" => blank(what),
        text => text.to_owned(),
    }
}

fn first_piece(text: &str) -> Option<(Piece<'_>, &str)> {
    if text.is_empty() {
        return None;
    }
    let words = |end| Some((Piece::Words(text.get(..end)?), text.get(end..)?));
    match text.find(OPENING) {
        Some(0) => match text.find(CLOSING).map(|at| at + CLOSING.len_utf8()) {
            Some(end) => Some((Piece::Blank(text.get(..end)?), text.get(end..)?)),
            // Somebody deleted its end: it still asks to be filled in.
            None => Some((Piece::Blank(text), "")),
        },
        Some(start) => words(start),
        None => words(text.len()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_cut_at_its_blanks() {
        use Piece::{Blank, Words};
        for (text, expected) in [
            ("", &[][..]),
            ("全部完成。", &[Words("全部完成。")]),
            ("【请填写：甲】", &[Blank("【请填写：甲】")]),
            (
                "前【请填写：甲】中【请填写：乙】后",
                &[
                    Words("前"),
                    Blank("【请填写：甲】"),
                    Words("中"),
                    Blank("【请填写：乙】"),
                    Words("后"),
                ],
            ),
            ("注【不填】】", &[Words("注【不填】】")]),
            ("前【请填写：甲", &[Words("前"), Blank("【请填写：甲")]),
        ] {
            let found: Vec<Piece<'_>> = pieces(text).collect();
            assert_eq!(found, expected, "{text}");
        }
    }
}
