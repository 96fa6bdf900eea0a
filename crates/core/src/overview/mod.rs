//! The overview (总览): many classes from afar, as figures.
//!
//! A [`Figures`] is made where a class's records are at hand and holds no student's name, no 学号 and no text
//! that a person wrote but what the class and its counsellor are called, so that what goes up from a class is counts.
//! Everything else here works on figures alone.
//!
//! # Layout
//! - `figures`: what one class shows; `trend`: when its students came to be registered
//! - `column`: what is compared between classes; `list`: classes narrowed and in an order
//! - `total`: what classes make together, and unit by unit
//! - `ledger`: the overview as a file

mod column;
mod figures;
mod ledger;
mod list;
mod total;
mod trend;

pub use column::Column;
pub use figures::{Average, Figures};
pub use ledger::ledgers;
pub(crate) use ledger::{counts, explanation, rules, size, summaries};
pub use list::{Filter, Order, listed};
pub use total::{Total, Unit, by_unit, total};
