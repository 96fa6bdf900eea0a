//! Connecting to the database.

use sqlx::any::{AnyConnectOptions, AnyPoolOptions, install_drivers};
use sqlx::migrate::{Migration, MigrationType, Migrator};
use sqlx::{AssertSqlSafe, ConnectOptions, Connection, Executor, SqlSafeStr};
use std::path::{Path, PathBuf};
use std::time::Duration;
use tokio::time::timeout;

use super::{Store, StoreError};

/// The versions of the schema, oldest first. A version that has shipped is never changed.
const MIGRATIONS: [(i64, &str, &str); 2] = [
    (1, "hand in", include_str!("migrations/1_hand_in.sql")),
    (2, "packs", include_str!("migrations/2_packs.sql")),
];

/// How long a connection that was not used for a while may take to show that it still works.
const ALIVE: Duration = Duration::from_secs(1);

/// Where the database is.
#[derive(Clone, Debug)]
pub enum Location {
    /// A file on this machine: SQLite.
    File(PathBuf),
    /// `postgres://…`, for more than one machine.
    Postgres(String),
}

/// When a commit counts as done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Durability {
    /// When it is on the disk.
    Disk,
    /// When the operating system has it: for tests, whose data nobody misses.
    Memory,
}

impl Store {
    /// Connects, and brings the schema to this version's form.
    ///
    /// # Errors
    /// When the database does not answer, or is of a newer version.
    pub async fn open(location: &Location, durability: Durability) -> Result<Self, StoreError> {
        install_drivers(&[sqlx::sqlite::any::DRIVER, sqlx::postgres::any::DRIVER])
            .unwrap_or_default();
        let options: AnyConnectOptions = location.url().parse()?;
        let pool = AnyPoolOptions::new()
            .max_connections(8)
            .acquire_timeout(Duration::from_secs(10))
            // As the pool would by itself, but not for ever: a connection may be dead and not know it.
            .test_before_acquire(false)
            .before_acquire(|connection, _| {
                Box::pin(async move {
                    let answered = timeout(ALIVE, connection.ping()).await;
                    answered.unwrap_or(Err(sqlx::Error::PoolTimedOut))?;
                    // On a full disk SQLite itself undoes what it could not commit. sqlx then fails to
                    // undo it, and takes the connection's next transaction for a part of that one: it
                    // would commit nothing.
                    Ok(!connection.is_in_transaction())
                })
            })
            .after_connect(move |connection, _| {
                let settings = durability.settings(connection.backend_name());
                Box::pin(async move {
                    connection.execute(settings).await?;
                    Ok(())
                })
            })
            // A query's text and how long it took are nobody's business, its parameters even less.
            .connect_with(options.disable_statement_logging())
            .await?;
        migrator(location).run(&pool).await?;
        let can_write = location.can_write();
        Ok(Self { pool, can_write })
    }
}

impl Location {
    fn url(&self) -> String {
        match self {
            Self::File(path) => format!("sqlite://{}?mode=rwc", encoded(path)),
            Self::Postgres(url) => url.clone(),
        }
    }

    /// A query that has a row where the database takes what is written.
    fn can_write(&self) -> &'static str {
        match self {
            Self::File(_) => "SELECT 1",
            Self::Postgres(_) => "SELECT 1 WHERE NOT pg_is_in_recovery()",
        }
    }
}

impl Durability {
    /// What each connection begins with. SQLite: readers do not wait for the writer, a commit is on
    /// the disk when it returns, and the log is written back when it has about 4 MB (every third full
    /// batch: uploads wait meanwhile, and with 16 MB one in a hundred waited half as long again). PostgreSQL:
    /// as it is by default, said again in case somebody's configuration says otherwise; and who waits
    /// for the school's row behind a commit that no standby confirms is told so, while the connection
    /// can still be used.
    fn settings(self, backend: &str) -> &'static str {
        match (backend, self) {
            ("SQLite", Self::Disk) => {
                "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA busy_timeout = 5000; \
                 PRAGMA wal_autocheckpoint = 1000; PRAGMA journal_size_limit = 67108864"
            }
            ("SQLite", Self::Memory) => {
                "PRAGMA journal_mode = WAL; PRAGMA synchronous = OFF; PRAGMA busy_timeout = 5000"
            }
            (_, Self::Disk) => "SET synchronous_commit = on; SET lock_timeout = 5000",
            (_, Self::Memory) => "SET synchronous_commit = off; SET lock_timeout = 5000",
        }
    }
}

