//! What was reported to moderators, as rows.

use diesel::prelude::*;
use domain::{ActorId, CollectiveId, ListingId, ReplyId, ReportId, Time};

use crate::{
    Conn, Result, Tx,
    column::{MaybeId, MaybeNumber},
    schema::{relays, reports},
};

/// A report: one server, or one person here, about one thing.
#[derive(Clone, Debug, Queryable, Selectable)]
#[diesel(table_name = reports)]
pub struct ReportRow {
    #[diesel(deserialize_as = Vec<u8>)]
    pub id: ReportId,
    pub ap_id: String,
    /// Who reported first.
    #[diesel(deserialize_as = Vec<u8>)]
    pub reporter_id: ActorId,
    /// The collective in whose thread it is; nobody's where it is about somebody alone.
    #[diesel(deserialize_as = MaybeId)]
    pub collective_id: Option<CollectiveId>,
    /// Whom it is about.
    #[diesel(deserialize_as = Vec<u8>)]
    pub actor_id: ActorId,
    #[diesel(deserialize_as = MaybeId)]
    pub listing_id: Option<ListingId>,
    #[diesel(deserialize_as = MaybeId)]
    pub reply_id: Option<ReplyId>,
    /// Why, in the words of the first who reported.
    pub text: String,
    /// Whether the author's server is told.
    pub forwarded: bool,
    pub open: bool,
    #[diesel(deserialize_as = i64)]
    pub created_at: Time,
    #[diesel(deserialize_as = MaybeNumber)]
    pub resolved_at: Option<Time>,
    #[diesel(deserialize_as = MaybeId)]
    pub resolved_by: Option<ActorId>,
    /// The server of whoever reported.
    pub host: String,
    /// How often it was reported.
    pub times: i32,
    #[diesel(deserialize_as = i64)]
    pub updated_at: Time,
}

/// Writes a new report.
pub fn insert(tx: &mut Tx<'_>, row: &ReportRow) -> Result<()> {
    diesel::insert_into(reports::table)
        .values((
            reports::id.eq(row.id.bytes()),
            reports::ap_id.eq(&row.ap_id),
            reports::reporter_id.eq(row.reporter_id.bytes()),
            reports::collective_id.eq(row.collective_id.map(CollectiveId::bytes)),
            reports::actor_id.eq(row.actor_id.bytes()),
            reports::listing_id.eq(row.listing_id.map(ListingId::bytes)),
            reports::reply_id.eq(row.reply_id.map(ReplyId::bytes)),
            reports::text.eq(&row.text),
            reports::forwarded.eq(row.forwarded),
            reports::open.eq(row.open),
            reports::created_at.eq(row.created_at.micros()),
            reports::host.eq(&row.host),
            reports::times.eq(row.times),
            reports::updated_at.eq(row.updated_at.micros()),
        ))
        .execute(&mut **tx)?;
    Ok(())
}

/// The open report of a server about the same thing; of one person, where there is one. Walks
/// `reports_subject_idx`.
pub fn same(
    conn: &mut Conn,
    host: &str,
    reporter: Option<ActorId>,
    actor: ActorId,
    listing: Option<ListingId>,
    reply: Option<ReplyId>,
) -> Result<Option<ReportRow>> {
    let mut query = reports::table
        .filter(reports::actor_id.eq(actor.bytes()))
        .filter(reports::open.eq(true))
        .filter(reports::host.eq(host))
        .select(ReportRow::as_select())
        .into_boxed();
    query = match listing {
        Some(listing) => query.filter(reports::listing_id.eq(listing.bytes())),
        None => query.filter(reports::listing_id.is_null()),
    };
    query = match reply {
        Some(reply) => query.filter(reports::reply_id.eq(reply.bytes())),
        None => query.filter(reports::reply_id.is_null()),
    };
    if let Some(reporter) = reporter {
        query = query.filter(reports::reporter_id.eq(reporter.bytes()));
    }
    Ok(query.first(conn).optional()?)
}

/// Counts one more report about the same thing.
pub fn repeat(tx: &mut Tx<'_>, id: ReportId, forwarded: bool, now: Time) -> Result<()> {
    diesel::update(reports::table.find(id.bytes()))
        .set((reports::times.eq(reports::times + 1), reports::updated_at.eq(now.micros())))
        .execute(&mut **tx)?;
    if forwarded {
        diesel::update(reports::table.find(id.bytes()))
            .set(reports::forwarded.eq(true))
            .execute(&mut **tx)?;
    }
    Ok(())
}

/// Ends a report.
pub fn resolve(tx: &mut Tx<'_>, id: ReportId, by: Option<ActorId>, now: Time) -> Result<()> {
    diesel::update(reports::table.find(id.bytes()))
        .set((
            reports::open.eq(false),
            reports::resolved_at.eq(Some(now.micros())),
            reports::resolved_by.eq(by.map(ActorId::bytes)),
        ))
        .execute(&mut **tx)?;
    Ok(())
}

/// A report by its id.
pub fn find(conn: &mut Conn, id: ReportId) -> Result<Option<ReportRow>> {
    Ok(reports::table.find(id.bytes()).select(ReportRow::as_select()).first(conn).optional()?)
}

/// A report by the activity it came with. Walks `reports_ap_id_key`.
pub fn find_by_ap_id(conn: &mut Conn, ap_id: &str) -> Result<Option<ReportRow>> {
    let row =
        reports::table.filter(reports::ap_id.eq(ap_id)).select(ReportRow::as_select()).first(conn);
    Ok(row.optional()?)
}

/// Reports, newest first, before `cursor`: of one collective, or all. Walks `reports_collective_idx` or
/// `reports_open_idx`.
pub fn page(
    conn: &mut Conn,
    collective: Option<CollectiveId>,
    open: bool,
    cursor: Option<ReportId>,
    limit: i64,
) -> Result<Vec<ReportRow>> {
    let mut query = reports::table
        .filter(reports::open.eq(open))
        .order(reports::id.desc())
        .limit(limit)
        .select(ReportRow::as_select())
        .into_boxed();
    if let Some(collective) = collective {
        query = query.filter(reports::collective_id.eq(collective.bytes()));
    }
    if let Some(cursor) = cursor {
        query = query.filter(reports::id.lt(cursor.bytes()));
    }
    Ok(query.load(conn)?)
}

/// How many open reports wait for a collective's stewards. Walks `reports_collective_idx`.
pub fn count_open(conn: &mut Conn, collective: CollectiveId) -> Result<i64> {
    let open = reports::table
        .filter(reports::collective_id.eq(collective.bytes()))
        .filter(reports::open.eq(true));
    Ok(open.count().get_result(conn)?)
}

/// The reply that was said again under this address. Walks `relays_ap_id_key`.
pub fn said_again(conn: &mut Conn, ap_id: &str) -> Result<Option<ReplyId>> {
    let found: Option<Vec<u8>> = relays::table
        .filter(relays::ap_id.eq(ap_id))
        .select(relays::reply_id)
        .first(conn)
        .optional()?;
    found.map(|id| ReplyId::try_from(id).map_err(crate::DbError::Corrupt)).transpose()
}

/// Under which address and by whom a reply was said again.
pub fn relay_of(conn: &mut Conn, reply: ReplyId) -> Result<Option<(String, ActorId)>> {
    let found: Option<(String, Vec<u8>)> = relays::table
        .find(reply.bytes())
        .select((relays::ap_id, relays::actor_id))
        .first(conn)
        .optional()?;
    found
        .map(|(ap_id, id)| Ok((ap_id, ActorId::try_from(id).map_err(crate::DbError::Corrupt)?)))
        .transpose()
}
