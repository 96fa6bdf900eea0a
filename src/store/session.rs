use std::cell::{Cell, Ref, RefCell};
use std::rc::Rc;

use wuzha_core::log::{
    Applied, Change, CodecError, DeviceId, Key, Op, Registers, decode_ops, encode_ops,
};
use wuzha_core::storage::{LogHead, Loss, Sentinel, has_landed};

use super::queue::{Batch, JobId, Queue, Work};
use super::{BookName, Phase, StoreError};
use crate::browser::idb::{Db, Row};
use crate::browser::tabs::Tabs;
use crate::browser::{clock, local, random};

/// What is in memory of one opened book.
///
/// All methods are synchronous; what awaits is in the neighbouring modules and may be interleaved at
/// every await. Nothing breaks by that: operations fold in any order and any number of times, and the
/// head only moves forwards.
pub(super) struct Session {
    pub(super) name: BookName,
    pub(super) phase: RefCell<Phase>,
    registers: RefCell<Registers>,
    head: Cell<Option<LogHead>>,
    /// The last segment in the stored snapshot.
    pub(super) snapshot: Cell<Option<u32>>,
    /// Segments that this version cannot read.
    pub(super) unreadable: RefCell<Vec<Row>>,
    /// What the log was known to hold when it was opened.
    remembered: Cell<Option<Sentinel>>,
    pub(super) queue: RefCell<Queue>,
    attempt: RefCell<Option<Rc<Attempt>>>,
    /// Whether a task is emptying the queue.
    pub(super) is_writing: Cell<bool>,
    /// Whether the book was erased: what still comes back from the disk is about nothing.
    is_erased: Cell<bool>,
    /// Whether the browser was asked in this opening to keep the data.
    pub(super) asked_to_persist: Cell<bool>,
    pub(super) db: RefCell<Option<Rc<Db>>>,
    pub(super) tabs: RefCell<Option<Tabs>>,
}

/// One append. It is remembered until it is known to be stored, since nobody tells whether an append
/// was when the connection is lost in the middle of it.
pub(super) struct Attempt {
    /// The head for which it is computed.
    pub(super) known: Option<LogHead>,
    /// The number of its segment.
    pub(super) segment: u32,
    /// Its segment.
    pub(super) bytes: Vec<u8>,
    /// The head after it.
    pub(super) head: LogHead,
    pub(super) ops: Vec<Op>,
    jobs: Vec<JobId>,
}

impl Session {
    pub(super) fn new(name: BookName) -> Self {
        Self {
            name,
            phase: RefCell::new(Phase::Opening),
            registers: RefCell::default(),
            head: Cell::new(None),
            snapshot: Cell::new(None),
            unreadable: RefCell::default(),
            remembered: Cell::new(None),
            queue: RefCell::default(),
            attempt: RefCell::default(),
            is_writing: Cell::new(false),
            is_erased: Cell::new(false),
            asked_to_persist: Cell::new(false),
            db: RefCell::default(),
            tabs: RefCell::default(),
        }
    }

