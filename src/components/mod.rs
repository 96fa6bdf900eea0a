//! Shared widgets; none of them knows the domain.

mod language_switch;
mod topbar;
mod update_bar;

pub(crate) use language_switch::LanguageSwitch;
pub(crate) use topbar::{Tone, TopBar};
pub(crate) use update_bar::UpdateBar;
