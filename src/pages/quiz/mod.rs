//! 测验: setting a quiz, the phone that goes round, results, retakes, item analysis.

use leptos::prelude::*;

use crate::shell::Screen;

/// 测验.
#[component]
pub(crate) fn Quizzes() -> impl IntoView {
    view! { <Screen title="Quizzes" back="/">""</Screen> }
}

/// 发起测验, 补考.
#[component]
pub(crate) fn NewQuiz() -> impl IntoView {
    view! { <Screen title="NewQuiz" back="/">""</Screen> }
}

/// Results of one quiz.
#[component]
pub(crate) fn QuizResults() -> impl IntoView {
    view! { <Screen title="QuizResults" back="/">""</Screen> }
}

/// 轮流作答.
#[component]
pub(crate) fn Kiosk() -> impl IntoView {
    view! { <Screen title="Kiosk" back="/">""</Screen> }
}

/// 题目分析.
#[component]
pub(crate) fn Analysis() -> impl IntoView {
    view! { <Screen title="Analysis" back="/">""</Screen> }
}
