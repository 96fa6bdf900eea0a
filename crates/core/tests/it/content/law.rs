//! The articles that anything cites.

use serde_json::Value;

use super::{Complaints, Content, list, pack, text};

/// Every question that rests on a law rests on an article of `laws.json`.
pub fn sources_exist(content: &Content) -> Complaints {
    let mut complaints = Vec::new();
    for question in list(&content.bank, "questions") {
        let source = question.get("source").unwrap_or(&Value::Null);
        let (law, article) = (text(source, "law"), text(source, "article"));
        if source.get("guide").is_none() && !has_article(content, law, article) {
            let id = text(question, "id");
            complaints.push(format!("{id}: laws.json has no {law} {article}"));
        }
    }
    complaints
}

/// Every article that a text names, right after a law's name or in a question that rests on that law,
/// is one of `laws.json`.
pub fn named_articles_exist(content: &Content) -> Complaints {
    let mut complaints = Vec::new();
    let mut demand = |id: &str, law: &str, text: &str, only_after: Option<&str>| {
        for article in articles_in(text, only_after) {
            if !has_article(content, law, &article) {
                complaints.push(format!("{id}: laws.json has no {law} {article}: {text}"));
            }
        }
    };
    for question in list(&content.bank, "questions") {
        let law = question.pointer("/source/law").and_then(Value::as_str);
        if let Some(law) = law {
            let id = text(question, "id");
            demand(id, law, text(question, "stem"), None);
            demand(id, law, text(question, "explanation"), None);
        }
    }
    for (name, file) in content.files() {
        pack::walk(file, name, &mut |id, value| {
            for law in list(&content.laws, "laws") {
                let text_of = value.as_str().unwrap_or_default();
                demand(id, text(law, "id"), text_of, Some(text(law, "short")));
            }
        });
    }
    complaints
}

fn has_article(content: &Content, law: &str, article: &str) -> bool {
    list(&content.laws, "laws")
        .filter(|entry| text(entry, "id") == law)
        .flat_map(|entry| list(entry, "articles"))
        .any(|entry| text(entry, "no") == article)
}

/// The numbers of the articles that `text` names, as in `laws.json`: 第二百八十七条之二 is `287-2`.
fn articles_in(text: &str, only_after: Option<&str>) -> Vec<String> {
    let mut articles = Vec::new();
    for (at, _) in text.match_indices('第') {
        let (before, after) = text.split_at(at);
        let before = before.trim_end_matches(['》', ' ']);
        let Some((number, rest)) = after.trim_start_matches('第').split_once('条') else {
            continue;
        };
        let (Some(number), true) = (
            chinese_number(number),
            only_after.is_none_or(|law| before.ends_with(law)),
        ) else {
            continue;
        };
        let branch = rest.strip_prefix('之').and_then(|rest| rest.chars().next());
        let branch = branch.and_then(|digit| chinese_number(&digit.to_string()));
        articles.push(match branch {
            Some(branch) => format!("{number}-{branch}"),
            None => number.to_string(),
        });
    }
    articles
}

/// A number up to 999 in Chinese numerals; `None` for any other text.
fn chinese_number(text: &str) -> Option<u32> {
    let (mut sum, mut digit) = (0, None);
    for c in text.chars() {
        match c {
            '百' => sum += digit.take()? * 100,
            // 十 alone, at the beginning, is 10.
            '十' => sum += digit.take().unwrap_or(1) * 10,
            '零' => {}
            _ => digit = Some("一二三四五六七八九".chars().position(|d| d == c)? + 1),
        }
    }
    u32::try_from(sum + digit.unwrap_or(0))
        .ok()
        .filter(|n| *n > 0)
}

#[test]
fn articles_are_found_as_laws_are_cited() {
    for (text, after, expected) in [
        (
            "反电信网络诈骗法 第三十一条 / 示例",
            Some("反电信网络诈骗法"),
            "31",
        ),
        ("《刑法》第二百八十七条之二", Some("刑法"), "287-2"),
        ("依照第十条和第一百零五条", None, "10 105"),
        ("依照第十条", Some("刑法"), ""),
        ("第一百条", None, "100"),
        ("排在第几条", None, ""),
    ] {
        assert_eq!(articles_in(text, after).join(" "), expected, "{text}");
    }
}
