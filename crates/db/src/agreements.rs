//! What was offered in answer to a listing (FEP-0837), as rows.

use diesel::{dsl::exists, prelude::*};
use domain::{
    ActorId, AgreementId, CollectiveId, ListingId, PersonId, Time,
    agreements::{AgreementState, Measure},
    quantity::{Amount, Unit},
};

use crate::{
    Conn, DbError, Result, Tx,
    actors::ActorRow,
    column::{MaybeId, MaybeNumber, MaybeWord},
    listings::ListingRow,
    schema::{actors, agreements, listings},
};

/// An agreement: offered, and perhaps answered.
#[derive(Clone, Debug, Queryable, Selectable)]
#[diesel(table_name = agreements)]
pub struct AgreementRow {
    #[diesel(deserialize_as = Vec<u8>)]
    pub id: AgreementId,
    /// The address of the agreement itself, which its listing's server gives it.
    pub ap_id: String,
    /// The id of the `Offer` activity.
    pub offer_id: String,
    #[diesel(deserialize_as = Vec<u8>)]
    pub listing_id: ListingId,
    /// Who offers.
    #[diesel(deserialize_as = Vec<u8>)]
    pub responder_id: ActorId,
    #[diesel(deserialize_as = MaybeNumber)]
    pub quantity: Option<Amount>,
    #[diesel(deserialize_as = MaybeWord)]
    pub unit: Option<Unit>,
    /// Plain text; for the two sides alone.
    pub text: String,
    #[diesel(deserialize_as = String)]
    pub state: AgreementState,
    /// Why it was turned down; plain text.
    pub reason: String,
    #[diesel(deserialize_as = i64)]
    pub created_at: Time,
    #[diesel(deserialize_as = MaybeNumber)]
    pub answered_at: Option<Time>,
    /// The steward who answered; nobody where a rule or another server did.
    #[diesel(deserialize_as = MaybeId)]
    pub answered_by: Option<PersonId>,
    /// How much is given in return, where the terms of the listing ask for that.
    #[diesel(deserialize_as = MaybeNumber)]
    pub return_quantity: Option<Amount>,
    #[diesel(deserialize_as = MaybeWord)]
    pub return_unit: Option<Unit>,
    /// When what was agreed on was handed over or done.
    #[diesel(deserialize_as = MaybeNumber)]
    pub fulfilled_at: Option<Time>,
}

impl AgreementRow {
    /// How much is offered, where that is said.
    pub fn measure(&self) -> Option<Measure> {
        Some(Measure { amount: self.quantity?, unit: self.unit? })
    }

    /// What is given in return, where that is said.
    pub fn in_return(&self) -> Option<Measure> {
        Some(Measure { amount: self.return_quantity?, unit: self.return_unit? })
    }
}

/// An agreement, what it answers, and the other side: who offers, or whose listing it is.
pub type Answer = (AgreementRow, ListingRow, ActorRow);

/// Writes a new agreement.
pub fn insert(tx: &mut Tx<'_>, row: &AgreementRow) -> Result<()> {
    diesel::insert_into(agreements::table)
        .values((
            agreements::id.eq(row.id.bytes()),
            agreements::ap_id.eq(&row.ap_id),
            agreements::offer_id.eq(&row.offer_id),
            agreements::listing_id.eq(row.listing_id.bytes()),
            agreements::responder_id.eq(row.responder_id.bytes()),
            agreements::quantity.eq(row.quantity.map(i64::from)),
            agreements::unit.eq(row.unit.map(Unit::word)),
            agreements::text.eq(&row.text),
            agreements::state.eq(row.state.word()),
            agreements::reason.eq(&row.reason),
            agreements::created_at.eq(row.created_at.micros()),
            agreements::answered_at.eq(row.answered_at.map(Time::micros)),
            agreements::answered_by.eq(row.answered_by.map(PersonId::bytes)),
            agreements::return_quantity.eq(row.return_quantity.map(i64::from)),
            agreements::return_unit.eq(row.return_unit.map(Unit::word)),
            agreements::fulfilled_at.eq(row.fulfilled_at.map(Time::micros)),
        ))
        .execute(&mut **tx)?;
    Ok(())
}

