use leptos::prelude::*;
use wuzha_core::measure::{Share, percent_text};
use wuzha_core::overview::{Column, Total};

use super::super::{figure, held_text};
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
pub(super) fn Totals(total: Total) -> impl IntoView {
    let shares = SHOWN.map(|column| {
        let share = total.figures.share(column).unwrap_or_default();
        figure((texts().overview().heading)(column), percent(share))
    });
    let held = total.figures.activities.all;
    view! {
        <section class="card stack">
            <dl class="stages">
                {figure(texts().overview().classes, total.classes.to_string())}
                {figure(texts().overview().students, total.figures.students.to_string())}
                {shares.into_iter().collect_view()}
                {figure((texts().overview().heading)(Column::Activities), held_text(held))}
            </dl>
            <p class="muted small">{(texts().overview().held_note)(held, total.classes)}</p>
        </section>
    }
}

/// `84.3%` as in all files, or a dash as long as nobody is known either way: unknown is not 0.
pub(super) fn percent(share: Share) -> String {
    let text = percent_text(share.met, share.of()).filter(|_| share.is_known());
    text.unwrap_or_else(|| "–".to_owned())
}
