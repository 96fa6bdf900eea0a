//! 学校配置: what the school has published, as it is in use here, and taking over another.
//!
//! # Layout
//! - here: the screen; `offer`: a pack that was read, and what it would change
//! - what is edited and published is the desk's ([`super::desk`])

mod offer;

use js_sys::Uint8Array;
use leptos::prelude::*;
use leptos::task::spawn_local;
use wuzha_core::pack::School as SchoolItself;

use super::Scan;
use crate::app::texts;
use crate::browser::{clock, save};
use crate::content;
use crate::school::{Offered, PackTrouble, School};
use crate::shell::Screen;
use offer::Offer;

pub(crate) use offer::{Changes, NotInvited, explain_trouble};

/// The screen.
pub(super) fn school_pack() -> AnyView {
    view! { <SchoolPack/> }.into_any()
}

/// What came of reading a pack.
#[derive(Clone)]
enum Read {
    Nothing,
    Scanning,
    Reading,
    NonePublished,
    Offered(Box<Offered>),
    Failed(PackTrouble),
}

type Reading = RwSignal<Read, LocalStorage>;

/// 学校配置.
#[component]
fn SchoolPack() -> impl IntoView {
    let read: Reading = RwSignal::new_local(Read::Nothing);
    // Drawn anew once another is in use.
    let generation = RwSignal::new(0_u32);
    let school = expect_context::<School>();
    let offered = move || {
        match read.get() {
        Read::Nothing => ().into_any(),
        Read::Scanning => view! {
            <Scan
                on_text=Callback::new(move |text: String| {
                    read_bytes(read, Uint8Array::from(text.as_bytes()));
                })
                on_cancel=Callback::new(move |()| read.set(Read::Nothing))
            />
        }
        .into_any(),
        Read::Reading => view! {
            <p class="row muted" role="status"><span class="spinner"></span>{texts().overview().opening}</p>
        }
        .into_any(),
        Read::NonePublished => view! { <p class="muted" role="status">{texts().packs().none_published}</p> }.into_any(),
        Read::Failed(trouble) => explain_trouble(&trouble),
        Read::Offered(offered) => {
            let done = Callback::new(move |()| {
                read.set(Read::Nothing);
                generation.update(|generation| *generation += 1);
            });
            view! { <Offer offered=*offered done/> }.into_any()
        }
    }
    };
    let ask = move |_| {
        read.set(Read::Reading);
        spawn_local(async move {
            let fetched = match School::fetch_pack().await {
                Ok(Some(offered)) => Read::Offered(Box::new(offered)),
                Ok(None) => Read::NonePublished,
                Err(trouble) => Read::Failed(trouble),
            };
            let _left_meanwhile = read.try_set(fetched);
        });
    };
    view! {
        <Screen title=texts().packs().title back="/settings" class="stack">
            <p class="section-note">{texts().packs().lead}</p>
            {move || {
                generation.track();
                view! { <InUse/> }
            }}
            <section class="card stack">
                <h2 class="strong">{texts().packs().receive}</h2>
                <p class="muted small">{texts().packs().receive_hint}</p>
                <ChooseFile read/>
                <button class="btn btn_default btn_block" on:click=move |_| read.set(Read::Scanning)>
                    {texts().packs().scan}
                </button>
                {move || school.is_invited().then(|| view! {
                    <button class="btn btn_default btn_block" on:click=ask>{texts().packs().ask_server}</button>
                })}
            </section>
            <div aria-live="polite">{offered}</div>
            <nav class="cells" aria-label=texts().packs().edit>
                <a class="cell cell_access" href="/school/edit">
                    <span class="cell__bd">
                        {texts().packs().edit}
                        <span class="cell__desc">{texts().packs().edit_desc}</span>
                    </span>
                </a>
            </nav>
        </Screen>
    }
}

#[component]
fn ChooseFile(read: Reading) -> impl IntoView {
    let choose = move |event| {
        let Some(file) = save::chosen(&event_target(&event)) else {
            return;
        };
        read.set(Read::Reading);
        spawn_local(async move {
            match save::bytes(&file).await {
                Ok(bytes) => read_bytes(read, bytes),
                Err(_) => {
                    let foreign = wuzha_jobs::courier::SchoolPackError::Foreign;
                    let failed = Read::Failed(PackTrouble::Courier(foreign.into()));
                    let _left_meanwhile = read.try_set(failed);
                }
            }
        });
    };
    view! {
        <label class="upload">
            <input type="file" class="sr-only" accept=".wzp" on:change=choose/>
            <span class="strong">{texts().packs().choose}</span>
            <span class="muted small">{texts().packs().choose_hint}</span>
        </label>
    }
}

fn read_bytes(read: Reading, bytes: Uint8Array) {
    let _left_meanwhile = read.try_set(Read::Reading);
    spawn_local(async move {
        let outcome = match School::read_pack(bytes).await {
            Ok(offered) => Read::Offered(Box::new(offered)),
            Err(trouble) => Read::Failed(trouble),
        };
        let _left_meanwhile = read.try_set(outcome);
    });
}

/// What is in use, and what it says of the school.
#[component]
fn InUse() -> impl IntoView {
    let sentence = match content::kept() {
        None => texts().packs().shipped.to_owned(),
        Some(kept) => (texts().packs().in_use)(&kept.issued_at.to_minute_text(clock::offset())),
    };
    let facts = facts(&content::school()).into_iter().map(|(label, value)| {
        view! {
            <div class="cell">
                <span class="cell__bd">{label}</span>
                <span class="cell__ft wrap-anywhere">{value}</span>
            </div>
        }
    });
    view! {
        <p class="card">{sentence}</p>
        <div class="cells">{facts.collect_view()}</div>
    }
}

fn facts(school: &SchoolItself) -> Vec<(&'static str, String)> {
    let packs = texts().packs();
    let contacts = &school.contacts;
    let code = school
        .download_code
        .as_ref()
        .map(|code| code.link().domain.clone());
    let facts = [
        (packs.name, school.name.as_ref().map(ToString::to_string)),
        (
            packs.region,
            school.region.as_ref().map(ToString::to_string),
        ),
        (packs.code, code),
        (
            packs.office,
            contacts.office.as_ref().map(ToString::to_string),
        ),
        (
            packs.officer,
            contacts.officer.as_ref().map(ToString::to_string),
        ),
        (
            packs.phone,
            contacts.phone.as_ref().map(ToString::to_string),
        ),
        (packs.mail, contacts.mail.as_ref().map(ToString::to_string)),
    ];
    let known = facts.into_iter();
    known
        .filter_map(|(label, value)| Some((label, value?)))
        .collect()
}
