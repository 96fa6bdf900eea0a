//! Who signs: a device its bundles, a server its receipts. Ed25519.
//!
//! Every signature is over a tag that says what is signed, then the content. So a signature over a
//! receipt is never one over a bundle, whatever its bytes are.

use std::fmt;

use ed25519_dalek::{Signature, Signer, SigningKey, VerifyingKey};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use thiserror::Error;
use wuzha_core::log::DeviceId;

/// How many bytes a signature has.
pub(crate) const SIGNATURE_LEN: usize = Signature::BYTE_SIZE;
/// How many bytes a public key has.
pub(crate) const PUBLIC_KEY_LEN: usize = 32;

/// What a signature is given for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Signed {
    Envelope,
    Receipt,
    Opened,
    Claim,
    Login,
    Pack,
}

/// Bytes that are no public key: on no curve, or a point with which everything verifies.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error, Serialize, Deserialize)]
#[error("not a public key for signatures")]
pub struct PublicKeyError;

/// The signature is not of that key over that content.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error, Serialize, Deserialize)]
#[error("the signature does not fit")]
pub struct SignatureError;

impl Signed {
    /// No tag begins with another: all end in a byte that none holds elsewhere.
    const fn tag(self) -> &'static [u8] {
        match self {
            Self::Envelope => b"wuzha/v1/envelope\0",
            Self::Receipt => b"wuzha/v1/receipt\0",
            Self::Opened => b"wuzha/v1/opened\0",
            Self::Claim => b"wuzha/v1/claim\0",
            Self::Login => b"wuzha/v1/login\0",
            Self::Pack => b"wuzha/v1/pack\0",
        }
    }

    fn message(self, content: &[u8]) -> Vec<u8> {
        [self.tag(), content].concat()
    }
}

macro_rules! key_pair {
    ($(#[$doc:meta])* $key:ident, $(#[$public_doc:meta])* $public:ident) => {
        $(#[$doc])*
        pub struct $key(SigningKey);

        $(#[$public_doc])*
        #[derive(Clone, Copy, PartialEq, Eq, Hash)]
        pub struct $public(VerifyingKey);

        impl $key {
            /// The key made from 32 random bytes.
            pub fn from_bytes(random: &[u8; 32]) -> Self {
                Self(SigningKey::from_bytes(random))
            }

            /// Its public half.
            pub fn public(&self) -> $public {
                $public(self.0.verifying_key())
            }

            pub(crate) fn sign(&self, what: Signed, content: &[u8]) -> [u8; SIGNATURE_LEN] {
                self.0.sign(&what.message(content)).to_bytes()
            }
        }
        /// Never shows the key.
        impl fmt::Debug for $key {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.debug_tuple(stringify!($key)).field(&self.public()).finish()
            }
        }
        impl $public {
            /// The key of these bytes.
            ///
            /// # Errors
            /// [`PublicKeyError`] for bytes that are no key, or one that verifies everything.
            pub fn from_bytes(bytes: &[u8; PUBLIC_KEY_LEN]) -> Result<Self, PublicKeyError> {
                let key = VerifyingKey::from_bytes(bytes).map_err(|_| PublicKeyError)?;
                if key.is_weak() {
                    return Err(PublicKeyError);
                }
                Ok(Self(key))
            }

            /// Its bytes.
            pub fn to_bytes(self) -> [u8; PUBLIC_KEY_LEN] {
                self.0.to_bytes()
            }

            pub(crate) fn verify(
                &self,
                what: Signed,
                content: &[u8],
                signature: &[u8; SIGNATURE_LEN],
            ) -> Result<(), SignatureError> {
                let signature = Signature::from_bytes(signature);
                let verified = self.0.verify_strict(&what.message(content), &signature);
                verified.map_err(|_| SignatureError)
            }
        }
        impl fmt::Debug for $public {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(concat!(stringify!($public), "("))?;
                self.0.as_bytes().iter().try_for_each(|byte| write!(f, "{byte:02x}"))?;
                f.write_str(")")
            }
        }
    };
}

key_pair!(
    /// A device's secret signing key. It leaves the device in no form.
    DeviceKey,
    /// The public half of a device's key; what the device is known by.
    DevicePublicKey
);
key_pair!(
    /// A server's secret signing key.
    ServerKey,
    /// The public half of a server's key, which an invitation hands on.
    ServerPublicKey
);

impl DevicePublicKey {
    /// Who writes with this key: the first 8 bytes of its SHA-256.
    pub fn device(&self) -> DeviceId {
        DeviceId::from_bytes(self.device_bytes())
    }

    pub(crate) fn device_bytes(&self) -> [u8; 8] {
        let [a, b, c, d, e, f, g, h, ..]: [u8; 32] = Sha256::digest(self.0.as_bytes()).into();
        [a, b, c, d, e, f, g, h]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ALL: [Signed; 6] = [
        Signed::Envelope,
        Signed::Receipt,
        Signed::Opened,
        Signed::Claim,
        Signed::Login,
        Signed::Pack,
    ];

    /// The point of order one, with which a signature over anything can be made.
    const WEAK: [u8; 32] = {
        let mut bytes = [0; 32];
        bytes[0] = 1;
        bytes
    };

    #[test]
    fn a_signature_is_good_for_one_purpose_and_one_content() {
        let key = DeviceKey::from_bytes(&[7; 32]);
        for what in ALL {
            let signature = key.sign(what, b"content");
            for other in ALL {
                let verified = key.public().verify(other, b"content", &signature);
                assert_eq!(verified.is_ok(), other == what, "{what:?} as {other:?}");
            }
            let changed = key.public().verify(what, b"Content", &signature);
            assert_eq!(changed, Err(SignatureError));
        }
    }

    #[test]
    fn no_tag_begins_with_another() {
        for a in ALL {
            for b in ALL {
                assert!(a == b || !a.tag().starts_with(b.tag()), "{a:?} {b:?}");
            }
        }
    }

    #[test]
    fn a_key_that_verifies_everything_is_no_key() {
        assert_eq!(DevicePublicKey::from_bytes(&WEAK), Err(PublicKeyError));
        assert_eq!(DevicePublicKey::from_bytes(&[2; 32]), Err(PublicKeyError));
        let public = DeviceKey::from_bytes(&[7; 32]).public();
        assert_eq!(DevicePublicKey::from_bytes(&public.to_bytes()), Ok(public));
    }

    #[test]
    fn a_secret_key_is_never_printed() {
        let shown = format!("{:?}", DeviceKey::from_bytes(&[0xab; 32]));
        assert!(shown.starts_with("DeviceKey(DevicePublicKey("), "{shown}");
        assert!(!shown.contains("abab") && !shown.contains("171"), "{shown}");
    }
}
