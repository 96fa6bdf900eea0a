//! Enums that are stored as a short text code.

/// An enum with one stable text code a variant: what is stored is the code, so variants may be
/// reordered and renamed freely, but never re-coded.
macro_rules! coded {
    ($(#[$doc:meta])* $name:ident { $($(#[$vdoc:meta])* $variant:ident = $code:literal),+ $(,)? }) => {
        $(#[$doc])*
        // Between a page and its worker only: what is stored is the code.
        #[derive(
            Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash,
            serde::Serialize, serde::Deserialize,
        )]
        pub enum $name {
            $($(#[$vdoc])* $variant),+
        }

        impl $name {
            /// All variants in order.
            pub const ALL: &[Self] = &[$(Self::$variant),+];

            /// The stored code.
            pub fn code(self) -> &'static str {
                match self { $(Self::$variant => $code),+ }
            }

            /// The variant of a stored code; `None` for a code of a newer version.
            pub fn from_code(code: &str) -> Option<Self> {
                match code { $($code => Some(Self::$variant),)+ _ => None }
            }

            /// The variant that is stored as this value.
            pub fn from_value(value: &crate::log::Value) -> Option<Self> {
                value.as_text().and_then(Self::from_code)
            }
        }
    };
}

pub(crate) use coded;
