//! 测验作答: each question of each attempt, with what was chosen and how it was marked.

use super::ledger as table;
use crate::book::About;
use crate::history::words;
use crate::ident::Slug;
use crate::ledger::{Cell, Ledger, Source};
use crate::log::Registers;
use crate::quiz::{Attempt, Marked, Mode, Question};

/// The attempts among `registers`, which are one student's.
pub(super) fn ledger(source: &Source<'_>, registers: &Registers) -> Ledger {
    let rows = registers.iter().flat_map(|(key, heads)| {
        let about = About::of(key);
        let attempts = heads.iter();
        let attempts = attempts.filter_map(|head| Attempt::from_value(&head.value));
        let rows = attempts.map(|attempt| match &about {
            About::Attempt { paper, nth, .. } => Sitting {
                source,
                paper,
                nth: *nth,
                attempt: &attempt,
            }
            .rows(),
            _ => Vec::new(),
        });
        rows.flatten().collect::<Vec<_>>()
    });
    let headings = [
        ("题卷", 22),
        ("次数", 6),
        ("开始", 17),
        ("交卷", 17),
        ("得分", 8),
        ("方式", 12),
        ("题号", 18),
        ("题目", 50),
        ("所选", 40),
        ("判定", 8),
    ];
    table("测验作答", &headings, rows.collect())
}

/// One attempt and where it belongs.
struct Sitting<'a> {
    source: &'a Source<'a>,
    paper: &'a Slug,
    nth: u32,
    attempt: &'a Attempt,
}

impl Sitting<'_> {
    /// In the paper's order; without the paper, those that were answered.
    fn rows(&self) -> Vec<Vec<Cell>> {
        let questions: Vec<&Slug> = match self.source.book.paper(self.paper) {
            Some(paper) => paper.questions.iter().collect(),
            None => self.attempt.answers.questions().collect(),
        };
        questions.into_iter().map(|id| self.row(id)).collect()
    }

    fn row(&self, id: &Slug) -> Vec<Cell> {
        let attempt = self.attempt;
        let question = self.source.bank.and_then(|bank| bank.question(id));
        let about = About::Paper(self.paper.clone());
        vec![
            Cell::text(words::item(&about, self.source.pack)),
            Cell::Count(self.nth),
            Cell::Time(attempt.started),
            attempt.finished.map_or(Cell::text("未交卷"), Cell::Time),
            Cell::ratio(attempt.score.right(), attempt.score.of()),
            Cell::text(mode(attempt.mode)),
            Cell::text(id.as_str()),
            Cell::known(question, |question| Cell::text(question.stem.as_str())),
            self.chosen(id, question),
            Cell::known(question, |question| {
                Cell::text(marked(attempt.answers.marked(question)))
            }),
        ]
    }

    /// The texts of the options; their positions in the bank where it does not have the question.
    fn chosen(&self, id: &Slug, question: Option<&Question>) -> Cell {
        let Some(chosen) = self.attempt.answers.chosen(id) else {
            return Cell::Empty;
        };
        let option = |at: &u8| {
            let text = question.and_then(|question| question.options.get(usize::from(*at)));
            text.map_or_else(|| format!("选项 {}", u32::from(*at) + 1), String::clone)
        };
        let options: Vec<String> = chosen.iter().map(option).collect();
        Cell::text(options.join("；"))
    }
}

fn mode(mode: Mode) -> &'static str {
    match mode {
        Mode::Kiosk => "轮流作答",
        Mode::Own => "本人手机",
    }
}

fn marked(marked: Marked) -> &'static str {
    match marked {
        Marked::Right => "对",
        Marked::Wrong => "错",
        Marked::Blank => "未答",
    }
}
