//! Envelopes: as they come, and with a header that is made up under an honest signature, which is how far
//! a member who means harm gets.

#![no_main]

use ed25519_dalek::{Signer, SigningKey};
use libfuzzer_sys::fuzz_target;
use sha2::{Digest, Sha256};
use wuzha_seal::{DeviceKey, Envelope, Identity, receive};

/// Where a header has what, as in docs/formats.md.
const DEVICE: usize = 26;
const KEY: usize = 34;
const HASH: usize = 106;
const LENGTH: usize = 138;
const SIGNATURE: usize = 142;

const SECRET: [u8; 32] = [0x11; 32];

fuzz_target!(|data: &[u8]| {
    // As made-up bytes nearly always, as the stored examples now and then.
    read(data.to_vec());
    if let Some(signed) = honestly_signed(data) {
        read(signed);
    }
});

fn read(bytes: Vec<u8>) {
    if let Ok(envelope) = Envelope::parse(bytes.clone()) {
        assert_eq!(envelope.as_bytes(), bytes);
        // The teacher of the stored examples.
        let _may_fail = receive(&envelope, &Identity::from_bytes(&[0x55; 32]));
    }
}

/// An envelope with the first bytes of `data` for a header and the rest in it, all fields right that do
/// not depend on what somebody wants.
fn honestly_signed(data: &[u8]) -> Option<Vec<u8>> {
    let (header, sealed) = data.split_at_checked(SIGNATURE)?;
    let mut header = header.to_vec();
    let public = DeviceKey::from_bytes(&SECRET).public();
    let mut put = |at: usize, field: &[u8]| {
        let place = header.get_mut(at..at + field.len());
        place.expect("within the header").copy_from_slice(field);
    };
    put(DEVICE, &public.device().to_bytes());
    put(KEY, &public.to_bytes());
    put(HASH, &Sha256::digest(sealed));
    put(LENGTH, &u32::try_from(sealed.len()).ok()?.to_be_bytes());
    let message = [b"wuzha/v1/envelope\0", header.as_slice()].concat();
    let signature = SigningKey::from_bytes(&SECRET).sign(&message);
    Some([header.as_slice(), &signature.to_bytes(), sealed].concat())
}
