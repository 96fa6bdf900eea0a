//! The stored examples, the code and `docs/formats.md` say the same.
//!
//! After a change of a format: `cargo run -p wuzha-seal --example write_vectors`.

#![expect(clippy::unwrap_used, reason = "a test says what it expects by failing")]

use crate::support::vectors::{
    self, BACKUP, SEALED_BACKUP, SEALED_BUNDLE, hex, passphrase, stored, vector_ops,
};
use crate::support::{
    files_of, invitation, ledger, pack_files, recovery_identity, server, teachers_identity,
};
use wuzha_seal::{
    Claim, Envelope, Identity, Invitation, Login, SignedOpened, SignedPack, SignedReceipt, open,
    open_with_passphrase, read_bundle, read_recovery_key, receive,
};

const DOCUMENT: &str = include_str!("../../../../docs/formats.md");

#[test]
fn what_the_code_makes_is_what_is_stored() {
    for (name, bytes) in vectors::made() {
        assert!(
            bytes == stored(name),
            "{name} is another than the code makes"
        );
    }
}

#[test]
fn what_is_stored_is_read() {
    let envelope = Envelope::parse(stored("bundle.wzb")).unwrap();
    for identity in [teachers_identity(), recovery_identity()] {
        let bundle = receive(&envelope, &identity).unwrap();
        assert_eq!((bundle.ops, bundle.files), (vector_ops(), vec![ledger()]));
        assert_eq!(
            open(&stored(SEALED_BUNDLE), &identity),
            Ok(stored("bundle.zip"))
        );
    }
    assert_eq!(
        read_bundle(&stored("bundle.zip")).unwrap().ops,
        vector_ops()
    );
    let backup = open_with_passphrase(&stored(SEALED_BACKUP), &passphrase());
    assert_eq!(backup, Ok(BACKUP.to_vec()));
    let receipt = SignedReceipt::parse(stored("receipt.wzr"), &server().public()).unwrap();
    assert_eq!(receipt.receipt().bundle, envelope.id());
    let opened = SignedOpened::parse(stored("opened.wzo")).unwrap();
    assert_eq!(opened.opened().bundle, envelope.id());
    let claim = Claim::parse(&stored("claim.wzc")).unwrap();
    assert_eq!(
        (claim.serial, claim.secret),
        (invitation().serial, invitation().secret)
    );
    let login = Login::parse(&stored("login.wzl")).unwrap();
    assert_eq!((login.by, login.server), (claim.by, claim.server));
    let pack = SignedPack::parse(stored("pack.wzp")).unwrap();
    assert_eq!(pack.files(), &pack_files());
}

#[test]
fn the_stored_texts_are_read() {
    let texts = String::from_utf8(stored("texts.txt")).unwrap();
    let text = |name: &str| {
        let found = texts
            .lines()
            .find_map(|line| line.strip_prefix(&format!("{name} = ")));
        found.unwrap().to_owned()
    };
    assert_eq!(
        Invitation::parse(&text("invitation.code")),
        Ok(invitation())
    );
    assert_eq!(
        Invitation::parse(&text("invitation.link")),
        Ok(invitation())
    );
    let paper = read_recovery_key(&text("recovery.paper")).unwrap();
    let identity: Identity = text("recovery.identity").parse().unwrap();
    assert_eq!(paper.recipient().to_string(), text("recovery.recipient"));
    assert_eq!(identity.recipient(), paper.recipient());
}

/// A row of a table in the document: where a field is, how long it is, and its bytes in the example,
/// the end of which may be left out.
struct Row {
    at: usize,
    len: usize,
    hex: String,
    is_whole: bool,
}

fn row(line: &str) -> Option<Row> {
    let cells: Vec<&str> = line.trim_matches('|').split('|').map(str::trim).collect();
    let [at, len, _, example] = cells.as_slice() else {
        return None;
    };
    let number = |text: &str| text.replace(',', "").parse().ok();
    let example = example.trim_matches('`');
    Some(Row {
        at: number(at)?,
        len: number(len)?,
        hex: example.trim_end_matches('…').replace(' ', ""),
        is_whole: !example.ends_with('…'),
    })
}

