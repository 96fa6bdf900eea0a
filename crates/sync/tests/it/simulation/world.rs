//! A class, its teacher, a server, and a network between them that loses, delays, doubles, tears and
//! reorders.

use std::collections::BTreeMap;

use wuzha_core::time::UnixMillis;
use wuzha_seal::{
    BundleId, ClassId, ClassRef, DeviceKey, Envelope, SchoolId, ScopeId, ServerKey, SignedOpened,
    Unit,
};
use wuzha_sync::{Cursor, Enrolment, Next, Page};

use super::dice::Dice;
use super::phone::Phone;
use super::replica::{Replica, open};
use super::server::{Mood, Reply, Server};
use super::tally::Tally;

/// 2021-12-27 19:05 in China.
const START: u64 = 1_640_603_100_000;
const CHAOS_STEPS: usize = 25;
/// By then everything has arrived, or never will.
const MOST_HEALING_STEPS: usize = 400;

/// A message on its way, and to whom.
#[derive(Clone)]
pub enum Message {
    Put(usize, BundleId, Vec<u8>),
    List(usize, Cursor),
    Get(usize, BundleId),
    Note(BundleId, Vec<u8>),
    Notes(usize),
    Answer(usize, BundleId, Reply),
    Page(usize, Cursor, Page),
    Bundle(usize, Box<Envelope>),
    NotesOf(usize, BTreeMap<BundleId, Vec<u8>>),
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Weather {
    Chaos,
    Fine,
}

pub struct World {
    pub dice: Dice,
    pub now: u64,
    weather: Weather,
    pub server: Server,
    pub phones: Vec<Phone>,
    /// The last participant: reads and opens.
    pub teacher: Replica,
    teacher_key: DeviceKey,
    teachers_notes: BTreeMap<BundleId, Vec<u8>>,
    pub network: BTreeMap<(u64, u64), Message>,
    sent: u64,
    pub tally: Tally,
}

impl World {
    pub fn new(seed: u64) -> Self {
        let mut dice = Dice::new(seed);
        let class = ClassRef {
            school: SchoolId::from_bytes(*b"school01"),
            class: ClassId::from_bytes(*b"class-01"),
        };
        let scope = ScopeId {
            school: class.school,
            unit: Unit::Class(class.class),
        };
        let server = ServerKey::from_bytes(&[0x44; 32]);
        let count = 2 + u8::try_from(dice.below(3)).expect("small");
        let phones = (1..=count).map(|n| {
            let key = DeviceKey::from_bytes(&[n; 32]);
            let enrolment = Enrolment {
                device: key.public().device(),
                class,
                scope,
                server: server.public(),
            };
            Phone::new(key, enrolment, &mut dice)
        });
        Self {
            phones: phones.collect(),
            now: START,
            weather: Weather::Chaos,
            server: Server::new(server, scope),
            teacher: Replica::new(scope),
            teacher_key: DeviceKey::from_bytes(&[0x33; 32]),
            teachers_notes: BTreeMap::new(),
            network: BTreeMap::new(),
            sent: 0,
            tally: Tally::default(),
            dice,
        }
    }

    /// Chaos, then fine weather until nothing moves, then the judgement.
    pub fn run(mut self) -> Tally {
        for _ in 0..CHAOS_STEPS {
            self.now += self.dice.between(200, 20_000);
            self.trouble();
            self.people();
            self.participants();
            self.deliver();
        }
        self.heal();
        self.judge();
        self.tally
    }

    /// What happens to the server.
    fn trouble(&mut self) {
        self.server.mood = match self.dice.below(24) {
            0 => Mood::Down,
            1 => Mood::DiskFull,
            2 => Mood::TooMany,
            3..=6 => Mood::Well,
            _ => self.server.mood,
        };
        if self.dice.one_in(10) {
            // Sometimes a few operations are too much, and a long one alone.
            self.server.most = self.dice.pick(&[600, 400, usize::MAX]).expect("three");
        }
        if self.dice.one_in(12) {
            self.server.back_up();
        }
        if self.dice.one_in(30) {
            self.server.restore(&mut self.dice);
            self.tally.restores += 1;
        }
    }

    /// What phones and the teacher's device do by themselves.
    fn participants(&mut self) {
        for at in 0..self.phones.len() {
            if let Some((id, bytes)) = self.phones[at].next_upload(self.now) {
                self.send(Message::Put(at, id, bytes));
            }
            if self.dice.one_in(4) {
                self.ask(at);
                self.send(Message::Notes(at));
            }
        }
        if self.dice.one_in(4) {
            self.ask(self.phones.len());
        }
    }

    fn ask(&mut self, at: usize) {
        let reader = &self.replica(at).reader;
        let (cursor, wanted) = (reader.cursor(), reader.wanted());
        self.send(Message::List(at, cursor));
        for listed in wanted.iter().take(self.in_one_go()) {
            self.send(Message::Get(at, listed.id));
        }
    }

    /// How much is asked for at once: in fine weather much, so that the end comes soon.
    fn in_one_go(&self) -> usize {
        match self.weather {
            Weather::Chaos => 5,
            Weather::Fine => 100,
        }
    }

    fn replica(&mut self, at: usize) -> &mut Replica {
        match self.phones.get_mut(at) {
            Some(phone) => &mut phone.replica,
            None => &mut self.teacher,
        }
    }

