//! Profiles for Murmurations: what lives here, where indexes and maps of others find it.

use actix_web::{HttpRequest, HttpResponse, web};
use db::{actors::ActorRow, listings::Filter};
use domain::{
    ListingId,
    listings::{Category, Kind, Purpose, Terms},
    place::Point,
};
use serde_json::{Value, json};
use uuid::Uuid;

use super::{
    Here,
    answer::fresh,
    entries::{self, Entry, bare, page_of},
    set,
};
use crate::{
    Api, Result,
    collectives::CollectiveCard,
    paging::{PageQuery, query},
    problem::ApiError,
    sight,
};

pub(super) const MEDIA_TYPE: &str = "application/json; charset=utf-8";

const ORGANIZATIONS: &str = "organizations_schema-v1.0.0";
const OFFERS_WANTS: &str = "offers_wants_schema-v0.1.0";
/// The tags of a collective are those of so many of its newest open listings.
const RECENT: i64 = 50;

pub(super) fn routes(cfg: &mut web::ServiceConfig) {
    cfg.service(web::resource("/profiles").get(profiles));
    cfg.service(web::resource("/c/{collective}").get(organization));
    cfg.service(web::resource("/listings/{listing}").get(offer_or_want));
}

/// A collective of this server.
async fn organization(
    api: web::Data<Api>,
    path: web::Path<String>,
    req: HttpRequest,
) -> Result<HttpResponse> {
    let host = api.door.site().host().to_owned();
    let (actor, tags) = api
        .read(move |conn| {
            let actor = sight::collective(conn, &host, &path)?;
            only_ours(&actor, "collective")?;
            let filter = Filter {
                collective: Some(actor.id.collective()),
                open: Some(true),
                ..Filter::default()
            };
            let rows = db::listings::page(conn, &filter, None, RECENT)?;
            let mut tags: Vec<&str> =
                rows.iter().filter_map(|row| row.category.map(Category::word)).collect();
            tags.sort_unstable();
            tags.dedup();
            Ok((actor, tags))
        })
        .await?;
    let site = api.door.site();
    let mut profile = json!({
        "linked_schemas": [ORGANIZATIONS],
        "name": bare(actor.display_name()),
        "nickname": actor.handle,
        "primary_url": page_of(&actor),
        "unique_id": actor.ap_id,
        "status": "active",
        "rss": site.at(&format!("feeds/c/{}.atom", actor.handle)),
        "urls": [{ "name": "What we need and offer", "url": page_of(&actor) }],
    });
    let summary = bare(&CollectiveCard::new(&actor).summary);
    set(&mut profile, "description", (!summary.is_empty()).then(|| summary.into()));
    set(&mut profile, "tags", (!tags.is_empty()).then(|| json!(tags)));
    set(&mut profile, "image", actor.icon.clone().map(Value::from));
    Ok(fresh(&req, MEDIA_TYPE, profile.to_string(), Some(actor.updated_at)))
}

/// An open listing of this server; once it is closed it has no profile, which is how indexes forget it.
async fn offer_or_want(
    api: web::Data<Api>,
    path: web::Path<String>,
    req: HttpRequest,
) -> Result<HttpResponse> {
    let id: ListingId = sight::id(&path, "listing")?;
    let found = api.read(move |conn| {
        let row = sight::listing(conn, id, None)?;
        let nothing = || ApiError::not_found("profile");
        if !row.state.is_open() {
            return Err(nothing());
        }
        let entry = entries::load(conn, vec![row])?.pop().ok_or_else(nothing)?;
        only_ours(&entry.collective, "profile")?;
        Ok(entry)
    });
    let entry = found.await?;
    let profile = profile(&entry).to_string();
    Ok(fresh(&req, MEDIA_TYPE, profile, Some(entry.row.updated_at)))
}

