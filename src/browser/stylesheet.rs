//! Style sheets that not every screen needs.

use leptos::prelude::document;

/// Loads a sheet of our origin, once. Where it does not come, a screen is plain and does what it does.
pub(crate) fn load(href: &str) {
    let Some(head) = document().head() else {
        return;
    };
    let is_there = head.query_selector(&format!("link[href=\"{href}\"]"));
    if !matches!(is_there, Ok(None)) {
        return;
    }
    let Ok(link) = document().create_element("link") else {
        return;
    };
    for (name, value) in [("rel", "stylesheet"), ("href", href)] {
        // Both are attributes that every element may have.
        let _set = link.set_attribute(name, value);
    }
    let _appended = head.append_child(&link);
}
