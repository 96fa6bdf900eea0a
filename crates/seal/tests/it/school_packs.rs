//! A school's pack arrives as it was signed, or is refused; and who is listened to.

#![expect(clippy::unwrap_used, reason = "a test says what it expects by failing")]

use crate::support::{NOW, config, deputy, pack_files, school_pack, teacher};
use proptest::prelude::*;
use wuzha_core::pack::{MAX_PACK, PackFile, PackFiles, WholePack};
use wuzha_core::time::UnixMillis;
use wuzha_seal::{
    CutShort, Judgement, MAX_SIGNED_PACK, PackVersion, PublicKeyError, SchoolPackError,
    SignatureError, SignedPack,
};

fn version(n: u32) -> PackVersion {
    PackVersion::new(n).unwrap()
}

fn files(all: &[(PackFile, &str)]) -> PackFiles {
    all.iter()
        .map(|(file, text)| (*file, (*text).to_owned()))
        .collect()
}

/// What ships, for a school's files to be laid over.
fn defaults() -> PackFiles {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../content/default");
    let text = |file: PackFile| {
        let path = std::path::Path::new(folder).join(file.name());
        std::fs::read_to_string(path).unwrap()
    };
    PackFile::ALL
        .map(|file| (file, text(file)))
        .into_iter()
        .collect()
}

/// The bytes of the example, changed and signed again by the teacher.
fn resigned(change: impl FnOnce(&mut Vec<u8>)) -> Result<SignedPack, SchoolPackError> {
    use ed25519_dalek::{Signer, SigningKey};
    let mut bytes = school_pack().as_bytes().to_vec();
    bytes.truncate(bytes.len() - 64);
    change(&mut bytes);
    let message = [b"wuzha/v1/pack\0", &bytes[..]].concat();
    bytes.extend(
        SigningKey::from_bytes(&[0x33; 32])
            .sign(&message)
            .to_bytes(),
    );
    SignedPack::parse(bytes)
}

/// The example with other bytes where its files are.
fn with_files(unpacked: &[u8]) -> Result<SignedPack, SchoolPackError> {
    use std::io::Write;
    let mut deflate =
        flate2::write::DeflateEncoder::new(Vec::new(), flate2::Compression::default());
    deflate.write_all(unpacked).unwrap();
    let packed = deflate.finish().unwrap();
    resigned(|bytes| {
        bytes.truncate(48);
        bytes.extend(u32::try_from(unpacked.len()).unwrap().to_be_bytes());
        bytes.extend(packed);
    })
}

fn file(name: &str, text: &[u8]) -> Vec<u8> {
    let len = u32::try_from(text.len()).unwrap().to_be_bytes();
    [&[name.len() as u8], name.as_bytes(), &len, text].concat()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, ..config() })]

    #[test]
    fn a_pack_is_read_as_it_was_signed(
        school in "\\PC{0,300}",
        criteria in prop::option::of("\\PC{0,3000}"),
        number in 1..=u32::MAX,
        time in any::<u64>(),
    ) {
        let both = [(PackFile::School, Some(school)), (PackFile::Criteria, criteria)];
        let files: PackFiles = both.into_iter().filter_map(|(file, text)| Some((file, text?))).collect();
        let pack = SignedPack::sign(files.clone(), version(number), UnixMillis(time), &teacher()).unwrap();
        let read = SignedPack::parse(pack.as_bytes().to_vec()).unwrap();
        prop_assert_eq!(read.files(), &files);
        prop_assert_eq!((read.version(), read.issued_at()), (version(number), UnixMillis(time)));
        prop_assert_eq!(read.issuer(), teacher().public());
        if let Ok(code) = pack.to_code() {
            prop_assert_eq!(SignedPack::parse_given(code.as_bytes()), Ok(pack.clone()));
            prop_assert_eq!(SignedPack::parse_code(&code), Ok(pack.clone()));
        }
        prop_assert_eq!(SignedPack::parse_given(pack.as_bytes()), Ok(pack));
    }

    #[test]
    fn no_bytes_make_it_panic(
        bytes in prop::collection::vec(any::<u8>(), 0..300),
        unpacked in prop::collection::vec(any::<u8>(), 0..300),
        text in "[0-9A-Z $%*+./:-]{0,200}",
    ) {
        let _may_fail = SignedPack::parse(bytes.clone());
        let _may_fail = SignedPack::parse([&b"WZP\x01"[..], &bytes].concat());
        let _may_fail = with_files(&unpacked);
        let _may_fail = resigned(|pack| pack.splice(52.., bytes).for_each(drop));
        let code = ["WUZHA-PACK:", &text].concat();
        prop_assert!(SignedPack::parse_code(&code).is_err(), "{}", code);
    }
}

