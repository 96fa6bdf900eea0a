//! A school's server as its IT runs it: the real program, its files, real connections.

#![cfg(unix)]

use crate::support::program::{Running, SetUp, init, next, run, said, serve, wuzha};
use crate::support::{CLASS, device};
use anyhow::{Context, Result, ensure};
use std::fs;
use std::io::Read;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use wuzha_seal::{ClassRef, DeviceKey, Envelope, Role, ScopeId, Sender, Unit, hand_in, receive};

/// A school with a teacher and a monitor.
struct School {
    set_up: SetUp,
    office: DeviceKey,
    teacher: DeviceKey,
    monitor: DeviceKey,
}

impl School {
    fn begin(data: &Path) -> Result<(Self, Running)> {
        let set_up = init(data, &[])?;
        let (office, teacher, monitor) = (device(1), device(3), device(4));
        let server = serve(data, &[])?;
        server.claim(&set_up.invitation, &office)?;
        let invited = next(&set_up.invitation, Role::Teacher, &office, 3)?;
        server.enrol(&invited, &office, &teacher)?;
        let invited = next(&set_up.invitation, Role::Monitor, &teacher, 4)?;
        server.enrol(&invited, &teacher, &monitor)?;
        let school = Self {
            set_up,
            office,
            teacher,
            monitor,
        };
        Ok((school, server))
    }

    fn class(&self) -> ClassRef {
        ClassRef {
            school: self.set_up.invitation.place.school.id,
            class: CLASS.class,
        }
    }

    fn scope(&self) -> ScopeId {
        let ClassRef { school, class } = self.class();
        let unit = Unit::Class(class);
        ScopeId { school, unit }
    }

    /// The teacher publishes a pack for the class: the status of the answer.
    fn publish(&self, server: &Running, version: u8, pack: &[u8]) -> Result<u16> {
        let token = server.token(&self.teacher, self.set_up.invitation.server_key)?;
        let request = format!("PUT /v1/packs/{}?version={version}", self.scope());
        Ok(server.ask(&request, &token, pack)?.0)
    }

    /// The class's pack, as its monitor reads it.
    fn pack(&self, server: &Running) -> Result<Vec<u8>> {
        let token = server.token(&self.monitor, self.set_up.invitation.server_key)?;
        let request = format!("GET /v1/packs/{}", self.scope());
        let (status, body) = server.ask(&request, &token, b"")?;
        ensure!(status == 200, "{}", String::from_utf8_lossy(&body));
        Ok(body)
    }

    fn bundle(&self, previous: Option<&Envelope>) -> Result<Envelope> {
        let sender = Sender {
            key: &self.monitor,
            class: self.class(),
            previous: previous.map(Envelope::place),
        };
        let recipients = &self.set_up.invitation.recipients;
        Ok(hand_in(&[], &[], sender, recipients)?)
    }
}

#[test]
fn from_init_to_a_bundle_that_the_recovery_key_opens() -> Result<()> {
    let folder = tempfile::tempdir()?;
    let (school, server) = School::begin(folder.path())?;
    let key = school.set_up.invitation.server_key;
    let sent = school.bundle(None)?;
    let (status, receipt) = server.hand_in(&sent, key)?;
    assert_eq!((status, receipt.receipt().seq), (201, 1));
    let token = server.token(&school.teacher, key)?;
    let (_, ids) = server.log(school.scope(), &token)?;
    assert_eq!(ids, [sent.id().to_string()]);
    let (_, bytes) = server.ask(&format!("GET /v1/bundles/{}", sent.id()), &token, b"")?;
    let bundle = receive(&Envelope::parse(bytes)?, &school.set_up.recovery)?;
    assert_eq!(bundle.origin.class, Some(school.class()));
    let stats = run(folder.path(), &["stats"])?;
    assert!(stats.contains("bundles: 1\n"), "{stats}");
    let (ended_well, log) = server.end("-TERM")?;
    assert!(ended_well);
    // The log tells what happened and not to whom.
    assert!(log.contains("/v1/bundles/{id}"), "{log}");
    let ids = [
        sent.id().to_string(),
        school.monitor.public().device().to_string(),
        CLASS.class.to_string(),
        "127.0.0.1".to_owned(),
    ];
    for id in ids {
        assert!(!log.contains(&id), "{id} in {log}");
    }
    Ok(())
}

