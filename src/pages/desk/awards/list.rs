use leptos::prelude::*;
use wuzha_core::award::{Awards, Candidate, GateState, Ruling};
use wuzha_core::measure::Standing;
use wuzha_core::pack::Level;

use super::Shown;
use super::why::Why;
use crate::app::{bilingual, texts};
use crate::components::Fold;
use crate::content;

/// How many are drawn at once; a school has thousands of dorms.
const PAGE: usize = 60;

/// One candidate, as the list has it.
#[derive(Clone)]
struct Line {
    candidate: Candidate,
    name: String,
    /// What it belongs to.
    place: String,
    /// What it fails at, and how much nobody knows.
    open: String,
    ruling: Ruling,
}

/// The candidates of a level, narrowed.
#[component]
pub(super) fn Candidates(shown: Shown) -> impl IntoView {
    let most = RwSignal::new(PAGE);
    let lines = move || {
        let (level, search) = (shown.level.get(), shown.search.get());
        shown.awards.with(|awards| {
            let lines = awards.as_ref().map(|awards| lines(awards, level));
            let mut lines = lines.unwrap_or_default();
            lines.retain(|line| {
                line.name.contains(search.trim()) || line.place.contains(search.trim())
            });
            lines
        })
    };
    let list = move || {
        let of = shown.standing.get();
        let mut lines = lines();
        lines.retain(|line| of.is_none_or(|of| line.ruling.standing() == of));
        let more = lines.len().saturating_sub(most.get());
        lines.truncate(most.get());
        if lines.is_empty() {
            return view! { <p class="muted">{texts().awards().none}</p> }.into_any();
        }
        let rows = lines.into_iter().map(|line| view! { <Row shown line/> });
        view! {
            {rows.collect_view()}
            {(more > 0).then(|| view! {
                <button class="btn btn_plain btn_block" on:click=move |_| most.update(|most| *most += PAGE)>
                    {(texts().awards().more)(more)}
                </button>
            })}
        }
        .into_any()
    };
    let is_one = move || shown.level.get() == Level::School;
    view! {
        {move || (!is_one()).then(|| view! {
            <label class="field">
                <span class="field__label">{texts().overview().search}</span>
                <input
                    class="field__input"
                    type="search"
                    autocomplete="off"
                    aria-keyshortcuts="Alt+S"
                    bind:value=shown.search
                />
            </label>
        })}
        <Filters shown lines=Signal::derive_local(lines)/>
        <div class="stack">{list}</div>
    }
}

/// How many stand how; a tap shows those alone.
#[component]
fn Filters(shown: Shown, lines: Signal<Vec<Line>, LocalStorage>) -> impl IntoView {
    let filter = move |of: Option<Standing>, label: &'static str| {
        let count = move || {
            let is_it = |line: &&Line| of.is_none_or(|of| line.ruling.standing() == of);
            lines.with(|lines| lines.iter().filter(is_it).count())
        };
        view! {
            <button
                class="filter"
                aria-pressed=move || (shown.standing.get() == of).to_string()
                on:click=move |_| shown.standing.set(of)
            >
                {label}" "<span class="filter__n">{count}</span>
            </button>
        }
    };
    let standings = [Standing::Unmet, Standing::Unknown, Standing::Met];
    let filters = standings.map(|of| filter(Some(of), (texts().awards().standing)(of)));
    view! {
        <div class="filters" role="group" aria-label=texts().awards().title>
            {filter(None, texts().awards().all)}
            {filters.into_iter().collect_view()}
        </div>
    }
}

/// One candidate; what it was decided by is drawn when it is opened.
#[component]
fn Row(shown: Shown, line: Line) -> impl IntoView {
    let Line {
        candidate,
        name,
        place,
        open,
        ruling,
    } = line;
    let standing = ruling.standing();
    let is_reviewed = !ruling.reviews.is_empty();
    let line = StoredValue::new((candidate, ruling));
    let is_open = Memo::new(move |_| {
        let opened = shown.opened.get();
        line.with_value(|(candidate, _)| opened.as_ref() == Some(candidate))
    });
    let toggle = move |()| {
        let candidate = line.with_value(|(candidate, _)| candidate.clone());
        let next = (!is_open.get_untracked()).then_some(candidate);
        shown.opened.set(next);
    };
    let end = move || {
        view! {
            {is_reviewed.then(|| view! { <span class="muted small">{texts().awards().by_person}" "</span> })}
            <span class=tone(standing)>{(texts().awards().standing)(standing)}</span>
        }
    };
    view! {
        <Fold is_open toggle title=move || name.clone() below=move || lines_of(&place, &open) end>
            {
                let (candidate, ruling) = line.get_value();
                view! { <Why shown candidate ruling/> }
            }
        </Fold>
    }
}

/// How the chip of a standing looks.
pub(super) fn tone(standing: Standing) -> &'static str {
    match standing {
        Standing::Met => "chip chip_ok",
        Standing::Unmet => "chip chip_bad",
        Standing::Unknown | Standing::Apart => "chip chip_info",
    }
}

fn lines(awards: &Awards, level: Level) -> Vec<Line> {
    let candidates = awards.candidates(level).into_iter();
    candidates
        .map(|(candidate, found)| Line {
            name: match candidate {
                Candidate::School => texts().awards().school.to_owned(),
                _ => found.name.to_owned(),
            },
            place: place(awards, &candidate),
            open: open(found.ruling, level),
            ruling: found.ruling.clone(),
            candidate,
        })
        .collect()
}

fn lines_of(place: &str, open: &str) -> impl IntoView + use<> {
    let lines = [place, open].map(|line| (!line.is_empty()).then(|| line.to_owned()));
    let lines = lines.into_iter().flatten();
    lines
        .map(|line| view! { <span class="table__sub">{line}</span> })
        .collect_view()
}

/// What a candidate fails at, in the words of its gates, and how many nobody knows of.
fn open(ruling: &Ruling, level: Level) -> String {
    let criteria = content::pack().criteria(level);
    let gates = criteria.gates.iter().zip(&ruling.assessment.gates);
    let (mut unmet, mut unknown) = (Vec::new(), 0);
    for (gate, (state, _)) in gates {
        match state {
            GateState::Unmet => unmet.push(bilingual(&gate.text)),
            GateState::Unknown => unknown += 1,
            GateState::Met | GateState::Teacher => {}
        }
    }
    (texts().awards().open)(&unmet, unknown)
}

/// What a candidate belongs to, or what belongs to it.
fn place(awards: &Awards, candidate: &Candidate) -> String {
    match candidate {
        Candidate::Dorm(mark, _) => {
            let class = awards.class(mark);
            class.map_or_else(String::new, |class| class.figures.class.clone())
        }
        Candidate::Class(mark) => {
            let figures = awards.class(mark).map(|class| &class.figures);
            let units = figures.map(|figures| [&figures.department, &figures.grade]);
            let units = units.into_iter().flatten().flatten();
            units.map(String::as_str).collect::<Vec<_>>().join(" · ")
        }
        Candidate::Department(name) => {
            let mut units = awards.departments.iter();
            let unit = units.find(|unit| unit.name == *name);
            unit.map_or_else(String::new, |unit| {
                (texts().awards().of_classes)(unit.classes)
            })
        }
        Candidate::School => (texts().awards().of_classes)(awards.school.classes),
    }
}
