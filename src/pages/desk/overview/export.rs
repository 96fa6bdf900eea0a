use leptos::prelude::*;
use leptos::task::spawn_local;
use wuzha_files::file_name;
use wuzha_jobs::shelf::BookId;

use super::super::problem;
use crate::app::texts;
use crate::browser::{clock, save};
use crate::shelf;

const XLSX: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

/// What is shown as a file, in the order in which it is shown.
#[component]
pub(super) fn Export(shown: RwSignal<Vec<BookId>>) -> impl IntoView {
    let is_busy = RwSignal::new(false);
    let trouble = RwSignal::new(None::<&'static str>);
    let export = move |_| {
        is_busy.set(true);
        trouble.set(None);
        spawn_local(async move {
            let failed = write(shown.get_untracked()).await.err();
            is_busy.try_set(false);
            trouble.try_set(failed);
        });
    };
    view! {
        <section class="stack">
            <button
                class="btn btn_default btn_block"
                disabled=move || is_busy.get() || shown.with(Vec::is_empty)
                aria-busy=move || is_busy.get().to_string()
                on:click=export
            >
                {texts().overview().export}
            </button>
            {move || trouble.get().map(|text| problem(text.to_owned()))}
        </section>
    }
}

async fn write(books: Vec<BookId>) -> Result<(), &'static str> {
    let written = shelf::write_overview(books, |_| {}).await;
    let written = written.map_err(|failure| (texts().overview().failure)(&failure))?;
    let date = clock::now().date(clock::offset()).unwrap_or_default();
    let name = file_name("", "班级总览", date, "xlsx");
    let file = save::file(&written, &name, XLSX).map_err(|_| texts().overview().no_file)?;
    save::download(&file).map_err(|_| texts().overview().no_file)
}
