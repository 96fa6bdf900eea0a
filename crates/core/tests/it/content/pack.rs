//! All files: schemas, ids, both languages, and what refers to what.

use std::collections::BTreeSet;

use boon::{Compiler, SchemaIndex, Schemas, ValidationError};
use chrono::{Days, NaiveDate};
use serde::Deserialize;
use serde_json::Value;
use wuzha_core::ident::Slug;
use wuzha_core::pack::{PackFile, PackFiles, School, WholePack};
use wuzha_core::text::is_han;

use super::{Complaints, Content, list, text};

pub fn follows_schemas(content: &Content, schemas: &Content) -> Complaints {
    let files = content.files().into_iter().zip(schemas.files());
    files
        .flat_map(|((name, file), (_, schema))| follows_schema(name, file, schema))
        .collect()
}

fn follows_schema(name: &str, file: &Value, schema: &Value) -> Complaints {
    let (schemas, index) = match compile(schema) {
        Ok(compiled) => compiled,
        Err(error) => return vec![format!("{name}: the schema is not one: {error}")],
    };
    let mut complaints = Vec::new();
    if let Err(error) = schemas.validate(file, index) {
        collect_causes(name, file, &error, &mut complaints);
    }
    complaints
}

fn compile(schema: &Value) -> Result<(Schemas, SchemaIndex), String> {
    let mut schemas = Schemas::new();
    let mut compiler = Compiler::new();
    // Otherwise "format": "date" would be a remark only.
    compiler.enable_format_assertions();
    let url = text(schema, "$id");
    compiler
        .add_resource(url, schema.clone())
        .map_err(|error| format!("{error:#}"))?;
    let index = compiler.compile(url, &mut schemas);
    index
        .map(|index| (schemas, index))
        .map_err(|error| format!("{error:#}"))
}

/// The innermost causes, each with the id of what it is in.
fn collect_causes(name: &str, file: &Value, error: &ValidationError, out: &mut Complaints) {
    if error.causes.is_empty() {
        let pointer = error.instance_location.to_string();
        let id = innermost_id(file, &pointer);
        out.push(format!("{name}{pointer} ({id}): {}", error.kind));
    }
    for cause in &error.causes {
        collect_causes(name, file, cause, out);
    }
}

/// The id of the innermost object on the way to `pointer` that has one.
fn innermost_id<'a>(file: &'a Value, pointer: &str) -> &'a str {
    let ends = pointer.match_indices('/').map(|(at, _)| at);
    let ends: Vec<usize> = ends.chain([pointer.len()]).collect();
    let mut ids = ends.iter().rev().filter_map(|end| {
        let parent = file.pointer(pointer.get(..*end)?)?;
        parent.get("id")?.as_str()
    });
    ids.next().unwrap_or("no id")
}

/// Visits every value below `value`, with the innermost id it is in.
pub fn walk<'a>(value: &'a Value, id: &'a str, visit: &mut impl FnMut(&'a str, &'a Value)) {
    let id = value.get("id").and_then(Value::as_str).unwrap_or(id);
    visit(id, value);
    match value {
        Value::Array(entries) => entries.iter().for_each(|entry| walk(entry, id, visit)),
        Value::Object(entries) => entries.values().for_each(|entry| walk(entry, id, visit)),
        _ => {}
    }
}

/// Every id is one that the app takes, and names one thing in its list.
pub fn ids_are_unique_slugs(content: &Content) -> Complaints {
    let mut complaints = Vec::new();
    for (name, file) in content.files() {
        walk(file, name, &mut |id, value| {
            if let Some(Err(error)) = value.get("id").map(|_| Slug::try_from(id)) {
                complaints.push(format!("{name}: id {id:?}: {error}"));
            }
            let mut seen = BTreeSet::new();
            for entry in value.as_array().into_iter().flatten() {
                let id = text(entry, "id");
                if entry.get("id").is_some() && !seen.insert(id) {
                    complaints.push(format!("{name}: id {id:?} is there twice"));
                }
            }
        });
    }
    complaints
}

