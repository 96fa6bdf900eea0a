//! 测验成绩 and 题目分析.

use super::students::score;
use super::{Cell, Column, Ledger, Source, words};
use crate::book::Quiz;
use crate::quiz::{self, Bank, ItemAnalysis};

pub(super) fn results(source: &Source<'_>) -> Ledger {
    let headings = [
        ("测验", 18),
        ("题数", 6),
        ("合格线", 8),
        ("寝室", 10),
        ("学号", 16),
        ("姓名", 14),
        ("首测答对", 10),
        ("首测", 8),
        ("补测", 8),
        ("结果", 8),
    ];
    let rows = source
        .book
        .quizzes()
        .flat_map(|quiz| result_rows(source, quiz));
    Ledger {
        name: "测验成绩".to_owned(),
        columns: headings
            .map(|(heading, width)| Column::new(heading, width))
            .into(),
        rows: rows.collect(),
    }
}

fn result_rows(source: &Source<'_>, quiz: Quiz<'_>) -> Vec<Vec<Cell>> {
    let questions = u32::try_from(quiz.paper.questions.len()).unwrap_or(u32::MAX);
    let row = |(no, student): (&crate::ident::StudentNo, &crate::book::Student)| {
        let outcome = quiz.outcome(no);
        let results = outcome.results();
        let first = results.and_then(|results| results.first);
        vec![
            Cell::text(quiz.id.as_str()),
            Cell::Count(questions),
            Cell::ratio(u32::from(quiz.paper.pass_percent), 100),
            Cell::known(student.dorm.get(), |dorm| Cell::text(dorm.as_str())),
            Cell::text(no.as_str()),
            Cell::text(student.name_text()),
            first.map_or(Cell::Empty, |score| Cell::Count(score.right())),
            score(first),
            score(results.and_then(|results| results.retake)),
            Cell::text(words::outcome(&outcome)),
        ]
    };
    source.book.students().map(row).collect()
}

pub(super) fn analysis(source: &Source<'_>) -> Ledger {
    let headings = [
        ("测验", 18),
        ("题号", 16),
        ("题目", 60),
        ("作答人数", 10),
        ("答对", 6),
        ("难度(答对率)", 14),
        ("区分度", 8),
        ("最多的错选", 40),
        ("错选人数", 10),
    ];
    let rows = source.bank.into_iter().flat_map(|bank| {
        source
            .book
            .quizzes()
            .flat_map(|quiz| analysis_rows(bank, quiz))
    });
    Ledger {
        name: "题目分析".to_owned(),
        columns: headings
            .map(|(heading, width)| Column::new(heading, width))
            .into(),
        rows: rows.collect(),
    }
}

fn analysis_rows(bank: &Bank, quiz: Quiz<'_>) -> Vec<Vec<Cell>> {
    let items = quiz::analyse(quiz.paper, bank, &quiz.first_attempts());
    let row = |item: &ItemAnalysis| {
        let question = bank.question(&item.question)?;
        let worst = item.distractor.map(usize::from);
        let worst = worst.and_then(|at| Some((question.options.get(at)?, *item.chosen.get(at)?)));
        Some(vec![
            Cell::text(quiz.id.as_str()),
            Cell::text(question.id.as_str()),
            Cell::text(question.stem.as_str()),
            Cell::Count(item.asked),
            Cell::Count(item.right),
            Cell::ratio(item.right, item.asked),
            Cell::known(item.discrimination, Cell::Number),
            worst.map_or(Cell::Empty, |(option, _)| Cell::text(option.as_str())),
            worst.map_or(Cell::Empty, |(_, chosen)| Cell::Count(chosen)),
        ])
    };
    items.iter().filter_map(row).collect()
}
