//! One sealed bundle and how far it is.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::Value;
use wuzha_core::log::DeviceId;
use wuzha_core::time::UnixMillis;
use wuzha_seal::{Envelope, Place, SignedReceipt};

use crate::answer::Trouble;
use crate::backoff::Hold;
use crate::ranges::OpRanges;
use crate::refusal::{About, Refusal};

/// How far a record is, in the four words that a person sees.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Stage {
    /// 仅本机: in no bundle that will arrive.
    Local,
    /// 待上交: sealed, on its way.
    Waiting,
    /// 已送达: the server's receipt is here.
    Delivered,
    /// 已查收: a teacher's signed word that it was opened is here.
    Opened,
}

/// How a bundle stands with the server.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum State {
    /// To be uploaded, however often.
    Waiting {
        /// How often it was tried in vain.
        attempts: u32,
        /// What was wrong the last time; `None` before the first try.
        trouble: Option<Trouble>,
        /// Until when it is left alone.
        hold: Option<Hold>,
    },
    /// The server has it.
    Delivered {
        /// Its signed word for that.
        receipt: SignedReceipt,
    },
    /// The server does not take it.
    Refused {
        /// Why.
        why: Refusal,
    },
    /// It is not uploaded any more, and what it carried is to be sealed anew: neither the server nor
    /// this phone has its bytes, or a person asks to try again after it was refused, or the phone goes
    /// on as another device.
    Abandoned,
}

/// Whether the sealed bytes of a bundle are still stored.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Body {
    /// They are.
    Kept,
    /// A person agreed to delete them, or they were lost.
    Deleted,
}

/// A sealed bundle, from its sealing on. The entry stays when the bytes are deleted.
#[derive(Clone, Debug, PartialEq)]
pub struct Entry {
    /// The device that this phone was when it sealed it.
    pub device: DeviceId,
    /// Its number and id.
    pub place: Place,
    /// The operations in it.
    pub carries: OpRanges,
    /// How many bytes are to be uploaded.
    pub bytes: u64,
    /// Whether these bytes are still here.
    pub body: Body,
    /// How it stands with the server.
    pub state: State,
    /// When a teacher opened it, by the clock of that device.
    pub opened: Option<UnixMillis>,
    /// Receipts from epochs of the server that ended: it had the bundle then.
    pub past: Vec<SignedReceipt>,
    /// Fields of a newer version.
    pub(super) extra: BTreeMap<String, Value>,
}

impl State {
    /// Not tried yet.
    pub(super) const FRESH: Self = Self::Waiting {
        attempts: 0,
        trouble: None,
        hold: None,
    };
}

impl Entry {
    pub(super) fn sealed(envelope: &Envelope, carries: OpRanges) -> Self {
        Self {
            device: envelope.header().device(),
            place: envelope.place(),
            carries,
            bytes: envelope.as_bytes().len() as u64,
            body: Body::Kept,
            state: State::FRESH,
            opened: None,
            past: Vec::new(),
            extra: BTreeMap::new(),
        }
    }

    /// How far what it carries is.
    pub fn stage(&self) -> Stage {
        if self.opened.is_some() {
            return Stage::Opened;
        }
        match self.state {
            State::Delivered { .. } => Stage::Delivered,
            _ if self.is_under_way() => Stage::Waiting,
            _ => Stage::Local,
        }
    }

    /// Whether the server has or can still get what it carries through this bundle; if not, it is to be
    /// sealed anew.
    pub fn is_under_way(&self) -> bool {
        match &self.state {
            State::Waiting { .. } | State::Delivered { .. } => true,
            // Without its bytes no new invitation helps it.
            State::Refused { why } => why.about() == About::Device && self.body == Body::Kept,
            State::Abandoned => false,
        }
    }

    /// The server's receipt, while it is good.
    pub fn receipt(&self) -> Option<&SignedReceipt> {
        match &self.state {
            State::Delivered { receipt } => Some(receipt),
            _ => None,
        }
    }

    /// All receipts for it, from whatever epoch.
    pub(super) fn receipts(&self) -> impl Iterator<Item = &SignedReceipt> {
        self.receipt().into_iter().chain(&self.past)
    }

    /// Until when it waits, when it does: how many ms from `now`, and when that ends by the clock.
    pub(super) fn left(&mut self, now: UnixMillis) -> Option<(u64, u64)> {
        match &mut self.state {
            State::Waiting { hold: None, .. } => Some((0, 0)),
            State::Waiting {
                hold: Some(hold), ..
            } => {
                let left = hold.left_ms(now);
                Some((left, hold.end()))
            }
            _ => None,
        }
    }

    /// Takes a receipt that nothing speaks against. Of two epochs the later one's counts.
    pub(super) fn acknowledge(&mut self, receipt: SignedReceipt) {
        let epoch = receipt.receipt().epoch;
        match &mut self.state {
            State::Delivered { receipt: known } if known.receipt().epoch == epoch => {}
            State::Delivered { receipt: known } if known.receipt().epoch > epoch => {
                keep(&mut self.past, receipt);
            }
            State::Delivered { receipt: known } => {
                let older = std::mem::replace(known, receipt);
                keep(&mut self.past, older);
            }
            state => *state = State::Delivered { receipt },
        }
    }

    /// The server no longer has it. `device`, which this phone is now, uploads it again if it sealed it:
    /// in the name of a former one nothing is handed in any more.
    pub(super) fn lose(&mut self, device: DeviceId) {
        let state = match self.body {
            Body::Kept if self.device == device => State::FRESH,
            Body::Kept | Body::Deleted => State::Abandoned,
        };
        if let State::Delivered { receipt } = std::mem::replace(&mut self.state, state) {
            keep(&mut self.past, receipt);
        }
    }
}

fn keep(past: &mut Vec<SignedReceipt>, receipt: SignedReceipt) {
    if !past.contains(&receipt) {
        past.push(receipt);
    }
}