#[test]
fn one_changed_bit_anywhere_is_noticed() {
    let bytes = school_pack().as_bytes().to_vec();
    for at in 0..bytes.len() {
        let mut changed = bytes.clone();
        changed[at] ^= 1;
        assert!(SignedPack::parse(changed).is_err(), "byte {at}");
        assert!(
            SignedPack::parse(bytes[..at].to_vec()).is_err(),
            "cut at {at}"
        );
    }
    let longer = [&bytes[..], b"x"].concat();
    assert_eq!(SignedPack::parse(longer), Err(SignatureError.into()));
}

#[test]
fn each_part_that_is_wrong_is_named() {
    let parse = |bytes: &[u8]| SignedPack::parse(bytes.to_vec()).unwrap_err();
    assert_eq!(parse(b"WZB"), SchoolPackError::Foreign);
    assert_eq!(parse(b"WZP"), CutShort { at: 3 }.into());
    let format = SchoolPackError::Format {
        found: 2,
        expected: 1,
    };
    assert_eq!(resigned(|bytes| bytes[3] = 2), Err(format));
    let zero = |bytes: &mut Vec<u8>| bytes[4..8].fill(0);
    assert_eq!(resigned(zero), Err(SchoolPackError::NoVersion));
    let no_key = |bytes: &mut Vec<u8>| bytes[16..48].fill(0);
    assert_eq!(resigned(no_key), Err(PublicKeyError.into()));
    // Another's pack with one's own name on it.
    let mut other = school_pack().as_bytes().to_vec();
    other[16..48].copy_from_slice(&deputy().public().to_bytes());
    assert_eq!(parse(&other), SignatureError.into());
    assert_eq!(
        resigned(|bytes| bytes[51] ^= 1),
        Err(SchoolPackError::Damaged)
    );
    assert_eq!(
        resigned(|bytes| bytes.push(0)),
        Err(SchoolPackError::Damaged)
    );
    assert_eq!(with_files(b""), Err(SchoolPackError::NoFiles));
    assert_eq!(
        with_files(&file("laws.json", b"{}")),
        Err(SchoolPackError::UnknownFile {
            name: "laws.json".to_owned()
        })
    );
    assert_eq!(
        with_files(&file("school.json", b"\xff")),
        Err(SchoolPackError::NotText {
            file: "school.json".to_owned()
        })
    );
    let (school, bank) = (file("school.json", b"{}"), file("bank.json", b"{}"));
    let twice = SchoolPackError::Order {
        file: "school.json".to_owned(),
    };
    assert_eq!(with_files(&[&school[..], &school].concat()), Err(twice));
    let order = SchoolPackError::Order {
        file: "bank.json".to_owned(),
    };
    assert_eq!(with_files(&[school, bank].concat()), Err(order));
    let cut = file("school.json", b"{}")[..16].to_vec();
    assert_eq!(with_files(&cut), Err(CutShort { at: 16 }.into()));
}

#[test]
fn what_would_fill_a_memory_is_not_unpacked() {
    let huge = |bytes: &mut Vec<u8>| bytes[48..52].fill(0xff);
    assert!(matches!(
        resigned(huge),
        Err(SchoolPackError::TooLarge { .. })
    ));
    // 100 MB of zeros, which say that they are few.
    let zeros = vec![0; 100_000_000];
    let bomb = with_files(&zeros);
    assert!(
        matches!(bomb, Err(SchoolPackError::TooLarge { .. })),
        "{bomb:?}"
    );
    let long = [&b"WZP\x01"[..], &vec![0; MAX_SIGNED_PACK]].concat();
    assert!(matches!(
        SignedPack::parse(long),
        Err(SchoolPackError::TooLarge { .. })
    ));
    let text = " ".repeat(MAX_PACK + 1);
    let large = SignedPack::sign(
        files(&[(PackFile::Bank, &text)]),
        version(1),
        NOW,
        &teacher(),
    );
    assert!(matches!(large, Err(SchoolPackError::TooLarge { .. })));
}