/// Where a text is in one language it is in the other, each in its own script.
pub fn texts_are_bilingual(content: &Content) -> Complaints {
    let mut complaints = Vec::new();
    for (name, file) in content.files() {
        walk(file, name, &mut |id, value| {
            if value.get("zh").is_none() && value.get("en").is_none() {
                return;
            }
            let (zh, en) = (text(value, "zh"), text(value, "en"));
            let is_complete = zh.chars().any(is_han) && en.chars().any(|c| c.is_ascii_alphabetic());
            if !is_complete || en.chars().any(is_han) {
                complaints.push(format!("{name}: {id}: zh {zh:?}, en {en:?}"));
            }
        });
    }
    complaints
}

/// A dorm and a class have one checklist and one set of criteria each.
pub fn scopes_are_complete(content: &Content) -> Complaints {
    let mut complaints = Vec::new();
    for (name, file) in [
        ("checklists", &content.checklists),
        ("criteria", &content.criteria),
    ] {
        for scope in ["dorm", "class"] {
            let count = list(file, name)
                .filter(|entry| text(entry, "scope") == scope)
                .count();
            if count != 1 {
                complaints.push(format!("{name}: {count} for scope {scope}"));
            }
        }
    }
    complaints
}

/// A gate on an item names one of the checklist of the same scope.
pub fn gates_name_items(content: &Content) -> Complaints {
    let mut complaints = Vec::new();
    for criteria in list(&content.criteria, "criteria") {
        let scope = text(criteria, "scope");
        let items: BTreeSet<&str> = list(&content.checklists, "checklists")
            .filter(|checklist| text(checklist, "scope") == scope)
            .flat_map(|checklist| list(checklist, "items"))
            .map(|item| text(item, "id"))
            .collect();
        for gate in list(criteria, "gates") {
            let item = gate.pointer("/test/item").and_then(Value::as_str);
            if let Some(item) = item.filter(|item| !items.contains(item)) {
                let gate = text(gate, "id");
                complaints.push(format!("gate {gate}: the {scope} checklist has no {item}"));
            }
        }
    }
    complaints
}

/// Phases come in order, do not overlap and lie within the campaign; the report is due after it.
pub fn phases_follow_each_other(content: &Content) -> Complaints {
    let campaign = &content.campaign;
    let date = |value, name| text(value, name).parse::<NaiveDate>();
    let due = campaign.get("report").map(|report| date(report, "due"));
    let (Ok(start), Ok(end), Some(Ok(due))) = (date(campaign, "start"), date(campaign, "end"), due)
    else {
        return vec!["campaign: start, end or due is no date".to_owned()];
    };
    let mut complaints = Vec::new();
    let mut free = 0;
    for phase in list(campaign, "phases") {
        let id = text(phase, "id");
        let day = |name| phase.get(name).and_then(Value::as_u64).unwrap_or(u64::MAX);
        let (first, last) = (day("first_day"), day("last_day"));
        if first < free || last < first {
            complaints.push(format!(
                "phase {id}: day {first} to {last}, free from {free}"
            ));
        }
        if start
            .checked_add_days(Days::new(last))
            .is_none_or(|day| day > end)
        {
            complaints.push(format!("phase {id}: day {last} is after {end}"));
        }
        free = last.saturating_add(1);
    }
    if due < end {
        complaints.push(format!("the report is due on {due}, before {end}"));
    }
    complaints
}

/// What ships would be accepted from a school.
pub fn can_be_published(content: &Content) -> Complaints {
    let files = content.files().into_iter().filter_map(|(name, file)| {
        let file_name = format!("{name}.json");
        Some((PackFile::from_name(&file_name)?, file.to_string()))
    });
    let files: PackFiles = files.collect();
    let read = WholePack::from_files(&files, &PackFiles::default());
    let faults = read.err().unwrap_or_default();
    faults.iter().map(ToString::to_string).collect()
}

/// No school's name, officer, number or mail box ships, and reporting a case costs nobody anything.
pub fn school_is_empty(content: &Content) -> Complaints {
    match School::deserialize(&content.school) {
        Ok(school) if school == School::default() => Vec::new(),
        Ok(school) => vec![format!("school: {school:?}")],
        Err(error) => vec![format!("school: {error}")],
    }
}
