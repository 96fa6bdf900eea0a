//! 无诈 Wuzha, the phone app: what a person sees and touches.
//!
//! # Layout
//! - [`app`]: the frame around every screen, and the routes
//! - [`pages`]: one file per screen
//! - [`components`]: shared widgets without rules of the domain
//! - [`i18n`]: every text a person reads, in Chinese and English
//! - [`browser`]: thin bindings to what the browser offers

mod app;
mod browser;
mod components;
mod i18n;
mod pages;

fn main() {
    leptos::mount::mount_to_body(app::App);
    browser::boot::say_ready();
}
