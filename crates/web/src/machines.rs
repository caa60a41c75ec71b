//! Where programs find the same as a page shows: feeds, a calendar, a table.

use db::{actors::ActorRow, listings::Filter};

use crate::{actors, views::page::OtherForm};

/// The forms, by their ending, how people call them, and what they are.
const FORMS: [(&str, &str, &str); 4] = [
    ("atom", "Atom feed", "application/atom+xml"),
    ("json", "JSON feed", "application/feed+json"),
    ("ics", "Calendar", "text/calendar"),
    ("csv", "Table (CSV)", "text/csv"),
];

/// The other forms of a list: of one collective or of all, and of what was looked for.
pub(crate) fn forms(collective: Option<&ActorRow>, filter: &Filter) -> Vec<OtherForm> {
    let list = match collective {
        Some(row) => format!("c/{}", actors::name(row)),
        None => "listings".to_owned(),
    };
    let query = Filter { collective: None, open: None, ..filter.clone() }.line();
    let mark = if query.is_empty() { "" } else { "?" };
    FORMS
        .into_iter()
        .map(|(ending, label, media_type)| OtherForm {
            href: format!("/feeds/{list}.{ending}{mark}{query}"),
            label,
            media_type,
        })
        .collect()
}
