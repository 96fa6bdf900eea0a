//! Bundles, and the orders in which they are listed.

use sqlx::Row;
use sqlx::any::AnyRow;
use wuzha_core::log::DeviceId;
use wuzha_seal::{BundleId, ClassId, HeadHash, SchoolId, ScopeId, SignedOpened};

use super::{Store, StoreError, bytes};

/// What is stored of a bundle besides its body.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stored {
    /// The class that handed it in.
    pub class: ClassId,
    /// How many bytes it has.
    pub bytes: u64,
}

/// A bundle's body, as it was handed in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Body {
    /// It is here.
    Here(Vec<u8>),
    /// It was deleted after the time that the school keeps it.
    Purged,
}

/// A bundle in the order of a scope.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Entry {
    /// Its number, from 1 without gaps.
    pub seq: u64,
    /// The bundle.
    pub id: BundleId,
    /// How many bytes it has.
    pub bytes: u64,
    /// The hash over all bundles up to and including it.
    pub head: HeadHash,
}

impl Store {
    /// What is known of a bundle.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn bundle(
        &self,
        school: SchoolId,
        id: BundleId,
    ) -> Result<Option<Stored>, StoreError> {
        let row = sqlx::query("SELECT class, bytes FROM bundle WHERE school = $1 AND id = $2")
            .bind(bytes::of(school.to_bytes()))
            .bind(bytes::of(id.to_bytes()))
            .fetch_optional(&self.pool)
            .await?;
        let Some(row) = row else { return Ok(None) };
        let class = ClassId::from_bytes(bytes::id(&row, "class")?);
        let bytes = bytes::number(&row, "bytes")?;
        Ok(Some(Stored { class, bytes }))
    }

    /// A bundle's body; `None` for a bundle that is not here.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn body(&self, school: SchoolId, id: BundleId) -> Result<Option<Body>, StoreError> {
        let row = sqlx::query("SELECT body FROM bundle WHERE school = $1 AND id = $2")
            .bind(bytes::of(school.to_bytes()))
            .bind(bytes::of(id.to_bytes()))
            .fetch_optional(&self.pool)
            .await?;
        let Some(row) = row else { return Ok(None) };
        let body: Option<Vec<u8>> = row.try_get("body")?;
        Ok(Some(body.map_or(Body::Purged, Body::Here)))
    }

    /// The epoch, and at most `limit` bundles of a scope after number `after` in that epoch; all from
    /// the beginning when `after` is of another one.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn list(
        &self,
        scope: ScopeId,
        after: (u64, u64),
        limit: u32,
    ) -> Result<(u64, Vec<Entry>), StoreError> {
        // One statement: with two, another epoch could begin between them.
        let sql = "SELECT school.epoch, log.seq, log.id, log.bytes, log.head FROM school \
                   LEFT JOIN log ON log.school = school.school AND log.unit = $2 \
                   AND log.seq > CASE WHEN school.epoch = $3 THEN $4 ELSE 0 END \
                   WHERE school.school = $1 ORDER BY log.seq LIMIT $5";
        let (asked, seq) = after;
        let rows = sqlx::query(sql)
            .bind(bytes::of(scope.school.to_bytes()))
            .bind(bytes::of_unit(scope.unit))
            .bind(bytes::signed(asked))
            .bind(bytes::signed(seq))
            .bind(i64::from(limit))
            .fetch_all(&self.pool)
            .await?;
        let first = rows.first().ok_or(StoreError::Damaged)?;
        let entries = rows.iter().filter_map(|row| entry(row).transpose());
        let entries: Result<Vec<Entry>, StoreError> = entries.collect();
        Ok((bytes::number(first, "epoch")?, entries?))
    }

    /// Keeps a note that a bundle was opened; of each device the first.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn add_opened(
        &self,
        school: SchoolId,
        note: &SignedOpened,
    ) -> Result<(), StoreError> {
        let opened = note.opened();
        let sql = "INSERT INTO opened (school, id, device, note) VALUES ($1, $2, $3, $4) \
                   ON CONFLICT DO NOTHING";
        sqlx::query(sql)
            .bind(bytes::of(school.to_bytes()))
            .bind(bytes::of(opened.bundle.to_bytes()))
            .bind(bytes::of(opened.by.device().to_bytes()))
            .bind(note.as_bytes().to_vec())
            .execute(&self.pool)
            .await?;
        Ok(())
    }

    /// Who opened a bundle: the notes as they were signed, by device.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn opened(
        &self,
        school: SchoolId,
        id: BundleId,
    ) -> Result<Vec<(DeviceId, Vec<u8>)>, StoreError> {
        let sql = "SELECT device, note FROM opened WHERE school = $1 AND id = $2 ORDER BY device";
        let rows = sqlx::query(sql)
            .bind(bytes::of(school.to_bytes()))
            .bind(bytes::of(id.to_bytes()))
            .fetch_all(&self.pool)
            .await?;
        let note = |row: &AnyRow| {
            let device = DeviceId::from_bytes(bytes::id(row, "device")?);
            Ok((device, row.try_get("note")?))
        };
        rows.iter().map(note).collect()
    }
}

/// A row without a bundle tells the epoch of an order that has none.
fn entry(row: &AnyRow) -> Result<Option<Entry>, StoreError> {
    let seq: Option<i64> = row.try_get("seq")?;
    if seq.is_none() {
        return Ok(None);
    }
    Ok(Some(Entry {
        seq: bytes::number(row, "seq")?,
        id: BundleId::from_bytes(bytes::id(row, "id")?),
        bytes: bytes::number(row, "bytes")?,
        head: HeadHash::from_bytes(bytes::id(row, "head")?),
    }))
}
