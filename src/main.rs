//! 无诈 Wuzha, the phone app: what a person sees and touches.
//!
//! # Layout
//! - [`app`]: what is there once: language, storage, the toast
//! - [`routes`]: which address shows which screen
//! - [`pages`]: one file per screen
//! - [`shell`]: the frame around every screen: title bar, tabs, saving, the toast
//! - [`components`]: shared widgets without rules of the domain
//! - [`store`]: the class book as signals, over the log in the browser's database
//! - [`school`]: the school that invited this phone, as signals, over the courier
//! - [`shelf`]: the books of many classes, for whoever reads them, over the shelf's worker
//! - [`ledgers`]: a class's ledgers as files, over the worker
//! - [`old_ledgers`]: a college's spreadsheets, read, planned and merged by both
//! - [`content`]: the content pack that ships
//! - [`i18n`]: every text a person reads, in Chinese and English
//! - [`browser`]: thin bindings to what the browser offers

mod app;
mod browser;
mod codes;
mod components;
mod content;
mod i18n;
mod ledgers;
mod old_ledgers;
mod pages;
mod routes;
mod school;
mod shelf;
mod shell;
mod spreadsheet;
mod store;

fn main() {
    leptos::mount::mount_to_body(app::App);
}