/// Writes what may change of an agreement: its address, its quantities, its state, who answered what and when,
/// and when it was fulfilled.
pub fn update(tx: &mut Tx<'_>, row: &AgreementRow) -> Result<()> {
    diesel::update(agreements::table.find(row.id.bytes()))
        .set((
            agreements::ap_id.eq(&row.ap_id),
            agreements::quantity.eq(row.quantity.map(i64::from)),
            agreements::unit.eq(row.unit.map(Unit::word)),
            agreements::state.eq(row.state.word()),
            agreements::reason.eq(&row.reason),
            agreements::answered_at.eq(row.answered_at.map(Time::micros)),
            agreements::answered_by.eq(row.answered_by.map(PersonId::bytes)),
            agreements::return_quantity.eq(row.return_quantity.map(i64::from)),
            agreements::return_unit.eq(row.return_unit.map(Unit::word)),
            agreements::fulfilled_at.eq(row.fulfilled_at.map(Time::micros)),
        ))
        .execute(&mut **tx)?;
    Ok(())
}

/// Turns down all that waits at a listing, and says which that was. Walks `agreements_listing_idx`.
pub fn reject_waiting(
    tx: &mut Tx<'_>,
    listing: ListingId,
    reason: &str,
    now: Time,
) -> Result<Vec<AgreementId>> {
    let offered = AgreementState::Offered.word();
    let waiting = || {
        agreements::table
            .filter(agreements::listing_id.eq(listing.bytes()))
            .filter(agreements::state.eq(offered))
    };
    let ids: Vec<Vec<u8>> =
        waiting().order(agreements::id).select(agreements::id).load(&mut **tx)?;
    diesel::update(waiting())
        .set((
            agreements::state.eq(AgreementState::Rejected.word()),
            agreements::reason.eq(reason),
            agreements::answered_at.eq(now.micros()),
        ))
        .execute(&mut **tx)?;
    ids.into_iter().map(|id| AgreementId::try_from(id).map_err(DbError::Corrupt)).collect()
}

/// Takes back what an actor that is gone has offered; its words go with it. Walks `agreements_responder_idx`.
pub fn withdraw_all_of(tx: &mut Tx<'_>, responder: ActorId) -> Result<()> {
    let theirs = || agreements::table.filter(agreements::responder_id.eq(responder.bytes()));
    diesel::update(theirs()).set(agreements::text.eq("")).execute(&mut **tx)?;
    let waiting = theirs().filter(agreements::state.eq(AgreementState::Offered.word()));
    diesel::update(waiting)
        .set(agreements::state.eq(AgreementState::Withdrawn.word()))
        .execute(&mut **tx)?;
    Ok(())
}

/// An agreement by its id.
pub fn find(conn: &mut Conn, id: AgreementId) -> Result<Option<AgreementRow>> {
    let row = agreements::table.find(id.bytes()).select(AgreementRow::as_select()).first(conn);
    Ok(row.optional()?)
}

/// An agreement by the id of its offer. Walks `agreements_offer_id_key`.
pub fn find_by_offer(conn: &mut Conn, offer_id: &str) -> Result<Option<AgreementRow>> {
    let row = agreements::table
        .filter(agreements::offer_id.eq(offer_id))
        .select(AgreementRow::as_select())
        .first(conn);
    Ok(row.optional()?)
}

/// An agreement by its address. Walks `agreements_ap_id_key`.
pub fn find_by_ap_id(conn: &mut Conn, ap_id: &str) -> Result<Option<AgreementRow>> {
    let row = agreements::table
        .filter(agreements::ap_id.eq(ap_id))
        .select(AgreementRow::as_select())
        .first(conn);
    Ok(row.optional()?)
}

/// Does an offer of this actor wait at this listing? Walks `agreements_listing_idx`.
pub fn is_waiting(conn: &mut Conn, listing: ListingId, responder: ActorId) -> Result<bool> {
    let waiting = agreements::table
        .filter(agreements::listing_id.eq(listing.bytes()))
        .filter(agreements::state.eq(AgreementState::Offered.word()))
        .filter(agreements::responder_id.eq(responder.bytes()));
    Ok(diesel::select(exists(waiting)).get_result(conn)?)
}

