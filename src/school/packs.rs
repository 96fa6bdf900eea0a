//! The school's pack: read, compared with what is in use, taken over; published.

use js_sys::Uint8Array;
use wuzha_core::pack::{Change, PackFault, PackFiles, WholePack, changes};
use wuzha_jobs::Broken;
use wuzha_jobs::courier::{Failure, Judgement, Published, ReadPack, Request, Response};

use super::{School, send};
use crate::browser::content::FetchError;
use crate::content::{self, KeptPack};
use crate::store::Note;

/// A pack that was read: whose it is, and what taking it over would change.
#[derive(Clone)]
pub(crate) struct Offered {
    pub(crate) pack: ReadPack,
    pub(crate) changes: Vec<Change>,
    bytes: Uint8Array,
}

/// Why a pack was not read, not taken over or not published.
#[derive(Clone, Debug)]
pub(crate) enum PackTrouble {
    /// The courier could not do it.
    Courier(Failure),
    /// It is signed, and is no sound pack all the same.
    Faulty(Vec<PackFault>),
    /// What ships is not all on this device, so nothing can be compared with it.
    NoContent,
}

impl School {
    /// Reads a pack: the bytes of a file, or the text of a code.
    pub(crate) async fn read_pack(bytes: Uint8Array) -> Result<Offered, PackTrouble> {
        let reply = send(Request::ReadPack, Some(bytes)).await;
        let reply = reply.map_err(PackTrouble::Courier)?;
        match (reply.response, reply.bytes) {
            (Response::Pack(pack), Some(bytes)) => offered(*pack, bytes).await,
            _ => Err(other_answer()),
        }
    }

    /// The pack that the server has for this device, where there is one.
    pub(crate) async fn fetch_pack() -> Result<Option<Offered>, PackTrouble> {
        let reply = send(Request::FetchPack, None).await;
        let reply = reply.map_err(PackTrouble::Courier)?;
        match (reply.response, reply.bytes) {
            (Response::Pack(pack), Some(bytes)) => offered(*pack, bytes).await.map(Some),
            (Response::NoPack, _) => Ok(None),
            _ => Err(other_answer()),
        }
    }

    /// Uses a pack from now on. It holds when this resolves, and from the next screen on.
    pub(crate) async fn take_over_pack(self, offered: Offered) -> Result<(), PackTrouble> {
        let kept = send(Request::KeepPack, Some(offered.bytes)).await;
        kept.map_err(PackTrouble::Courier)?;
        self.note_pack(KeptPack {
            version: offered.pack.version,
            issued_at: offered.pack.issued_at,
            files: offered.pack.files,
        })
        .await;
        Ok(())
    }

    /// Takes over what the server has, where it is newer and from whoever invited this device. Whether it did.
    /// What is in the way waits for the next time: nothing of the class depends on it.
    pub(crate) async fn follow_pack(self) -> bool {
        match Self::fetch_pack().await {
            Ok(Some(offered)) if offered.pack.judgement == Judgement::Accept => {
                self.take_over_pack(offered).await.is_ok()
            }
            _ => false,
        }
    }

    /// Publishes what differs from what ships, and uses it here. Also gives the signed file.
    pub(crate) async fn publish_pack(
        self,
        pack: &WholePack,
    ) -> Result<(Published, Uint8Array), PackTrouble> {
        let files = overlay(pack).await?;
        let request = Request::PublishPack(files.clone());
        let reply = send(request, None).await.map_err(PackTrouble::Courier)?;
        let (Response::Published(published), Some(bytes)) = (reply.response, reply.bytes) else {
            return Err(other_answer());
        };
        self.note_pack(KeptPack {
            version: published.version,
            issued_at: crate::browser::clock::now(),
            files,
        })
        .await;
        Ok((published, bytes))
    }

    async fn note_pack(self, kept: KeptPack) {
        // Memory alone could fail it, and a page without memory has other troubles.
        let text = serde_json::to_string(&kept).ok();
        self.store.put_note(Note::Pack, text).await;
    }
}

/// The pack in use, whole.
pub(crate) async fn pack_in_use() -> Result<WholePack, PackTrouble> {
    in_use(&shipped().await?)
}

fn in_use(shipped: &PackFiles) -> Result<WholePack, PackTrouble> {
    let kept = content::kept().unwrap_or_default().files;
    let read = WholePack::from_files(shipped, &kept);
    // What was taken over by another version is as good as nothing.
    let read = read.or_else(|_| WholePack::from_files(shipped, &PackFiles::default()));
    read.map_err(PackTrouble::Faulty)
}

async fn shipped() -> Result<PackFiles, PackTrouble> {
    content::shipped_files().await.map_err(no_content)
}

/// What a pack changes of what ships.
async fn overlay(pack: &WholePack) -> Result<PackFiles, PackTrouble> {
    match pack.faults() {
        faults if faults.is_empty() => {}
        faults => return Err(PackTrouble::Faulty(faults)),
    }
    let shipped = shipped().await?;
    let files = pack.to_files();
    let files = files.map_err(|error| {
        let broken = Broken::Message(error.to_string());
        PackTrouble::Courier(broken.into())
    })?;
    Ok(files.changed_from(&shipped))
}

async fn offered(pack: ReadPack, bytes: Uint8Array) -> Result<Offered, PackTrouble> {
    let shipped = shipped().await?;
    let in_use = in_use(&shipped)?;
    let read = WholePack::from_files(&shipped, &pack.files);
    let changes = changes(&in_use, &read.map_err(PackTrouble::Faulty)?);
    Ok(Offered {
        pack,
        changes,
        bytes,
    })
}

/// Offline, or the server answered with something else: either way it is fetched another time.
pub(crate) fn no_content(_: FetchError) -> PackTrouble {
    PackTrouble::NoContent
}

fn other_answer() -> PackTrouble {
    PackTrouble::Courier(Broken::other_answer().into())
}
