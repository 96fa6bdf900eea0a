//! The phones that write one class's book, as the app writes it.

use anyhow::{Context, Result};
use std::slice;
use wuzha_core::book::{Book, for_others};
use wuzha_core::log::{Applied, Change, DeviceId, Key, Op, Registers};
use wuzha_core::time::UnixMillis;

use super::dice::Dice;

/// One to three phones, what they wrote, and the time.
pub(super) struct Phones {
    phones: Vec<Phone>,
    /// Every operation, in the order in which they were written.
    written: Vec<Op>,
    now: UnixMillis,
}

struct Phone {
    device: DeviceId,
    /// How far its clock is ahead, in ms.
    ahead_ms: u64,
    registers: Registers,
    book: Book,
    /// How many of all operations it has got.
    got: usize,
}

impl Phones {
    /// `count` phones that have written nothing yet.
    pub(super) fn new(count: u32, now: UnixMillis, dice: &mut Dice) -> Self {
        Self {
            phones: (0..count).map(|_| Phone::new(dice)).collect(),
            written: Vec::new(),
            now,
        }
    }

    /// How many there are.
    pub(super) fn count(&self) -> usize {
        self.phones.len()
    }

    /// How many operations they wrote.
    pub(super) fn written(&self) -> usize {
        self.written.len()
    }

    /// The device of phone `who`, from 0.
    pub(super) fn device(&self, who: usize) -> Result<DeviceId> {
        Ok(self.phone(who)?.device)
    }

    /// What phone `who` shows.
    pub(super) fn book(&self, who: usize) -> Result<&Book> {
        Ok(&self.phone(who)?.book)
    }

    /// Whether phone `who` sees that people wrote `key` without seeing each other.
    pub(super) fn has_rivals(&self, who: usize, key: &Key) -> Result<bool> {
        Ok(self.phone(who)?.registers.heads(key).len() > 1)
    }

    /// What takes `changes` back on phone `who`.
    pub(super) fn undoing(&self, who: usize, changes: &[Change]) -> Result<Vec<Change>> {
        Ok(self.phone(who)?.registers.undoing(changes))
    }

    /// The time.
    pub(super) fn now(&self) -> UnixMillis {
        self.now
    }

    /// Time goes by.
    pub(super) fn wait_ms(&mut self, ms: u64) {
        self.now.0 += ms;
    }

    /// Nothing happens until `time`.
    pub(super) fn wait_until(&mut self, time: UnixMillis) {
        self.now = self.now.max(time);
    }

    /// Somebody does something on phone `who`, which takes some seconds.
    pub(super) fn write(
        &mut self,
        who: usize,
        command: impl FnOnce(&Book) -> Vec<Change>,
    ) -> Result<()> {
        // Uneven, and without a draw.
        let seconds = 2 + self.written.len() as u64 * 7 % 19;
        self.wait_ms(seconds * 1000);
        self.write_now(who, command)
    }

    /// [`Phones::write`] in the same millisecond as what was written before.
    pub(super) fn write_now(
        &mut self,
        who: usize,
        command: impl FnOnce(&Book) -> Vec<Change>,
    ) -> Result<()> {
        let now = self.now;
        let phone = self.phone_mut(who)?;
        let changes = command(&phone.book);
        let ops = phone.commit(changes, now);
        self.written.extend(ops);
        Ok(())
    }

    /// The phones hand each other what they have not got yet.
    pub(super) fn meet(&mut self) {
        for phone in &mut self.phones {
            let missing = self.written.get(phone.got..).unwrap_or_default();
            phone.take(missing);
            phone.got = self.written.len();
        }
    }

    /// Everything as the first phone has it after they have met, with its device.
    pub(super) fn into_log(mut self) -> Result<(DeviceId, Vec<Op>)> {
        self.meet();
        let device = self.device(0)?;
        for op in &mut self.written {
            if op.id.device != device {
                *op = for_others(op);
            }
        }
        Ok((device, self.written))
    }

    fn phone(&self, who: usize) -> Result<&Phone> {
        self.phones.get(who).context("there is no such phone")
    }

    fn phone_mut(&mut self, who: usize) -> Result<&mut Phone> {
        self.phones.get_mut(who).context("there is no such phone")
    }
}

impl Phone {
    /// One clock in four is ahead by up to two minutes, and one in ten by more than others follow.
    fn new(dice: &mut Dice) -> Self {
        let off = u64::from(dice.between(1..=120)) * 1000;
        let far_off = 2 * 60 * 60 * 1000;
        Self {
            device: DeviceId::from_bytes(dice.bytes()),
            ahead_ms: dice.usually(0, &[(25, off), (10, far_off)]),
            registers: Registers::default(),
            book: Book::default(),
            got: 0,
        }
    }

    fn commit(&mut self, changes: Vec<Change>, now: UnixMillis) -> Vec<Op> {
        let shown = UnixMillis(now.0 + self.ahead_ms);
        let hlc = self.registers.last_hlc().next(shown);
        let ops = self.registers.stamp(self.device, hlc, changes);
        for op in &ops {
            self.apply(op);
        }
        ops
    }

    fn take(&mut self, ops: &[Op]) {
        let own = self.device;
        for op in ops.iter().filter(|op| op.id.device != own) {
            self.apply(&for_others(op));
        }
    }

    fn apply(&mut self, op: &Op) {
        if self.registers.apply(op) == Applied::New {
            self.book.refresh(&self.registers, slice::from_ref(&op.key));
        }
    }
}
