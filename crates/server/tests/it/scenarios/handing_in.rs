//! Handing in.

use crate::support::{
    Campus, Cast, DAY, EPOCH, OTHER_CLASS, SCHOOL, bundle, bundles, device, of_class,
    of_department, of_school, recipients, recovery, request,
};
use anyhow::{Result, ensure};
use axum::body::Body;
use axum::http::{Method, StatusCode};
use std::collections::BTreeSet;
use wuzha_seal::{
    Envelope, HeadHash, MAX_ENVELOPE, Role, Sender, SignedOpened, SignedReceipt, hand_in, receive,
};

use crate::support::{CLASS, DEPARTMENT};

pub async fn a_bundle_goes_from_the_monitor_to_the_teacher_and_back_comes_a_note(
    campus: &Campus,
) -> Result<()> {
    let Cast {
        teacher, monitor, ..
    } = campus.cast().await?;
    // The monitor seals what they recorded and hands it in.
    let sender = Sender {
        key: &monitor,
        class: CLASS,
        previous: None,
    };
    let envelope = hand_in(&[], &[], sender, &recipients())?;
    let receipt = campus.hand_in(&envelope).await?;
    assert_eq!(receipt.receipt().bundle, envelope.id());
    assert_eq!(receipt.receipt().scope, of_class(CLASS));
    assert_eq!((receipt.receipt().epoch, receipt.receipt().seq), (EPOCH, 1));
    assert_eq!(receipt.receipt().time, campus.now());
    // The teacher sees it in the log, fetches and opens it.
    let log = campus.log(&teacher, of_class(CLASS), "0:0").await?.json()?;
    let id = log["items"][0]["id"].as_str().unwrap_or_default();
    assert_eq!(id, envelope.id().to_string());
    let token = campus.token(&teacher).await?;
    let path = format!("/v1/bundles/{id}");
    let fetched = campus.get(&path, Some(&token)).await?;
    assert_eq!(fetched.status, StatusCode::OK);
    let bundle = receive(&Envelope::parse(fetched.body)?, &recovery())?;
    assert_eq!(bundle.origin.device, monitor.public().device());
    // The teacher's note comes back to the monitor.
    let note = SignedOpened::sign(envelope.id(), campus.now(), &teacher);
    let path = format!("{path}/opened");
    let kept = campus.post(&path, None, note.as_bytes().to_vec()).await?;
    assert_eq!(kept.status, StatusCode::NO_CONTENT);
    let token = campus.token(&monitor).await?;
    let notes = campus.get(&path, Some(&token)).await?.json()?;
    let hex: String = note.as_bytes().iter().map(|b| format!("{b:02x}")).collect();
    assert_eq!(notes["notes"], serde_json::json!([hex]));
    Ok(())
}

