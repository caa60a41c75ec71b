//! Listings with whoever is shown as their author, and what each format says of them alike.

use std::collections::HashMap;

use db::{Conn, actors::ActorRow, listings::ListingRow};
use domain::{
    ActorId, ListingId, PersonId,
    listings::{Category, Purpose, Signature, Urgency},
    tags::Tag,
    text::Licence,
};

use crate::{Result, listings::views::words_of_listing};

/// A listing, its collective, and the member who chose to sign.
pub(super) struct Entry {
    pub(super) row: ListingRow,
    pub(super) collective: ActorRow,
    pub(super) signer: Option<ActorRow>,
    /// What it is marked with.
    marks: Vec<Tag>,
}

/// The listings with their actors, which are loaded at once.
pub(super) fn load(conn: &mut Conn, rows: Vec<ListingRow>) -> Result<Vec<Entry>> {
    let mut ids: Vec<ActorId> = rows
        .iter()
        .flat_map(|row| [Some(row.collective_id.actor()), signer(row).map(PersonId::actor)])
        .flatten()
        .collect();
    ids.sort_unstable();
    ids.dedup();
    let mut actors: HashMap<ActorId, ActorRow> = HashMap::new();
    for some in ids.chunks(500) {
        actors.extend(db::actors::find_all(conn, some)?.into_iter().map(|row| (row.id, row)));
    }
    let mut marks: HashMap<ListingId, Vec<Tag>> = HashMap::new();
    let ids: Vec<ListingId> = rows.iter().map(|row| row.id).collect();
    for some in ids.chunks(500) {
        for (id, tag) in db::tags::of_each(conn, some)? {
            marks.entry(id).or_default().push(tag);
        }
    }
    let entries = rows.into_iter().filter_map(|row| {
        let collective = actors.get(&row.collective_id.actor())?.clone();
        let signer = signer(&row).and_then(|id| actors.get(&id.actor()));
        let signer = signer.filter(|it| it.suspended_at.is_none() && it.deleted_at.is_none());
        let marks = marks.remove(&row.id).unwrap_or_default();
        Some(Entry { signer: signer.cloned(), collective, row, marks })
    });
    Ok(entries.collect())
}

/// The member whose name may be known.
fn signer(row: &ListingRow) -> Option<PersonId> {
    row.author_id.filter(|_| row.signed_by == Signature::Member)
}

impl Entry {
    /// Its page.
    pub(super) fn page(&self) -> &str {
        self.row.url.as_deref().and_then(web_address).unwrap_or(&self.row.ap_id)
    }

    /// What stands above it in a list of many.
    pub(super) fn title(&self) -> String {
        let what = match self.row.purpose {
            Purpose::Need => "Need",
            Purpose::Offer => "Offer",
        };
        format!("{what}: {}", bare(&self.row.title))
    }

    /// Its text, plain.
    pub(super) fn text(&self) -> String {
        bare(&words_of_listing(&self.row).0)
    }

    /// Its text as harmless HTML; its title where it has none.
    pub(super) fn html(&self) -> String {
        let html = words_of_listing(&self.row).1;
        if html.is_empty() {
            return format!("<p>{}</p>", ops::html::escape(&bare(&self.row.title)));
        }
        bare(&html)
    }

    /// Who says it: the member who chose to sign, or the collective.
    pub(super) fn author(&self) -> &ActorRow {
        self.signer.as_ref().unwrap_or(&self.collective)
    }

    /// The words by which it can be sorted: ours, and those that it is marked with.
    pub(super) fn tags(&self) -> Vec<&str> {
        let row = &self.row;
        let always = [row.purpose.word(), row.kind.word(), row.terms.word()];
        let sometimes = [row.category.map(Category::word), row.urgency.map(Urgency::word)];
        let mut words: Vec<&str> =
            always.into_iter().chain(sometimes.into_iter().flatten()).collect();
        for mark in self.marks.iter().map(Tag::name) {
            if !words.contains(&mark) {
                words.push(mark);
            }
        }
        words
    }

    /// Under which licence its text may be used; `None` where nobody said so.
    pub(super) fn licence(&self) -> Option<&'static str> {
        (self.row.licence != Licence::Reserved).then(|| self.row.licence.word())
    }
}

/// The page of a person or a collective.
pub(super) fn page_of(actor: &ActorRow) -> String {
    actor.url.as_deref().and_then(web_address).unwrap_or(&actor.ap_id).to_owned()
}

/// An address of the web, and of nothing else.
fn web_address(address: &str) -> Option<&str> {
    (address.starts_with("https://") || address.starts_with("http://")).then_some(address)
}

/// A text without what neither XML nor a calendar can hold: control characters other than line ends and tabs.
pub(super) fn bare(text: &str) -> String {
    let keep = |c: &char| {
        matches!(c, '\n' | '\t') || !(c.is_control() || matches!(c, '\u{fffe}' | '\u{ffff}'))
    };
    text.replace("\r\n", "\n").chars().filter(keep).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_holds_nothing_that_xml_cannot() {
        assert_eq!(bare("a\r\nb\u{1}\u{b}\u{7f}\u{85}\u{fffe}\tc\u{1f33b}"), "a\nb\tc\u{1f33b}");
    }

    #[test]
    fn only_pages_of_the_web_are_linked() {
        for (address, ok) in [
            ("https://a.example/x", true),
            ("http://a.example/x", true),
            ("javascript:alert(1)", false),
            ("data:text/html,x", false),
            ("//a.example", false),
        ] {
            assert_eq!(web_address(address).is_some(), ok, "{address}");
        }
    }
}
