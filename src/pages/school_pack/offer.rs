use leptos::prelude::*;
use leptos::task::spawn_local;
use wuzha_core::pack::Change;
use wuzha_jobs::courier::{Failure, Judgement};

use crate::app::texts;
use crate::browser::clock;
use crate::school::{Offered, PackTrouble, School};
use crate::shell::Toaster;

/// More differences than these are counted, not listed: a new bank has hundreds.
const MOST_CHANGES: usize = 200;

/// A pack that was read: whose it is, what it would change, and using it.
#[component]
pub(super) fn Offer(offered: Offered, done: Callback<()>) -> impl IntoView {
    let (school, toaster) = (expect_context::<School>(), expect_context::<Toaster>());
    let pack = &offered.pack;
    let time = pack.issued_at.to_minute_text(clock::offset());
    let whose = (texts().packs().offered)(&time, &pack.issuer.to_string());
    let judgement = pack.judgement;
    let may_use = matches!(judgement, Judgement::Accept | Judgement::Ask);
    let changes = offered.changes.clone();
    let trouble = RwSignal::new_local(None::<PackTrouble>);
    let offered = StoredValue::new_local(offered);
    let take_over = move |_| {
        let offered = offered.get_value();
        spawn_local(async move {
            match school.take_over_pack(offered).await {
                Ok(()) => {
                    toaster.say(texts().packs().taken_over);
                    done.run(());
                }
                Err(failed) => {
                    let _left_meanwhile = trouble.try_set(Some(failed));
                }
            }
        });
    };
    view! {
        <section class="card stack">
            <p class="small">{whose}</p>
            <p class="strong">{(texts().packs().judgement)(judgement)}</p>
            <Changes changes/>
            {may_use.then(|| view! {
                <button class="btn btn_primary btn_block" on:click=take_over>{texts().packs().take_over}</button>
            })}
            {move || trouble.get().map(|trouble| explain_trouble(&trouble))}
        </section>
    }
}

/// What is different.
#[component]
pub(crate) fn Changes(changes: Vec<Change>) -> impl IntoView {
    let count = changes.len();
    if count == 0 {
        return view! { <p class="muted">{texts().packs().no_changes}</p> }.into_any();
    }
    let lines = changes.iter().take(MOST_CHANGES).map(|change| {
        view! { <li class="wrap-anywhere">{(texts().packs().change)(change)}</li> }
    });
    let lines: Vec<_> = lines.collect();
    view! {
        <p class="strong">{(texts().packs().changes)(count)}</p>
        <ul class="plain-list small">{lines}</ul>
    }
    .into_any()
}

/// What went wrong with a pack, and what to do.
pub(crate) fn explain_trouble(trouble: &PackTrouble) -> AnyView {
    let sentence = match trouble {
        PackTrouble::Courier(Failure::Pack(error)) => {
            (texts().packs().not_a_pack)(error).to_owned()
        }
        PackTrouble::Courier(Failure::NotInvited) => {
            let sentence = texts().packs().not_invited.to_owned();
            return view! { <NotInvited sentence/> }.into_any();
        }
        PackTrouble::Courier(failure) => (texts().school().failure)(failure),
        PackTrouble::NoContent => texts().packs().no_content.to_owned(),
        PackTrouble::Faulty(faults) => {
            let lines = faults.iter().take(MOST_CHANGES).map(|fault| {
                view! { <li class="wrap-anywhere">{(texts().packs().fault)(fault)}</li> }
            });
            let lines: Vec<_> = lines.collect();
            return view! {
                <div class="banner banner_warn" role="alert">
                    <p>{texts().packs().faulty}</p>
                    <ul class="plain-list small">{lines}</ul>
                </div>
            }
            .into_any();
        }
    };
    view! { <div class="banner banner_warn" role="alert"><p>{sentence}</p></div> }.into_any()
}

/// That nobody has invited this device, and the way to that.
#[component]
pub(crate) fn NotInvited(sentence: String) -> impl IntoView {
    view! {
        <div class="banner banner_warn" role="alert">
            <p>{sentence}</p>
            <a class="banner__action" href="/join">{texts().packs().use_invitation}</a>
        </div>
    }
}
