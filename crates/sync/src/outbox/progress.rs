//! How far the records are, in the four words of the screen.

use serde::{Deserialize, Serialize};

use super::{Outbox, Stage};
use crate::ranges::OpRanges;

/// Which operations are how far. An operation in several bundles is as far as the best of them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Progress {
    /// 仅本机.
    pub local: OpRanges,
    /// 待上交.
    pub waiting: OpRanges,
    /// 已送达.
    pub delivered: OpRanges,
    /// 已查收.
    pub opened: OpRanges,
    /// Handed in by another phone of the class: this phone holds no receipt for them, the server has
    /// them.
    pub by_others: OpRanges,
}

/// [`Progress`] as numbers of operations.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Counts {
    /// 仅本机.
    pub local: u64,
    /// 待上交.
    pub waiting: u64,
    /// 已送达.
    pub delivered: u64,
    /// 已查收.
    pub opened: u64,
    /// Handed in by another phone.
    pub by_others: u64,
}

impl Outbox {
    /// How far the operations are that the phone has `seen`, of which the server got `by_others` from
    /// other phones ([`crate::LogReader::held`]).
    pub fn progress(&self, seen: &OpRanges, by_others: &OpRanges) -> Progress {
        let opened = seen.within(&self.at(Stage::Opened));
        let left = seen.without(&opened);
        let delivered = left.within(&self.at(Stage::Delivered));
        let left = left.without(&delivered);
        let waiting = left.within(&self.at(Stage::Waiting));
        let left = left.without(&waiting);
        let by_others = left.within(by_others);
        Progress {
            local: left.without(&by_others),
            waiting,
            delivered,
            opened,
            by_others,
        }
    }

    fn at(&self, stage: Stage) -> OpRanges {
        let there = self.entries.iter().filter(|entry| entry.stage() == stage);
        there.flat_map(|entry| entry.carries.iter()).collect()
    }
}

impl Progress {
    /// The numbers for the screen.
    pub fn counts(&self) -> Counts {
        Counts {
            local: self.local.len(),
            waiting: self.waiting.len(),
            delivered: self.delivered.len(),
            opened: self.opened.len(),
            by_others: self.by_others.len(),
        }
    }
}
