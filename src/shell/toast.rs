use std::time::Duration;

use leptos::leptos_dom::helpers::TimeoutHandle;
use leptos::prelude::*;
use wuzha_core::log::Change;

use crate::app::texts;
use crate::store::{Saving, Store};

/// How long 撤销 is offered.
const SHOWN_FOR: Duration = Duration::from_secs(8);

/// What the toast shows, and how to take it back.
#[derive(Clone)]
struct Message {
    text: String,
    /// Empty for what is not about records.
    undo: Vec<Change>,
}

/// The one toast of the app, given through the context.
#[derive(Clone, Copy)]
pub(crate) struct Toaster {
    message: RwSignal<Option<Message>>,
    timer: StoredValue<Option<TimeoutHandle>>,
}

impl Toaster {
    /// A toaster that shows nothing.
    pub(crate) fn new() -> Self {
        Self {
            message: RwSignal::new(None),
            timer: StoredValue::new(None),
        }
    }

    /// Says `text`.
    pub(crate) fn say(self, text: impl Into<String>) {
        self.show(text.into(), Vec::new());
    }

    fn show(self, text: String, undo: Vec<Change>) {
        self.hide();
        self.message.set(Some(Message { text, undo }));
        let timer = set_timeout_with_handle(move || self.message.set(None), SHOWN_FOR);
        // Without a timer the toast stays until the next one.
        self.timer.set_value(timer.ok());
    }

    fn hide(self) {
        if let Some(timer) = self.timer.get_value() {
            timer.clear();
        }
        self.message.set(None);
    }
}

/// Commits `changes` and offers to take them back. Nothing is said when there is nothing to change.
pub(crate) fn commit_undoable(changes: Vec<Change>, text: impl Into<String>) {
    let (store, toaster) = (expect_context::<Store>(), expect_context::<Toaster>());
    if changes.is_empty() {
        return;
    }
    let undo = store.undoing(&changes);
    store.commit(changes);
    toaster.show(text.into(), undo);
}

/// Where the toast is drawn: once, beside the routes.
#[component]
pub(crate) fn Toast() -> impl IntoView {
    let toaster = expect_context::<Toaster>();
    let store = expect_context::<Store>();
    // What is called done is on the disk: until then, and after a failure, a record's toast waits.
    let is_stored =
        Memo::new(move |_| matches!(store.saving().get(), Saving::Idle | Saving::Saved));
    let toast = move || {
        let message = toaster.message.get();
        let message = message.filter(|message| message.undo.is_empty() || is_stored.get());
        message.map(|Message { text, undo }| {
            let undo = (!undo.is_empty()).then(|| {
                let take_back = move |_| {
                    store.commit(undo.clone());
                    toaster.hide();
                };
                view! {
                    <button class="toast__action" on:click=take_back>
                        {texts().common().undo}
                    </button>
                }
            });
            view! { <div class="toast"><span>{text}</span>{undo}</div> }
        })
    };
    view! { <div role="status">{toast}</div> }
}
