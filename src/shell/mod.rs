//! The frame around every screen: title bar, tabs, the mark of saving, the toast with 撤销.

mod language_switch;
mod loading;
mod pending;
mod save_mark;
mod screen;
mod tabbar;
mod toast;
mod update_bar;

pub(crate) use language_switch::LanguageSwitch;
pub(crate) use loading::{Loading, LoadingBar};
pub(crate) use pending::{FollowInvitation, Pending};
pub(crate) use save_mark::{SaveMark, SaveProblem, explain};
pub(crate) use screen::{HelpLink, Screen, Tone};
pub(crate) use tabbar::Tab;
pub(crate) use toast::{Toast, Toaster, commit_undoable};
pub(crate) use update_bar::UpdateBar;
