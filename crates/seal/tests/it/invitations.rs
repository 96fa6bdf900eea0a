//! An invitation arrives as it was shown, or is refused: through a scanner, a chat, a misreading.

#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test says what it expects by failing"
)]

use crate::support::{NOW, config, invitation, server, teacher};
use proptest::prelude::*;
use sha2::{Digest, Sha256};
use wuzha_core::time::UnixMillis;
use wuzha_seal::{
    ClassId, CutShort, DepartmentId, DeviceKey, Identity, Invitation, InvitationError,
    InvitationSecret, Invited, Named, PublicKeyError, RecipientError, Role, SchoolId, Serial,
    ServerKey, ServerUrl, ServerUrlError, Unit, UnitName, UnitNameError,
};

fn name() -> impl Strategy<Value = UnitName> {
    "[一-龥A-Z0-9（）]{1,32}".prop_map(|name| UnitName::try_from(name).unwrap())
}

fn named<Id>(id: impl Fn([u8; 8]) -> Id) -> impl Strategy<Value = Named<Id>>
where
    Id: std::fmt::Debug,
{
    (any::<[u8; 8]>(), name()).prop_map(move |(bytes, name)| Named {
        id: id(bytes),
        name,
    })
}

prop_compose! {
    fn place()(
        school in named(SchoolId::from_bytes),
        department in prop::option::of(named(DepartmentId::from_bytes)),
        class in prop::option::of(named(ClassId::from_bytes)),
    ) -> Invited {
        Invited { school, department, class }
    }
}

prop_compose! {
    fn any_invitation()(
        host in "[a-z]{1,20}(\\.[a-z]{2,5}){1,2}(:[1-9][0-9]{1,3})?(/[a-z]{1,9})?",
        place in place(),
        (serial, secret, expires) in any::<([u8; 8], [u8; 16], u64)>(),
        (server_key, issuer) in any::<([u8; 32], Option<[u8; 32]>)>(),
        recipients in prop::collection::vec(any::<[u8; 32]>(), 1..=15),
        class_key in any::<Option<[u8; 32]>>(),
    ) -> Invitation {
        let role = match (&place.class, &place.department) {
            (Some(_), _) => Role::Monitor,
            (None, Some(_)) => Role::Department,
            (None, None) => Role::SecurityOffice,
        };
        Invitation {
            server: ServerUrl::try_from(format!("https://{host}")).unwrap(),
            server_key: ServerKey::from_bytes(&server_key).public(),
            serial: Serial::from_bytes(serial),
            secret: InvitationSecret::from_bytes(secret),
            role,
            place,
            expires: UnixMillis(expires),
            recipients: recipients.iter().map(|key| Identity::from_bytes(key).recipient()).collect(),
            class_key: class_key.map(|key| Identity::from_bytes(&key)),
            issuer: issuer.map(|key| DeviceKey::from_bytes(&key).public()),
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, ..config() })]

    #[test]
    fn code_and_link_are_read_as_they_were_shown(invitation in any_invitation()) {
        let (code, link) = (invitation.to_code().unwrap(), invitation.to_link().unwrap());
        prop_assert!(code.len() <= 2048, "a code that a phone's camera can read: {}", code.len());
        prop_assert_eq!(&Invitation::parse(&code), &Ok(invitation.clone()));
        prop_assert_eq!(&Invitation::parse(&link), &Ok(invitation));
    }

    #[test]
    fn no_text_makes_it_panic(text in "\\PC{0,200}", base45 in "[0-9A-Z $%*+./:-]{0,200}", base64 in "[0-9A-Za-z_-]{0,200}") {
        let texts = [text.clone(), ["WZI:", &text].concat(), ["WZI:", &base45].concat(), ["#i=", &base64].concat()];
        for text in texts {
            prop_assert!(Invitation::parse(&text).is_err(), "{}", text);
        }
    }

    #[test]
    fn bytes_that_check_do_not_make_it_panic(
        cut in any::<prop::sample::Index>(),
        changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 0..4),
        more in prop::collection::vec(any::<u8>(), 0..9),
    ) {
        let mut content = content();
        for (at, to) in changes {
            let at = at.index(content.len());
            content[at] = to;
        }
        content.truncate(cut.index(content.len()) + 1);
        content.extend(more);
        let _may_fail = parse_content(&content);
    }
}

