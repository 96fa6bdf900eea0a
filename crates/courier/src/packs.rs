//! School packs: read and judged, kept, fetched from the server, published there.
//!
//! Whether the files of one are a sound pack, the app finds out, which has the content that ships.

use wuzha_core::pack::PackFiles;
use wuzha_jobs::courier::{Failure, Published, ReadPack};
use wuzha_seal::{DevicePublicKey, PackVersion, Role, ScopeId, SignedPack, Unit};

use crate::desk::Desk;
use crate::disk::{Disk, PackSlot, Step};
use crate::errands::now;
use crate::member::Member;
use crate::server::{Server, Token};

/// What a code's text begins with; a file does not.
const CODE: &[u8] = b"WUZHA-PACK:";

/// What became of an upload.
enum Upload {
    Stored,
    /// The server has a pack with this number or a higher one there.
    NotNewer,
    Failed,
}

/// Reads a pack and judges it. `bytes`: a file, or the text of a code.
pub(crate) async fn read(disk: &Disk, bytes: &[u8]) -> Result<(ReadPack, Vec<u8>), Failure> {
    let pack = parse(bytes)?;
    let inviter = Member::find(disk)
        .await?
        .and_then(|member| inviter(&member));
    Ok((
        judged(disk, &pack, inviter).await?,
        pack.as_bytes().to_vec(),
    ))
}

/// Keeps a pack as the one that later ones are compared with.
pub(crate) async fn keep(disk: &Disk, bytes: &[u8]) -> Result<(), Failure> {
    let pack = parse(bytes)?;
    disk.write(&[Step::Pack(PackSlot::Held, pack.as_bytes())])
        .await
}

/// Asks the server for the pack that applies to this device; `None` when there is none.
pub(crate) async fn fetch(disk: &Disk) -> Result<Option<(ReadPack, Vec<u8>)>, Failure> {
    let mut member = Member::load(disk).await?;
    let Some(scope) = applies_to(&member) else {
        return Ok(None);
    };
    let token = member.log_in(disk).await?;
    let Some(pack) = published(&member.server(), scope, &token).await? else {
        return Ok(None);
    };
    let read = judged(disk, &pack, inviter(&member)).await?;
    Ok(Some((read, pack.as_bytes().to_vec())))
}

/// Signs these files as this device's next pack, and publishes it for all whom this device looks after, as far
/// as the server answers. The same files again are the same pack: what was not reached is tried again.
pub(crate) async fn publish(
    disk: &Disk,
    files: PackFiles,
) -> Result<(Published, Vec<u8>), Failure> {
    let mut desk = Desk::load(disk).await?;
    let scopes = desk.looks_after();
    let own = disk.pack(PackSlot::Own).await?.map(SignedPack::parse);
    // One that cannot be read any more is followed by a first one, which the server tells the number of.
    let own = own.transpose().unwrap_or_default();
    let mut pack = match own {
        Some(own) if *own.files() == files => own,
        own => {
            let version = own.map_or(PackVersion::FIRST, |own| own.version().next());
            sign(disk, &desk, &files, version).await?
        }
    };
    let mut reached = 0;
    if let Ok(token) = desk.log_in(disk).await {
        let higher = upload_all(&desk, &pack, &scopes, &token, &mut reached).await?;
        if let Some(version) = higher {
            pack = sign(disk, &desk, &files, version.next()).await?;
            reached = 0;
            upload_all(&desk, &pack, &scopes, &token, &mut reached).await?;
        }
    }
    let published = Published {
        version: pack.version().get(),
        code: pack.to_code().ok(),
        reached,
        of: u32::try_from(scopes.len()).unwrap_or(u32::MAX),
    };
    Ok((published, pack.as_bytes().to_vec()))
}

/// Uploads to each scope. A higher number than the pack's that the server has somewhere, where there is one:
/// another device publishes there too, or this one was set back.
async fn upload_all(
    desk: &Desk,
    pack: &SignedPack,
    scopes: &[ScopeId],
    token: &Token,
    reached: &mut u32,
) -> Result<Option<PackVersion>, Failure> {
    let server = desk.member().server();
    for scope in scopes {
        match upload(&server, *scope, pack, token).await {
            Upload::Stored => *reached += 1,
            Upload::Failed => {}
            Upload::NotNewer => {
                let there = published(&server, *scope, token).await?;
                let version = there.map(|there| there.version());
                if version.is_some() {
                    return Ok(version);
                }
            }
        }
    }
    Ok(None)
}

async fn upload(server: &Server<'_>, scope: ScopeId, pack: &SignedPack, token: &Token) -> Upload {
    let version = pack.version().get();
    let answer = server
        .put_pack(scope, version, pack.as_bytes(), token)
        .await;
    match answer {
        Some(answer) if matches!(answer.status, 200 | 201) => Upload::Stored,
        Some(answer) if answer.problem().as_deref() == Some("not-newer") => Upload::NotNewer,
        _ => Upload::Failed,
    }
}

/// What the server has for a scope.
async fn published(
    server: &Server<'_>,
    scope: ScopeId,
    token: &Token,
) -> Result<Option<SignedPack>, Failure> {
    let answer = server.get_pack(scope, token).await;
    let answer = answer.ok_or(Failure::NoServer)?;
    match answer.status {
        200 => Ok(Some(SignedPack::parse(answer.body)?)),
        404 => Ok(None),
        _ => Err(answer.refused()),
    }
}

async fn sign(
    disk: &Disk,
    desk: &Desk,
    files: &PackFiles,
    version: PackVersion,
) -> Result<SignedPack, Failure> {
    let key = &desk.member().keys.device;
    let pack = SignedPack::sign(files.clone(), version, now(), key)?;
    disk.write(&[Step::Pack(PackSlot::Own, pack.as_bytes())])
        .await?;
    Ok(pack)
}

async fn judged(
    disk: &Disk,
    pack: &SignedPack,
    inviter: Option<DevicePublicKey>,
) -> Result<ReadPack, Failure> {
    let held = disk.pack(PackSlot::Held).await?.map(SignedPack::parse);
    // One that cannot be read any more is as good as none.
    let held = held.transpose().unwrap_or_default();
    Ok(ReadPack {
        version: pack.version().get(),
        issued_at: pack.issued_at(),
        issuer: pack.issuer().device(),
        files: pack.files().clone(),
        judgement: pack.judge(inviter.as_ref(), held.as_ref()),
    })
}

/// From whose hands this device takes a pack.
fn inviter(member: &Member) -> Option<DevicePublicKey> {
    member.invitation.issuer
}

/// The scope whose pack applies to a device: what whoever invited it publishes.
fn applies_to(member: &Member) -> Option<ScopeId> {
    let scope = member.invitation.place.scope();
    let unit = match member.invitation.role {
        Role::Monitor | Role::Teacher => scope.unit,
        Role::Department => Unit::School,
        Role::SecurityOffice => return None,
    };
    Some(ScopeId { unit, ..scope })
}

fn parse(bytes: &[u8]) -> Result<SignedPack, Failure> {
    Ok(match bytes.starts_with(CODE) {
        true => SignedPack::parse_code(&String::from_utf8_lossy(bytes))?,
        false => SignedPack::parse(bytes.to_vec())?,
    })
}
