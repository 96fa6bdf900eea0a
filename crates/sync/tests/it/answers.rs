//! What a server says is parsed once, and what is not the server's word decides nothing.

use crate::support::{outbox, receipts, server};
use wuzha_seal::ServerKey;
use wuzha_sync::{Answer, MAX_RETRY_AFTER_MS, Refusal, Response, Trouble};

fn parse(status: u16, retry_after: Option<&str>, body: &[u8]) -> Answer {
    let response = Response {
        status,
        retry_after,
        body,
    };
    Answer::parse(response, &server().public())
}

fn later(trouble: Trouble, retry_after_ms: Option<u64>) -> Answer {
    Answer::Later {
        trouble,
        retry_after_ms,
    }
}

#[test]
fn a_receipt_of_this_server_is_an_acknowledgement_new_or_repeated() {
    let (_, ids) = outbox(1);
    let receipt = &receipts(0, &ids)[0];
    for status in [200, 201] {
        let answer = parse(status, None, receipt.as_bytes());
        assert_eq!(answer, Answer::Stored(receipt.clone()));
    }
    let other = ServerKey::from_bytes(&[9; 32]).public();
    let response = Response {
        status: 201,
        retry_after: None,
        body: receipt.as_bytes(),
    };
    let answer = Answer::parse(response, &other);
    assert_eq!(answer, later(Trouble::Garbled, None));
}

#[test]
fn a_torn_or_changed_receipt_acknowledges_nothing() {
    let (_, ids) = outbox(1);
    let whole = receipts(0, &ids)[0].as_bytes().to_vec();
    for len in 0..whole.len() {
        let answer = parse(201, None, &whole[..len]);
        assert_eq!(answer, later(Trouble::Garbled, None), "cut at {len}");
    }
    let doubled = [&whole[..], &whole].concat();
    assert_eq!(parse(201, None, &doubled), later(Trouble::Garbled, None));
}

#[test]
fn a_refusal_is_a_problem_document_of_the_server() {
    for refusal in Refusal::ALL {
        let body = format!(r#"{{"type":"{}","title":"示例"}}"#, refusal.urn());
        let answer = parse(refusal.status(), None, body.as_bytes());
        assert_eq!(answer, Answer::Refused(refusal));
        // A proxy's or a hotel's page with the same status.
        let trouble = match refusal {
            Refusal::TooLarge => Trouble::TooLarge,
            _ => Trouble::Garbled,
        };
        let page = parse(refusal.status(), None, b"<html>403</html>");
        assert_eq!(page, later(trouble, None), "{refusal:?}");
        let unknown = parse(refusal.status(), None, br#"{"type":"about:blank"}"#);
        assert_eq!(unknown, later(trouble, None), "{refusal:?}");
        let other_status = parse(418, None, body.as_bytes());
        assert_eq!(other_status, later(Trouble::Garbled, None), "{refusal:?}");
    }
}

#[test]
fn the_server_may_ask_for_time() {
    for (status, header, answer) in [
        (429, Some("30"), later(Trouble::TooMany, Some(30_000))),
        (429, None, later(Trouble::TooMany, None)),
        (507, Some(" 5 "), later(Trouble::DiskFull, Some(5_000))),
        (503, Some("1"), later(Trouble::Server, Some(1_000))),
        (500, None, later(Trouble::Server, None)),
        // A date would be compared with a clock that may be a year off.
        (
            429,
            Some("Tue, 28 Dec 2021 00:00:00 GMT"),
            later(Trouble::TooMany, None),
        ),
        (429, Some("-1"), later(Trouble::TooMany, None)),
        (
            429,
            Some("99999999999999999999"),
            later(Trouble::TooMany, None),
        ),
        (
            429,
            Some("18446744073709551615"),
            later(Trouble::TooMany, Some(MAX_RETRY_AFTER_MS)),
        ),
    ] {
        assert_eq!(parse(status, header, b""), answer, "{status} {header:?}");
    }
}

#[test]
fn any_other_answer_means_to_try_again() {
    for status in [0, 100, 204, 301, 302, 400, 401, 404, 409, 418, 451] {
        assert_eq!(
            parse(status, None, b""),
            later(Trouble::Garbled, None),
            "{status}"
        );
    }
}
