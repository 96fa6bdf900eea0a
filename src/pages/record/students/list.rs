use std::collections::BTreeMap;

use leptos::prelude::*;
use wuzha_core::book::{Status, Student};
use wuzha_core::ident::{DormName, PersonName, StudentNo};
use wuzha_core::selection::Selection;

use super::batch::Batch;
use super::narrowing::{Narrowed, Narrowing, to_selection};
use super::tone;
use crate::app::texts;
use crate::store::Store;

/// How many rows one frame draws: more than a screen holds, few enough for a slow phone.
const CHUNK: usize = 40;

/// What a row shows.
#[derive(Clone, PartialEq)]
struct Face {
    name: Option<PersonName>,
    dorm: Option<DormName>,
    status: Option<Status>,
    /// Whether the name was tapped in this batch; `None` outside of one.
    tapped: Option<bool>,
}

impl Face {
    fn of(no: &StudentNo, student: &Student, batch: Option<&Batch>) -> Self {
        Self {
            name: student.name.get().cloned(),
            dorm: student.dorm.get().cloned(),
            status: student.status.copied(),
            tapped: batch.map(|batch| batch.is_done(no, student)),
        }
    }

    /// Whether it is what [`Face::of`] would make, without making it.
    fn shows(&self, no: &StudentNo, student: &Student, batch: Option<&Batch>) -> bool {
        self.name.as_ref() == student.name.get()
            && self.dorm.as_ref() == student.dorm.get()
            && self.status == student.status.copied()
            && self.tapped == batch.map(|batch| batch.is_done(no, student))
    }
}

/// The faces of all rows, each a signal of its own: after a tap one pass compares them with the book,
/// and only the row that differs is woken. A memo a row would wake a thousand rows to find that out.
#[derive(Clone, Copy)]
struct Faces {
    store: Store,
    batch: RwSignal<Option<Batch>>,
    faces: StoredValue<BTreeMap<StudentNo, ArcRwSignal<Face>>>,
}

impl Faces {
    fn new(store: Store, batch: RwSignal<Option<Batch>>) -> Self {
        let faces = Self {
            store,
            batch,
            faces: StoredValue::new(BTreeMap::new()),
        };
        Effect::new(move |_| faces.refresh());
        faces
    }

    /// The face of a student's row.
    fn of(self, no: &StudentNo) -> ArcRwSignal<Face> {
        if let Some(face) = self.faces.with_value(|faces| faces.get(no).cloned()) {
            return face;
        }
        let face = self.store.book().with_untracked(|book| {
            let unknown = Student::default();
            let student = book.student(no).unwrap_or(&unknown);
            let batch = self.batch.read_untracked();
            ArcRwSignal::new(Face::of(no, student, batch.as_ref()))
        });
        self.faces.update_value(|faces| {
            faces.insert(no.clone(), face.clone());
        });
        face
    }

    fn refresh(self) {
        let (book, batch) = (self.store.book(), self.batch.read());
        let book = book.read();
        self.faces.with_value(|faces| {
            // Both are in the order of the numbers: walked side by side, nothing is looked up.
            let mut faces = faces.iter().peekable();
            for (no, student) in book.students() {
                while faces.next_if(|(behind, _)| *behind < no).is_some() {}
                let Some((_, face)) = faces.next_if(|(at, _)| *at == no) else {
                    continue;
                };
                let batch = batch.as_ref();
                if !face.with_untracked(|face| face.shows(no, student, batch)) {
                    face.set(Face::of(no, student, batch));
                }
            }
        });
    }
}

/// The rows.
#[component]
pub(super) fn List(
    narrowing: Narrowing,
    shown: Memo<Vec<StudentNo>>,
    batch: RwSignal<Option<Batch>>,
    on_tap: Callback<StudentNo>,
) -> impl IntoView {
    let store = expect_context::<Store>();
    let faces = Faces::new(store, batch);
    let rows = drawn_bit_by_bit(narrowing, shown);
    let people = move || {
        let of = store.book().with(|book| Selection::All.count(book));
        let shown = u32::try_from(shown.with(Vec::len)).unwrap_or(u32::MAX);
        let texts = texts().students();
        if shown == of {
            (texts.people)(of)
        } else {
            (texts.people_of)(shown, of)
        }
    };
    view! {
        <p class="section-title" role="status">{people}</p>
        <Show
            when=move || !shown.with(Vec::is_empty)
            fallback=move || view! { <NoneFound narrowing/> }
        >
            <section class="cells" aria-label=texts().students().list>
                <For each=move || rows.get() key=Clone::clone let:no>
                    <Row face=faces.of(&no) no on_tap/>
                </For>
            </section>
        </Show>
    }
}

/// The first rows at once and the others a chunk a frame, so that the first screen and each filter
/// appear without waiting for a thousand rows.
fn drawn_bit_by_bit(narrowing: Narrowing, shown: Memo<Vec<StudentNo>>) -> Memo<Vec<StudentNo>> {
    let drawn = RwSignal::new(None::<(Narrowed, usize)>);
    let reach = Memo::new(move |_| match drawn.get() {
        Some((of, rows)) if of == narrowing.now() => rows,
        // Another filter begins anew.
        _ => CHUNK,
    });
    Effect::new(move |_| {
        let (reach, now) = (reach.get(), narrowing.now());
        if reach < shown.with(Vec::len) {
            request_animation_frame(move || {
                // Without the page nothing is left to draw.
                let _gone = drawn.try_set(Some((now, reach + CHUNK)));
            });
        }
    });
    Memo::new(move |_| {
        let reach = reach.get();
        shown.with(|shown| shown.iter().take(reach).cloned().collect())
    })
}

#[component]
fn Row(no: StudentNo, face: ArcRwSignal<Face>, on_tap: Callback<StudentNo>) -> impl IntoView {
    let tail = no.tail().to_owned();
    let tapped = {
        let face = face.clone();
        move || face.with(|face| face.tapped)
    };
    let is_tapped = {
        let tapped = tapped.clone();
        move || tapped() == Some(true)
    };
    let content = move || {
        let (texts, words) = (texts().students(), texts().words());
        face.with(|face| {
            let name = face.name.as_ref().map_or("", PersonName::as_str).to_owned();
            let dorm = face.dorm.as_ref().map_or(texts.no_dorm, DormName::as_str);
            let chip = match tone(face.status) {
                "" => "chip chip_muted".to_owned(),
                tone => format!("chip chip_{tone}"),
            };
            view! {
                <span class="student-row__name">{name}</span>
                <span class="student-row__meta">{(texts.row_meta)(dorm, &tail)}</span>
                <span class=chip>{words.known_status(face.status)}</span>
            }
        })
    };
    view! {
        <button
            class="student-row"
            class:student-row_marked=is_tapped
            aria-pressed=move || tapped().map(|tapped| tapped.to_string())
            on:click=move |_| on_tap.run(no.clone())
        >
            {content}
        </button>
    }
}

/// When the filters leave nobody.
#[component]
fn NoneFound(narrowing: Narrowing) -> impl IntoView {
    let go = to_selection();
    let show_all = move |_| {
        narrowing.widen();
        go(Selection::All);
    };
    view! {
        <div class="empty">
            <p class="empty__title">{texts().students().none_found}</p>
            <p>{texts().students().none_found_next}</p>
            <button class="btn btn_default" on:click=show_all>
                {texts().students().show_all}
            </button>
        </div>
    }
}
