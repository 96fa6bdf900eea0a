//! The laws of the content pack, as far as a citation needs them.

use std::collections::BTreeMap;

use serde::Deserialize;

/// The laws' short titles by id, from the pack's `laws.json`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Laws(BTreeMap<String, String>);

#[derive(Deserialize)]
struct RawLaws {
    laws: Vec<RawLaw>,
}

#[derive(Deserialize)]
struct RawLaw {
    id: String,
    short: String,
}

impl Laws {
    /// Reads the text of a pack's `laws.json`.
    ///
    /// # Errors
    /// When it is not JSON, or not of the form.
    pub fn from_json(json: &str) -> Result<Self, serde_json::Error> {
        let raw: RawLaws = serde_json::from_str(json)?;
        let titles = raw.laws.into_iter().map(|law| (law.id, law.short));
        Ok(Self(titles.collect()))
    }

    /// The short title of a law, e.g. `反电信网络诈骗法`.
    pub fn title(&self, id: &str) -> Option<&str> {
        self.0.get(id).map(String::as_str)
    }
}

/// An article as a citation names it: `31` is `第31条`, `287-2` is `第287条之二`.
pub fn article(no: &str) -> String {
    const SUB: [&str; 9] = ["一", "二", "三", "四", "五", "六", "七", "八", "九"];
    let (main, sub) = no.split_once('-').unwrap_or((no, ""));
    let sub = sub
        .parse::<usize>()
        .ok()
        .and_then(|sub| SUB.get(sub.checked_sub(1)?));
    match sub {
        Some(sub) => format!("第{main}条之{sub}"),
        None => format!("第{no}条"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_law_is_cited_by_its_short_title() {
        let laws = Laws::from_json(
            r#"{"laws": [{"id": "xf", "title": "中华人民共和国刑法", "short": "刑法", "articles": []}]}"#,
        )
        .unwrap();
        assert_eq!(laws.title("xf"), Some("刑法"));
        assert_eq!(laws.title("none"), None);
    }

    #[test]
    fn articles_are_named_as_the_law_names_them() {
        for (no, named) in [
            ("31", "第31条"),
            ("287-2", "第287条之二"),
            ("1-12", "第1-12条"),
        ] {
            assert_eq!(article(no), named);
        }
    }
}
