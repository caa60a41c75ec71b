//! Listings at their addresses, in the dialect of whoever asks.

use actix_web::{HttpResponse, guard, web};
use apub::{
    PUBLIC, context,
    outbound::{
        CollectionDocument, CollectionKind, ProposalDocument, ProposalKind, RepliesDocument,
    },
};
use db::{Conn, actors::ActorRow, listings::ListingRow};
use domain::{CollectiveId, ListingId, listings::Signature};
use ops::html::from_text;

use crate::{
    Federation,
    dialects::{ListingFacts, microblog},
    error::InboxError,
    serve,
};

pub(crate) fn routes(cfg: &mut web::ServiceConfig) {
    let ap = || guard::fn_guard(serve::wants_activity);
    cfg.service(web::resource("/listings/{id}").guard(ap()).route(web::get().to(listing)))
        .service(web::resource("/listings/{id}/replies").guard(ap()).route(web::get().to(replies)))
        .service(web::resource("/listings/{id}/proposal").route(web::get().to(proposal)))
        .service(web::resource("/listings/{id}/likes").route(web::get().to(likes)))
        .service(web::resource("/listings/{id}/shares").route(web::get().to(shares)));
}

async fn listing(
    data: web::Data<Federation>,
    id: web::Path<String>,
) -> Result<HttpResponse, InboxError> {
    Ok(match ours(&data, &id).await? {
        Found::Gone(row) => serve::tombstone(&row.ap_id, "Note", row.deleted_at),
        Found::Here(facts) => serve::document(&microblog::listing(&facts)),
    })
}

async fn replies(
    data: web::Data<Federation>,
    id: web::Path<String>,
) -> Result<HttpResponse, InboxError> {
    Ok(match ours(&data, &id).await? {
        Found::Gone(row) => serve::tombstone(&row.ap_id, "Note", row.deleted_at),
        Found::Here(facts) => {
            let address = format!("{}/replies", facts.listing.ap_id);
            let mut document = RepliesDocument::new(&address, facts.replies);
            document.context = Some(context::plain());
            serve::document(&document)
        }
    })
}

async fn likes(
    data: web::Data<Federation>,
    id: web::Path<String>,
) -> Result<HttpResponse, InboxError> {
    number(&data, &id, "likes", |facts| facts.likes).await
}

async fn shares(
    data: web::Data<Federation>,
    id: web::Path<String>,
) -> Result<HttpResponse, InboxError> {
    number(&data, &id, "shares", |facts| facts.shares).await
}

/// How many; who they were is theirs to tell.
async fn number(
    data: &Federation,
    id: &str,
    what: &str,
    count: impl Fn(&ListingFacts) -> u64,
) -> Result<HttpResponse, InboxError> {
    Ok(match ours(data, id).await? {
        Found::Gone(row) => serve::tombstone(&row.ap_id, "Note", row.deleted_at),
        Found::Here(facts) => serve::document(&CollectionDocument::count_only(
            format!("{}/{what}", facts.listing.ap_id),
            CollectionKind::Collection,
            count(&facts),
        )),
    })
}

/// The same listing as a `Proposal` of its own (FEP-0837).
async fn proposal(
    data: web::Data<Federation>,
    id: web::Path<String>,
) -> Result<HttpResponse, InboxError> {
    Ok(match ours(&data, &id).await? {
        Found::Gone(row) => {
            serve::tombstone(&format!("{}/proposal", row.ap_id), "Proposal", row.deleted_at)
        }
        Found::Here(facts) => serve::document(&as_proposal(&facts)),
    })
}

fn as_proposal(facts: &ListingFacts) -> ProposalDocument {
    let ListingFacts { listing, collective, base, .. } = facts;
    let economic = microblog::economic(listing, collective, base);
    ProposalDocument {
        context: Some(context::proposal()),
        kind: ProposalKind::default(),
        id: format!("{}/proposal", listing.ap_id),
        purpose: economic.purpose,
        attributed_to: collective.ap_id.clone(),
        name: Some(listing.title.clone()),
        content: Some(from_text(&listing.text)),
        published: listing.published_at.unwrap_or(listing.updated_at).wire(),
        updated: listing.changed_at().map(domain::Time::wire),
        url: listing.url.clone(),
        has_beginning: economic.has_beginning,
        has_end: economic.has_end,
        location: economic.location,
        publishes: economic.publishes,
        reciprocal: None,
        unit_based: None,
        to: vec![PUBLIC.to_owned()],
    }
}

enum Found {
    Here(Box<ListingFacts>),
    Gone(Box<ListingRow>),
}

/// A listing of this server that the world may see; a draft is as if it were not there.
async fn ours(data: &Federation, id: &str) -> Result<Found, InboxError> {
    let missing = || InboxError::from(db::DbError::NotFound("listing"));
    let id: ListingId = id.parse().map_err(|_| missing())?;
    let base = data.site().base().to_string();
    let found = data.read(move |conn| facts(conn, id, &base)).await?;
    match found {
        Some(facts) if !facts.collective.local => Err(missing()),
        Some(facts) if facts.listing.published_at.is_none() => Err(missing()),
        Some(facts) if facts.listing.deleted_at.is_some() => {
            Ok(Found::Gone(Box::new(facts.listing)))
        }
        Some(facts) => Ok(Found::Here(Box::new(facts))),
        None => Err(missing()),
    }
}

/// Everything a dialect says of a listing.
pub fn facts(conn: &mut Conn, id: ListingId, base: &str) -> db::Result<Option<ListingFacts>> {
    let Some(listing) = db::listings::find(conn, id)? else { return Ok(None) };
    let Some(collective) = db::actors::find(conn, listing.collective_id.actor())? else {
        return Ok(None);
    };
    let signer = signer(conn, &listing)?;
    let voice = voice(conn, listing.collective_id)?;
    let thread = db::replies::thread(conn, id, 500)?;
    let replies = thread.into_iter().map(|(reply, _)| reply).filter(|reply| {
        reply.deleted_at.is_none() && reply.hidden_at.is_none() && reply.visibility.is_public()
    });
    let replies = replies.map(|reply| reply.ap_id).take(50).collect();
    let counts = db::reactions::count(conn, &[id.uuid()])?;
    let (likes, shares) = counts.first().map_or((0, 0), |row| (row.likes, row.boosts));
    Ok(Some(ListingFacts {
        listing,
        collective,
        voice,
        signer,
        replies,
        likes: likes.unsigned_abs(),
        shares: shares.unsigned_abs(),
        base: base.to_owned(),
    }))
}

/// The voice of a collective of ours.
pub(crate) fn voice(conn: &mut Conn, collective: CollectiveId) -> db::Result<Option<ActorRow>> {
    match db::collectives::find(conn, collective)? {
        Some(row) => db::actors::find(conn, row.voice_id),
        None => Ok(None),
    }
}

fn signer(conn: &mut Conn, listing: &ListingRow) -> db::Result<Option<ActorRow>> {
    match (listing.signed_by, listing.author_id) {
        (Signature::Member, Some(author)) => db::actors::find(conn, author.actor()),
        _ => Ok(None),
    }
}
