//! What devices and the server sign: receipts, opened notes, claims, logins; and how parts of a school are
//! written. Signed again, as a member who means harm would.

#![no_main]

use ed25519_dalek::{Signer, SigningKey};
use libfuzzer_sys::fuzz_target;
use wuzha_seal::{Claim, Login, ScopeId, ServerKey, SignedOpened, SignedReceipt};

const SIGNATURE: usize = 64;
/// The server's and the monitor's of the stored examples.
const SERVER: [u8; 32] = [0x44; 32];
const DEVICE: [u8; 32] = [0x11; 32];

fuzz_target!(|data: &[u8]| {
    read(data);
    let unsigned = data.get(..data.len().saturating_sub(SIGNATURE));
    for (kind, secret) in [
        ("receipt", SERVER),
        ("opened", DEVICE),
        ("claim", DEVICE),
        ("login", DEVICE),
    ] {
        for content in [Some(data), unsigned].into_iter().flatten() {
            read(&signed(content, kind, &secret));
        }
    }
    if let Ok(text) = str::from_utf8(data)
        && let Ok(scope) = text.parse::<ScopeId>()
    {
        assert_eq!(scope.to_string().parse(), Ok(scope));
    }
});

fn read(bytes: &[u8]) {
    let key = ServerKey::from_bytes(&SERVER).public();
    if let Ok(receipt) = SignedReceipt::parse(bytes.to_vec(), &key) {
        assert_eq!(receipt.as_bytes(), bytes);
        assert!(!receipt.contradicts(&receipt));
        let _next = receipt.receipt().head.then(1, receipt.receipt().bundle);
    }
    if let Ok(note) = SignedOpened::parse(bytes.to_vec()) {
        assert_eq!(note.as_bytes(), bytes);
    }
    if let Ok(claim) = Claim::parse(bytes) {
        let _who = claim.device();
    }
    let _may_fail = Login::parse(bytes);
}

fn signed(content: &[u8], kind: &str, secret: &[u8; 32]) -> Vec<u8> {
    let message = [b"wuzha/v1/", kind.as_bytes(), b"\0", content].concat();
    let signature = SigningKey::from_bytes(secret).sign(&message);
    [content, &signature.to_bytes()].concat()
}
