//! School packs: of each part of the school the newest.

use sqlx::Row;
use sqlx::any::AnyRow;
use wuzha_seal::{SchoolId, Unit};

use super::{Store, StoreError, Tx, bytes};
use crate::packs::{Edition, NewPack, PackHash, PackVersion};

/// What is stored of a pack besides its body.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct StoredPack {
    /// What it is known by.
    pub hash: PackHash,
    /// How many bytes it has.
    pub bytes: usize,
}

impl Store {
    /// What is known of the pack of this part of the school.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn pack(
        &self,
        school: SchoolId,
        unit: Unit,
    ) -> Result<Option<StoredPack>, StoreError> {
        let row = sqlx::query("SELECT hash, bytes FROM pack WHERE school = $1 AND unit = $2")
            .bind(bytes::of(school.to_bytes()))
            .bind(bytes::of_unit(unit))
            .fetch_optional(&self.pool)
            .await?;
        let Some(row) = row else { return Ok(None) };
        let bytes = usize::try_from(bytes::number(&row, "bytes")?);
        Ok(Some(StoredPack {
            hash: hash(&row)?,
            bytes: bytes.map_err(|_| StoreError::Damaged)?,
        }))
    }

    /// The pack of a part of the school that has one, as it was published: a pack is replaced, and never
    /// deleted.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn pack_body(
        &self,
        school: SchoolId,
        unit: Unit,
    ) -> Result<(PackHash, Vec<u8>), StoreError> {
        let row = sqlx::query("SELECT hash, body FROM pack WHERE school = $1 AND unit = $2")
            .bind(bytes::of(school.to_bytes()))
            .bind(bytes::of_unit(unit))
            .fetch_one(&self.pool)
            .await?;
        Ok((hash(&row)?, row.try_get("body")?))
    }
}

/// Which pack this part of the school has.
///
/// # Errors
/// When the database does not answer.
pub async fn newest(
    tx: &mut Tx,
    school: SchoolId,
    unit: Unit,
) -> Result<Option<Edition>, StoreError> {
    let row = sqlx::query("SELECT version, hash FROM pack WHERE school = $1 AND unit = $2")
        .bind(bytes::of(school.to_bytes()))
        .bind(bytes::of_unit(unit))
        .fetch_optional(&mut **tx)
        .await?;
    let Some(row) = row else { return Ok(None) };
    let version = PackVersion::try_from(bytes::number(&row, "version")?);
    Ok(Some(Edition {
        version: version.map_err(|_| StoreError::Damaged)?,
        hash: hash(&row)?,
    }))
}

/// Keeps a pack in place of the one before.
///
/// # Errors
/// When the database does not answer.
pub async fn keep(tx: &mut Tx, school: SchoolId, new: &NewPack<'_>) -> Result<(), StoreError> {
    let sql = "INSERT INTO pack (school, unit, version, hash, device, stored_at, bytes, body) \
               VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT (school, unit) DO UPDATE SET \
               version = excluded.version, hash = excluded.hash, device = excluded.device, \
               stored_at = excluded.stored_at, bytes = excluded.bytes, body = excluded.body";
    sqlx::query(sql)
        .bind(bytes::of(school.to_bytes()))
        .bind(bytes::of_unit(new.unit))
        .bind(bytes::signed(new.edition.version.get()))
        .bind(bytes::of(new.edition.hash.to_bytes()))
        .bind(bytes::of(new.by.to_bytes()))
        .bind(bytes::signed(new.now.0))
        .bind(bytes::signed(new.body.len() as u64))
        .bind(new.body.to_vec())
        .execute(&mut **tx)
        .await?;
    Ok(())
}

fn hash(row: &AnyRow) -> Result<PackHash, StoreError> {
    Ok(PackHash::from_bytes(bytes::id(row, "hash")?))
}
