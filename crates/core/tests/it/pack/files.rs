//! Files laid over those that ship: what is read, written, and refused.

use wuzha_core::pack::{
    Label, MAX_PACK, Pack, PackFault, PackFile, PackFiles, School, WholePack, Wrong,
};

use super::{defaults, overlay, shipped};

fn faults(overlay: &PackFiles) -> Vec<String> {
    let read = WholePack::from_files(&defaults(), overlay);
    let faults = read.err().unwrap_or_default();
    faults.iter().map(ToString::to_string).collect()
}

/// The file that ships with `from` replaced by `to`.
fn with(file: PackFile, from: &str, to: &str) -> PackFiles {
    let text = defaults().text(file).unwrap().to_owned();
    assert!(text.contains(from), "{from}");
    overlay(file, text.replacen(from, to, 1))
}

#[test]
fn what_ships_is_written_as_it_was_read() {
    let written = shipped().to_files().unwrap();
    for (file, text) in defaults().iter() {
        assert!(
            written.text(file) == Some(text),
            "{file} is written another way"
        );
    }
    assert!(written.changed_from(&defaults()).is_empty());
}

#[test]
fn a_school_publishes_only_what_it_changed_and_reads_the_rest_from_what_ships() {
    let mut edited = shipped();
    edited.school.region = Some(Label::try_from("示例省示例市".to_owned()).unwrap());
    edited.criteria[1].gates[2].veto = true;
    let published = edited.to_files().unwrap().changed_from(&defaults());
    let files: Vec<PackFile> = published.iter().map(|(file, _)| file).collect();
    assert_eq!(files, [PackFile::Criteria, PackFile::School]);
    assert_eq!(WholePack::from_files(&defaults(), &published), Ok(edited));
    let pack = Pack::from_files(&published.over(&defaults())).unwrap();
    assert!(pack.class_criteria.gates[2].veto);
    assert_eq!(pack.campaign, shipped().campaign);
}

#[test]
fn a_field_of_a_newer_version_is_passed_over_when_read() {
    let newer = overlay(PackFile::School, r#"{"name":"示例学院","motto":"某句"}"#);
    let pack = WholePack::from_files(&defaults(), &newer).unwrap();
    let name = Label::try_from("示例学院".to_owned()).ok();
    let expected = School {
        name,
        ..School::default()
    };
    assert_eq!(pack.school, expected);
}

#[test]
fn each_fault_says_file_place_and_what_is_wrong() {
    use PackFile::{Bank, Campaign, Checklists, Criteria, School};
    let long = "长".repeat(201);
    let cases = [
        (
            with(
                Criteria,
                r#""item": "card-posted""#,
                r#""item": "class-meeting""#,
            ),
            "criteria.json: fraud-free-dorm/card-posted: names the item class-meeting, which its checklist does not have",
        ),
        (
            with(Criteria, r#""min_percent": 100"#, r#""min_percent": 101"#),
            "criteria.json: fraud-free-dorm/registered: 101 % is not between 0 and 100",
        ),
        (
            with(Criteria, r#""id": "warning-on""#, r#""id": "registered""#),
            "criteria.json: fraud-free-dorm/registered: is there twice",
        ),
        (
            with(Criteria, r#""scope": "class""#, r#""scope": "dorm""#),
            "criteria.json: /: nothing for Class",
        ),
        (
            with(Checklists, r#""id": "warning-on""#, r#""id": "registered""#),
            "checklists.json: dorm/registered: is there twice",
        ),
        (
            with(Checklists, "全寝室成员都已开启预警", &long),
            "checklists.json: dorm/warning-on: longer than 200 characters",
        ),
        (
            with(Checklists, "全寝室成员都已开启预警", "全寝室\\n成员"),
            "checklists.json: dorm/warning-on: has stray spaces, line ends or invisible characters",
        ),
        (
            with(Campaign, r#""first_day": 5"#, r#""first_day": 6"#),
            "campaign.json: campaign-week: begins on day 6, the day after the phase before it is 5",
        ),
        (
            with(Campaign, r#""last_day": 4"#, r#""last_day": 5"#),
            "campaign.json: campaign-week: begins on day 5, the day after the phase before it is 6",
        ),
        (
            with(Campaign, r#""end": "2022-02-26""#, r#""end": "2022-02-25""#),
            "campaign.json: wuzha-2021-winter: overlaps what stands before it, or ends after what it is part of",
        ),
        (
            with(Bank, r#""id": "brushing-02""#, r#""id": "brushing-01""#),
            "bank.json: brushing-01: the id is there twice",
        ),
        (
            with(
                Bank,
                r#""title": "虚假网络投资理财""#,
                r#""title": "刷单返利""#,
            ),
            "bank.json: categories/刷单返利: is there twice",
        ),
        (
            overlay(School, "{"),
            "school.json: /: EOF while parsing an object at line 1 column 1",
        ),
        (
            overlay(School, r#"{"region":""}"#),
            "school.json: /: empty at line 1 column 13",
        ),
        (
            overlay(
                School,
                r#"{"terms":[{"name":"示例","start":"2022-02-01","end":"2022-01-01"}]}"#,
            ),
            "school.json: 示例: ends before it begins",
        ),
        (
            overlay(
                School,
                r#"{"departments":[{"name":"示例系"},{"name":"示例系"}]}"#,
            ),
            "school.json: departments/示例系: is there twice",
        ),
    ];
    for (overlay, expected) in cases {
        let found = faults(&overlay);
        assert!(
            found.iter().any(|fault| fault == expected),
            "{expected}\nis not in {found:#?}"
        );
    }
}

#[test]
fn faults_of_several_files_are_told_at_once() {
    let two = [(PackFile::Campaign, "[]"), (PackFile::Bank, "{}")];
    let two: PackFiles = two
        .map(|(file, text)| (file, text.to_owned()))
        .into_iter()
        .collect();
    assert_eq!(faults(&two).len(), 2);
    let none = WholePack::from_files(&PackFiles::default(), &PackFiles::default());
    let missing = PackFile::ALL.map(|file| PackFault {
        file,
        place: "/".to_owned(),
        wrong: Wrong::NoFile,
    });
    assert_eq!(none, Err(missing.to_vec()));
}

#[test]
fn a_pack_larger_than_a_phone_should_keep_is_not_read() {
    let large = overlay(PackFile::Bank, " ".repeat(MAX_PACK + 1));
    assert_eq!(
        faults(&large),
        ["bank.json: /: 1048577 bytes, at most 1048576"]
    );
}
