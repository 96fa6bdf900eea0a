//! The stored examples of all formats, in `tests/vectors`, and how they are made from fixed keys.

use std::path::PathBuf;

use wuzha_core::log::Op;
use wuzha_seal::{
    Challenge, Claim, Envelope, FileName, HeadHash, Login, Passphrase, Receipt, ScopeId, Sending,
    SentFile, SignedOpened, SignedReceipt, Unit, seal, seal_with_passphrase, write_bundle,
    write_recovery_key,
};

use super::{
    CLASS, NOW, deputy, invitation, ledger, monitor, op, ops, origin, recovery_identity,
    school_pack, server, teacher, teachers_identity,
};

/// Sealing is never twice the same, so that these two are kept and not made anew.
pub const SEALED_BUNDLE: &str = "bundle.age";
pub const SEALED_BACKUP: &str = "backup.age";

pub const BACKUP: &[u8] = "一份个人备份\n".as_bytes();

pub fn passphrase() -> Passphrase {
    Passphrase::new("软件2101班的暗语")
}

/// Three of the monitor's operations and one that the deputy's phone passed on.
pub fn vector_ops() -> Vec<Op> {
    let theirs = op(
        deputy().public().device(),
        5,
        wuzha_core::log::Value::text("no_phone"),
    );
    [ops(3), vec![theirs]].concat()
}

pub fn bundle() -> Vec<u8> {
    write_bundle(&origin(), &vector_ops(), &[ledger()]).unwrap()
}

pub fn envelope() -> Envelope {
    Envelope::sign(&stored(SEALED_BUNDLE), CLASS, None, &monitor()).unwrap()
}

pub fn receipt() -> SignedReceipt {
    let unit = Unit::Class(CLASS.class);
    let school = CLASS.school;
    let scope = ScopeId { school, unit };
    let bundle = envelope().id();
    let receipt = Receipt {
        bundle,
        scope,
        epoch: 0,
        seq: 1,
        head: HeadHash::empty(scope).then(1, bundle),
        time: NOW,
    };
    SignedReceipt::sign(receipt, &server())
}

pub fn opened() -> SignedOpened {
    SignedOpened::sign(envelope().id(), NOW, &teacher())
}

/// The monitor's claim of the invitation.
pub fn claim() -> Vec<u8> {
    Claim::sign(&invitation(), &monitor())
}

/// The monitor's answer to a challenge of 40 equal bytes.
pub fn login() -> Vec<u8> {
    Login::sign(
        Challenge::from_bytes([0x88; Challenge::LEN]),
        server().public(),
        &monitor(),
    )
}

/// A small file that is shown as codes.
pub fn shown() -> SentFile {
    SentFile {
        name: FileName::try_from("示例.txt").unwrap(),
        bytes: "一份面对面传的文件\n".repeat(20).into_bytes(),
    }
}

/// Its first four codes, a line each: both parts, then mixes.
fn transfer() -> Vec<u8> {
    let sending = Sending::of(&shown()).unwrap();
    let lines = (0..4).map(|number| sending.frame(number) + "\n");
    lines.collect::<String>().into_bytes()
}

/// Every example that is made from fixed keys, by file name.
pub fn made() -> Vec<(&'static str, Vec<u8>)> {
    let keys = [
        ("monitor.device", monitor().public().device().to_string()),
        ("monitor.public", hex(&monitor().public().to_bytes())),
        ("teacher.public", hex(&teacher().public().to_bytes())),
        ("server.public", hex(&server().public().to_bytes())),
        (
            "teacher.identity",
            teachers_identity().expose_text().to_string(),
        ),
        (
            "teacher.recipient",
            teachers_identity().recipient().to_string(),
        ),
        (
            "recovery.identity",
            recovery_identity().expose_text().to_string(),
        ),
        (
            "recovery.recipient",
            recovery_identity().recipient().to_string(),
        ),
        (
            "recovery.paper",
            write_recovery_key(&recovery_identity()).to_string(),
        ),
        ("invitation.code", invitation().to_code().unwrap()),
        ("invitation.link", invitation().to_link().unwrap()),
    ];
    let texts: String = keys
        .iter()
        .map(|(name, text)| format!("{name} = {text}\n"))
        .collect();
    vec![
        ("texts.txt", texts.into_bytes()),
        ("transfer.txt", transfer()),
        ("bundle.zip", bundle()),
        ("bundle.wzb", envelope().into_bytes()),
        ("receipt.wzr", receipt().as_bytes().to_vec()),
        ("opened.wzo", opened().as_bytes().to_vec()),
        ("invitation.wzi", invitation_bytes()),
        ("claim.wzc", claim()),
        ("login.wzl", login()),
        ("pack.wzp", school_pack().as_bytes().to_vec()),
    ]
}

/// The bytes that both the code and the link carry.
fn invitation_bytes() -> Vec<u8> {
    use base64::Engine;
    let link = invitation().to_link().unwrap();
    let (_, text) = link.split_once("#i=").unwrap();
    base64::engine::general_purpose::URL_SAFE_NO_PAD
        .decode(text)
        .unwrap()
}

pub fn sealed_anew(name: &str) -> Vec<u8> {
    match name {
        SEALED_BUNDLE => {
            let recipients = [
                teachers_identity().recipient(),
                recovery_identity().recipient(),
            ];
            seal(&bundle(), &recipients).unwrap()
        }
        _ => seal_with_passphrase(BACKUP, &passphrase()).unwrap(),
    }
}

pub fn path(name: &str) -> PathBuf {
    PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../../tests/vectors")).join(name)
}

pub fn stored(name: &str) -> Vec<u8> {
    let read = std::fs::read(path(name)).map_err(|error| format!("{name}: {error}"));
    read.unwrap()
}

pub fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
