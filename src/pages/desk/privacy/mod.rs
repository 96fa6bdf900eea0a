//! 个人信息: what has been kept long enough, one student's records, and what was erased.
//!
//! # Layout
//! - here: the screen, and what was erased before
//! - `expired`: classes that are due; `student`: one student's file, and erasing them
//! - `certificate`: what an erasure leaves

mod certificate;
mod expired;
mod student;

use leptos::prelude::*;
use leptos::task::spawn_local;
use wuzha_core::desk::ErasureNote;
use wuzha_core::retention::{ErasureCertificate, KeptMonths};
use wuzha_jobs::privacy::Keeping;
use wuzha_jobs::shelf::Failure;

use super::frame::{DeskScreen, Place};
use super::{problem, waiting};
use crate::app::texts;
use crate::browser::{clock, preference};
use crate::content;
use crate::shelf;
use certificate::CertificateView;
use expired::Expired;
use student::Student;

/// For how many months the school keeps classes.
const MONTHS: &str = "wuzha.kept_months";
/// Whose certificates these are.
const UNIT: &str = "wuzha.eraser";

/// What is shown.
#[derive(Clone, Copy)]
struct Shown {
    keeping: RwSignal<Option<Result<Keeping, Failure>>, LocalStorage>,
    months: RwSignal<KeptMonths>,
    unit: RwSignal<String>,
    /// What was erased just now.
    certificate: RwSignal<Option<ErasureCertificate>, LocalStorage>,
}

/// 个人信息.
#[component]
pub(super) fn PrivacyView() -> impl IntoView {
    let shown = Shown {
        keeping: RwSignal::new_local(None),
        months: RwSignal::new(preference::get(MONTHS).unwrap_or_default()),
        unit: RwSignal::new(preference::get(UNIT).unwrap_or_else(school_name)),
        certificate: RwSignal::new_local(None),
    };
    shown.read();
    let content = move || match shown.certificate.get() {
        Some(certificate) => view! { <CertificateView shown certificate/> }.into_any(),
        None => view! {
            <p class="section-note">{texts().privacy().lead}</p>
            <Unit shown/>
            <Student shown/>
            <Expired shown/>
            <Earlier shown/>
        }
        .into_any(),
    };
    view! {
        <DeskScreen place=Place::Privacy>{content}</DeskScreen>
    }
}

/// The school's, where its pack says it.
fn school_name() -> String {
    let name = content::school().name;
    name.map_or_else(String::new, |name| name.as_str().to_owned())
}

impl Shown {
    /// Reads anew what is kept.
    fn read(self) {
        let months = self.months.get_untracked();
        spawn_local(async move {
            let read = shelf::privacy::keeping(months).await;
            let _left_meanwhile = self.keeping.try_set(Some(read));
        });
    }

    /// Shows what was erased, and remembers whose certificate it is for the next.
    fn erased(self, certificate: ErasureCertificate) {
        // Asked again next time where it cannot be kept.
        let _kept = preference::keep(UNIT, &certificate.unit);
        let _left_meanwhile = self.certificate.try_set(Some(certificate));
        self.read();
    }
}

/// Who erases.
#[component]
fn Unit(shown: Shown) -> impl IntoView {
    view! {
        <label class="field">
            <span class="field__label">{texts().privacy().unit}</span>
            <input class="field__input" maxlength="60" autocomplete="off" bind:value=shown.unit/>
            <span class="field__hint">{texts().privacy().unit_hint}</span>
        </label>
    }
}

/// 清除记录.
#[component]
fn Earlier(shown: Shown) -> impl IntoView {
    let list = move || match shown.keeping.get() {
        None => waiting(texts().overview().opening),
        Some(Err(failure)) => problem((texts().overview().failure)(&failure).to_owned()),
        Some(Ok(keeping)) if keeping.erasures.is_empty() => {
            view! { <p class="muted small">{texts().privacy().no_earlier}</p> }.into_any()
        }
        Some(Ok(keeping)) => {
            let lines = keeping.erasures.iter().map(line);
            view! { <ul class="cells">{lines.collect_view()}</ul> }.into_any()
        }
    };
    view! {
        <section class="stack">
            <h2 class="section-title"><span>{texts().privacy().earlier}</span></h2>
            {list}
        </section>
    }
}

fn line(note: &ErasureNote) -> impl IntoView + use<> {
    let ErasureNote {
        reason,
        classes,
        students,
        records,
        ..
    } = *note;
    let what = (texts().privacy().erasure)(reason, classes, students, records);
    let time = note.at.to_minute_text(clock::offset());
    let number = note.certificate.clone();
    view! {
        <li class="cell">
            <span class="cell__bd">
                {what}
                <span class="cell__desc num">{time}" · "{number}</span>
            </span>
        </li>
    }
}
