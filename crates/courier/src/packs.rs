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

/// What became of an upload.
enum Upload {
    Stored,
    /// The server has a pack with this number or a higher one there.
    NotNewer,
    Failed,
}

/// What became of several.
#[derive(Default)]
struct Uploaded {
    /// How many scopes have the pack.
    reached: u32,
    /// A higher number than the pack's that the server has somewhere: another device publishes there too, or this
    /// one was set back.
    higher: Option<PackVersion>,
}

/// Reads a pack and judges it. `bytes`: a file, or the text of a code.
pub(crate) async fn read(disk: &Disk, bytes: &[u8]) -> Result<(ReadPack, Vec<u8>), Failure> {
    let pack = SignedPack::parse_given(bytes)?;
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
    let pack = SignedPack::parse_given(bytes)?;
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
    let mut uploaded = Uploaded::default();
    if let Ok(token) = desk.log_in(disk).await {
        uploaded = upload_all(&desk, &pack, &scopes, &token).await?;
        if let Some(version) = uploaded.higher {
            pack = sign(disk, &desk, &files, version.next()).await?;
            uploaded = upload_all(&desk, &pack, &scopes, &token).await?;
        }
    }
    let published = Published {
        version: pack.version().get(),
        code: pack.to_code().ok(),
        reached: uploaded.reached,
        of: u32::try_from(scopes.len()).unwrap_or(u32::MAX),
    };
    Ok((published, pack.as_bytes().to_vec()))
}

/// Uploads to each scope, until the server has a higher number somewhere.
async fn upload_all(
    desk: &Desk,
    pack: &SignedPack,
    scopes: &[ScopeId],
    token: &Token,
) -> Result<Uploaded, Failure> {
    let server = desk.member().server();
    let mut uploaded = Uploaded::default();
    for scope in scopes {
        match upload(&server, *scope, pack, token).await {
            Upload::Stored => uploaded.reached += 1,
            Upload::Failed => {}
            Upload::NotNewer => {
                let there = published(&server, *scope, token).await?;
                uploaded.higher = there.map(|there| there.version());
                if uploaded.higher.is_some() {
                    break;
                }
            }
        }
    }
    Ok(uploaded)
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
