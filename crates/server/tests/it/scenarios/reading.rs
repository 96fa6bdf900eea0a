//! Logging in, listing, fetching.

use crate::support::{
    CLASS, Campus, Cast, DEPARTMENT, EPOCH, OTHER_CLASS, OTHER_DEPARTMENT, SCHOOL, bundle, bundles,
    device, of_class, of_department, of_school, request,
};
use anyhow::{Context, Result};
use axum::body::Body;
use axum::http::{Method, StatusCode, header};
use futures_util::StreamExt;
use serde_json::json;
use std::time::Duration;
use tokio::time::timeout;
use tower::ServiceExt;
use wuzha_seal::{Challenge, DeviceKey, HeadHash, Login, Role, ServerKey, SignedOpened};

pub async fn a_page_is_what_phones_read(campus: &Campus) -> Result<()> {
    let Cast {
        teacher, monitor, ..
    } = campus.cast().await?;
    let empty = campus.log(&teacher, of_class(CLASS), "0:0").await?.json()?;
    assert_eq!(empty, json!({ "epoch": EPOCH, "items": [], "rest": "end" }));
    let envelope = bundle(&monitor, None, b"sealed")?;
    campus.hand_in(&envelope).await?;
    let page = campus.log(&teacher, of_class(CLASS), "0:0").await?;
    assert_eq!(page.header(header::CACHE_CONTROL), "no-store");
    let head = HeadHash::empty(of_class(CLASS)).then(1, envelope.id());
    let expected = json!({
        "epoch": EPOCH,
        "items": [{
            "seq": 1,
            "id": envelope.id().to_string(),
            "bytes": envelope.as_bytes().len(),
            "head": head.to_string(),
        }],
        "rest": "end",
    });
    assert_eq!(page.json()?, expected);
    Ok(())
}

pub async fn pages_lead_on(campus: &Campus) -> Result<()> {
    let Cast {
        teacher, monitor, ..
    } = campus.cast().await?;
    for envelope in &bundles(&monitor, 5)? {
        campus.hand_in(envelope).await?;
    }
    for (after, numbers, rest) in [
        (0, vec![1, 2], "more"),
        (2, vec![3, 4], "more"),
        (3, vec![4, 5], "end"),
        (4, vec![5], "end"),
        (5, vec![], "end"),
        (9, vec![], "end"),
    ] {
        let after_and_limit = format!("{EPOCH}:{after}&limit=2");
        let page = campus.log(&teacher, of_class(CLASS), &after_and_limit);
        let page = page.await?.json()?;
        let items = page["items"].as_array().context("no items")?;
        let seqs: Vec<u64> = items
            .iter()
            .filter_map(|item| item["seq"].as_u64())
            .collect();
        assert_eq!(
            (seqs, &page["rest"]),
            (numbers, &json!(rest)),
            "after {after}"
        );
    }
    let bad = campus.log(&teacher, of_class(CLASS), "latest").await?;
    assert_eq!(bad.problem(), "400 bad-request");
    Ok(())
}

pub async fn another_epoch_is_listed_from_the_beginning(campus: &Campus) -> Result<()> {
    let Cast {
        teacher, monitor, ..
    } = campus.cast().await?;
    let envelopes = bundles(&monitor, 3)?;
    for envelope in &envelopes[..2] {
        campus.hand_in(envelope).await?;
    }
    campus.service.store.begin_epoch(SCHOOL, EPOCH + 5).await?;
    let old = format!("{EPOCH}:2");
    let page = campus.log(&teacher, of_class(CLASS), &old).await?.json()?;
    assert_eq!(page["epoch"], EPOCH + 5);
    assert_eq!(page["items"].as_array().map(Vec::len), Some(2));
    // The chain goes on from what was kept, and receipts are of the new epoch.
    let receipt = *campus.hand_in(&envelopes[2]).await?.receipt();
    assert_eq!((receipt.epoch, receipt.seq), (EPOCH + 5, 3));
    let head = HeadHash::empty(of_class(CLASS));
    let head = (1..)
        .zip(&envelopes)
        .fold(head, |head, (seq, one)| head.then(seq, one.id()));
    assert_eq!(receipt.head, head);
    Ok(())
}

