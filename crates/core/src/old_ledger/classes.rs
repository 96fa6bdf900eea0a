//! Which class a row belongs to.

use std::collections::BTreeMap;

use super::{OldClass, OldStudent};
use crate::book::commands::free_text;
use crate::text;

/// A class as a row names it; what it does not say is empty.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Named {
    pub(super) department: String,
    pub(super) grade: String,
    pub(super) name: String,
}

/// 系部, 年级 and 班级 without the ways to write them.
type Key = [String; 3];

/// The cells of a column of groups, tidied. Where each group is written in its first row only, its rows
/// below get it: the first row has one, none is written twice, and at least half of the rows are without.
/// Anything else is as it stands: a cell that somebody forgot is not filled from the one above.
pub(super) fn carried_down<'a>(cells: impl Iterator<Item = &'a str>) -> Vec<String> {
    let mut cells: Vec<String> = cells.map(free_text).collect();
    if is_grouped(&cells) {
        let mut above = String::new();
        for cell in &mut cells {
            if cell.is_empty() {
                cell.clone_from(&above);
            } else {
                above.clone_from(cell);
            }
        }
    }
    cells
}

fn is_grouped(cells: &[String]) -> bool {
    let mut written: Vec<&String> = cells.iter().filter(|cell| !cell.is_empty()).collect();
    let count = written.len();
    written.sort_unstable();
    written.dedup();
    let begins = cells.first().is_some_and(|cell| !cell.is_empty());
    begins && written.len() == count && count.saturating_mul(2) <= cells.len()
}

/// The students class by class, in the order of the classes' first rows.
pub(super) fn split(rows: Vec<(Named, OldStudent)>) -> Vec<OldClass> {
    let keys: Vec<Key> = rows.iter().map(|(named, _)| named.key()).collect();
    let mut places: BTreeMap<&Key, usize> = BTreeMap::new();
    let mut homes: BTreeMap<&Key, &Key> = BTreeMap::new();
    for key in &keys {
        homes.entry(key).or_insert(key);
    }
    let distinct: Vec<&Key> = homes.keys().copied().collect();
    for (key, home) in &mut homes {
        *home = self::home(key, &distinct);
    }
    let mut classes: Vec<OldClass> = Vec::new();
    for (key, (named, student)) in keys.iter().zip(rows) {
        let home = homes.get(key).copied().unwrap_or(key);
        let place = *places.entry(home).or_insert_with(|| {
            classes.push(OldClass::default());
            classes.len().saturating_sub(1)
        });
        if let Some(class) = classes.get_mut(place) {
            class.take(named, student);
        }
    }
    classes
}

/// The class that says more than `key` and contradicts nothing of it, if there is only one such: a row
/// without 系部 belongs to the class of its name. Two of that name in two departments cannot be told apart.
fn home<'a>(key: &'a Key, all: &[&'a Key]) -> &'a Key {
    let fuller: Vec<&&Key> = all
        .iter()
        .filter(|other| says_more(other, key))
        .filter(|other| !all.iter().any(|third| says_more(third, other)))
        .collect();
    match fuller.as_slice() {
        [only] => only,
        _ => key,
    }
}

fn says_more(more: &Key, less: &Key) -> bool {
    let [.., more_name] = more;
    let [.., less_name] = less;
    let mut parts = more.iter().zip(less);
    more_name == less_name && more != less && parts.all(|(m, l)| m == l || l.is_empty())
}

impl Named {
    fn key(&self) -> Key {
        [&self.department, &self.grade, &self.name].map(|part| text::folded(part))
    }
}

impl OldClass {
    fn take(&mut self, named: Named, student: OldStudent) {
        let parts = [
            (&mut self.department, named.department),
            (&mut self.grade, named.grade),
            (&mut self.name, named.name),
        ];
        for (known, said) in parts {
            if known.is_empty() {
                *known = said;
            }
        }
        self.students.push(student);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_clear_groups_are_carried_down() {
        for (cells, expected) in [
            ("甲,,,", "甲,甲,甲,甲"),
            ("甲,,乙,", "甲,甲,乙,乙"),
            // The first group has no name.
            (",甲,,", ",甲,,"),
            // A forgotten cell.
            ("甲,甲,,甲", "甲,甲,,甲"),
            ("甲,乙,", "甲,乙,"),
            // Written again: no groups, or one that is torn apart.
            ("甲,,乙,,甲,", "甲,,乙,,甲,"),
            (",,", ",,"),
        ] {
            let carried = carried_down(cells.split(','));
            assert_eq!(carried.join(","), expected, "{cells:?}");
        }
    }

    #[test]
    fn a_row_that_says_less_belongs_to_the_only_class_that_says_more() {
        let key = |text: &str| -> Key {
            let mut parts = text.split(' ').map(str::to_owned);
            std::array::from_fn(|_| parts.next().unwrap())
        };
        let all: Vec<Key> = [
            "系1 21 甲",
            "系2 21 甲",
            "系1 21 乙",
            " 21 乙",
            "  甲",
            "  乙",
        ]
        .map(key)
        .into();
        let all: Vec<&Key> = all.iter().collect();
        for (less, expected) in [
            ("  乙", "系1 21 乙"),
            (" 21 乙", "系1 21 乙"),
            // Of two departments.
            ("  甲", "  甲"),
            ("系1 21 甲", "系1 21 甲"),
        ] {
            assert_eq!(home(&key(less), &all), &key(expected), "{less:?}");
        }
    }
}
