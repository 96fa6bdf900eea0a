use leptos::prelude::*;

use super::start::{Lost, Outdated, Refused, Welcome};
use crate::app::texts;
use crate::shell::Screen;
use crate::store::{Phase, Store};

/// A screen of the class, or what stands in its way: data being opened, no class yet, data lost,
/// storage refused.
pub(crate) fn guarded<V: IntoView + 'static>(
    page: impl Fn() -> V + Copy + Send + Sync + 'static,
) -> AnyView {
    let phase = expect_context::<Store>().phase();
    // A change of the book must not draw the page anew: only a change of the phase may.
    let phase = Memo::new(move |_| phase.get());
    let screen = move || match phase.get() {
        Phase::Opening => view! { <Opening/> }.into_any(),
        Phase::NoClass => view! { <Welcome/> }.into_any(),
        Phase::Ready => page().into_any(),
        Phase::Lost(loss) => view! { <Lost loss/> }.into_any(),
        Phase::Refused(_) => view! { <Refused/> }.into_any(),
        Phase::Outdated => view! { <Outdated/> }.into_any(),
    };
    view! { {screen} }.into_any()
}

/// A screen that needs no class, and what is kept on this device all the same: the school's content.
pub(crate) fn opened(page: impl Fn() -> AnyView + Send + Sync + 'static) -> AnyView {
    let phase = expect_context::<Store>().phase();
    let is_opening = Memo::new(move |_| phase.get() == Phase::Opening);
    let screen = move || match is_opening.get() {
        true => view! { <Opening/> }.into_any(),
        false => page(),
    };
    view! { {screen} }.into_any()
}

/// The data, or what is to show it, is being opened.
#[component]
pub(super) fn Opening() -> impl IntoView {
    view! {
        <Screen title=texts().common().app_name class="stack">
            <p class="row muted" role="status">
                <span class="spinner"></span>
                {texts().storage().opening}
            </p>
        </Screen>
    }
}
