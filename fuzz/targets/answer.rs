//! What a server sends to a phone: pages of its list, and answers to uploads.

#![no_main]

use libfuzzer_sys::fuzz_target;
use wuzha_seal::{ClassId, SchoolId, ScopeId, ServerKey, Unit};
use wuzha_sync::{Answer, LogReader, Page, Response};

fuzz_target!(|data: &[u8]| {
    if let Ok(page) = Page::from_json(data) {
        let scope = ScopeId {
            school: SchoolId::from_bytes(*b"school01"),
            unit: Unit::Class(ClassId::from_bytes(*b"class-01")),
        };
        let mut reader = LogReader::new(scope);
        for _ in 0..2 {
            let asked = reader.cursor();
            let _may_fail = reader.read(asked, &page);
        }
        let _shown = (reader.wanted(), reader.oddities(), reader.held());
        let stored = serde_json::to_vec(&reader).expect("in memory");
        let again: LogReader = serde_json::from_slice(&stored).expect("what was stored");
        assert_eq!(again, reader);
    }
    let key = ServerKey::from_bytes(&[0x44; 32]).public();
    let retry_after = str::from_utf8(data).ok();
    for status in [200, 403, 409, 410, 413, 422, 429, 507] {
        let response = Response {
            status,
            retry_after,
            body: data,
        };
        let _meaning = Answer::parse(response, &key);
    }
});
