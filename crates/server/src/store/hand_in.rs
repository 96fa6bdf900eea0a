//! Uploads, many in one transaction. The caller decides about each; here it is looked up and written.
//!
//! What a batch needs is looked up and written together: each statement is a way to the database and
//! back, and one for each upload and each kind of row took longer than the writing.

use sqlx::Row;
use sqlx::any::AnyRow;
use std::collections::BTreeMap;
use wuzha_core::log::DeviceId;
use wuzha_core::time::UnixMillis;
use wuzha_seal::{BundleId, ClassId, Envelope, HeadHash, SchoolId, Unit};

use super::bundles::Entry;
use super::many::{about, padded, parts, places};
use super::{StoreError, Tx, bytes};

pub use super::invitations::members_of;
use crate::hand_in::judge::{Before, Numbered};
use crate::hand_in::order::End;

/// How many bytes of bundles one statement writes: they are copied for it, and a batch of the largest
/// would fill the memory a second time.
const COPIED: usize = 512 * 1024;

/// A bundle to be kept.
#[derive(Clone, Copy, Debug)]
pub struct NewBundle<'a> {
    /// The bundle.
    pub envelope: &'a Envelope,
    /// When it came.
    pub now: UnixMillis,
    /// Until when its content is kept.
    pub retain_until: UnixMillis,
    /// Its receipt.
    pub receipt: &'a [u8],
}

/// A bundle that is here.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    /// Whose.
    pub device: DeviceId,
    /// Where it stands among its device's bundles.
    pub numbered: Numbered,
    /// What its device is told.
    pub before: Before,
}

/// The bundles with these numbers of their devices, those before and those after. A bundle of which
/// the same was handed in is among them: its id is over its device and number.
///
/// # Errors
/// When the database does not answer.
pub async fn around(
    tx: &mut Tx,
    school: SchoolId,
    numbers: &[(DeviceId, u64)],
) -> Result<Vec<Found>, StoreError> {
    let mut found = Vec::new();
    for part in padded(numbers) {
        let asked = places(2, part.len(), 2);
        // CROSS JOIN: SQLite then looks up the asked in turn, and never reads all bundles instead.
        let sql = format!(
            "SELECT device, dev_seq, id, previous, receipt, \
             CASE WHEN body IS NULL THEN 1 ELSE 0 END AS purged \
             FROM (VALUES {asked}) AS asked CROSS JOIN bundle \
             WHERE school = $1 AND device = asked.column1 \
             AND dev_seq BETWEEN asked.column2 - 1 AND asked.column2 + 1"
        );
        let mut query = about(school, sql);
        for (device, dev_seq) in part {
            query = query
                .bind(bytes::of(device.to_bytes()))
                .bind(bytes::signed(dev_seq));
        }
        for row in query.fetch_all(&mut **tx).await? {
            found.push(found_in(&row)?);
        }
    }
    Ok(found)
}

fn found_in(row: &AnyRow) -> Result<Found, StoreError> {
    let numbered = Numbered {
        dev_seq: bytes::number(row, "dev_seq")?,
        id: BundleId::from_bytes(bytes::id(row, "id")?),
        previous: bytes::id_if_any(row, "previous")?.map(BundleId::from_bytes),
    };
    let before = match bytes::number(row, "purged")? {
        1 => Before::Purged,
        _ => Before::Here(row.try_get("receipt")?),
    };
    Ok(Found {
        device: DeviceId::from_bytes(bytes::id(row, "device")?),
        numbered,
        before,
    })
}

/// How many bytes of these classes are stored; a class that nobody was invited for is left out.
///
/// # Errors
/// When the database does not answer.
pub async fn stored_bytes(
    tx: &mut Tx,
    school: SchoolId,
    classes: &[ClassId],
) -> Result<BTreeMap<ClassId, u64>, StoreError> {
    let mut stored = BTreeMap::new();
    for part in padded(classes) {
        let asked = places(2, 1, part.len());
        let sql =
            format!("SELECT class, stored_bytes FROM class WHERE school = $1 AND class IN {asked}");
        let mut query = about(school, sql);
        for class in part {
            query = query.bind(bytes::of(class.to_bytes()));
        }
        for row in query.fetch_all(&mut **tx).await? {
            let class = ClassId::from_bytes(bytes::id(&row, "class")?);
            stored.insert(class, bytes::number(&row, "stored_bytes")?);
        }
    }
    Ok(stored)
}

/// Gives each of these parts of the school so many more numbers: how far its order went before.
///
/// # Errors
/// When the database does not answer.
pub async fn number(
    tx: &mut Tx,
    school: SchoolId,
    more: &BTreeMap<Unit, u64>,
) -> Result<BTreeMap<Unit, End>, StoreError> {
    let all: Vec<(Unit, u64)> = more.iter().map(|(unit, more)| (*unit, *more)).collect();
    let mut before = Vec::new();
    for part in padded(&all) {
        let sql = format!(
            "UPDATE scope SET seq = seq + more.column2 FROM (VALUES {}) AS more \
             WHERE school = $1 AND unit = more.column1 RETURNING unit, seq",
            places(2, part.len(), 2)
        );
        let mut query = about(school, sql);
        for (unit, more) in part {
            query = query.bind(bytes::of_unit(unit)).bind(bytes::signed(more));
        }
        for row in query.fetch_all(&mut **tx).await? {
            let unit = bytes::unit(&row)?;
            let given = more.get(&unit).ok_or(StoreError::Damaged)?;
            let seq = bytes::number(&row, "seq")?.checked_sub(*given);
            before.push((unit, seq.ok_or(StoreError::Damaged)?));
        }
    }
    ends(tx, school, &before).await
}

