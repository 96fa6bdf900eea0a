use leptos::prelude::*;
use leptos::task::spawn_local;
use wuzha_jobs::courier::{Failure, Issued, Serial};

use super::{not_done, waiting};
use crate::app::texts;
use crate::browser::clock;
use crate::components::Ask;
use crate::school::School;
use crate::shell::Screen;

/// The invitations, as far as they are known.
#[derive(Clone)]
enum Known {
    Asking,
    Listed(Vec<Issued>),
    Failed(Failure),
}

/// How an invitation stands.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Standing {
    Open,
    Claimed,
    Expired,
    Ended,
}

type Listing = RwSignal<Known, LocalStorage>;

/// 邀请与设备: what became of each invitation, and ending it.
#[component]
pub(super) fn IssuedView() -> impl IntoView {
    let known: Listing = RwSignal::new_local(Known::Asking);
    let ending = RwSignal::new(None::<Serial>);
    let asking = RwSignal::new(false);
    ask(known, None);
    let end = Callback::new(move |()| {
        known.set(Known::Asking);
        ask(known, ending.get_untracked());
    });
    let choose = Callback::new(move |serial| {
        ending.set(Some(serial));
        asking.set(true);
    });
    view! {
        <Screen title=texts().desk().issued back="/desk" class="stack">
            <p class="section-note">{texts().desk().issued_lead}</p>
            <div aria-live="polite">{move || list(known.get(), choose)}</div>
            <Ask
                open=asking
                title=texts().desk().end
                text=|| texts().desk().end_text.to_owned()
                yes=texts().desk().end
                on_yes=end
            />
        </Screen>
    }
}

/// Asks the server; ends an invitation before, if one is named.
fn ask(known: Listing, ending: Option<Serial>) {
    spawn_local(async move {
        let issued = match ending {
            Some(serial) => School::revoke(serial).await,
            None => School::issued().await,
        };
        let _left_meanwhile = known.try_set(match issued {
            Ok(issued) => Known::Listed(issued),
            Err(failure) => Known::Failed(failure),
        });
    });
}

fn list(known: Known, end: Callback<Serial>) -> AnyView {
    match known {
        Known::Asking => waiting(texts().desk().asking),
        Known::Failed(failure) => not_done(&failure),
        Known::Listed(issued) if issued.is_empty() => {
            view! { <p class="card">{texts().desk().nobody}</p> }.into_any()
        }
        Known::Listed(issued) => {
            let items = issued
                .into_iter()
                .map(|issued| view! { <Item issued end/> });
            view! { <ul class="cells">{items.collect_view()}</ul> }.into_any()
        }
    }
}

#[component]
fn Item(issued: Issued, end: Callback<Serial>) -> impl IntoView {
    let standing = Standing::of(&issued);
    let whom = match &issued.class {
        Some(class) => class.as_str().to_owned(),
        None => (texts().school().role)(issued.role).to_owned(),
    };
    let tried = (issued.refused_claims > 0).then(|| {
        let text = (texts().desk().tried)(issued.refused_claims);
        view! { <span class="cell__desc cell__desc_bad">{text}</span> }
    });
    let serial = issued.serial;
    let button = matches!(standing, Standing::Open | Standing::Claimed).then(|| {
        view! {
            <button class="btn btn_mini btn_default" on:click=move |_| end.run(serial)>
                {texts().desk().end}
            </button>
        }
    });
    view! {
        <li class="cell">
            <span class="cell__bd wrap-anywhere">
                {whom}
                <span class="cell__desc num">{standing.in_words(&issued)}</span>
                {tried}
            </span>
            {button}
        </li>
    }
}

impl Standing {
    fn of(issued: &Issued) -> Self {
        match (issued.revoked_at, issued.claimed_at) {
            (Some(_), _) => Self::Ended,
            (None, Some(_)) => Self::Claimed,
            (None, None) if clock::now() >= issued.expires => Self::Expired,
            (None, None) => Self::Open,
        }
    }

    fn in_words(self, issued: &Issued) -> String {
        let texts = texts().desk();
        let (text, at) = match self {
            Self::Open => (texts.open_until, Some(issued.expires)),
            Self::Expired => (texts.expired_at, Some(issued.expires)),
            Self::Claimed => (texts.claimed_at, issued.claimed_at),
            Self::Ended => (texts.ended_at, issued.revoked_at),
        };
        let at = at.map(|at| at.to_minute_text(clock::offset()));
        text(&at.unwrap_or_default())
    }
}
