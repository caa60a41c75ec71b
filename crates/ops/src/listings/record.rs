//! Needs and offers of other servers, as their home says.

use db::listings::ListingRow;
use domain::{
    ActorId, Authority, Home, ListingId, Refusal, Time,
    listings::{Category, Kind, Purpose, Signature, State, Terms, Urgency},
    place::Point,
    quantity::Quantity,
    tags::Tag,
    text::{Language, Licence},
};

use crate::{
    Event, Op, Operation, Result, actors::refuse_foreign, html, replies::refuse_tombstone, searches,
};

/// What the home of a listing says of it, whole; said again, it replaces what was known.
#[derive(Clone, Debug)]
pub struct RecordListing {
    pub ap_id: String,
    /// The remote Group.
    pub collective: ActorId,
    pub purpose: Purpose,
    pub kind: Kind,
    pub title: String,
    /// HTML as received.
    pub html: String,
    pub quantity: Option<Quantity>,
    pub category: Option<Category>,
    pub tags: Vec<Tag>,
    pub terms: Terms,
    pub place: Option<String>,
    pub point: Option<Point>,
    pub radius: i32,
    pub starts_at: Option<Time>,
    pub ends_at: Option<Time>,
    pub expires_at: Option<Time>,
    pub language: Language,
    pub urgency: Option<Urgency>,
    pub state: State,
    pub url: Option<String>,
    pub published_at: Option<Time>,
    pub updated_at: Option<Time>,
}

impl Operation for RecordListing {
    type Done = ListingId;

    fn perform(mut self, op: &mut Op<'_, '_>) -> Result<ListingId> {
        let home = Home { collective: self.collective.collective(), here: false };
        match domain::authority::authority(home, home.collective.actor().person(), op.origin)? {
            Authority::Record => {}
            Authority::Decide | Authority::Ask => return Err(Refusal::NotTheirsToSay.into()),
        }
        refuse_foreign(op, self.collective, &self.ap_id)?;
        refuse_tombstone(op, self.collective, &self.ap_id)?;
        let known = db::listings::find_by_ap_id(op.tx, &self.ap_id)?;
        if let Some(known) = &known {
            if known.collective_id != home.collective {
                return Err(Refusal::NotTheirsToSay.into());
            }
            if known.deleted_at.is_some() {
                return Err(Refusal::Deleted.into());
            }
            if self.said_at(op.now) < known.updated_at {
                return Ok(known.id);
            }
        }
        let tags = std::mem::take(&mut self.tags);
        let row = self.row(op, known.as_ref());
        if known.is_none() {
            db::listings::insert(op.tx, &row)?;
            searches::announce(op, &row)?;
        } else {
            db::listings::update(op.tx, &row)?;
        }
        db::tags::set(op.tx, row.id, &tags)?;
        op.emit(&Event::heard("listing", row.id))?;
        Ok(row.id)
    }
}

impl RecordListing {
    /// As of when this is what its home says. Nobody speaks from the future.
    fn said_at(&self, now: Time) -> Time {
        self.updated_at.or(self.published_at).unwrap_or(now).min(now)
    }

    fn row(self, op: &Op<'_, '_>, known: Option<&ListingRow>) -> ListingRow {
        let updated_at = self.said_at(op.now);
        let arrived = self.published_at.map_or(op.now, |published| published.min(op.now));
        let published_at = known.and_then(|row| row.published_at).or(Some(arrived));
        ListingRow {
            id: known.map_or_else(|| op.mint(), |row| row.id),
            version: known.map_or(1, |row| row.version),
            ap_id: self.ap_id,
            collective_id: self.collective.collective(),
            author_id: None,
            signed_by: Signature::Voice,
            purpose: known.map_or(self.purpose, |row| row.purpose),
            kind: self.kind,
            title: self.title,
            text: String::new(),
            html: html::clean(&self.html),
            quantity: self.quantity.map(|quantity| quantity.total),
            remaining: self.quantity.map(|quantity| quantity.remaining),
            unit: self.quantity.map(|quantity| quantity.unit),
            category: self.category,
            terms: self.terms,
            place: self.place,
            public_latitude: self.point.map(|point| point.latitude),
            public_longitude: self.point.map(|point| point.longitude),
            radius: self.radius,
            starts_at: self.starts_at,
            ends_at: self.ends_at,
            expires_at: self.expires_at,
            language: self.language,
            urgency: self.urgency,
            licence: Licence::Reserved,
            state: self.state,
            url: self.url,
            published_at,
            updated_at,
            deleted_at: None,
        }
    }
}

/// Its home has deleted a listing.
#[derive(Clone, Debug)]
pub struct RecordListingDeleted {
    pub listing: ListingId,
}

impl Operation for RecordListingDeleted {
    type Done = ();

    const TAKES_BACK: bool = true;

    fn perform(self, op: &mut Op<'_, '_>) -> Result<()> {
        let Some(mut row) = db::listings::find(op.tx, self.listing)? else { return Ok(()) };
        let owner = db::actors::find(op.tx, row.collective_id.actor())?;
        if owner.is_none_or(|owner| owner.local)
            || op.origin.actor() != Some(row.collective_id.actor())
        {
            return Err(Refusal::NotTheirsToSay.into());
        }
        if row.deleted_at.is_some() {
            return Ok(());
        }
        row.deleted_at = Some(op.now);
        row.html = String::new();
        db::listings::update(op.tx, &row)?;
        op.emit(&Event::heard("listing_deleted", row.id))
    }
}