/// The ends of these orders, whose last numbers are known.
async fn ends(
    tx: &mut Tx,
    school: SchoolId,
    last: &[(Unit, u64)],
) -> Result<BTreeMap<Unit, End>, StoreError> {
    let (empty, begun): (Vec<_>, Vec<_>) = last.iter().copied().partition(|(_, seq)| *seq == 0);
    let end = |(unit, _)| (unit, End::empty(school, unit));
    let mut ends: BTreeMap<Unit, End> = empty.into_iter().map(end).collect();
    for part in padded(&begun) {
        let sql = format!(
            "SELECT unit, seq, head FROM (VALUES {}) AS last CROSS JOIN log \
             WHERE school = $1 AND unit = last.column1 AND seq = last.column2",
            places(2, part.len(), 2)
        );
        let mut query = about(school, sql);
        for (unit, seq) in part {
            query = query.bind(bytes::of_unit(unit)).bind(bytes::signed(seq));
        }
        for row in query.fetch_all(&mut **tx).await? {
            let seq = bytes::number(&row, "seq")?;
            let head = HeadHash::from_bytes(bytes::id(&row, "head")?);
            ends.insert(bytes::unit(&row)?, End { seq, head });
        }
    }
    Ok(ends)
}

/// Lists bundles in the orders of these parts of the school.
///
/// # Errors
/// When the database does not answer.
pub async fn list(
    tx: &mut Tx,
    school: SchoolId,
    entries: &[(Unit, Entry)],
) -> Result<(), StoreError> {
    for part in parts(entries) {
        // The columns of VALUES are numbered, and have no other names on both databases.
        let sql = format!(
            "INSERT INTO log (school, unit, seq, id, bytes, head) \
             SELECT $1, column1, column2, column3, column4, column5 FROM (VALUES {}) AS new",
            places(2, part.len(), 5)
        );
        let mut query = about(school, sql);
        for (unit, entry) in part {
            query = query
                .bind(bytes::of_unit(*unit))
                .bind(bytes::signed(entry.seq))
                .bind(bytes::of(entry.id.to_bytes()))
                .bind(bytes::signed(entry.bytes))
                .bind(bytes::of(entry.head.to_bytes()));
        }
        query.execute(&mut **tx).await?;
    }
    Ok(())
}

/// Keeps bundles.
///
/// # Errors
/// When the database does not answer.
pub async fn insert(
    tx: &mut Tx,
    school: SchoolId,
    bundles: &[NewBundle<'_>],
) -> Result<(), StoreError> {
    for part in by_size(bundles).flat_map(parts) {
        let sql = format!(
            "INSERT INTO bundle (school, id, class, device, dev_seq, previous, bytes, \
             received_at, retain_until, receipt, body) \
             SELECT $1, column1, column2, column3, column4, column5, column6, column7, column8, \
             column9, column10 FROM (VALUES {}) AS new",
            places(2, part.len(), 10)
        );
        let mut query = about(school, sql);
        for new in part {
            let header = new.envelope.header();
            query = query
                .bind(bytes::of(new.envelope.id().to_bytes()))
                .bind(bytes::of(header.class.class.to_bytes()))
                .bind(bytes::of(header.device().to_bytes()))
                .bind(bytes::signed(header.dev_seq.get()))
                .bind(header.previous.map(|id| bytes::of(id.to_bytes())))
                .bind(bytes::signed(new.envelope.as_bytes().len() as u64))
                .bind(bytes::signed(new.now.0))
                .bind(bytes::signed(new.retain_until.0))
                .bind(new.receipt.to_vec())
                .bind(new.envelope.as_bytes().to_vec());
        }
        query.execute(&mut **tx).await?;
    }
    Ok(())
}

/// These in parts that have at most [`COPIED`] bytes each, or are one bundle.
fn by_size<'a, 'b>(mut all: &'a [NewBundle<'b>]) -> impl Iterator<Item = &'a [NewBundle<'b>]> {
    std::iter::from_fn(move || {
        let mut size = 0;
        let fits = all.iter().take_while(|new| {
            size += new.envelope.as_bytes().len();
            size <= COPIED
        });
        let (part, rest) = all.split_at_checked(fits.count().max(1))?;
        all = rest;
        Some(part)
    })
}

/// Counts so many bytes more as stored of these classes.
///
/// # Errors
/// When the database does not answer.
pub async fn add_stored(
    tx: &mut Tx,
    school: SchoolId,
    more: &BTreeMap<ClassId, u64>,
) -> Result<(), StoreError> {
    let all: Vec<(ClassId, u64)> = more.iter().map(|(class, more)| (*class, *more)).collect();
    for part in padded(&all) {
        let sql = format!(
            "UPDATE class SET stored_bytes = stored_bytes + more.column2 \
             FROM (VALUES {}) AS more WHERE school = $1 AND class = more.column1",
            places(2, part.len(), 2)
        );
        let mut query = about(school, sql);
        for (class, more) in part {
            query = query
                .bind(bytes::of(class.to_bytes()))
                .bind(bytes::signed(more));
        }
        query.execute(&mut **tx).await?;
    }
    Ok(())
}
