use serde::{Deserialize, Serialize};

use super::{Bilingual, Measure};
use crate::ident::Slug;

/// What a checklist or criteria are about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Scope {
    /// One dorm.
    Dorm,
    /// The class.
    Class,
}

/// A list of items to check.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Checklist {
    /// Its id.
    pub id: Slug,
    /// What it is about.
    pub scope: Scope,
    /// Its title.
    pub title: Bilingual,
    /// Whether it is only an example, to be confirmed by the school.
    pub example: bool,
    /// Its items in order.
    pub items: Vec<Item>,
}

/// One item of a checklist.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Item {
    /// Its id, stable across versions of the pack.
    pub id: Slug,
    /// What must hold.
    pub text: Bilingual,
    /// How to check it.
    pub hint: Option<Bilingual>,
    /// The measure that decides it from the book, where there is one.
    pub auto: Option<Measure>,
    /// Where it comes from: a section of the notice, an article of a law, or 示例.
    pub source: String,
}