#[test]
fn the_largest_pack_that_may_be_signed_is_read() {
    // Does not pack at all.
    let mut state = 1u32;
    let noise = std::iter::repeat_with(|| {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        char::from(b' ' + (state >> 24) as u8 % 90)
    });
    let text: String = noise.take(MAX_PACK).collect();
    let pack = SignedPack::sign(
        files(&[(PackFile::Bank, &text)]),
        version(1),
        NOW,
        &teacher(),
    );
    let pack = pack.unwrap();
    assert_eq!(SignedPack::parse(pack.as_bytes().to_vec()), Ok(pack));
    let nothing = SignedPack::sign(PackFiles::default(), version(1), NOW, &teacher());
    assert_eq!(nothing, Err(SchoolPackError::NoFiles));
}

#[test]
fn a_school_s_own_file_fits_a_code_that_a_phone_reads_at_once() {
    let read = WholePack::from_files(&defaults(), &pack_files()).unwrap();
    assert_eq!(read.school.departments.len(), 8);
    let code = school_pack().to_code().unwrap();
    assert!(code.len() <= 1_200, "{} characters", code.len());
    let alphanumeric = |c: char| "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:".contains(c);
    assert!(code.chars().all(alphanumeric), "{code}");
    assert_eq!(
        SignedPack::parse_code(&format!("{code}\n")),
        Ok(school_pack())
    );
}

#[test]
fn what_is_too_large_for_a_code_says_so_and_goes_as_a_file() {
    let bank = defaults().text(PackFile::Bank).unwrap().to_owned();
    let pack = SignedPack::sign(
        files(&[(PackFile::Bank, &bank)]),
        version(1),
        NOW,
        &teacher(),
    );
    let pack = pack.unwrap();
    let error = pack.to_code().unwrap_err();
    assert!(
        matches!(error, SchoolPackError::TooLargeForACode { .. }),
        "{error}"
    );
    assert!(pack.as_bytes().len() < 40_000, "{}", pack.as_bytes().len());
    for text in [
        "",
        "WZI:000",
        "wuzha-pack:000",
        "https://fanzha.example.cn/",
    ] {
        assert_eq!(
            SignedPack::parse_code(text),
            Err(SchoolPackError::Foreign),
            "{text}"
        );
    }
    let misread = SignedPack::parse_code("WUZHA-PACK:000a");
    assert_eq!(misread, Err(SchoolPackError::Character { at: 3 }));
}

#[test]
fn a_class_takes_its_teacher_s_newer_pack_and_nobody_else_s() {
    let by = |key, n| SignedPack::sign(pack_files(), version(n), NOW, key).unwrap();
    let (teacher, other) = (teacher(), deputy());
    let inviter = teacher.public();
    let held = by(&teacher, 3);
    let later = UnixMillis(NOW.0 + 1);
    let set_back = SignedPack::sign(pack_files(), version(3), later, &teacher).unwrap();
    for (pack, inviter, held, expected) in [
        (by(&teacher, 1), Some(&inviter), None, Judgement::Accept),
        (
            by(&teacher, 4),
            Some(&inviter),
            Some(&held),
            Judgement::Accept,
        ),
        (
            by(&teacher, 3),
            Some(&inviter),
            Some(&held),
            Judgement::Known,
        ),
        (
            by(&teacher, 2),
            Some(&inviter),
            Some(&held),
            Judgement::Older { held: version(3) },
        ),
        (
            set_back,
            Some(&inviter),
            Some(&held),
            Judgement::OtherOfThisVersion,
        ),
        (
            by(&other, 9),
            Some(&inviter),
            Some(&held),
            Judgement::NotTheInviter,
        ),
        (
            by(&other, 9),
            Some(&inviter),
            None,
            Judgement::NotTheInviter,
        ),
        // Invited by another teacher since: numbers are each teacher's own.
        (
            by(&other, 1),
            Some(&other.public()),
            Some(&held),
            Judgement::Accept,
        ),
        (by(&teacher, 1), None, None, Judgement::Ask),
        (by(&other, 1), None, Some(&held), Judgement::Ask),
        (by(&teacher, 4), None, Some(&held), Judgement::Ask),
        (
            by(&teacher, 2),
            None,
            Some(&held),
            Judgement::Older { held: version(3) },
        ),
    ] {
        let version = pack.version();
        assert_eq!(pack.judge(inviter, held), expected, "version {version}");
    }
}
