use leptos::prelude::*;
use wuzha_core::report::{Body, Report};
use wuzha_core::retention::ErasureCertificate;

use super::super::book::LedgerTable;
use super::super::file::{ExportButton, Kind};
use super::Shown;
use crate::app::texts;
use crate::shelf;

/// What was erased, to be printed or kept as a file. It is told once: the desk keeps no names of classes.
#[component]
pub(super) fn CertificateView(shown: Shown, certificate: ErasureCertificate) -> impl IntoView {
    let report = certificate.report();
    let unit = Signal::stored(report.unit.clone());
    let kept = StoredValue::new(report.clone());
    view! {
        <section class="stack" aria-label=texts().privacy().certificate>
            <div class="card stack no-print" role="status">
                <p>{texts().privacy().certificate_note}</p>
            </div>
            <Paper report/>
            <button class="btn btn_primary btn_block" on:click=|_| drop(window().print())>
                {texts().privacy().print}
            </button>
            <ExportButton
                label=texts().privacy().export_certificate
                tone="btn_default"
                kind=Kind::ERASURE
                of=unit
                make=move || Box::pin(shelf::write_report(kept.get_value()))
            />
            <button class="btn btn_plain btn_block" on:click=move |_| shown.certificate.set(None)>
                {texts().privacy().back}
            </button>
        </section>
    }
}

/// The document. Its words are Chinese whatever language the app shows.
#[component]
fn Paper(report: Report) -> impl IntoView {
    let sections = report.numbered().into_iter().map(|(heading, section)| {
        let paragraphs = section.paragraphs.iter();
        let paragraphs = paragraphs.map(|paragraph| match &paragraph.body {
            Body::Text(text) => {
                let lines = text.lines();
                let lines = lines.map(|line| view! { <p>{line.to_owned()}</p> });
                lines.collect_view().into_any()
            }
            Body::Table(ledger) => view! { <LedgerTable ledger=ledger.clone()/> }.into_any(),
        });
        view! { <h3 class="strong">{heading}</h3> {paragraphs.collect_view()} }
    });
    let sections = sections.collect_view();
    view! {
        <article class="card stack" lang="zh-CN">
            <h2 class="strong">{report.title}</h2>
            <p class="muted num">{report.period}</p>
            {sections}
            <p class="num">{report.signature}" "{report.date}</p>
        </article>
    }
}
