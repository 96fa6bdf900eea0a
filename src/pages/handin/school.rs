use leptos::prelude::*;
use leptos::task::spawn_local;
use wuzha_jobs::courier::{Counts, Membership, OutboxStanding};

use crate::app::texts;
use crate::components::Ask;
use crate::i18n::place_name;
use crate::school::{School, State, Trouble};
use crate::store::{BookName, Store};

/// What the section is about; drawn anew only when that changes.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Example,
    Unknown,
    Alone,
    HandsIn,
    Reads,
    Failed,
}

/// 上交给学校: how far the records are, and handing in now.
#[component]
pub(super) fn SchoolView() -> impl IntoView {
    let store = expect_context::<Store>();
    let school = expect_context::<School>();
    // The numbers follow the book.
    Effect::new(move |_| {
        store.book().track();
        school.refresh();
    });
    let kind = Memo::new(move |_| match school.state() {
        _ if store.shown().get() == BookName::Example => Kind::Example,
        State::Unknown => Kind::Unknown,
        State::Alone => Kind::Alone,
        State::Joined(standing) if standing.outbox.is_some() => Kind::HandsIn,
        State::Joined(_) => Kind::Reads,
        State::Failed(_) => Kind::Failed,
    });
    let content = move || {
        match kind.get() {
        Kind::Example => view! { <p class="card">{texts().school().example}</p> }.into_any(),
        Kind::Unknown => view! {
            <p class="row muted" role="status"><span class="spinner"></span>{texts().school().asking}</p>
        }
        .into_any(),
        Kind::Alone => view! { <Alone/> }.into_any(),
        Kind::HandsIn => view! { <HandsIn/> }.into_any(),
        Kind::Reads => view! { <Reads/> }.into_any(),
        Kind::Failed => view! { <Failed/> }.into_any(),
    }
    };
    view! {
        <section>
            <h2 class="section-title">{texts().school().title}</h2>
            {content}
        </section>
    }
}

#[component]
fn Failed() -> impl IntoView {
    let school = expect_context::<School>();
    let text = move || match school.state() {
        State::Failed(trouble) => sentence(&trouble),
        _ => String::new(),
    };
    view! {
        <div class="banner banner_warn" role="alert"><p>{text}</p></div>
        <button class="btn btn_default btn_block" on:click=move |_| school.refresh()>
            {texts().storage().retry}
        </button>
    }
}

/// Where a joined device belongs.
fn place(school: School) -> impl Fn() -> String + Copy {
    move || match school.state() {
        State::Joined(standing) => place_name(&standing.invited),
        _ => String::new(),
    }
}

fn sentence(trouble: &Trouble) -> String {
    match trouble {
        Trouble::Store(error) => (texts().hand_in().store_error)(error),
        Trouble::Courier(failure) => (texts().school().failure)(failure),
    }
}

/// No school has invited this phone.
#[component]
fn Alone() -> impl IntoView {
    view! {
        <div class="card stack">
            <p class="small">{texts().school().alone}</p>
            <a class="btn btn_primary btn_block" href="/join">{texts().school().join}</a>
        </div>
    }
}

/// A device that reads what classes hand in.
#[component]
fn Reads() -> impl IntoView {
    let school = expect_context::<School>();
    view! {
        <div class="card stack">
            <p class="strong wrap-anywhere">{place(school)}</p>
            <p class="small">{texts().desk().reads}</p>
            <a class="btn btn_primary btn_block" href="/desk">{texts().desk().enter}</a>
        </div>
    }
}

