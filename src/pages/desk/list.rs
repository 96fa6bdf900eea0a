use std::convert::Infallible;
use std::time::Duration;

use futures_util::future::{Aborted, abortable};
use leptos::prelude::*;
use leptos::task::spawn_local;
use wuzha_jobs::courier::{Class, Cursor, Failure, Invitee, Membership, Role, UnitName};

use super::frame::{DeskScreen, Place};
use super::invite::{Invitation, InvitationView, Inviting, invite};
use super::keys::BackUpKeys;
use super::{not_done, waiting};
use crate::app::texts;
use crate::browser::clock;
use crate::i18n::place_name;
use crate::school::{School, State};
use crate::store::{Phase, Store};

/// How often the server is asked that does not say by itself what is new.
const ASK_AGAIN: Duration = Duration::from_secs(30);

/// The classes, as far as they are known.
#[derive(Clone)]
enum Known {
    Asking,
    Listed(Vec<Class>),
    Failed(Failure),
}

type Listing = RwSignal<Known, LocalStorage>;

/// 班级.
#[component]
pub(super) fn Classes() -> impl IntoView {
    let school = expect_context::<School>();
    let known = RwSignal::new_local(Known::Asking);
    // What this device is stands beside the book, which may still be opening.
    let phase = expect_context::<Store>().phase();
    Effect::new(move |_| {
        if phase.get() != Phase::Opening {
            school.refresh();
        }
    });
    spawn_local(ask(known));
    keep_up(known);
    let place = move || match school.state() {
        State::Joined(standing) => place_name(&standing.invited),
        _ => String::new(),
    };
    let unheard = move || match school.state() {
        State::Joined(standing) => match standing.membership {
            Membership::Refused(rejection) => Some((texts().school().rejection)(rejection)),
            Membership::Unknown => Some(texts().desk().no_contact),
            Membership::Member => None,
        },
        _ => None,
    };
    view! {
        <DeskScreen place=Place::Classes>
            <p class="section-note">{place}</p>
            {move || unheard().map(|text| view! { <div class="banner banner_warn" role="alert"><p>{text}</p></div> })}
            <Invite known/>
            <section>
                <h2 class="section-title">{texts().desk().classes}</h2>
                <div aria-live="polite">{move || list(known)}</div>
                <div class="btn-row">
                    <button class="btn btn_default" on:click=move |_| spawn_local(ask(known))>
                        {texts().desk().refresh}
                    </button>
                </div>
            </section>
            <nav class="cells" aria-label=texts().desk().issued>
                <a class="cell cell_access" href="/overview">
                    <span class="cell__bd">
                        {texts().overview().title}
                        <span class="cell__desc">{texts().overview().desc}</span>
                    </span>
                </a>
                <a class="cell cell_access" href="/invitations">
                    <span class="cell__bd">
                        {texts().desk().issued}
                        <span class="cell__desc">{texts().desk().issued_desc}</span>
                    </span>
                </a>
            </nav>
            {move || matches!(school.state(), State::Joined(_)).then(|| view! { <BackUpKeys/> })}
        </DeskScreen>
    }
}

async fn ask(known: Listing) {
    let listed = match School::classes().await {
        Ok(classes) => Known::Listed(classes),
        Err(failure) => Known::Failed(failure),
    };
    let _left_meanwhile = known.try_set(listed);
}

/// Asks again whenever the server says that there is something new, and where it says nothing every so often:
/// as long as the screen is there.
fn keep_up(known: Listing) {
    let (watching, handle) = abortable(async move {
        let mut heard = Cursor::default();
        loop {
            match School::news(heard).await {
                Ok(reached) => heard = reached,
                Err(_) => clock::pause(ASK_AGAIN).await,
            }
            ask(known).await;
        }
    });
    on_cleanup(move || handle.abort());
    spawn_local(async move {
        let _ended_by_leaving: Result<Infallible, Aborted> = watching.await;
    });
}

