//! Listings at their addresses, in the dialect of whoever asks.

use actix_web::{HttpRequest, HttpResponse, guard, web};
use apub::{
    PUBLIC, context,
    outbound::{
        ActivityDocument, CollectionDocument, CollectionKind, IntentDocument, MeasureDocument,
        ProposalDocument, ProposalKind, RepliesDocument,
    },
};
use db::{Conn, actors::ActorRow, listings::ListingRow, replies::ReplyRow};
use domain::{CollectiveId, Dialect, ListingId, listings::Signature, quantity::Unit};
use ops::html::from_text;

use crate::{
    Federation,
    dialects::{
        self, ListingFacts,
        economic::{economic, measure, reciprocal},
        threadiverse,
    },
    error::InboxError,
    kept, negotiation, serve,
};

pub(crate) fn routes(cfg: &mut web::ServiceConfig) {
    let ap = || guard::fn_guard(serve::wants_activity);
    cfg.service(web::resource("/listings/{id}").guard(ap()).route(web::get().to(listing)))
        .service(web::resource("/listings/{id}/replies").guard(ap()).route(web::get().to(replies)))
        .service(web::resource("/listings/{id}/proposal").route(web::get().to(proposal)))
        .service(web::resource("/listings/{id}/create").route(web::get().to(create)))
        .service(web::resource("/listings/{id}/announce").route(web::get().to(announce)))
        .service(web::resource("/listings/{id}/likes").route(web::get().to(likes)))
        .service(web::resource("/listings/{id}/shares").route(web::get().to(shares)));
}

async fn listing(
    data: web::Data<Federation>,
    id: web::Path<String>,
    request: HttpRequest,
) -> Result<HttpResponse, InboxError> {
    let dialect = negotiation::dialect(&data, &request).await?;
    kept::document(&data, ("listing", id.clone(), Some(dialect)), async || {
        Ok(match ours(&data, &id).await? {
            Found::Gone(row) => serve::tombstone(&row.ap_id, "Note", row.deleted_at),
            Found::Here(facts) => serve::document(&dialects::listing(dialect, &facts)),
        })
    })
    .await
}

/// The `Create` that our Groups announce, at its own address: only the threadiverse knows of it.
async fn create(
    data: web::Data<Federation>,
    id: web::Path<String>,
) -> Result<HttpResponse, InboxError> {
    activity(&data, ("create", &id), threadiverse::create_id, |facts| {
        let activity = threadiverse::create(facts, threadiverse::create_id(&facts.listing.ap_id));
        ActivityDocument { context: Some(context::note()), ..activity }
    })
    .await
}

/// The `Announce` of it.
async fn announce(
    data: web::Data<Federation>,
    id: web::Path<String>,
) -> Result<HttpResponse, InboxError> {
    activity(&data, ("announce", &id), threadiverse::announce_id, threadiverse::announced).await
}

async fn activity(
    data: &Federation,
    (what, id): (&'static str, &str),
    address: fn(&str) -> String,
    say: fn(&ListingFacts) -> ActivityDocument,
) -> Result<HttpResponse, InboxError> {
    kept::document(data, (what, id.to_owned(), None), async || {
        Ok(match ours(data, id).await? {
            Found::Gone(row) => serve::tombstone(&address(&row.ap_id), "Activity", row.deleted_at),
            Found::Here(facts) => serve::document(&say(&facts)),
        })
    })
    .await
}

async fn replies(
    data: web::Data<Federation>,
    id: web::Path<String>,
) -> Result<HttpResponse, InboxError> {
    kept::document(&data, ("replies", id.clone(), None), async || {
        Ok(match ours(&data, &id).await? {
            Found::Gone(row) => serve::tombstone(&row.ap_id, "Note", row.deleted_at),
            Found::Here(facts) => {
                let address = format!("{}/replies", facts.listing.ap_id);
                let mut document = RepliesDocument::new(&address, facts.replies);
                document.context = Some(context::plain());
                serve::document(&document)
            }
        })
    })
    .await
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
    kept::document(&data, ("proposal", id.clone(), None), async || {
        Ok(match ours(&data, &id).await? {
            Found::Gone(row) => {
                serve::tombstone(&format!("{}/proposal", row.ap_id), "Proposal", row.deleted_at)
            }
            Found::Here(facts) => serve::document(&as_proposal(&facts)),
        })
    })
    .await
}

fn as_proposal(facts: &ListingFacts) -> ProposalDocument {
    let ListingFacts { listing, collective, base, .. } = facts;
    let economic = economic(listing, collective, base);
    // Every intent has a quantity here (FEP-0837), of work too; where none is said it is some number of things.
    let some = MeasureDocument { has_unit: Unit::One.word().to_owned(), has_numerical_value: None };
    let total = listing.how_much().map(|quantity| measure(quantity.total, quantity.unit));
    let resource_quantity = Some(total.unwrap_or(some));
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
        publishes: IntentDocument { resource_quantity, ..economic.publishes },
        reciprocal: reciprocal(listing, collective),
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
    // Only microblogs read them: what the Group says again for those is read there, not the original.
    let mut again = db::relays::under(conn, id)?;
    again.retain(|relay| relay.dialect() == Dialect::Microblog && relay.ended_at.is_none());
    let address = |reply: ReplyRow| {
        let relay = again.iter().find(|relay| relay.reply_id == reply.id);
        relay.map_or(reply.ap_id, |relay| relay.ap_id.clone())
    };
    let replies = replies.map(address).take(50).collect();
    let counts = db::reactions::count(conn, &[id.uuid()])?;
    let (likes, shares) = counts.first().map_or((0, 0), |row| (row.likes, row.boosts));
    Ok(Some(ListingFacts {
        listing,
        collective,
        voice,
        signer,
        replies,
        media: db::media::of(conn, id)?,
        on_behalf_of: db::mandates::find(conn, id)?,
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
