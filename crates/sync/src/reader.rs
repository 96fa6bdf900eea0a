//! Following a scope's log: what is listed, what is fetched, and what became of it.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};
use wuzha_seal::{BundleId, Envelope, HeadHash, Receipt, ScopeId, Unit};

use crate::cursor::{Cursor, Listed, Page, PageError, Rest};
use crate::devices::{Devices, Oddity};
use crate::ranges::OpRanges;

/// A reader of one scope's log: a teacher's device, or a phone of the class.
///
/// It asks for pages after [`LogReader::cursor`] and fetches what is [`LogReader::wanted`]. When the
/// server is in another epoch than the cursor, it lists again from the beginning and fetches only what
/// it does not have: a bundle is known by its id, whatever number it gets.
///
/// The stored form is its serde form, JSON; fields that this version does not know are passed over.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LogReader {
    scope: ScopeId,
    cursor: Cursor,
    /// The head at the cursor.
    head: HeadHash,
    /// Whether the log was listed to its end since it began anew.
    listing: Listing,
    /// What is listed in this epoch, up to the cursor.
    listed: BTreeMap<BundleId, Listed>,
    /// Numbers whose head does not follow from the one before.
    odd_heads: BTreeSet<u64>,
    /// What was fetched in any epoch, and the operations in it.
    fetched: BTreeMap<BundleId, OpRanges>,
    /// Listed, and its content deleted at the server.
    gone: BTreeSet<BundleId>,
    /// Listed, and not to be taken over.
    aside: BTreeSet<BundleId>,
    /// The highest epoch that the server was ever in.
    highest_epoch: u64,
    devices: Devices,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum Listing {
    /// Its end was not reached in this epoch.
    Partial,
    /// It was.
    Whole,
}

/// What a page brought.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Read {
    /// So many bundles more are listed.
    Listed(u64),
    /// The server is in another epoch: the list begins anew.
    Restarted,
    /// An answer to an older question: nothing changed.
    Stale,
}

/// What a fetched bundle is to the reader.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fetched {
    /// It was not here before.
    New,
    /// It was.
    Again,
    /// It is of another school or class than this log, and is set aside.
    Foreign,
}

impl LogReader {
    /// A reader of this scope that has listed nothing.
    pub fn new(scope: ScopeId) -> Self {
        Self {
            scope,
            cursor: Cursor::default(),
            head: HeadHash::empty(scope),
            listing: Listing::Partial,
            listed: BTreeMap::new(),
            odd_heads: BTreeSet::new(),
            fetched: BTreeMap::new(),
            gone: BTreeSet::new(),
            aside: BTreeSet::new(),
            highest_epoch: 0,
            devices: Devices::default(),
        }
    }

    /// Whose log it reads.
    pub fn scope(&self) -> ScopeId {
        self.scope
    }

    /// After which bundle to ask for a page.
    pub fn cursor(&self) -> Cursor {
        self.cursor
    }

    /// Takes the page that answers a question for what follows `asked`. All of it or, with an error,
    /// nothing.
    ///
    /// # Errors
    /// [`PageError`] when bundles are left out or listed twice.
    pub fn read(&mut self, asked: Cursor, page: &Page) -> Result<Read, PageError> {
        if asked != self.cursor {
            return Ok(Read::Stale);
        }
        if page.epoch != self.cursor.epoch {
            self.begin_anew(page.epoch);
            return Ok(Read::Restarted);
        }
        let new = self.check(&page.items)?;
        for item in &page.items {
            if item.head != self.head.then(item.seq, item.id) {
                self.odd_heads.insert(item.seq);
            }
            self.head = item.head;
            self.cursor.seq = item.seq;
        }
        if page.rest == Rest::End {
            self.listing = Listing::Whole;
        }
        let count = new.len() as u64;
        self.listed.extend(new);
        Ok(Read::Listed(count))
    }

    /// The bundles to fetch, in the order of the log. The caller may know some of them already, its own
    /// for instance, and hand them over without fetching.
    pub fn wanted(&self) -> Vec<Listed> {
        let decided = [&self.gone, &self.aside];
        let is_here =
            |id| self.fetched.contains_key(id) || decided.iter().any(|ids| ids.contains(id));
        let open = self.listed.iter().filter(|(id, _)| !is_here(id));
        let mut open: Vec<Listed> = open.map(|(_, listed)| *listed).collect();
        open.sort_by_key(|listed| listed.seq);
        open
    }

