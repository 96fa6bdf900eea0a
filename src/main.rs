//! 无诈 Wuzha, the phone app.
use leptos::prelude::*;

fn main() {
    leptos::mount::mount_to_body(|| view! { <main id="app"><h1>"无诈"</h1></main> });
}
