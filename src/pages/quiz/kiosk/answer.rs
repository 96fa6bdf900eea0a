use std::time::Duration;

use leptos::prelude::*;
use wuzha_core::book::commands;
use wuzha_core::ident::Slug;
use wuzha_core::quiz::{Attempt, Mode, mark};
use wuzha_core::quiz_day;
use wuzha_core::time::UnixMillis;

use super::draft::Draft;
use super::options::Asked;
use super::{Round, Step};
use crate::app::texts;
use crate::browser::clock;
use crate::components::{Ask, Sheet};
use crate::store::Store;

/// What becomes of the answers.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Handing {
    /// Still being answered.
    Open,
    /// On the way to the disk.
    Saving,
    /// Not on the disk; the draft is kept.
    Failed,
}

/// One sitting: its draft, its time, and what becomes of it.
#[derive(Clone, Copy)]
struct Sitting {
    round: Round,
    draft: RwSignal<Draft>,
    handing: RwSignal<Handing>,
    store: Store,
    deadline: Option<UnixMillis>,
    now: RwSignal<UnixMillis>,
}

impl Sitting {
    /// How many questions there are.
    fn of(self) -> usize {
        self.round.paper.with_value(|paper| paper.count())
    }

    fn blanks(self) -> usize {
        self.of()
            .saturating_sub(self.draft.with(|draft| draft.answers.count()))
    }

    /// Milliseconds left; `None` without a time limit.
    fn left(self) -> Option<u64> {
        let deadline = self.deadline?;
        Some(deadline.0.saturating_sub(self.now.get().0))
    }

    fn time_is_up(self) -> bool {
        self.left() == Some(0)
    }

    fn question(self, at: usize) -> Option<Slug> {
        self.round
            .paper
            .with_value(|paper| paper.questions.get(at).cloned())
    }

    fn show(self, at: usize) {
        self.draft.update(|draft| draft.at = at);
        window().scroll_to_with_x_and_y(0.0, 0.0);
    }

    /// The draft as it is marked and stored. It was over when the time was up, however late the phone
    /// noticed.
    fn attempt(self) -> Attempt {
        let draft = self.draft.get_untracked();
        let questions = self.round.questions();
        let mark = mark(&self.round.paper(), &questions.bank, &draft.answers);
        let now = clock::now();
        Attempt {
            answers: draft.answers,
            score: mark.score,
            started: draft.started,
            finished: Some(self.deadline.map_or(now, |deadline| now.min(deadline))),
            mode: Mode::Kiosk,
        }
    }

    /// Shows the result when it is on the disk, and not before.
    fn hand_in(self) {
        if self.handing.get_untracked() == Handing::Saving {
            return;
        }
        self.handing.set(Handing::Saving);
        let student = self.draft.with_untracked(|draft| draft.student.clone());
        let attempt = self.attempt();
        let changes = self
            .store
            .book()
            .with_untracked(|book| commands::hand_in(book, &self.round.id(), &student, &attempt));
        leptos::task::spawn_local(async move {
            // The page may be gone by then: the attempt is stored all the same.
            match self.store.commit_and_wait(changes).await {
                Ok(()) => {
                    Draft::forget(self.store);
                    self.round.step.try_set(Step::Marked(student, attempt));
                }
                Err(_) => {
                    self.handing.try_set(Handing::Failed);
                }
            }
        });
    }
}

/// A student answers, one question at a time.
#[component]
pub(super) fn Answer(round: Round, draft: Draft) -> impl IntoView {
    let deadline = round
        .paper
        .with_value(|paper| quiz_day::deadline(paper, draft.started));
    let sitting = Sitting {
        round,
        draft: RwSignal::new(draft),
        handing: RwSignal::new(Handing::Open),
        store: expect_context::<Store>(),
        deadline,
        now: RwSignal::new(clock::now()),
    };
    Effect::new(move |_| sitting.draft.with(|draft| draft.keep(sitting.store)));
    watch_the_time(sitting);
    let at = Memo::new(move |_| sitting.draft.with(|draft| draft.at));
    let closed =
        Signal::derive(move || sitting.handing.get() == Handing::Saving || sitting.time_is_up());
    let asked = move || {
        let id = sitting.question(at.get())?;
        Some(view! { <Asked round id draft=sitting.draft closed/> })
    };
    view! {
        <Progress sitting at/>
        <div class="kiosk__bd">{asked}</div>
        <Outcome sitting/>
        <Steering sitting at/>
    }
}

/// Counts the time from the stored start, so that neither a reload nor a sleeping phone gains any, and
/// hands in when it is up.
fn watch_the_time(sitting: Sitting) {
    if sitting.deadline.is_none() {
        return;
    }
    let tick = move || sitting.now.set(clock::now());
    if let Ok(interval) = set_interval_with_handle(tick, Duration::from_secs(1)) {
        on_cleanup(move || interval.clear());
    }
    Effect::new(move |_| {
        // After a failure the student tries again by hand.
        if sitting.time_is_up() && sitting.handing.get_untracked() == Handing::Open {
            sitting.hand_in();
        }
    });
}

