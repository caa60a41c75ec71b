//! What somebody watches, and which of the things that happen belong to it.

use db::{Conn, events::HappenedRow};
use domain::{CollectiveId, Id, Invalid, ListingId, PersonId, follows::FollowState};
use ops::{
    Event,
    happened::{self, Change, Thing, listing_of},
};
use uuid::Uuid;

use crate::{Result, problem::ApiError, sight};

/// What is watched.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Topic {
    /// What those say whom one follows.
    Home,
    /// All listings.
    Public,
    /// What one is told.
    Notifications,
    /// What happens on the board of a collective.
    Collective(CollectiveId),
    /// What happens under a listing.
    Thread(ListingId),
}

/// Who watches, and what they may be told of.
#[derive(Clone, Copy, Debug)]
pub(super) struct Watcher {
    pub(super) topic: Topic,
    pub(super) person: Option<PersonId>,
    /// Does the token allow to read agreements?
    pub(super) agreements: bool,
}

/// What happened to what; nothing where nobody watches such things.
pub(super) fn read(row: &HappenedRow) -> Option<(Thing, Change)> {
    let event: Event = serde_json::from_str(&row.payload).ok()?;
    happened::read(&event)
}

impl Watcher {
    /// Does it belong to what is watched, and may who watches see it? What is gone may be known to be so
    /// by whoever could see it before.
    pub(super) fn hears(&self, conn: &mut Conn, thing: Thing) -> Result<bool> {
        let seen = match thing {
            Thing::Listing(id) => known(sight::listing(conn, id, self.person))?,
            Thing::Reply(id) => known(sight::reply(conn, id, self.person))?,
            Thing::Agreement(id) => match self.person.filter(|_| self.agreements) {
                Some(person) => known(sight::agreement(conn, id, person))?,
                None => false,
            },
        };
        Ok(seen && self.is_about(conn, thing)?)
    }

    fn is_about(&self, conn: &mut Conn, thing: Thing) -> Result<bool> {
        match (self.topic, thing) {
            (Topic::Notifications, _) => Ok(false),
            (Topic::Public, Thing::Listing(id)) => is_listed(conn, id),
            (Topic::Public, _) => Ok(false),
            (Topic::Home, Thing::Agreement(_)) => Ok(true),
            (Topic::Home, thing) => is_followed(conn, self.person, thing),
            (Topic::Thread(watched), thing) => Ok(listing_of(conn, thing)? == Some(watched)),
            (Topic::Collective(watched), thing) => {
                let Some(listing) = listing_of(conn, thing)? else { return Ok(false) };
                let row = db::listings::find(conn, listing)?;
                Ok(row.is_some_and(|row| row.collective_id == watched))
            }
        }
    }
}

/// Is it there, or was it?
fn known<T>(sight: Result<T>) -> Result<bool> {
    match sight {
        Ok(_) | Err(ApiError::Gone(_)) => Ok(true),
        Err(ApiError::Op(ops::OpError::NotFound(_) | ops::OpError::Refused(_))) => Ok(false),
        Err(other) => Err(other),
    }
}

/// Is it in the list that everybody sees; was it there, where it is gone?
fn is_listed(conn: &mut Conn, id: ListingId) -> Result<bool> {
    let Some(row) = db::listings::find(conn, id)? else { return Ok(false) };
    if row.deleted_at.is_some() {
        return Ok(row.published_at.is_some());
    }
    let filter = db::listings::Filter::default();
    let rows = db::listings::page(conn, &filter, Some(next(id)), 1)?;
    Ok(rows.first().is_some_and(|row| row.id == id))
}

/// Is it in the feed of what those say whom somebody follows; was it there, where it is gone?
fn is_followed(conn: &mut Conn, person: Option<PersonId>, thing: Thing) -> Result<bool> {
    let Some(reader) = person.map(PersonId::actor) else { return Ok(false) };
    let (author, gone) = match thing {
        Thing::Listing(id) => {
            let rows = db::listings::feed(
                conn,
                reader,
                &db::listings::Filter::default(),
                Some(next(id)),
                1,
            )?;
            if rows.first().is_some_and(|row| row.id == id) {
                return Ok(true);
            }
            let row = db::listings::find(conn, id)?;
            (row.as_ref().map(|row| row.collective_id.actor()), row.and_then(|row| row.deleted_at))
        }
        Thing::Reply(id) => {
            let rows = db::replies::feed(conn, reader, Some(next(id)), 1)?;
            if rows.first().is_some_and(|(row, _)| row.id == id) {
                return Ok(true);
            }
            let row = db::replies::find(conn, id)?;
            (row.as_ref().map(|row| row.author_id), row.and_then(|row| row.deleted_at))
        }
        Thing::Agreement(_) => return Ok(false),
    };
    let (Some(author), Some(_)) = (author, gone) else { return Ok(false) };
    let follow = db::follows::find(conn, reader, author)?;
    Ok(follow.is_some_and(|follow| follow.state == FollowState::Accepted))
}

/// The id after an id: a page that begins there begins with the thing itself.
fn next<T>(id: Id<T>) -> Id<T> {
    Uuid::from_u128(id.uuid().as_u128().saturating_add(1)).into()
}

/// What was asked for; collectives are still to be found.
pub(super) enum Asked<'a> {
    Plain(Topic),
    Collective(&'a str),
    Thread(&'a str),
}

impl<'a> Asked<'a> {
    /// Reads the `topic` of a request.
    pub(super) fn read(text: Option<&'a str>) -> Result<Self> {
        let wrong = || {
            let says = "must be home, public, notifications, collective:HANDLE, or thread:LISTING";
            Invalid::new("topic", says)
        };
        let text = text.ok_or_else(wrong)?;
        Ok(match text.split_once(':') {
            None if text == "home" => Self::Plain(Topic::Home),
            None if text == "public" => Self::Plain(Topic::Public),
            None if text == "notifications" => Self::Plain(Topic::Notifications),
            Some(("collective", handle)) => Self::Collective(handle),
            Some(("thread", listing)) => Self::Thread(listing),
            _ => return Err(wrong().into()),
        })
    }
}
