use proptest::prelude::*;
use proptest::sample::subsequence;
use proptest::test_runner::RngSeed;

use super::*;
use crate::quiz::Kind;
use crate::quiz::bank::tests::{bank_with_answers, default_bank};

fn slug(text: &str) -> Slug {
    Slug::try_from(text).unwrap()
}

fn wish(seed: u32, count: u16) -> Wish {
    Wish {
        seed,
        count,
        categories: BTreeSet::new(),
        pass_percent: DEFAULT_PASS_PERCENT,
        minutes: Some(20),
        retake_of: None,
    }
}

fn category_ids(bank: &Bank) -> Vec<Slug> {
    let categories = bank.categories().iter();
    categories.map(|category| category.id.clone()).collect()
}

/// How many of the paper's questions, and of the bank's, have each value of `key`.
fn tally<K: Ord>(
    bank: &Bank,
    paper: &PaperSpec,
    key: impl Fn(&Question) -> K,
) -> BTreeMap<K, (usize, usize)> {
    let mut tally: BTreeMap<K, (usize, usize)> = BTreeMap::new();
    for question in bank.questions() {
        if paper.categories.is_empty() || paper.categories.contains(&question.category) {
            let entry = tally.entry(key(question)).or_default();
            entry.0 += usize::from(paper.questions.contains(&question.id));
            entry.1 += 1;
        }
    }
    tally
}

#[test]
fn a_paper_that_cannot_be_is_refused_with_the_reason() {
    let bank = bank_with_answers(&[&[0], &[1], &[2]]);
    let unknown = BTreeSet::from([slug("nowhere")]);
    for (wish, error) in [
        (wish(1, 0), PaperError::NoQuestions),
        (
            wish(1, 4),
            PaperError::TooFew {
                wanted: 4,
                available: 3,
            },
        ),
        (
            Wish {
                categories: unknown,
                ..wish(1, 1)
            },
            PaperError::UnknownCategory(slug("nowhere")),
        ),
        (
            Wish {
                pass_percent: 0,
                ..wish(1, 1)
            },
            PaperError::PassPercent(0),
        ),
        (
            Wish {
                pass_percent: 101,
                ..wish(1, 1)
            },
            PaperError::PassPercent(101),
        ),
        (
            Wish {
                minutes: Some(0),
                ..wish(1, 1)
            },
            PaperError::NoTime,
        ),
    ] {
        assert_eq!(PaperSpec::draw(&bank, wish), Err(error));
    }
    assert_eq!(PaperSpec::draw(&bank, wish(1, 3)).unwrap().count(), 3);
}

#[test]
fn other_seeds_draw_other_papers() {
    let bank = default_bank();
    let papers: BTreeSet<Vec<Slug>> = (0..50)
        .map(|seed| PaperSpec::draw(&bank, wish(seed, 20)).unwrap().questions)
        .collect();
    assert_eq!(papers.len(), 50);
}

#[test]
fn every_question_is_drawn_some_time() {
    let bank = default_bank();
    let drawn: BTreeSet<Slug> = (0..300)
        .flat_map(|seed| PaperSpec::draw(&bank, wish(seed, 20)).unwrap().questions)
        .collect();
    let never: Vec<&Slug> = bank
        .questions()
        .map(|question| &question.id)
        .filter(|id| !drawn.contains(id))
        .collect();
    assert_eq!(never, [] as [&Slug; 0]);
}

#[test]
fn what_is_no_paper_reads_as_none() {
    let paper = PaperSpec::draw(&default_bank(), wish(7, 3)).unwrap();
    let first = paper.questions[0].clone();
    let ids = |ids: &[&Slug]| Value::List(ids.iter().map(|id| Value::text(id.as_str())).collect());
    for (field, bad) in [
        ("seed", Value::Int(-1)),
        ("seed", Value::Int(1 << 32)),
        ("count", Value::Int(4)),
        ("categories", Value::Null),
        ("pass", Value::Int(0)),
        ("pass", Value::Int(101)),
        ("minutes", Value::Int(0)),
        ("minutes", Value::text("20")),
        ("questions", Value::text("brushing-01")),
        ("questions", Value::List(vec![Value::Int(1); 3])),
        ("questions", ids(&[&first, &first, &first])),
        ("retake_of", Value::text("Paper 1")),
    ] {
        let Value::Map(mut fields) = paper.to_value() else {
            panic!("a paper is a map");
        };
        fields.insert(field.to_owned(), bad);
        let value = Value::Map(fields);
        assert_eq!(PaperSpec::from_value(&value), None, "{value:?}");
    }
    assert_eq!(PaperSpec::from_value(&Value::Null), None);
}

#[test]
fn what_a_newer_version_adds_to_a_paper_is_passed_over() {
    let paper = PaperSpec::draw(&default_bank(), wish(7, 3)).unwrap();
    let Value::Map(mut fields) = paper.to_value() else {
        panic!("a paper is a map");
    };
    fields.insert("colour".to_owned(), Value::text("blue"));
    fields.remove("minutes");
    let without_limit = PaperSpec {
        minutes: None,
        ..paper
    };
    assert_eq!(
        PaperSpec::from_value(&Value::Map(fields)),
        Some(without_limit)
    );
}

#[test]
fn true_and_false_stay_in_their_order() {
    let bank = default_bank();
    let judge = bank
        .questions()
        .find(|question| question.kind == Kind::Judge);
    for nth in 1..20 {
        let no = StudentNo::try_from("2021010101").unwrap();
        assert_eq!(presentation(9, &no, nth, judge.unwrap()), [0, 1]);
    }
}

