//! The school's units and terms as lines of text, as people write them.

use super::{Department, Grade, Label, Term};
use crate::time::parse_day;

/// What stands between a department, a grade and a class. `／` is what some keyboards give.
const SEPARATORS: [char; 2] = ['/', '／'];

/// A line a department, grade or class: `软件系 / 2021级 / 软件2101班`.
pub fn units_text(departments: &[Department]) -> String {
    let mut lines = Vec::new();
    for department in departments {
        if department.grades.is_empty() {
            lines.push(department.name.to_string());
        }
        for grade in &department.grades {
            let above = format!("{} / {}", department.name, grade.name);
            match grade.classes.as_slice() {
                [] => lines.push(above),
                classes => lines.extend(classes.iter().map(|class| format!("{above} / {class}"))),
            }
        }
    }
    lines.join("\n")
}

/// The tree that such lines make. Blank lines are passed over.
///
/// # Errors
/// The number of the first line, from 1, that cannot be read.
pub fn departments(text: &str) -> Result<Vec<Department>, usize> {
    let mut departments: Vec<Department> = Vec::new();
    for (number, line) in (1..).zip(text.lines()) {
        if line.trim().is_empty() {
            continue;
        }
        let names = line
            .split(SEPARATORS)
            .map(|name| Label::try_from(name.to_owned()));
        let names: Result<Vec<Label>, _> = names.collect();
        let mut names = names.map_err(|_| number)?.into_iter();
        let (Some(name), grade, class, None) =
            (names.next(), names.next(), names.next(), names.next())
        else {
            return Err(number);
        };
        let at = place(
            &mut departments,
            |of| of.name == name,
            || Department {
                name: name.clone(),
                grades: Vec::new(),
            },
        );
        if let (Some(department), Some(grade)) = (departments.get_mut(at), grade) {
            add(department, &grade, class);
        }
    }
    Ok(departments)
}

fn add(department: &mut Department, grade: &Label, class: Option<Label>) {
    let at = place(
        &mut department.grades,
        |of| of.name == *grade,
        || Grade {
            name: grade.clone(),
            classes: Vec::new(),
        },
    );
    if let Some(grade) = department.grades.get_mut(at) {
        grade.classes.extend(class);
    }
}

/// A line a term: name, first day, last day.
pub fn terms_text(terms: &[Term]) -> String {
    let lines = terms
        .iter()
        .map(|term| format!("{} {} {}", term.name, term.start, term.end));
    lines.collect::<Vec<_>>().join("\n")
}

/// The terms of such lines; a name may have spaces.
///
/// # Errors
/// The number of the first line, from 1, that cannot be read.
pub fn terms(text: &str) -> Result<Vec<Term>, usize> {
    let lines = (1..).zip(text.lines());
    let lines = lines.filter(|(_, line)| !line.trim().is_empty());
    lines
        .map(|(number, line)| term(line).ok_or(number))
        .collect()
}

fn term(line: &str) -> Option<Term> {
    let mut words = line.split_whitespace().rev();
    let (end, start) = (parse_day(words.next()?)?, parse_day(words.next()?)?);
    let mut name: Vec<&str> = words.collect();
    name.reverse();
    Some(Term {
        name: Label::try_from(name.join(" ")).ok()?,
        start,
        end,
    })
}

/// Where the entry is that is it: a new one at the end where there is none.
fn place<T>(entries: &mut Vec<T>, is_it: impl Fn(&T) -> bool, new: impl FnOnce() -> T) -> usize {
    let found = entries.iter().position(is_it);
    found.unwrap_or_else(|| {
        entries.push(new());
        entries.len() - 1
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tree_is_written_as_it_was_read() {
        let text = "软件系（示例） / 2021级 / 软件2101班（示例）\n\
                    软件系（示例） / 2021级 / 软件2102班（示例）\n\
                    软件系（示例） / 2022级\n\
                    艺术系（示例）";
        let tree = departments(text).unwrap();
        assert_eq!(tree.len(), 2);
        assert_eq!(units_text(&tree), text);
        let loosely = "\n 艺术系（示例） \n\n软件系（示例）／2022级\n";
        let tree = departments(loosely).unwrap();
        assert_eq!(units_text(&tree), "艺术系（示例）\n软件系（示例） / 2022级");
    }

    #[test]
    fn a_line_that_is_no_unit_is_named() {
        assert_eq!(departments("软件系（示例）\n / 2021级"), Err(2));
        assert_eq!(departments("甲 / 乙 / 丙 / 丁"), Err(1));
    }

    #[test]
    fn terms_are_read_from_their_ends() {
        let text = "2021—2022 学年 第一学期 2021-09-01 2022-01-15";
        let read = terms(text).unwrap();
        assert_eq!(read[0].name.as_str(), "2021—2022 学年 第一学期");
        assert_eq!(terms_text(&read), text);
        assert_eq!(terms("\n第一学期 2021-09-01"), Err(2));
    }
}
