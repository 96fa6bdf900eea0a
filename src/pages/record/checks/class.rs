use leptos::prelude::*;
use wuzha_core::book::{Book, Subject};

use super::form::CheckForm;
use super::gates::Gates;
use super::rounds::{Rounds, Viewed};
use crate::app::texts;
use crate::pages::record::activities::Activities;
use crate::pages::record::{Part, Parts};
use crate::shell::{Screen, Tab};
use crate::store::Store;

/// 登记 · 班级: the class's activities, its checklist, and how 无诈班级 stands.
#[component]
pub(crate) fn ClassChecks() -> impl IntoView {
    let viewed = Viewed::of_address();
    let book = expect_context::<Store>().book();
    let is_empty = Memo::new(move |_| book.with(|book: &Book| book.students().next().is_none()));
    view! {
        <Screen title=texts().common().record tab=Tab::Record>
            <Parts current=Part::Class/>
            <Show when=move || !viewed.is_over.get()>
                <Activities/>
            </Show>
            <Rounds viewed path="/record/class"/>
            <Show when=move || is_empty.get()>
                <div class="banner banner_warn">
                    <p>{texts().checks().no_students}</p>
                    <a class="banner__action" href="/import">{texts().checks().import}</a>
                </div>
            </Show>
            <CheckForm subject=Subject::Class viewed/>
            <Show when=move || !viewed.is_over.get()>
                <Gates subject=Subject::Class/>
            </Show>
        </Screen>
    }
}
