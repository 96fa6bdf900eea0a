//! The program `age`, as any IT person has it, opens what is handed in, and seals what we open.

#![expect(clippy::unwrap_used, reason = "a test says what it expects by failing")]

use std::io::Write;
use std::path::PathBuf;
use std::process::{Command, Stdio};

use crate::support::vectors::{SEALED_BUNDLE, bundle, sealed_anew, stored};
use crate::support::{recovery_identity, teachers_identity};
use wuzha_seal::{Identity, armoured, open, unarmoured};

/// Runs `age` on `input`; `None`, and a line that says so, where it is not installed.
fn age(arguments: &[&str], input: &[u8]) -> Option<Vec<u8>> {
    let program = Command::new("age")
        .args(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn();
    let mut program = match program {
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
            println!("not tested: the program `age` is not installed");
            return None;
        }
        other => other.unwrap(),
    };
    let mut to = program.stdin.take().unwrap();
    to.write_all(input).unwrap();
    drop(to);
    let output = program.wait_with_output().unwrap();
    assert!(output.status.success(), "age {arguments:?}");
    Some(output.stdout)
}

/// A file with the secret key, as `age` reads it, that goes when it is dropped.
struct KeyFile(PathBuf);

impl KeyFile {
    fn of(identity: &Identity, name: &str) -> Self {
        let name = format!("wuzha-{}-{name}", std::process::id());
        let path = std::env::temp_dir().join(name);
        std::fs::write(&path, identity.expose_text().as_bytes()).unwrap();
        Self(path)
    }
}

impl Drop for KeyFile {
    fn drop(&mut self) {
        let _may_be_gone = std::fs::remove_file(&self.0);
    }
}

#[test]
fn age_opens_a_bundle() {
    for (name, identity) in [
        ("teacher", teachers_identity()),
        ("recovery", recovery_identity()),
    ] {
        let key = KeyFile::of(&identity, name);
        let arguments = ["--decrypt", "--identity", key.0.to_str().unwrap()];
        for sealed in [stored(SEALED_BUNDLE), sealed_anew(SEALED_BUNDLE)] {
            let Some(plain) = age(&arguments, &sealed) else {
                return;
            };
            assert!(plain == bundle(), "{name}");
        }
    }
}

#[test]
fn what_age_seals_is_opened() {
    let recipient = teachers_identity().recipient().to_string();
    let arguments = ["--encrypt", "--recipient", &recipient];
    let Some(sealed) = age(&arguments, &bundle()) else {
        return;
    };
    assert_eq!(open(&sealed, &teachers_identity()), Ok(bundle()));
}

#[test]
fn age_opens_what_is_text_and_its_own_texts_are_opened() {
    let key = KeyFile::of(&teachers_identity(), "text");
    let decrypt = ["--decrypt", "--identity", key.0.to_str().unwrap()];
    let text = armoured(&stored(SEALED_BUNDLE));
    let Some(plain) = age(&decrypt, text.as_bytes()) else {
        return;
    };
    assert!(plain == bundle());
    let recipient = teachers_identity().recipient().to_string();
    let encrypt = ["--encrypt", "--armor", "--recipient", &recipient];
    let text = age(&encrypt, &bundle()).map(String::from_utf8);
    let sealed = unarmoured(&text.unwrap().unwrap()).unwrap();
    assert_eq!(open(&sealed, &teachers_identity()), Ok(bundle()));
}
