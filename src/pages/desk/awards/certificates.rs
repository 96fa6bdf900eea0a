use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use wuzha_core::desk::{Certificate, RoundCard, Snapshot, certificates};
use wuzha_core::pack::{Level, Pack};

use super::super::{problem, waiting};
use super::LEVELS;
use super::round::{code, read_round};
use super::rounds::address;
use crate::app::texts;
use crate::shell::Screen;

/// The certificates of a level of a frozen round, as they are printed: one or all.
#[component]
pub(in super::super) fn Certificates() -> impl IntoView {
    let (id, round) = read_round();
    let asked = use_query_map().with_untracked(|query| query.get("level"));
    let level = LEVELS
        .into_iter()
        .find(|level| asked.as_deref() == Some(code(*level)));
    let level = level.unwrap_or(Level::Class);
    let content = move || match round.get() {
        None => waiting(texts().overview().opening),
        Some(Err(failure)) => problem((texts().overview().failure)(&failure).to_owned()),
        Some(Ok((card, snapshot))) => match snapshot.pack() {
            Err(error) => problem(error.to_string()),
            Ok(pack) => view! { <Content card snapshot=*snapshot pack level/> }.into_any(),
        },
    };
    view! {
        <Screen title=texts().awards().certificates back=address(id) class="stack wide">{content}</Screen>
    }
}

#[component]
fn Content(card: RoundCard, snapshot: Snapshot, pack: Pack, level: Level) -> impl IntoView {
    let all = certificates(&card, &snapshot.awards, &pack, level, snapshot.offset);
    let names = all.iter().map(|certificate| certificate.to.clone());
    let options = names.enumerate().map(|(at, name)| {
        view! { <option value=at.to_string()>{name}</option> }
    });
    let options = options.collect_view();
    // Which one is printed; none: all.
    let only = RwSignal::new(None::<usize>);
    let choose = move |event| only.set(event_target_value(&event).parse().ok());
    let count = all.len();
    let sheets = all.into_iter().enumerate().map(|(at, certificate)| {
        let class = move || match only.get().is_none_or(|only| only == at) {
            true => "certificate",
            false => "certificate certificate_off",
        };
        view! { <article class=class><Sheet certificate/></article> }
    });
    let sheets = sheets.collect_view();
    if count == 0 {
        return view! { <p class="muted">{texts().awards().no_certificate}</p> }.into_any();
    }
    let print = |_| drop(window().print());
    view! {
        <div class="card stack no-print">
            <label class="field">
                <span class="field__label">{texts().awards().which}</span>
                <select class="field__input" on:change=choose>
                    <option value="">{(texts().awards().all_certificates)(count)}</option>
                    {options}
                </select>
            </label>
            <button class="btn btn_primary btn_block" on:click=print>{texts().awards().print}</button>
            <p class="muted small">{texts().awards().print_note}</p>
        </div>
        <div class="certificates" lang="zh-CN">{sheets}</div>
    }
    .into_any()
}

/// One certificate. Its words are Chinese whatever language the app shows: it is a document.
#[component]
fn Sheet(certificate: Certificate) -> impl IntoView {
    let Certificate {
        school,
        to,
        award,
        body,
        number,
        issuer,
        date,
    } = certificate;
    view! {
        <div class="certificate__in">
            <p class="certificate__school">{school}</p>
            <p class="certificate__title">"证 书"</p>
            <p class="certificate__to">{to}</p>
            <p class="certificate__body">{body}</p>
            <p class="certificate__award">"“"{award}"”"</p>
            <div class="certificate__ft">
                <p>"编号 "{number}</p>
                <p class="certificate__sign">{issuer}<br/>{date}</p>
            </div>
        </div>
    }
}
