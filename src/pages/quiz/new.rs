use std::collections::BTreeSet;
use std::sync::Arc;

use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::{use_navigate, use_query_map};
use wuzha_core::book::{Book, commands};
use wuzha_core::ident::Slug;
use wuzha_core::quiz::{DEFAULT_PASS_PERCENT, PaperError, PaperSpec, Wish};
use wuzha_core::quiz_day::{self, Tally};

use super::bank::{Questions, WithQuestions};
use super::scope::{Scope, ScopeCell};
use crate::app::texts;
use crate::browser::{clock, random};
use crate::components::Sheet;
use crate::shell::{Screen, Tab, Toaster, commit_undoable};
use crate::store::Store;

const COUNTS: [u16; 3] = [10, 20, 30];
const DEFAULT_COUNT: u16 = 20;
const LIMITS: [Option<u16>; 4] = [None, Some(10), Some(20), Some(30)];

/// The quiz that a retake is set for.
#[derive(Clone, PartialEq)]
struct Original {
    id: Slug,
    paper: PaperSpec,
    tally: Tally,
}

/// 发起测验, and 补考 when the address names the quiz to retake.
#[component]
pub(crate) fn NewQuiz() -> impl IntoView {
    let book = expect_context::<Store>().book();
    let named = use_query_map().with_untracked(|query| query.get("retake"));
    let original = named.and_then(|id| book.with_untracked(|book| original(book, &id)));
    let back = match &original {
        Some(original) => format!("/quiz/{}", original.id),
        None => "/quiz".to_owned(),
    };
    let is_retake = original.is_some();
    let title = move || match is_retake {
        true => texts().quiz().set_retake,
        false => texts().quiz().set,
    };
    view! {
        <Screen title back tab=Tab::Quiz>
            <WithQuestions view=move |questions| {
                view! { <Form questions original=original.clone()/> }
            }/>
        </Screen>
    }
}

fn original(book: &Book, id: &str) -> Option<Original> {
    let quiz = book.quiz_of(&Slug::try_from(id).ok()?)?;
    Some(Original {
        id: quiz.id.clone(),
        paper: quiz.paper.clone(),
        tally: Tally::of(book, &quiz),
    })
}

/// What the person has put in so far.
#[derive(Clone, Copy)]
struct Terms {
    count: RwSignal<u16>,
    minutes: RwSignal<Option<u16>>,
    pass: RwSignal<String>,
    seed: RwSignal<String>,
    scope: Scope,
}

/// Why there is no paper yet.
#[derive(Clone, PartialEq)]
enum Fault {
    PassNotANumber,
    SeedNotANumber,
    NoCategory,
    Paper(PaperError),
}

impl Terms {
    fn new(questions: &Questions, original: Option<&PaperSpec>) -> Self {
        let all = BTreeSet::new();
        let pass = original.map_or(DEFAULT_PASS_PERCENT, |paper| paper.pass_percent);
        let count = original.and_then(|paper| u16::try_from(paper.count()).ok());
        let scope = original.map_or(&all, |paper| &paper.categories);
        Self {
            count: RwSignal::new(count.unwrap_or(DEFAULT_COUNT)),
            minutes: RwSignal::new(original.and_then(|paper| paper.minutes)),
            pass: RwSignal::new(pass.to_string()),
            seed: RwSignal::new(random_seed().to_string()),
            scope: Scope::of(&questions.bank, scope),
        }
    }

    fn draw(self, questions: &Questions, retake_of: Option<Slug>) -> Result<PaperSpec, Fault> {
        let wish = Wish {
            seed: number(self.seed).ok_or(Fault::SeedNotANumber)?,
            count: self.count.get(),
            categories: self
                .scope
                .wanted(&questions.bank)
                .ok_or(Fault::NoCategory)?,
            pass_percent: number(self.pass).ok_or(Fault::PassNotANumber)?,
            minutes: self.minutes.get(),
            retake_of,
        };
        PaperSpec::draw(&questions.bank, wish).map_err(Fault::Paper)
    }
}

fn number<N: std::str::FromStr>(text: RwSignal<String>) -> Option<N> {
    text.with(|text| wuzha_core::text::clean(text).parse().ok())
}

/// Without a source of randomness the clock will do: a seed is no secret.
fn random_seed() -> u32 {
    let bytes = random::random_bytes().unwrap_or(clock::now().0.to_le_bytes());
    let [a, b, c, d, ..] = bytes;
    u32::from_le_bytes([a, b, c, d])
}

fn explain(fault: &Fault) -> String {
    let texts = texts().quiz();
    match fault {
        Fault::PassNotANumber => texts.pass_not_a_number.to_owned(),
        Fault::SeedNotANumber => texts.seed_not_a_number.to_owned(),
        Fault::NoCategory => texts.no_category.to_owned(),
        Fault::Paper(error) => (texts.paper_error)(error),
    }
}

