use wuzha_core::log::{Op, VersionVector};
use wuzha_jobs::courier::Failure;
use wuzha_seal::{BundleId, Envelope, Identity};
use wuzha_sync::{Listed, OpRanges, Recognised};

use super::Phone;
use crate::disk::{Disk, Step, Text};
use crate::log::{self, Fetched};
use crate::server::Token;

impl Phone {
    /// Reads what the class's other phones handed in, as far as the server answers, and returns what of it
    /// the log has not `seen`.
    ///
    /// The log is the app's, in another database. So a bundle counts as read when the log has seen what it
    /// carries; until then its bytes stay here, and what it carries is returned again.
    pub(super) async fn read_classmates(
        &mut self,
        disk: &Disk,
        seen: &VersionVector,
        token: &Token,
    ) -> Result<Vec<Op>, Failure> {
        let Some(key) = self.member.invitation.class_key.clone() else {
            return Ok(Vec::new());
        };
        let server = self.member.server();
        let _reached_the_end = log::follow(&mut self.reader, &server, token).await;
        // Bundles that the server was set back behind wait again.
        self.outbox.reconcile(&self.reader);
        let (mut news, mut read) = (Vec::new(), Vec::new());
        for listed in self.reader.wanted() {
            let id = listed.id;
            let Some(envelope) = self.obtain(disk, listed, token).await? else {
                continue;
            };
            if let Some(entry) = self.outbox.entry(id) {
                let carries = entry.carries.clone();
                self.reader.fetched(&envelope, carries);
                continue;
            }
            match self.look_into(&envelope, &key, seen) {
                Some(ops) => news.extend(ops),
                None => read.push(id),
            }
        }
        self.store_read(disk, &read).await?;
        Ok(news)
    }

    /// The bytes of a bundle, from here or from the server.
    async fn obtain(
        &mut self,
        disk: &Disk,
        listed: Listed,
        token: &Token,
    ) -> Result<Option<Envelope>, Failure> {
        let id = listed.id;
        if let Some(bytes) = disk.bundle(id).await? {
            return Ok(Envelope::parse(bytes).ok());
        }
        match log::fetch(listed, &self.member.server(), token).await {
            Fetched::Envelope(envelope) => {
                let bundle = Step::Bundle(id, envelope.as_bytes());
                disk.write(&[bundle]).await?;
                return Ok(Some(*envelope));
            }
            Fetched::Gone => self.reader.gone(id),
            Fetched::Other => self.reader.set_aside(id),
            Fetched::NoAnswer => {}
        }
        Ok(None)
    }

    /// What a bundle carries that the log has not seen; `None` when the bundle is done with.
    fn look_into(
        &mut self,
        envelope: &Envelope,
        key: &Identity,
        seen: &VersionVector,
    ) -> Option<Vec<Op>> {
        let Some(bundle) = log::open(envelope, key) else {
            self.reader.set_aside(envelope.id());
            return None;
        };
        let carries = OpRanges::of_ops(&bundle.ops);
        // A copy of this device has written it: what is here under the same ids would hide it.
        if self.outbox.recognise(envelope, &carries, seen) != Recognised::Fine {
            return Some(Vec::new());
        }
        if carries.without(&OpRanges::of(seen)).is_empty() {
            self.reader.fetched(envelope, carries);
            return None;
        }
        Some(bundle.ops)
    }

    /// Stores how far was read; the bytes of the bundles `read` are no longer needed.
    async fn store_read(&self, disk: &Disk, read: &[BundleId]) -> Result<(), Failure> {
        let reader = serde_json::to_string(&self.reader);
        let reader = reader.map_err(|error| Failure::Stored(error.to_string()))?;
        let outbox = self.encode()?;
        let mut steps = vec![
            Step::Text(Text::Classmates, &reader),
            Step::Text(Text::Outbox, &outbox),
        ];
        steps.extend(read.iter().map(|&id| Step::Drop(id)));
        disk.write(&steps).await
    }
}
