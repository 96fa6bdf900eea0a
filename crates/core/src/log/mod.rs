//! What is stored and synced: operations, and the registers they fold into.
//!
//! The log is the truth; every screen is a fold of it. An [`Op`] writes one [`Key`]; it names in
//! `pred` the operations it replaces. A register shows the operations no other one has replaced: one
//! in the normal case, several when people wrote without seeing each other.
//!
//! *Architecture Invariant:* the fold does not depend on the order, doubling or splitting of the
//! operations (`tests/convergence.rs`).

mod codec;
mod hlc;
mod jsonl;
mod key;
mod op;
mod registers;
mod value;
mod version;

pub use codec::{CodecError, Snapshot, decode_ops, encode_ops};
pub use hlc::{Hlc, MAX_SKEW_MS};
pub use jsonl::{LineError, read_jsonl, write_jsonl};
pub use key::{Key, KeyError};
pub use op::{Change, DeviceId, MAX_CTR, Op, OpId, ParseIdError};
pub use registers::{Applied, Head, Register, Registers};
pub use value::Value;
pub use version::VersionVector;
