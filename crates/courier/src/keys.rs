//! The device's keys: made here, kept encrypted by a key that the browser does not give out.
//!
//! Whoever copies the browser's files without its key store, or reads the database through a fault in some
//! page, does not have them. Whoever runs code in this app has them, as with any key in a browser.

use js_sys::{Array, JsString, Object, Reflect, Uint8Array};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Crypto, CryptoKey, SubtleCrypto};
use wuzha_jobs::courier::Failure;
use wuzha_jobs::listening::scope;
use wuzha_seal::{DeviceKey, Identity};
use zeroize::Zeroizing;

const ALGORITHM: &str = "AES-GCM";
const NONCE_LEN: usize = 12;
/// Of the key that signs, then of the one that opens.
const SECRET_LEN: usize = 64;

/// A secret that only this browser can unwrap.
pub(crate) struct Wrapped {
    /// The browser's key.
    pub(crate) key: CryptoKey,
    /// Nonce and ciphertext.
    pub(crate) secret: Vec<u8>,
}

/// What this device signs with, and opens with.
pub(crate) struct Keys {
    pub(crate) device: DeviceKey,
    pub(crate) identity: Identity,
    secret: Zeroizing<[u8; SECRET_LEN]>,
}

impl Keys {
    /// New ones.
    pub(crate) fn make() -> Result<Self, Failure> {
        Ok(Self::from_secret(Zeroizing::new(random()?)))
    }

    /// These.
    pub(crate) fn new(device: &[u8; 32], identity: &Identity) -> Self {
        let mut secret = Zeroizing::new([0; SECRET_LEN]);
        let (signs, opens) = secret.split_at_mut(32);
        signs.copy_from_slice(device);
        opens.copy_from_slice(identity.expose_bytes());
        Self::from_secret(secret)
    }

    /// The keys at the beginning of these bytes, and what follows them.
    pub(crate) fn split_from(bytes: &[u8]) -> Option<(Self, &[u8])> {
        let (secret, rest) = bytes.split_first_chunk()?;
        Some((Self::from_secret(Zeroizing::new(*secret)), rest))
    }

    /// Their bytes, for wrapping.
    pub(crate) fn expose_bytes(&self) -> &[u8; SECRET_LEN] {
        &self.secret
    }

    /// The bytes of the key that signs, for a backup.
    pub(crate) fn expose_device(&self) -> &[u8] {
        let (device, _identity) = self.secret.split_at(32);
        device
    }

    fn from_secret(secret: Zeroizing<[u8; SECRET_LEN]>) -> Self {
        let (device, identity) = secret.split_at(32);
        let half = |bytes: &[u8]| -> Zeroizing<[u8; 32]> {
            let mut half = Zeroizing::new([0; 32]);
            half.copy_from_slice(bytes);
            half
        };
        Self {
            device: DeviceKey::from_bytes(&half(device)),
            identity: Identity::from_bytes(&half(identity)),
            secret,
        }
    }
}

/// So many random bytes.
pub(crate) fn random<const N: usize>() -> Result<[u8; N], Failure> {
    let mut bytes = [0; N];
    let filled = crypto()?.get_random_values_with_u8_array(&mut bytes);
    filled.map_err(|error| refused(&error))?;
    Ok(bytes)
}

/// A key that the browser keeps and does not give out.
pub(crate) async fn make_wrapping() -> Result<CryptoKey, Failure> {
    let usages = Array::of2(&"encrypt".into(), &"decrypt".into());
    let length = object(&[("name", ALGORITHM.into()), ("length", 256.into())])?;
    let made = subtle()?.generate_key_with_object(&length, false, &usages);
    Ok(settled(made).await?.unchecked_into())
}

/// Wraps a secret by the browser's key.
pub(crate) async fn wrap(key: &CryptoKey, secret: &[u8]) -> Result<Wrapped, Failure> {
    let nonce: [u8; NONCE_LEN] = random()?;
    let sealed = subtle()?.encrypt_with_object_and_u8_array(&with(&nonce)?, key, secret);
    let sealed = Uint8Array::new(&settled(sealed).await?).to_vec();
    let secret = [&nonce[..], &sealed].concat();
    let key = key.clone();
    Ok(Wrapped { key, secret })
}

/// Unwraps a secret.
pub(crate) async fn unwrap(wrapped: &Wrapped) -> Result<Zeroizing<Vec<u8>>, Failure> {
    let (nonce, sealed) = wrapped
        .secret
        .split_at_checked(NONCE_LEN)
        .ok_or_else(damaged)?;
    let opened = subtle()?.decrypt_with_object_and_u8_array(&with(nonce)?, &wrapped.key, sealed);
    let opened = settled(opened).await?;
    Ok(Zeroizing::new(Uint8Array::new(&opened).to_vec()))
}

/// What is said when the stored keys are none.
pub(crate) fn damaged() -> Failure {
    Failure::Stored("the device's keys".to_owned())
}

fn with(nonce: &[u8]) -> Result<Object, Failure> {
    let nonce = Uint8Array::from(nonce);
    object(&[("name", ALGORITHM.into()), ("iv", nonce.into())])
}

fn object(fields: &[(&str, JsValue)]) -> Result<Object, Failure> {
    let object = Object::new();
    for (name, value) in fields {
        let set = Reflect::set(&object, &JsString::from(*name), value);
        set.map_err(|error| refused(&error))?;
    }
    Ok(object)
}

async fn settled(begun: Result<js_sys::Promise, JsValue>) -> Result<JsValue, Failure> {
    let promise = begun.map_err(|error| refused(&error))?;
    let settled = JsFuture::from(promise).await;
    settled.map_err(|error| refused(&error))
}

fn crypto() -> Result<Crypto, Failure> {
    scope().crypto().map_err(|error| refused(&error))
}

/// Not there where the page did not come over HTTPS.
fn subtle() -> Result<SubtleCrypto, Failure> {
    let subtle: JsValue = crypto()?.subtle().into();
    subtle
        .dyn_into()
        .map_err(|_| Failure::Keys("not a secure page".to_owned()))
}

fn refused(error: &JsValue) -> Failure {
    Failure::Keys(format!("{error:?}"))
}
