use leptos::prelude::*;
use wuzha_core::measure::Share;
use wuzha_core::overview::{self, Column};
use wuzha_jobs::shelf::Card;

use crate::app::texts;

/// The columns that stand for all.
const SHOWN: [Column; 4] = [
    Column::Registered,
    Column::WarningOn,
    Column::QuizPassed,
    Column::DormsMet,
];

/// All classes together.
#[component]
pub(super) fn Totals(cards: Vec<Card>) -> impl IntoView {
    let total = overview::total(cards.iter().map(|card| &card.figures));
    let figure = |label: &'static str, value: String| {
        view! {
            <div class="stage">
                <dt>{label}</dt>
                <dd class="num">{value}</dd>
            </div>
        }
    };
    let shares = SHOWN.map(|column| {
        let share = total.figures.share(column).unwrap_or_default();
        figure((texts().overview().heading)(column), percent(share))
    });
    view! {
        <section class="card stack">
            <dl class="stages">
                {figure(texts().overview().classes, total.classes.to_string())}
                {figure(texts().overview().students, total.figures.students.to_string())}
                {shares.into_iter().collect_view()}
            </dl>
        </section>
    }
}

/// `84%`, or a dash as long as nobody is known either way: unknown is not 0.
pub(super) fn percent(share: Share) -> String {
    match share.percent() {
        Some(percent) if share.met + share.unmet > 0 => format!("{percent}%"),
        _ => "–".to_owned(),
    }
}