/// The bytes of an invitation without the check.
fn content() -> Vec<u8> {
    let code = invitation().to_code().unwrap();
    let digits = |chunk: &[char]| {
        let digit = |c: &char| {
            "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:"
                .find(*c)
                .unwrap()
        };
        chunk.iter().rev().fold(0, |n, c| n * 45 + digit(c))
    };
    let chars: Vec<char> = code.chars().skip(4).collect();
    let mut bytes: Vec<u8> = Vec::new();
    for chunk in chars.chunks(3) {
        let pair = (digits(chunk) as u16).to_be_bytes();
        bytes.extend(&pair[3 - chunk.len()..]);
    }
    bytes.truncate(bytes.len() - 4);
    bytes
}

/// Reads bytes to which the right check is added, by the link's form.
fn parse_content(content: &[u8]) -> Result<Invitation, InvitationError> {
    use base64::Engine;
    let bytes = [content, &Sha256::digest(content)[..4]].concat();
    let text = base64::engine::general_purpose::URL_SAFE_NO_PAD.encode(bytes);
    Invitation::parse(&format!("https://fanzha.example.cn/#i={text}"))
}

/// What is said of the invitation whose bytes at `at` are others.
fn changed(at: usize, to: &[u8]) -> InvitationError {
    let mut content = content();
    content[at..at + to.len()].copy_from_slice(to);
    parse_content(&content).unwrap_err()
}

#[test]
fn a_code_is_in_the_alphanumeric_mode_of_qr() {
    let code = invitation().to_code().unwrap();
    let alphanumeric = |c: char| "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:".contains(c);
    assert!(
        code.starts_with("WZI:") && code.chars().all(alphanumeric),
        "{code}"
    );
}

#[test]
fn a_link_is_found_in_what_was_copied_from_a_chat() {
    let link = invitation().to_link().unwrap();
    assert!(
        link.starts_with("https://fanzha.example.edu.cn/#i="),
        "{link}"
    );
    for text in [
        format!("  {link}\n"),
        format!("同学们好，点这里加入：{link}，有问题找我"),
        format!("{link} https://example.cn/"),
    ] {
        assert_eq!(Invitation::parse(&text), Ok(invitation()), "{text}");
    }
}

#[test]
fn other_texts_are_no_invitation() {
    for text in [
        "",
        "国家反诈中心",
        "https://fanzha.example.edu.cn/",
        "https://fanzha.example.edu.cn/#/record",
        "wzi:000",
    ] {
        assert_eq!(
            Invitation::parse(text),
            Err(InvitationError::Foreign),
            "{text}"
        );
    }
    let long = format!("WZI:{}", "0".repeat(5000));
    assert_eq!(Invitation::parse(&long), Err(InvitationError::TooLong));
}

#[test]
fn a_misread_character_is_noticed_wherever_it_is() {
    let code = invitation().to_code().unwrap();
    for at in 4..code.len() {
        for wrong in ["0", "Z", " ", ":"] {
            let mut misread = code.clone();
            misread.replace_range(at..=at, wrong);
            if misread != code {
                assert!(Invitation::parse(&misread).is_err(), "character {at}");
            }
        }
        assert!(Invitation::parse(&code[..at]).is_err(), "cut at {at}");
    }
    assert_eq!(
        Invitation::parse(&code.replace("WZI:", "WZI:a")),
        Err(InvitationError::Character { at: 0 })
    );
    let link = invitation().to_link().unwrap();
    let cut = &link[..link.len() - 4];
    assert_eq!(Invitation::parse(cut), Err(InvitationError::Misread));
}

