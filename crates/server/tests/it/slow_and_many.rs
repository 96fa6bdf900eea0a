//! Connections that are slow, many, or greedy: each ends, and the others are served meanwhile. The limits
//! are short ones of the tests; nothing here is about how long anything takes.

use crate::support::wire::{Line, Wired, head, put, until};
use crate::support::{CLASS, Cast, bundle, of_class, settings};
use anyhow::Result;
use std::time::Duration;
use wuzha_seal::MAX_ENVELOPE;
use wuzha_server::limits::Patience;
use wuzha_server::serve::Bounds;
use wuzha_server::service::Settings;

/// Shorter than it takes to notice, longer than a busy machine holds up an honest client.
const SHORT: Duration = Duration::from_millis(800);
const LONG: Duration = Duration::from_secs(3600);
/// A bundle of a class, and more than half of the room that a test gives.
const BUNDLE: usize = 40_000;

fn bounds() -> Bounds {
    Bounds {
        head: SHORT,
        ..Bounds::default()
    }
}

fn with_patience(body: Duration, pause: Duration) -> Settings {
    Settings {
        bodies: Patience { body, pause },
        ..settings()
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn heads_that_do_not_end_are_cut_off_while_others_are_served() -> Result<()> {
    let wired = Wired::start(settings(), bounds()).await?;
    let mut silent = wired.connect()?;
    let mut slow = Vec::new();
    for _ in 0..100 {
        let mut line = wired.connect()?;
        line.send(b"GET /healthz HTTP/1.1\r\nx-slow: ")?;
        slow.push(line);
    }
    assert_eq!(wired.ask("GET /healthz", b"")?, 200);
    for mut line in slow {
        let said = line.trickle(b"a")?;
        assert!(!said.contains("200"), "{said}");
    }
    // Nor is who says nothing at all waited for.
    silent.ended()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_connection_that_rests_is_closed_and_one_that_asks_is_kept() -> Result<()> {
    let wired = Wired::start(settings(), bounds()).await?;
    let mut line = wired.connect()?;
    for _ in 0..3 {
        line.send(head("GET /healthz", 0).as_bytes())?;
        assert_eq!(line.answer()?.0, 200);
    }
    line.ended()
}

#[tokio::test(flavor = "multi_thread")]
async fn heads_that_are_too_long_or_have_too_many_lines_are_refused() -> Result<()> {
    let wired = Wired::start(settings(), Bounds::default()).await?;
    let usual = "x-line: usual\r\n".repeat(30);
    for (what, lines, status) in [
        ("as browsers send them", usual, 200),
        (
            "one line of 64 KB",
            format!("x-line: {}\r\n", "a".repeat(65_536)),
            431,
        ),
        ("a thousand lines", "x: a\r\n".repeat(1_000), 431),
    ] {
        let mut line = wired.connect()?;
        let request = format!("GET /healthz HTTP/1.1\r\nhost: localhost\r\n{lines}\r\n");
        // The server may hang up before it has all of it.
        let _hung_up = line.send(request.as_bytes());
        match line.answer() {
            Ok((found, _)) => assert_eq!(found, status, "{what}"),
            // Hanging up may overtake the answer.
            Err(_) => assert_eq!(status, 431, "{what}"),
        }
    }
    assert_eq!(wired.ask("GET /healthz", b"")?, 200);
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_body_that_stops_or_trickles_is_cut_off_and_taken_when_it_comes_whole() -> Result<()> {
    for (what, patience) in [
        ("stops", with_patience(LONG, SHORT)),
        ("trickles", with_patience(SHORT, LONG)),
    ] {
        let wired = Wired::start(patience, Bounds::default()).await?;
        let Cast { monitor, .. } = wired.campus.cast().await?;
        let envelope = bundle(&monitor, None, &[7; BUNDLE])?;
        let (bytes, request) = (envelope.as_bytes(), put(&envelope));
        let mut line = wired.connect()?;
        line.send(head(&request, bytes.len()).as_bytes())?;
        line.send(&bytes[..1_000])?;
        match what {
            "stops" => assert_eq!(line.answer()?.0, 408),
            _ => {
                let said = line.trickle(&bytes[1_000..])?;
                assert!(said.is_empty() || said.contains(" 408 "), "{said}");
            }
        }
        assert_eq!(wired.ask(&request, bytes)?, 201, "{what}");
    }
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_slow_phone_gets_through() -> Result<()> {
    let usual = Settings::default();
    let at_2_kb_a_second = Duration::from_secs(BUNDLE as u64 / 2_000);
    assert!(at_2_kb_a_second * 3 < usual.bodies.body);
    assert!(usual.bodies.pause >= Duration::from_secs(20));
    let wired = Wired::start(usual, Bounds::default()).await?;
    let Cast { monitor, .. } = wired.campus.cast().await?;
    let envelope = bundle(&monitor, None, &[7; BUNDLE])?;
    let mut line = wired.connect()?;
    let request = head(&put(&envelope), envelope.as_bytes().len());
    for part in [request.as_bytes(), envelope.as_bytes()]
        .concat()
        .chunks(400)
    {
        line.send(part)?;
        std::thread::sleep(Duration::from_millis(2));
    }
    assert_eq!(line.answer()?.0, 201);
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_watching_teacher_is_not_taken_for_a_slow_connection() -> Result<()> {
    let wired = Wired::start(with_patience(SHORT, SHORT), bounds()).await?;
    let Cast {
        teacher, monitor, ..
    } = wired.campus.cast().await?;
    let token = wired.campus.token(&teacher).await?;
    let mut stream = wired.connect()?;
    let request = format!(
        "GET /v1/scopes/{}/log HTTP/1.1\r\nhost: localhost\r\naccept: text/event-stream\r\n\
         authorization: Bearer {token}\r\n\r\n",
        of_class(CLASS)
    );
    stream.send(request.as_bytes())?;
    stream.read_until("\"items\":[]")?;
    std::thread::sleep(SHORT * 2);
    let envelope = bundle(&monitor, None, b"sealed")?;
    assert_eq!(wired.ask(&put(&envelope), envelope.as_bytes())?, 201);
    stream.read_until(&envelope.id().to_string())
}

#[tokio::test(flavor = "multi_thread")]
async fn there_are_so_many_connections_and_no_more() -> Result<()> {
    let usual = Bounds {
        head: LONG,
        ..Bounds::default()
    };
    only_four(Bounds {
        connections: 4,
        ..usual
    })
    .await?;
    only_four(Bounds {
        of_one_address: 4,
        ..usual
    })
    .await
}

async fn only_four(few: Bounds) -> Result<()> {
    let wired = Wired::start(settings(), few).await?;
    let mut lines = Vec::new();
    for _ in 0..4 {
        let mut line = wired.connect()?;
        line.send(head("GET /healthz", 0).as_bytes())?;
        assert_eq!(line.answer()?.0, 200);
        lines.push(line);
    }
    for _ in 0..10 {
        assert!(wired.ask("GET /healthz", b"").is_err());
    }
    lines.pop();
    wired.ask_until(200, "GET /healthz", b"")?;
    // Those that were there before are served all the time.
    for line in &mut lines {
        line.send(head("GET /healthz", 0).as_bytes())?;
        assert_eq!(line.answer()?.0, 200);
    }
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn uploads_beyond_the_memory_for_them_wait_outside() -> Result<()> {
    let little = Settings {
        memory: 64 * 1024,
        ..settings()
    };
    let wired = Wired::start(little, Bounds::default()).await?;
    let Cast { monitor, .. } = wired.campus.cast().await?;
    let envelope = bundle(&monitor, None, &[7; BUNDLE])?;
    let (bytes, request) = (envelope.as_bytes(), put(&envelope));
    let (most, rest) = bytes.split_at(bytes.len() - 1);
    let left = || wired.campus.service.limits.uploads.left();
    // No envelope: refused as such where there is room to look at it. Its last bytes are too much, so that
    // it is sent when it is refused: hanging up before could overtake the answer.
    let other = [0; 33 * 1024];
    let begin = || -> Result<Line> {
        let mut line = wired.connect()?;
        line.send(head(&request, bytes.len()).as_bytes())?;
        line.send(most)?;
        until("most of it is there", || Ok(left() < other.len()))?;
        Ok(line)
    };
    assert_eq!(wired.ask(&request, &other)?, 422);
    let mut line = begin()?;
    assert_eq!(wired.ask(&request, &other)?, 503);
    assert_eq!(wired.ask("POST /v1/challenges", b"")?, 201, "a small one");
    line.send(rest)?;
    assert_eq!(line.answer()?.0, 201, "who was there first");
    assert_eq!(wired.ask(&request, &other)?, 422);
    // A connection that breaks gives its room back.
    drop(begin()?);
    until("all of it is free", || Ok(left() == 64 * 1024))?;
    assert_eq!(wired.ask(&request, &other)?, 422);
    Ok(())
}

/// A server with room for two of the largest answers, of which two readers leave theirs unread; and a
/// third, who asks what the status is.
async fn two_who_do_not_read(unread: Duration) -> Result<(Vec<Line>, impl Fn() -> Result<u16>)> {
    let usual = Settings::default();
    let room_for_two = Settings {
        memory: 2 * MAX_ENVELOPE,
        ..usual
    };
    let bounds = Bounds {
        unread,
        ..Bounds::default()
    };
    let wired = Wired::start(room_for_two, bounds).await?;
    let Cast {
        teacher, monitor, ..
    } = wired.campus.cast().await?;
    // More than the system keeps of what nobody reads.
    let frame = bundle(&monitor, None, b"")?.as_bytes().len();
    let large = bundle(&monitor, None, &vec![7; MAX_ENVELOPE - frame])?;
    wired.campus.hand_in(&large).await?;
    let token = wired.campus.token(&teacher).await?;
    let request = format!(
        "GET /v1/bundles/{} HTTP/1.1\r\nhost: localhost\r\nauthorization: Bearer {token}\r\n\r\n",
        large.id()
    );
    let ask = move || -> Result<Line> {
        let mut line = wired.connect()?;
        line.send(request.as_bytes())?;
        Ok(line)
    };
    let mut unread = vec![ask()?, ask()?];
    for line in &mut unread {
        line.read_until("HTTP/1.1 200")?;
    }
    Ok((unread, move || Ok(ask()?.answer()?.0)))
}

#[tokio::test(flavor = "multi_thread")]
async fn answers_that_nobody_reads_take_no_more_than_their_memory() -> Result<()> {
    let (unread, status) = two_who_do_not_read(LONG).await?;
    assert_eq!(status()?, 503);
    drop(unread);
    until("the memory is given back", || Ok(status()? == 200))
}

#[tokio::test(flavor = "multi_thread")]
async fn who_does_not_read_what_they_asked_for_is_cut_off() -> Result<()> {
    let (_unread, status) = two_who_do_not_read(SHORT).await?;
    until("they are cut off", || Ok(status()? == 200))
}
