//! Writes `tests/vectors` anew after a change of a format: `cargo run -p wuzha-seal --example write_vectors`.
//!
//! What is then different in `docs/formats.md` is told by the tests. Examples of a format that has
//! shipped are not replaced: the new format gets its own.

#[path = "../tests/it/support/mod.rs"]
mod support;

use std::fs;
use std::io;

use support::vectors::{self, SEALED_BACKUP, SEALED_BUNDLE};

fn main() -> io::Result<()> {
    // Sealing draws new keys each time; what is sealed stays as it is.
    for name in [SEALED_BUNDLE, SEALED_BACKUP] {
        if !vectors::path(name).exists() {
            fs::write(vectors::path(name), vectors::sealed_anew(name))?;
        }
    }
    for (name, bytes) in vectors::made() {
        fs::write(vectors::path(name), bytes)?;
    }
    Ok(())
}
