//! What the app and `public/boot.js` say to each other; the events are described there.

use leptos::ev::Custom;
use leptos::prelude::*;

const OFFLINE: &str = "wuzha:offline";
const READY: &str = "wuzha:ready";
const UPDATE_WAITING: &str = "wuzha:update-waiting";
const APPLY_UPDATE: &str = "wuzha:apply-update";
const KEEP_ALL: &str = "wuzha:keep-all";

/// The first screen is drawn; the splash may go.
pub(crate) fn say_ready() {
    dispatch(READY);
}

/// Activates the version that waits and reloads.
pub(crate) fn apply_update() {
    dispatch(APPLY_UPDATE);
}

/// This device needs what only some do: from now on also without a network.
pub(crate) fn keep_all() {
    dispatch(KEEP_ALL);
}

/// Loads the page anew, as the person asked by something they tapped.
pub(crate) fn reload() {
    // Refused only while the page is being left anyway.
    let _left_anyway = window().location().reload();
}

/// Whether a new version waits: said by an event, or before the app listened.
pub(crate) fn update_waiting() -> ReadSignal<bool> {
    let root = document().document_element();
    let said_before = root.and_then(|root| root.get_attribute("data-update"));
    let (waiting, set_waiting) = signal(said_before.as_deref() == Some("waiting"));
    let listener =
        window_event_listener(Custom::<web_sys::Event>::new(UPDATE_WAITING), move |_| {
            set_waiting.set(true);
        });
    on_cleanup(move || listener.remove());
    waiting
}

/// Calls `then` once, when everything the app consists of is on the phone: now, or when that is said.
pub(crate) fn when_offline_ready(then: impl Fn() + 'static) {
    let is_ready = || {
        let root = document().document_element();
        let state = root.and_then(|root| root.get_attribute("data-offline"));
        state.as_deref() == Some("ready")
    };
    if is_ready() {
        return then();
    }
    let listener = StoredValue::new(None::<WindowListenerHandle>);
    let heard = window_event_listener(Custom::<web_sys::Event>::new(OFFLINE), move |_| {
        if is_ready() {
            if let Some(listener) = listener.try_update_value(Option::take).flatten() {
                listener.remove();
            }
            then();
        }
    });
    listener.set_value(Some(heard));
}

fn dispatch(name: &str) {
    // Neither call fails for a plain event; if one did, boot.js goes on by its own timer.
    if let Ok(event) = web_sys::Event::new(name) {
        let _not_cancelable = window().dispatch_event(&event);
    }
}
