use leptos::prelude::*;
use wuzha_core::ident::DormName;
use wuzha_core::inspection::Progress;
use wuzha_core::rooms::{self, Room};

use super::rounds::{Rounds, Viewed};
use super::tone;
use crate::app::texts;
use crate::content;
use crate::pages::record::{Part, Parts};
use crate::shell::{Screen, Tab};
use crate::store::Store;

/// 登记 · 寝室: the rooms of the class and how far each is.
#[component]
pub(crate) fn Dorms() -> impl IntoView {
    let viewed = Viewed::of_address();
    let book = expect_context::<Store>().book();
    let pack = content::pack();
    let rooms = Memo::new(move |_| book.with(|book| rooms::rooms(book, pack, viewed.round.get())));
    let is_empty = Memo::new(move |_| rooms.with(Vec::is_empty));
    view! {
        <Screen title=texts().common().record tab=Tab::Record>
            <Parts current=Part::Dorms/>
            <Show when=move || !is_empty.get() fallback=NoDorms>
                <Rounds viewed path="/record/dorms"/>
                <Inspected rooms/>
                <div class="room-grid">
                    {move || rooms.get().into_iter().map(|room| card(room, viewed)).collect_view()}
                </div>
            </Show>
            <WithoutDorm/>
        </Screen>
    }
}

/// The address of a room in the current round.
pub(super) fn room_path(name: &DormName) -> String {
    // The router decodes twice, so a `%` in a name is encoded twice.
    let once = name.as_str().replace('%', "%25");
    format!("/record/dorms/{}", js_sys::encode_uri_component(&once))
}

/// The address of a room in the round that is looked at.
pub(super) fn room_href(name: &DormName, viewed: Viewed) -> String {
    room_path(name) + &viewed.query()
}

/// n/m dorms inspected.
#[component]
fn Inspected(rooms: Memo<Vec<Room>>) -> impl IntoView {
    let counts = Memo::new(move |_| {
        rooms.with(|rooms| {
            let inspected = rooms.iter().filter(|room| room.progress.is_inspected());
            (inspected.count(), rooms.len())
        })
    });
    let line = move || {
        let (inspected, all) = counts.get();
        (texts().checks().inspected)(inspected, all)
    };
    view! { <h2 class="section-title">{line}</h2> }
}

fn card(room: Room, viewed: Viewed) -> impl IntoView {
    let Room {
        name,
        members,
        progress,
        state,
    } = room;
    let href = room_href(&name, viewed);
    view! {
        <a class="room-card" href=href>
            <span class="room-card__name">{name.to_string()}</span>
            <span class="room-card__meta">{(texts().checks().members_count)(members)}</span>
            <span class=tone::of_room(state)>
                {(texts().checks().room_state)(state, progress)}
            </span>
            <ProgressBar progress=Signal::stored(progress)/>
        </a>
    }
}

/// How many items have a verdict, as a bar.
#[component]
pub(super) fn ProgressBar(progress: Signal<Progress>) -> impl IntoView {
    view! {
        <progress
            class:bad=move || { progress.get().failed > 0 }
            max=move || progress.get().items
            value=move || progress.get().decided
            aria-label=move || (texts().checks().progress)(progress.get())
        ></progress>
    }
}

#[component]
fn NoDorms() -> impl IntoView {
    view! {
        <div class="empty empty_card">
            <p class="empty__title">{texts().checks().no_dorms}</p>
            <p>{texts().checks().no_dorms_next}</p>
            <a class="btn btn_primary" href="/import">{texts().checks().import}</a>
        </div>
    }
}

/// Who is in no room's list, so that nobody is forgotten.
#[component]
fn WithoutDorm() -> impl IntoView {
    let book = expect_context::<Store>().book();
    let names = Memo::new(move |_| {
        book.with(|book| {
            let students = rooms::without_dorm(book);
            let names = students.map(|(_, student)| student.name_text().to_owned());
            names.collect::<Vec<_>>()
        })
    });
    let list = move || {
        let texts = texts().checks();
        names.with(|names| (texts.without_dorm)(names.len(), &names.join(texts.comma)))
    };
    view! {
        <Show when=move || !names.with(Vec::is_empty)>
            <div class="banner banner_warn">
                <p>{list}</p>
                <a class="banner__action" href="/record/students">
                    {texts().checks().give_dorm}
                </a>
            </div>
        </Show>
    }
}
