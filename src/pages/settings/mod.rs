//! 设置, settling conflicts, and the school's content as it is in use.

mod about;
mod appearance;
mod class;
mod conflicts;
mod erase;
mod install;
mod safety;

use leptos::prelude::*;
use wasm_split_helpers::{SplitLoaderError, wasm_split};

use super::{guarded, opened, school_pack};
use crate::app::texts;
use crate::shell::Screen;
use crate::store::Store;
use about::About;
use appearance::Appearance;
use class::Class;
use conflicts::Conflicts;
use erase::Erase;
use install::Install;
use safety::Safety;

/// The screens of this part.
#[derive(Clone, Copy)]
pub(crate) enum SettingsPage {
    Settings,
    Conflicts,
    SchoolPack,
}

/// Draws a screen of this part, which is loaded first.
#[wasm_split(class, fallible)]
pub(crate) fn settings(page: SettingsPage) -> Result<AnyView, SplitLoaderError> {
    Ok(match page {
        SettingsPage::Settings => view! { <Settings/> }.into_any(),
        SettingsPage::Conflicts => guarded(Conflicts),
        SettingsPage::SchoolPack => opened(school_pack),
    })
}

/// 设置.
#[component]
fn Settings() -> impl IntoView {
    let book = expect_context::<Store>().book();
    let has_class = Memo::new(move |_| book.with(|book| book.has_class()));
    view! {
        <Screen title=texts().settings().title back="/">
            <Safety has_class/>
            <Class has_class/>
            <Appearance/>
            <div class="cells"><Leads label=|| texts().packs().title href="/school"/></div>
            <Install/>
            <About/>
            <Show when=move || has_class.get()>
                <Erase/>
            </Show>
        </Screen>
    }
}

/// A line of a list: what it is, and its value.
#[component]
fn Fact(label: fn() -> &'static str, children: Children) -> impl IntoView {
    view! {
        <div class="cell">
            <span class="cell__bd">{label()}</span>
            <span class="cell__ft">{children()}</span>
        </div>
    }
}

/// A line of a list that leads somewhere.
#[component]
fn Leads(label: fn() -> &'static str, href: &'static str) -> impl IntoView {
    view! {
        <a class="cell cell_access" href=href>
            <span class="cell__bd">{label()}</span>
        </a>
    }
}
