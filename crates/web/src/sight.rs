//! What somebody may see: the one place that says so for all pages.
//!
//! Where something may not be seen, the page is the same as where there is nothing.

use db::{Conn, actors::ActorRow, listings::ListingRow, replies::ReplyRow};
use domain::{
    ActorId, AgreementId, CollectiveId, Id, ListingId, PersonId, Refusal, ReplyId,
    memberships::Standing, people::ActorKind,
};
use uuid::Uuid;

use crate::{Result, error::PageError};

/// An id from an address, in the one spelling this server uses; anything else names nothing.
pub(crate) fn id<T>(text: &str) -> Result<Id<T>> {
    let uuid = Uuid::try_parse(text).ok().filter(|_| text.len() == 36);
    uuid.map(Id::from).ok_or(PageError::NotFound)
}

/// Where a list goes on: an id in the query, if there is one.
pub(crate) fn cursor<T>(text: Option<&str>) -> Result<Option<Id<T>>> {
    text.filter(|text| !text.is_empty()).map(id).transpose()
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

/// An actor of this server by handle and kind.
pub(crate) fn local(conn: &mut Conn, handle: &str, kind: ActorKind) -> Result<ActorRow> {
    let row = db::actors::find_local(conn, handle)?.filter(|row| row.kind == kind);
    let row = alive(row.ok_or(PageError::NotFound)?)?;
    presentable(conn, &row)?;
    Ok(row)
}

/// A collective of this server.
pub(crate) fn collective(conn: &mut Conn, handle: &str) -> Result<ActorRow> {
    local(conn, handle, ActorKind::Group)
}

/// Whoever is deleted is gone.
pub(crate) fn alive(row: ActorRow) -> Result<ActorRow> {
    if row.deleted_at.is_some() { Err(PageError::Gone) } else { Ok(row) }
}

/// Refuses to show whoever is suspended here, alone or with their server.
pub(crate) fn presentable(conn: &mut Conn, row: &ActorRow) -> Result<()> {
    if db::moderation::is_presentable(conn, row)? { Ok(()) } else { Err(Refusal::Blocked.into()) }
}

/// The same of whoever said something.
fn presentable_author(conn: &mut Conn, author: ActorId) -> Result<()> {
    let row = db::actors::find(conn, author)?.ok_or(PageError::NotFound)?;
    presentable(conn, &row)
}

/// Refuses whoever does not belong to a collective.
pub(crate) fn member(standing: Standing) -> Result<()> {
    match standing {
        Standing::Active(_) => Ok(()),
        Standing::Suspended => Err(Refusal::Suspended.into()),
        Standing::Invited(_) | Standing::Stranger => Err(Refusal::NotAMember.into()),
    }
}

/// A listing: published ones for everybody, drafts for their collective.
pub(crate) fn listing(
    conn: &mut Conn,
    id: ListingId,
    viewer: Option<PersonId>,
) -> Result<(ListingRow, Standing)> {
    let row = db::listings::find(conn, id)?.ok_or(PageError::NotFound)?;
    let standing = standing(conn, row.collective_id, viewer)?;
    if row.published_at.is_none() && !standing.belongs() {
        return Err(PageError::NotFound);
    }
    presentable_author(conn, row.collective_id.actor())?;
    if row.deleted_at.is_some() { Err(PageError::Gone) } else { Ok((row, standing)) }
}

/// The handle of the collective that answers an agreement, for those who speak for it.
pub(crate) fn answerer(conn: &mut Conn, id: AgreementId, person: PersonId) -> Result<String> {
    let row = db::agreements::find(conn, id)?.ok_or(PageError::NotFound)?;
    let listing = db::listings::find(conn, row.listing_id)?.ok_or(PageError::NotFound)?;
    if standing(conn, listing.collective_id, Some(person))?.speaks().is_err() {
        return Err(PageError::NotFound);
    }
    let collective = db::actors::find(conn, listing.collective_id.actor())?;
    Ok(collective.ok_or(PageError::NotFound)?.handle)
}

/// A reply: public ones for everybody, the others for their author and those who speak for the collective.
pub(crate) fn reply(conn: &mut Conn, id: ReplyId, viewer: Option<PersonId>) -> Result<ReplyRow> {
    let row = db::replies::find(conn, id)?.ok_or(PageError::NotFound)?;
    let own = viewer.is_some_and(|person| person.actor() == row.author_id);
    let heard = match row.listing_id {
        Some(listing) => listing_standing(conn, listing, viewer)?.speaks().is_ok(),
        None => false,
    };
    if !row.visibility.is_public() && !own && !heard {
        return Err(PageError::NotFound);
    }
    presentable_author(conn, row.author_id)?;
    let away = row.deleted_at.is_some() || row.hidden_at.is_some();
    if away { Err(PageError::Gone) } else { Ok(row) }
}

fn listing_standing(conn: &mut Conn, id: ListingId, viewer: Option<PersonId>) -> Result<Standing> {
    let Some(row) = db::listings::find(conn, id)? else { return Ok(Standing::Stranger) };
    standing(conn, row.collective_id, viewer)
}