#[test]
fn each_part_that_is_wrong_is_named() {
    assert_eq!(parse_content(&content()), Ok(invitation()));
    let format = InvitationError::Format {
        found: 2,
        expected: 1,
    };
    assert_eq!(changed(0, &[2]), format);
    assert_eq!(changed(1, &[9]), InvitationError::UnknownRole(9));
    assert_eq!(
        changed(2, &[0b11111]),
        InvitationError::UnknownParts(0b11111)
    );
    assert_eq!(changed(35, &[0; 32]), PublicKeyError.into());
    assert_eq!(changed(67, &[0; 32]), PublicKeyError.into());
    let server = content()
        .windows(5)
        .position(|text| text == b"https")
        .unwrap();
    assert_eq!(
        changed(server, b"httpx"),
        ServerUrlError::NotEncrypted.into()
    );
    assert_eq!(changed(server, b"\xff"), InvitationError::NotText);
    // Behind them stands the class's key.
    let recipients = content().len() - 3 * 32;
    assert_eq!(changed(recipients, &[0; 32]), RecipientError::Weak.into());
    assert_eq!(changed(recipients - 1, &[1]), InvitationError::TooMuch(32));
    let at = content().len() as u64;
    assert_eq!(changed(recipients - 1, &[3]), CutShort { at }.into());
    let mut none = content();
    none.drain(recipients..recipients + 2 * 32);
    none[recipients - 1] = 0;
    assert_eq!(parse_content(&none), Err(InvitationError::Recipients(1)));
    let mut nameless = content();
    let name = content()
        .windows(9)
        .position(|text| text == "示例学".as_bytes())
        .unwrap();
    let len = usize::from(nameless[name - 1]);
    nameless[name - 1] = 0;
    nameless.drain(name..name + len);
    assert_eq!(parse_content(&nameless), Err(UnitNameError::Empty.into()));
}

#[test]
fn a_role_is_given_for_the_parts_it_has() {
    let place = |department: bool, class: bool| {
        let Invited {
            school,
            department: d,
            class: c,
        } = invitation().place;
        Invited {
            school,
            department: d.filter(|_| department),
            class: c.filter(|_| class),
        }
    };
    for (role, department, class, fits) in [
        (Role::SecurityOffice, false, false, true),
        (Role::SecurityOffice, true, false, false),
        (Role::SecurityOffice, false, true, false),
        (Role::Department, true, false, true),
        (Role::Department, false, false, false),
        (Role::Department, true, true, false),
        (Role::Teacher, false, false, true),
        (Role::Teacher, true, false, true),
        (Role::Teacher, true, true, true),
        (Role::Monitor, true, true, true),
        (Role::Monitor, false, true, true),
        (Role::Monitor, true, false, false),
    ] {
        let invitation = Invitation {
            role,
            place: place(department, class),
            ..invitation()
        };
        let written = invitation.to_code().map(|code| Invitation::parse(&code));
        let expected = if fits {
            Ok(Ok(invitation))
        } else {
            Err(InvitationError::Role(role))
        };
        assert_eq!(written, expected, "{role:?} {department} {class}");
    }
    // Written by someone else: the monitor's code changed to a department's.
    assert_eq!(changed(1, &[2]), InvitationError::Role(Role::Department));
}

#[test]
fn an_invitation_has_one_to_sixteen_recipients() {
    let Invitation { class_key, .. } = invitation();
    for (count, class_key, all) in [
        (0, None, 0),
        (17, None, 17),
        (0, class_key.clone(), 1),
        (16, class_key, 17),
    ] {
        let one = invitation().recipients[0];
        let many = Invitation {
            recipients: vec![one; count],
            class_key,
            ..invitation()
        };
        assert_eq!(many.to_link(), Err(InvitationError::Recipients(all)));
    }
}

#[test]
fn what_a_class_hands_in_is_sealed_for_the_class_too() {
    let Invitation { class_key, .. } = invitation();
    let class = class_key.unwrap().recipient();
    let seal_for = [&invitation().recipients[..], &[class]].concat();
    assert_eq!(invitation().seal_for(), seal_for);
    let without = Invitation {
        class_key: None,
        ..invitation()
    };
    assert_eq!(without.seal_for(), invitation().recipients);
}

#[test]
fn an_invitation_ends() {
    let ends = invitation().expires;
    assert!(invitation().is_valid_at(NOW));
    assert!(invitation().is_valid_at(UnixMillis(ends.0 - 1)));
    assert!(!invitation().is_valid_at(ends));
}

#[test]
fn it_is_for_the_narrowest_part_that_is_named() {
    let mut place = invitation().place;
    let class = place.class.take().unwrap();
    let department = place.department.clone().unwrap();
    assert_eq!(place.scope().unit, Unit::Department(department.id));
    place.class = Some(class.clone());
    assert_eq!(place.scope().unit, Unit::Class(class.id));
    assert_eq!(place.scope().school, place.school.id);
}

#[test]
fn its_secret_is_never_printed() {
    let shown = format!("{:?}", invitation());
    assert!(shown.contains("InvitationSecret(…)"), "{shown}");
    assert!(
        shown.contains("class_key: Some(Identity(of age1"),
        "{shown}"
    );
    assert_eq!(invitation().server_key, server().public());
    assert_eq!(invitation().issuer, Some(teacher().public()));
}
