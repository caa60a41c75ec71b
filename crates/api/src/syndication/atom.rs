//! Atom 1.0 (RFC 4287), in pages (RFC 5005).

use atom_syndication::{
    Category, Content, Entry as AtomEntry, Feed, Generator, Link, Person, Text,
};
use db::actors::ActorRow;

use super::{
    List,
    entries::{Entry, bare, page_of},
};
use crate::{Result, problem::ApiError};

pub(super) const MEDIA_TYPE: &str = "application/atom+xml; charset=utf-8";

/// The list as a feed.
pub(super) fn write(list: &List) -> Result<String> {
    let mut links = vec![
        link("self", MEDIA_TYPE, list.address.clone()),
        link("alternate", "text/html", list.page.clone()),
    ];
    links.extend(list.next.clone().map(|next| link("next", MEDIA_TYPE, next)));
    if list.id != list.address {
        links.push(link("first", MEDIA_TYPE, list.id.clone()));
    }
    let feed = Feed {
        id: list.id.clone(),
        title: Text::plain(list.title.clone()),
        updated: list.changed().utc().into(),
        authors: list.owner.iter().map(person).collect(),
        links,
        generator: Some(Generator {
            value: "Tequio".to_owned(),
            uri: None,
            version: Some(env!("CARGO_PKG_VERSION").to_owned()),
        }),
        entries: list.entries.iter().map(entry).collect(),
        ..Feed::default()
    };
    let broken = |err: &(dyn std::error::Error + 'static)| {
        tracing::error!(error = err, "a feed could not be written");
        ApiError::Miswired
    };
    let bytes = feed.write_to(Vec::new()).map_err(|err| broken(&err))?;
    String::from_utf8(bytes).map_err(|err| broken(&err))
}

fn entry(entry: &Entry) -> AtomEntry {
    let row = &entry.row;
    AtomEntry {
        id: row.ap_id.clone(),
        title: Text { lang: Some(language(entry)), ..Text::plain(entry.title()) },
        updated: row.updated_at.utc().into(),
        published: row.published_at.map(|time| time.utc().into()),
        authors: vec![person(entry.author())],
        categories: entry.tags().into_iter().map(category).collect(),
        links: vec![
            link("alternate", "text/html", entry.page().to_owned()),
            link("alternate", "application/activity+json", row.ap_id.clone()),
        ],
        rights: entry.licence().map(Text::plain),
        content: Some(Content {
            value: Some(entry.html()),
            content_type: Some("html".to_owned()),
            lang: Some(language(entry)),
            ..Content::default()
        }),
        ..AtomEntry::default()
    }
}

fn person(actor: &ActorRow) -> Person {
    Person { name: bare(actor.display_name()), uri: Some(page_of(actor)), ..Person::default() }
}

fn category(word: &str) -> Category {
    Category { term: word.to_owned(), ..Category::default() }
}

fn language(entry: &Entry) -> String {
    entry.row.language.as_str().to_owned()
}

fn link(rel: &str, media_type: &str, href: String) -> Link {
    let media_type = media_type.split(';').next().unwrap_or(media_type);
    Link { href, rel: rel.to_owned(), mime_type: Some(media_type.to_owned()), ..Link::default() }
}
