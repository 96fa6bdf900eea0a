//! Whether the parts of an OLE compound file have an end (MS-CFB 2.2 to 2.5). The reader of XLS follows
//! its chains of sectors wherever they lead: round and round as well, until the memory is full.

/// The header, which has the first numbers of the sectors with the table.
const HEADER: usize = 512;
/// From here on a number names no sector.
const NO_SECTOR: u32 = 0xffff_fffa;

/// Whether every chain of sectors ends, and the table of them is no longer than the file. What is no
/// compound file at all is for the reader to refuse.
pub(super) fn has_an_end(bytes: &[u8]) -> bool {
    let Some(file) = File::of(bytes) else {
        return true;
    };
    let Some(table) = file.table() else {
        return false;
    };
    none_returns(&table) && none_returns(&file.small_table(&table))
}

struct File<'a> {
    bytes: &'a [u8],
    sector: usize,
}

impl<'a> File<'a> {
    fn of(bytes: &'a [u8]) -> Option<Self> {
        let sector = match bytes.get(30..32)? {
            [9, 0] => 512,
            [12, 0] => 4096,
            _ => return None,
        };
        (bytes.len() >= HEADER).then_some(Self { bytes, sector })
    }

    fn header(&self, at: usize) -> u32 {
        let number = self.bytes.get(at..).and_then(|rest| rest.first_chunk());
        number.map_or(NO_SECTOR, |number| u32::from_le_bytes(*number))
    }

    /// The numbers in a sector; fewer or none at the end of the file.
    fn numbers(&self, sector: u32) -> impl Iterator<Item = u32> + 'a {
        // The header takes as much as a sector.
        let from = (sector as usize).saturating_add(1);
        let from = from.saturating_mul(self.sector).min(self.bytes.len());
        let to = from.saturating_add(self.sector).min(self.bytes.len());
        numbers(self.bytes.get(from..to).unwrap_or_default())
    }

    /// For each sector the one after it; `None` if this were more than the file has.
    fn table(&self) -> Option<Vec<u32>> {
        let most = self.bytes.len() / self.sector + 1;
        let mut parts: Vec<u32> = numbers(self.bytes.get(76..HEADER)?).collect();
        let mut more = self.header(68);
        for _ in 0..=most {
            if more >= NO_SECTOR {
                break;
            }
            parts.extend(self.numbers(more));
            more = parts.pop()?;
        }
        parts.retain(|part| *part < NO_SECTOR);
        let table = || parts.iter().flat_map(|part| self.numbers(*part)).collect();
        (parts.len() <= most).then(table)
    }

    /// The same for the pieces of 64 bytes in which short parts are kept. `table` has no circles.
    fn small_table(&self, table: &[u32]) -> Vec<u32> {
        let mut small = Vec::new();
        let mut sector = Some(self.header(60));
        while let Some(at) = sector.filter(|at| *at < NO_SECTOR) {
            small.extend(self.numbers(at));
            sector = table.get(at as usize).copied();
        }
        small
    }
}

fn numbers(bytes: &[u8]) -> impl Iterator<Item = u32> {
    let numbers = bytes.as_chunks().0.iter();
    numbers.map(|number| u32::from_le_bytes(*number))
}

/// Whether nobody who follows these numbers comes back to where they were.
fn none_returns(table: &[u32]) -> bool {
    let mut seen_from: Vec<Option<usize>> = vec![None; table.len()];
    for start in 0..table.len() {
        let mut at = start;
        while let (Some(next), Some(seen)) = (table.get(at), seen_from.get_mut(at)) {
            match *seen {
                Some(from) if from == start => return false,
                Some(_) => break,
                None => *seen = Some(start),
            }
            at = *next as usize;
        }
    }
    true
}
