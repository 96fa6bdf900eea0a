use super::{Answers, PaperSpec, Score};
use crate::log::Value;
use crate::time::UnixMillis;

/// One sitting of one student over one paper.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Attempt {
    /// What was chosen.
    pub answers: Answers,
    /// How it was marked when it was handed in. Stored, so that lists need no question bank, and a
    /// result stays what it was when the bank changes.
    pub score: Score,
    /// When the first question was shown, by the phone's clock.
    pub started: UnixMillis,
    /// When it was handed in, or the time was up; `None` while it is open: it does not count yet.
    pub finished: Option<UnixMillis>,
    /// On whose phone.
    pub mode: Mode,
}

/// On whose phone a quiz was answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mode {
    /// 轮流作答: the monitor's phone goes round.
    Kiosk,
    /// 同学自己答: the student's own phone.
    Own,
}

/// How a student stands after a paper and its retakes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// 缺考: no attempt anywhere.
    Absent,
    /// One of the attempts reached the pass mark of its paper.
    Passed(Results),
    /// None of them did.
    Failed(Results),
}

/// The scores behind an [`Outcome`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Results {
    /// 首测: the first attempt at the paper itself; `None` for who was absent then.
    pub first: Option<Score>,
    /// 补测: the best of all later attempts; a passed one is better than any failed one.
    pub retake: Option<Score>,
}

impl Attempt {
    /// The attempt as it is written to the log. A time after the year 292 million is cut to that.
    pub fn to_value(&self) -> Value {
        Value::map([
            ("answers", self.answers.to_value()),
            ("right", Value::Int(self.score.right().into())),
            ("of", Value::Int(self.score.of().into())),
            ("started", time_value(self.started)),
            ("finished", self.finished.map_or(Value::Null, time_value)),
            ("mode", Value::text(self.mode.code())),
        ])
    }

    /// The attempt that was written as `value`; `None` for what is none.
    pub fn from_value(value: &Value) -> Option<Self> {
        let number = |name| value.get(name)?.as_int();
        Some(Self {
            answers: Answers::from_value(value.get("answers")?)?,
            score: Score::new(number("right")?, number("of")?)?,
            started: time(value.get("started")?)?,
            finished: match value.get("finished") {
                None | Some(Value::Null) => None,
                Some(finished) => Some(time(finished)?),
            },
            mode: Mode::from_code(value.get("mode")?.as_text()?)?,
        })
    }
}

impl Mode {
    /// The code in the log.
    pub fn code(self) -> &'static str {
        match self {
            Self::Kiosk => "kiosk",
            Self::Own => "own",
        }
    }

    /// The mode of a code.
    pub fn from_code(code: &str) -> Option<Self> {
        [Self::Kiosk, Self::Own]
            .into_iter()
            .find(|mode| mode.code() == code)
    }
}

impl Outcome {
    /// How one student stands.
    ///
    /// `root` are the attempts at the paper itself and `retakes` those at the papers that name it in
    /// [`PaperSpec::retake_of`], each with its paper, oldest first. Open attempts do not count.
    pub fn of<'a>(
        root: impl IntoIterator<Item = (&'a PaperSpec, &'a Attempt)>,
        retakes: impl IntoIterator<Item = (&'a PaperSpec, &'a Attempt)>,
    ) -> Self {
        let mut root = root.into_iter().filter_map(result);
        let first = root.next();
        let later = root.chain(retakes.into_iter().filter_map(result));
        let best = later.max_by(|(a, a_passed), (b, b_passed)| {
            a_passed.cmp(b_passed).then_with(|| a.cmp_share(*b))
        });
        if first.is_none() && best.is_none() {
            return Self::Absent;
        }
        let results = Results {
            first: first.map(|(score, _)| score),
            retake: best.map(|(score, _)| score),
        };
        if [first, best].iter().flatten().any(|(_, passed)| *passed) {
            Self::Passed(results)
        } else {
            Self::Failed(results)
        }
    }

    /// Whether the student belongs on the list for the retake (补考名单): failed or absent.
    pub fn needs_retake(&self) -> bool {
        !matches!(self, Self::Passed(_))
    }

    /// The scores; `None` for who was absent.
    pub fn results(&self) -> Option<&Results> {
        match self {
            Self::Absent => None,
            Self::Passed(results) | Self::Failed(results) => Some(results),
        }
    }
}

/// A finished attempt's score and whether it passes its paper.
fn result((paper, attempt): (&PaperSpec, &Attempt)) -> Option<(Score, bool)> {
    attempt.finished?;
    Some((attempt.score, attempt.score.passes(paper.pass_percent)))
}

fn time_value(time: UnixMillis) -> Value {
    Value::Int(i64::try_from(time.0).unwrap_or(i64::MAX))
}