    /// Takes a bundle that was fetched, opened and stored, and `carries` these operations. To be told
    /// after its operations are stored, or in the same transaction.
    pub fn fetched(&mut self, envelope: &Envelope, carries: OpRanges) -> Fetched {
        if !self.covers(envelope) {
            self.set_aside(envelope.id());
            return Fetched::Foreign;
        }
        self.aside.remove(&envelope.id());
        self.devices.insert(envelope.id(), envelope.header());
        match self.fetched.insert(envelope.id(), carries) {
            None => Fetched::New,
            Some(_) => Fetched::Again,
        }
    }

    /// The bundles that were fetched and taken over.
    pub fn here(&self) -> impl Iterator<Item = BundleId> {
        self.fetched.keys().copied()
    }

    /// The server has deleted the content of this bundle after its time: it is no longer wanted.
    pub fn gone(&mut self, id: BundleId) {
        self.gone.insert(id);
    }

    /// This bundle cannot be opened or is not to be taken over: it is fetched no more, and told.
    pub fn set_aside(&mut self, id: BundleId) {
        self.aside.insert(id);
    }

    /// What was set aside is wanted again: the device has another key, or the app is another version.
    pub fn take_up(&mut self) {
        self.aside.clear();
    }

    /// The operations that the server has, as far as is known here. While a list that began anew has
    /// not reached its end, what was fetched before counts: else everything would be handed in again.
    pub fn held(&self) -> OpRanges {
        let counts = |id| self.listing == Listing::Partial || self.listed.contains_key(id);
        let fetched = self.fetched.iter().filter(|(id, _)| counts(id));
        fetched.flat_map(|(_, carries)| carries.iter()).collect()
    }

    /// What is odd about the devices' bundles and the list, as far as they are here. A gap before a
    /// bundle whose content the server deleted is none.
    pub fn oddities(&self) -> Vec<Oddity> {
        let of_devices = self.devices.oddities().into_iter().filter(|odd| match odd {
            Oddity::Gap {
                last: Some(last), ..
            } => !self.gone.contains(last),
            _ => true,
        });
        let of_list = self.odd_heads.iter().map(|&seq| Oddity::ListedHead { seq });
        let aside = self.aside.iter().map(|&id| Oddity::SetAside { id });
        let (epoch, highest) = (self.cursor.epoch, self.highest_epoch);
        let older = (epoch < highest).then_some(Oddity::OlderEpoch { epoch, highest });
        let odd = of_devices.chain(of_list).chain(aside).chain(older);
        odd.collect()
    }

    /// Whether the server gave this receipt before it was set back, and no longer has the bundle.
    pub(crate) fn has_lost(&self, receipt: &Receipt) -> bool {
        receipt.epoch < self.cursor.epoch
            && self.listing == Listing::Whole
            && !self.listed.contains_key(&receipt.bundle)
    }

    /// Whether the list has something else where this receipt puts its bundle.
    pub(crate) fn denies(&self, receipt: &Receipt) -> bool {
        let listed = self.listed.get(&receipt.bundle);
        let agrees = listed.is_some_and(|at| (at.seq, at.head) == (receipt.seq, receipt.head));
        receipt.epoch == self.cursor.epoch && receipt.seq <= self.cursor.seq && !agrees
    }

    fn begin_anew(&mut self, epoch: u64) {
        self.cursor = Cursor { epoch, seq: 0 };
        self.highest_epoch = self.highest_epoch.max(epoch);
        self.head = HeadHash::empty(self.scope);
        self.listing = Listing::Partial;
        self.listed.clear();
        self.odd_heads.clear();
    }

    /// The items by id, when they are exactly what comes next.
    fn check(&self, items: &[Listed]) -> Result<BTreeMap<BundleId, Listed>, PageError> {
        let mut new = BTreeMap::new();
        let mut last = self.cursor.seq;
        for item in items {
            let expected = last.saturating_add(1);
            if item.seq != expected {
                let found = item.seq;
                return Err(PageError::Order { expected, found });
            }
            let twice = new.insert(item.id, *item).is_some() || self.listed.contains_key(&item.id);
            if twice {
                return Err(PageError::Twice(item.id));
            }
            last = item.seq;
        }
        Ok(new)
    }

    fn covers(&self, envelope: &Envelope) -> bool {
        let class = envelope.header().class;
        let same_class = match self.scope.unit {
            Unit::Class(id) => class.class == id,
            // Which classes a department has, the server knows.
            Unit::School | Unit::Department(_) => true,
        };
        class.school == self.scope.school && same_class
    }
}
