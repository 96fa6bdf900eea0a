use leptos::prelude::*;
use wuzha_core::book::{
    About, ActivityField, ActivityKind, Book, FindingPart, Status, StudentField, Subject, Verdict,
    Verification, commands,
};
use wuzha_core::ident::Slug;
use wuzha_core::log::{Head, Key, Value};
use wuzha_core::pack::Pack;
use wuzha_core::quiz::{Attempt, PaperSpec};

use crate::app::{bilingual, texts};
use crate::browser::clock;
use crate::content;
use crate::shell::{Screen, commit_undoable};
use crate::store::Store;

/// 处理冲突: every record in which people wrote different things; one is chosen.
#[component]
pub(crate) fn Conflicts() -> impl IntoView {
    let book = expect_context::<Store>().book();
    let keys = Memo::new(move |_| book.with(|book| book.conflicts().clone()));
    let none = || {
        view! {
            <div class="empty empty_card">
                <p class="empty__title">{texts().settings().conflicts.none}</p>
                <p>{texts().settings().conflicts.none_next}</p>
                <a class="btn btn_primary" href="/">{texts().settings().conflicts.to_today}</a>
            </div>
        }
    };
    view! {
        <Screen title=texts().settings().conflicts.title back="/">
            <Show when=move || keys.with(|keys| !keys.is_empty()) fallback=none>
                <p class="section-note">{texts().settings().conflicts.lead}</p>
                <For each=move || keys.get() key=Key::clone let:key>
                    <Conflict key/>
                </For>
            </Show>
        </Screen>
    }
}

/// One record and what rivals for it.
#[component]
fn Conflict(key: Key) -> impl IntoView {
    let store = expect_context::<Store>();
    let pack = content::pack();
    let about = StoredValue::new(About::of(&key));
    let title = move || {
        let name = |book: &Book| about.with_value(|about| title(about, book, pack));
        store.book().with(name)
    };
    let rivals = {
        let key = key.clone();
        Memo::new(move |_| store.heads(&key))
    };
    let rival = move |(at, head): (usize, Head)| {
        let text = about.with_value(|about| in_words(about, &head.value));
        let by = written_by(store, &head);
        let value = head.value.clone();
        let key = key.clone();
        let chosen = text.clone();
        let choose = move |_| {
            let text = (texts().settings().conflicts.chosen)(&chosen);
            commit_undoable(commands::choose(&key, value.clone()), text);
        };
        let shown = (at == 0).then(|| {
            view! { <span class="chip chip_info">{texts().settings().conflicts.shown}</span> }
        });
        view! {
            <li>
                <button class="cell" on:click=choose>
                    <span class="cell__bd wrap-anywhere">
                        {text} <span class="cell__desc">{by}</span>
                    </span>
                    <span class="cell__ft">{shown}</span>
                </button>
            </li>
        }
    };
    view! {
        <section>
            <h2 class="section-title">{title}</h2>
            <ul class="cells">
                {move || rivals.get().into_iter().enumerate().map(&rival).collect_view()}
            </ul>
        </section>
    }
}

/// Who wrote it, and when.
fn written_by(store: Store, head: &Head) -> String {
    let texts = texts().settings().conflicts;
    let device = head.id.device;
    let recorder = store
        .book()
        .with(|book| book.recorder(device).map(str::to_owned));
    let who = match recorder {
        Some(recorder) => recorder,
        None if store.device() == Some(device) => texts.this_phone.to_owned(),
        None => (texts.device)(&device.to_string()),
    };
    (texts.by)(&who, &head.hlc.time().to_minute_text(clock::offset()))
}

/// What the record is about, in words.
fn title(about: &About, book: &Book, pack: &Pack) -> String {
    let texts = texts().settings().conflicts;
    let student = |no| book.student(no).map_or("", |student| student.name_text());
    match about {
        About::Profile(field) => (texts.profile)(*field).to_owned(),
        About::Student { no, field } => {
            format!("{} {no} · {}", student(no), (texts.student)(*field))
        }
        About::Round(round) => (texts.round)(*round),
        About::Finding {
            subject,
            item,
            part,
            ..
        } => (texts.finding)(subject, &item_text(pack, subject, item), *part),
        About::Paper(id) => (texts.paper)(id.as_str()),
        About::Attempt { no, nth, .. } => {
            format!("{} {no} · {}", student(no), (texts.attempt)(*nth))
        }
        About::Activity { id, field } => activity(book, id, *field),
        About::Recorder(_) => texts.recorder.to_owned(),
        About::Other => texts.other.to_owned(),
    }
}

/// Which activity by its kind and day, and which field of it.
fn activity(book: &Book, id: &Slug, field: ActivityField) -> String {
    let texts = texts().activities();
    let activities = book.activities();
    let known = activities.get(id);
    let kind = known.and_then(|activity| activity.kind.copied());
    let name = kind.map_or(texts.title, texts.kind);
    let day = known.and_then(|activity| activity.day.copied());
    let day = day.map(|day| format!(" {day}")).unwrap_or_default();
    format!("{name}{day} · {}", (texts.field)(field, kind))
}

/// What an item of a checklist says; its id where the pack does not have it any more.
fn item_text(pack: &Pack, subject: &Subject, item: &Slug) -> String {
    let items = &pack.checklist(subject.scope()).items;
    let found = items.iter().find(|found| found.id == *item);
    found.map_or_else(
        || item.to_string(),
        |found| bilingual(&found.text).to_owned(),
    )
}

/// A value in words.
fn in_words(about: &About, value: &Value) -> String {
    let (kinds, words) = (texts().activities().kind, texts().words());
    let texts = texts().settings().conflicts;
    let coded = |code: &str| match about {
        About::Student { field, .. } => match field {
            StudentField::Status => Status::from_code(code).map(words.status),
            StudentField::Verified => Verification::from_code(code).map(words.verification),
            _ => None,
        },
        About::Finding {
            part: FindingPart::Verdict,
            ..
        } => Verdict::from_code(code).map(words.verdict),
        About::Activity {
            field: ActivityField::Kind,
            ..
        } => ActivityKind::from_code(code).map(kinds),
        _ => None,
    };
    match value {
        Value::Null => texts.cleared.to_owned(),
        Value::Bool(true) => texts.yes.to_owned(),
        Value::Bool(false) => texts.no.to_owned(),
        Value::Text(text) => coded(text).map_or_else(|| text.clone(), str::to_owned),
        Value::Int(number) => number.to_string(),
        _ => match about {
            About::Attempt { .. } => Attempt::from_value(value)
                .map(|attempt| (texts.score)(attempt.score.right(), attempt.score.of())),
            About::Paper(_) => {
                PaperSpec::from_value(value).map(|paper| (texts.questions)(paper.count()))
            }
            _ => None,
        }
        .unwrap_or_else(|| texts.unreadable.to_owned()),
    }
}
