//! 编辑与发布: the school's content, edited on screen or in a spreadsheet, compared, signed, published.
//!
//! # Layout
//! - here: the screen, and the draft; `publish`: what is different, and publishing it
//! - `school`: the school itself; `units`: its tree and its terms; `campaign`: the campaign and its phases;
//!   `code`: the download code
//! - `lists`: criteria and checklists; `sheets`: all lists through a spreadsheet

mod campaign;
mod code;
mod lists;
mod publish;
mod school;
mod sheets;
mod units;

use leptos::prelude::*;
use leptos::task::spawn_local;
use wuzha_core::pack::{PackFiles, WholePack};

use super::frame::{DeskScreen, Place};
use super::waiting;
use crate::app::texts;
use crate::content;
use crate::pages::explain_trouble;
use crate::school::{PackTrouble, no_content, pack_in_use};
use crate::store::{Note, Store};
use campaign::CampaignFields;
use code::DownloadCodeFields;
use lists::{ChecklistFields, CriteriaFields};
use publish::Publish;
use school::SchoolFields;
use sheets::Sheets;
use units::{TermFields, UnitFields};

/// The pack that is being edited, kept on the device with each change.
#[derive(Clone, Copy)]
struct Draft {
    store: Store,
    /// As it is in use.
    in_use: StoredValue<WholePack>,
    pack: RwSignal<WholePack>,
}

impl Draft {
    /// Changes it, and keeps it.
    fn edit(self, change: impl FnOnce(&mut WholePack)) {
        self.pack.update(change);
        // Only memory could fail it.
        let files = self.pack.with_untracked(|pack| pack.to_files().ok());
        let text = files.and_then(|files| serde_json::to_string(&files).ok());
        self.store.set_note(Note::PackDraft, text);
    }

    fn is_changed(self) -> bool {
        self.pack
            .with(|pack| self.in_use.with_value(|in_use| in_use != pack))
    }

    /// Goes on with what was published, or with what is in use.
    fn settle(self, pack: WholePack) {
        self.store.set_note(Note::PackDraft, None);
        self.in_use.set_value(pack.clone());
        self.pack.set(pack);
    }
}

/// 编辑与发布.
#[component]
pub(super) fn EditPack() -> impl IntoView {
    let store = expect_context::<Store>();
    let loaded = RwSignal::new_local(None::<Result<Draft, PackTrouble>>);
    // Effects and signals of the draft belong to this screen, not to the task that loads it.
    let owner = Owner::current();
    spawn_local(async move {
        let read = read(store).await;
        let Some(owner) = owner else {
            return;
        };
        let draft = read.map(|(in_use, pack)| {
            owner.with(|| Draft {
                store,
                in_use: StoredValue::new(in_use),
                pack: RwSignal::new(pack),
            })
        });
        let _left_meanwhile = loaded.try_set(Some(draft));
    });
    let content = move || match loaded.get() {
        None => waiting(texts().overview().opening),
        Some(Err(trouble)) => explain_trouble(&trouble),
        Some(Ok(draft)) => view! { <Content draft/> }.into_any(),
    };
    view! {
        <DeskScreen place=Place::Pack>
            <p class="section-note">{texts().packs().edit_lead}</p>
            {content}
        </DeskScreen>
    }
}

/// What is in use, and the draft that was kept, where it is still a sound pack.
async fn read(store: Store) -> Result<(WholePack, WholePack), PackTrouble> {
    let in_use = pack_in_use().await?;
    let noted = untrack(|| store.note(Note::PackDraft));
    let noted: Option<PackFiles> = noted.and_then(|text| serde_json::from_str(&text).ok());
    let shipped = content::shipped_files().await.map_err(no_content)?;
    let draft = noted.and_then(|files| WholePack::from_files(&shipped, &files).ok());
    let draft = draft.unwrap_or_else(|| in_use.clone());
    Ok((in_use, draft))
}

#[component]
fn Content(draft: Draft) -> impl IntoView {
    let discard = move |_| draft.settle(draft.in_use.get_value());
    // Said when the screen opens and not while somebody edits, which would move what is below; Publish lists it.
    let was_changed = untrack(|| draft.is_changed());
    // Fields show what they were given; after a spreadsheet or a discarded draft they are drawn anew.
    let generation = RwSignal::new(0_u32);
    let redraw = Callback::new(move |()| generation.update(|generation| *generation += 1));
    let fields = move || {
        generation.track();
        view! {
            <SchoolFields draft/>
            <DownloadCodeFields draft/>
            <UnitFields draft/>
            <TermFields draft/>
            <CampaignFields draft/>
            <CriteriaFields draft/>
            <ChecklistFields draft/>
        }
    };
    view! {
        {move || (was_changed && draft.is_changed()).then(|| view! {
            <div class="banner banner_info" role="status">
                <p>{texts().packs().draft}</p>
                <button
                    class="banner__action"
                    on:click=move |event| {
                        discard(event);
                        redraw.run(());
                    }
                >
                    {texts().packs().discard}
                </button>
            </div>
        })}
        {fields}
        <Sheets draft redraw/>
        <Publish draft/>
    }
}

/// A part of the content, closed until somebody wants it.
#[component]
fn Section(title: &'static str, children: Children) -> impl IntoView {
    view! {
        <details class="card">
            <summary class="section__hd strong">{title}</summary>
            <div class="stack">{children()}</div>
        </details>
    }
}

/// Whether a part is the school's own, or still an example.
#[component]
fn Confirmed(
    draft: Draft,
    is_example: bool,
    /// Says so in the pack.
    set_example: impl Fn(&mut WholePack, bool) + 'static,
) -> impl IntoView {
    let on_change = move |event| {
        let confirmed = event_target_checked(&event);
        draft.edit(|pack| set_example(pack, !confirmed));
    };
    view! {
        <label class="gate-edit__n">
            <input type="checkbox" prop:checked=!is_example on:change=on_change/>
            {texts().packs().confirmed}
        </label>
    }
}
