use super::frame::{Cut, Frame};
use super::mix::{Selection, mix};
use super::{MAX_TRANSFER, PART, SentFile, TooLargeToShow, TransferId, whole_of};

/// A file on its way out, as codes.
#[derive(Clone, Debug)]
pub struct Sending {
    cut: Cut,
    /// What is cut, filled up with zeros to whole parts.
    whole: Vec<u8>,
}

impl Sending {
    /// Prepares a file.
    ///
    /// # Errors
    /// When it has more than [`MAX_TRANSFER`] bytes.
    pub fn of(file: &SentFile) -> Result<Self, TooLargeToShow> {
        let bytes = file.bytes.len();
        if bytes > MAX_TRANSFER {
            let bytes = bytes as u64;
            return Err(TooLargeToShow { bytes });
        }
        let mut whole = whole_of(file);
        // It begins with a hash.
        let id = TransferId::of(&whole).unwrap_or(TransferId([0; 8]));
        let len = whole.len();
        // Parts of one size for all of them, no larger than they need to be.
        let part = len.div_ceil(len.div_ceil(PART));
        let cut = Cut { id, len, part };
        whole.resize(cut.parts() * part, 0);
        Ok(Self { cut, whole })
    }

    /// How many different codes at least have to be seen.
    pub fn parts(&self) -> u32 {
        u32::try_from(self.cut.parts()).unwrap_or(u32::MAX)
    }

    /// The text of a code, the first one being 0. There is no last one.
    pub fn frame(&self, number: u32) -> String {
        let selection = Selection::of(&self.cut, number);
        let mut data = vec![0; self.cut.part];
        let parts = self.whole.chunks(self.cut.part).enumerate();
        for (_, part) in parts.filter(|(at, _)| selection.has(*at)) {
            mix(&mut data, part);
        }
        let transfer = self.cut;
        Frame {
            transfer,
            number,
            data,
        }
        .to_text()
    }
}
