//! Posting a need or an offer.

use db::listings::ListingRow;
use domain::{
    Authority, CollectiveId, ListingId, PersonId, Refusal, Time,
    listings::{Content, State, admit},
};

use crate::{Event, Op, Operation, Result, collectives, searches};

/// Puts a need or an offer on a collective's board, as a draft or for the world.
#[derive(Clone, Debug)]
pub struct PostListing {
    pub board: CollectiveId,
    pub content: Content,
    pub publish: bool,
}

impl Operation for PostListing {
    type Done = ListingId;

    fn perform(self, op: &mut Op<'_, '_>) -> Result<ListingId> {
        let author = op.person()?;
        let home = collectives::home(op, self.board)?;
        match op.authority(home, author)? {
            Authority::Decide => {}
            Authority::Ask | Authority::Record => return Err(Refusal::NotFromHere.into()),
        }
        self.put(op, author)
    }
}

impl PostListing {
    /// Puts it on the board of a collective of ours as a listing of this author, if the rules allow them to.
    pub(crate) fn put(self, op: &mut Op<'_, '_>, author: PersonId) -> Result<ListingId> {
        let board = collectives::local(op, self.board)?.board();
        let standing = db::memberships::standing(op.tx, self.board, author)?;
        let state = admit(board, standing, self.publish)?;
        self.content.window.check(op.now)?;
        let id = op.mint();
        let (address, whose) = (op.site.listing(id), (self.board, author));
        let row = new_row(id, address, whose, &self.content, state, op.now);
        db::listings::insert(op.tx, &row)?;
        let exact = self.content.place.as_ref().and_then(|place| place.point);
        db::listings::set_exact_point(op.tx, row.id, exact)?;
        if state == State::Open {
            op.emit(&Event::listing_published(row.id))?;
            searches::announce(op, &row)?;
        }
        Ok(row.id)
    }
}

/// A new listing, as its author chose it.
pub(crate) fn new_row(
    id: ListingId,
    address: String,
    (board, author): (CollectiveId, PersonId),
    content: &Content,
    state: State,
    now: Time,
) -> ListingRow {
    let mut row = ListingRow {
        id,
        ap_id: address.clone(),
        collective_id: board,
        author_id: Some(author),
        published_at: (state == State::Open).then_some(now),
        state,
        url: Some(address),
        html: String::new(),
        updated_at: now,
        deleted_at: None,
        version: 1,
        remaining: None,
        quantity: None,
        unit: None,
        place: None,
        public_latitude: None,
        public_longitude: None,
        radius: 0,
        signed_by: content.signed_by,
        purpose: content.purpose,
        kind: content.kind,
        title: String::new(),
        text: String::new(),
        category: None,
        terms: content.terms,
        starts_at: None,
        ends_at: None,
        expires_at: None,
        language: content.language.clone(),
        urgency: None,
        licence: content.licence,
    };
    write(&mut row, content, now);
    row
}

/// Copies what the author chose into a row. What was found already stays found.
pub(super) fn write(row: &mut ListingRow, content: &Content, now: Time) {
    let found = row.how_much().map(domain::quantity::Quantity::found);
    row.purpose = content.purpose;
    row.kind = content.kind;
    content.title.as_str().clone_into(&mut row.title);
    row.text.clone_from(&content.text);
    row.quantity = content.quantity.map(|quantity| quantity.total);
    row.unit = content.quantity.map(|quantity| quantity.unit);
    row.remaining = content
        .quantity
        .map(|quantity| found.map_or(quantity.remaining, |found| quantity.total.less(found)));
    row.category = content.category;
    row.terms = content.terms;
    row.place = content.place.as_ref().map(|place| place.name.clone());
    row.radius = content.place.as_ref().map_or(0, |place| place.radius);
    let point = content.place.as_ref().and_then(|place| place.point);
    let blurred = point.map(|point| point.blurred(row.radius));
    row.public_latitude = blurred.map(|point| point.latitude);
    row.public_longitude = blurred.map(|point| point.longitude);
    row.starts_at = content.window.starts_at;
    row.ends_at = content.window.ends_at;
    row.expires_at = content.window.expires_at;
    row.language = content.language.clone();
    row.urgency = content.urgency;
    row.licence = content.licence;
    row.signed_by = content.signed_by;
    row.updated_at = now;
}
