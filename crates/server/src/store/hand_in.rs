//! Uploads, many in one transaction. The caller decides about each; here it is looked up and written.

use sqlx::Row;
use sqlx::any::AnyRow;
use wuzha_core::log::DeviceId;
use wuzha_core::time::UnixMillis;
use wuzha_seal::{BundleId, ClassId, Envelope, HeadHash, SchoolId, ScopeId};

use super::{StoreError, Tx, bytes};

pub use super::invitations::members;
use crate::hand_in::judge::{Before, Numbered};

/// A bundle to be kept.
#[derive(Clone, Debug)]
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

/// The bundle with this id.
///
/// # Errors
/// When the database does not answer.
pub async fn before(
    tx: &mut Tx,
    school: SchoolId,
    id: BundleId,
) -> Result<Option<Before>, StoreError> {
    let sql = "SELECT receipt, CASE WHEN body IS NULL THEN 1 ELSE 0 END AS purged \
               FROM bundle WHERE school = $1 AND id = $2";
    let row = sqlx::query(sql)
        .bind(bytes::of(school.to_bytes()))
        .bind(bytes::of(id.to_bytes()))
        .fetch_optional(&mut **tx)
        .await?;
    let Some(row) = row else { return Ok(None) };
    Ok(Some(Before {
        receipt: row.try_get("receipt")?,
        is_purged: bytes::number(&row, "purged")? == 1,
    }))
}

/// The bundles of this device with this number, the one before and the one after.
///
/// # Errors
/// When the database does not answer.
pub async fn around(
    tx: &mut Tx,
    school: SchoolId,
    device: DeviceId,
    dev_seq: u64,
) -> Result<Vec<Numbered>, StoreError> {
    let sql = "SELECT dev_seq, id, previous FROM bundle \
               WHERE school = $1 AND device = $2 AND dev_seq BETWEEN $3 AND $4";
    let rows = sqlx::query(sql)
        .bind(bytes::of(school.to_bytes()))
        .bind(bytes::of(device.to_bytes()))
        .bind(bytes::signed(dev_seq.saturating_sub(1)))
        .bind(bytes::signed(dev_seq.saturating_add(1)))
        .fetch_all(&mut **tx)
        .await?;
    rows.iter().map(numbered).collect()
}

fn numbered(row: &AnyRow) -> Result<Numbered, StoreError> {
    Ok(Numbered {
        dev_seq: bytes::number(row, "dev_seq")?,
        id: BundleId::from_bytes(bytes::id(row, "id")?),
        previous: bytes::id_if_any(row, "previous")?.map(BundleId::from_bytes),
    })
}

/// How many bytes of a class are stored; none of a class that nobody was invited for.
///
/// # Errors
/// When the database does not answer.
pub async fn stored_bytes(
    tx: &mut Tx,
    school: SchoolId,
    class: ClassId,
) -> Result<u64, StoreError> {
    let row = sqlx::query("SELECT stored_bytes FROM class WHERE school = $1 AND class = $2")
        .bind(bytes::of(school.to_bytes()))
        .bind(bytes::of(class.to_bytes()))
        .fetch_optional(&mut **tx)
        .await?;
    row.map_or(Ok(0), |row| bytes::number(&row, "stored_bytes"))
}

/// Lists a bundle next in the order of `scope`: its number there and the hash over all up to it.
///
/// # Errors
/// When the database does not answer.
pub async fn list_next(
    tx: &mut Tx,
    scope: ScopeId,
    envelope: &Envelope,
) -> Result<(u64, HeadHash), StoreError> {
    let (school, unit) = (
        bytes::of(scope.school.to_bytes()),
        bytes::of_unit(scope.unit),
    );
    let sql = "UPDATE scope SET seq = seq + 1 WHERE school = $1 AND unit = $2 RETURNING seq";
    let row = sqlx::query(sql)
        .bind(school.clone())
        .bind(unit.clone())
        .fetch_one(&mut **tx)
        .await?;
    let seq = bytes::number(&row, "seq")?;
    let head = head_before(tx, scope, seq).await?.then(seq, envelope.id());
    let sql =
        "INSERT INTO log (school, unit, seq, id, bytes, head) VALUES ($1, $2, $3, $4, $5, $6)";
    sqlx::query(sql)
        .bind(school)
        .bind(unit)
        .bind(bytes::signed(seq))
        .bind(bytes::of(envelope.id().to_bytes()))
        .bind(bytes::signed(envelope.as_bytes().len() as u64))
        .bind(bytes::of(head.to_bytes()))
        .execute(&mut **tx)
        .await?;
    Ok((seq, head))
}

async fn head_before(tx: &mut Tx, scope: ScopeId, seq: u64) -> Result<HeadHash, StoreError> {
    if seq == 1 {
        return Ok(HeadHash::empty(scope));
    }
    let sql = "SELECT head FROM log WHERE school = $1 AND unit = $2 AND seq = $3";
    let row = sqlx::query(sql)
        .bind(bytes::of(scope.school.to_bytes()))
        .bind(bytes::of_unit(scope.unit))
        .bind(bytes::signed(seq.saturating_sub(1)))
        .fetch_one(&mut **tx)
        .await?;
    Ok(HeadHash::from_bytes(bytes::id(&row, "head")?))
}

/// Keeps a bundle.
///
/// # Errors
/// When the database does not answer.
pub async fn insert(tx: &mut Tx, new: NewBundle<'_>) -> Result<(), StoreError> {
    let header = new.envelope.header();
    let size = bytes::signed(new.envelope.as_bytes().len() as u64);
    let school = bytes::of(header.class.school.to_bytes());
    let class = bytes::of(header.class.class.to_bytes());
    let previous = header.previous.map(|id| bytes::of(id.to_bytes()));
    let sql = "INSERT INTO bundle (school, id, class, device, dev_seq, previous, bytes, \
               received_at, retain_until, receipt, body) \
               VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)";
    sqlx::query(sql)
        .bind(school.clone())
        .bind(bytes::of(new.envelope.id().to_bytes()))
        .bind(class.clone())
        .bind(bytes::of(header.device().to_bytes()))
        .bind(bytes::signed(header.dev_seq.get()))
        .bind(previous)
        .bind(size)
        .bind(bytes::signed(new.now.0))
        .bind(bytes::signed(new.retain_until.0))
        .bind(new.receipt.to_vec())
        .bind(new.envelope.as_bytes().to_vec())
        .execute(&mut **tx)
        .await?;
    let sql = "UPDATE class SET stored_bytes = stored_bytes + $3 WHERE school = $1 AND class = $2";
    sqlx::query(sql)
        .bind(school)
        .bind(class)
        .bind(size)
        .execute(&mut **tx)
        .await?;
    Ok(())
}
