//! SQLite's file as a whole.

use sqlx::Row;
use std::path::Path;

use super::{Store, StoreError};

impl Store {
    /// Writes all of the database, as it is at one moment, into a new file. Uploads go on meanwhile.
    ///
    /// # Errors
    /// When the disk does not take it, or this is not SQLite.
    pub async fn copy_to(&self, file: &Path) -> Result<(), StoreError> {
        sqlx::query("VACUUM INTO $1")
            .bind(file.to_string_lossy().into_owned())
            .execute(&self.pool)
            .await?;
        Ok(())
    }

    /// Whether SQLite finds its file whole.
    ///
    /// # Errors
    /// [`StoreError::Damaged`] when it is not.
    pub async fn check(&self) -> Result<(), StoreError> {
        let row = sqlx::query("PRAGMA quick_check")
            .fetch_one(&self.pool)
            .await?;
        let said: String = row.try_get(0)?;
        if said == "ok" {
            Ok(())
        } else {
            Err(StoreError::Damaged)
        }
    }

    /// Writes SQLite's log back into its file, which then is all there is.
    ///
    /// # Errors
    /// When the disk does not take it.
    pub async fn leave_one_file(&self) -> Result<(), StoreError> {
        sqlx::query("PRAGMA wal_checkpoint(TRUNCATE)")
            .execute(&self.pool)
            .await?;
        Ok(())
    }
}