#[test]
fn a_restored_backup_is_another_epoch_each_time() -> Result<()> {
    let folder = tempfile::tempdir()?;
    let data = folder.path().join("data");
    let backup = folder.path().join("backup.db");
    let backup = backup.to_str().context("an odd path")?;
    let (school, server) = School::begin(&data)?;
    let key = school.set_up.invitation.server_key;
    let first = school.bundle(None)?;
    let (_, before) = server.hand_in(&first, key)?;
    run(&data, &["backup", backup])?;
    let again = wuzha(&data, &["backup", backup]).output()?;
    assert!(!again.status.success(), "a backup was written over");
    let lost = school.bundle(Some(&first))?;
    let (_, receipt_of_lost) = server.hand_in(&lost, key)?;
    // Not under a running server.
    let refused = wuzha(&data, &["restore", backup]).output()?;
    assert!(!refused.status.success() && said(&refused).contains("in use"));
    assert!(server.end("-TERM")?.0);
    let mut epochs = vec![before.receipt().epoch];
    for _ in 0..2 {
        run(&data, &["restore", backup])?;
        let server = serve(&data, &[])?;
        let token = server.token(&school.teacher, key)?;
        let (epoch, ids) = server.log(school.scope(), &token)?;
        assert_eq!(ids, [first.id().to_string()]);
        epochs.push(epoch);
        // The phone that still has it hands the lost bundle in again.
        let (status, receipt) = server.hand_in(&lost, key)?;
        assert_eq!((status, receipt.receipt().seq), (201, 2));
        assert!(!receipt.contradicts(&receipt_of_lost));
        assert!(server.end("-TERM")?.0);
    }
    assert!(epochs.is_sorted_by(|a, b| a < b), "{epochs:?}");
    assert!(data.join("wuzha.db.before-restore").exists());
    Ok(())
}

#[test]
fn a_published_pack_is_in_the_backup_and_comes_back() -> Result<()> {
    let folder = tempfile::tempdir()?;
    let data = folder.path().join("data");
    let backup = folder.path().join("backup.db");
    let backup = backup.to_str().context("an odd path")?;
    let (school, server) = School::begin(&data)?;
    assert_eq!(school.publish(&server, 1, b"one")?, 201);
    run(&data, &["backup", backup])?;
    assert_eq!(school.publish(&server, 2, b"two")?, 201);
    assert_eq!(school.pack(&server)?, b"two");
    assert!(server.end("-TERM")?.0);
    run(&data, &["restore", backup])?;
    let stats = run(&data, &["stats"])?;
    assert!(stats.contains("packs: 1\n"), "{stats}");
    let server = serve(&data, &[])?;
    assert_eq!(school.pack(&server)?, b"one");
    // The desk publishes again what the backup does not have.
    assert_eq!(school.publish(&server, 2, b"two")?, 201);
    assert_eq!(school.pack(&server)?, b"two");
    let (ended_well, log) = server.end("-TERM")?;
    assert!(ended_well);
    assert!(log.contains("/v1/packs/{scope}"), "{log}");
    assert!(!log.contains(&CLASS.class.to_string()), "{log}");
    Ok(())
}

#[test]
fn what_was_published_survives_a_kill() -> Result<()> {
    let folder = tempfile::tempdir()?;
    let (school, mut server) = School::begin(folder.path())?;
    for version in 1..=3 {
        let pack = [version; 100];
        assert_eq!(school.publish(&server, version, &pack)?, 201);
        server.end("-KILL")?;
        server = serve(folder.path(), &[])?;
        assert_eq!(school.pack(&server)?, pack);
        assert_eq!(school.publish(&server, version, &pack)?, 200);
    }
    Ok(())
}

