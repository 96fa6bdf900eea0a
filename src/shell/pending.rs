use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::use_navigate;

/// What an invitation's link has behind the address; see `wuzha_seal::Invitation::to_link`.
const FRAGMENT: &str = "#i=";

/// The invitation of the link that the app was opened with, until it is looked at; given through the
/// context.
#[derive(Clone, Copy)]
pub(crate) struct Pending(StoredValue<Option<String>>);

impl Pending {
    /// Looks at the address of the page.
    pub(crate) fn in_address() -> Self {
        let href = window().location().href().ok();
        Self(StoredValue::new(
            href.filter(|href| href.contains(FRAGMENT)),
        ))
    }

    /// The link, the first time.
    pub(crate) fn take(self) -> Option<String> {
        self.0.try_update_value(Option::take).flatten()
    }

    fn is_some(self) -> bool {
        self.0.with_value(Option::is_some)
    }
}

/// Leads whoever opened an invitation's link to where it is accepted, and takes the link out of the
/// address: it holds a secret. To be placed once, inside the router.
#[component]
pub(crate) fn FollowInvitation() -> impl IntoView {
    let pending = expect_context::<Pending>();
    let navigate = use_navigate();
    Effect::new(move |_| {
        if pending.is_some() {
            let replace = NavigateOptions {
                replace: true,
                ..NavigateOptions::default()
            };
            navigate("/join", replace);
        }
    });
}
