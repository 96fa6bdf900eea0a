//! What the server keeps, in SQLite or PostgreSQL: one schema, one set of queries.
//!
//! Here is SQL and nothing else: rows become types on the way out, decisions are made elsewhere.
//! A transaction that writes begins with [`lock_school`], a statement that writes. So SQLite never
//! has to turn a reader into a writer half way, and on PostgreSQL the processes of one school take
//! their turns: nothing between reading and writing changes, and no two wait for each other.
//!
//! # Layout
//! - [`open`]: connecting, and what durability rests on
//! - [`school`]: the school of this server and its epoch
//! - [`invitations`]: invitations, and the memberships they gave
//! - [`bundles`]: bundles, and the orders in which they are listed
//! - [`hand_in`]: one transaction for many uploads
//! - [`packs`]: school packs
//! - [`copy`]: SQLite's file as a whole
//! - [`upkeep`]: retention, counting
//! - [`many`]: statements about many rows
//! - [`failure`]: what a database's errors mean
//! - [`bytes`]: ids and numbers in rows

pub mod bundles;
mod bytes;
mod copy;
mod failure;
pub mod hand_in;
pub mod invitations;
mod many;
mod open;
pub mod packs;
pub mod school;
pub mod upkeep;

use sqlx::{Any, AnyPool, Transaction};
use wuzha_seal::SchoolId;

pub use failure::StoreError;
pub use open::{Durability, Location};

/// The database.
#[derive(Clone, Debug)]
pub struct Store {
    pool: AnyPool,
    /// Has a row where the database takes what is written.
    can_write: &'static str,
}

/// A transaction.
pub type Tx = Transaction<'static, Any>;

impl Store {
    /// A transaction. It is undone unless it is committed.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn begin(&self) -> Result<Tx, StoreError> {
        Ok(self.pool.begin().await?)
    }

    /// Whether the database answers and takes what is written: a standby of PostgreSQL does not.
    pub async fn is_ready(&self) -> bool {
        let row = sqlx::query(self.can_write).fetch_optional(&self.pool).await;
        matches!(row, Ok(Some(_)))
    }

    /// Lets go of the database, SQLite's log written back into its file.
    pub async fn close(&self) {
        self.pool.close().await;
    }
}

/// The epoch of this school, and the right to write until the transaction ends.
///
/// # Errors
/// When the database does not answer or the school is gone.
pub async fn lock_school(tx: &mut Tx, school: SchoolId) -> Result<u64, StoreError> {
    let sql = "UPDATE school SET epoch = epoch WHERE school = $1 RETURNING epoch";
    let row = sqlx::query(sql)
        .bind(bytes::of(school.to_bytes()))
        .fetch_one(&mut **tx)
        .await?;
    bytes::number(&row, "epoch")
}
