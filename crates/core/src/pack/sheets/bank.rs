//! 题库: a row a question.

use super::items::id;
use super::line::{Columns, Heading, ID, Line, ledger as sheet};
use super::new_id::{Given, Ids};
use super::words::{DIFFICULTIES, KINDS, word};
use super::{QUESTIONS, SheetFault, WrongCell};
use crate::ident::Slug;
use crate::ledger::{Cell, Ledger};
use crate::pack::fault::{MAX_EXPLANATION, MAX_OPTION, MAX_SOURCE, MAX_STEM};
use crate::quiz::{Bank, Category, Choice, Fault, Question, Source};
use crate::roster::Table;
use crate::text;

const CATEGORY: &str = "类别";
const KIND: &str = "题型";
const DIFFICULTY: &str = "难度";
const STEM: &str = "题干";
const ANSWER: &str = "正确答案";
const EXPLANATION: &str = "解析";
const LAW: &str = "法律编号";
const ARTICLE: &str = "条";
const GUIDE: &str = "依据说明";
const OPTIONS: [(&str, char); 6] = [
    ("选项A", 'A'),
    ("选项B", 'B'),
    ("选项C", 'C'),
    ("选项D", 'D'),
    ("选项E", 'E'),
    ("选项F", 'F'),
];

const HEADINGS: [Heading; 16] = [
    (ID, 18),
    (CATEGORY, 18),
    (KIND, 6),
    (DIFFICULTY, 6),
    (STEM, 60),
    ("选项A", 24),
    ("选项B", 24),
    ("选项C", 24),
    ("选项D", 24),
    ("选项E", 12),
    ("选项F", 12),
    (ANSWER, 10),
    (EXPLANATION, 60),
    (LAW, 10),
    (ARTICLE, 8),
    (GUIDE, 40),
];

pub(super) fn ledger(bank: &Bank) -> Ledger {
    let rows = bank.listed().map(|question| row(bank, question));
    sheet(QUESTIONS, &HEADINGS, rows.collect())
}

fn row(bank: &Bank, question: &Question) -> Vec<Cell> {
    let category = bank.categories().iter();
    let category = category.clone().find(|of| of.id == question.category);
    let mut row = vec![
        Cell::text(question.id.as_str()),
        Cell::text(category.map_or("", |category| category.title.as_str())),
        Cell::text(word(&KINDS, question.kind)),
        Cell::text(word(&DIFFICULTIES, question.difficulty)),
        Cell::text(&question.stem),
    ];
    let options = question.options.iter().map(Cell::text);
    let blank = std::iter::repeat(Cell::Empty);
    row.extend(options.chain(blank).take(OPTIONS.len()));
    let letter = |at: &u8| OPTIONS.get(usize::from(*at)).map(|(_, letter)| letter);
    let letters: String = question.answer.iter().filter_map(letter).collect();
    row.extend([Cell::text(letters), Cell::text(&question.explanation)]);
    row.extend(match &question.source {
        Source::Law { law, article } => [Cell::text(law), Cell::text(article), Cell::Empty],
        Source::Guide { guide } => [Cell::Empty, Cell::Empty, Cell::text(guide)],
    });
    row
}

/// The bank of the table, one version up where a question is another than in `base`.
pub(super) fn read(table: &Table, base: &Bank, faults: &mut Vec<SheetFault>) -> Option<Bank> {
    let (columns, rows) = Columns::find(QUESTIONS, &HEADINGS, table, faults)?;
    let mut ids = Ids::of(columns.lines(rows));
    let mut given = Given::default();
    let mut questions = Vec::new();
    for line in columns.lines(rows) {
        match question(&line, base.categories(), &mut ids, &mut given) {
            Ok(question) => questions.push(question),
            Err(fault) => faults.push(fault),
        }
    }
    let is_same = base.listed().eq(&questions);
    let version = base.version().saturating_add(u32::from(!is_same));
    // Each question was looked at, with its row; what `new` could still say was said.
    Bank::new(version, base.categories().to_vec(), questions).ok()
}

fn question(
    line: &Line<'_>,
    categories: &[Category],
    ids: &mut Ids,
    given: &mut Given,
) -> Result<Question, SheetFault> {
    let category = category(line, categories)?;
    let stem = line.text(STEM, MAX_STEM)?;
    let options = options(line)?;
    let question = Question {
        id: id(line, category.as_str(), &stem, ids, given)?,
        category,
        kind: line.word(KIND, &KINDS)?,
        difficulty: line.word(DIFFICULTY, &DIFFICULTIES)?,
        stem,
        answer: answer(line, options.len())?,
        options,
        explanation: line.text(EXPLANATION, MAX_EXPLANATION)?,
        source: source(line)?,
    };
    let column = |fault: &Fault| match fault {
        Fault::Options(_) => KIND,
        _ => ANSWER,
    };
    let checked = question.check();
    checked.map_err(|fault| line.fault(column(&fault), WrongCell::Question(fault)))?;
    Ok(question)
}

/// By its title; whoever knows its id may write that.
fn category(line: &Line<'_>, categories: &[Category]) -> Result<Slug, SheetFault> {
    let found = line.cell(CATEGORY);
    let is_it = |of: &&Category| of.title == found || of.id.as_str() == found;
    if let Some(category) = categories.iter().find(is_it) {
        return Ok(category.id.clone());
    }
    let titles: Vec<&str> = categories.iter().map(|of| of.title.as_str()).collect();
    let allowed = titles.join("、");
    Err(line.fault(CATEGORY, WrongCell::Word { found, allowed }))
}

fn options(line: &Line<'_>) -> Result<Vec<String>, SheetFault> {
    let mut options = Vec::new();
    let mut gap = false;
    for (heading, _) in OPTIONS {
        if line.cell(heading).is_empty() {
            gap = true;
        } else if gap {
            return Err(line.fault(heading, WrongCell::Gap));
        } else {
            options.push(line.text(heading, MAX_OPTION)?);
        }
    }
    Ok(options)
}

/// `B`, `ACD`, `A、C`.
fn answer(line: &Line<'_>, options: usize) -> Result<Choice, SheetFault> {
    let letters = text::clean(&line.cell(ANSWER)).to_uppercase();
    let is_between = |c: &char| " ,、;".contains(*c);
    let mut answer = Choice::new();
    for letter in letters.chars().filter(|c| !is_between(c)) {
        let known = OPTIONS.iter().take(options);
        let at = known.clone().position(|(_, of)| *of == letter);
        let at = at.and_then(|at| u8::try_from(at).ok());
        let at = at.ok_or_else(|| line.fault(ANSWER, WrongCell::Answer(letter)))?;
        if !answer.insert(at) {
            return Err(line.fault(ANSWER, WrongCell::Question(Fault::RepeatedAnswer(at))));
        }
    }
    Ok(answer)
}

fn source(line: &Line<'_>) -> Result<Source, SheetFault> {
    let is_blank = |heading| line.cell(heading).is_empty();
    match (is_blank(LAW), is_blank(ARTICLE), is_blank(GUIDE)) {
        (false, false, true) => Ok(Source::Law {
            law: line.text(LAW, MAX_SOURCE)?,
            article: line.text(ARTICLE, MAX_SOURCE)?,
        }),
        (true, true, false) => Ok(Source::Guide {
            guide: line.text(GUIDE, MAX_SOURCE)?,
        }),
        _ => Err(line.fault(GUIDE, WrongCell::Source)),
    }
}