fn migrator(location: &Location) -> Migrator {
    let sql = |sql: &'static str| match location {
        Location::File(_) => AssertSqlSafe(sql.replace("BYTEA", "BLOB")).into_sql_str(),
        Location::Postgres(_) => sql.into_sql_str(),
    };
    let migrations = MIGRATIONS.map(|(version, name, text)| {
        let kind = MigrationType::Simple;
        Migration::new(version, name.into(), kind, sql(text), false)
    });
    Migrator::with_migrations(migrations.to_vec())
}

/// A path as it stands in a URL: a school's folder may have a Chinese name, spaces, a question mark.
fn encoded(path: &Path) -> String {
    let keep = |byte: u8| byte.is_ascii_alphanumeric() || b"/-._~".contains(&byte);
    let bytes = path.as_os_str().as_encoded_bytes().iter();
    bytes
        .map(|&byte| match keep(byte) {
            true => char::from(byte).to_string(),
            false => format!("%{byte:02X}"),
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::upkeep::Counts;
    use sqlx::Row;
    use wuzha_seal::SchoolId;

    async fn rows(store: &Store) -> Result<i64, StoreError> {
        let count = sqlx::query("SELECT COUNT(*) AS rows FROM trial");
        Ok(count.fetch_one(&store.pool).await?.try_get("rows")?)
    }

    #[tokio::test]
    async fn a_database_of_each_version_is_brought_to_this_ones_form()
    -> Result<(), Box<dyn std::error::Error>> {
        for version in 1..=MIGRATIONS.len() {
            let folder = tempfile::tempdir()?;
            let location = Location::File(folder.path().join("wuzha.db"));
            install_drivers(&[sqlx::sqlite::any::DRIVER]).unwrap_or_default();
            let older = AnyPoolOptions::new().connect(&location.url()).await?;
            let all = migrator(&location);
            let then = all.iter().take(version).cloned().collect();
            Migrator::with_migrations(then).run(&older).await?;
            older.close().await;
            let store = Store::open(&location, Durability::Memory).await?;
            let counts = store.counts(SchoolId::from_bytes([1; 8])).await?;
            assert_eq!(counts, Counts::default(), "from version {version}");
        }
        Ok(())
    }

    /// Waits until so many connections are with others, and the rest are back.
    async fn given_back(store: &Store, others: usize) {
        while store.pool.num_idle() + others < store.pool.size() as usize {
            tokio::task::yield_now().await;
        }
    }

    #[tokio::test]
    async fn what_is_committed_after_a_full_disk_is_there_for_others()
    -> Result<(), Box<dyn std::error::Error>> {
        let folder = tempfile::tempdir()?;
        let location = Location::File(folder.path().join("wuzha.db"));
        let store = Store::open(&location, Durability::Memory).await?;
        store.pool.execute("CREATE TABLE trial (body BLOB)").await?;
        given_back(&store, 0).await;
        // All but one are kept busy, so that it is the one that is used each time.
        let mut busy = Vec::new();
        while store.pool.num_idle() > 1 {
            busy.push(store.pool.acquire().await?);
        }
        let mut tx = store.begin().await?;
        // No page more than there are: as a full disk, on this connection alone.
        tx.execute("PRAGMA max_page_count = 1").await?;
        let too_much = "INSERT INTO trial VALUES (zeroblob(1000000))";
        let full = tx.execute(too_much).await.map_err(StoreError::from);
        assert!(matches!(full, Err(StoreError::Full(_))), "{full:?}");
        drop(tx);
        given_back(&store, busy.len()).await;
        drop(store.begin().await?);
        given_back(&store, busy.len()).await;
        let mut tx = store.begin().await?;
        tx.execute("INSERT INTO trial VALUES (x'07')").await?;
        tx.commit().await?;
        let another = Store::open(&location, Durability::Memory).await?;
        assert_eq!((rows(&store).await?, rows(&another).await?), (1, 1));
        Ok(())
    }
}
