use leptos::prelude::*;
use wuzha_core::book::commands::{self, Mark};

use super::sheet::Chosen;
use crate::app::texts;

const MARKS: [Mark; 4] = [Mark::Region, Mark::Login, Mark::Pledge, Mark::Notice];
const VALUES: [Option<bool>; 3] = [Some(true), Some(false), None];

/// What is recorded as yes, no or unknown.
#[component]
pub(super) fn Marks(chosen: Chosen) -> impl IntoView {
    let row = move |mark: Mark| {
        let value = Memo::new(move |_| chosen.student.with(|student| mark.of(student)));
        let choice = move |choice: Option<bool>| {
            let write = move || {
                if value.get_untracked() == choice {
                    return;
                }
                let texts = texts().students();
                let (mark_name, value_name) =
                    ((texts.mark)(mark), (texts.mark_value)(mark, choice));
                chosen.write(&format!("{mark_name} {value_name}"), |_, no| {
                    commands::mark(no, mark, choice)
                });
            };
            view! {
                <Choice
                    label=(texts().students().mark_value)(mark, choice)
                    is_chosen=move || value.get() == choice
                    on_choose=move |()| write()
                    answer=Answer::of(choice)
                />
            }
        };
        view! {
            <div class="cell" role="group" aria-label=(texts().students().mark)(mark)>
                <span class="cell__bd">{(texts().students().mark)(mark)}</span>
                <span class="cell__ft">{VALUES.map(choice).into_iter().collect_view()}</span>
            </div>
        }
    };
    MARKS.map(row).into_iter().collect_view()
}

/// What choosing something says, for its colour.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
pub(super) enum Answer {
    /// Yes, or a choice that is neither good nor bad.
    #[default]
    Yes,
    No,
    Unknown,
}

impl Answer {
    fn of(value: Option<bool>) -> Self {
        match value {
            Some(true) => Self::Yes,
            Some(false) => Self::No,
            None => Self::Unknown,
        }
    }

    fn class(self) -> &'static str {
        match self {
            Self::Yes => "filter",
            Self::No => "filter filter_no",
            Self::Unknown => "filter filter_unknown",
        }
    }
}

/// One of several choices in a row.
#[component]
pub(super) fn Choice(
    #[prop(into)] label: Signal<&'static str>,
    #[prop(into)] is_chosen: Signal<bool>,
    #[prop(into)] on_choose: Callback<()>,
    #[prop(optional)] answer: Answer,
) -> impl IntoView {
    view! {
        <button
            class=answer.class()
            aria-pressed=move || is_chosen.get().to_string()
            on:click=move |_| on_choose.run(())
        >
            {move || label.get()}
        </button>
    }
}
