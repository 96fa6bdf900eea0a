use leptos::prelude::*;
use wuzha_core::book::commands;
use wuzha_core::time::parse_day;

use super::{Fact, Leads};
use crate::app::texts;
use crate::shell::commit_undoable;
use crate::store::Store;

/// 班级: what it is called, who records, when the campaign began.
#[component]
pub(super) fn Class(has_class: Memo<bool>) -> impl IntoView {
    let none = || {
        view! {
            <div class="cells">
                <Fact label=|| texts().settings().no_class>""</Fact>
                <Leads label=|| texts().settings().make_class href="/class/new"/>
            </div>
        }
    };
    view! {
        <h2 class="section-title">{texts().settings().class}</h2>
        <Show when=move || has_class.get() fallback=none>
            <Named/>
        </Show>
    }
}

#[component]
fn Named() -> impl IntoView {
    let store = expect_context::<Store>();
    let book = store.book();
    let name = move || book.with(|book| book.class_name().to_owned());
    let recorder = move || {
        let recorder = |device| book.with(|book| book.recorder(device).map(str::to_owned));
        store.device().and_then(recorder)
    };
    view! {
        <div class="cells">
            <a class="cell cell_access" href="/class/new">
                <span class="cell__bd">{texts().settings().edit_class}</span>
                <span class="cell__ft">{name}</span>
            </a>
            <a class="cell cell_access" href="/class/new">
                <span class="cell__bd">{texts().settings().recorder}</span>
                <span class="cell__ft">{recorder}</span>
            </a>
            <CampaignStart/>
            <Leads label=|| texts().settings().import href="/import"/>
        </div>
    }
}

#[component]
fn CampaignStart() -> impl IntoView {
    let book = expect_context::<Store>().book();
    let start = move || {
        let start = book.with(|book| book.profile.campaign_start.copied());
        start.map(|start| start.to_string()).unwrap_or_default()
    };
    let choose = move |event| {
        // A date that was cleared changes nothing.
        if let Some(start) = parse_day(&event_target_value(&event)) {
            let changes = book.with_untracked(|book| commands::start_campaign(book, start));
            commit_undoable(changes, texts().settings().campaign_moved);
        }
    };
    view! {
        <label class="field">
            <span class="field__label">{texts().settings().campaign_start}</span>
            <input class="field__input" type="date" prop:value=start on:change=choose/>
        </label>
    }
}
