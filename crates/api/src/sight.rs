//! What somebody may see: the one place that says so for all reads of the API.
//!
//! Where something may not be seen, the answer is the same as where there is nothing.

use db::{
    Conn, actors::ActorRow, agreements::AgreementRow, listings::ListingRow, replies::ReplyRow,
};
use domain::{
    ActorId, AgreementId, CollectiveId, FollowId, Handle, Id, ListingId, PersonId, Refusal,
    ReplyId, memberships::Standing, people::ActorKind, place::Point,
};
use uuid::Uuid;

use crate::{Result, problem::ApiError};

/// An id from a path; anything else names nothing.
pub(crate) fn id<T>(text: &str, what: &'static str) -> Result<Id<T>> {
    hyphenated(text).map(Id::from).ok_or_else(|| ApiError::not_found(what))
}

/// Of the spellings of a UUID only the one that this server uses.
fn hyphenated(text: &str) -> Option<Uuid> {
    Uuid::try_parse(text).ok().filter(|_| text.len() == 36)
}

/// How somebody, perhaps nobody, stands with a collective.
pub(crate) fn standing(
    conn: &mut Conn,
    collective: CollectiveId,
    viewer: Option<PersonId>,
) -> Result<Standing> {
    let Some(person) = viewer else { return Ok(Standing::Stranger) };
    Ok(db::memberships::standing(conn, collective, person)?)
}

/// Refuses whoever does not belong to a collective.
pub(crate) fn member(
    conn: &mut Conn,
    collective: CollectiveId,
    viewer: Option<PersonId>,
) -> Result<()> {
    match standing(conn, collective, viewer)? {
        Standing::Active(_) => Ok(()),
        Standing::Suspended => Err(Refusal::Suspended.into()),
        Standing::Invited(_) | Standing::Stranger => Err(Refusal::NotAMember.into()),
    }
}

/// A collective by its id, its handle, or `handle@host`.
pub(crate) fn collective(conn: &mut Conn, host: &str, text: &str) -> Result<ActorRow> {
    let nobody = || ApiError::not_found("collective");
    let rows = if let Some(id) = hyphenated(text) {
        db::actors::find(conn, id.into())?.into_iter().collect()
    } else {
        let (name, at) = match domain::handle::address(text) {
            Ok((name, at)) => (name, at),
            Err(_) => (Handle::parse(text).map_err(|_| nobody())?.into(), host.to_owned()),
        };
        db::actors::find_by_handle(conn, &name, &at)?
    };
    let mut groups = rows.into_iter().filter(|actor| actor.kind == ActorKind::Group);
    let group = groups.next().ok_or_else(nobody)?;
    if !db::moderation::is_presentable(conn, &group)? {
        return Err(nobody());
    }
    if group.deleted_at.is_some() { Err(ApiError::Gone("collective")) } else { Ok(group) }
}

/// A listing: published ones for everybody, drafts for their collective.
pub(crate) fn listing(
    conn: &mut Conn,
    id: ListingId,
    viewer: Option<PersonId>,
) -> Result<ListingRow> {
    let unknown = || ApiError::not_found("listing");
    let row = db::listings::find(conn, id)?.ok_or_else(unknown)?;
    let known_to_all = row.published_at.is_some();
    if !known_to_all && !standing(conn, row.collective_id, viewer)?.belongs() {
        return Err(unknown());
    }
    if !presentable(conn, row.collective_id.actor())? {
        return Err(unknown());
    }
    if row.deleted_at.is_some() { Err(ApiError::Gone("listing")) } else { Ok(row) }
}

/// A reply: public ones for everybody, the others for their author and those who speak for the collective.
pub(crate) fn reply(conn: &mut Conn, id: ReplyId, viewer: Option<PersonId>) -> Result<ReplyRow> {
    let unknown = || ApiError::not_found("reply");
    let row = db::replies::find(conn, id)?.ok_or_else(unknown)?;
    let own = viewer.is_some_and(|person| person.actor() == row.author_id);
    if !own && !row.visibility.is_public() && !hears(conn, &row, viewer)? {
        return Err(unknown());
    }
    if !presentable(conn, row.author_id)? {
        return Err(unknown());
    }
    if row.deleted_at.is_some() { Err(ApiError::Gone("reply")) } else { Ok(row) }
}

/// May what this actor says be shown? Nothing of whoever is suspended is, alone or with their server.
fn presentable(conn: &mut Conn, actor: ActorId) -> Result<bool> {
    let Some(actor) = db::actors::find(conn, actor)? else { return Ok(false) };
    Ok(db::moderation::is_presentable(conn, &actor)?)
}

fn hears(conn: &mut Conn, row: &ReplyRow, viewer: Option<PersonId>) -> Result<bool> {
    let Some(listing) = row.listing_id else { return Ok(false) };
    let Some(listing) = db::listings::find(conn, listing)? else { return Ok(false) };
    Ok(standing(conn, listing.collective_id, viewer)?.speaks().is_ok())
}

/// An agreement and its listing: for who offers, and for those who speak for the listing's collective.
pub(crate) fn agreement(
    conn: &mut Conn,
    id: AgreementId,
    person: PersonId,
) -> Result<(AgreementRow, ListingRow)> {
    let unknown = || ApiError::not_found("agreement");
    let row = db::agreements::find(conn, id)?.ok_or_else(unknown)?;
    let listing = db::listings::find(conn, row.listing_id)?.ok_or_else(unknown)?;
    let own = row.responder_id == person.actor();
    if !own && standing(conn, listing.collective_id, Some(person))?.speaks().is_err() {
        return Err(unknown());
    }
    Ok((row, listing))
}

/// The exact point of a listing, for those who belong to its collective.
pub(crate) fn exact_place(conn: &mut Conn, id: ListingId, person: PersonId) -> Result<Point> {
    let unknown = || ApiError::not_found("exact place");
    let row = listing(conn, id, Some(person))?;
    if !standing(conn, row.collective_id, Some(person))?.belongs() {
        return Err(unknown());
    }
    db::listings::exact_point(conn, row.id)?.ok_or_else(unknown)
}

/// A request to follow a collective: whoever does not belong to it learns nothing of it.
pub(crate) fn request(conn: &mut Conn, id: FollowId, person: PersonId) -> Result<()> {
    let unknown = || ApiError::not_found("request");
    let row = db::follows::find_by_id(conn, id)?.ok_or_else(unknown)?;
    let standing = standing(conn, row.followed_id.collective(), Some(person))?;
    if standing.belongs() { Ok(()) } else { Err(unknown()) }
}
