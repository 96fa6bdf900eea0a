//! The outbox as it is stored: kept whole by older and newer versions, and not believed blindly.

use crate::support::{JITTER, NOW, after, config, deputy, enrolment, outbox, receipts, stored};
use proptest::prelude::*;
use wuzha_sync::{Answer, MAX_RETRY_AFTER_MS, Next, Outbox};

#[test]
fn unknown_fields_and_unreadable_entries_are_kept_and_written_back() {
    let (mut outbox, ids) = outbox(2);
    outbox.told(ids[0], stored(&receipts(0, &ids)[0]), NOW, JITTER);
    let mut json: serde_json::Value = serde_json::from_str(&outbox.encode().unwrap()).unwrap();
    json["mood"] = "sunny".into();
    json["entries"][0]["stars"] = 5.into();
    json["entries"][1]["state"] = serde_json::json!({ "teleported": {} });
    let read = Outbox::decode(&json.to_string(), enrolment()).unwrap();
    assert_eq!((read.entries().len(), read.unreadable()), (1, 1));
    assert_eq!(read.last(), outbox.last(), "no number is given twice");
    let written: serde_json::Value = serde_json::from_str(&read.encode().unwrap()).unwrap();
    assert_eq!(written, json);
}

#[test]
fn evidence_that_cannot_be_read_is_kept() {
    let (outbox, _) = outbox(1);
    let mut json: serde_json::Value = serde_json::from_str(&outbox.encode().unwrap()).unwrap();
    json["evidence"] = serde_json::json!([{ "earlier": null, "later": "AAAA" }, "torn"]);
    let read = Outbox::decode(&json.to_string(), enrolment()).unwrap();
    assert_eq!(read.evidence(), []);
    let written: serde_json::Value = serde_json::from_str(&read.encode().unwrap()).unwrap();
    assert_eq!(written, json);
}

#[test]
fn a_wait_that_was_tampered_with_ends() {
    let (mut outbox, ids) = outbox(1);
    outbox.told(ids[0], Answer::NONE, NOW, JITTER);
    let mut json: serde_json::Value = serde_json::from_str(&outbox.encode().unwrap()).unwrap();
    json["entries"][0]["state"]["waiting"]["hold"]["ms"] = u64::MAX.into();
    let mut read = Outbox::decode(&json.to_string(), enrolment()).unwrap();
    let ms = MAX_RETRY_AFTER_MS;
    assert_eq!(read.next(NOW), Next::In { ms });
    assert_eq!(read.next(after(ms)), Next::Upload(ids[0]));
}

#[test]
fn a_stored_receipt_that_was_tampered_with_acknowledges_nothing() {
    let (mut outbox, ids) = outbox(1);
    outbox.told(ids[0], stored(&receipts(0, &ids)[0]), NOW, JITTER);
    let text = outbox.encode().unwrap();
    let mut json: serde_json::Value = serde_json::from_str(&text).unwrap();
    json["entries"][0]["state"]["delivered"]["receipt"] = "AAAA".into();
    let read = Outbox::decode(&json.to_string(), enrolment()).unwrap();
    assert_eq!((read.entries().len(), read.unreadable()), (0, 1));
}

#[test]
fn an_outbox_of_another_device_or_a_damaged_one_is_not_used() {
    let (outbox, _) = outbox(1);
    let text = outbox.encode().unwrap();
    let mut other = enrolment();
    other.device = deputy().public().device();
    assert!(Outbox::decode(&text, other).is_err());
    assert!(Outbox::decode(&text[..text.len() / 2], enrolment()).is_err());
    assert!(Outbox::decode("{}", enrolment()).is_err());
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn no_stored_text_makes_it_panic(text in ".{0,80}") {
        prop_assert!(Outbox::decode(&text, enrolment()).is_err());
    }
}
