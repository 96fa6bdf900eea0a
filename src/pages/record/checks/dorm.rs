use leptos::prelude::*;
use leptos_router::hooks::use_params_map;
use wuzha_core::book::{Status, Subject};
use wuzha_core::ident::DormName;
use wuzha_core::inspection;
use wuzha_core::rooms;

use super::dorms::{room_href, room_path};
use super::form::CheckForm;
use super::gates::Gates;
use super::rounds::{OverNote, Viewed};
use super::tone;
use crate::app::texts;
use crate::shell::{Screen, Tab};
use crate::store::Store;

/// One dorm: who lives there, its checklist, and how 无诈寝室 stands.
#[component]
pub(crate) fn Dorm() -> impl IntoView {
    let viewed = Viewed::of_address();
    let params = use_params_map();
    let book = expect_context::<Store>().book();
    let asked = Memo::new(move |_| params.with(|params| params.get("name")).unwrap_or_default());
    // `None` for a name under which nobody lives.
    let name = Memo::new(move |_| {
        let name = asked.with(|asked| DormName::try_from(asked.as_str()).ok())?;
        book.with(|book| book.dorms().contains_key(&name))
            .then_some(name)
    });
    // Another room is another screen: everything below is made anew for its name.
    let room = move || match name.get() {
        Some(name) => view! { <Room name viewed/> }.into_any(),
        None => view! { <NoSuchRoom/> }.into_any(),
    };
    let title = move || asked.get();
    // ‹ leads back to the round that is looked at.
    let back = Memo::new(move |_| format!("/record/dorms{}", viewed.query()));
    move || view! { <Screen title=title back=back.get() tab=Tab::Record>{room}</Screen> }
}

#[component]
fn Room(name: DormName, viewed: Viewed) -> impl IntoView {
    let subject = Subject::Dorm(name.clone());
    let beside = name.clone();
    let walk = move || view! { <Walk name=beside.clone() viewed/> };
    let here = room_path(&name);
    view! {
        <Show when=move || viewed.is_over.get()>
            <OverNote href=here.clone()/>
        </Show>
        <Members subject=subject.clone()/>
        <CheckForm subject=subject.clone() viewed walk=walk/>
        <Show when=move || !viewed.is_over.get()>
            <Gates subject=subject.clone()/>
        </Show>
    }
}

#[component]
fn NoSuchRoom() -> impl IntoView {
    view! {
        <div class="empty empty_card">
            <p class="empty__title">{texts().checks().no_such_room}</p>
            <p>{texts().checks().no_such_room_next}</p>
            <a class="btn btn_primary" href="/record/dorms">{texts().checks().all_rooms}</a>
        </div>
    }
}

/// Who lives here, and where they stand with the app.
#[component]
fn Members(subject: Subject) -> impl IntoView {
    let book = expect_context::<Store>().book();
    let members = Memo::new(move |_| {
        book.with(|book| {
            let student = |no| {
                let student = book.student(no)?;
                Some((student.name_text().to_owned(), student.status.copied()))
            };
            let members = inspection::members(book, &subject);
            members.into_iter().filter_map(student).collect::<Vec<_>>()
        })
    });
    let member = |(name, status): (String, Option<Status>)| {
        view! {
            <a class="filter" href="/record/students">
                {name}
                <strong class=tone::of_status(status)>
                    {texts().words().known_status(status)}
                </strong>
            </a>
        }
    };
    view! {
        <nav class="filters" aria-label=texts().checks().members>
            {move || members.get().into_iter().map(member).collect_view()}
        </nav>
    }
}

/// The ways to the rooms beside, where the thumb is.
#[component]
fn Walk(name: DormName, viewed: Viewed) -> impl IntoView {
    let book = expect_context::<Store>().book();
    let beside = Memo::new(move |_| book.with(|book| rooms::neighbours(book, &name)));
    let link = move |name: DormName, label: fn() -> &'static str| {
        let title = name.to_string();
        view! {
            <a class="btn btn_default" href=move || room_href(&name, viewed) title=title>
                {label()}
            </a>
        }
    };
    let done = move || {
        view! {
            <a class="btn btn_default" href=move || format!("/record/dorms{}", viewed.query())>
                {texts().checks().all_rooms}
            </a>
        }
    };
    view! {
        {move || beside.get().previous.map(|name| link(name, || texts().checks().previous_room))}
        {move || match beside.get().next {
            Some(name) => link(name, || texts().checks().next_room).into_any(),
            None => done().into_any(),
        }}
    }
}
