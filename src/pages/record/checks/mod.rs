//! 登记 · 寝室 and 班级: checklists by rounds, and the gates of the awards.
//!
//! # Layout
//! - [`dorms`], [`dorm`], [`class`]: the three screens
//! - [`form`], [`item`], [`remark`]: the checklist of a dorm or the class
//! - [`gates`]: how the award stands
//! - [`rounds`]: which round is looked at, and opening the next
//! - [`tone`]: the colours of the chips

mod class;
mod dorm;
mod dorms;
mod form;
mod gates;
mod item;
mod remark;
mod rounds;
mod tone;

pub(crate) use class::ClassChecks;
pub(crate) use dorm::Dorm;
pub(crate) use dorms::Dorms;
