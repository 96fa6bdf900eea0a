use super::{FrameError, MAX_PARTS, MAX_WHOLE, TransferId};
use crate::base45;
use crate::bytes::Reader;

/// What the text of a code begins with; all of it is of the code's alphanumeric mode.
const CODE: &str = "WUZHA-PART:";
const FORMAT: u8 = 1;
/// More characters no QR code has.
const MAX_CHARS: usize = 4_296;

/// One code of a transfer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Frame {
    /// What it belongs to.
    pub(super) transfer: Cut,
    /// Which one, from 0: below the number of parts the part itself, from there on a mix.
    pub(super) number: u32,
    /// A part, or several mixed.
    pub(super) data: Vec<u8>,
}

/// Which bytes are cut how: the same in all codes of a transfer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Cut {
    pub(super) id: TransferId,
    /// Bytes in all.
    pub(super) len: usize,
    /// Bytes of each part; what the last one lacks are zeros.
    pub(super) part: usize,
}

impl Cut {
    /// How many parts there are: one at least.
    pub(super) fn parts(&self) -> usize {
        self.len.div_ceil(self.part.max(1)).max(1)
    }
}

impl Frame {
    /// Its text, for a code.
    pub(super) fn to_text(&self) -> String {
        let mut bytes = vec![FORMAT];
        bytes.extend(self.transfer.id.0);
        // Both fit: a transfer is bounded when it is made and when it is read.
        bytes.extend(
            u32::try_from(self.transfer.len)
                .unwrap_or(u32::MAX)
                .to_be_bytes(),
        );
        bytes.extend(self.number.to_be_bytes());
        bytes.extend(&self.data);
        format!("{CODE}{}", base45::encode(&bytes))
    }

    /// What a code says, within the bounds of a transfer.
    pub(super) fn parse(text: &str) -> Result<Self, FrameError> {
        let code = text.strip_prefix(CODE).ok_or(FrameError::Foreign)?;
        if text.len() > MAX_CHARS {
            return Err(FrameError::Misread);
        }
        let bytes = base45::decode(code).map_err(|_| FrameError::Misread)?;
        Self::read(&bytes)
    }

    fn read(bytes: &[u8]) -> Result<Self, FrameError> {
        let mut reader = Reader::new(bytes);
        let misread = |_cut_short| FrameError::Misread;
        let found = reader.u8().map_err(misread)?;
        if found != FORMAT {
            let expected = FORMAT;
            return Err(FrameError::Format { found, expected });
        }
        let id = TransferId(reader.array().map_err(misread)?);
        let len = reader.u32().map_err(misread)? as usize;
        let number = reader.u32().map_err(misread)?;
        let data = reader.rest().to_vec();
        let part = data.len();
        let transfer = Cut { id, len, part };
        let is_sound = (1..=MAX_WHOLE).contains(&len) && part > 0 && transfer.parts() <= MAX_PARTS;
        match is_sound {
            true => Ok(Self {
                transfer,
                number,
                data,
            }),
            false => Err(FrameError::Misread),
        }
    }
}
