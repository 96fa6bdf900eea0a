use leptos::prelude::*;

/// The drawing's size in its own units.
const WIDTH: f64 = 320.0;
const HEIGHT: f64 = 96.0;
/// Around the line, so that it is not cut.
const MARGIN: f64 = 4.0;

/// A point of a line, both from 0 to 1.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Point {
    pub(crate) along: f64,
    pub(crate) up: f64,
}

/// A line from left to right. What it says is said in words to those who do not see it.
#[component]
pub(crate) fn LineChart(
    points: Vec<Point>,
    #[prop(into)] label: String,
    /// What stands below its two ends.
    from: String,
    to: String,
) -> impl IntoView {
    let place = |point: &Point| {
        let x = MARGIN + point.along.clamp(0.0, 1.0) * (WIDTH - 2.0 * MARGIN);
        let y = HEIGHT - MARGIN - point.up.clamp(0.0, 1.0) * (HEIGHT - 2.0 * MARGIN);
        (x, y)
    };
    let places: Vec<(f64, f64)> = points.iter().map(place).collect();
    let line: Vec<String> = places
        .iter()
        .map(|(x, y)| format!("{x:.1},{y:.1}"))
        .collect();
    let dots = places.into_iter().map(|(x, y)| {
        view! { <circle cx=format!("{x:.1}") cy=format!("{y:.1}") r="3"></circle> }
    });
    view! {
        <figure class="chart">
            <svg viewBox=format!("0 0 {WIDTH} {HEIGHT}") role="img" aria-label=label>
                <line class="chart__base" x1="0" y1=HEIGHT.to_string() x2=WIDTH.to_string() y2=HEIGHT.to_string()></line>
                <polyline points=line.join(" ")></polyline>
                {dots.collect_view()}
            </svg>
            <figcaption class="chart__ends muted small num"><span>{from}</span><span>{to}</span></figcaption>
        </figure>
    }
}

/// A share as a bar; the number stands beside it. Nothing is drawn where nothing is known.
#[component]
pub(crate) fn Bar(percent: Option<u32>) -> impl IntoView {
    let filled = percent.map(|percent| {
        view! { <rect class="bar__fill" width=percent.min(100).to_string() height="8"></rect> }
    });
    view! {
        <svg class="bar" viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true">
            <rect class="bar__track" width="100" height="8"></rect>
            {filled}
        </svg>
    }
}
