//! Where a message is said again for those who cannot read the original, as rows.

use diesel::prelude::*;
use domain::{ActorId, Dialect, ListingId, ReplyId, Time, people::ActorKind};

use crate::{
    Conn, DbError, Result, Tx,
    column::MaybeNumber,
    on_backend,
    schema::{actors, relays, replies},
};

/// A message said again.
#[derive(Clone, Debug, Queryable)]
pub struct RelayRow {
    #[diesel(deserialize_as = Vec<u8>)]
    pub reply_id: ReplyId,
    /// `/relays/UUID`.
    pub ap_id: String,
    /// Who says it: a guest, or the Group.
    #[diesel(deserialize_as = Vec<u8>)]
    pub actor_id: ActorId,
    /// What that is.
    #[diesel(deserialize_as = String)]
    pub kind: ActorKind,
    #[diesel(deserialize_as = i64)]
    pub created_at: Time,
    /// When it was taken back although the message is still here.
    #[diesel(deserialize_as = MaybeNumber)]
    pub ended_at: Option<Time>,
    /// The address that it had before it was deleted and put back.
    pub former_id: Option<String>,
}

impl RelayRow {
    /// Who reads it in place of the original: a guest speaks to the threadiverse, a Group to microblogs.
    pub fn dialect(&self) -> Dialect {
        if self.kind == ActorKind::Group { Dialect::Microblog } else { Dialect::Threadiverse }
    }
}

type Columns = (
    relays::reply_id,
    relays::ap_id,
    relays::actor_id,
    actors::kind,
    relays::created_at,
    relays::ended_at,
    relays::former_id,
);

const COLUMNS: Columns = (
    relays::reply_id,
    relays::ap_id,
    relays::actor_id,
    actors::kind,
    relays::created_at,
    relays::ended_at,
    relays::former_id,
);

/// Keeps the address of a relay; a message that has one keeps the first.
pub fn insert(
    tx: &mut Tx<'_>,
    reply: ReplyId,
    ap_id: &str,
    actor: ActorId,
    now: Time,
) -> Result<()> {
    on_backend!(&mut **tx, it => diesel::insert_into(relays::table)
        .values((
            relays::reply_id.eq(reply.bytes()),
            relays::ap_id.eq(ap_id),
            relays::actor_id.eq(actor.bytes()),
            relays::created_at.eq(now.micros()),
        ))
        .on_conflict_do_nothing()
        .execute(it))?;
    Ok(())
}

/// The relay of a message.
pub fn find(conn: &mut Conn, reply: ReplyId) -> Result<Option<RelayRow>> {
    let row = relays::table
        .inner_join(actors::table.on(actors::id.eq(relays::actor_id)))
        .filter(relays::reply_id.eq(reply.bytes()))
        .select(COLUMNS);
    Ok(row.first(conn).optional()?)
}

/// A relay by its address, or by its former one. Walks `relays_ap_id_key` and `relays_former_idx`.
pub fn find_by_ap_id(conn: &mut Conn, ap_id: &str) -> Result<Option<RelayRow>> {
    let row = relays::table
        .inner_join(actors::table.on(actors::id.eq(relays::actor_id)))
        .filter(relays::ap_id.eq(ap_id).or(relays::former_id.eq(ap_id)))
        .select(COLUMNS);
    Ok(row.first(conn).optional()?)
}

/// The relays under a listing. Walks `replies_thread_idx`.
pub fn under(conn: &mut Conn, listing: ListingId) -> Result<Vec<RelayRow>> {
    let rows = replies::table
        .inner_join(relays::table.on(relays::reply_id.eq(replies::id)))
        .inner_join(actors::table.on(actors::id.eq(relays::actor_id)))
        .filter(replies::listing_id.eq(listing.bytes()))
        .select(COLUMNS);
    Ok(rows.load(conn)?)
}

/// The messages of an author that are said again, each with its listing. Walks `replies_author_idx`.
pub fn of_author(conn: &mut Conn, author: ActorId) -> Result<Vec<(ReplyId, Option<ListingId>)>> {
    let rows: Vec<(Vec<u8>, Option<Vec<u8>>)> = replies::table
        .inner_join(relays::table.on(relays::reply_id.eq(replies::id)))
        .filter(replies::author_id.eq(author.bytes()))
        .filter(relays::ended_at.is_null())
        .select((replies::id, replies::listing_id))
        .load(conn)?;
    let ids = rows.into_iter().map(|(reply, listing)| {
        Ok((ReplyId::try_from(reply)?, listing.map(ListingId::try_from).transpose()?))
    });
    ids.collect::<std::result::Result<_, domain::Invalid>>().map_err(DbError::Corrupt)
}

/// The authors of a host of whom something is said again. Walks `actors_host_idx`.
pub fn authors_of(conn: &mut Conn, host: &str) -> Result<Vec<ActorId>> {
    let rows: Vec<Vec<u8>> = replies::table
        .inner_join(relays::table.on(relays::reply_id.eq(replies::id)))
        .inner_join(actors::table.on(actors::id.eq(replies::author_id)))
        .filter(actors::host.eq(host))
        .filter(relays::ended_at.is_null())
        .select(replies::author_id)
        .distinct()
        .load(conn)?;
    let ids = rows.into_iter().map(ActorId::try_from);
    ids.collect::<std::result::Result<_, _>>().map_err(DbError::Corrupt)
}

/// Takes a relay back; its address is never used again.
pub fn end(tx: &mut Tx<'_>, reply: ReplyId, now: Time) -> Result<()> {
    diesel::update(relays::table.find(reply.bytes()).filter(relays::ended_at.is_null()))
        .set(relays::ended_at.eq(Some(now.micros())))
        .execute(&mut **tx)?;
    Ok(())
}

/// Gives a relay another address: of a message that comes back, nobody would take the old one any more.
pub fn renew(tx: &mut Tx<'_>, reply: ReplyId, ap_id: &str) -> Result<()> {
    let former: Option<String> =
        relays::table.find(reply.bytes()).select(relays::ap_id).first(&mut **tx).optional()?;
    diesel::update(relays::table.find(reply.bytes()))
        .set((relays::former_id.eq(former), relays::ap_id.eq(ap_id)))
        .execute(&mut **tx)?;
    Ok(())
}