fn profile(entry: &Entry) -> Value {
    let row = &entry.row;
    let title = bare(&row.title);
    let text = entry.text();
    let mut tags = entry.tags();
    tags.retain(|tag| *tag != row.purpose.word());
    let mut profile = json!({
        "linked_schemas": [OFFERS_WANTS],
        "exchange_type": match row.purpose { Purpose::Need => "want", Purpose::Offer => "offer" },
        "transaction_type": transactions(row.terms),
        "tags": tags,
        "title": title,
        "description": if text.is_empty() { title.clone() } else { text },
        "geographic_scope": scope(row.radius, row.point()),
        "contact_details": { "contact_form": entry.page() },
        "details_url": entry.page(),
    });
    set(&mut profile, "item_type", item_type(row.kind).map(Value::from));
    let point = row.point();
    let point = point.map(|point| json!({ "lat": point.latitude, "lon": point.longitude }));
    set(&mut profile, "geolocation", point);
    set(&mut profile, "expires_at", row.expires_at.map(|time| time.seconds().into()));
    profile
}

/// Nothing is sold or rented here; what the schema has no word for (barter, time bank) is among the tags.
fn transactions(terms: Terms) -> Vec<&'static str> {
    match terms {
        Terms::Loan | Terms::Use => vec!["borrow-lend"],
        Terms::Gift | Terms::Barter | Terms::TimeBank => vec!["receive-donate"],
        Terms::LetsTalk => vec!["receive-donate", "borrow-lend"],
    }
}

fn item_type(kind: Kind) -> Option<&'static str> {
    match kind {
        Kind::Goods => Some("good"),
        Kind::Time | Kind::Knowledge | Kind::Space => Some("service"),
        Kind::Financial => None,
    }
}

/// How far around help is useful; the schema wants a word even where nobody said so.
fn scope(radius: i32, point: Option<Point>) -> &'static str {
    match radius {
        _ if point.is_none() => "local",
        ..25_000 => "local",
        25_000..150_000 => "regional",
        _ => "national",
    }
}

/// Others speak for themselves.
fn only_ours(actor: &ActorRow, what: &'static str) -> Result<()> {
    if actor.local { Ok(()) } else { Err(ApiError::not_found(what)) }
}

/// The addresses of all profiles, the newest first: ids of collectives and listings sort by time alike.
async fn profiles(api: web::Data<Api>, req: HttpRequest) -> Result<HttpResponse> {
    let span = query::<PageQuery>(&req)?.span("murmurations/profiles")?;
    let site = api.door.site().clone();
    let found = api.read(move |conn| {
        let collectives = db::sitemap::newest_collectives(conn, span.cursor(), span.rows())?;
        let listings = db::sitemap::newest_open_listings(conn, span.cursor(), span.rows())?;
        let collectives = collectives.into_iter().map(|(id, handle, changed)| {
            let address = site.at(&format!("murmurations/c/{handle}"));
            (id.uuid(), address, ORGANIZATIONS, changed)
        });
        let listings = listings.into_iter().map(|(id, changed)| {
            (id.uuid(), site.at(&format!("murmurations/listings/{id}")), OFFERS_WANTS, changed)
        });
        let mut all: Vec<_> = collectives.chain(listings).collect();
        all.sort_unstable_by_key(|profile| std::cmp::Reverse::<Uuid>(profile.0));
        let next = span.cut(&mut all, |profile| profile.0);
        Ok((all, next))
    });
    let (all, next) = found.await?;
    let changed = all.iter().map(|profile| profile.3).max();
    let items: Vec<Value> = all
        .into_iter()
        .map(|(_, address, schema, changed)| {
            json!({
                "profile_url": address,
                "linked_schemas": [schema],
                "last_updated": changed.seconds(),
            })
        })
        .collect();
    let next = next.map(|next| Here::of(&api, &req).address(Some(&next)));
    let body = json!({ "items": items, "next_url": next });
    Ok(fresh(&req, MEDIA_TYPE, body.to_string(), changed))
}
