//! JSON Feed 1.1 (jsonfeed.org).

use db::actors::ActorRow;
use domain::Time;
use serde_json::{Value, json};

use super::{
    List,
    entries::{Entry, bare, page_of},
    set,
};

pub(super) const MEDIA_TYPE: &str = "application/feed+json; charset=utf-8";

/// The list as a feed.
pub(super) fn write(list: &List) -> String {
    let mut feed = json!({
        "version": "https://jsonfeed.org/version/1.1",
        "title": list.title,
        "home_page_url": list.page,
        "feed_url": list.address,
        "items": list.entries.iter().map(item).collect::<Vec<_>>(),
    });
    set(&mut feed, "authors", list.owner.as_ref().map(|owner| json!([author(owner)])));
    set(&mut feed, "next_url", list.next.clone().map(Value::from));
    feed.to_string()
}

fn item(entry: &Entry) -> Value {
    let row = &entry.row;
    let mut item = json!({
        "id": row.ap_id,
        "url": entry.page(),
        "title": entry.title(),
        "content_html": entry.html(),
        "date_modified": row.updated_at.wire(),
        "authors": [author(entry.author())],
        "tags": entry.tags(),
        "language": row.language.as_str(),
        "_tequio": ours(entry),
    });
    set(&mut item, "date_published", row.published_at.map(|time| time.wire().into()));
    item
}

/// What no feed has a word for; the same words as in the REST API.
fn ours(entry: &Entry) -> Value {
    let row = &entry.row;
    json!({
        "collective": entry.collective.ap_id,
        "title": bare(&row.title),
        "purpose": row.purpose.word(),
        "kind": row.kind.word(),
        "terms": row.terms.word(),
        "state": row.state.word(),
        "quantity": row.how_much().map(|quantity| json!({
            "total": quantity.total.to_string(),
            "remaining": quantity.remaining.to_string(),
            "unit": quantity.unit.word(),
        })),
        "place": row.place.as_deref().map(bare),
        "starts_at": row.starts_at.map(Time::wire),
        "ends_at": row.ends_at.map(Time::wire),
        "expires_at": row.expires_at.map(Time::wire),
        "licence": entry.licence(),
    })
}

fn author(actor: &ActorRow) -> Value {
    json!({ "name": bare(actor.display_name()), "url": page_of(actor) })
}