#[component]
fn Progress(sitting: Sitting, at: Memo<usize>) -> impl IntoView {
    let of = sitting.of();
    let time = move || {
        sitting
            .left()
            .map(|left| (texts().quiz().kiosk.time_left)(&clock_text(left)))
    };
    view! {
        <div class="quiz-progress">
            <span>{move || (texts().quiz().kiosk.question_of)(at.get() + 1, of)}</span>
            <span class="quiz-progress__time" role="timer">{time}</span>
            <progress
                max=of
                prop:value=move || sitting.draft.with(|draft| draft.answers.count().to_string())
                aria-label=move || (texts().quiz().kiosk.overview)(of - sitting.blanks(), of)
            ></progress>
        </div>
    }
}

/// Milliseconds as `12:05`; a begun second is counted.
fn clock_text(millis: u64) -> String {
    let seconds = millis.div_ceil(1000);
    format!("{}:{:02}", seconds / 60, seconds % 60)
}

/// What is being done with the answers, and what went wrong.
#[component]
fn Outcome(sitting: Sitting) -> impl IntoView {
    let line = move || {
        let texts = texts().quiz().kiosk;
        match sitting.handing.get() {
            Handing::Open => None,
            Handing::Saving if sitting.time_is_up() => Some(texts.time_up),
            Handing::Saving => Some(texts.saving),
            Handing::Failed => Some(texts.not_saved),
        }
    };
    view! {
        <div role="alert">
            {move || line().map(|text| view! { <div class="banner banner_warn"><p>{text}</p></div> })}
        </div>
    }
}

/// Back and forth, the overview, and 交卷.
#[component]
fn Steering(sitting: Sitting, at: Memo<usize>) -> impl IntoView {
    let overview = RwSignal::new(false);
    let asking = RwSignal::new(false);
    let of = sitting.of();
    let is_saving = move || sitting.handing.get() == Handing::Saving;
    let is_last = move || at.get() + 1 >= of;
    let hand_in = move || {
        overview.set(false);
        if sitting.blanks() > 0 && !sitting.time_is_up() {
            asking.set(true);
        } else {
            sitting.hand_in();
        }
    };
    let forth = move || match is_last() || sitting.time_is_up() {
        true => view! {
            <button
                class="btn btn_primary"
                aria-busy=move || is_saving().to_string()
                disabled=is_saving
                on:click=move |_| hand_in()
            >
                {texts().quiz().kiosk.hand_in}
            </button>
        }
        .into_any(),
        false => view! {
            <button class="btn btn_primary" on:click=move |_| sitting.show(at.get_untracked() + 1)>
                {texts().quiz().kiosk.next}
            </button>
        }
        .into_any(),
    };
    view! {
        <div class="btn-row">
            <button
                class="btn btn_default"
                disabled=move || at.get() == 0
                on:click=move |_| sitting.show(at.get_untracked().saturating_sub(1))
            >
                {texts().quiz().kiosk.previous}
            </button>
            <button class="btn btn_default" on:click=move |_| overview.set(true)>
                {move || (texts().quiz().kiosk.overview)(of - sitting.blanks(), of)}
            </button>
            {forth}
        </div>
        <Sheet
            open=overview
            title=move || (texts().quiz().kiosk.overview)(of - sitting.blanks(), of)
            footer=move || view! {
                <button class="btn btn_primary" disabled=is_saving on:click=move |_| hand_in()>
                    {texts().quiz().kiosk.hand_in}
                </button>
            }
        >
            <Overview sitting open=overview/>
        </Sheet>
        <Ask
            open=asking
            title=move || (texts().quiz().kiosk.blanks_title)(sitting.blanks())
            text=texts().quiz().kiosk.blanks_text
            yes=texts().quiz().kiosk.hand_in
            on_yes=Callback::new(move |()| sitting.hand_in())
        />
    }
}

/// All questions by number: which are answered, and a way to each.
#[component]
fn Overview(sitting: Sitting, open: RwSignal<bool>) -> impl IntoView {
    let number = move |at: usize| {
        let is_answered = move || {
            let id = sitting.question(at);
            sitting
                .draft
                .with(|draft| id.is_some_and(|id| draft.answers.chosen(&id).is_some()))
        };
        let label = move || match is_answered() {
            true => (texts().quiz().kiosk.answered)(at + 1),
            false => (texts().quiz().kiosk.unanswered)(at + 1),
        };
        view! {
            <li>
                <button
                    class="question-no"
                    class:question-no_answered=is_answered
                    aria-label=label
                    on:click=move |_| {
                        open.set(false);
                        sitting.show(at);
                    }
                >
                    {at + 1}
                </button>
            </li>
        }
    };
    view! { <ol class="question-nos">{(0..sitting.of()).map(number).collect_view()}</ol> }
}
