//! Whether the bundles of each device follow each other without gaps and forks.
//!
//! `Header::standing` compares a bundle with the last one known. A reader hears bundles in any order (a
//! restored server counts them anew), so it keeps the place of each and looks at all of them at once:
//! what is found does not depend on the order in which they came.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use wuzha_core::log::DeviceId;
use wuzha_seal::{BundleId, DevSeq, Header};

/// Something about a device's bundles, or about the list of them, that should not be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Oddity {
    /// Bundles of a device are missing, so far.
    Gap {
        /// The device.
        device: DeviceId,
        /// The first number that is missing.
        from: u64,
        /// The last one.
        to: u64,
        /// The id of the last one, which the bundle after it names.
        last: Option<BundleId>,
    },
    /// A device numbered two bundles alike: it was copied, or set back to an old state.
    Fork {
        /// The device.
        device: DeviceId,
        /// The number.
        dev_seq: DevSeq,
        /// The bundles.
        ids: Vec<BundleId>,
    },
    /// A bundle names another one before it than the one that is there; a copied device too.
    Astray {
        /// The device.
        device: DeviceId,
        /// The number of the bundle.
        dev_seq: DevSeq,
        /// The bundle.
        id: BundleId,
    },
    /// A bundle in the list was set aside: it could not be opened, or is of another class.
    SetAside {
        /// The bundle.
        id: BundleId,
    },
    /// The server is in an epoch before one that it was in: it was set back without saying so, or an
    /// old machine answers. Its list is read all the same.
    OlderEpoch {
        /// The epoch that it is in.
        epoch: u64,
        /// The highest that it was in.
        highest: u64,
    },
    /// The server's list says another head at this number than follows from the bundles before.
    ListedHead {
        /// The number.
        seq: u64,
    },
}

/// The places of all bundles that were fetched.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub(crate) struct Devices {
    chains: BTreeMap<DeviceId, BTreeMap<DevSeq, Vec<Link>>>,
}

/// A bundle at a place.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Link {
    id: BundleId,
    previous: Option<BundleId>,
}

impl Devices {
    pub(crate) fn insert(&mut self, id: BundleId, header: &Header) {
        let chain = self.chains.entry(header.device()).or_default();
        let links = chain.entry(header.dev_seq).or_default();
        if links.iter().all(|link| link.id != id) {
            let previous = header.previous;
            links.push(Link { id, previous });
            links.sort_by_key(|link| link.id);
        }
    }

    pub(crate) fn oddities(&self) -> Vec<Oddity> {
        let mut found = Vec::new();
        for (&device, chain) in &self.chains {
            let mut before: (u64, &[Link]) = (0, &[]);
            for (&dev_seq, links) in chain {
                found.extend(gap(device, before.0, dev_seq, links));
                if before.0 + 1 == dev_seq.get() {
                    found.extend(astray(device, before.1, dev_seq, links));
                }
                if links.len() > 1 {
                    found.push(Oddity::Fork {
                        device,
                        dev_seq,
                        ids: links.iter().map(|link| link.id).collect(),
                    });
                }
                before = (dev_seq.get(), links);
            }
        }
        found
    }
}

fn gap(device: DeviceId, before: u64, dev_seq: DevSeq, links: &[Link]) -> Option<Oddity> {
    let (from, to) = (before.checked_add(1)?, dev_seq.get().checked_sub(1)?);
    (from <= to).then(|| Oddity::Gap {
        device,
        from,
        to,
        last: links.first().and_then(|link| link.previous),
    })
}

/// Those of `links` that follow none of the bundles right `before` them.
fn astray(
    device: DeviceId,
    before: &[Link],
    dev_seq: DevSeq,
    links: &[Link],
) -> impl Iterator<Item = Oddity> {
    let follows = |link: &&Link| match link.previous {
        Some(previous) => before.iter().any(|known| known.id == previous),
        None => before.is_empty(),
    };
    let astray = links.iter().filter(move |link| !follows(link));
    astray.map(move |link| Oddity::Astray {
        device,
        dev_seq,
        id: link.id,
    })
}
