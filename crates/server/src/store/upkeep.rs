//! What is done from time to time: deleting what was kept long enough, and counting.

use sqlx::any::AnyRow;
use wuzha_core::time::UnixMillis;
use wuzha_seal::SchoolId;

use super::{Store, StoreError, bytes, lock_school};

/// How much is stored.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Classes that somebody was invited for.
    pub classes: u64,
    /// Classes that have handed something in.
    pub classes_handed_in: u64,
    /// Devices that are members.
    pub devices: u64,
    /// Invitations that nobody has claimed or withdrawn.
    pub open_invitations: u64,
    /// Bundles, those included whose content was deleted.
    pub bundles: u64,
    /// Bundles whose content was deleted.
    pub purged: u64,
    /// Bytes of all contents that are here.
    pub bytes: u64,
    /// Parts of the school for which a pack is published.
    pub packs: u64,
}

/// How many contents are deleted in one transaction, so that uploads do not wait long.
const PURGE_AT_ONCE: i64 = 200;

impl Store {
    /// Deletes the content of bundles that were kept long enough; ids, receipts and the order stay.
    /// Returns how many, at most some hundred: call it again until it is 0.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn purge(&self, school: SchoolId, now: UnixMillis) -> Result<u64, StoreError> {
        let mut tx = self.begin().await?;
        lock_school(&mut tx, school).await?;
        let sql = "UPDATE bundle SET body = NULL WHERE school = $1 AND id IN (\
                   SELECT id FROM bundle WHERE school = $1 AND retain_until <= $2 \
                   AND body IS NOT NULL ORDER BY retain_until LIMIT $3) RETURNING class, bytes";
        let rows = sqlx::query(sql)
            .bind(bytes::of(school.to_bytes()))
            .bind(bytes::signed(now.0))
            .bind(PURGE_AT_ONCE)
            .fetch_all(&mut *tx)
            .await?;
        for row in &rows {
            let sql = "UPDATE class SET stored_bytes = stored_bytes - $3 \
                       WHERE school = $1 AND class = $2";
            sqlx::query(sql)
                .bind(bytes::of(school.to_bytes()))
                .bind(bytes::of(bytes::id::<8>(row, "class")?))
                .bind(bytes::signed(bytes::number(row, "bytes")?))
                .execute(&mut *tx)
                .await?;
        }
        tx.commit().await?;
        Ok(rows.len() as u64)
    }

    /// Counts what is stored.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn counts(&self, school: SchoolId) -> Result<Counts, StoreError> {
        let sql = "SELECT \
            (SELECT COUNT(*) FROM class WHERE school = $1) AS classes, \
            (SELECT COUNT(DISTINCT class) FROM bundle WHERE school = $1) AS classes_handed_in, \
            (SELECT COUNT(DISTINCT device) FROM invitation WHERE school = $1 \
                AND revoked_at IS NULL) AS devices, \
            (SELECT COUNT(*) FROM invitation WHERE school = $1 AND device IS NULL \
                AND revoked_at IS NULL) AS open_invitations, \
            (SELECT COUNT(*) FROM bundle WHERE school = $1) AS bundles, \
            (SELECT COUNT(*) FROM bundle WHERE school = $1 AND body IS NULL) AS purged, \
            (SELECT CAST(COALESCE(SUM(stored_bytes), 0) AS BIGINT) FROM class \
                WHERE school = $1) AS bytes, \
            (SELECT COUNT(*) FROM pack WHERE school = $1) AS packs";
        let row = sqlx::query(sql)
            .bind(bytes::of(school.to_bytes()))
            .fetch_one(&self.pool)
            .await?;
        counts(&row)
    }
}

fn counts(row: &AnyRow) -> Result<Counts, StoreError> {
    Ok(Counts {
        classes: bytes::number(row, "classes")?,
        classes_handed_in: bytes::number(row, "classes_handed_in")?,
        devices: bytes::number(row, "devices")?,
        open_invitations: bytes::number(row, "open_invitations")?,
        bundles: bytes::number(row, "bundles")?,
        purged: bytes::number(row, "purged")?,
        bytes: bytes::number(row, "bytes")?,
        packs: bytes::number(row, "packs")?,
    })
}
