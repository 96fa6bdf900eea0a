//! Uploads that arrive in pieces, not whole, twice, or too late: nothing is stored by halves, and nothing
//! that is sent again is refused for it.

use crate::support::wire::{Wired, head, put, until};
use crate::support::{CLASS, Cast, SCHOOL, bundle, bundles, of_class, settings};
use anyhow::Result;
use wuzha_seal::{Envelope, SignedReceipt};
use wuzha_server::serve::Bounds;

/// How many bundles are stored.
async fn stored(wired: &Wired) -> Result<u64> {
    let counts = wired.campus.service.store.counts(SCHOOL).await?;
    Ok(counts.bundles)
}

fn request(envelope: &Envelope) -> Vec<u8> {
    let bytes = envelope.as_bytes();
    [head(&put(envelope), bytes.len()).as_bytes(), bytes].concat()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_connection_that_breaks_anywhere_leaves_nothing_behind() -> Result<()> {
    let wired = Wired::start(settings(), Bounds::default()).await?;
    let Cast { monitor, .. } = wired.campus.cast().await?;
    let envelope = bundle(&monitor, None, &[7; 40_000])?;
    let whole = request(&envelope);
    let begun = whole.len() - envelope.as_bytes().len();
    let uploads = &wired.campus.service.limits.uploads;
    let all = uploads.left();
    for cut in [
        1,
        begun - 1,
        begun,
        begun + 1,
        begun + 20_000,
        whole.len() - 1,
    ] {
        let mut line = wired.connect()?;
        line.send(&whole[..cut])?;
        until("it is being read", || {
            Ok(cut <= begun || uploads.left() < all)
        })?;
        drop(line);
        until("it is given up", || Ok(uploads.left() == all))?;
    }
    assert_eq!(stored(&wired).await?, 0);
    let mut line = wired.connect()?;
    line.send(&whole)?;
    let (status, receipt) = line.answer()?;
    let receipt = SignedReceipt::parse(receipt, &wired.campus.server())?;
    assert_eq!((status, receipt.receipt().seq), (201, 1));
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn an_upload_that_is_sent_twice_is_stored_once() -> Result<()> {
    let wired = Wired::start(settings(), Bounds::default()).await?;
    let Cast { monitor, .. } = wired.campus.cast().await?;
    let [first, second] = bundles(&monitor, 2)?.try_into().expect("two");
    // The whole request again, before there is an answer.
    let mut line = wired.connect()?;
    line.send(&[request(&first), request(&first)].concat())?;
    let (new, again) = (line.answer()?, line.answer()?);
    assert_eq!((new.0, again.0), (201, 200));
    assert_eq!(new.1, again.1, "the very same receipt");
    // The body again, as part of it: that is another body, and no envelope.
    let twice = second.as_bytes().repeat(2);
    assert_eq!(wired.ask(&put(&second), &twice)?, 422);
    // The body again, behind it: the next request makes no sense, and the first counts.
    let mut line = wired.connect()?;
    line.send(&[request(&second), second.as_bytes().to_vec()].concat())?;
    assert_eq!(line.answer()?.0, 201);
    assert!(line.answer().map_or(true, |(status, _)| status == 400));
    assert_eq!(stored(&wired).await?, 2);
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_device_that_is_revoked_while_it_sends_is_refused() -> Result<()> {
    let wired = Wired::start(settings(), Bounds::default()).await?;
    let Cast {
        teacher, monitor, ..
    } = wired.campus.cast().await?;
    let envelope = bundle(&monitor, None, &[7; 40_000])?;
    let (bytes, uploads) = (envelope.as_bytes(), &wired.campus.service.limits.uploads);
    let all = uploads.left();
    let mut line = wired.connect()?;
    line.send(head(&put(&envelope), bytes.len()).as_bytes())?;
    line.send(&bytes[..20_000])?;
    until("some of it is there", || Ok(uploads.left() < all))?;
    let token = wired.campus.token(&teacher).await?;
    let device = format!(r#"{{"device":"{}"}}"#, monitor.public().device());
    let revoked = wired.campus.post("/v1/revocations", Some(&token), device);
    assert_eq!(revoked.await?.status, 204);
    line.send(&bytes[20_000..])?;
    let (status, body) = line.answer()?;
    assert_eq!(status, 403);
    let problem = String::from_utf8(body)?;
    assert!(problem.contains("urn:wuzha:problem:revoked"), "{problem}");
    assert_eq!(stored(&wired).await?, 0);
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_desk_that_is_revoked_while_it_publishes_is_refused() -> Result<()> {
    let wired = Wired::start(settings(), Bounds::default()).await?;
    let Cast {
        department,
        teacher,
        ..
    } = wired.campus.cast().await?;
    let uploads = &wired.campus.service.limits.uploads;
    let all = uploads.left();
    let token = wired.campus.token(&teacher).await?;
    let mut line = wired.connect()?;
    let publish = format!(
        "PUT /v1/packs/{}?version=1 HTTP/1.1\r\nhost: localhost\r\nauthorization: Bearer {token}\r\n\
         content-length: 40000\r\n\r\n",
        of_class(CLASS)
    );
    line.send(publish.as_bytes())?;
    line.send(&[7; 20_000])?;
    until("some of it is there", || Ok(uploads.left() < all))?;
    let token = wired.campus.token(&department).await?;
    let device = format!(r#"{{"device":"{}"}}"#, teacher.public().device());
    let revoked = wired.campus.post("/v1/revocations", Some(&token), device);
    assert_eq!(revoked.await?.status, 204);
    line.send(&[7; 20_000])?;
    let (status, body) = line.answer()?;
    assert_eq!(status, 403);
    let problem = String::from_utf8(body)?;
    assert!(problem.contains("urn:wuzha:problem:revoked"), "{problem}");
    let counts = wired.campus.service.store.counts(SCHOOL).await?;
    assert_eq!(counts.packs, 0);
    Ok(())
}
