//! Each check finds the faults it is for.
#![expect(
    clippy::indexing_slicing,
    reason = "spoils a pack that passed every check, at places it has"
)]

use serde_json::{Value, json};

use super::{CHECKS, Content, text};

/// A fault that somebody may write into the pack, and what the complaint must say.
type FaultCase = (&'static str, fn(&mut Content), &'static str);

/// The first question is `brushing-01`, a single-choice one.
const FAULTS: &[FaultCase] = &[
    (
        "files follow their schemas",
        |c| c.bank["questions"][0]["explanation"] = json!(""),
        "brushing-01",
    ),
    (
        "files follow their schemas",
        |c| c.bank["questions"][0]["difficulty"] = json!(4),
        "brushing-01",
    ),
    (
        "files follow their schemas",
        |c| c.campaign["start"] = json!("2021-02-30"),
        "/start",
    ),
    (
        "files follow their schemas",
        |c| c.criteria["criteria"][0]["gates"][1]["weight"] = json!(5),
        "warning-on",
    ),
    (
        "the bank can be used",
        |c| c.bank["questions"][0]["answer"] = json!([9]),
        "brushing-01",
    ),
    (
        "the bank can be used",
        |c| c.bank["questions"][1]["id"] = json!("brushing-01"),
        "brushing-01",
    ),
    (
        "questions differ",
        |c| {
            let stem = text(&c.bank["questions"][0], "stem").replace('，', " ");
            c.bank["questions"][1]["stem"] = json!(stem);
        },
        "brushing-01 and brushing-02",
    ),
    (
        "questions differ",
        |c| {
            let stem = text(&c.bank["questions"][0], "stem").replace("九元", "六元");
            c.bank["questions"][1]["stem"] = json!(stem);
        },
        "brushing-01 and brushing-02",
    ),
    (
        "options differ",
        |c| c.bank["questions"][0]["options"] = json!(["甲", "甲。", "乙", "丙"]),
        "brushing-01",
    ),
    (
        "answers are balanced",
        |c| answer_all(c, "single", 50, 2),
        "option 3 is right in",
    ),
    (
        "answers are balanced",
        |c| answer_all(c, "judge", 200, 0),
        "true-or-false",
    ),
    (
        "options can be shuffled",
        |c| c.bank["questions"][0]["options"][3] = json!("以上都对"),
        "brushing-01",
    ),
    (
        "options can be shuffled",
        |c| c.bank["questions"][0]["explanation"] = json!("选B，因为先给小利"),
        "brushing-01",
    ),
    (
        "questions are there for all topics",
        |c| keep_questions(c, |question| text(question, "category") != "flight"),
        "flight",
    ),
    (
        "questions are there for all topics",
        |c| keep_questions(c, |question| text(question, "kind") != "judge"),
        "no Judge question in gaming",
    ),
    (
        "questions are there for all topics",
        |c| keep_questions(c, |question| !text(question, "id").ends_with(['3', '4'])),
        "questions, 150 are needed",
    ),
    (
        "questions are there for all topics",
        |c| {
            c.bank["categories"][10]["id"] = json!("helpers");
            keep_questions(c, |question| text(question, "category") != "accomplice");
        },
        "no category accomplice",
    ),
    (
        "ids are slugs and unique",
        |c| c.campaign["phases"][0]["tasks"][1]["id"] = json!("Roster"),
        "Roster",
    ),
    (
        "ids are slugs and unique",
        |c| c.checklists["checklists"][0]["items"][1]["id"] = json!("registered"),
        "registered",
    ),
    (
        "texts are in both languages",
        |c| c.criteria["criteria"][1]["gates"][0]["text"]["en"] = json!(" "),
        "registered",
    ),
    (
        "texts are in both languages",
        |c| c.campaign["phases"][1]["tasks"][2]["text"]["en"] = json!("组织全班签承诺书"),
        "pledges",
    ),
    (
        "every scope has its list and criteria",
        |c| c.checklists["checklists"][0]["scope"] = json!("class"),
        "dorm",
    ),
    (
        "gates name items that exist",
        // An item of the class's checklist, not of the dorm's.
        |c| c.criteria["criteria"][0]["gates"][5]["test"]["item"] = json!("class-meeting"),
        "card-posted",
    ),
    (
        "phases follow each other",
        |c| c.campaign["phases"][1]["first_day"] = json!(4),
        "campaign-week",
    ),
    (
        "phases follow each other",
        |c| c.campaign["phases"][2]["last_day"] = json!(68),
        "supervise",
    ),
    (
        "files follow their schemas",
        |c| c.school["region"] = json!(""),
        "/region",
    ),
    (
        "the pack can be published",
        |c| c.criteria["criteria"][1]["gates"][2]["test"]["share"]["min_percent"] = json!(101),
        "criteria.json: fraud-free-class/quiz-taken: 101 %",
    ),
    (
        "the pack can be published",
        |c| c.campaign["phases"][1]["first_day"] = json!(6),
        "campaign.json: campaign-week: begins on day 6",
    ),
    (
        "the school is still to be filled in",
        |c| c.school["contacts"]["officer"] = json!("示例"),
        "示例",
    ),
    (
        "sources exist",
        |c| c.bank["questions"][0]["source"] = json!({ "law": "fdxzf", "article": "99" }),
        "brushing-01",
    ),
    (
        "sources exist",
        |c| c.bank["questions"][0]["source"] = json!({ "law": "msf", "article": "5" }),
        "brushing-01",
    ),
    (
        "articles named in texts exist",
        |c| {
            c.bank["questions"][0]["source"] = json!({ "law": "fdxzf", "article": "31" });
            c.bank["questions"][0]["stem"] = json!("依照第九十九条，他会怎样？");
        },
        "brushing-01",
    ),
    (
        "articles named in texts exist",
        |c| c.checklists["checklists"][0]["items"][3]["source"] = json!("刑法 第二百八十八条之二"),
        "pledge-signed",
    ),
];

/// Makes `option` the answer of the first `count` questions of a kind.
fn answer_all(content: &mut Content, kind: &str, count: usize, option: u8) {
    let questions = content.bank["questions"].as_array_mut();
    let of_kind = questions
        .into_iter()
        .flatten()
        .filter(|q| text(q, "kind") == kind);
    for question in of_kind.take(count) {
        question["answer"] = json!([option]);
    }
}

fn keep_questions(content: &mut Content, keep: fn(&Value) -> bool) {
    if let Some(questions) = content.bank["questions"].as_array_mut() {
        questions.retain(keep);
    }
}

#[test]
fn each_check_finds_the_faults_it_is_for() {
    let sound = Content::default_pack().unwrap();
    for (name, spoil, part) in FAULTS {
        let (_, check) = CHECKS.iter().find(|(check, _)| check == name).unwrap();
        let mut content = sound.clone();
        spoil(&mut content);
        let found = check(&content).join("\n");
        assert!(found.contains(part), "{name}: {part:?} is not in {found:?}");
    }
    let untried = CHECKS
        .iter()
        .find(|(name, _)| !FAULTS.iter().any(|(tried, ..)| tried == name));
    assert_eq!(untried.map(|(name, _)| name), None);
}
