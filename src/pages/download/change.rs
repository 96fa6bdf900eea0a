use leptos::prelude::*;
use leptos::task::spawn_local;
use web_sys::File;
use wuzha_core::link::{Link, LinkError, judge_link};
use wuzha_jobs::Failure;

use super::code::{self, Code, REGION_MAX};
use crate::app::texts;
use crate::browser::save;
use crate::codes::{self, CodeTrouble};
use crate::components::QrCode;
use crate::shell::{Screen, Toaster};

#[derive(Clone)]
enum State {
    Choosing,
    Reading,
    /// A code was read: the link in it, or a text that is none.
    Read(Result<Link, String>),
    NotAPicture,
    NoCode,
    Failed(Failure),
}

type Step = RwSignal<State, LocalStorage>;

/// 换成学校的二维码: decoded on the phone, its domain looked at, confirmed by a person, drawn anew.
#[component]
pub(crate) fn ChangeCode() -> impl IntoView {
    let code = RwSignal::new(Code::shown());
    let state = RwSignal::new_local(State::Choosing);
    view! {
        <Screen title=texts().download().change.title back="/download" class="stack">
            <p class="section-note">{texts().download().change.lead}</p>
            {move || reading(state, code)}
            <Current code/>
            <Region/>
        </Screen>
    }
}

/// What the step shows.
fn reading(state: Step, code: RwSignal<Code>) -> AnyView {
    let problem = |sentence: String| {
        view! {
            <div class="banner banner_warn" role="alert"><p>{sentence}</p></div>
            <Choose state/>
        }
        .into_any()
    };
    let change = &texts().download().change;
    match state.get() {
        State::Choosing => view! { <Choose state/> }.into_any(),
        State::Reading => view! {
            <div class="progress" role="status">
                <span class="progress__label row">
                    <span class="spinner"></span>
                    {change.reading}
                </span>
                <progress aria-label=change.reading></progress>
            </div>
        }
        .into_any(),
        State::NotAPicture => problem(change.not_a_picture.to_owned()),
        State::NoCode => problem(change.no_code.to_owned()),
        State::Failed(failure) => problem((texts().hand_in().failure)(&failure)),
        State::Read(Err(text)) => view! {
            <div class="banner banner_danger" role="alert"><p>{change.not_a_link}</p></div>
            <Says text/>
            <Choose state/>
        }
        .into_any(),
        State::Read(Ok(link)) => view! { <Judge state code link/> }.into_any(),
    }
}

#[component]
fn Choose(state: Step) -> impl IntoView {
    let choose = move |event| {
        if let Some(file) = save::chosen(&event_target(&event)) {
            state.set(State::Reading);
            spawn_local(async move {
                let read = read(&file).await;
                let _left_meanwhile = state.try_set(read);
            });
        }
    };
    view! {
        <label class="upload">
            <input type="file" class="sr-only" accept="image/*" on:change=choose/>
            <span class="strong">{texts().download().change.choose}</span>
            <span class="muted small">{texts().download().change.choose_hint}</span>
        </label>
    }
}

async fn read(file: &File) -> State {
    match codes::read(file).await {
        Ok(Some(text)) => State::Read(judge(text)),
        Ok(None) => State::NoCode,
        Err(CodeTrouble::NotAPicture) => State::NotAPicture,
        Err(CodeTrouble::Failed(failure)) => State::Failed(failure),
    }
}

fn judge(text: String) -> Result<Link, String> {
    judge_link(&text).map_err(|(LinkError::Empty | LinkError::NotALink)| text)
}

#[component]
fn Says(text: String) -> impl IntoView {
    view! {
        <section>
            <h2 class="section-title">{texts().download().change.says}</h2>
            <p class="code">{text}</p>
        </section>
    }
}

/// The domain and what speaks against it; adopted only after a person has checked it.
#[component]
fn Judge(state: Step, code: RwSignal<Code>, link: Link) -> impl IntoView {
    let toaster = expect_context::<Toaster>();
    let checked = RwSignal::new(false);
    let Link {
        text,
        domain,
        warnings,
    } = link.clone();
    let adopt = move |_| {
        let change = &texts().download().change;
        if code::adopt(&link) {
            code.set(Code::shown());
            state.set(State::Choosing);
            toaster.say(change.adopted);
        } else {
            toaster.say(change.not_kept);
        }
    };
    let warnings = warnings.into_iter().map(|warning| {
        view! {
            <div class="banner banner_warn">
                <p>{(texts().download().change.warning)(warning)}</p>
            </div>
        }
    });
    view! {
        <section class="card stack" role="status">
            <h2 class="muted small">{texts().download().change.domain}</h2>
            <p class="welcome__title strong wrap-anywhere">{domain}</p>
        </section>
        {warnings.collect_view()}
        <Says text/>
        <div class="cells">
            <label class="cell">
                <input
                    type="checkbox"
                    on:change=move |event| checked.set(event_target_checked(&event))
                />
                <span class="cell__bd">{texts().download().change.checked}</span>
            </label>
        </div>
        <button
            class="btn btn_primary btn_block"
            disabled=move || !checked.get()
            on:click=adopt
        >
            {texts().download().change.adopt}
        </button>
        <button class="btn btn_default btn_block" on:click=move |_| state.set(State::Choosing)>
            {texts().common().cancel}
        </button>
    }
}

/// The school's code that is in use, and taking it away.
#[component]
fn Current(code: RwSignal<Code>) -> impl IntoView {
    let toaster = expect_context::<Toaster>();
    let remove = move |_| {
        code::remove();
        code.set(Code::shown());
        toaster.say(texts().download().change.removed);
    };
    move || {
        let Code::School(link) = code.get() else {
            return None;
        };
        let Link { text, domain, .. } = link;
        let label = domain.clone();
        Some(view! {
            <section>
                <h2 class="section-title">{texts().download().change.current}</h2>
                <div class="card stack">
                    <figure class="figure">
                        <QrCode text=text label=(texts().download().code_of)(&label)/>
                    </figure>
                    <p class="strong center wrap-anywhere">{domain}</p>
                    <button class="btn btn_default btn_block" on:click=remove>
                        {texts().download().change.remove}
                    </button>
                </div>
            </section>
        })
    }
}

/// 学校要求的地区.
#[component]
fn Region() -> impl IntoView {
    let toaster = expect_context::<Toaster>();
    let region = RwSignal::new(code::region());
    let keep = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let change = &texts().download().change;
        let kept = code::keep_region(&region.get_untracked());
        toaster.say(if kept {
            change.region_kept
        } else {
            change.not_kept
        });
    };
    view! {
        <form class="card stack" on:submit=keep>
            <div class="field">
                <label class="field__label" for="region">
                    {texts().download().change.region}
                </label>
                <input
                    id="region"
                    class="field__input"
                    aria-describedby="region-hint"
                    maxlength=REGION_MAX.to_string()
                    prop:value=region
                    on:input=move |event| region.set(event_target_value(&event))
                />
                <p id="region-hint" class="field__hint">
                    {texts().download().change.region_hint}
                </p>
            </div>
            <button class="btn btn_default btn_block">
                {texts().download().change.keep_region}
            </button>
        </form>
    }
}
