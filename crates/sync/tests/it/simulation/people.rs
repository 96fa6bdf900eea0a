//! What people do with their phones.

use wuzha_core::log::OpId;
use wuzha_sync::OpRanges;

use super::world::{Message, World};

impl World {
    /// What people do with their phones.
    pub fn people(&mut self) {
        for at in 0..self.phones.len() {
            let (now, dice) = (self.now, &mut self.dice);
            let phone = &mut self.phones[at];
            if dice.one_in(4) {
                phone.write(now, dice);
            }
            if dice.one_in(5) {
                for (id, carries) in phone.hand_in(dice) {
                    self.tally.bundles += 1;
                    match dice.below(40) {
                        0..=3 => drop(self.server.poisonous.insert(id)),
                        4..=7 => drop(self.server.uninvited.insert(id)),
                        8..=15 => self.server.poisonous_ops.extend(first(&carries)),
                        _ => {}
                    }
                }
            }
            if dice.one_in(50) {
                self.tally.lost_bytes += u64::from(phone.lose_bytes(dice));
            }
            if dice.one_in(15) {
                phone.back_up();
            }
            if dice.one_in(6) {
                self.tally.succeeded += u64::from(phone.succeed(dice));
            }
            if dice.one_in(20) {
                self.tally.deleted += u64::from(phone.tidy(dice));
            }
            if dice.one_in(30) {
                self.tally.given_up += phone.outbox.given_up().len();
                phone.retry();
            }
            if dice.one_in(15) {
                phone.outbox.wake();
            }
            if dice.one_in(40) {
                phone.restart();
            }
            if dice.one_in(40) {
                phone.set_clock(dice);
            }
            if dice.one_in(20) {
                let other = dice.below(self.phones.len());
                self.scan(at, other);
            }
        }
        if self.dice.one_in(2) {
            let at = self.dice.below(self.phones.len());
            self.set_back(at);
        }
        if self.dice.one_in(30) {
            self.teacher.restart();
        }
    }

    /// A person restores a phone from a backup, when that can be noticed. It cannot when what it wrote
    /// since is known to others and its next bundle has a number that is free: then it writes other
    /// operations of the same ids, and nothing here compares what is in them.
    fn set_back(&mut self, at: usize) {
        let phone = &self.phones[at];
        let Some((beyond, next)) = phone.beyond_backup() else {
            return;
        };
        let is_noticed = self.server.has(phone.outbox.device(), next);
        let others = self.phones.iter().enumerate().filter(|&(n, _)| n != at);
        let mut others = others.map(|(_, phone)| phone);
        let is_known_otherwise = others.any(|other| {
            let replica = &other.replica;
            let known = OpRanges::of(replica.registers.seen()).within(&beyond);
            let passed_on = other.outbox.entries().iter();
            let mut passed_on = passed_on.map(|entry| entry.carries.within(&beyond));
            !known.without(&replica.reader.held()).is_empty()
                || passed_on.any(|ops| !ops.is_empty())
        });
        if !is_noticed || is_known_otherwise || phone.is_set_back {
            return;
        }
        self.network
            .retain(|_, message| !matches!(message, Message::Put(from, ..) if *from == at));
        self.server.forget_backups();
        self.phones[at].restore();
        self.tally.set_back += 1;
    }

    fn scan(&mut self, at: usize, other: usize) {
        // What a phone writes that was set back and does not know it has ids that are given twice.
        if at != other && !self.phones[other].is_set_back {
            let mut phone = self.phones.remove(at);
            let other = if other > at { other - 1 } else { other };
            phone.scan(&self.phones[other].replica);
            self.phones.insert(at, phone);
        }
    }
}

/// Some operation of these.
fn first(carries: &OpRanges) -> Option<OpId> {
    carries.iter().next().map(|range| OpId {
        device: range.device,
        ctr: range.from,
    })
}
