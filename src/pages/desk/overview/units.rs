use leptos::prelude::*;
use wuzha_core::overview::{Column, Total};

use super::totals::percent;
use crate::app::texts;
use crate::components::Bar;

/// What is compared between units.
const COMPARED: [Column; 3] = [Column::Registered, Column::QuizPassed, Column::DormsMet];

/// 各系部. Nothing where there is one.
#[component]
pub(super) fn Units<'a>(departments: &'a [(String, Total)]) -> impl IntoView + use<> {
    if departments.len() < 2 {
        return None;
    }
    let headings = COMPARED.map(|column| {
        view! { <th scope="col">{(texts().overview().heading)(column)}</th> }
    });
    let rows = departments.iter().map(|(name, total)| {
        view! { <Line name=name.clone() total=total.clone()/> }
    });
    let rows: Vec<_> = rows.collect();
    Some(view! {
        <div class="table-wrap" tabindex="0" role="region" aria-label=texts().overview().by_department>
            <table class="table table_units">
                <caption>{texts().overview().by_department}</caption>
                <thead>
                    <tr>
                        <th scope="col">{texts().overview().department}</th>
                        {headings.into_iter().collect_view()}
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
    })
}

#[component]
fn Line(name: String, total: Total) -> impl IntoView {
    let name = match name.is_empty() {
        true => texts().overview().unknown.to_owned(),
        false => name,
    };
    let counted = format!(
        "{} · {}",
        (texts().overview().class_count)(total.classes),
        (texts().overview().people)(total.figures.students)
    );
    let cells = COMPARED.map(|column| {
        let share = total.figures.share(column).unwrap_or_default();
        let bar = share.percent().filter(|_| share.is_known());
        view! {
            <td>
                <span class="num">{percent(share)}</span>
                <Bar percent=bar/>
            </td>
        }
    });
    view! {
        <tr>
            <th scope="row" class="wrap-anywhere">
                {name}
                <span class="muted small table__sub">{counted}</span>
            </th>
            {cells.into_iter().collect_view()}
        </tr>
    }
}