pub async fn each_reads_their_part_of_the_school(campus: &Campus) -> Result<()> {
    let Cast {
        office,
        department,
        teacher,
        monitor,
    } = campus.cast().await?;
    let envelope = bundle(&monitor, None, b"sealed")?;
    campus.hand_in(&envelope).await?;
    let (other_department, other_teacher) = (device(12), device(13));
    let scope = of_department(OTHER_DEPARTMENT);
    campus
        .enrol(Role::Department, scope, &office, &other_department)
        .await?;
    campus
        .enrol(
            Role::Teacher,
            of_class(OTHER_CLASS),
            &other_department,
            &other_teacher,
        )
        .await?;
    let path = format!("/v1/bundles/{}", envelope.id());
    for (who, key, scope, sees) in [
        ("the office", &office, of_school(), true),
        ("the office", &office, of_class(CLASS), true),
        (
            "the department",
            &department,
            of_department(DEPARTMENT),
            true,
        ),
        ("the department", &department, of_class(CLASS), true),
        ("the department", &department, of_school(), false),
        ("the teacher", &teacher, of_class(CLASS), true),
        ("the teacher", &teacher, of_department(DEPARTMENT), false),
        ("a monitor", &monitor, of_class(CLASS), true),
        ("a monitor", &monitor, of_class(OTHER_CLASS), false),
        (
            "another department",
            &other_department,
            of_class(CLASS),
            false,
        ),
        ("another teacher", &other_teacher, of_class(CLASS), false),
    ] {
        let log = campus.log(key, scope, "0:0").await?;
        if sees {
            let items = log.json()?["items"].as_array().map(Vec::len);
            assert_eq!(items, Some(1), "{who} {scope}");
        } else {
            assert_eq!(log.problem(), "403 out-of-scope", "{who} {scope}");
        }
    }
    for (key, status) in [
        (&teacher, StatusCode::OK),
        (&other_teacher, StatusCode::FORBIDDEN),
    ] {
        let token = campus.token(key).await?;
        assert_eq!(campus.get(&path, Some(&token)).await?.status, status);
    }
    Ok(())
}

pub async fn reading_needs_a_token(campus: &Campus) -> Result<()> {
    let Cast { teacher, .. } = campus.cast().await?;
    let path = format!("/v1/scopes/{}/log", of_class(CLASS));
    let token = campus.token(&teacher).await?;
    assert_eq!(
        campus.get(&path, Some(&token)).await?.status,
        StatusCode::OK
    );
    for token in [None, Some("x"), Some(&token[1..])] {
        let answer = campus.get(&path, token).await?;
        assert_eq!(answer.problem(), "401 no-token", "{token:?}");
        assert_eq!(answer.header(header::WWW_AUTHENTICATE), "Bearer");
    }
    campus.wait_ms(15 * 60 * 1000);
    let late = campus.get(&path, Some(&token)).await?;
    assert_eq!(late.problem(), "401 no-token");
    Ok(())
}

pub async fn a_login_is_for_one_server_and_soon_over(campus: &Campus) -> Result<()> {
    let Cast { teacher, .. } = campus.cast().await?;
    let stranger = campus.log_in(&device(99)).await?;
    assert_eq!(stranger.problem(), "403 out-of-scope");
    let challenge = campus.challenge().await?;
    let other_server = ServerKey::from_bytes(&[0x99; 32]).public();
    let invented = Challenge::from_bytes([7; Challenge::LEN]);
    for (what, login) in [
        (
            "to another server",
            Login::sign(challenge, other_server, &teacher),
        ),
        (
            "an invented challenge",
            Login::sign(invented, campus.server(), &teacher),
        ),
    ] {
        let answer = campus.post("/v1/tokens", None, login).await?;
        assert_eq!(answer.problem(), "403 bad-challenge", "{what}");
    }
    let login = Login::sign(challenge, campus.server(), &teacher);
    let mut forged = login.clone();
    if let Some(last) = forged.last_mut() {
        *last ^= 1;
    }
    let answer = campus.post("/v1/tokens", None, forged).await?;
    assert_eq!(answer.problem(), "422 invalid");
    campus.wait_ms(2 * 60 * 1000);
    let answer = campus.post("/v1/tokens", None, login).await?;
    assert_eq!(answer.problem(), "403 bad-challenge", "too late");
    Ok(())
}