/// The table that follows the line in which the example `name` is announced.
fn table_of(name: &str) -> Vec<Row> {
    let announced = format!("Example: `tests/vectors/{name}`");
    let after = DOCUMENT
        .lines()
        .skip_while(|line| !line.starts_with(&announced));
    let table = after
        .skip_while(|line| !line.starts_with('|'))
        .take_while(|line| line.starts_with('|'));
    table.filter_map(row).collect()
}

#[test]
fn the_document_describes_every_byte() {
    for name in [
        "bundle.wzb",
        "receipt.wzr",
        "opened.wzo",
        "invitation.wzi",
        "claim.wzc",
        "login.wzl",
        "pack.wzp",
    ] {
        let (bytes, table) = (stored(name), table_of(name));
        assert!(!table.is_empty(), "{name} has no table");
        let mut end = 0;
        for Row {
            at,
            len,
            hex: shown,
            is_whole,
        } in table
        {
            assert_eq!(at, end, "{name}: fields follow each other");
            end = at + len;
            let field = hex(&bytes[at..end]);
            if is_whole {
                assert_eq!(shown, field, "{name} at {at}");
            } else {
                assert!(
                    field.starts_with(&shown) && !shown.is_empty(),
                    "{name} at {at}: {field}"
                );
            }
        }
        assert_eq!(end, bytes.len(), "{name}: all of it");
    }
}

#[test]
fn the_document_shows_the_examples() {
    let manifest = String::from_utf8(files_of(&stored("bundle.zip"))[0].1.clone()).unwrap();
    let ops = String::from_utf8(files_of(&stored("bundle.zip"))[1].1.clone()).unwrap();
    let texts = String::from_utf8(stored("texts.txt")).unwrap();
    let envelope = Envelope::parse(stored("bundle.wzb")).unwrap();
    let scope = SignedReceipt::parse(stored("receipt.wzr"), &server().public()).unwrap();
    let empty = wuzha_seal::HeadHash::empty(scope.receipt().scope);
    for (what, shown) in [
        ("the manifest", manifest.as_str()),
        ("the operations", ops.as_str()),
        ("the texts", texts.as_str()),
        ("the bundle's id", &envelope.id().to_string()),
        ("the empty head", &empty.to_string()),
        ("the first head", &scope.receipt().head.to_string()),
    ] {
        assert!(
            DOCUMENT.contains(shown),
            "the document does not show {what}:\n{shown}"
        );
    }
}

#[test]
fn the_document_names_the_bounds() {
    let bounds = [
        ("envelope", wuzha_seal::MAX_ENVELOPE as u64),
        ("bundle, packed", wuzha_seal::MAX_PACKED as u64),
        ("bundle, unpacked", wuzha_seal::MAX_UNPACKED),
        ("files in a bundle", wuzha_seal::MAX_FILES as u64),
        ("times larger unpacked", wuzha_seal::MAX_RATIO),
        ("recipients", wuzha_seal::MAX_RECIPIENTS as u64),
        (
            "bytes of a file's name",
            wuzha_seal::FileName::MAX_LEN as u64,
        ),
        (
            "bytes of a server's address",
            wuzha_seal::ServerUrl::MAX_LEN as u64,
        ),
        (
            "characters of a name",
            wuzha_seal::UnitName::MAX_CHARS as u64,
        ),
        ("number of an operation", wuzha_core::log::MAX_CTR),
        ("files of a school pack", wuzha_core::pack::MAX_PACK as u64),
        ("school pack, signed", wuzha_seal::MAX_SIGNED_PACK as u64),
        (
            "characters of a school pack as a code",
            wuzha_seal::MAX_CODE as u64,
        ),
        ("file that goes by codes", wuzha_seal::MAX_TRANSFER as u64),
    ];
    for (what, bound) in bounds {
        let with_commas = commas(bound);
        let row = format!("| {what} | {with_commas} |");
        assert!(DOCUMENT.contains(&row), "{row}");
    }
}

fn commas(n: u64) -> String {
    let digits = n.to_string();
    let groups: Vec<&[u8]> = digits.as_bytes().rchunks(3).rev().collect();
    let groups: Vec<&str> = groups
        .iter()
        .map(|group| str::from_utf8(group).unwrap())
        .collect();
    groups.join(",")
}
