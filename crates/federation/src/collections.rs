//! The collections of our actors. Who follows whom is nobody's business: those show numbers only.

use actix_web::{HttpResponse, web};
use apub::inbound::ActivityKind;
use apub::outbound::{ActivityDocument, CollectionDocument, CollectionKind};
use db::{actors::ActorRow, listings::Filter};
use domain::people::ActorKind;
use serde_json::{Value, json};

use crate::{Federation, actors, dialects::microblog, error::InboxError, listings, serve};

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

/// The newest 50 listings as they were created, unpaged: Lemmy reads nothing else.
async fn outbox(data: Fed, handle: Handle) -> Answer {
    let group = live(&data, &handle, ActorKind::Group).await?;
    let base = data.site().base().to_string();
    let address = format!("{}/outbox", group.ap_id);
    let activities = data.read(move |conn| {
        let filter = Filter { collective: Some(group.id.collective()), ..Filter::default() };
        let rows = db::listings::page(conn, &filter, None, 50)?;
        let mut activities = Vec::with_capacity(rows.len());
        for row in rows {
            if let Some(facts) = listings::facts(conn, row.id, &base)? {
                let mut note = microblog::listing(&facts);
                note.context = None;
                activities.push((row.id, note));
            }
        }
        Ok(activities)
    });
    let site = data.site();
    let items = activities.await?.into_iter().map(|(id, note)| {
        let create = ActivityDocument {
            context: None,
            id: site.act(id),
            kind: ActivityKind::Create,
            actor: note.attributed_to.clone(),
            to: note.to.clone(),
            cc: note.cc.clone(),
            published: Some(note.published.clone()),
            object: json!(note),
            target: None,
            result: None,
            audience: None,
            content: None,
            summary: None,
        };
        json!(create)
    });
    let mut collection = CollectionDocument::ordered(address, items.collect());
    collection.context = Some(apub::context::note());
    Ok(serve::document(&collection))
}

/// The open listings, so that a collective found by a new server is not empty there.
async fn featured(data: Fed, handle: Handle) -> Answer {
    let group = live(&data, &handle, ActorKind::Group).await?;
    let address = format!("{}/featured", group.ap_id);
    let open = data.read(move |conn| {
        let collective = Some(group.id.collective());
        let filter = Filter { collective, open: Some(true), ..Filter::default() };
        db::listings::page(conn, &filter, None, 50)
    });
    let items = open.await?.into_iter().map(|row| Value::String(row.ap_id)).collect();
    Ok(serve::document(&CollectionDocument::ordered(address, items)))
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
