//! The content that ships is what its schemas say and what a class can rely on; and each check finds
//! the fault it is for.
//!
//! A check returns its complaints, each naming the question, item or file it is about.
//! - `bank`: the questions
//! - `pack`: all files: schemas, ids, both languages, what refers to what
//! - `law`: the articles that anything cites
//! - `faults`: faults, and what the checks say of them

mod bank;
mod faults;
mod law;
mod pack;

use serde_json::Value;

/// What a check has found; nothing when all is well.
type Complaints = Vec<String>;

/// The files of the pack, and their schemas in the same order.
#[derive(Clone)]
struct Content {
    bank: Value,
    campaign: Value,
    checklists: Value,
    criteria: Value,
    laws: Value,
    school: Value,
}

macro_rules! content {
    ($folder:literal, $suffix:literal) => {
        Content::parse([
            include_str!(concat!(
                "../../../../../content/",
                $folder,
                "/bank",
                $suffix
            )),
            include_str!(concat!(
                "../../../../../content/",
                $folder,
                "/campaign",
                $suffix
            )),
            include_str!(concat!(
                "../../../../../content/",
                $folder,
                "/checklists",
                $suffix
            )),
            include_str!(concat!(
                "../../../../../content/",
                $folder,
                "/criteria",
                $suffix
            )),
            include_str!(concat!(
                "../../../../../content/",
                $folder,
                "/laws",
                $suffix
            )),
            include_str!(concat!(
                "../../../../../content/",
                $folder,
                "/school",
                $suffix
            )),
        ])
    };
}

impl Content {
    fn parse(texts: [&str; 6]) -> serde_json::Result<Self> {
        let [bank, campaign, checklists, criteria, laws, school] = texts.map(serde_json::from_str);
        Ok(Self {
            bank: bank?,
            campaign: campaign?,
            checklists: checklists?,
            criteria: criteria?,
            laws: laws?,
            school: school?,
        })
    }

    fn default_pack() -> serde_json::Result<Self> {
        content!("default", ".json")
    }

    fn schemas() -> serde_json::Result<Self> {
        content!("schema", ".schema.json")
    }

    /// Each file with its name.
    fn files(&self) -> [(&'static str, &Value); 6] {
        [
            ("bank", &self.bank),
            ("campaign", &self.campaign),
            ("checklists", &self.checklists),
            ("criteria", &self.criteria),
            ("laws", &self.laws),
            ("school", &self.school),
        ]
    }
}

/// The entries of the list `name` in `value`; none when it is no list.
fn list<'a>(value: &'a Value, name: &str) -> impl Iterator<Item = &'a Value> + use<'a> {
    value
        .get(name)
        .and_then(Value::as_array)
        .into_iter()
        .flatten()
}

/// The text `name` in `value`; empty when it is none.
fn text<'a>(value: &'a Value, name: &str) -> &'a str {
    value.get(name).and_then(Value::as_str).unwrap_or_default()
}

type Check = fn(&Content) -> Complaints;

const CHECKS: [(&str, Check); 16] = [
    ("files follow their schemas", follows_schemas),
    ("the bank can be used", bank::is_usable),
    ("questions differ", bank::questions_differ),
    ("options differ", bank::options_differ),
    ("answers are balanced", bank::answers_are_balanced),
    ("options can be shuffled", bank::options_can_be_shuffled),
    (
        "questions are there for all topics",
        bank::topics_are_covered,
    ),
    ("ids are slugs and unique", pack::ids_are_unique_slugs),
    ("texts are in both languages", pack::texts_are_bilingual),
    (
        "every scope has its list and criteria",
        pack::scopes_are_complete,
    ),
    ("gates name items that exist", pack::gates_name_items),
    ("phases follow each other", pack::phases_follow_each_other),
    ("the pack can be published", pack::can_be_published),
    ("the school is still to be filled in", pack::school_is_empty),
    ("sources exist", law::sources_exist),
    ("articles named in texts exist", law::named_articles_exist),
];

fn follows_schemas(content: &Content) -> Complaints {
    match Content::schemas() {
        Ok(schemas) => pack::follows_schemas(content, &schemas),
        Err(error) => vec![format!("a schema is not JSON: {error}")],
    }
}

#[test]
fn the_default_pack_passes_every_check() {
    let content = Content::default_pack().unwrap();
    let complaints: Vec<String> = CHECKS
        .iter()
        .flat_map(|(name, check)| {
            let found = check(&content).into_iter();
            found.map(move |complaint| format!("{name}: {complaint}"))
        })
        .collect();
    assert!(complaints.is_empty(), "{}", complaints.join("\n"));
}
