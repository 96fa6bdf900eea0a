use chrono::NaiveDate;
use leptos::prelude::*;
use wuzha_core::overview::Total;

use crate::app::texts;
use crate::browser::clock;
use crate::components::{LineChart, Point};

/// 注册趋势: how many had registered by the end of each day. Nothing before there are two days to compare.
#[component]
pub(super) fn Trend<'a>(total: &'a Total) -> impl IntoView + use<> {
    let total = &total.figures;
    // A phone whose clock is years ahead would press all other days together.
    let today = clock::now().date(clock::offset()).unwrap_or_default();
    let days: Vec<(NaiveDate, u32)> = total
        .registered_by_day
        .iter()
        .copied()
        .filter(|(day, _)| *day <= today)
        .collect();
    let (&(first, _), &(last, count)) = days.first().zip(days.last())?;
    let span = (last - first).num_days();
    let of = total.registered.of();
    if span == 0 || of == 0 {
        return None;
    }
    let point = |&(day, count): &(NaiveDate, u32)| Point {
        along: days_between(first, day) / days_between(first, last),
        up: f64::from(count) / f64::from(of),
    };
    let points = days.iter().map(point).collect();
    let said = (texts().overview().trend_said)(&first.to_string(), &last.to_string(), count, of);
    Some(view! {
        <section class="card stack">
            <h2 class="strong">{texts().overview().trend}</h2>
            <LineChart points label=said.clone() from=first.to_string() to=format!("{last}  {count}/{of}")/>
            <p class="muted small">{texts().overview().trend_note}</p>
        </section>
    })
}

fn days_between(first: NaiveDate, day: NaiveDate) -> f64 {
    i32::try_from((day - first).num_days()).map_or(f64::MAX, f64::from)
}
