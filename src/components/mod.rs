//! Shared widgets; none of them knows the domain.

mod chart;
mod fold;
mod icon;
mod passphrase;
mod qr_code;
mod ring;
mod sheet;

pub(crate) use chart::{Bar, LineChart, Point};
pub(crate) use fold::Fold;
pub(crate) use icon::Icon;
pub(crate) use passphrase::{PassphraseField, is_short};
pub(crate) use qr_code::{Modules, QrCode};
pub(crate) use ring::{Fill, Ring};
pub(crate) use sheet::{Ask, Sheet};
