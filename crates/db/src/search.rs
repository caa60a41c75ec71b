//! Finding rows by a part of what they are called, without regard to case.

use diesel::sql_types::Text;

diesel::define_sql_function! {
    /// SQLite knows the cases of `a` to `z`, PostgreSQL those of the database's language too.
    fn lower(text: Text) -> Text;
}

/// What a person typed, as text that a column can hold: PostgreSQL knows no NUL, and nothing is called so.
pub(crate) fn sayable(text: &str) -> String {
    text.replace('\0', "\u{fffd}")
}

/// The pattern that finds these words anywhere; its escape character is the backslash.
pub(crate) fn anywhere(words: &str) -> String {
    let words = sayable(words);
    let escaped = words.replace('\\', "\\\\").replace('%', "\\%").replace('_', "\\_");
    format!("%{escaped}%")
}