fn list(known: Listing) -> AnyView {
    match known.get() {
        Known::Asking => waiting(texts().desk().asking),
        Known::Failed(failure) => not_done(&failure),
        Known::Listed(classes) if classes.is_empty() => view! {
            <div class="empty empty_card">
                <p class="empty__title">{texts().desk().nobody}</p>
                <p>{texts().desk().nobody_next}</p>
            </div>
        }
        .into_any(),
        Known::Listed(classes) => {
            let cells = classes.into_iter().map(|class| view! { <Cell class/> });
            view! { <nav class="cells" aria-label=texts().desk().classes>{cells.collect_view()}</nav> }
                .into_any()
        }
    }
}

#[component]
fn Cell(class: Class) -> impl IntoView {
    let asked = class
        .asked
        .map(|at| (texts().desk().asked)(&at.to_minute_text(clock::offset())));
    view! {
        <a class="cell cell_access" href=format!("/desk/{}", class.id)>
            <span class="cell__bd">
                {class.name.as_str().to_owned()}
                <span class="cell__desc num">{standing(&class)}</span>
                <span class="cell__desc num">{asked}</span>
            </span>
        </a>
    }
}

/// What has arrived. A class that the server was never asked about has not handed in nothing: it is not
/// known.
fn standing(class: &Class) -> String {
    let texts = texts().desk();
    match (class.asked, class.listed) {
        (None, _) => texts.not_asked.to_owned(),
        (Some(_), 0) => texts.nothing_yet.to_owned(),
        (Some(_), listed) => (texts.arrived)(listed, class.unopened),
    }
}

/// Whom this device invites, by what it is.
#[component]
fn Invite(known: Listing) -> impl IntoView {
    let school = expect_context::<School>();
    let role = Memo::new(move |_| match school.state() {
        State::Joined(standing) => Some(standing.invited.role),
        _ => None,
    });
    let state: Invitation = RwSignal::new_local(Inviting::Idle);
    let forms = move || {
        let texts = texts().desk();
        match role.get()? {
            Role::SecurityOffice => Some(
                view! {
                    <InviteTeacher state/>
                    <InviteNamed state label=texts.department_name invitee=Invitee::Department then=|| ()/>
                }
                .into_any(),
            ),
            Role::Department => Some(view! { <InviteTeacher state/> }.into_any()),
            Role::Teacher => Some(
                view! {
                    <InviteNamed state label=texts.class_name invitee=Invitee::Class then=move || spawn_local(ask(known))/>
                }
                .into_any(),
            ),
            Role::Monitor => None,
        }
    };
    // Nothing is said before it is known who this is.
    move || {
        let forms = forms()?;
        Some(view! {
            <section>
                <h2 class="section-title">{texts().desk().invite}</h2>
                <InvitationView state/>
                {forms}
            </section>
        })
    }
}

#[component]
fn InviteTeacher(state: Invitation) -> impl IntoView {
    view! {
        <div class="card stack">
            <p class="small">{texts().desk().teacher_hint}</p>
            <button
                class="btn btn_primary btn_block"
                on:click=move |_| invite(state, Invitee::Teacher, || ())
            >
                {texts().desk().invite_teacher}
            </button>
        </div>
    }
}

/// 系部 or 班级, by name.
#[component]
fn InviteNamed(
    state: Invitation,
    label: &'static str,
    invitee: fn(UnitName) -> Invitee,
    then: impl Fn() + Copy + 'static,
) -> impl IntoView {
    let name = RwSignal::new(String::new());
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        // The field takes no more than a name has, and the button needs something in it.
        if let Ok(typed) = name.get_untracked().as_str().try_into() {
            name.set(String::new());
            invite(state, invitee(typed), then);
        }
    };
    view! {
        <form class="card stack" on:submit=submit>
            <label class="field">
                <span class="field__label">{label}</span>
                <input
                    class="field__input"
                    autocomplete="off"
                    maxlength=UnitName::MAX_CHARS.to_string()
                    prop:value=move || name.get()
                    on:input=move |event| name.set(event_target_value(&event))
                />
            </label>
            <p class="field__hint">{texts().desk().invite_hint}</p>
            <button
                class="btn btn_primary btn_block"
                disabled=move || name.with(|name| name.trim().is_empty())
            >
                {texts().desk().make_code}
            </button>
        </form>
    }
}
