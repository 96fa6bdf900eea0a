use leptos::prelude::*;

use super::example::LookAround;
use crate::app::texts;
use crate::browser::install::{Surroundings, surroundings};
use crate::components::Icon;
use crate::shell::Screen;

/// The first opening: who are you?
#[component]
pub(crate) fn Welcome() -> impl IntoView {
    let choice = |href, icon, title: fn() -> &'static str, text: fn() -> &'static str| {
        view! {
            <a class="choice" href=href>
                <Icon path=icon/>
                <span class="choice__title">{title()}</span>
                <span class="choice__desc">{text()}</span>
            </a>
        }
    };
    view! {
        <Screen title=texts().common().app_name>
            <WeChatBar/>
            <div class="welcome">
                <h2 class="welcome__title">{texts().start().title}</h2>
                <p>{texts().start().lead}</p>
            </div>
            <nav class="choice-list" aria-label=texts().start().choices>
                {choice("/class/new", "M4 20v-1a6 6 0 0 1 12 0v1M10 11a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7M17 8v6M14 11h6", || texts().start().monitor, || texts().start().monitor_text)}
                {choice("/download", "M12 4v11M7 11l5 5 5-5M5 20h14", || texts().start().student, || texts().start().student_text)}
                {choice("/teacher", "M3 9l9-4 9 4-9 4zM7 11v5c3 2 7 2 10 0v-5", || texts().start().teacher, || texts().start().teacher_text)}
                {choice("/help", "M12 3l9 17H3zM12 10v5M12 17.6v.2", || texts().help().title, || texts().start().help_text)}
            </nav>
            <div class="btn-row">
                <LookAround/>
                <a class="btn btn_plain btn_block" href="/restore">{texts().start().restore}</a>
            </div>
        </Screen>
    }
}

/// In WeChat: how to open the app in a browser.
#[component]
fn WeChatBar() -> impl IntoView {
    (surroundings() == Surroundings::WeChat).then(|| {
        view! {
            <div class="banner banner_warn" role="note">
                <p>{texts().start().wechat}</p>
            </div>
        }
    })
}
