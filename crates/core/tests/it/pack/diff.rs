//! What a person is told before publishing, and on receiving.

use wuzha_core::ident::Slug;
use wuzha_core::pack::{
    Change, DownloadCode, Field, Label, Level, Measure, Part, Scope, Test, What, WholePack, changes,
};
use wuzha_core::quiz::Bank;

use super::shipped;

fn slug(text: &str) -> Slug {
    Slug::try_from(text).unwrap()
}

fn label(text: &str) -> Option<Label> {
    Label::try_from(text.to_owned()).ok()
}

fn after(edit: impl FnOnce(&mut WholePack)) -> Vec<Change> {
    let mut edited = shipped();
    edit(&mut edited);
    changes(&shipped(), &edited)
}

fn change(part: Part, what: What) -> Change {
    Change { part, what }
}

fn text(field: Field, from: Option<&str>, to: Option<&str>) -> What {
    let (from, to) = (from.map(str::to_owned), to.map(str::to_owned));
    What::Text { field, from, to }
}

#[test]
fn packs_that_say_the_same_have_no_changes() {
    assert_eq!(after(|_| {}), []);
}

#[test]
fn a_gate_s_threshold_and_veto_are_named() {
    let gate = |id| Part::Gate {
        level: Level::Class,
        gate: slug(id),
    };
    let found = after(|pack| {
        let gates = &mut pack.criteria[1].gates;
        gates[2].test = Test::Share {
            measure: Measure::QuizTaken,
            min_percent: 90,
        };
        gates[3].veto = true;
        gates[13].veto = false;
        gates[4].test = Test::Teacher(slug("pledge-signed"));
    });
    let expected = [
        change(gate("quiz-taken"), What::Threshold { from: 80, to: 90 }),
        change(gate("quiz-passed"), What::VetoOn),
        change(
            gate("pledge-signed"),
            What::Test {
                from: Test::Share {
                    measure: Measure::PledgeSigned,
                    min_percent: 100,
                },
                to: Test::Teacher(slug("pledge-signed")),
            },
        ),
        change(gate("no-case"), What::VetoOff),
    ];
    assert_eq!(found, expected);
}

#[test]
fn an_item_that_is_renamed_is_neither_removed_nor_added() {
    let item = Part::Item {
        scope: Scope::Dorm,
        item: slug("card-posted"),
    };
    let found = after(|pack| pack.checklists[0].items[4].text.zh = "贴有提示卡".to_owned());
    let was = "防诈提示卡贴在寝室显眼处，字迹清楚";
    let renamed = text(Field::Text, Some(was), Some("贴有提示卡"));
    assert_eq!(found, [change(item.clone(), renamed)]);

    let found = after(|pack| pack.checklists[0].items[4].text.en = "A card".to_owned());
    let was = "The warning card hangs where all can see it and is legible";
    let renamed = text(Field::Text, Some(was), Some("A card"));
    assert_eq!(found, [change(item, renamed)]);
}

#[test]
fn what_is_added_removed_or_moved_is_told_once() {
    let item = |id| Part::Item {
        scope: Scope::Dorm,
        item: slug(id),
    };
    let found = after(|pack| {
        let items = &mut pack.checklists[0].items;
        let mut new = items[0].clone();
        new.id = slug("new");
        items.remove(1);
        items.insert(0, new);
        items.swap(2, 3);
    });
    let added = "全寝室成员本人实名注册国家反诈中心APP".to_owned();
    let removed = "全寝室成员都已开启预警".to_owned();
    let expected = [
        change(item("warning-on"), What::Removed { text: removed }),
        change(item("new"), What::Added { text: added }),
        change(Part::Checklist(Scope::Dorm), What::Reordered),
    ];
    assert_eq!(found, expected);
}

#[test]
fn of_a_question_the_answer_is_told_in_words() {
    let found = after(|pack| {
        let mut questions: Vec<_> = pack.bank.listed().cloned().collect();
        questions[0].answer = [2].into();
        questions.pop();
        let categories = pack.bank.categories().to_vec();
        pack.bank = Bank::new(2, categories, questions).unwrap();
    });
    let [removed, answer] = found.as_slice() else {
        panic!("{found:?}");
    };
    assert!(matches!(removed.what, What::Removed { .. }));
    let from = "是取得信任的诱饵，后面会要求垫钱";
    let to = "说明对方讲信用，可以接大额任务";
    let told = text(Field::Answer, Some(from), Some(to));
    assert_eq!(*answer, change(Part::Question(slug("brushing-01")), told));
}

#[test]
fn of_the_school_each_thing_is_told() {
    let link = "https://fanzha.example.cn/app";
    let found = after(|pack| {
        let school = &mut pack.school;
        school.region = label("示例省示例市");
        school.download_code = DownloadCode::new(link, label("国家反诈中心—示例")).ok();
        school.contacts.office = label("安保中心");
        let json = r#"{"name":"软件系（示例）","grades":[{"name":"2021级","classes":["软件2101班（示例）"]}]}"#;
        school.departments.push(serde_json::from_str(json).unwrap());
    });
    let of_school = |field, to| change(Part::School, text(field, None, Some(to)));
    let unit = |name: &str| {
        let text = String::new();
        change(Part::Unit(name.to_owned()), What::Added { text })
    };
    let expected = [
        of_school(Field::Region, "示例省示例市"),
        of_school(Field::DownloadCode, link),
        of_school(Field::CodeName, "国家反诈中心—示例"),
        of_school(Field::Office, "安保中心"),
        unit("软件系（示例）"),
        unit("软件系（示例） / 2021级"),
        unit("软件系（示例） / 2021级 / 软件2101班（示例）"),
    ];
    assert_eq!(found, expected);
}
