//! A desk to write a book at: a device with a clock that stands at a fixed time.

#![expect(
    clippy::expect_used,
    reason = "a fixture that is wrong should stop the test"
)]

use wuzha_core::book::{Book, commands};
use wuzha_core::ident::{DormName, PersonName, Slug, StudentNo};
use wuzha_core::log::{Change, DeviceId, Hlc, Op, Registers};
use wuzha_core::pack::Pack;
use wuzha_core::roster;
use wuzha_core::time::UnixMillis;

/// 2021-12-27 19:05 in China.
pub const NOW: UnixMillis = UnixMillis(1_640_603_100_000);

pub struct Desk {
    pub device: DeviceId,
    pub registers: Registers,
    pub book: Book,
}

impl Desk {
    pub fn new(device: u8) -> Self {
        Self {
            device: DeviceId::from_bytes([device; 8]),
            registers: Registers::default(),
            book: Book::default(),
        }
    }

    /// Writes changes as the app does; returns the operations, for another desk to receive.
    pub fn write(&mut self, changes: Vec<Change>) -> Vec<Op> {
        self.write_at(NOW, changes)
    }

    /// [`Desk::write`] by a clock that shows `now`.
    pub fn write_at(&mut self, now: UnixMillis, changes: Vec<Change>) -> Vec<Op> {
        let hlc: Hlc = self.registers.last_hlc().next(now);
        let ops = self.registers.stamp(self.device, hlc, changes);
        self.receive(&ops);
        ops
    }

    pub fn receive(&mut self, ops: &[Op]) {
        for op in ops {
            self.registers.apply(op);
        }
        self.book
            .refresh(&self.registers, ops.iter().map(|op| &op.key));
    }

    /// A class of `dorms` × `beds` students: 2021010101 in 3-301 and so on.
    pub fn with_class(dorms: u32, beds: u32) -> Self {
        let mut desk = Self::new(1);
        let rows = (1..=dorms).flat_map(|dorm| (1..=beds).map(move |bed| student(dorm, bed)));
        let rows: Vec<roster::Student> = rows.collect();
        desk.write(commands::import(&desk.book, &rows));
        desk
    }
}

pub fn student(dorm: u32, bed: u32) -> roster::Student {
    roster::Student {
        no: no(dorm, bed),
        name: PersonName::try_from(format!("示例{dorm}{bed}")).expect("a name"),
        dorm: Some(self::dorm(dorm)),
    }
}

pub fn no(dorm: u32, bed: u32) -> StudentNo {
    StudentNo::try_from(format!("20210{dorm:02}{bed:02}")).expect("a number")
}

pub fn dorm(dorm: u32) -> DormName {
    DormName::try_from(format!("3-3{dorm:02}")).expect("a dorm")
}

pub fn slug(text: &str) -> Slug {
    Slug::try_from(text).expect("a slug")
}

pub fn pack() -> Pack {
    let pack = Pack::from_json(
        include_str!("../../../../../content/default/campaign.json"),
        include_str!("../../../../../content/default/checklists.json"),
        include_str!("../../../../../content/default/criteria.json"),
    );
    pack.expect("the pack that ships")
}
