//! Adding, changing and removing an activity.

use super::{Activity, ActivityField, ActivityInput, ActivityText, People};
use crate::book::{Field, keys};
use crate::ident::Slug;
use crate::log::{Change, Value};

/// Writes an activity down.
pub fn add_activity(id: &Slug, input: &ActivityInput) -> Vec<Change> {
    change_activity(&Activity::default(), id, input)
}

/// Writes what a person made different about an activity, which they saw as `known`. What somebody else changed
/// meanwhile in another field stays.
pub fn change_activity(known: &Activity, id: &Slug, input: &ActivityInput) -> Vec<Change> {
    let texts = [
        (ActivityField::Title, &known.title, &input.title),
        (ActivityField::Place, &known.place, &input.place),
        (ActivityField::Partner, &known.partner, &input.partner),
        (ActivityField::Analysis, &known.analysis, &input.analysis),
        (ActivityField::Measures, &known.measures, &input.measures),
    ];
    let kind = input
        .kind
        .filter(|kind| known.kind.get() != Some(kind))
        .map(|kind| (ActivityField::Kind, Value::text(kind.code())));
    let day = Some(input.day.day())
        .filter(|day| known.day.get() != Some(day))
        .map(|day| (ActivityField::Day, Value::Text(day.to_string())));
    let people = (known.people.copied() != input.people)
        .then(|| (ActivityField::People, people_value(input.people)));
    let texts = texts
        .into_iter()
        .filter_map(|(field, known, typed)| Some((field, changed(known, typed)?)));
    let written = kind.into_iter().chain(day).chain(people).chain(texts);
    written
        .map(|(field, value)| Change::new(keys::activity(id, field), value))
        .collect()
}

/// Takes an activity off the list. What was written stays in the log, and comes back when this is taken back.
pub fn remove_activity(id: &Slug) -> Vec<Change> {
    vec![Change::new(
        keys::activity(id, ActivityField::Removed),
        true,
    )]
}

fn people_value(people: Option<People>) -> Value {
    people.map_or(Value::Null, |people| Value::Int(people.get().into()))
}

/// A text that differs from what is shown; an empty one clears it.
fn changed(known: &Field<String>, typed: &ActivityText) -> Option<Value> {
    let shown = known.get().map_or("", String::as_str);
    match typed.as_str() {
        typed if typed == shown => None,
        "" => Some(Value::Null),
        typed => Some(Value::text(typed)),
    }
}
