use js_sys::Uint8Array;
use leptos::prelude::*;
use leptos::task::spawn_local;
use wuzha_core::pack::changes;
use wuzha_files::file_name;
use wuzha_jobs::courier::Published;

use super::super::problem;
use super::Draft;
use crate::app::texts;
use crate::browser::{clock, save};
use crate::components::QrCode;
use crate::pages::{Changes, explain_trouble};
use crate::school::{PackTrouble, School};

/// A signed pack.
#[derive(Clone)]
enum State {
    Idle,
    Publishing,
    Published(Published, Uint8Array),
    Failed(PackTrouble),
}

/// What is different from what is in use, and publishing it.
#[component]
pub(super) fn Publish(draft: Draft) -> impl IntoView {
    let school = expect_context::<School>();
    let state = RwSignal::new_local(State::Idle);
    let different = move || {
        draft
            .pack
            .with(|pack| draft.in_use.with_value(|in_use| changes(in_use, pack)))
    };
    let publish = move |_| {
        let pack = draft.pack.get_untracked();
        state.set(State::Publishing);
        spawn_local(async move {
            let outcome = match school.publish_pack(&pack).await {
                Ok((published, file)) => {
                    draft.settle(pack);
                    State::Published(published, file)
                }
                Err(trouble) => State::Failed(trouble),
            };
            let _left_meanwhile = state.try_set(outcome);
        });
    };
    let outcome = move || {
        match state.get() {
        State::Idle => ().into_any(),
        State::Publishing => view! {
            <p class="row muted" role="status"><span class="spinner"></span>{texts().packs().publishing}</p>
        }
        .into_any(),
        State::Failed(trouble) => explain_trouble(&trouble),
        State::Published(published, file) => view! { <Outcome published file/> }.into_any(),
    }
    };
    view! {
        <section class="card stack">
            <h2 class="strong">{texts().packs().publish}</h2>
            <p class="muted small">{texts().packs().publish_hint}</p>
            <button
                class="btn btn_primary btn_block"
                disabled=move || matches!(state.get(), State::Publishing)
                on:click=publish
            >
                {texts().packs().publish}
            </button>
            <div aria-live="polite" class="stack">{outcome}</div>
            // Below the button: a field is taken over when it is left, which is when the button is pressed, and
            // what grows above would move the button away from under the finger.
            {move || view! { <Changes changes=different()/> }}
        </section>
    }
}

#[component]
fn Outcome(published: Published, file: Uint8Array) -> impl IntoView {
    let Published {
        version,
        code,
        reached,
        of,
    } = published;
    let is_shown = RwSignal::new(false);
    let trouble = RwSignal::new(false);
    let save = move |_| trouble.set(save_as(&file).is_none());
    view! {
        <p class="strong">{(texts().packs().published)(version, reached, of)}</p>
        <button class="btn btn_default btn_block" on:click=save>{texts().packs().save_file}</button>
        {move || trouble.get().then(|| problem(texts().overview().no_file.to_owned()))}
        {code.map(|code| view! {
            <button class="btn btn_default btn_block" on:click=move |_| is_shown.set(true)>
                {texts().packs().show_code}
            </button>
            {move || is_shown.get().then(|| view! {
                <QrCode text=Signal::stored(code.clone()) label=texts().packs().code_of_pack.to_owned()/>
            })}
        })}
    }
}

fn save_as(bytes: &Uint8Array) -> Option<()> {
    let date = clock::now().date(clock::offset()).unwrap_or_default();
    let name = file_name("", "学校配置", date, "wzp");
    let file = save::file(bytes, &name, "application/octet-stream").ok()?;
    save::download(&file).ok()
}
