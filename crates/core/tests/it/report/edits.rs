//! The draft: what a person wrote stays when the figures change, and they are told.

use wuzha_core::overview::Figures;
use wuzha_core::report::{Author, Edits, Report};

use super::{classes, summary, text};

fn report(classes: &[Figures]) -> Report {
    summary(Author::Teacher, classes)
}

#[test]
fn an_edit_replaces_its_paragraph_and_nothing_else() {
    let generated = report(&classes());
    let mut edits = Edits::default();
    edits.set(&generated, "police", "邀请反诈中心专家讲座1次。");
    edits.set(&generated, "title", "反诈工作小结");
    let edited = edits.applied(generated.clone());
    assert_eq!(text(&edited, "police"), "邀请反诈中心专家讲座1次。");
    assert_eq!(edited.title, "反诈工作小结");
    let changed: Vec<&str> = generated
        .texts()
        .zip(edited.texts())
        .filter(|(before, after)| before != after)
        .map(|((id, _), _)| id)
        .collect();
    assert_eq!(changed, ["title", "police"]);
    let blanks = |report| Edits::default().blanks(report);
    assert_eq!(blanks(&edited), blanks(&generated) - 1);
    assert_eq!(edits.blanks(&generated), blanks(&edited));
}

#[test]
fn an_edit_stays_when_the_figures_change_and_is_marked_where_they_do() {
    let before = classes();
    let mut edits = Edits::default();
    edits.set(&report(&before), "results-papers", "承诺书和回执基本收齐。");
    edits.set(&report(&before), "support", "摸排重点群体，逐一谈心。");
    assert_eq!(edits.outdated(&report(&before)).count(), 0);

    let [mut good, behind, listed, silent] = before;
    good.pledge.met -= 1;
    good.pledge.unmet += 1;
    let after = report(&[good, behind, listed, silent]);
    let outdated: Vec<&str> = edits.outdated(&after).collect();
    assert_eq!(outdated, ["results-papers"]);
    let edited = edits.applied(after);
    assert_eq!(text(&edited, "results-papers"), "承诺书和回执基本收齐。");
    assert_eq!(text(&edited, "support"), "摸排重点群体，逐一谈心。");
}

#[test]
fn the_generated_text_written_back_is_no_edit() {
    let generated = report(&classes());
    let mut edits = Edits::default();
    edits.set(&generated, "police", "");
    assert_eq!(edits.get("police").map(|edit| edit.text.as_str()), Some(""));
    edits.set(&generated, "police", text(&generated, "police"));
    edits.set(&generated, "no such paragraph", "x");
    edits.set(&generated, "results-table", "x");
    assert!(edits.is_empty());
}

#[test]
fn report_and_draft_come_back_from_json() {
    let generated = report(&classes());
    let mut edits = Edits::default();
    edits.set(&generated, "date", "2022年2月28日");
    let json = serde_json::to_string(&(&generated, &edits)).expect("JSON");
    let read: (Report, Edits) = serde_json::from_str(&json).expect("the same");
    assert_eq!(read, (generated, edits));
}