    pub(super) fn registers(&self) -> Ref<'_, Registers> {
        self.registers.borrow()
    }

    pub(super) fn head(&self) -> Option<LogHead> {
        self.head.get()
    }

    pub(super) fn next_segment(&self) -> u32 {
        self.head().map_or(0, |head| head.next_segment)
    }

    /// Forgets what was known of the log: it stands at `head` and folds to `registers` and `rows`.
    pub(super) fn reset(&self, head: Option<LogHead>, mut registers: Registers, rows: Vec<Row>) {
        let mut unreadable = Vec::new();
        for (number, bytes) in rows {
            match decode_ops(&bytes) {
                Ok(ops) => ops.iter().for_each(|op| {
                    registers.apply(op);
                }),
                Err(_) => unreadable.push((number, bytes)),
            }
        }
        self.registers.replace(registers);
        self.unreadable.replace(unreadable);
        self.head.set(head);
    }

    /// Folds stored operations in and returns the keys that may read differently now.
    pub(super) fn absorb<'op>(&self, ops: &'op [Op], head: LogHead) -> Vec<&'op Key> {
        let mut registers = self.registers.borrow_mut();
        let is_new = |op: &&Op| registers.apply(op) == Applied::New;
        let keys = ops.iter().filter(is_new).map(|op| &op.key).collect();
        // Another task may already have seen further.
        if head.next_segment > self.next_segment() {
            self.head.set(Some(head));
        }
        keys
    }

    /// Computes the next append; `None` when nothing is left that may be written.
    pub(super) fn next_attempt(&self) -> Result<Option<Rc<Attempt>>, StoreError> {
        while let Some(batch) = self.next_batch() {
            let attempt = Rc::new(self.attempt_of(batch)?);
            if attempt.ops.is_empty() {
                self.settle(&attempt);
                continue;
            }
            self.attempt.replace(Some(attempt.clone()));
            return Ok(Some(attempt));
        }
        Ok(None)
    }

    fn next_batch(&self) -> Option<Batch> {
        let queue = self.queue.borrow();
        match self.is_lost() {
            true => queue.next_foreign(),
            false => queue.next_batch(),
        }
    }

    fn attempt_of(&self, Batch { jobs, work }: Batch) -> Result<Attempt, StoreError> {
        let registers = self.registers();
        let base = self.writable_head()?;
        let (ops, head) = match work {
            Work::Changes(changes) => {
                let hlc = registers.last_hlc().next(clock::now());
                let ops = registers.stamp(base.device, hlc, changes);
                let head = base.after_own(&ops);
                (ops, head)
            }
            Work::Foreign(mut ops) => {
                ops.retain(|op| !registers.seen().contains(op.id));
                (ops, base.after_foreign())
            }
        };
        Ok(Attempt {
            known: self.head(),
            segment: base.next_segment,
            bytes: encode_ops(&ops)?,
            head,
            ops,
            jobs,
        })
    }

    /// The head to write on from: with a new device where there is none, or it may not go on.
    fn writable_head(&self) -> Result<LogHead, StoreError> {
        match self.head() {
            None => Ok(LogHead::first(new_device()?)),
            Some(head) if head.may_write_on(&self.registers()) => Ok(head),
            Some(head) => Ok(head.handed_to(new_device()?)),
        }
    }

    /// Whether an append was begun of which nobody knows whether it is stored.
    pub(super) fn has_unsettled_attempt(&self) -> bool {
        self.attempt.borrow().is_some()
    }

    /// The unsettled attempt is among the `stored` operations after all.
    pub(super) fn settle_if_among(&self, stored: &[Op]) {
        let attempt = self.attempt.borrow().clone();
        if let Some(attempt) = attempt
            && has_landed(&attempt.ops, stored)
        {
            self.settle(&attempt);
        }
    }

    /// `attempt` is stored: its jobs are done.
    pub(super) fn settle(&self, attempt: &Attempt) {
        self.attempt.take();
        self.queue.borrow_mut().finish(&attempt.jobs);
    }

    /// What takes `changes` back, with what is queued taken for done.
    pub(super) fn undoing(&self, changes: &[Change]) -> Vec<Change> {
        let mut undo = self.registers().undoing(changes);
        let queue = self.queue.borrow();
        for change in &mut undo {
            if let Some(value) = queue.latest(&change.key) {
                change.value = value;
            }
        }
        undo
    }

    pub(super) fn is_lost(&self) -> bool {
        matches!(*self.phase.borrow(), Phase::Lost(_))
    }

    /// What is missing, by `witness` or else by what is kept beside the database.
    pub(super) fn detect_loss(&self, witness: Option<Sentinel>) -> Option<Loss> {
        let kept = || local::sentinel(self.name.database());
        self.remembered.set(witness.or_else(kept));
        self.loss()
    }

    /// What is missing by what was known at the opening.
    pub(super) fn loss(&self) -> Option<Loss> {
        let unreadable = self.unreadable.borrow().len() as u64;
        let registers = self.registers();
        Loss::detect(self.remembered.get(), self.head(), &registers, unreadable)
    }

    /// What there is to remember of the log as it stands.
    pub(super) fn sentinel(&self) -> Option<Sentinel> {
        self.head()
            .map(|head| Sentinel::of(head, &self.registers()))
    }

    /// Remembers beside the database how far it has come. Not while records are missing: that would
    /// forget them. Not for the example, which nobody misses.
    pub(super) fn keep_sentinel(&self) {
        if self.is_lost() || self.is_erased.get() || self.name == BookName::Example {
            return;
        }
        let name = self.name.database();
        if let Some(sentinel) = self.sentinel() {
            local::keep_sentinel(name, sentinel.or_later(local::sentinel(name)));
        }
    }

    /// Takes what is there as all there is, standing at `head`.
    pub(super) fn accept(&self, head: Option<LogHead>) {
        let name = self.name.database();
        self.head.set(head);
        self.unreadable.take();
        self.remembered.set(None);
        match self.sentinel() {
            Some(sentinel) => local::keep_sentinel(name, sentinel),
            None => local::forget_sentinel(name),
        }
    }

    /// Tells the other tabs that something was written.
    pub(super) fn tell_tabs(&self) {
        if let Some(tabs) = &*self.tabs.borrow() {
            tabs.tell();
        }
    }

    /// Lets go of the database; the next use opens it anew.
    pub(super) fn close(&self) {
        self.db.take();
    }

    /// Whether the book was erased.
    pub(super) fn is_erased(&self) -> bool {
        self.is_erased.get()
    }

    /// Lets go of everything, for good.
    pub(super) fn retire(&self) {
        self.is_erased.set(true);
        local::forget_sentinel(self.name.database());
        self.queue.take();
        self.tabs.take();
        self.close();
    }
}

/// A device that has never written.
pub(super) fn new_device() -> Result<DeviceId, StoreError> {
    random::random_bytes()
        .map(DeviceId::from_bytes)
        .ok_or_else(|| StoreError::Other("no source of randomness".to_owned()))
}

/// All operations of `rows`.
///
/// # Errors
/// When one of them cannot be read.
pub(super) fn ops_of(rows: &[Row]) -> Result<Vec<Op>, CodecError> {
    let mut all = Vec::new();
    for (_, bytes) in rows {
        all.append(&mut decode_ops(bytes)?);
    }
    Ok(all)
}
