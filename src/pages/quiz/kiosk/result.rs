use std::sync::Arc;

use leptos::prelude::*;
use wuzha_core::ident::StudentNo;
use wuzha_core::laws;
use wuzha_core::quiz::{Attempt, Choice, Marked as Answered, Question, Source, mark};

use super::options::kind_label;
use super::{Round, Step, student_label};
use crate::app::texts;
use crate::pages::quiz::bank::Questions;
use crate::store::Store;

/// The student's own result, and what is to be learnt from it: the wrong ones first. Nobody else's is
/// ever shown here.
#[component]
pub(super) fn Marked(round: Round, no: StudentNo, attempt: Attempt) -> impl IntoView {
    let book = expect_context::<Store>().book();
    let student = book.with_untracked(|book| student_label(book, &no));
    let questions = round.questions();
    let paper = round.paper();
    let marked = mark(&paper, &questions.bank, &attempt.answers);
    let (known, to_learn): (Vec<_>, Vec<_>) = marked
        .questions
        .into_iter()
        .partition(|(_, answered)| *answered == Answered::Right);
    let explain = |list: Vec<(_, Answered)>| {
        let items = list.into_iter().filter_map(|(id, answered)| {
            let question = questions.bank.question(&id)?.clone();
            let chosen = attempt.answers.chosen(&id).cloned().unwrap_or_default();
            let questions = Arc::clone(&questions);
            Some(view! { <Explained question chosen answered questions/> })
        });
        items.collect_view()
    };
    let (to_learn_count, known_count) = (to_learn.len(), known.len());
    let to_learn = (to_learn_count > 0).then(|| {
        view! {
            <h2 class="section-title">{(texts().quiz().kiosk.to_learn)(to_learn_count)}</h2>
            <ol class="stack_lg">{explain(to_learn)}</ol>
        }
    });
    let known = (known_count > 0).then(|| {
        view! {
            <h2 class="section-title">{(texts().quiz().kiosk.known)(known_count)}</h2>
            <ol class="stack_lg">{explain(known)}</ol>
        }
    });
    let score = marked.score;
    let pass = paper.pass_percent;
    view! {
        <header class="result">
            <p class="muted">{student}</p>
            <p class="result__value">{score.right()}<small>{format!("/{}", score.of())}</small></p>
            <Verdict passed=marked.passed pass/>
        </header>
        <div class="kiosk__bd">{to_learn} {known}</div>
        <div class="btn-bar">
            <button class="btn btn_primary btn_large" on:click=move |_| round.go(Step::Choose)>
                {texts().quiz().kiosk.next_student}
            </button>
        </div>
    }
}

#[component]
fn Verdict(passed: bool, pass: u8) -> impl IntoView {
    let class = if passed {
        "kiosk__title ok"
    } else {
        "kiosk__title bad"
    };
    let verdict = move || match passed {
        true => texts().quiz().kiosk.passed,
        false => texts().quiz().kiosk.failed,
    };
    let text = move || match passed {
        true => (texts().quiz().kiosk.passed_text)(pass),
        false => (texts().quiz().kiosk.failed_text)(pass),
    };
    view! {
        <h1 class=class>{verdict}</h1>
        <p>{text}</p>
    }
}

/// A question with what was chosen, what is right, and why.
#[component]
fn Explained(
    question: Question,
    chosen: Choice,
    answered: Answered,
    questions: Arc<Questions>,
) -> impl IntoView {
    let Question {
        stem,
        kind,
        options,
        answer,
        explanation,
        source,
        ..
    } = question;
    let option = |(at, text): (u8, String)| {
        let (class, remark) = remark(&answer, &chosen, at)?;
        Some(view! {
            <li class=class>
                <span class="option__key" aria-hidden="true"></span>
                <span class="option__text">
                    {text}
                    <span class="cell__desc">{move || remark()}</span>
                </span>
            </li>
        })
    };
    let rows: Vec<_> = (0..=u8::MAX).zip(options).filter_map(option).collect();
    let blank = (answered == Answered::Blank).then(|| {
        view! {
            <p class="muted small">{texts().quiz().kiosk.left_blank}</p>
        }
    });
    let source = cite(&source, &questions);
    view! {
        <li>
            <h3 class="question">
                <span class="chip">{move || kind_label(kind)}</span> " " {stem}
            </h3>
            {blank}
            <ul class="options">{rows}</ul>
            <div class="explanation">
                <p class="explanation__title">{texts().quiz().kiosk.explanation}</p>
                <p>{explanation}</p>
                <p class="muted small">{(texts().quiz().kiosk.source)(&source)}</p>
            </div>
        </li>
    }
}

/// A text in the language in use.
type Label = fn() -> &'static str;

/// How an option is drawn and what is said of it; `None` for those that were rightly left alone.
fn remark(answer: &Choice, chosen: &Choice, at: u8) -> Option<(&'static str, Label)> {
    match (answer.contains(&at), chosen.contains(&at)) {
        (true, true) => Some(("option option_right", || texts().quiz().kiosk.chosen_right)),
        (true, false) => Some(("option option_right", || texts().quiz().kiosk.right_option)),
        (false, true) => Some(("option option_wrong", || texts().quiz().kiosk.wrong_option)),
        (false, false) => None,
    }
}

/// `《反电信网络诈骗法》第31条`, or the guide in its own words.
fn cite(source: &Source, questions: &Questions) -> String {
    match source {
        Source::Law { law, article } => {
            let title = questions.laws.title(law).unwrap_or(law);
            format!("《{title}》{}", laws::article(article))
        }
        Source::Guide { guide } => guide.clone(),
    }
}