fn time(value: &Value) -> Option<UnixMillis> {
    value.as_int().map(UnixMillis)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::quiz::marking::tests::{answers, paper};

    fn attempt(right: u32, of: u32) -> Attempt {
        Attempt {
            answers: answers(&["B", "", "AC"]),
            score: Score::new(right, of).unwrap(),
            started: UnixMillis(1_640_534_700_000),
            finished: Some(UnixMillis(1_640_535_000_000)),
            mode: Mode::Kiosk,
        }
    }

    /// `8/10` or a list of them, all at papers with the same pass mark.
    fn attempts(scores: &str) -> Vec<Attempt> {
        let parse = |score: &str| {
            let (right, of) = score.split_once('/').unwrap();
            attempt(right.parse().unwrap(), of.parse().unwrap())
        };
        scores.split_whitespace().map(parse).collect()
    }

    #[test]
    fn the_first_attempt_is_the_test_and_all_others_are_retakes() {
        // attempts at the paper; at its retakes; 首测; best 补测; standing
        for (root, retakes, first, retake, standing) in [
            ("", "", "", "", "absent"),
            ("9/10", "", "9/10", "", "passed"),
            ("7/10", "", "7/10", "", "failed"),
            ("7/10", "8/10", "7/10", "8/10", "passed"),
            ("7/10 8/10", "", "7/10", "8/10", "passed"),
            ("7/10", "5/10 6/10", "7/10", "6/10", "failed"),
            ("9/10", "2/10", "9/10", "2/10", "passed"),
            ("3/10 5/10", "9/20 16/20 11/20", "3/10", "16/20", "passed"),
            ("", "8/10", "", "8/10", "passed"),
            ("", "7/10", "", "7/10", "failed"),
        ] {
            let paper = paper(3, 80);
            let (root, retakes) = (attempts(root), attempts(retakes));
            let outcome = Outcome::of(
                root.iter().map(|attempt| (&paper, attempt)),
                retakes.iter().map(|attempt| (&paper, attempt)),
            );
            let score = |text| attempts(text).first().map(|attempt| attempt.score);
            let results = Results {
                first: score(first),
                retake: score(retake),
            };
            let expected = match standing {
                "absent" => Outcome::Absent,
                "passed" => Outcome::Passed(results),
                _ => Outcome::Failed(results),
            };
            assert_eq!(outcome, expected);
            assert_eq!(outcome.needs_retake(), standing != "passed");
            assert_eq!(outcome.results().is_some(), standing != "absent");
        }
    }

    #[test]
    fn a_retake_counts_by_its_own_pass_mark() {
        let (strict, mild) = (paper(3, 90), paper(3, 60));
        let (at_strict, at_mild) = (attempt(8, 10), attempt(6, 10));
        let outcome = Outcome::of([], [(&strict, &at_strict), (&mild, &at_mild)]);
        // 6/10 passed its paper, so it is better than 8/10, which did not.
        assert_eq!(
            outcome,
            Outcome::Passed(Results {
                first: None,
                retake: Some(at_mild.score)
            })
        );
    }

    #[test]
    fn an_open_attempt_does_not_count() {
        let paper = paper(3, 80);
        let open = Attempt {
            finished: None,
            ..attempt(9, 10)
        };
        assert_eq!(Outcome::of([(&paper, &open)], []), Outcome::Absent);
        let handed_in = attempt(7, 10);
        let outcome = Outcome::of([(&paper, &open), (&paper, &handed_in)], []);
        assert_eq!(outcome.results().unwrap().first, Some(handed_in.score));
    }

    #[test]
    fn what_is_no_attempt_reads_as_none() {
        let good = attempt(7, 10).to_value();
        assert!(Attempt::from_value(&good).is_some());
        for (field, bad) in [
            ("answers", Value::Null),
            ("right", Value::Int(11)),
            ("right", Value::Int(-1)),
            ("of", Value::text("10")),
            ("started", Value::Int(-1)),
            ("finished", Value::text("2021-12-26")),
            ("mode", Value::text("remote")),
        ] {
            let Value::Map(mut fields) = good.clone() else {
                panic!("an attempt is a map");
            };
            fields.insert(field.to_owned(), bad);
            assert_eq!(Attempt::from_value(&Value::Map(fields)), None, "{field}");
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig { rng_seed: proptest::test_runner::RngSeed::Fixed(27), ..ProptestConfig::default() })]

        #[test]
        fn attempts_come_back_as_they_were_written(
            (right, of) in (0..=u32::MAX).prop_flat_map(|of| (0..=of, Just(of))),
            started in 0..=i64::MAX.cast_unsigned(),
            finished in prop::option::of(0..=i64::MAX.cast_unsigned()),
            mode in prop_oneof![Just(Mode::Kiosk), Just(Mode::Own)],
        ) {
            let attempt = Attempt {
                answers: answers(&["B", "", "AC"]),
                score: Score::new(right, of).unwrap(),
                started: UnixMillis(started),
                finished: finished.map(UnixMillis),
                mode,
            };
            prop_assert_eq!(Attempt::from_value(&attempt.to_value()), Some(attempt));
        }
    }
}
