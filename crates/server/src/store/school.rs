//! The school of this server.

use sqlx::Row;
use wuzha_core::time::UnixMillis;
use wuzha_seal::{Recipient, SchoolId, ServerPublicKey, ServerUrl, Unit};

use super::{Store, StoreError, Tx, bytes};

/// A school.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct School {
    /// Its id.
    pub id: SchoolId,
    /// Whose receipts its phones believe.
    pub server_key: ServerPublicKey,
    /// The public half of the recovery key that the school keeps on paper.
    pub recovery: Recipient,
    /// Where its phones find this server.
    pub url: ServerUrl,
    /// Which life of the store this is.
    pub epoch: u64,
}

impl Store {
    /// Sets a school up.
    ///
    /// # Errors
    /// When it exists, or the database does not answer.
    pub async fn add_school(&self, school: &School, now: UnixMillis) -> Result<(), StoreError> {
        let mut tx = self.begin().await?;
        let sql = "INSERT INTO school (school, server_key, recovery, url, epoch, created_at) \
                   VALUES ($1, $2, $3, $4, $5, $6)";
        sqlx::query(sql)
            .bind(bytes::of(school.id.to_bytes()))
            .bind(bytes::of(school.server_key.to_bytes()))
            .bind(bytes::of(school.recovery.to_bytes()))
            .bind(school.url.as_str().as_bytes().to_vec())
            .bind(bytes::signed(school.epoch))
            .bind(bytes::signed(now.0))
            .execute(&mut *tx)
            .await?;
        add_scope(&mut tx, school.id, Unit::School).await?;
        Ok(tx.commit().await?)
    }

    /// The school that the server with this key is for.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn school_of(&self, key: ServerPublicKey) -> Result<Option<School>, StoreError> {
        let sql = "SELECT school, recovery, url, epoch FROM school WHERE server_key = $1";
        let row = sqlx::query(sql)
            .bind(bytes::of(key.to_bytes()))
            .fetch_optional(&self.pool)
            .await?;
        let Some(row) = row else { return Ok(None) };
        let url: Vec<u8> = row.try_get("url")?;
        let url = String::from_utf8(url).map_err(|_| StoreError::Damaged)?;
        Ok(Some(School {
            id: SchoolId::from_bytes(bytes::id(&row, "school")?),
            server_key: key,
            recovery: Recipient::from_bytes(bytes::id(&row, "recovery")?)
                .map_err(|_| StoreError::Damaged)?,
            url: url.try_into().map_err(|_| StoreError::Damaged)?,
            epoch: bytes::number(&row, "epoch")?,
        }))
    }

    /// Begins another epoch.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn begin_epoch(&self, school: SchoolId, epoch: u64) -> Result<(), StoreError> {
        sqlx::query("UPDATE school SET epoch = $2 WHERE school = $1")
            .bind(bytes::of(school.to_bytes()))
            .bind(bytes::signed(epoch))
            .execute(&self.pool)
            .await?;
        Ok(())
    }
}

/// An order for the bundles of this part of a school, if there is none yet.
pub(super) async fn add_scope(tx: &mut Tx, school: SchoolId, unit: Unit) -> Result<(), StoreError> {
    let sql = "INSERT INTO scope (school, unit, seq) VALUES ($1, $2, 0) ON CONFLICT DO NOTHING";
    sqlx::query(sql)
        .bind(bytes::of(school.to_bytes()))
        .bind(bytes::of_unit(unit))
        .execute(&mut **tx)
        .await?;
    Ok(())
}
