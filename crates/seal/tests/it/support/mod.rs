//! A school with a class and its people, all keys made from fixed bytes.

#![allow(
    dead_code,
    reason = "the example that writes the vectors uses only a part"
)]
#![expect(
    clippy::unwrap_used,
    reason = "a fixture that is wrong should stop the test"
)]

pub mod vectors;

use std::collections::BTreeMap;
use std::io::{Cursor, Read, Write};

use proptest::prelude::ProptestConfig;
use proptest::test_runner::RngSeed;
use wuzha_core::log::{DeviceId, Hlc, Key, Op, OpId, Value};
use wuzha_core::pack::{PackFile, PackFiles};
use wuzha_core::time::UnixMillis;
use wuzha_seal::{
    BundleFile, ClassId, ClassRef, DepartmentId, DevSeq, DeviceKey, FileName, Identity, Invitation,
    InvitationSecret, Invited, Named, Origin, PackVersion, Role, SchoolId, Serial, ServerKey,
    ServerUrl, SignedPack, UnitName,
};

/// 2021-12-27 19:05 in China.
pub const NOW: UnixMillis = UnixMillis(1_640_603_100_000);

pub const CLASS: ClassRef = ClassRef {
    school: SchoolId::from_bytes(*b"school01"),
    class: ClassId::from_bytes(*b"class-01"),
};

pub fn monitor() -> DeviceKey {
    DeviceKey::from_bytes(&[0x11; 32])
}

pub fn deputy() -> DeviceKey {
    DeviceKey::from_bytes(&[0x22; 32])
}

pub fn teacher() -> DeviceKey {
    DeviceKey::from_bytes(&[0x33; 32])
}

pub fn server() -> ServerKey {
    ServerKey::from_bytes(&[0x44; 32])
}

pub fn teachers_identity() -> Identity {
    Identity::from_bytes(&[0x55; 32])
}

pub fn recovery_identity() -> Identity {
    Identity::from_bytes(&[0x66; 32])
}

/// What the monitor hands in first.
pub fn origin() -> Origin {
    Origin {
        class: Some(CLASS),
        device: monitor().public().device(),
        dev_seq: Some(DevSeq::FIRST),
    }
}

/// A school's own file, as one that fills in everything but its classes would publish it.
pub fn pack_files() -> PackFiles {
    let school = r#"{
  "name": "示例职业技术学院",
  "departments": [
    { "name": "软件工程系（示例）" },
    { "name": "机电工程系（示例）" },
    { "name": "汽车工程系（示例）" },
    { "name": "建筑工程系（示例）" },
    { "name": "现代管理系（示例）" },
    { "name": "财经系（示例）" },
    { "name": "艺术设计系（示例）" },
    { "name": "基础教学部（示例）" }
  ],
  "terms": [
    {
      "name": "2021—2022学年第一学期",
      "start": "2021-09-01",
      "end": "2022-01-20"
    },
    {
      "name": "2021—2022学年第二学期",
      "start": "2022-02-20",
      "end": "2022-07-10"
    }
  ],
  "region": "示例省示例市示例区",
  "download_code": {
    "text": "https://fanzha.example.edu.cn/download?from=xuexiao&code=0123456789",
    "name": "国家反诈中心—示例"
  },
  "contacts": {
    "office": "安保中心（示例）",
    "officer": "社区民警（示例）",
    "phone": null,
    "mail": null
  }
}
"#;
    let files = [(PackFile::School, school.to_owned())];
    files.into_iter().collect()
}

/// What the teacher publishes first.
pub fn school_pack() -> SignedPack {
    SignedPack::sign(pack_files(), PackVersion::FIRST, NOW, &teacher()).unwrap()
}

/// How the teacher invites the class's monitor.
pub fn invitation() -> Invitation {
    let name = |text: &str| UnitName::try_from(text).unwrap();
    let department = DepartmentId::from_bytes(*b"dept--01");
    Invitation {
        server: ServerUrl::try_from("https://fanzha.example.edu.cn").unwrap(),
        server_key: server().public(),
        serial: Serial::from_bytes(*b"invite01"),
        secret: InvitationSecret::from_bytes([0x77; 16]),
        role: Role::Monitor,
        place: Invited {
            school: Named {
                id: CLASS.school,
                name: name("示例学院"),
            },
            department: Some(Named {
                id: department,
                name: name("软件系（示例）"),
            }),
            class: Some(Named {
                id: CLASS.class,
                name: name("软件2101班（示例）"),
            }),
        },
        // A week later.
        expires: UnixMillis(NOW.0 + 7 * 24 * 3600 * 1000),
        recipients: vec![
            teachers_identity().recipient(),
            recovery_identity().recipient(),
        ],
        class_key: Some(teachers_identity().of_class(CLASS)),
        issuer: Some(teacher().public()),
    }
}

pub fn op(device: DeviceId, ctr: u64, value: Value) -> Op {
    Op {
        id: OpId { device, ctr },
        hlc: Hlc::new(UnixMillis(NOW.0 + ctr), 0),
        key: Key::new(
            "registration",
            &[&(2_021_010_100 + ctr).to_string()],
            "status",
        ),
        value,
        pred: vec![],
        extra: BTreeMap::new(),
    }
}

/// The monitor's first operations.
pub fn ops(n: u64) -> Vec<Op> {
    let device = monitor().public().device();
    (1..=n)
        .map(|ctr| op(device, ctr, Value::text("registered")))
        .collect()
}

pub fn file(name: &str, bytes: &[u8]) -> BundleFile {
    BundleFile {
        name: FileName::try_from(name).unwrap(),
        bytes: bytes.to_vec(),
    }
}

pub fn ledger() -> BundleFile {
    let csv = "\u{feff}学号,姓名,APP状态\r\n2021010101,示例一,已注册\r\n";
    file("软件2101班_学生台账.csv", csv.as_bytes())
}

/// The files in a ZIP, in its order.
pub fn files_of(zip: &[u8]) -> Vec<(String, Vec<u8>)> {
    let mut zip = zip::ZipArchive::new(Cursor::new(zip)).unwrap();
    (0..zip.len())
        .map(|at| {
            let mut file = zip.by_index(at).unwrap();
            let mut bytes = Vec::new();
            file.read_to_end(&mut bytes).unwrap();
            (file.name().unwrap().into_owned(), bytes)
        })
        .collect()
}

pub fn zip(files: &[(String, Vec<u8>)]) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in files {
        zip.start_file(name.as_str(), zip::write::SimpleFileOptions::default())
            .unwrap();
        zip.write_all(bytes).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

/// Fixed seeds and no files of past failures: every run tries the same.
pub fn config() -> ProptestConfig {
    ProptestConfig {
        failure_persistence: None,
        rng_seed: RngSeed::Fixed(2021),
        ..ProptestConfig::default()
    }
}
