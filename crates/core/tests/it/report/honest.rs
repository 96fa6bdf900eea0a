//! What it does not know it does not say, whatever the figures.

use std::collections::BTreeSet;

use chrono::{Datelike, Days, NaiveDate};
use proptest::prelude::*;
use wuzha_core::book::{ActivityKind, Held, HeldByKind};
use wuzha_core::measure::Share;
use wuzha_core::overview::{Average, Column, Figures, Unit, by_unit, total};
use wuzha_core::report::Author;

use super::{PACK, classes, every_kind, ids, printed, summary, tenths, text};
use crate::overview::{any, share};

const AUTHORS: [Author; 3] = [Author::Teacher, Author::Department, Author::SecurityOffice];

/// The numbers in a text, decimals whole.
fn numbers(text: &str) -> BTreeSet<String> {
    let pieces = text.split(|c: char| !c.is_ascii_digit() && c != '.');
    let pieces = pieces.map(|piece| piece.trim_matches('.').to_owned());
    pieces.filter(|piece| !piece.is_empty()).collect()
}

/// What is compared, counted apart from the report's own way.
fn units(author: Author, classes: &[Figures]) -> Vec<Figures> {
    match author {
        Author::SecurityOffice => by_unit(classes, Unit::Department)
            .into_iter()
            .map(|(_, total)| total.figures)
            .collect(),
        _ => classes.to_vec(),
    }
}

fn shares(figures: &Figures) -> impl Iterator<Item = Share> {
    Column::ALL
        .into_iter()
        .filter_map(|column| figures.share(column))
}

/// Every number that the source justifies.
fn justified(author: Author, classes: &[Figures]) -> BTreeSet<String> {
    let all = total(classes).figures;
    let units = units(author, classes);
    // The phases of the campaign, and how many units are named at most.
    let mut counts: Vec<u32> = vec![
        u32::try_from(PACK.campaign.phases.len()).unwrap_or_default(),
        5,
    ];
    // How many classes or units are so; which of them is checked where the sentences are.
    counts.extend(0..=u32::try_from(classes.len()).unwrap_or_default());
    let mut decimals = BTreeSet::new();
    for figures in units.iter().chain([&all]) {
        counts.extend([figures.students, figures.dorms, figures.conflicts]);
        counts.extend(figures.average.map(|average| average.count));
        decimals.extend(
            figures
                .average
                .map(|average| format!("{:.1}", average.percent())),
        );
        let held = figures.activities.kinds.iter().map(|(_, held)| held);
        for held in held.chain([&figures.activities.all]) {
            counts.extend([held.classes, held.times, held.people, held.uncounted()]);
        }
        for share in shares(figures).filter(Share::is_known) {
            counts.extend([share.met, share.met + share.unmet, share.unmet]);
            decimals.insert(tenths(share.met, share.of()));
        }
        for share in shares(figures) {
            counts.extend([share.of(), share.unknown, share.apart]);
        }
    }
    let named = classes.iter().flat_map(|one| {
        let department = one.department.as_deref().unwrap_or_default();
        numbers(&format!("{} {department}", one.class))
    });
    let counts = counts.into_iter().map(|count| count.to_string());
    counts
        .chain(decimals)
        .chain(named)
        .chain(dates(all.campaign_start))
        .collect()
}

/// The numbers in the dates of the campaign, which are counted where its start is not known, and of the
/// cut-off.
fn dates(start: Option<NaiveDate>) -> BTreeSet<String> {
    let days = PACK.campaign.phases.iter();
    let days = days.flat_map(|phase| [phase.first_day, phase.last_day]);
    let of_days = days.flat_map(|day| {
        let date = start.and_then(|start| start.checked_add_days(Days::new(day.into())));
        let parts = match date {
            Some(date) => vec![date.year().unsigned_abs(), date.month(), date.day()],
            None => vec![day + 1],
        };
        parts.into_iter().map(|part| part.to_string())
    });
    of_days.chain(numbers("2021-12-27 19:05")).collect()
}

fn invented(author: Author, classes: &[Figures]) -> Vec<String> {
    let said = every_kind(author, classes).map(|report| numbers(&printed(&report)));
    let justified = justified(author, classes);
    let invented = said.iter().flat_map(|said| said.difference(&justified));
    invented.cloned().collect()
}

#[test]
fn every_number_occurs_in_the_source() {
    for author in AUTHORS {
        assert_eq!(invented(author, &classes()), [""; 0], "{author:?}");
    }
}

#[test]
fn of_what_is_not_known_nothing_is_nought() {
    let [.., listed, silent] = classes();
    for (name, classes) in [
        ("nothing at all", vec![]),
        (
            "classes that are silent",
            vec![silent.clone(), silent.clone()],
        ),
        ("a list and nothing else", vec![listed, silent]),
    ] {
        for author in AUTHORS {
            for (chapter, report) in ["results", "overall"]
                .into_iter()
                .zip(every_kind(author, &classes))
            {
                let printed = printed(&report);
                let nought = numbers(&printed)
                    .into_iter()
                    .find(|number| number.chars().all(|c| c == '0' || c == '.'));
                assert_eq!(nought, None, "{name}, {author:?}: {printed}");
                for id in ["registration", "papers", "quiz", "dorms"] {
                    let text = text(&report, &format!("{chapter}-{id}"));
                    assert!(text.contains("未知"), "{name}: {chapter}-{id}");
                }
            }
        }
    }
}

