use std::time::Duration;

use leptos::ev;
use leptos::leptos_dom::helpers::TimeoutHandle;
use leptos::prelude::*;
use wasm_split_helpers::{SplitLoaderError, wasm_split};

use super::{School, is_open};
use crate::store::Saving;

/// After the last change, so that a round of taps becomes one bundle.
const QUIET: Duration = Duration::from_secs(30);

/// Hands in whenever there is reason to: when the book is open, when the network or the person comes back,
/// and when changes were saved. To be called once; `app` owns what listens.
#[wasm_split(class, fallible)]
pub(crate) fn watch(school: School, app: Owner) -> Result<(), SplitLoaderError> {
    app.with(|| listen(school));
    Ok(())
}

fn listen(school: School) {
    let go = move || {
        if untrack(|| school.is_invited()) {
            school.hand_in(false);
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
