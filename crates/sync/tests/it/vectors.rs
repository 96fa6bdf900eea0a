//! The stored examples of what a server says in JSON, the code and `docs/formats.md` say the same.

#![expect(clippy::unwrap_used, reason = "a test says what it expects by failing")]

use std::path::PathBuf;

use crate::support::{SCOPE, server};
use wuzha_seal::{Envelope, SignedReceipt};
use wuzha_sync::{Answer, Cursor, Listed, LogReader, Page, Read, Refusal, Response, Rest, Trouble};

const DOCUMENT: &str = include_str!("../../../../docs/formats.md");
const PAGE: &str = "page.json";
const PROBLEM: &str = "problem.json";

fn path(name: &str) -> PathBuf {
    PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../../tests/vectors")).join(name)
}

fn stored(name: &str) -> Vec<u8> {
    let read = std::fs::read(path(name)).map_err(|error| format!("{name}: {error}"));
    read.unwrap()
}

fn receipt() -> SignedReceipt {
    SignedReceipt::parse(stored("receipt.wzr"), &server().public()).unwrap()
}

/// The list after the bundle of the examples was handed in.
fn page() -> Page {
    let envelope = Envelope::parse(stored("bundle.wzb")).unwrap();
    let listed = Listed {
        seq: 1,
        id: envelope.id(),
        bytes: envelope.as_bytes().len() as u64,
        head: receipt().receipt().head,
    };
    Page {
        epoch: 0,
        items: vec![listed],
        rest: Rest::End,
    }
}

fn made() -> [(&'static str, String); 2] {
    let problem = serde_json::json!({
        "type": Refusal::Revoked.urn(),
        "title": "这台设备已不能上交",
        "status": Refusal::Revoked.status(),
        "detail": "请向邀请人要一张新的邀请码。",
    });
    let pretty = |json: serde_json::Value| serde_json::to_string_pretty(&json).unwrap() + "\n";
    let page = serde_json::from_str(&page().to_json().unwrap()).unwrap();
    [(PAGE, pretty(page)), (PROBLEM, pretty(problem))]
}

#[test]
fn what_the_code_makes_is_what_is_stored_and_shown() {
    for (name, text) in made() {
        assert_eq!(String::from_utf8(stored(name)).unwrap(), text, "{name}");
        assert!(DOCUMENT.contains(&text), "{name} is not shown");
    }
}

#[test]
fn the_page_is_read_and_its_heads_follow() {
    let stored = Page::from_json(&stored(PAGE)).unwrap();
    assert_eq!(stored, page());
    let mut reader = LogReader::new(SCOPE);
    let read = reader.read(reader.cursor(), &stored).unwrap();
    assert_eq!((read, reader.oddities()), (Read::Listed(1), vec![]));
    let after = Cursor { epoch: 0, seq: 1 };
    assert_eq!(reader.cursor(), after);
    assert!(DOCUMENT.contains(&format!("`{after}`")), "{after}");
}

#[test]
fn the_problem_is_the_servers_word_with_its_status_only() {
    let body = stored(PROBLEM);
    let parse = |status| {
        let response = Response {
            status,
            retry_after: None,
            body: &body,
        };
        Answer::parse(response, &server().public())
    };
    assert_eq!(parse(403), Answer::Refused(Refusal::Revoked));
    let garbled = Answer::Later {
        trouble: Trouble::Garbled,
        retry_after_ms: None,
    };
    assert_eq!(parse(404), garbled);
}

#[test]
fn the_document_lists_every_refusal() {
    for refusal in Refusal::ALL {
        let row = format!("| {} | `{}` |", refusal.status(), refusal.urn());
        assert!(DOCUMENT.contains(&row), "{row}");
    }
}