#[test]
fn what_the_book_cannot_know_is_a_blank() {
    let report = summary(Author::Department, &classes());
    for id in [
        "organisation-leaders",
        "organisation-tasks",
        "organisation-meetings",
        "education",
        "law",
        "hazards",
        "support",
        "police",
        "families",
        "app",
        "results-activities",
        "awards-confirmed",
        "awards-cases",
        "problems-causes",
        "next-measures",
    ] {
        let text = text(&report, id);
        assert!(
            text.starts_with("【请填写：") && text.ends_with('】'),
            "{id}: {text}"
        );
    }
}

#[test]
fn what_classes_recorded_of_their_activities_is_said_and_the_rest_asked_for() {
    let [mut good, mut behind, listed, silent] = classes();
    good.activities = held(&[
        (ActivityKind::ClassMeeting, 2, 94, 2),
        (ActivityKind::Lecture, 1, 0, 0),
    ]);
    behind.activities = held(&[
        (ActivityKind::ClassMeeting, 1, 0, 0),
        (ActivityKind::WorkMeeting, 1, 6, 1),
    ]);
    let all = [good, behind, listed, silent];
    let report = summary(Author::Department, &all);
    for (id, expected) in [
        (
            "education",
            "4个班中有2个班登记主题班会3次，参加94人次，另有1次人数未知。几个班共同参加的，各班分别计入。\
             【请填写：班级台账之外的活动，校园网、广播、电子屏、展板、横幅等宣传的情况】",
        ),
        (
            "police",
            "4个班中有1个班登记讲座1次，参加人数未知。\
             【请填写：与派出所、反诈中心联系的情况，讲座的时间和合作单位】",
        ),
        (
            "organisation-meetings",
            "4个班中有1个班登记专题会议1次，参加6人次。【请填写：会议的时间，分析的形势和定出的措施】",
        ),
        (
            "results-activities",
            "4个班中有2个班登记主题班会3次，参加94人次，另有1次人数未知；\
             4个班中有1个班登记专题会议1次，参加6人次；4个班中有1个班登记讲座1次，参加人数未知。\
             几个班共同参加的，各班分别计入。【请填写：张贴海报数量，排查和整改隐患数量】",
        ),
    ] {
        assert_eq!(text(&report, id), expected);
    }
    let families = text(&report, "families");
    assert!(
        families.starts_with("【请填写：通过家校微信群"),
        "nobody recorded any: {families}"
    );
    for author in AUTHORS {
        assert_eq!(invented(author, &all), [""; 0], "{author:?}");
    }
}

/// Activities of one class: of which kind how many, with how many people, known of how many.
fn held(kinds: &[(ActivityKind, u32, u32, u32)]) -> HeldByKind {
    let of = |times, people, counted| Held {
        classes: 1,
        times,
        people,
        counted,
    };
    let mut by_kind = HeldByKind::default();
    for &(kind, times, people, counted) in kinds {
        by_kind.kinds.push((kind, of(times, people, counted)));
    }
    let sum = |of: fn(&Held) -> u32| by_kind.kinds.iter().map(|(_, held)| of(held)).sum();
    by_kind.all = of(
        sum(|held| held.times),
        sum(|held| held.people),
        sum(|held| held.counted),
    );
    by_kind
}

#[test]
fn what_nobody_has_come_to_is_not_said_to_have_been_done() {
    let [good, ..] = classes();
    let unsigned = Figures {
        pledge: share(0, 47, 0, 0),
        ..good
    };
    assert_eq!(
        text(&summary(Author::Teacher, &[unsigned]), "law-pledge"),
        "【请填写：组织签订承诺书的情况；台账中尚无完成的登记】"
    );
}

proptest! {
    #![proptest_config(ProptestConfig { rng_seed: proptest::test_runner::RngSeed::Fixed(228), ..ProptestConfig::default() })]

    #[test]
    fn no_number_is_invented(all in prop::collection::vec(any::figures(), 0..6)) {
        for author in AUTHORS {
            prop_assert_eq!(invented(author, &all), [""; 0]);
        }
    }

    #[test]
    fn nought_is_said_only_of_what_is_known_to_be_none(all in prop::collection::vec(any::figures(), 0..6)) {
        for author in AUTHORS {
            let compared = units(author, &all);
            let sum = total(&all).figures;
            let is_none = |share: Share| share.is_known() && (share.met == 0 || share.unmet == 0 || share.unknown == 0);
            let is_nought = |average: Average| average.tenths() == 0;
            let may_be_said = compared.iter().chain([&sum]).any(|figures| {
                shares(figures).any(is_none) || figures.average.is_some_and(is_nought)
            });
            for report in every_kind(author, &all) {
                let said = numbers(&printed(&report));
                prop_assert!(may_be_said || !said.contains("0"), "{:?}", said);
            }
        }
    }

    #[test]
    fn the_paragraphs_are_the_same_whatever_the_figures(all in prop::collection::vec(any::figures(), 0..6)) {
        for author in AUTHORS {
            for (report, empty) in every_kind(author, &all).iter().zip(every_kind(author, &[])) {
                prop_assert_eq!(ids(report), ids(&empty));
                let distinct: BTreeSet<&str> = report.texts().map(|(id, _)| id).collect();
                prop_assert_eq!(distinct.len(), report.texts().count());
            }
        }
    }
}
