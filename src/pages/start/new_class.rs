use leptos::ev::SubmitEvent;
use leptos::html::Input;
use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos_router::components::Redirect;
use leptos_router::hooks::use_navigate;
use wuzha_core::book::Book;
use wuzha_core::book::commands::{self, MAX_TEXT, ProfileInput};
use wuzha_jobs::courier::{Invited, UnitName};

use crate::app::texts;
use crate::browser::install::{Surroundings, surroundings};
use crate::browser::{clock, quota};
use crate::school::School;
use crate::shell::{Screen, Toaster, explain};
use crate::store::{BookName, Phase, Store, StoreError};

/// What stands in the way of the form.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Gate {
    Opening,
    Open,
    /// The first screen says what is wrong.
    Closed,
}

/// 建班级: a class in under a minute. The same form corrects it later.
#[component]
pub(crate) fn NewClass() -> impl IntoView {
    let phase = expect_context::<Store>().phase();
    let gate = Memo::new(move |_| match phase.get() {
        Phase::Opening => Gate::Opening,
        Phase::NoClass | Phase::Ready => Gate::Open,
        _ => Gate::Closed,
    });
    let knows_risk = RwSignal::new(surroundings() != Surroundings::WeChat);
    move || match gate.get() {
        Gate::Opening => view! { <Screen title="" back="/">""</Screen> }.into_any(),
        Gate::Closed => view! { <Redirect path="/"/> }.into_any(),
        Gate::Open if knows_risk.get() => view! { <Form/> }.into_any(),
        Gate::Open => view! { <WeChatNotice knows_risk/> }.into_any(),
    }
}

/// In WeChat, before anything is entered: how to leave it, or to go on knowingly.
#[component]
fn WeChatNotice(knows_risk: RwSignal<bool>) -> impl IntoView {
    let steps = move || {
        let steps = texts().new_class().wechat_steps.iter();
        steps.map(|step| view! { <li>{*step}</li> }).collect_view()
    };
    view! {
        <Screen title=texts().new_class().title back="/" class="stack">
            <div class="banner banner_warn" role="note">
                <div class="banner__bd">
                    <p class="strong">{texts().new_class().wechat_title}</p>
                    <p>{texts().new_class().wechat_text}</p>
                </div>
            </div>
            <section class="card"><ol class="steps">{steps}</ol></section>
            <button class="btn btn_plain btn_block" on:click=move |_| knows_risk.set(true)>
                {texts().new_class().go_on}
            </button>
        </Screen>
    }
}

/// What is typed.
#[derive(Clone, Copy)]
struct Typed {
    name: RwSignal<String>,
    school: RwSignal<String>,
    department: RwSignal<String>,
    grade: RwSignal<String>,
    recorder: RwSignal<String>,
}

impl Typed {
    /// What the book has already, or else the invitation.
    fn of(store: Store, school: School) -> Self {
        let text = |pick: fn(&Book) -> Option<&String>, unit: fn(Invited) -> Option<UnitName>| {
            let text = store.book().with_untracked(|book| pick(book).cloned());
            let invited = || school.invited().and_then(unit).map(String::from);
            RwSignal::new(text.or_else(invited).unwrap_or_default())
        };
        // Of a phone that joins a class which has a monitor, nobody knows whose it is.
        let default = || match store.book().with_untracked(Book::has_class) {
            true => String::new(),
            false => texts().new_class().recorder_default.to_owned(),
        };
        Self {
            name: text(|book| book.profile.name.get(), |invited| invited.class),
            school: text(
                |book| book.profile.school.get(),
                |invited| Some(invited.school),
            ),
            department: text(
                |book| book.profile.department.get(),
                |invited| invited.department,
            ),
            grade: text(|book| book.profile.grade.get(), |_| None),
            recorder: RwSignal::new(recorder(store).unwrap_or_else(default)),
        }
    }

    fn profile(self) -> ProfileInput {
        ProfileInput {
            school: self.school.get_untracked(),
            department: self.department.get_untracked(),
            grade: self.grade.get_untracked(),
            name: self.name.get_untracked(),
        }
    }
}

