//! Persons in free texts: a remark on a dorm may name one of those who live there.

use std::collections::{BTreeMap, BTreeSet};

use crate::book::{About, FindingPart, StudentField};
use crate::ident::StudentNo;
use crate::log::{Op, Value};
use crate::text;

/// What stands where somebody was named.
pub(crate) const SOMEBODY: &str = "某同学";

/// By what a student is named in texts: the number, and every name that was ever written for it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Person(BTreeSet<Vec<char>>);

/// Everybody in a class's log, by number.
pub(crate) fn people(ops: &[Op]) -> BTreeMap<StudentNo, Person> {
    let mut people: BTreeMap<StudentNo, Person> = BTreeMap::new();
    for op in ops {
        let About::Student { no, field } = About::of(&op.key) else {
            continue;
        };
        let person = people.entry(no).or_insert_with_key(Person::of);
        if let (StudentField::Name, Some(name)) = (field, op.value.as_text()) {
            person.is_called(name);
        }
    }
    people
}

/// Whether a register holds free text, in which anybody may be named. Of what a newer version wrote nothing is
/// known, so it may.
fn may_name(about: &About) -> bool {
    matches!(
        about,
        About::Finding {
            part: FindingPart::Remark,
            ..
        } | About::Student {
            field: StudentField::Reason | StudentField::Note,
            ..
        } | About::Activity { .. }
            | About::Recorder(_)
            | About::Other
    )
}

/// A number with fewer characters is looked for in no text: 3 is a bed more often than a student.
const LEAST_NUMBER: usize = 5;

impl Person {
    /// Somebody of whom only the number is known.
    pub(crate) fn of(no: &StudentNo) -> Self {
        let number = folded(no.as_str());
        Self(
            [number]
                .into_iter()
                .filter(|no| no.len() >= LEAST_NUMBER)
                .collect(),
        )
    }

    /// A name of one character is in too many words to be looked for.
    fn is_called(&mut self, name: &str) {
        let name = folded(&text::tidy(name));
        if name.len() > 1 {
            self.0.insert(name);
        }
    }

    /// Without the names that `other` has too.
    pub(crate) fn unlike(&self, other: &Self) -> Self {
        Self(self.0.difference(&other.0).cloned().collect())
    }

    /// Whether `text` names this person.
    pub(crate) fn is_in(&self, text: &str) -> bool {
        self.taken_out(text).is_some()
    }

    /// `text` with [`SOMEBODY`] in place of this person; `None` when it does not name them. A name inside a
    /// longer one is taken for theirs.
    pub(crate) fn taken_out(&self, text: &str) -> Option<String> {
        let chars: Vec<char> = text.chars().collect();
        let compared: Vec<char> = folded(text);
        let mut out = String::new();
        let mut at = 0;
        while let Some(c) = chars.get(at) {
            if let Some(length) = self.length_at(&compared, at) {
                out.push_str(SOMEBODY);
                at += length;
            } else {
                out.push(*c);
                at += 1;
            }
        }
        (out != text).then_some(out)
    }

    /// How long what names this person at this place is, the longest of several.
    fn length_at(&self, chars: &[char], at: usize) -> Option<usize> {
        let (before, rest) = chars.split_at_checked(at)?;
        let named = self.0.iter().filter(|name| {
            let after = rest.get(name.len());
            rest.starts_with(name)
                && is_apart(before.last(), name.first())
                && is_apart(name.last(), after)
        });
        named.map(Vec::len).max()
    }

    /// Takes this person out of the free texts of an operation; `false` when it does not name them.
    pub(crate) fn take_out_of(&self, op: &mut Op) -> bool {
        let mut found = false;
        if may_name(&About::of(&op.key)) {
            found |= self.take_out_of_value(&mut op.value);
        }
        found | self.take_out_of_map(&mut op.extra)
    }

    fn take_out_of_value(&self, value: &mut Value) -> bool {
        match value {
            Value::Text(text) => match self.taken_out(text) {
                Some(without) => {
                    *text = without;
                    true
                }
                None => false,
            },
            Value::List(items) => items
                .iter_mut()
                .fold(false, |found, item| self.take_out_of_value(item) | found),
            Value::Map(entries) => self.take_out_of_map(entries),
            Value::Null | Value::Bool(_) | Value::Int(_) | Value::Float(_) => false,
        }
    }

    /// What was written under the person's name is given up: two such entries could not both stay.
    fn take_out_of_map(&self, entries: &mut BTreeMap<String, Value>) -> bool {
        let before = entries.len();
        entries.retain(|name, _| !self.is_in(name));
        let found = entries.len() != before;
        entries
            .values_mut()
            .fold(found, |found, value| self.take_out_of_value(value) | found)
    }
}

/// One character for each of the text's, without case and width.
fn folded(text: &str) -> Vec<char> {
    let half_width = text.chars().map(text::half_width);
    half_width.map(|c| c.to_ascii_uppercase()).collect()
}

/// Whether a word may end between these: numbers and Latin words do not go on there, Han characters may.
fn is_apart(one: Option<&char>, next: Option<&char>) -> bool {
    let goes_on = |c: Option<&char>| c.is_some_and(|c| c.is_ascii_alphanumeric() || *c == '-');
    !(goes_on(one) && goes_on(next))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn person() -> Person {
        let mut person = Person::of(&StudentNo::try_from("RJ2101-07").unwrap());
        person.is_called("示例一(软件)");
        person.is_called("示例1");
        person
    }

    #[test]
    fn a_person_is_found_by_number_and_name_however_they_are_typed() {
        for (text, without) in [
            ("示例1床铺乱", "某同学床铺乱"),
            ("请示例1、RJ2101-07补交", "请某同学、某同学补交"),
            ("rj2101-07已改", "某同学已改"),
            ("ＲＪ２１０１－０７", "某同学"),
            ("示例一（软件）请假", "某同学请假"),
        ] {
            assert_eq!(person().taken_out(text).as_deref(), Some(without), "{text}");
        }
    }

    #[test]
    fn a_longer_number_or_word_is_somebody_else() {
        for text in [
            "",
            "示例12",
            "RJ2101-071",
            "XRJ2101-07",
            "RJ2101-07-1",
            "示例",
        ] {
            assert!(!person().is_in(text), "{text}");
        }
    }
}