#[component]
fn Form(questions: Arc<Questions>, original: Option<Original>) -> impl IntoView {
    let terms = Terms::new(
        &questions,
        original.as_ref().map(|original| &original.paper),
    );
    let retake_of = original.as_ref().map(|original| original.id.clone());
    let drawing = Arc::clone(&questions);
    let drawn = Memo::new(move |_| terms.draw(&drawing, retake_of.clone()));
    let hint = original.map(|original| {
        let missing = original.tally.to_retake();
        view! { <p class="section-note">{(texts().quiz().retake_hint)(missing)}</p> }
    });
    view! {
        {hint}
        <Choices
            label=|| texts().quiz().count
            chosen=terms.count
            choices=with_own(&COUNTS, terms.count.get_untracked())
            name=|n| (texts().quiz().count_option)(n)
        />
        <Choices
            label=|| texts().quiz().minutes
            chosen=terms.minutes
            choices=with_own(&LIMITS, terms.minutes.get_untracked())
            name=|n| (texts().quiz().minutes_option)(n)
        />
        <div class="cells">
            <ScopeCell scope=terms.scope questions=Arc::clone(&questions)/>
            <Field id="pass" label=|| texts().quiz().pass_mark value=terms.pass/>
            <Field id="seed" label=|| texts().quiz().seed value=terms.seed/>
        </div>
        <p class="section-note">{texts().quiz().seed_hint}</p>
        <div role="alert">
            {move || drawn.with(|drawn| drawn.as_ref().err().map(|fault| view! {
                <p class="section-note field__error">{explain(fault)}</p>
            }))}
        </div>
        <Decide drawn questions/>
    }
}

/// The usual choices, and the one that an original brought along.
fn with_own<T: Copy + Ord>(usual: &[T], own: T) -> Vec<T> {
    let choices: BTreeSet<T> = usual.iter().copied().chain([own]).collect();
    choices.into_iter().collect()
}

/// One of a few.
#[component]
fn Choices<T: Copy + PartialEq + Send + Sync + 'static>(
    label: fn() -> &'static str,
    chosen: RwSignal<T>,
    choices: Vec<T>,
    name: fn(T) -> String,
) -> impl IntoView {
    let button = move |choice: T| {
        view! {
            <button
                class="segmented__item"
                aria-current=move || (chosen.get() == choice).then_some("true")
                on:click=move |_| chosen.set(choice)
            >
                {move || name(choice)}
            </button>
        }
    };
    view! {
        <h2 class="section-title">{label()}</h2>
        <div class="segmented" role="group" aria-label=label>
            {choices.into_iter().map(button).collect_view()}
        </div>
    }
}

#[component]
fn Field(id: &'static str, label: fn() -> &'static str, value: RwSignal<String>) -> impl IntoView {
    view! {
        <div class="field">
            <label class="field__label" for=id>{label()}</label>
            <input
                id=id
                class="field__input num"
                inputmode="numeric"
                autocomplete="off"
                prop:value=move || value.get()
                on:input=move |event| value.set(event_target_value(&event))
            />
        </div>
    }
}

/// 预览题目 and 发起测验.
#[component]
fn Decide(drawn: Memo<Result<PaperSpec, Fault>>, questions: Arc<Questions>) -> impl IntoView {
    let preview = RwSignal::new(false);
    let blocked = move || drawn.with(Result::is_err);
    let set = set_quiz();
    let stems = move || {
        drawn.with(|drawn| {
            let paper = drawn.as_ref().ok();
            let ids = paper.into_iter().flat_map(|paper| &paper.questions);
            let stem = |id| Some(questions.bank.question(id)?.stem.clone());
            ids.filter_map(stem).collect::<Vec<_>>()
        })
    };
    view! {
        <div class="btn-bar">
            <button class="btn btn_default" disabled=blocked on:click=move |_| preview.set(true)>
                {texts().quiz().preview}
            </button>
            <button
                class="btn btn_primary"
                disabled=blocked
                on:click=move |_| {
                    if let Ok(paper) = drawn.get_untracked() {
                        set(&paper);
                    }
                }
            >
                {texts().quiz().set}
            </button>
        </div>
        <Sheet open=preview title=texts().quiz().preview>
            // Focusable, so that the keyboard can scroll it.
            <ol class="steps" tabindex="0">
                {stems().into_iter().map(|stem| view! { <li>{stem}</li> }).collect_view()}
            </ol>
        </Sheet>
    }
}

/// Writes the paper and goes to its page.
fn set_quiz() -> impl Fn(&PaperSpec) + Clone {
    let toaster = expect_context::<Toaster>();
    let navigate = use_navigate();
    move |paper| {
        let Some(id) = quiz_day::paper_id(clock::now(), clock::offset()) else {
            toaster.say(texts().quiz().clock_wrong);
            return;
        };
        commit_undoable(commands::set_paper(&id, paper), texts().quiz().was_set);
        // Back leads to the list rather than to a second paper.
        let replace = NavigateOptions {
            replace: true,
            ..NavigateOptions::default()
        };
        navigate(&format!("/quiz/{id}"), replace);
    }
}
