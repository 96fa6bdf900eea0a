//! Shared widgets; none of them knows the domain.

mod icon;
mod ring;
mod sheet;

pub(crate) use icon::Icon;
pub(crate) use ring::{Fill, Ring};
pub(crate) use sheet::{Ask, Sheet};
