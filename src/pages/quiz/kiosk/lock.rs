use std::fmt;
use std::time::Duration;

use leptos::ev;
use leptos::leptos_dom::helpers::TimeoutHandle;
use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::{use_location, use_navigate};
use wuzha_core::ident::Slug;

use crate::app::texts;
use crate::components::Sheet;
use crate::store::{Note, Phase, Store};

/// How long the monitor presses to get the phone back.
const HOLD: Duration = Duration::from_secs(2);
/// The same with a PIN that was forgotten: long enough to be seen by the class.
const HOLD_WITHOUT_PIN: Duration = Duration::from_secs(30);

/// Four digits. They keep a curious hand out, not somebody with a computer, so they are kept as they
/// are: of ten thousand, a hash hides none.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Pin(String);

/// A text that is no PIN.
#[derive(Debug, thiserror::Error)]
#[error("a PIN has four digits")]
pub(super) struct NoPin;

impl TryFrom<String> for Pin {
    type Error = NoPin;

    fn try_from(text: String) -> Result<Self, NoPin> {
        let text = wuzha_core::text::clean(&text);
        let is_pin = text.len() == 4 && text.bytes().all(|byte| byte.is_ascii_digit());
        is_pin.then_some(Self(text)).ok_or(NoPin)
    }
}

/// With which paper the phone goes round, and what gives it back.
///
/// Kept as a line: the paper and, after a space, the PIN.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Lock {
    paper: Slug,
    pin: Option<Pin>,
}

impl fmt::Display for Lock {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.pin {
            Some(Pin(digits)) => write!(f, "{} {digits}", self.paper),
            None => write!(f, "{}", self.paper),
        }
    }
}

impl Lock {
    /// The lock that was kept as `line`; `None` when it is no lock.
    fn parse(line: &str) -> Option<Self> {
        let (paper, pin) = match line.split_once(' ') {
            Some((paper, digits)) => (paper, Some(Pin::try_from(digits.to_owned()).ok()?)),
            None => (line, None),
        };
        let paper = Slug::try_from(paper.to_owned()).ok()?;
        Some(Self { paper, pin })
    }
}

/// Whether the phone is with the students, given through the context.
///
/// The store keeps it: it outlasts a reload, and a phone that was switched off.
#[derive(Clone, Copy)]
pub(crate) struct KioskLock {
    lock: Memo<Option<Lock>>,
    store: Store,
}

impl KioskLock {
    /// As the store has it.
    pub(crate) fn of(store: Store) -> Self {
        let lock = move |_: Option<&_>| Lock::parse(&store.note(Note::KioskLock)?);
        Self {
            lock: Memo::new(lock),
            store,
        }
    }

    /// Locks everything but the kiosk of `paper`.
    pub(super) fn close(self, paper: Slug, pin: Option<Pin>) {
        let lock = Lock { paper, pin };
        self.store.set_note(Note::KioskLock, Some(lock.to_string()));
    }

    /// Whether the phone is with the students.
    pub(super) fn is_closed(self) -> bool {
        self.lock.with(Option::is_some)
    }

    fn open(self) {
        self.store.set_note(Note::KioskLock, None);
    }

    fn paper(self) -> Option<Slug> {
        self.lock
            .with(|lock| lock.as_ref().map(|lock| lock.paper.clone()))
    }

    fn pin(self) -> Option<Pin> {
        self.lock
            .with(|lock| lock.as_ref().and_then(|lock| lock.pin.clone()))
    }
}

/// Leads every address back to the kiosk while the phone is with the students: a reload, the back
/// button, a typed address. To be placed once, inside the router.
#[component]
pub(crate) fn KeepInKiosk() -> impl IntoView {
    let kiosk = expect_context::<KioskLock>();
    let store = expect_context::<Store>();
    let (phase, book) = (store.phase(), store.book());
    let path = use_location().pathname;
    let navigate = use_navigate();
    Effect::new(move |_| {
        let Some(paper) = kiosk.paper() else {
            return;
        };
        match phase.get() {
            // The paper is gone (undone, erased, another book): nothing is left to sit.
            Phase::Ready if book.with(|book| book.paper(&paper).is_none()) => kiosk.open(),
            Phase::Ready | Phase::Opening => {
                let home = format!("/quiz/{paper}/kiosk");
                if path.get() != home {
                    let replace = NavigateOptions {
                        replace: true,
                        ..NavigateOptions::default()
                    };
                    navigate(&home, replace);
                }
            }
            // What stands in the way of all data must be reached.
            _ => {}
        }
    });
}

