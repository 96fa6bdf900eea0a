use leptos::prelude::*;
use wuzha_core::book::{Counsellor, commands};
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
            <CounsellorField/>
            <CampaignStart/>
            <Leads label=|| texts().settings().import href="/import"/>
        </div>
    }
}

/// 辅导员, as the class calls them; may stay empty.
#[component]
fn CounsellorField() -> impl IntoView {
    let book = expect_context::<Store>().book();
    let known = move || {
        let counsellor = book.with(|book| book.counsellor());
        counsellor.get().cloned().unwrap_or_default()
    };
    let problem = RwSignal::new(None);
    let write = move |event| match Counsellor::try_from(event_target_value(&event)) {
        Ok(name) => {
            problem.set(None);
            let changes = book.with_untracked(|book| commands::set_counsellor(book, &name));
            commit_undoable(changes, texts().settings().counsellor_written);
        }
        Err(error) => problem.set(Some((texts().activities().text_error)(error))),
    };
    view! {
        <label class="field">
            <span class="field__label">{texts().settings().counsellor}</span>
            <input
                class="field__input"
                autocomplete="off"
                enterkeyhint="done"
                maxlength=Counsellor::MAX_CHARS
                placeholder=texts().new_class().optional
                aria-invalid=move || problem.with(Option::is_some).then_some("true")
                aria-describedby="counsellor-about"
                prop:value=known
                on:change=write
            />
            <span class="field__hint" id="counsellor-about">
                {move || match problem.get() {
                    Some(problem) => {
                        view! { <span class="field__error" role="alert">{problem}</span> }.into_any()
                    }
                    None => texts().settings().counsellor_hint.into_any(),
                }}
            </span>
        </label>
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
