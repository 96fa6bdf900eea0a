use std::sync::Arc;

use leptos::prelude::*;
use wuzha_core::book::Book;
use wuzha_core::ident::Slug;
use wuzha_core::quiz::{self, Bank, ItemAnalysis, Question, TOO_FEW};
use wuzha_core::quiz_day::{self, Topic};

use super::bank::{Questions, WithQuestions};
use super::{Gone, id_in_address, paper_named, set_at};
use crate::app::texts;
use crate::shell::{Screen, Tab};
use crate::store::Store;

/// Below this a question tells hardly anything about who knows the subject (Ebel's usual limit).
const TELLING: f64 = 0.2;

/// What the answers say about a quiz's questions.
#[derive(Clone, PartialEq)]
struct Analysed {
    attempts: usize,
    /// The hardest first.
    items: Vec<ItemAnalysis>,
    /// The least known first.
    topics: Vec<Topic>,
    not_in_bank: usize,
}

/// 题目分析: what to explain again. No names.
#[component]
pub(crate) fn Analysis() -> impl IntoView {
    let book = expect_context::<Store>().book();
    let id = id_in_address();
    let quiz = Memo::new(move |_| {
        let id = id.get();
        book.with(|book| Some(book.quiz_of(&paper_named(book, &id)?)?.id.clone()))
    });
    move || match quiz.get() {
        Some(id) => view! { <Report id/> }.into_any(),
        None => view! { <Gone/> }.into_any(),
    }
}

#[component]
fn Report(id: Slug) -> impl IntoView {
    let back = format!("/quiz/{id}");
    let when = set_at(&id);
    view! {
        <Screen title=texts().quiz().analysis back tab=Tab::Quiz>
            <p class="section-note num">{when}</p>
            <WithQuestions view=move |questions| {
                view! { <Found id=id.clone() questions/> }
            }/>
        </Screen>
    }
}

#[component]
fn Found(id: Slug, questions: Arc<Questions>) -> impl IntoView {
    let book = expect_context::<Store>().book();
    let bank = Arc::clone(&questions);
    let analysed = Memo::new(move |_| book.with(|book| analyse(book, &id, &bank.bank)));
    move || match analysed.get() {
        Some(analysed) if analysed.attempts > 0 => {
            view! { <Tables analysed questions=Arc::clone(&questions)/> }.into_any()
        }
        _ => view! {
            <div class="empty empty_card">
                <p class="empty__title">{texts().quiz().no_answers}</p>
                <p>{texts().quiz().no_answers_next}</p>
            </div>
        }
        .into_any(),
    }
}

fn analyse(book: &Book, id: &Slug, bank: &Bank) -> Option<Analysed> {
    let quiz = book.quiz_of(id)?;
    let attempts = quiz.first_attempts();
    let mut items = quiz::analyse(quiz.paper, bank, &attempts);
    items.sort_by(|a, b| a.difficulty().total_cmp(&b.difficulty()));
    Some(Analysed {
        attempts: attempts.len(),
        topics: quiz_day::topics(bank, &items),
        not_in_bank: quiz.paper.count().saturating_sub(items.len()),
        items,
    })
}

#[component]
fn Tables(analysed: Analysed, questions: Arc<Questions>) -> impl IntoView {
    let Analysed {
        attempts,
        items,
        topics,
        not_in_bank,
    } = analysed;
    let unknown = (not_in_bank > 0).then(|| {
        view! { <p class="section-note">{(texts().quiz().not_in_bank)(not_in_bank)}</p> }
    });
    let rows = items.into_iter().filter_map(|item| {
        let question = questions.bank.question(&item.question)?.clone();
        Some(view! { <Item item question/> })
    });
    let rows: Vec<_> = rows.collect();
    view! {
        <Topics topics questions=Arc::clone(&questions)/>
        <h2 class="section-title">{texts().quiz().questions}</h2>
        <p class="section-note">{(texts().quiz().questions_note)(attempts)}</p>
        {(attempts < TOO_FEW).then(|| view! {
            <p class="section-note">{(texts().quiz().too_few)(TOO_FEW)}</p>
        })}
        <ol class="stack">{rows}</ol>
        {unknown}
    }
}

/// How well each category is known.
#[component]
fn Topics(topics: Vec<Topic>, questions: Arc<Questions>) -> impl IntoView {
    let row = |topic: Topic| {
        let categories = questions.bank.categories();
        let category = categories
            .iter()
            .find(|category| category.id == topic.category);
        let score = topic.score;
        view! {
            <li>
                <span>{category.map(|category| category.title.clone())}</span>
                <Bar permille=score.permille()/>
                <span class="bars__value">{format!("{}/{}", score.right(), score.of())}</span>
            </li>
        }
    };
    let rows = topics.into_iter().map(row).collect_view();
    view! {
        <h2 class="section-title">{texts().quiz().topics}</h2>
        <ul class="card bars">{rows}</ul>
        <p class="section-note">{texts().quiz().topics_note}</p>
    }
}

/// A share as a bar; the number stands beside it.
#[component]
fn Bar(permille: u32) -> impl IntoView {
    view! {
        <svg viewBox="0 0 1000 8" preserveAspectRatio="none" aria-hidden="true">
            <rect width=permille.to_string() height="8"></rect>
        </svg>
    }
}

#[component]
fn Item(item: ItemAnalysis, question: Question) -> impl IntoView {
    let ItemAnalysis {
        asked,
        right,
        blank,
        discrimination,
        ..
    } = item;
    let permille = (right * 1000).checked_div(asked).unwrap_or(0);
    let wrong = item.distractor.map(usize::from);
    let wrong =
        wrong.and_then(|at| Some((question.options.get(at)?.clone(), *item.chosen.get(at)?)));
    view! {
        <li class="card stack">
            <p>{question.stem}</p>
            <div class="bars">
                <div>
                    <span>{(texts().quiz().right_of)(right, asked)}</span>
                    <Bar permille/>
                    <span class="bars__value">{format!("{}%", permille / 10)}</span>
                </div>
            </div>
            <p class="row small muted num">
                {discrimination.map(|d| view! { <Discrimination d/> })}
                {(blank > 0).then(|| view! { <span>{(texts().quiz().blank)(blank)}</span> })}
            </p>
            {wrong.map(|(option, n)| view! {
                <p class="small">{(texts().quiz().distractor)(n, &option)}</p>
            })}
        </li>
    }
}

#[component]
fn Discrimination(d: f64) -> impl IntoView {
    let remark: Option<(_, fn() -> &'static str)> = match d {
        d if d < 0.0 => Some(("chip chip_bad", || texts().quiz().misleading)),
        d if d < TELLING => Some(("chip chip_warn", || texts().quiz().tells_little)),
        _ => None,
    };
    view! {
        <span>{(texts().quiz().discrimination)(d)}</span>
        {remark.map(|(class, text)| view! { <span class=class>{move || text()}</span> })}
    }
}
