//! Codes of a transfer: as scanned texts, and made of any numbers; several into one reception.

#![no_main]

use libfuzzer_sys::fuzz_target;
use wuzha_seal::{FileName, Received, Receiving, Sending, SentFile};

fuzz_target!(|data: &[u8]| {
    let text = String::from_utf8_lossy(data);
    let mut receiving = Receiving::default();
    // A line each, as in the stored example.
    for line in text.lines() {
        for text in [line.to_owned(), format!("WUZHA-PART:{line}")] {
            if let Ok(Received::Whole(file)) = receiving.take(&text) {
                let name = FileName::try_from(file.name.as_str());
                assert_eq!(name.as_ref(), Ok(&file.name));
            }
        }
    }
    // The bytes as a file, and which of its codes are seen.
    let name = FileName::try_from("a.wzb").expect("a name");
    let bytes = data.to_vec();
    let file = SentFile { name, bytes };
    let sending = Sending::of(&file).expect("libFuzzer's are small");
    let mut receiving = Receiving::default();
    let seen = data.iter().map(|byte| u32::from(*byte));
    for number in seen.chain(0..sending.parts()) {
        match receiving.take(&sending.frame(number)) {
            Ok(Received::Whole(whole)) => return assert_eq!(whole, file),
            taken => assert!(taken.is_ok(), "its own codes are taken in"),
        }
    }
    panic!("all parts were seen");
});