/// 结束轮流作答: by a long press, or by the PIN when one was set.
#[component]
pub(super) fn Leave() -> impl IntoView {
    let kiosk = expect_context::<KioskLock>();
    let asking = RwSignal::new(false);
    let holding = RwSignal::new(false);
    let timer = StoredValue::new(None::<TimeoutHandle>);
    let has_pin = move || kiosk.pin().is_some();
    // The browser takes the focus away from a button that is being removed: all may be gone by then.
    let lift = move || {
        holding.try_set(false);
        if let Some(timer) = timer.try_get_value().flatten() {
            timer.clear();
        }
    };
    let press = move || {
        lift();
        holding.set(true);
        let hold = match has_pin() {
            true => HOLD_WITHOUT_PIN,
            false => HOLD,
        };
        // Without a timer the PIN still works.
        timer.set_value(set_timeout_with_handle(move || kiosk.open(), hold).ok());
    };
    let is_key = |event: &ev::KeyboardEvent| event.key() == "Enter" || event.key() == " ";
    on_cleanup(lift);
    let hint = move || match (holding.get(), has_pin()) {
        (true, _) => texts().quiz().kiosk.holding,
        (false, true) => "",
        (false, false) => texts().quiz().kiosk.hold,
    };
    view! {
        <footer class="kiosk__ft">
            <button
                class="btn btn_plain kiosk__leave"
                on:pointerdown=move |_| press()
                on:pointerup=move |_| lift()
                on:pointerleave=move |_| lift()
                on:pointercancel=move |_| lift()
                on:contextmenu=move |event| event.prevent_default()
                on:keydown=move |event| if is_key(&event) && !event.repeat() { press() }
                on:keyup=move |event| if is_key(&event) { lift() }
                on:blur=move |_| lift()
                on:click=move |_| asking.set(has_pin())
            >
                {texts().quiz().kiosk.leave}
            </button>
            <p role="status">{hint}</p>
        </footer>
        <Sheet open=asking title=texts().quiz().kiosk.enter_pin>
            <AskPin/>
        </Sheet>
    }
}

#[component]
fn AskPin() -> impl IntoView {
    let kiosk = expect_context::<KioskLock>();
    let typed = RwSignal::new(String::new());
    let is_wrong = RwSignal::new(false);
    let try_pin = move |event: ev::SubmitEvent| {
        event.prevent_default();
        let pin = Pin::try_from(typed.get_untracked()).ok();
        if pin.is_some() && pin == kiosk.pin() {
            kiosk.open();
        } else {
            is_wrong.set(true);
        }
    };
    view! {
        <form on:submit=try_pin>
            <label class="field">
                <span class="field__label">{texts().quiz().kiosk.enter_pin}</span>
                <input
                    class="field__input field__input_big"
                    type="password"
                    inputmode="numeric"
                    autocomplete="off"
                    maxlength="4"
                    prop:value=move || typed.get()
                    aria-invalid=move || is_wrong.get().to_string()
                    on:input=move |event| {
                        is_wrong.set(false);
                        typed.set(event_target_value(&event));
                    }
                />
            </label>
            <div role="alert">
                <Show when=move || is_wrong.get()>
                    <p class="field__error">{texts().quiz().kiosk.wrong_pin}</p>
                </Show>
            </div>
            <p class="field__hint">{texts().quiz().kiosk.forgot_pin}</p>
            <div class="btn-row">
                <button class="btn btn_primary">{texts().quiz().kiosk.unlock}</button>
            </div>
        </form>
    }
}