#[test]
fn what_was_acknowledged_survives_a_kill() -> Result<()> {
    let folder = tempfile::tempdir()?;
    let (school, mut server) = School::begin(folder.path())?;
    let key = school.set_up.invitation.server_key;
    let mut sent: Vec<(Envelope, Vec<u8>)> = Vec::new();
    for _ in 0..3 {
        let last = sent.last().map(|(envelope, _)| envelope);
        let envelope = school.bundle(last)?;
        let (_, receipt) = server.hand_in(&envelope, key)?;
        sent.push((envelope, receipt.as_bytes().to_vec()));
        server.end("-KILL")?;
        server = serve(folder.path(), &[])?;
        for (envelope, receipt) in &sent {
            let (status, again) = server.hand_in(envelope, key)?;
            assert_eq!((status, again.as_bytes()), (200, receipt.as_slice()));
        }
    }
    Ok(())
}

#[test]
fn a_watching_teacher_does_not_keep_the_server_from_stopping() -> Result<()> {
    let folder = tempfile::tempdir()?;
    let (school, server) = School::begin(folder.path())?;
    let token = server.token(&school.office, school.set_up.invitation.server_key)?;
    let request = format!("GET /v1/scopes/{}/log", school.scope());
    let accept = "accept: text/event-stream\r\n";
    let mut stream = server.send(&request, &token, accept, b"")?;
    let mut first = [0; 12];
    stream.read_exact(&mut first)?;
    assert_eq!(&first, b"HTTP/1.1 200");
    assert!(server.end("-TERM")?.0);
    let mut rest = Vec::new();
    stream.read_to_end(&mut rest)?;
    Ok(())
}

#[test]
fn the_key_is_its_owners_alone() -> Result<()> {
    let folder = tempfile::tempdir()?;
    let data = folder.path().join("data");
    init(&data, &[])?;
    let key = data.join("server.key");
    let mode =
        |path: &Path| -> Result<u32> { Ok(fs::metadata(path)?.permissions().mode() & 0o777) };
    assert_eq!((mode(&key)?, mode(&data)?), (0o600, 0o700));
    fs::set_permissions(&key, fs::Permissions::from_mode(0o640))?;
    let refused = wuzha(&data, &["stats"]).output()?;
    assert!(!refused.status.success());
    assert!(said(&refused).contains("chmod 600"), "{}", said(&refused));
    Ok(())
}

#[test]
fn a_school_is_set_up_once() -> Result<()> {
    let folder = tempfile::tempdir()?;
    init(folder.path(), &[])?;
    let again = init(folder.path(), &[]).err().context("set up twice")?;
    assert!(again.to_string().contains("wuzha invite"), "{again}");
    let invited = run(folder.path(), &["invite", "--name", "示例学院"])?;
    let invitation = wuzha_seal::Invitation::parse(&invited)?;
    let server = serve(folder.path(), &[])?;
    let serial = invitation.serial.to_string();
    run(folder.path(), &["revoke", "--serial", &serial])?;
    assert!(server.claim(&invitation, &device(9)).is_err());
    Ok(())
}

#[test]
fn another_servers_backup_is_refused() -> Result<()> {
    let folder = tempfile::tempdir()?;
    let (ours, theirs) = (folder.path().join("ours"), folder.path().join("theirs"));
    let backup = folder.path().join("backup.db");
    let backup = backup.to_str().context("an odd path")?;
    init(&ours, &[])?;
    init(&theirs, &[])?;
    run(&theirs, &["backup", backup])?;
    let refused = wuzha(&ours, &["restore", backup]).output()?;
    assert!(!refused.status.success());
    assert!(
        said(&refused).contains("another server"),
        "{}",
        said(&refused)
    );
    run(&ours, &["stats"])?;
    Ok(())
}
