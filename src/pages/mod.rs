//! One file or folder per screen. A page composes; it does not compute.
//!
//! The first screens are in the part of the app that is loaded at once. The others are in parts, named by
//! `#[wasm_split(part)]`, which are loaded when a screen of theirs is opened, or behind the first screen
//! once they are on the phone.

mod desk;
mod download;
mod gate;
mod guard;
mod handin;
mod help;
mod not_found;
mod not_loaded;
mod page;
mod quiz;
mod record;
mod school_pack;
mod settings;
mod start;
mod today;

pub(crate) use desk::DeskPage;
pub(crate) use download::DownloadPage;
pub(crate) use gate::{GateRow, GateStanding};
pub(crate) use guard::{guarded, opened};
pub(crate) use handin::{HandInPage, Hints, Scan, Viewfinder};
pub(crate) use not_found::NotFound;
pub(crate) use page::{Page, load_all_when_offline_ready};
pub(crate) use quiz::{KeepInKiosk, KioskLock, QuestionBank, QuizPage};
pub(crate) use record::RecordPage;
use school_pack::school_pack;
pub(crate) use school_pack::{Changes, NotInvited, explain_trouble};
pub(crate) use settings::SettingsPage;
pub(crate) use start::StartPage;