pub async fn the_same_bundle_gets_the_very_same_receipt(campus: &Campus) -> Result<()> {
    let Cast {
        teacher, monitor, ..
    } = campus.cast().await?;
    let envelope = bundle(&monitor, None, b"sealed")?;
    let first = campus.put(&envelope).await?;
    campus.wait_ms(1_000);
    let again = campus.put(&envelope).await?;
    assert_eq!(first.status, StatusCode::CREATED);
    assert_eq!((again.status, &again.body), (StatusCode::OK, &first.body));
    // It is there, so it is told, whatever became of the device.
    let body = format!(r#"{{"device":"{}"}}"#, monitor.public().device());
    let token = campus.token(&teacher).await?;
    campus.post("/v1/revocations", Some(&token), body).await?;
    let again = campus.put(&envelope).await?;
    assert_eq!((again.status, &again.body), (StatusCode::OK, &first.body));
    Ok(())
}

pub async fn receipts_form_a_chain(campus: &Campus) -> Result<()> {
    let Cast { monitor, .. } = campus.cast().await?;
    let mut head = HeadHash::empty(of_class(CLASS));
    for (envelope, seq) in bundles(&monitor, 5)?.iter().zip(1..) {
        let receipt = *campus.hand_in(envelope).await?.receipt();
        head = head.then(seq, envelope.id());
        assert_eq!((receipt.seq, receipt.head), (seq, head));
    }
    Ok(())
}

pub async fn what_is_not_good_is_refused_for_a_reason_that_phones_know(
    campus: &Campus,
) -> Result<()> {
    let Cast { monitor, .. } = campus.cast().await?;
    let good = bundle(&monitor, None, b"sealed")?;
    let id = good.id();
    let put = async |path: &str, bytes: Vec<u8>| -> Result<String> {
        let body = Body::from(bytes);
        let answer = campus.ask(request(Method::PUT, path, None, body)?).await?;
        Ok(answer.problem())
    };
    let at = format!("/v1/bundles/{id}");
    let mut changed = good.as_bytes().to_vec();
    if let Some(last) = changed.last_mut() {
        *last ^= 1;
    }
    assert_eq!(put(&at, changed).await?, "422 invalid");
    assert_eq!(put(&at, b"something".to_vec()).await?, "422 invalid");
    let cut = good.as_bytes()[..good.as_bytes().len() - 1].to_vec();
    assert_eq!(put(&at, cut).await?, "422 invalid");
    let elsewhere = format!("/v1/bundles/{}", HeadHash::from_bytes([7; 32]));
    let bytes = good.as_bytes().to_vec();
    assert_eq!(put(&elsewhere, bytes).await?, "422 invalid");
    let large = vec![0; MAX_ENVELOPE + 1];
    assert_eq!(put(&at, large).await?, "413 too-large");
    // Nothing of that was stored.
    campus.hand_in(&good).await?;
    let other = bundle(&monitor, None, b"another with the same number")?;
    let answer = campus.put(&other).await?;
    assert_eq!(answer.problem(), "409 other-bundle");
    let after_other = bundle(&monitor, Some(other.place()), b"after what is not here")?;
    let forked = campus.put(&after_other).await?;
    assert_eq!(forked.problem(), "409 other-bundle");
    let text = String::from_utf8(answer.body)?;
    assert!(text.contains("编号") && text.contains("number"), "{text}");
    Ok(())
}

pub async fn who_may_not_hand_in_is_refused(campus: &Campus) -> Result<()> {
    let Cast {
        teacher, monitor, ..
    } = campus.cast().await?;
    let stranger = bundle(&device(99), None, b"sealed")?;
    let of_teacher = bundle(&teacher, None, b"sealed")?;
    let of_other_class = Envelope::sign(b"sealed", OTHER_CLASS, None, &monitor)?;
    let other_school = wuzha_seal::ClassRef {
        school: wuzha_seal::SchoolId::from_bytes(*b"school02"),
        ..CLASS
    };
    let of_other_school = Envelope::sign(b"sealed", other_school, None, &monitor)?;
    for (what, envelope) in [
        ("a device that nobody invited", stranger),
        ("a teacher", of_teacher),
        ("a monitor, for another class", of_other_class),
        ("a monitor, for another school", of_other_school),
    ] {
        let answer = campus.put(&envelope).await?;
        assert_eq!(answer.problem(), "403 out-of-scope", "{what}");
    }
    Ok(())
}

pub async fn many_at_once_are_all_taken_once(campus: &Campus) -> Result<()> {
    let Cast {
        office, teacher, ..
    } = campus.cast().await?;
    let mut monitors = Vec::new();
    for n in 10..14 {
        let key = device(n);
        campus
            .enrol(Role::Monitor, of_class(CLASS), &teacher, &key)
            .await?;
        monitors.push(key);
    }
    let mut all = Vec::new();
    for key in &monitors {
        all.extend(bundles(key, 20)?);
    }
    // Each three times, all at the same time.
    let tries = all.iter().chain(&all).chain(&all);
    let answers = futures_util::future::join_all(tries.map(|one| campus.put(one))).await;
    let (mut created, mut receipts) = (0, BTreeSet::new());
    for answer in answers {
        let answer = answer?;
        ensure!(answer.status.is_success(), "{answer:?}");
        created += usize::from(answer.status == StatusCode::CREATED);
        let receipt = SignedReceipt::parse(answer.body, &campus.server())?;
        receipts.insert((receipt.receipt().seq, receipt.receipt().bundle));
    }
    assert_eq!((created, receipts.len()), (80, 80));
    let numbers: Vec<u64> = receipts.iter().map(|(seq, _)| *seq).collect();
    assert_eq!(numbers, (1..=80).collect::<Vec<u64>>());
    // In each order they stand once, and its hashes follow from each other.
    for scope in [of_class(CLASS), of_department(DEPARTMENT), of_school()] {
        let log = campus.log(&office, scope, "0:0").await?.json()?;
        let items = log["items"].as_array().cloned().unwrap_or_default();
        assert_eq!(items.len(), 80, "{scope}");
        let mut head = HeadHash::empty(scope);
        for (item, seq) in items.iter().zip(1..) {
            let id = serde_json::from_value(item["id"].clone())?;
            head = head.then(seq, id);
            assert_eq!(item["seq"], seq);
            assert_eq!(item["head"], head.to_string(), "{scope} {seq}");
        }
    }
    Ok(())
}

pub async fn a_class_that_has_used_up_its_quota_is_told(campus: &Campus) -> Result<()> {
    let Cast { monitor, .. } = campus.cast().await?;
    // A bundle that fills the quota but for one byte.
    let quota = campus.settings.terms.quota;
    let first = bundle(&monitor, None, b"sealed")?;
    campus.hand_in(&first).await?;
    let head = first.as_bytes().len() - b"sealed".len();
    let left = usize::try_from(quota)? - first.as_bytes().len() - head;
    let too_much = bundle(&monitor, Some(first.place()), &vec![0; left + 1])?;
    let answer = campus.put(&too_much).await?;
    assert_eq!(answer.problem(), "507 full");
    assert_eq!(answer.header("retry-after"), "60");
    let fits = bundle(&monitor, Some(first.place()), &vec![0; left])?;
    campus.hand_in(&fits).await?;
    Ok(())
}

pub async fn content_is_deleted_after_its_time_and_the_rest_stays(campus: &Campus) -> Result<()> {
    let Cast {
        teacher, monitor, ..
    } = campus.cast().await?;
    let envelopes = bundles(&monitor, 2)?;
    campus.hand_in(&envelopes[0]).await?;
    campus.wait_ms(10 * DAY);
    campus.hand_in(&envelopes[1]).await?;
    campus.wait_ms(390 * DAY);
    campus.service.purge().await;
    let token = campus.token(&teacher).await?;
    let fetch = async |envelope: &Envelope| {
        let path = format!("/v1/bundles/{}", envelope.id());
        campus.get(&path, Some(&token)).await
    };
    assert_eq!(fetch(&envelopes[0]).await?.problem(), "410 purged");
    assert_eq!(fetch(&envelopes[1]).await?.status, StatusCode::OK);
    assert_eq!(campus.put(&envelopes[0]).await?.problem(), "410 purged");
    let log = campus.log(&teacher, of_class(CLASS), "0:0").await?.json()?;
    assert_eq!(log["items"].as_array().map(Vec::len), Some(2));
    let counts = campus.service.store.counts(SCHOOL).await?;
    assert_eq!((counts.bundles, counts.purged), (2, 1));
    assert_eq!(counts.bytes, envelopes[1].as_bytes().len() as u64);
    assert_eq!((counts.classes, counts.classes_handed_in), (1, 1));
    assert_eq!((counts.devices, counts.open_invitations), (4, 0));
    Ok(())
}