/// A class's phone.
#[component]
fn HandsIn() -> impl IntoView {
    let (store, school) = (expect_context::<Store>(), expect_context::<School>());
    let asking = RwSignal::new(false);
    let standing = move || match school.state() {
        State::Joined(standing) => Some((standing.membership, standing.outbox?)),
        _ => None,
    };
    let counts = Memo::new(move |_| {
        let told = standing().map(|(_, outbox)| outbox.counts);
        with_newer(told.unwrap_or_default(), store.records())
    });
    let waiting = move || counts.with(|counts| counts.local + counts.waiting);
    let problem = Memo::new(move |_| {
        standing().and_then(|(membership, outbox)| problem(membership, &outbox))
    });
    let leave = Callback::new(move |()| {
        spawn_local(async move {
            if let Err(failure) = school.leave().await {
                school.tell(failure);
            }
        });
    });
    view! {
        <div class="card stack">
            <p class="strong wrap-anywhere">{place(school)}</p>
            <Stages counts/>
            {move || by_others(counts.with(|counts| counts.by_others))}
            <div aria-live="polite">
                {move || match school.is_busy() {
                    true => view! {
                        <p class="row muted"><span class="spinner"></span>{texts().school().handing_in}</p>
                    }
                    .into_any(),
                    false => view! { <p class="muted small">{summary(waiting())}</p> }.into_any(),
                }}
            </div>
            {move || problem.get().map(|text| view! { <div class="banner banner_warn" role="alert"><p>{text}</p></div> })}
            <button
                class="btn btn_primary btn_block"
                aria-busy=move || school.is_busy().to_string()
                on:click=move |_| school.hand_in(true)
            >
                {texts().school().hand_in}
            </button>
        </div>
        <nav class="cells" aria-label=texts().school().invitation>
            <a class="cell cell_access" href="/join">
                <span class="cell__bd">{texts().school().join_again}</span>
            </a>
            <button class="cell cell_access" on:click=move |_| asking.set(true)>
                <span class="cell__bd">{texts().school().leave}</span>
            </button>
        </nav>
        <Ask
            open=asking
            title=texts().school().leave
            text=move || (texts().school().leave_text)(waiting())
            yes=texts().school().leave
            on_yes=leave
        />
    }
}

/// One of the four numbers.
type Count = fn(&Counts) -> u64;

/// 仅本机, 待上交, 已送达, 已查收.
#[component]
fn Stages(counts: Memo<Counts>) -> impl IntoView {
    let texts = texts().school();
    let stages: [(&str, Count); 4] = [
        (texts.local, |counts| counts.local),
        (texts.waiting, |counts| counts.waiting),
        (texts.delivered, |counts| counts.delivered),
        (texts.opened, |counts| counts.opened),
    ];
    let stage = |(label, count): (&'static str, Count)| {
        view! {
            <div class="stage">
                <dt>{label}</dt>
                <dd class="num">{move || counts.with(count)}</dd>
            </div>
        }
    };
    view! { <dl class="stages">{stages.map(stage).collect_view()}</dl> }
}

/// What was recorded since the courier was asked is on this phone only.
fn with_newer(told: Counts, records: u64) -> Counts {
    let known = told.local + told.waiting + told.delivered + told.opened + told.by_others;
    Counts {
        local: told.local + records.saturating_sub(known),
        ..told
    }
}

fn by_others(records: u64) -> Option<impl IntoView> {
    let text = (records > 0).then(|| (texts().school().by_others)(records))?;
    Some(view! { <p class="muted small">{text}</p> })
}

fn summary(waiting: u64) -> String {
    match waiting {
        0 => texts().school().all_delivered.to_owned(),
        _ => (texts().school().not_delivered)(waiting),
    }
}

/// What stands in the way, the gravest first.
fn problem(membership: Membership, outbox: &OutboxStanding) -> Option<String> {
    let texts = texts().school();
    if let Membership::Refused(rejection) = membership {
        return Some((texts.rejection)(rejection).to_owned());
    }
    if outbox.is_copied {
        return Some(texts.copied.to_owned());
    }
    if let Some(refusal) = outbox.refused {
        return Some((texts.refusal)(refusal).to_owned());
    }
    if outbox.given_up > 0 {
        return Some((texts.given_up)(outbox.given_up));
    }
    if let Some(trouble) = outbox.trouble {
        return Some((texts.trouble)(trouble).to_owned());
    }
    let unheard = membership == Membership::Unknown;
    unheard.then(|| texts.no_contact.to_owned())
}
