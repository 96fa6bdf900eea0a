//! Before there is a class, or when it cannot be shown.

mod example;
mod import;
mod new_class;
mod teacher;
mod trouble;
mod welcome;

pub(crate) use example::ExampleBanner;
pub(crate) use import::Import;
pub(crate) use new_class::NewClass;
pub(crate) use teacher::Teacher;
pub(crate) use trouble::{Lost, Outdated, Refused};
pub(crate) use welcome::Welcome;
