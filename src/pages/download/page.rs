use leptos::prelude::*;
use leptos::task::spawn_local;

use super::code::{self, Code};
use super::image;
use super::poster::Poster;
use crate::app::texts;
use crate::browser::platform::{self, Platform};
use crate::browser::share::{self, Shared};
use crate::browser::wake_lock;
use crate::components::QrCode;
use crate::shell::{Screen, Toaster};
use crate::store::{Note, Store};

/// The package of 国家反诈中心 in Android's stores.
const ANDROID_STORE: &str = "market://details?id=com.hicorenational.antifraud";

/// 下载码: held up for others to scan, and how to get 国家反诈中心 from a store.
#[component]
pub(crate) fn Download() -> impl IntoView {
    wake_lock::keep_awake();
    // Shown at once, whatever else is being opened; drawn anew when it turns out that the school has its own.
    let store = expect_context::<Store>();
    let published = Memo::new(move |_| store.note(Note::Pack));
    view! {
        <Screen title=texts().common().install_app back="/" class="stack">
            {move || published.with(|_| view! { <Content/> })}
        </Screen>
    }
}

#[component]
fn Content() -> impl IntoView {
    let code = StoredValue::new(Code::shown());
    let region = StoredValue::new(code::region());
    view! {
            <Poster code region/>
            <Stage code/>
            <div class="banner banner_warn"><p>{move || region_text(region)}</p></div>
            <ToStore/>
            <section>
                <h2 class="section-title">{texts().download().steps_title}</h2>
                <div class="card"><Steps/></div>
                <p class="section-note">{texts().download().after_disuse}</p>
            </section>
            <PassOn code region/>
            <Hotlines/>
            <nav class="cells" aria-label=texts().download().to_change>
                <a class="cell cell_access" href="/download/code">
                    <span class="cell__bd">
                        {texts().download().to_change}
                        <span class="cell__desc">{texts().download().to_change_text}</span>
                    </span>
                </a>
            </nav>
            <p class="section-note">{texts().download().confirm}</p>
    }
}

/// What to choose as the region.
pub(super) fn region_text(region: StoredValue<String>) -> String {
    let texts = texts().download();
    region.with_value(|region| match region.as_str() {
        "" => texts.region.to_owned(),
        region => (texts.region_is)(region),
    })
}

/// The code itself, as large as the screen allows.
#[component]
fn Stage(code: StoredValue<Code>) -> impl IntoView {
    let domain = code.with_value(Code::domain);
    let shown = domain.clone();
    let text = Signal::derive(move || code.with_value(Code::text));
    let source = move || {
        code.with_value(|code| match code {
            Code::School(_) => texts().download().school_code,
            Code::Own => texts().download().own_code,
        })
    };
    let tone = code.with_value(|code| match code {
        Code::School(_) => "ok",
        Code::Own => "qr-stage__note",
    });
    view! {
        <section class="qr-stage">
            <h2 class="sr-only">{texts().download().code}</h2>
            <QrCode text=text label=(texts().download().code_of)(&domain)/>
            <p class="qr-stage__title strong wrap-anywhere">{shown}</p>
            <p class=tone>{source}</p>
            <p class="qr-stage__note">{texts().download().brightness}</p>
        </section>
    }
}

/// The button into the store, where a page may open it.
#[component]
fn ToStore() -> impl IntoView {
    if platform::in_wechat() {
        return view! {
            <div class="banner banner_info"><p>{texts().download().store_in_wechat}</p></div>
        }
        .into_any();
    }
    (platform::platform() == Platform::Android)
        .then(|| {
            view! {
                <a class="btn btn_primary btn_block" href=ANDROID_STORE>
                    {texts().download().open_store}
                </a>
            }
        })
        .into_any()
}

/// The numbered steps.
#[component]
pub(super) fn Steps() -> impl IntoView {
    let steps = move || {
        let steps = texts().download().steps;
        steps
            .iter()
            .map(|step| view! { <li><strong>{step.title}</strong><p>{step.text}</p></li> })
            .collect_view()
    };
    view! { <ol class="steps">{steps}</ol> }
}

#[component]
fn Hotlines() -> impl IntoView {
    view! {
        <a class="hotline" href="tel:110">
            <span class="hotline__number">"110"</span>
            <span class="hotline__text">{texts().download().police}</span>
        </a>
        <a class="hotline" href="tel:96110">
            <span class="hotline__number">"96110"</span>
            <span class="hotline__text">{texts().download().advice}</span>
        </a>
    }
}

/// Ways to hand the code on: as text, as a picture, on paper.
#[component]
fn PassOn(code: StoredValue<Code>, region: StoredValue<String>) -> impl IntoView {
    let toaster = expect_context::<Toaster>();
    // What could not be copied or saved for the person is shown, to be taken by hand.
    let by_hand = RwSignal::new(None::<ByHand>);
    let message = move || (texts().download().message)(&region.get_value());
    let copy = move |_| {
        let texts = texts().download();
        let text = format!("{}{}", message(), code.with_value(Code::text));
        spawn_local(async move {
            if share::copy(&text).await {
                toaster.say(texts.copied);
            } else {
                let _left_meanwhile = by_hand.try_set(Some(ByHand::Text(text)));
            }
        });
    };
    let pass = move |_| {
        let (title, texts) = (texts().common().install_app, texts().download());
        let (text, link) = (message(), code.with_value(Code::text));
        spawn_local(async move {
            if share::share_text(title, &text, &link).await == Shared::Refused {
                toaster.say(texts.share_refused);
            }
        });
    };
    let picture = move |_| {
        let texts = texts().download();
        let drawing = code.with_value(|code| image::Drawing::of(texts, code, &region_text(region)));
        spawn_local(async move {
            match image::save(&drawing, texts.picture_name).await {
                Ok(image::Saved::Downloaded) => toaster.say(texts.picture_saved),
                Ok(image::Saved::ToBeHeld(address)) => {
                    let _left_meanwhile = by_hand.try_set(Some(ByHand::Picture(address)));
                }
                Err(_) => toaster.say(texts.picture_failed),
            }
        });
    };
    // It fails only in a sandboxed frame, and ours is in none.
    let print = move |_| drop(window().print());
    let button = |label: fn() -> &'static str| move || label();
    view! {
        <div class="btn-row">
            <button class="btn btn_default" on:click=copy>{button(|| texts().download().copy)}</button>
            {share::can_share_text().then(|| view! {
                <button class="btn btn_default" on:click=pass>{button(|| texts().download().share)}</button>
            })}
            <button class="btn btn_default" on:click=picture>{button(|| texts().download().picture)}</button>
            <button class="btn btn_default" on:click=print>{button(|| texts().download().poster)}</button>
        </div>
        <div role="status">{move || by_hand.get().map(|by_hand| view! { <Taken by_hand/> })}</div>
    }
}

/// What the person takes by hand, because the browser does not let the page do it.
#[derive(Clone)]
enum ByHand {
    Text(String),
    /// The address of a picture.
    Picture(String),
}

#[component]
fn Taken(by_hand: ByHand) -> impl IntoView {
    match by_hand {
        ByHand::Text(text) => view! {
            <div class="card stack">
                <p class="small">{texts().download().copy_by_hand}</p>
                <p class="code">{text}</p>
            </div>
        }
        .into_any(),
        ByHand::Picture(address) => view! {
            <figure class="card stack">
                <figcaption class="small">{texts().download().picture_hold}</figcaption>
                <img src=address alt=texts().download().poster_lead/>
            </figure>
        }
        .into_any(),
    }
}