    fn send(&mut self, message: Message) {
        let copies = match (self.weather, self.dice.below(12)) {
            (Weather::Chaos, 0 | 1) => 0,
            (Weather::Chaos, 2 | 3) => 2,
            _ => 1,
        };
        self.tally.lost_messages += u64::from(copies == 0);
        self.tally.doubled += u64::from(copies == 2);
        for _ in 0..copies {
            // Up to minutes: what is answered has long been given up, and comes nevertheless.
            let slow = self.weather == Weather::Chaos && self.dice.one_in(6);
            let delay = self.dice.between(10, if slow { 200_000 } else { 4_000 });
            self.sent += 1;
            self.network
                .insert((self.now + delay, self.sent), message.clone());
        }
    }

    fn deliver(&mut self) {
        let later = self.network.split_off(&(self.now + 1, 0));
        let due = std::mem::replace(&mut self.network, later);
        for message in due.into_values() {
            self.arrive(message);
        }
    }

    fn arrive(&mut self, message: Message) {
        match message {
            Message::Put(from, id, bytes) => {
                if let Some(mut reply) = self.server.put(bytes, UnixMillis(self.now)) {
                    self.tally.full += u64::from(reply.status == 507);
                    self.tally.too_many += u64::from(reply.status == 429);
                    self.tally.too_large += u64::from(reply.status == 413);
                    if self.weather == Weather::Chaos && self.dice.one_in(15) {
                        reply.body.truncate(reply.body.len() / 2);
                        self.tally.torn += 1;
                    }
                    self.send(Message::Answer(from, id, reply));
                }
            }
            Message::List(from, cursor) => {
                let limit = 1 + self.dice.below(self.in_one_go());
                if let Some(page) = self.server.list(cursor, limit) {
                    self.send(Message::Page(from, cursor, page));
                }
            }
            Message::Get(from, id) => {
                if let Some(envelope) = self.server.get(id) {
                    self.send(Message::Bundle(from, envelope.into()));
                }
            }
            Message::Note(id, note) => self.server.note(id, note),
            Message::Notes(from) => {
                let notes = self.server.notes();
                self.send(Message::NotesOf(from, notes));
            }
            Message::Answer(to, id, reply) => {
                self.phones[to].answered(id, &reply, self.now, &mut self.dice);
            }
            Message::Page(to, asked, page) => {
                let replica = self.replica(to);
                replica.read(asked, &page);
                replica.store_reader();
                if let Some(phone) = self.phones.get_mut(to) {
                    self.tally.lost_by_server += phone.reconcile() as u64;
                }
            }
            Message::Bundle(to, envelope) => {
                // Devices know what they have; some forget to look.
                let wanted = self.replica(to).reader.wanted();
                let is_wanted = wanted.iter().any(|listed| listed.id == envelope.id());
                if is_wanted || self.dice.one_in(8) {
                    self.opened(to, &envelope);
                }
            }
            Message::NotesOf(to, notes) => {
                self.phones[to].notes(&notes, self.teacher_key.public());
            }
        }
    }

    fn opened(&mut self, to: usize, envelope: &Envelope) {
        let is_killed = self.weather == Weather::Chaos && self.dice.one_in(15);
        match self.phones.get_mut(to) {
            Some(phone) => phone.take(envelope),
            None => self.teacher.take(envelope, &open(envelope)),
        }
        let replica = self.replica(to);
        if is_killed {
            replica.restart();
        } else {
            replica.store_reader();
        }
        if to == self.phones.len() {
            self.note(envelope.id());
        }
    }

    /// The teacher's device keeps its notes.
    fn note(&mut self, id: BundleId) {
        let (now, key) = (UnixMillis(self.now), &self.teacher_key);
        let sign = || SignedOpened::sign(id, now, key).as_bytes().to_vec();
        let note = self.teachers_notes.entry(id).or_insert_with(sign).clone();
        self.send(Message::Note(id, note));
    }

    fn heal(&mut self) {
        self.weather = Weather::Fine;
        self.server.mood = Mood::Well;
        self.server.uninvited.clear();
        self.server.poisonous_ops.clear();
        self.server.most = usize::MAX;
        for step in 0..MOST_HEALING_STEPS {
            self.now += 60_000;
            for phone in &mut self.phones {
                if step % 4 == 0 {
                    self.tally.given_up += phone.outbox.given_up().len();
                    phone.retry();
                }
                self.tally.succeeded += u64::from(phone.succeed(&mut self.dice));
                self.tally.bundles += phone.hand_in(&mut self.dice).len() as u64;
            }
            self.participants();
            self.deliver();
            // The server may have lost notes with its last hours.
            if step % 8 == 0 {
                let unnoted = self.server.unnoted();
                unnoted.into_iter().for_each(|id| self.note(id));
            }
            if self.is_at_rest() {
                return;
            }
        }
        panic!("never at rest");
    }

    fn is_at_rest(&mut self) -> bool {
        let now = UnixMillis(self.now);
        let idle = |phone: &mut Phone| {
            let seen = phone.replica.registers.seen();
            let left = phone.outbox.to_hand_in(seen, &phone.replica.reader);
            let entries = phone.outbox.entries().iter();
            let unopened =
                entries.filter(|entry| entry.receipt().is_some() && entry.opened.is_none());
            let is_itself = phone.outbox.overtaken().is_none();
            is_itself
                && left.is_empty()
                && unopened.count() == 0
                && phone.outbox.next(now) == Next::Nothing
        };
        let phones_idle = self.phones.iter_mut().all(idle);
        let length = self
            .server
            .list(Cursor::default(), usize::MAX)
            .map_or(0, |all| all.items.len());
        let read = |replica: &Replica| {
            let reader = &replica.reader;
            reader.cursor().seq == length as u64 && reader.wanted().is_empty()
        };
        let replicas = self.phones.iter().map(|phone| &phone.replica);
        phones_idle && replicas.chain([&self.teacher]).all(read)
    }
}
