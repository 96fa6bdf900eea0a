use leptos::prelude::*;

use crate::app::texts;
use crate::browser::boot;

/// 新版本可用: shown when a new version waits; only the person's tap reloads.
#[component]
pub(crate) fn UpdateBar(waiting: ReadSignal<bool>) -> impl IntoView {
    view! {
        <Show when=move || waiting.get()>
            <div class="banner" role="status">
                <p>{texts().common().update_waiting}</p>
                <button class="banner__action" on:click=|_| boot::apply_update()>
                    {texts().common().update_now}
                </button>
            </div>
        </Show>
    }
}
