use leptos::prelude::*;
use wuzha_core::report::{Edits, Piece, Report, Reporter, pieces};

use super::Document;
use crate::browser::preference;

/// The draft: what was generated, and what a person wrote in its place.
#[derive(Clone, Copy)]
pub(super) struct Draft {
    generated: StoredValue<Report>,
    edits: RwSignal<Edits>,
    /// Where what a person wrote is kept for the next time.
    key: StoredValue<String>,
}

impl Draft {
    /// What was written in the last draft of the same document by the same reporter, over newer figures.
    pub(super) fn of(document: Document, reporter: &Reporter, generated: Report) -> Self {
        // What is true of one department must not appear in another's.
        let of = match reporter {
            Reporter::Teacher => "teacher".to_owned(),
            Reporter::Department(None) => "departments".to_owned(),
            Reporter::Department(Some(name)) => format!("department/{name}"),
            Reporter::SecurityOffice => "office".to_owned(),
        };
        let key = format!("{}/{of}", document.key());
        let edits: Edits = preference::get(&key).unwrap_or_default();
        Self {
            generated: StoredValue::new(generated),
            edits: RwSignal::new(edits),
            key: StoredValue::new(key),
        }
    }

    /// Looks at what was generated.
    pub(super) fn generated<T>(self, look: impl FnOnce(&Report) -> T) -> T {
        self.generated.with_value(look)
    }

    /// The document as it stands.
    pub(super) fn report(self) -> Report {
        let generated = self.generated.get_value();
        self.edits.with_untracked(|edits| edits.applied(generated))
    }

    /// What stands under `id` now.
    pub(super) fn text(self, id: &str) -> String {
        let edited = self
            .edits
            .with(|edits| edits.get(id).map(|edit| edit.text.clone()));
        edited.unwrap_or_else(|| self.generated_text(id))
    }

    /// Whether a person wrote what stands under `id`.
    pub(super) fn is_edited(self, id: &str) -> bool {
        self.edits.with(|edits| edits.get(id).is_some())
    }

    /// Whether it was written about other figures.
    pub(super) fn is_outdated(self, id: &str) -> bool {
        self.edits.with(|edits| {
            let is_this = |outdated: &str| outdated == id;
            self.generated(|generated| edits.outdated(generated).any(is_this))
        })
    }

    /// How many blanks are left in all.
    pub(super) fn blanks(self) -> usize {
        self.edits
            .with(|edits| self.generated(|generated| edits.blanks(generated)))
    }

    /// How many are left in these texts.
    pub(super) fn blanks_in(self, ids: &[String]) -> usize {
        let is_blank = |piece: &Piece<'_>| matches!(piece, Piece::Blank(_));
        let count = |id: &String| pieces(&self.text(id)).filter(is_blank).count();
        ids.iter().map(count).sum()
    }

    /// Writes a text, and keeps it.
    pub(super) fn write(self, id: &str, text: &str) {
        self.edits
            .update(|edits| self.generated(|generated| edits.set(generated, id, text)));
        // Where nothing can be kept it holds until the page is left; the export has it all the same.
        let _kept = self.edits.with_untracked(|edits| {
            let keep = |key: &String| preference::keep(key, edits);
            self.key.with_value(keep)
        });
    }

    /// Puts back what was generated.
    pub(super) fn undo(self, id: &str) {
        let generated = self.generated_text(id);
        self.write(id, &generated);
    }

    fn generated_text(self, id: &str) -> String {
        self.generated(|generated| {
            let mut texts = generated.texts();
            let found = texts.find(|(known, _)| *known == id);
            found.map_or_else(String::new, |(_, text)| text.to_owned())
        })
    }
}
