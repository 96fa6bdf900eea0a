use std::time::Duration;

use leptos::ev;
use leptos::leptos_dom::helpers::TimeoutHandle;
use leptos::prelude::*;
use leptos::task::spawn_local;
use wasm_split_helpers::{SplitLoaderError, wasm_split};
use wuzha_core::time::UnixMillis;
use wuzha_jobs::courier::Role;

use super::{School, is_open};
use crate::app::texts;
use crate::browser::clock;
use crate::shell::Toaster;
use crate::store::Saving;

/// After the last change, so that a round of taps becomes one bundle.
const QUIET: Duration = Duration::from_secs(30);
/// Between two questions for the school's pack, in ms.
const PACK_INTERVAL_MS: u64 = 10 * 60 * 1000;

/// Hands in whenever there is reason to: when the book is open, when the network or the person comes back,
/// and when changes were saved. To be called once; `app` owns what listens.
#[wasm_split(class, fallible)]
pub(crate) fn watch(school: School, app: Owner) -> Result<(), SplitLoaderError> {
    app.with(|| listen(school));
    Ok(())
}

fn listen(school: School) {
    let asked_for_pack = StoredValue::new(None::<UnixMillis>);
    let go = move || {
        if untrack(|| school.is_invited()) {
            school.hand_in(false);
            follow_pack(school, asked_for_pack);
        }
    };
    let online = window_event_listener(ev::online, move |_| go());
    let shown = window_event_listener(ev::visibilitychange, move |_| {
        if !document().hidden() {
            go();
        }
    });
    on_cleanup(move || {
        online.remove();
        shown.remove();
    });
    let saving = school.store.saving();
    let waits = StoredValue::new(None::<TimeoutHandle>);
    Effect::new(move |_| {
        if saving.get() != Saving::Saved {
            return;
        }
        if let Some(earlier) = waits.try_update_value(Option::take).flatten() {
            earlier.clear();
        }
        waits.set_value(set_timeout_with_handle(go, QUIET).ok());
    });
    // The book may still be opening.
    let phase = school.store.phase();
    Effect::new(move |_| {
        if is_open(phase.get()) {
            go();
        }
    });
}

/// Asks for the school's pack, now and then, and says when there was a new one.
fn follow_pack(school: School, asked: StoredValue<Option<UnixMillis>>) {
    let now = clock::now();
    let is_soon = |last: UnixMillis| now.0.saturating_sub(last.0) < PACK_INTERVAL_MS;
    if asked.get_value().is_some_and(is_soon) {
        return;
    }
    asked.set_value(Some(now));
    let toaster = expect_context::<Toaster>();
    spawn_local(async move {
        // At a desk a person looks at it first.
        let is_phone = matches!(school.role().await, Ok(Some(Role::Monitor)));
        if is_phone && school.follow_pack().await {
            toaster.say(texts().packs().taken_over);
        }
    });
}
