//! Operations: the binary form on the phone, and JSON lines, which anybody can write. What is read is
//! folded, and the class's book and ledgers are made from it.

#![no_main]

use libfuzzer_sys::fuzz_target;
use std::sync::LazyLock;
use wuzha_core::book::Book;
use wuzha_core::ledger::Source;
use wuzha_core::log::{
    Op, Registers, Snapshot, Value, decode_ops, encode_ops, read_jsonl, write_jsonl,
};
use wuzha_core::pack::Pack;
use wuzha_core::quiz::Bank;
use wuzha_core::time::{UnixMillis, UtcOffset};

fuzz_target!(|data: &[u8]| {
    for format in [None, Some(1)] {
        let bytes: Vec<u8> = format.into_iter().chain(data.iter().copied()).collect();
        if let Ok(ops) = decode_ops(&bytes) {
            take_over(&ops);
        }
        if let Ok(snapshot) = Snapshot::decode(&bytes) {
            show(&snapshot.registers);
        }
    }
    if let Ok(text) = str::from_utf8(data)
        && let Ok(ops) = read_jsonl(text)
    {
        let written = write_jsonl(&ops).expect("JSON has no number that JSON cannot hold");
        let again = read_jsonl(&written).expect("what was written");
        assert!(again == ops || ops.iter().any(has_fraction), "{written}");
        let stored = encode_ops(&ops).expect("in memory");
        assert_eq!(decode_ops(&stored).expect("what was stored"), ops);
        take_over(&ops);
    }
});

/// Such numbers are not read exactly (`Value::Float`).
fn has_fraction(op: &Op) -> bool {
    fn is_in(value: &Value) -> bool {
        match value {
            Value::Float(_) => true,
            Value::List(items) => items.iter().any(is_in),
            Value::Map(entries) => entries.values().any(is_in),
            _ => false,
        }
    }
    is_in(&op.value) || op.extra.values().any(is_in)
}

fn take_over(ops: &[Op]) {
    let mut registers = Registers::default();
    for op in ops {
        registers.apply(op);
    }
    show(&registers);
}

/// The default content of the app.
static CONTENT: LazyLock<(Pack, Bank)> = LazyLock::new(|| {
    let pack = Pack::from_json(
        include_str!("../../content/default/campaign.json"),
        include_str!("../../content/default/checklists.json"),
        include_str!("../../content/default/criteria.json"),
    );
    let bank = Bank::from_json(include_str!("../../content/default/bank.json"));
    (
        pack.expect("the default pack"),
        bank.expect("the default bank"),
    )
});

fn show(registers: &Registers) {
    let book = Book::fold(registers);
    let (pack, bank) = &*CONTENT;
    let source = Source {
        book: &book,
        pack,
        bank: Some(bank),
        cutoff: UnixMillis(1_640_603_100_000),
        offset: UtcOffset::CHINA,
    };
    let _tables = source.workbook();
}
