use super::frame::{Cut, Frame};
use super::mix::{Selection, mix};
use super::{FrameError, SentFile, file_of};

/// A file on its way in: what was seen of its codes so far.
#[derive(Clone, Debug, Default)]
pub struct Receiving(Option<Seen>);

/// What a code that was taken in has brought about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Received {
    /// So many of so many parts are there.
    Parts {
        /// As good as parts: codes that told something new.
        seen: u32,
        /// How many it takes.
        of: u32,
    },
    /// The file. Its hash is right.
    Whole(SentFile),
}

/// Equations between the parts of one transfer, solved as far as they reach (Gauss and Jordan): no equation has a
/// part that another one stands for.
#[derive(Clone, Debug)]
struct Seen {
    cut: Cut,
    /// For each part the equation that stands for it.
    rows: Vec<Option<Row>>,
    count: usize,
}

/// That these parts, mixed, are this.
#[derive(Clone, Debug)]
struct Row {
    parts: Selection,
    data: Vec<u8>,
}

impl Receiving {
    /// Takes in what a code says. The codes may come in any order, again and again, and with any of them missing.
    ///
    /// # Errors
    /// See [`FrameError`]; after all but [`FrameError::Damaged`], what was received before stays.
    pub fn take(&mut self, text: &str) -> Result<Received, FrameError> {
        let frame = Frame::parse(text)?;
        let seen = self
            .0
            .get_or_insert_with(|| Seen::nothing_of(frame.transfer));
        if frame.transfer != seen.cut {
            return Err(FrameError::OtherTransfer);
        }
        seen.learn(&frame);
        if seen.count < seen.rows.len() {
            return Ok(seen.so_far());
        }
        let file = file_of(&seen.whole(), seen.cut.id);
        if file.is_err() {
            self.0 = None;
        }
        file.map(Received::Whole)
    }
}

impl Seen {
    fn nothing_of(cut: Cut) -> Self {
        Self {
            cut,
            rows: vec![None; cut.parts()],
            count: 0,
        }
    }

    fn so_far(&self) -> Received {
        let number = |count: usize| u32::try_from(count).unwrap_or(u32::MAX);
        Received::Parts {
            seen: number(self.count),
            of: number(self.rows.len()),
        }
    }

    /// Keeps what the frame tells that does not follow from the others.
    fn learn(&mut self, frame: &Frame) {
        let mut new = Row {
            parts: Selection::of(&self.cut, frame.number),
            data: frame.data.clone(),
        };
        for (part, row) in self.rows.iter().enumerate() {
            if let Some(row) = row.as_ref().filter(|_| new.parts.has(part)) {
                new.mix(row);
            }
        }
        let Some(stands_for) = new.parts.first() else {
            return;
        };
        for row in self.rows.iter_mut().flatten() {
            if row.parts.has(stands_for) {
                row.mix(&new);
            }
        }
        if let Some(place) = self.rows.get_mut(stands_for) {
            *place = Some(new);
            self.count += 1;
        }
    }

    /// The bytes that were cut; to be asked for when each part has its equation, which then is the part.
    fn whole(&self) -> Vec<u8> {
        let parts = self.rows.iter().flatten();
        let mut whole: Vec<u8> = parts.flat_map(|row| row.data.iter().copied()).collect();
        whole.truncate(self.cut.len);
        whole
    }
}

impl Row {
    fn mix(&mut self, other: &Self) {
        self.parts.mix(&other.parts);
        mix(&mut self.data, &other.data);
    }
}
