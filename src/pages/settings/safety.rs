use leptos::prelude::*;
use leptos::task::spawn_local;

use super::{Fact, Leads};
use crate::app::texts;
use crate::browser::quota::{self, Room};
use crate::shell::Toaster;
use crate::store::Store;

/// 数据安全: how much there is, whether the browser keeps it, and the ways to a copy.
#[component]
pub(super) fn Safety(has_class: Memo<bool>) -> impl IntoView {
    let store = expect_context::<Store>();
    let room: RwSignal<Option<Room>> = RwSignal::new(None);
    let is_kept: RwSignal<Option<bool>> = RwSignal::new(None);
    spawn_local(async move {
        // The screen may have been left meanwhile.
        let _gone = is_kept.try_set(quota::persisted().await);
        let _gone = room.try_set(quota::room().await);
    });
    let used = move || match room.get() {
        Some(room) => (texts().settings().storage_used)(&size(room.used), &size(room.quota)),
        None => texts().common().unknown.to_owned(),
    };
    let kept = move || match is_kept.get() {
        Some(true) => texts().settings().kept_yes,
        Some(false) => texts().settings().kept_no,
        None => texts().common().unknown,
    };
    view! {
        <h2 class="section-title">{texts().settings().safety}</h2>
        <div class="cells">
            <Fact label=|| texts().settings().records>
                {move || (texts().settings().records_count)(store.records())}
            </Fact>
            <Fact label=|| texts().settings().storage>{used}</Fact>
            <Fact label=|| texts().settings().kept>{kept}</Fact>
            <Show when=move || is_kept.get() != Some(true)>
                <AskToKeep is_kept/>
            </Show>
            <Show when=move || has_class.get()>
                <Leads label=|| texts().settings().back_up href="/handin"/>
            </Show>
            <Leads label=|| texts().settings().restore href="/restore"/>
        </div>
    }
}

#[component]
fn AskToKeep(is_kept: RwSignal<Option<bool>>) -> impl IntoView {
    let toaster = expect_context::<Toaster>();
    let ask = move |_| {
        let (granted, refused) = (texts().settings().kept_yes, texts().settings().ask_refused);
        spawn_local(async move {
            let answer = quota::persist().await;
            let _gone = is_kept.try_set(Some(answer));
            toaster.say(if answer { granted } else { refused });
        });
    };
    view! {
        <button class="cell cell_center" on:click=ask>{texts().settings().ask_to_keep}</button>
    }
}

/// `1.2 MB`, as file managers write it.
fn size(bytes: f64) -> String {
    const MB: f64 = 1_000_000.0;
    const GB: f64 = 1_000.0 * MB;
    if bytes < GB {
        format!("{:.1} MB", bytes / MB)
    } else {
        format!("{:.1} GB", bytes / GB)
    }
}
