//! Files that a person picks: rosters (XLSX, XLS, CSV, pasted text) and backups.

#![no_main]

use libfuzzer_sys::fuzz_target;
use wuzha_core::roster::{Draft, Existing, Mapping, Table};
use wuzha_files::{Limits, read_backup, read_tables};

/// Small ones: what is wrong shows at once, and a run does not wait for what is merely large.
const LIMITS: Limits = Limits {
    unpacked_bytes: 1_000_000,
    rows: 500,
    ..Limits::ROSTER
};

fuzz_target!(|data: &[u8]| {
    let _may_fail = read_tables(data, &LIMITS);
    let _may_fail = read_backup(data);
    if let Ok(text) = str::from_utf8(data) {
        let table = Table::from_text(text);
        let _may_fail = Draft::new(&table, &Mapping::guess(&table), &Existing::new());
    }
});
