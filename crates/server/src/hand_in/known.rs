//! What is known of the uploads of a batch.
//!
//! It is looked up once for all of them; what the batch itself keeps is then added here, so that each
//! upload is judged as if those before it had been committed.

use std::collections::BTreeMap;
use wuzha_core::log::DeviceId;
use wuzha_core::time::UnixMillis;
use wuzha_seal::{ClassId, Envelope};

use super::judge::{Before, Facts, Numbered, Verdict, judge};
use crate::enrol::Members;
use crate::store::hand_in::Found;

/// What is known.
#[derive(Clone, Debug, Default)]
pub struct Known {
    /// The bundles with the numbers of the uploads and the numbers next to them.
    bundles: BTreeMap<(DeviceId, u64), (Numbered, Before)>,
    members: BTreeMap<DeviceId, Members>,
    /// How many bytes of each class are stored.
    stored: BTreeMap<ClassId, u64>,
}

impl Known {
    /// From what the store has.
    pub fn new(
        bundles: Vec<Found>,
        members: BTreeMap<DeviceId, Members>,
        stored: BTreeMap<ClassId, u64>,
    ) -> Self {
        let key = |found: &Found| (found.device, found.numbered.dev_seq);
        let bundles = bundles.into_iter();
        Self {
            bundles: bundles
                .map(|found| (key(&found), (found.numbered, found.before)))
                .collect(),
            members,
            stored,
        }
    }

    /// Decides about the next upload. What is to be kept is known from then on.
    pub fn decide(&mut self, upload: &Envelope, quota: u64, now: UnixMillis) -> Verdict {
        let verdict = judge(self.facts(upload, quota, now));
        if matches!(verdict, Verdict::Keep(_)) {
            self.keep(upload);
        }
        verdict
    }

    fn facts(&self, upload: &Envelope, quota: u64, now: UnixMillis) -> Facts {
        let header = upload.header();
        let (device, class) = (header.device(), header.class.class);
        let own = Numbered::of(header, upload.id());
        let (first, last) = (own.dev_seq.saturating_sub(1), own.dev_seq.saturating_add(1));
        let around = self.bundles.range((device, first)..=(device, last));
        let around: Vec<&(Numbered, Before)> = around.map(|(_, bundle)| bundle).collect();
        let same = around.iter().find(|(numbered, _)| numbered.id == own.id);
        let members = self.members.get(&device).cloned().unwrap_or_default();
        Facts {
            before: same.map(|(_, before)| before.clone()),
            own,
            around: around.iter().map(|(numbered, _)| *numbered).collect(),
            may: members.may_hand_in(class, now),
            stored: self.stored.get(&class).copied().unwrap_or_default(),
            size: upload.as_bytes().len() as u64,
            quota,
        }
    }

    fn keep(&mut self, upload: &Envelope) {
        let header = upload.header();
        let own = Numbered::of(header, upload.id());
        self.bundles
            .insert((header.device(), own.dev_seq), (own, Before::JustKept));
        *self.stored.entry(header.class.class).or_default() += upload.as_bytes().len() as u64;
    }
}
