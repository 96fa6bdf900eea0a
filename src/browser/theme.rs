//! 外观: light, dark, or as the phone is set.

use leptos::prelude::document;

use super::local;

/// Where the choice is kept.
const PREFERENCE: &str = "wuzha.theme";
/// Read by `style/tokens.css`.
const ATTRIBUTE: &str = "data-theme";

/// How the app looks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Theme {
    /// As the phone is set.
    #[default]
    System,
    /// Always light.
    Light,
    /// Always dark.
    Dark,
}

impl Theme {
    /// All, in the order they are offered.
    pub(crate) const ALL: [Self; 3] = [Self::System, Self::Light, Self::Dark];

    /// The theme chosen before.
    pub(crate) fn preferred() -> Self {
        let kept = local::text(PREFERENCE);
        let is_kept = |theme: &Self| theme.code() == kept.as_deref();
        Self::ALL.into_iter().find(is_kept).unwrap_or_default()
    }

    /// Shows the app in this theme.
    pub(crate) fn apply(self) {
        let Some(root) = document().document_element() else {
            return;
        };
        let _valid_attribute_name = match self.code() {
            Some(code) => root.set_attribute(ATTRIBUTE, code),
            None => root.remove_attribute(ATTRIBUTE),
        };
    }

    /// Keeps the choice. Where storage is refused it lasts until the tab closes, which is no loss.
    pub(crate) fn remember(self) {
        match self.code() {
            Some(code) => {
                let _full_at_worst = local::keep_text(PREFERENCE, code);
            }
            None => local::forget(PREFERENCE),
        }
    }

    fn code(self) -> Option<&'static str> {
        match self {
            Self::System => None,
            Self::Light => Some("light"),
            Self::Dark => Some("dark"),
        }
    }
}
