//! The fixed sentences of pages and letters, in each language, and how it writes dates and numbers.
//!
//! Sentences are Fluent messages (<https://projectfluent.org>) in `locales/LANGUAGE/FILE.ftl`, built into the
//! program. English is whole, and says what a language that is not whole yet leaves out.
//!
//! The language of a piece of work is said once, around it ([`within`]); nobody hands it on.

mod bundles;
mod current;
mod dates;
mod language;
mod numbers;

pub use bundles::{Arg, files, knows, say, say_with};
pub use current::{current, within, within_sync};
pub use dates::{Day, day, moment, month};
pub use language::Language;
pub use numbers::number;
