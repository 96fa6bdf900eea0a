//! What a person wrote in place of what was generated: the draft of a report.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{Report, blank};

/// A person's texts by the ids of what they replace ([`Report::texts`]). Kept apart from the report, so
/// that it can be made anew from newer figures and keeps them.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Edits(BTreeMap<String, Edit>);

/// A person's text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Edit {
    /// What they wrote; an empty text leaves the paragraph out.
    pub text: String,
    /// The generated text that they saw.
    pub instead_of: String,
}

impl Edits {
    /// Keeps `text` for what has `id` in `generated`, a report as it was made from figures. The generated
    /// text itself is no edit: writing it back undoes one.
    pub fn set(&mut self, generated: &Report, id: &str, text: &str) {
        let Some((_, instead_of)) = generated.texts().find(|(known, _)| *known == id) else {
            return;
        };
        if text == instead_of {
            self.0.remove(id);
            return;
        }
        let edit = Edit {
            text: text.to_owned(),
            instead_of: instead_of.to_owned(),
        };
        self.0.insert(id.to_owned(), edit);
    }

    /// What a person wrote for `id`.
    pub fn get(&self, id: &str) -> Option<&Edit> {
        self.0.get(id)
    }

    /// Whether nobody wrote anything.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// `generated` with the texts of these edits.
    pub fn applied(&self, mut generated: Report) -> Report {
        for (id, text) in generated.texts_mut() {
            if let Some(edit) = self.0.get(id) {
                text.clone_from(&edit.text);
            }
        }
        generated
    }

    /// How many blanks [`Edits::applied`] leaves. Asked for at each key, so nothing is copied.
    pub fn blanks(&self, generated: &Report) -> usize {
        let texts = generated.texts();
        let texts = texts.map(|(id, text)| self.get(id).map_or(text, |edit| &edit.text));
        texts.map(blank::count).sum()
    }

    /// The ids of the edits whose paragraph says something else in `generated` than their writer saw:
    /// the figures have changed, and the writer should look again.
    pub fn outdated<'a>(&'a self, generated: &'a Report) -> impl Iterator<Item = &'a str> {
        let texts = generated.texts();
        let outdated = texts.filter(|(id, text)| {
            let edit = self.0.get(*id);
            edit.is_some_and(|edit| edit.instead_of != *text)
        });
        outdated.map(|(id, _)| id)
    }
}
