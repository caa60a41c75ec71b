//! The collections of our actors. Who follows whom is nobody's business: those show numbers only.

use actix_web::{HttpRequest, HttpResponse, web};
use apub::outbound::{ActivityDocument, CollectionDocument, CollectionKind, NoteDocument};
use db::{actors::ActorRow, listings::Filter};
use domain::{Dialect, people::ActorKind};
use serde_json::{Value, json};

use crate::{
    Federation, actors,
    dialects::{ListingFacts, microblog, threadiverse},
    error::InboxError,
    listings, negotiation, serve,
};

pub(crate) fn routes(cfg: &mut web::ServiceConfig) {
    cfg.route("/outbox", web::get().to(instance_outbox))
        .route("/c/{handle}/outbox", web::get().to(outbox))
        .route("/c/{handle}/featured", web::get().to(featured))
        .route("/c/{handle}/moderators", web::get().to(moderators))
        .route("/c/{handle}/followers", web::get().to(group_followers))
        .route("/c/{handle}/following", web::get().to(group_following))
        .route("/c/{handle}/voice/outbox", web::get().to(voice_outbox))
        .route("/u/{handle}/outbox", web::get().to(person_outbox))
        .route("/u/{handle}/followers", web::get().to(person_followers))
        .route("/u/{handle}/following", web::get().to(person_following));
}

type Fed = web::Data<Federation>;
type Handle = web::Path<String>;
type Answer = Result<HttpResponse, InboxError>;

async fn live(data: &Federation, handle: &str, kind: ActorKind) -> Result<ActorRow, InboxError> {
    let row = actors::local(data, handle, kind).await?;
    let row = row.filter(|row| row.deleted_at.is_none());
    Ok(row.ok_or(db::DbError::NotFound("actor"))?)
}

/// Lemmy reads no longer document (it stops at 204 800 bytes), nor any page but the one.
const MOST_BYTES: usize = 200_000;
/// So many of the newest.
const MOST_ITEMS: i64 = 50;

/// The newest listings as they were created, unpaged: in each dialect the very activities that were sent.
async fn outbox(data: Fed, handle: Handle, request: HttpRequest) -> Answer {
    let group = live(&data, &handle, ActorKind::Group).await?;
    let address = format!("{}/outbox", group.ap_id);
    let newest = newest(&data, &group, None).await?;
    let site = data.site();
    let items = match negotiation::dialect(&data, &request).await? {
        Dialect::Microblog => newest
            .iter()
            .map(|facts| microblog::create(facts, site.act(facts.listing.id)))
            .map(|create| json!(ActivityDocument { context: None, ..create }))
            .collect(),
        Dialect::Threadiverse => newest
            .iter()
            .map(threadiverse::announced)
            .map(|announce| json!(ActivityDocument { context: None, ..announce }))
            .collect(),
    };
    Ok(collection(address, items))
}

/// The open listings, so that a collective found by a new server is not empty there: their addresses for
/// Mastodon, which asks for each, all of them for Lemmy, which does not.
async fn featured(data: Fed, handle: Handle, request: HttpRequest) -> Answer {
    let group = live(&data, &handle, ActorKind::Group).await?;
    let address = format!("{}/featured", group.ap_id);
    let open = newest(&data, &group, Some(true)).await?;
    let items = match negotiation::dialect(&data, &request).await? {
        Dialect::Microblog => open.into_iter().map(|facts| json!(facts.listing.ap_id)).collect(),
        Dialect::Threadiverse => open
            .iter()
            .map(|facts| json!(NoteDocument { context: None, ..threadiverse::listing(facts) }))
            .collect(),
    };
    Ok(collection(address, items))
}

async fn newest(
    data: &Federation,
    group: &ActorRow,
    open: Option<bool>,
) -> db::Result<Vec<ListingFacts>> {
    let base = data.site().base().to_string();
    let filter = Filter { collective: Some(group.id.collective()), open, ..Filter::default() };
    let facts = data.read(move |conn| {
        let rows = db::listings::page(conn, &filter, None, MOST_ITEMS)?;
        rows.into_iter().map(|row| listings::facts(conn, row.id, &base)).collect()
    });
    let facts: Vec<Option<ListingFacts>> = facts.await?;
    Ok(facts.into_iter().flatten().collect())
}

/// All in one piece, under one context; where that would be too long the oldest are left out.
fn collection(address: String, items: Vec<Value>) -> HttpResponse {
    let mut room = MOST_BYTES.saturating_sub(apub::context::note().to_string().len() + 1_000);
    let fitting = items.into_iter().take_while(|item| {
        let length = item.to_string().len() + 1;
        let fits = length <= room;
        room = room.saturating_sub(length);
        fits
    });
    let mut collection = CollectionDocument::ordered(address, fitting.collect());
    collection.context = Some(apub::context::note());
    serve::document(&collection)
}

/// Who moderates: the voice. Which members are stewards is for the collective to tell.
async fn moderators(data: Fed, handle: Handle) -> Answer {
    let group = live(&data, &handle, ActorKind::Group).await?;
    let voice = json!(format!("{}/voice", group.ap_id));
    let address = format!("{}/moderators", group.ap_id);
    Ok(serve::document(&CollectionDocument::ordered(address, vec![voice])))
}

async fn group_followers(data: Fed, handle: Handle) -> Answer {
    followers(&data, live(&data, &handle, ActorKind::Group).await?).await
}

async fn person_followers(data: Fed, handle: Handle) -> Answer {
    followers(&data, live(&data, &handle, ActorKind::Person).await?).await
}

async fn followers(data: &Federation, row: ActorRow) -> Answer {
    let id = row.id;
    let count = data.read(move |conn| db::follows::count_followers(conn, id)).await?;
    // Lemmy reads the number of no other form.
    let address = format!("{}/followers", row.ap_id);
    Ok(serve::document(&CollectionDocument::hidden(address, count.unsigned_abs())))
}

/// Collectives follow nobody yet.
async fn group_following(data: Fed, handle: Handle) -> Answer {
    let row = live(&data, &handle, ActorKind::Group).await?;
    Ok(numbers(&format!("{}/following", row.ap_id), 0))
}

async fn person_following(data: Fed, handle: Handle) -> Answer {
    let row = live(&data, &handle, ActorKind::Person).await?;
    let id = row.id;
    let count = data.read(move |conn| db::follows::count_following(conn, id)).await?;
    Ok(numbers(&format!("{}/following", row.ap_id), count))
}

/// What a person wrote is found where it stands; their outbox tells how much it is.
async fn person_outbox(data: Fed, handle: Handle) -> Answer {
    let row = live(&data, &handle, ActorKind::Person).await?;
    Ok(serve::document(&CollectionDocument::ordered(format!("{}/outbox", row.ap_id), Vec::new())))
}

async fn voice_outbox(data: Fed, handle: Handle) -> Answer {
    let row = live(&data, &handle, ActorKind::Group).await?;
    let address = format!("{}/voice/outbox", row.ap_id);
    Ok(serve::document(&CollectionDocument::ordered(address, Vec::new())))
}

async fn instance_outbox(data: Fed) -> Answer {
    let address = data.site().at("outbox");
    Ok(serve::document(&CollectionDocument::ordered(address, Vec::new())))
}

fn numbers(address: &str, count: i64) -> HttpResponse {
    serve::document(&CollectionDocument::count_only(
        address.to_owned(),
        CollectionKind::OrderedCollection,
        count.unsigned_abs(),
    ))
}