pub async fn a_stream_tells_of_new_bundles(campus: &Campus) -> Result<()> {
    let Cast {
        teacher, monitor, ..
    } = campus.cast().await?;
    let envelopes = bundles(&monitor, 2)?;
    campus.hand_in(&envelopes[0]).await?;
    let token = campus.token(&teacher).await?;
    let path = format!("/v1/scopes/{}/log", of_class(CLASS));
    let mut asked = request(Method::GET, &path, Some(&token), Body::empty())?;
    let accept = header::HeaderValue::from_static("text/event-stream");
    asked.headers_mut().insert(header::ACCEPT, accept);
    let response = campus.router.clone().oneshot(asked).await?;
    assert_eq!(
        response.headers()[header::CONTENT_TYPE],
        "text/event-stream"
    );
    let mut stream = response.into_body().into_data_stream();
    let mut next = async || -> Result<String> {
        // Only against hanging: it is told at once.
        let chunk = timeout(Duration::from_secs(30), stream.next()).await?;
        let chunk = chunk.context("the stream ended")??;
        Ok(String::from_utf8(chunk.to_vec())?)
    };
    let there = next().await?;
    assert!(there.contains(&format!("id: {EPOCH}:1\n")), "{there}");
    assert!(there.contains(&envelopes[0].id().to_string()), "{there}");
    campus.hand_in(&envelopes[1]).await?;
    let new = next().await?;
    assert!(new.contains(&format!("id: {EPOCH}:2\n")), "{new}");
    assert!(new.contains(&envelopes[1].id().to_string()), "{new}");
    // It ends when the server stops, so that the server can.
    campus.service.stopping.send_replace(true);
    let end = timeout(Duration::from_secs(30), stream.next()).await?;
    assert!(end.is_none(), "{end:?}");
    Ok(())
}

pub async fn a_note_counts_from_above_only(campus: &Campus) -> Result<()> {
    let Cast {
        office,
        teacher,
        monitor,
        ..
    } = campus.cast().await?;
    let envelope = bundle(&monitor, None, b"sealed")?;
    campus.hand_in(&envelope).await?;
    let path = format!("/v1/bundles/{}/opened", envelope.id());
    let note = |key: &DeviceKey| {
        SignedOpened::sign(envelope.id(), campus.now(), key)
            .as_bytes()
            .to_vec()
    };
    let by_monitor = campus.post(&path, None, note(&monitor)).await?;
    assert_eq!(by_monitor.problem(), "403 out-of-scope");
    let by_stranger = campus.post(&path, None, note(&device(99))).await?;
    assert_eq!(by_stranger.problem(), "403 out-of-scope");
    let elsewhere = format!("/v1/bundles/{}/opened", HeadHash::from_bytes([7; 32]));
    let misplaced = campus.post(&elsewhere, None, note(&teacher)).await?;
    assert_eq!(misplaced.problem(), "422 invalid");
    for key in [&teacher, &office, &teacher] {
        let kept = campus.post(&path, None, note(key)).await?;
        assert_eq!(kept.status, StatusCode::NO_CONTENT);
    }
    let token = campus.token(&monitor).await?;
    let notes = campus.get(&path, Some(&token)).await?.json()?;
    assert_eq!(notes["notes"].as_array().map(Vec::len), Some(2));
    Ok(())
}
