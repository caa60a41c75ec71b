//! Where programs find the same as a page shows: feeds, a calendar, a table.

use db::{actors::ActorRow, listings::Filter};

use crate::{actors, views::page::OtherForm};

/// The forms, by their ending, the message that names them, and what they are.
const FORMS: [(&str, &str, &str); 4] = [
    ("atom", "forms-atom", "application/atom+xml"),
    ("json", "forms-json", "application/feed+json"),
    ("ics", "forms-calendar", "text/calendar"),
    ("csv", "forms-table", "text/csv"),
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
            label: words::say(label),
            media_type,
        })
        .collect()
}
