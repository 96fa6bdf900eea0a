use leptos::prelude::*;
use leptos::task::spawn_local;
use wuzha_jobs::courier::{Failure, Invitee, NewInvitation};

use super::{problem, waiting};
use crate::app::texts;
use crate::browser::{clock, share, wake_lock};
use crate::components::QrCode;
use crate::i18n::place_name;
use crate::school::School;
use crate::shell::Toaster;

/// An invitation on its way.
#[derive(Clone)]
pub(super) enum Inviting {
    /// Nobody is being invited.
    Idle,
    /// The server is being told.
    Asking,
    /// To be shown.
    Made(Box<NewInvitation>),
    /// Nobody was invited.
    Failed(Failure),
}

pub(super) type Invitation = RwSignal<Inviting, LocalStorage>;

/// Makes an invitation.
pub(super) fn invite(state: Invitation, invitee: Invitee, then: impl Fn() + 'static) {
    state.set(Inviting::Asking);
    spawn_local(async move {
        let made = match School::invite(invitee).await {
            Ok(made) => Inviting::Made(Box::new(made)),
            Err(failure) => Inviting::Failed(failure),
        };
        let is_here = state.try_set(made).is_none();
        if is_here {
            then();
        }
    });
}

/// The code, bright and large, until it is put away.
#[component]
pub(super) fn InvitationView(state: Invitation) -> impl IntoView {
    move || match state.get() {
        Inviting::Idle => ().into_any(),
        Inviting::Asking => waiting(texts().desk().inviting),
        Inviting::Failed(failure) => problem((texts().school().failure)(&failure)),
        Inviting::Made(made) => view! { <Code state made=*made/> }.into_any(),
    }
}

#[component]
fn Code(state: Invitation, made: NewInvitation) -> impl IntoView {
    wake_lock::keep_awake();
    let toaster = expect_context::<Toaster>();
    let place = place_name(&made.invited);
    let until = made.invited.expires.to_minute_text(clock::offset());
    let NewInvitation { code, link, .. } = made;
    let copy = move |_| {
        let link = link.clone();
        spawn_local(async move {
            let copied = share::copy(&link).await;
            toaster.say(match copied {
                true => texts().hand_in().copied,
                false => texts().hand_in().copy_refused,
            });
        });
    };
    view! {
        <section class="card stack center" role="status">
            <h2 class="strong wrap-anywhere">{place.clone()}</h2>
            <figure class="figure figure_large">
                <QrCode text=code label=(texts().desk().code_of)(&place)/>
            </figure>
            <p>{texts().desk().show_code}</p>
            <p class="muted small num">{(texts().school().until)(&until)}</p>
            <div class="btn-row">
                <button class="btn btn_default" on:click=copy>{texts().desk().copy_link}</button>
                <button class="btn btn_primary" on:click=move |_| state.set(Inviting::Idle)>
                    {texts().desk().done}
                </button>
            </div>
        </section>
    }
}
