//! The real program whose disk is full: it says so, keeps what it has acknowledged, and goes on by itself
//! when there is room again.

#![cfg(target_os = "linux")]

use crate::support::device;
use crate::support::program::{Member, Running, init, serve};
use anyhow::{Context, Result, ensure};
use std::fs::{self, File};
use std::io::{ErrorKind, Write};
use std::path::{Path, PathBuf};
use std::process::Command;
use tempfile::TempDir;
use wuzha_seal::Envelope;

/// How many bytes the disk has.
const DISK: usize = 8 * 1024 * 1024;
const BUNDLE: usize = 40_000;

/// A disk of its own, which lies in memory.
struct Disk(TempDir);

impl Disk {
    /// Where this machine lets us; else why not.
    fn mount() -> Result<Self, String> {
        let folder = tempfile::tempdir().map_err(|error| error.to_string())?;
        let mut mount = Command::new("mount");
        mount.args(["-t", "tmpfs", "-o", &format!("size={DISK}"), "tmpfs"]);
        let output = mount.arg(folder.path()).output();
        let output = output.map_err(|error| format!("mount: {error}"))?;
        match output.status.success() {
            true => Ok(Self(folder)),
            false => Err(String::from_utf8_lossy(&output.stderr).into_owned()),
        }
    }

    fn path(&self) -> &Path {
        self.0.path()
    }

    /// Takes all room but so many bytes.
    fn fill_but(&self, left: u64) -> Result<PathBuf> {
        let path = self.path().join("filler");
        let mut file = File::create(&path)?;
        let full = loop {
            if let Err(error) = file.write_all(&[0; 4096]) {
                break error;
            }
        };
        ensure!(full.kind() == ErrorKind::StorageFull, "{full}");
        file.set_len(file.metadata()?.len().saturating_sub(left))?;
        Ok(path)
    }
}

impl Drop for Disk {
    fn drop(&mut self) {
        let mut unmount = Command::new("umount");
        let _ends_with_the_machine = unmount.arg("--lazy").arg(self.path()).status();
    }
}

/// A disk, unless none can be mounted here: then it is said that the test is passed over.
fn disk() -> Option<Disk> {
    let disk = Disk::mount();
    disk.inspect_err(|reason| {
        println!("passed over, since no disk can be mounted here: {reason}");
    })
    .ok()
}

/// Hands in one bundle after the other until one is refused: which was, and with what answer.
fn until_refused(
    server: &Running,
    monitor: &Member,
    taken: &mut Vec<(Envelope, Vec<u8>)>,
) -> Result<(Envelope, u16, String)> {
    for _ in 0..DISK / BUNDLE {
        let envelope = monitor.bundle(taken.last().map(|(last, _)| last), BUNDLE)?;
        let request = format!("PUT /v1/bundles/{}", envelope.id());
        match server.ask(&request, "", envelope.as_bytes())? {
            (201, receipt) => taken.push((envelope, receipt)),
            (status, body) => return Ok((envelope, status, String::from_utf8(body)?)),
        }
    }
    anyhow::bail!("a disk of {DISK} bytes takes all")
}

#[test]
fn uploads_are_refused_and_go_on_when_there_is_room_again() -> Result<()> {
    let Some(disk) = disk() else { return Ok(()) };
    let data = disk.path().join("data");
    let set_up = init(&data, &[])?;
    let server = serve(&data, &[])?;
    let class = server.class_of(&set_up, 1)?;
    let monitor = class.monitors.first().context("no monitor")?;
    let mut taken = Vec::new();
    // It ends at another step of the writing each time.
    for left in [0, 4 * 1024, 20 * 1024, 60 * 1024, 150 * 1024, 400 * 1024] {
        let filler = disk.fill_but(left)?;
        let (refused, status, problem) = until_refused(&server, monitor, &mut taken)?;
        assert_eq!(status, 507, "with {left} bytes: {problem}");
        assert!(problem.contains("urn:wuzha:problem:full"), "{problem}");
        class.has_all(&server, &taken)?;
        fs::remove_file(filler)?;
        let (status, receipt) = server.hand_in(&refused, class.server_key)?;
        assert_eq!(status, 201, "with room again, after {left} bytes");
        taken.push((refused, receipt.as_bytes().to_vec()));
        class.has_all(&server, &taken)?;
    }
    // A receipt is good beyond this life of the server.
    assert!(server.end("-TERM")?.0);
    let server = serve(&data, &[])?;
    class.has_all(&server, &taken)
}

#[test]
fn a_pack_that_finds_no_room_leaves_the_one_before() -> Result<()> {
    let Some(disk) = disk() else { return Ok(()) };
    let data = disk.path().join("data");
    let set_up = init(&data, &[])?;
    let server = serve(&data, &[])?;
    let (office, school) = (device(1), set_up.invitation.place.school.id);
    server.claim(&set_up.invitation, &office)?;
    let token = server.token(&office, set_up.invitation.server_key)?;
    let publish = |version: u8| {
        let request = format!("PUT /v1/packs/{school}?version={version}");
        server.ask(&request, &token, &[version; 400_000])
    };
    let published = || server.ask(&format!("GET /v1/packs/{school}"), &token, b"");
    assert_eq!(publish(1)?.0, 201);
    for (version, left) in (2..).zip([0, 4 * 1024, 60 * 1024, 200 * 1024]) {
        let filler = disk.fill_but(left)?;
        let before = version - 1;
        let (status, problem) = publish(version)?;
        let problem = String::from_utf8(problem)?;
        assert_eq!(status, 507, "with {left} bytes: {problem}");
        assert!(problem.contains("urn:wuzha:problem:full"), "{problem}");
        assert_eq!(published()?, (200, vec![before; 400_000]));
        fs::remove_file(filler)?;
        assert_eq!(
            publish(version)?.0,
            201,
            "with room again, after {left} bytes"
        );
        assert_eq!(published()?, (200, vec![version; 400_000]));
    }
    Ok(())
}