#[component]
fn Form() -> impl IntoView {
    let (store, toaster) = (expect_context::<Store>(), expect_context::<Toaster>());
    let navigate = use_navigate();
    let is_new = store.book().with_untracked(|book| !book.has_class());
    // Another phone has made the class.
    let is_joining = !is_new && recorder(store).is_none();
    let typed = Typed::of(store, expect_context::<School>());
    let is_missing = RwSignal::new(false);
    let is_busy = RwSignal::new(false);
    let problem = RwSignal::new(None);
    let name = NodeRef::<Input>::new();
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        is_missing.set(typed.name.with_untracked(|name| name.trim().is_empty()));
        if is_missing.get_untracked() {
            let _focused = name.get_untracked().map(|name| name.focus());
            return;
        }
        if is_busy.get_untracked() {
            return;
        }
        is_busy.set(true);
        let navigate = navigate.clone();
        let saved = texts().new_class().saved;
        let (profile, recorder) = (typed.profile(), typed.recorder.get_untracked());
        spawn_local(async move {
            let done = save(store, &profile, &recorder).await;
            // The form may be gone meanwhile.
            let _gone = is_busy.try_set(false);
            let is_saved = done.is_ok();
            let _gone = problem.try_set(done.err());
            if is_saved && is_new {
                navigate("/import", Default::default());
            } else if is_saved {
                toaster.say(saved);
                let next = if is_joining { "/" } else { "/settings" };
                navigate(next, Default::default());
            }
        });
    };
    let title = move || {
        let texts = texts().new_class();
        if is_new {
            texts.title
        } else {
            texts.title_edit
        }
    };
    let done = move || {
        if is_new {
            texts().new_class().next
        } else {
            texts().common().save
        }
    };
    view! {
        <Screen title=title back=if is_new || is_joining { "/" } else { "/settings" } class="page_fill">
            {is_new.then(|| view! { <NotKept/> })}
            {move || problem.with(|problem| problem.as_ref().map(|error| view! {
                <div class="banner banner_danger" role="alert"><p>{explain(error)}</p></div>
            }))}
            <form id="class" class="cells" novalidate on:submit=submit>
                <label class="field">
                    <span class="field__label">{texts().new_class().name}</span>
                    <input
                        class="field__input"
                        node_ref=name
                        autocomplete="off"
                        maxlength=MAX_TEXT
                        placeholder=texts().new_class().name_placeholder
                        aria-required="true"
                        aria-invalid=move || is_missing.get().then_some("true")
                        aria-describedby="name-missing"
                        bind:value=typed.name
                    />
                    <Show when=move || is_missing.get()>
                        <span class="field__error" id="name-missing" role="alert">
                            {texts().new_class().name_missing}
                        </span>
                    </Show>
                </label>
                <TextField label=|| texts().new_class().school value=typed.school/>
                <TextField label=|| texts().new_class().department value=typed.department/>
                <TextField label=|| texts().new_class().grade value=typed.grade/>
                <label class="field">
                    <span class="field__label">{texts().new_class().recorder}</span>
                    <input
                        class="field__input"
                        autocomplete="off"
                        maxlength=MAX_TEXT
                        bind:value=typed.recorder
                    />
                    <span class="field__hint">{texts().new_class().recorder_hint}</span>
                </label>
            </form>
            <div class="btn-bar">
                <button
                    class="btn btn_primary btn_large"
                    type="submit"
                    form="class"
                    aria-busy=move || is_busy.get().then_some("true")
                >
                    {done}
                </button>
            </div>
        </Screen>
    }
}

/// A field that may stay empty.
#[component]
fn TextField(label: fn() -> &'static str, value: RwSignal<String>) -> impl IntoView {
    view! {
        <label class="field">
            <span class="field__label">{label()}</span>
            <input
                class="field__input"
                autocomplete="off"
                maxlength=MAX_TEXT
                placeholder=texts().new_class().optional
                bind:value=value
            />
        </label>
    }
}

/// Says that the browser may clear what is stored, where it has not promised otherwise.
#[component]
fn NotKept() -> impl IntoView {
    let is_kept = RwSignal::new(true);
    spawn_local(async move {
        let kept = quota::persisted().await == Some(true);
        let _gone = is_kept.try_set(kept);
    });
    view! {
        <Show when=move || !is_kept.get()>
            <div class="banner banner_info" role="note">
                <p>{texts().new_class().not_kept}</p>
            </div>
        </Show>
    }
}

/// Who records on this phone; `None` before anybody has said so.
fn recorder(store: Store) -> Option<String> {
    let device = store.device()?;
    let recorder = |book: &Book| book.recorder(device).map(str::to_owned);
    store.book().with_untracked(recorder)
}

/// Stores what was typed. The device has no id before its first change is stored, so who records
/// comes second for a new class.
async fn save(store: Store, profile: &ProfileInput, recorder: &str) -> Result<(), StoreError> {
    let is_new = store.book().with_untracked(|book| !book.has_class());
    // A class made while the example is empty is the person's own.
    if is_new && store.shown().get_untracked() == BookName::Example {
        store.switch_to(BookName::Class).await?;
    }
    let today = clock::now().date(clock::offset());
    let name_class = |book: &Book| commands::set_profile(book, profile, today.unwrap_or_default());
    let changes = store.book().with_untracked(name_class);
    store.commit_and_wait(changes).await?;
    let Some(device) = store.device() else {
        return Ok(());
    };
    let sign = |book: &Book| commands::set_recorder(book, device, recorder);
    let changes = store.book().with_untracked(sign);
    store.commit_and_wait(changes).await
}
