use std::time::Duration;

use leptos::leptos_dom::helpers::TimeoutHandle;
use leptos::prelude::*;
use wuzha_core::award::{self, GateReport, GateState, Outcome};
use wuzha_core::book::Subject;
use wuzha_core::pack::Gate;

use super::tone;
use crate::app::{bilingual, texts};
use crate::content;
use crate::pages::{GateRow, GateStanding};
use crate::store::Store;

/// How long nothing must change before the gates are read again.
const PAUSE: Duration = Duration::from_millis(150);

/// All gates of a subject, and what follows.
#[derive(Clone, Debug, PartialEq)]
struct Standings {
    outcome: Outcome,
    gates: Vec<GateStanding>,
}

/// How the award of a dorm or the class stands, gate by gate, with the numbers.
#[component]
pub(super) fn Gates(subject: Subject) -> impl IntoView {
    let pack = content::pack();
    let scope = subject.scope();
    let criteria = pack.criteria(scope.into()).clone();
    let standings = follow_calmly(subject);
    let outcome = Memo::new(move |_| standings.with(|standings| standings.outcome));
    let row = |(nth, gate): (usize, Gate)| {
        let unknown = (GateState::Unknown, None);
        let standing = Memo::new(move |_| {
            standings.with(|standings| standings.gates.get(nth).copied().unwrap_or(unknown))
        });
        view! { <GateRow gate standing/> }
    };
    let rows = criteria
        .gates
        .into_iter()
        .enumerate()
        .map(row)
        .collect_view();
    let title = criteria.title;
    view! {
        <section>
            <h2 class="section-title">
                <span>
                    {move || bilingual(&title).to_owned()}
                    " "
                    {criteria.example.then(|| view! {
                        <span class="chip chip_warn">{texts().common().example}</span>
                    })}
                </span>
                <span class=move || tone::of_outcome(outcome.get())>
                    {move || (texts().checks().outcome)(outcome.get())}
                </span>
            </h2>
            <ul class="cells">{rows}</ul>
            <p class="section-note">{texts().checks().gates_note}</p>
            {criteria.example.then(|| view! {
                <p class="section-note">{texts().checks().gates_example}</p>
            })}
        </section>
    }
}

/// The gates read many records, so they are read again only when the taps have paused: no tap waits
/// for them.
fn follow_calmly(subject: Subject) -> RwSignal<Standings> {
    let book = expect_context::<Store>().book();
    let pack = content::pack();
    let subject = StoredValue::new(subject);
    let read = move || {
        book.with_untracked(|book| {
            subject.with_value(|subject| {
                let reports = award::gates(book, pack, subject);
                let standing = |report: &GateReport<'_>| (report.state, report.share);
                Standings {
                    outcome: award::outcome(&reports),
                    gates: reports.iter().map(standing).collect(),
                }
            })
        })
    };
    let standings = RwSignal::new(read());
    // By then the screen may have been left, and the signal with it.
    let refresh = move || {
        if !standings.is_disposed() {
            standings.set(read());
        }
    };
    Effect::new(move |timer: Option<Option<TimeoutHandle>>| {
        book.track();
        // The first run changes nothing: the gates have just been read.
        let timer = timer?;
        if let Some(timer) = timer {
            timer.clear();
        }
        set_timeout_with_handle(refresh, PAUSE).ok()
    });
    standings
}
