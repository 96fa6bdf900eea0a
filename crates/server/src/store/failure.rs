//! What a database's errors mean for whoever asked.

use sqlx::error::DatabaseError;
use thiserror::Error;

use crate::Problem;

/// Why something was not stored or not read.
#[derive(Debug, Error)]
pub enum StoreError {
    /// The disk is full: nothing was stored.
    #[error("the disk is full")]
    Full(#[source] sqlx::Error),
    /// What is stored is not what this program stores.
    #[error("the database holds something that this version does not understand")]
    Damaged,
    /// The database does not answer, or not in time.
    #[error("the database: {0}")]
    Database(#[source] sqlx::Error),
    /// The database says nothing any more.
    #[error("the database did not answer in time")]
    Silent,
    /// The database is of a newer version, or could not be brought to this one's.
    #[error("the database could not be brought to this version's form: {0}")]
    Migration(#[from] sqlx::migrate::MigrateError),
}

impl StoreError {
    /// Whether one of several statements may be to blame: the database answered, and refused it.
    pub fn may_be_of_one(&self) -> bool {
        match self {
            Self::Full(_) | Self::Damaged => true,
            Self::Database(error) => {
                let answered = error.as_database_error();
                answered.is_some_and(|error| !error.code().is_some_and(|code| says_not_now(&code)))
            }
            Self::Silent | Self::Migration(_) => false,
        }
    }
}

impl From<sqlx::Error> for StoreError {
    fn from(error: sqlx::Error) -> Self {
        let code = error.as_database_error().and_then(DatabaseError::code);
        if code.is_some_and(|code| says_full(&code)) {
            Self::Full(error)
        } else {
            Self::Database(error)
        }
    }
}

impl From<StoreError> for Problem {
    fn from(error: StoreError) -> Self {
        match error {
            StoreError::Full(_) => Self::Full,
            // The only place where it is told: whoever asked learns no details.
            error => {
                tracing::error!(%error, "the store failed");
                Self::Unavailable
            }
        }
    }
}

/// SQLITE_FULL, which is also what SQLite makes of ENOSPC; PostgreSQL's disk_full.
fn says_full(code: &str) -> bool {
    matches!(code, "13" | "53100")
}

/// PostgreSQL's classes of errors that every statement meets: no connection, read-only (a standby), too
/// few resources, a lock that was not given, an operator's word, the system. SQLite's codes are shorter.
fn says_not_now(code: &str) -> bool {
    let class = code.get(..2).filter(|_| code.len() == 5);
    matches!(class, Some("08" | "25" | "53" | "55" | "57" | "58"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use sqlx::{Connection, Executor, SqliteConnection};

    /// SQLite with room for a few pages: writing more fails as it does on a full disk.
    async fn overfill() -> Result<(), sqlx::Error> {
        let mut connection = SqliteConnection::connect("sqlite::memory:").await?;
        connection.execute("PRAGMA max_page_count = 4").await?;
        connection.execute("CREATE TABLE t (body BLOB)").await?;
        let fill = "INSERT INTO t VALUES (zeroblob(100000))";
        connection.execute(fill).await.map(|_| ())
    }

    #[test]
    fn what_every_upload_would_meet_is_not_tried_with_each() {
        let stops = "57P01";
        let is_standby = "25006";
        let lock_not_given = "55P03";
        for code in [stops, is_standby, lock_not_given] {
            assert!(says_not_now(code), "{code}");
        }
        let (not_unique, of_sqlite) = ("23505", ["5", "19", "2067", "5386"]);
        for code in of_sqlite.into_iter().chain([not_unique]) {
            assert!(!says_not_now(code), "{code}");
        }
        assert!(!StoreError::Silent.may_be_of_one());
    }

    #[tokio::test]
    async fn a_full_disk_is_told_from_other_failures() {
        let full = overfill().await.map_err(StoreError::from);
        assert!(matches!(full, Err(StoreError::Full(_))), "{full:?}");
        let other = StoreError::from(sqlx::Error::PoolTimedOut);
        assert_eq!(Problem::from(other), Problem::Unavailable);
        assert_eq!(full.map_err(Problem::from), Err(Problem::Full));
    }
}