/// Neighbours must not be able to tell each other a position: over a class, attempts and questions,
/// the first option lies everywhere about equally often.
#[test]
fn options_lie_everywhere_equally_often() {
    let bank = bank_with_answers(&[&[0], &[0], &[0], &[0]]);
    let mut times = [0; 4];
    for student in 0..100 {
        let no = StudentNo::try_from(format!("{}", 2021010100 + student)).unwrap();
        for question in bank.questions() {
            for nth in 1..=2 {
                let order = presentation(7, &no, nth, question);
                times[order.iter().position(|option| *option == 0).unwrap()] += 1;
            }
        }
    }
    // 800 draws: 200 each, give or take four standard deviations (12).
    assert!(times.iter().all(|n| (150..=250).contains(n)), "{times:?}");
}

#[test]
fn the_order_depends_on_paper_student_attempt_and_question() {
    let bank = bank_with_answers(&[&[0], &[0]]);
    let questions: Vec<&Question> = bank.questions().collect();
    let no = |no: &str| StudentNo::try_from(no).unwrap();
    // One change at a time; over 40 students equal orders throughout are out of the question.
    let orders = |seed, nth, question: usize, salt: &str| -> Vec<Vec<u8>> {
        (10..50)
            .map(|i| presentation(seed, &no(&format!("{i}{salt}")), nth, questions[question]))
            .collect()
    };
    let base = orders(1, 1, 0, "");
    assert_eq!(base, orders(1, 1, 0, ""));
    for other in [
        orders(2, 1, 0, ""),
        orders(1, 2, 0, ""),
        orders(1, 1, 1, ""),
        orders(1, 1, 0, "X"),
    ] {
        assert_ne!(base, other);
    }
}

fn fixed() -> ProptestConfig {
    ProptestConfig {
        rng_seed: RngSeed::Fixed(168),
        ..ProptestConfig::default()
    }
}

proptest! {
    #![proptest_config(fixed())]

    #[test]
    fn a_paper_is_balanced_and_without_repeats(
        seed: u32,
        count in 1..=177u16,
        categories in subsequence(category_ids(&default_bank()), 0..=14),
    ) {
        let bank = default_bank();
        let wish = Wish { categories: categories.into_iter().collect(), ..wish(seed, count) };
        let Ok(paper) = PaperSpec::draw(&bank, wish.clone()) else {
            let available = bank
                .questions()
                .filter(|question| wish.categories.contains(&question.category))
                .count();
            prop_assert!(available < count.into());
            return Ok(());
        };
        let distinct: BTreeSet<&Slug> = paper.questions.iter().collect();
        prop_assert_eq!(distinct.len(), usize::from(count));

        let by_category = tally(&bank, &paper, |question| question.category.clone());
        // All from the chosen categories: nothing was drawn that the tally does not see.
        let drawn: usize = by_category.values().map(|(drawn, _)| drawn).sum();
        prop_assert_eq!(drawn, usize::from(count));
        let most = by_category.values().map(|(drawn, _)| *drawn).max().unwrap();
        for (category, (drawn, stock)) in by_category {
            prop_assert!(drawn == stock || drawn + 1 >= most, "{} has {} of {}", category, drawn, most);
        }
    }

    #[test]
    fn kinds_come_in_their_proportions(seed: u32, count in 1..=60u16) {
        let bank = default_bank();
        let paper = PaperSpec::draw(&bank, wish(seed, count)).unwrap();
        let all = bank.questions().len();
        for (kind, (drawn, stock)) in tally(&bank, &paper, |question| question.kind) {
            let share = stock * usize::from(count);
            // Within one question of the exact share.
            prop_assert!((drawn * all).abs_diff(share) <= all, "{:?}: {} of {}", kind, drawn, count);
        }
    }

    #[test]
    fn the_same_seed_draws_the_same_paper(seed: u32, count in 1..=177u16) {
        let bank = default_bank();
        let draw = || PaperSpec::draw(&bank, wish(seed, count));
        prop_assert_eq!(draw(), draw());
    }

    #[test]
    fn papers_come_back_as_they_were_written(
        seed: u32,
        count in 1..=20u16,
        categories in subsequence(category_ids(&default_bank()), 2..=14),
        pass_percent in 1..=100u8,
        minutes in prop::option::of(1..=u16::MAX),
        is_retake: bool,
    ) {
        let retake_of = is_retake.then(|| slug("p-20211226-1"));
        let categories = categories.into_iter().collect();
        let wish = Wish { seed, count, categories, pass_percent, minutes, retake_of };
        let paper = PaperSpec::draw(&default_bank(), wish).unwrap();
        prop_assert_eq!(PaperSpec::from_value(&paper.to_value()), Some(paper));
    }

    #[test]
    fn a_shuffle_is_a_permutation(seed: u32, no in "[0-9A-Z]{1,12}", nth in 1..9u32, at in 0..177usize) {
        let bank = default_bank();
        let question = bank.questions().nth(at).unwrap();
        let no = StudentNo::try_from(no.as_str());
        prop_assume!(no.is_ok());
        let mut order = presentation(seed, &no.unwrap(), nth, question);
        order.sort_unstable();
        let all: Vec<u8> = (0..=u8::MAX).take(question.options.len()).collect();
        prop_assert_eq!(order, all);
    }
}
