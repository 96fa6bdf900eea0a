//! Telling the other tabs of the app that something was written, and noticing that they did.

use leptos::prelude::document;
use wasm_bindgen::prelude::Closure;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{BroadcastChannel, VisibilityState};

const VISIBILITY_CHANGE: &str = "visibilitychange";

/// The tabs that show one book; left when dropped.
pub(crate) struct Tabs {
    /// None where the browser has no such channel: the next append then finds out by itself.
    channel: Option<BroadcastChannel>,
    on_event: Closure<dyn FnMut()>,
}

impl Tabs {
    /// Joins the tabs that show the book `name`. `on_written` is called when another of them has
    /// written, and when this one comes back to the front: in the background it may have been frozen
    /// and heard nothing.
    pub(crate) fn join(name: &str, on_written: impl Fn() + 'static) -> Self {
        let on_event = Closure::new(move || {
            if document().visibility_state() == VisibilityState::Visible {
                on_written();
            }
        });
        let listener = on_event.as_ref().unchecked_ref();
        let channel = BroadcastChannel::new(name).ok();
        if let Some(channel) = &channel {
            channel.set_onmessage(Some(listener));
        }
        // Fails for no event of this kind; without it the next append finds out.
        let _ = document().add_event_listener_with_callback(VISIBILITY_CHANGE, listener);
        Self { channel, on_event }
    }

    /// Tells the others.
    pub(crate) fn tell(&self) {
        if let Some(channel) = &self.channel {
            // Fails only on a closed channel, and this one is open as long as `self`.
            let _ = channel.post_message(&JsValue::TRUE);
        }
    }
}

impl Drop for Tabs {
    fn drop(&mut self) {
        let listener = self.on_event.as_ref().unchecked_ref();
        let _ = document().remove_event_listener_with_callback(VISIBILITY_CHANGE, listener);
        if let Some(channel) = &self.channel {
            channel.set_onmessage(None);
            channel.close();
        }
    }
}