/// Is there an agreement of this address? Walks `agreements_ap_id_key`.
pub fn is_taken(conn: &mut Conn, ap_id: &str) -> Result<bool> {
    let taken = agreements::table.filter(agreements::ap_id.eq(ap_id));
    Ok(diesel::select(exists(taken)).get_result(conn)?)
}

/// How many offers of an actor wait at a collective, and how many it has made there since a moment.
///
/// Walks `agreements_responder_idx`.
pub fn count_of(
    conn: &mut Conn,
    responder: ActorId,
    collective: CollectiveId,
    since: Time,
) -> Result<(i64, i64)> {
    let theirs = || {
        agreements::table
            .inner_join(listings::table.on(listings::id.eq(agreements::listing_id)))
            .filter(agreements::responder_id.eq(responder.bytes()))
            .filter(listings::collective_id.eq(collective.bytes()))
    };
    let waiting = theirs().filter(agreements::state.eq(AgreementState::Offered.word()));
    let waiting: i64 = waiting.count().get_result(conn)?;
    let recent = theirs().filter(agreements::created_at.ge(since.micros()));
    Ok((waiting, recent.count().get_result(conn)?))
}

/// How many offers wait for the stewards of a collective.
pub fn count_waiting(conn: &mut Conn, collective: CollectiveId) -> Result<i64> {
    let waiting = agreements::table
        .inner_join(listings::table.on(listings::id.eq(agreements::listing_id)))
        .filter(listings::collective_id.eq(collective.bytes()))
        .filter(listings::deleted_at.is_null())
        .filter(agreements::state.eq(AgreementState::Offered.word()));
    Ok(waiting.count().get_result(conn)?)
}

/// What was offered to a collective, newest first, before `cursor`, with who offers it.
///
/// Finds the collective's listings by `listings_board_idx`, and theirs by `agreements_listing_idx`.
pub fn page(
    conn: &mut Conn,
    collective: CollectiveId,
    state: Option<AgreementState>,
    cursor: Option<AgreementId>,
    limit: i64,
) -> Result<Vec<Answer>> {
    let mut query = agreements::table
        .inner_join(listings::table.on(listings::id.eq(agreements::listing_id)))
        .inner_join(actors::table.on(actors::id.eq(agreements::responder_id)))
        .filter(listings::collective_id.eq(collective.bytes()))
        .filter(listings::deleted_at.is_null())
        .order(agreements::id.desc())
        .limit(limit)
        .select((AgreementRow::as_select(), ListingRow::as_select(), ActorRow::as_select()))
        .into_boxed();
    if let Some(state) = state {
        query = query.filter(agreements::state.eq(state.word()));
    }
    if let Some(cursor) = cursor {
        query = query.filter(agreements::id.lt(cursor.bytes()));
    }
    Ok(query.load(conn)?)
}

/// What an actor has offered, newest first, before `cursor`, with whose listing it answers.
///
/// Walks `agreements_responder_idx`.
pub fn by_responder(
    conn: &mut Conn,
    responder: ActorId,
    listing: Option<ListingId>,
    cursor: Option<AgreementId>,
    limit: i64,
) -> Result<Vec<Answer>> {
    let mut query = agreements::table
        .inner_join(listings::table.on(listings::id.eq(agreements::listing_id)))
        .inner_join(actors::table.on(actors::id.eq(listings::collective_id)))
        .filter(agreements::responder_id.eq(responder.bytes()))
        .order(agreements::id.desc())
        .limit(limit)
        .select((AgreementRow::as_select(), ListingRow::as_select(), ActorRow::as_select()))
        .into_boxed();
    if let Some(listing) = listing {
        query = query.filter(agreements::listing_id.eq(listing.bytes()));
    }
    if let Some(cursor) = cursor {
        query = query.filter(agreements::id.lt(cursor.bytes()));
    }
    Ok(query.load(conn)?)
}
