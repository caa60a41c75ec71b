//! Posts that call a collective, in the queue of its stewards, as rows.

use diesel::prelude::*;
use domain::{
    ActorId, CollectiveId, InboundId, ReplyId, Time,
    mentions::{Arrival, MentionState},
};

use crate::{
    Conn, DbError, Result, Tx,
    actors::ActorRow,
    column::MaybeId,
    moderation::{presentable, unlimited},
    on_backend,
    replies::ReplyRow,
    schema::{actors, blocks, mentions, replies},
};

/// A post that calls a collective.
#[derive(Clone, Debug, Queryable, Selectable)]
#[diesel(table_name = mentions)]
pub struct MentionRow {
    #[diesel(deserialize_as = Vec<u8>)]
    pub collective_id: CollectiveId,
    #[diesel(deserialize_as = Vec<u8>)]
    pub reply_id: ReplyId,
    #[diesel(deserialize_as = String)]
    pub state: MentionState,
    /// The id of the `Announce` by which it is passed on, or was.
    pub announce_id: Option<String>,
    #[diesel(deserialize_as = i64)]
    pub created_at: Time,
    /// The inbound activity by which the post came; it may be forgotten already.
    #[diesel(deserialize_as = MaybeId)]
    pub create_id: Option<InboundId>,
    /// The newest inbound activity that changed the post since.
    #[diesel(deserialize_as = MaybeId)]
    pub update_id: Option<InboundId>,
    #[diesel(deserialize_as = String)]
    pub arrival: Arrival,
}

/// Which posts of a queue.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// All of them.
    Whole,
    /// Those of servers that are not limited here.
    Ordinary,
    /// Those of servers that are.
    Limited,
}

/// Puts a post into the queue, or apart from it, with the activity by which it came; one that was there before
/// stays as it is. Returns whether it is new.
pub fn insert(
    tx: &mut Tx<'_>,
    collective: CollectiveId,
    reply: ReplyId,
    inbound: Option<InboundId>,
    arrival: Arrival,
    now: Time,
) -> Result<bool> {
    let state = match arrival {
        Arrival::Known | Arrival::First => MentionState::New,
        Arrival::Held => MentionState::Held,
    };
    let written = on_backend!(&mut **tx, it => diesel::insert_into(mentions::table)
        .values((
            mentions::collective_id.eq(collective.bytes()),
            mentions::reply_id.eq(reply.bytes()),
            mentions::state.eq(state.word()),
            mentions::arrival.eq(arrival.word()),
            mentions::created_at.eq(now.micros()),
            mentions::create_id.eq(inbound.map(InboundId::bytes)),
        ))
        .on_conflict_do_nothing()
        .execute(it))?;
    Ok(written == 1)
}

/// A post in the queue of a collective, whatever became of it.
pub fn find(
    conn: &mut Conn,
    collective: CollectiveId,
    reply: ReplyId,
) -> Result<Option<MentionRow>> {
    let row = mentions::table
        .find((collective.bytes(), reply.bytes()))
        .select(MentionRow::as_select())
        .first(conn);
    Ok(row.optional()?)
}

/// Writes down by which activity a post was changed, in every queue that it is in. Walks `mentions_reply_idx`.
pub fn changed(tx: &mut Tx<'_>, reply: ReplyId, inbound: InboundId) -> Result<()> {
    diesel::update(mentions::table.filter(mentions::reply_id.eq(reply.bytes())))
        .set(mentions::update_id.eq(Some(inbound.bytes())))
        .execute(&mut **tx)?;
    Ok(())
}

/// Writes down what became of it.
pub fn set_state(
    tx: &mut Tx<'_>,
    collective: CollectiveId,
    reply: ReplyId,
    state: MentionState,
    announce: Option<&str>,
) -> Result<()> {
    diesel::update(mentions::table.find((collective.bytes(), reply.bytes())))
        .set((mentions::state.eq(state.word()), mentions::announce_id.eq(announce)))
        .execute(&mut **tx)?;
    Ok(())
}

/// The live posts of a queue in one state with their authors, newest first, before `cursor`. Nobody whom the
/// collective has blocked meanwhile is shown to it, and nobody who is suspended here. Walks
/// `mentions_queue_idx`.
pub fn page(
    conn: &mut Conn,
    collective: CollectiveId,
    (state, part): (MentionState, Part),
    cursor: Option<ReplyId>,
    limit: i64,
) -> Result<Vec<(ReplyRow, ActorRow)>> {
    let blocked =
        blocks::table.filter(blocks::blocker_id.eq(collective.bytes())).select(blocks::blocked_id);
    let mut query = mentions::table
        .inner_join(replies::table.on(replies::id.eq(mentions::reply_id)))
        .inner_join(actors::table.on(actors::id.eq(replies::author_id)))
        .filter(mentions::collective_id.eq(collective.bytes()))
        .filter(mentions::state.eq(state.word()))
        .filter(replies::deleted_at.is_null())
        .filter(replies::hidden_at.is_null())
        .filter(replies::author_id.ne_all(blocked))
        .filter(presentable!())
        .order(mentions::reply_id.desc())
        .limit(limit)
        .select((ReplyRow::as_select(), ActorRow::as_select()))
        .into_boxed();
    match part {
        Part::Whole => {}
        Part::Ordinary => query = query.filter(unlimited!()),
        Part::Limited => query = query.filter(diesel::dsl::not(unlimited!())),
    }
    if let Some(cursor) = cursor {
        query = query.filter(mentions::reply_id.lt(cursor.bytes()));
    }
    Ok(query.load(conn)?)
}

/// How many posts of servers that nobody knows were let into a queue since a time. Walks `mentions_first_idx`.
pub fn count_first(conn: &mut Conn, collective: CollectiveId, since: Time) -> Result<i64> {
    let first = mentions::table
        .filter(mentions::collective_id.eq(collective.bytes()))
        .filter(mentions::arrival.eq(Arrival::First.word()))
        .filter(mentions::created_at.gt(since.micros()));
    Ok(first.count().get_result(conn)?)
}

/// What is kept apart from a queue, in one piece.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Held {
    pub mentions: i64,
    /// The servers and how many each of them sent, the loudest first; no more than asked for.
    pub loudest: Vec<(String, i64)>,
    /// How many servers there are.
    pub hosts: i64,
    /// When the last of it came.
    pub until: Time,
}

/// The live posts that are kept apart from a queue, without those of whoever is suspended here, in numbers;
/// `named` servers are named. Walks `mentions_queue_idx`.
pub fn held(conn: &mut Conn, collective: CollectiveId, named: i64) -> Result<Held> {
    let waiting = || {
        mentions::table
            .inner_join(replies::table.on(replies::id.eq(mentions::reply_id)))
            .inner_join(actors::table.on(actors::id.eq(replies::author_id)))
            .filter(mentions::collective_id.eq(collective.bytes()))
            .filter(mentions::state.eq(MentionState::Held.word()))
            .filter(replies::deleted_at.is_null())
            .filter(replies::hidden_at.is_null())
            .filter(presentable!())
    };
    let (number, until): (i64, Option<i64>) = waiting()
        .select((diesel::dsl::count_star(), diesel::dsl::max(mentions::created_at)))
        .first(conn)?;
    let each = diesel::dsl::count(actors::host).aggregate_distinct();
    let hosts = waiting().select(each).first(conn)?;
    let loudest = waiting()
        .group_by(actors::host)
        .order((diesel::dsl::count_star().desc(), actors::host))
        .limit(named)
        .select((actors::host, diesel::dsl::count_star()))
        .load(conn)?;
    let until = Time::from_micros(until.unwrap_or_default());
    Ok(Held { mentions: number, loudest, hosts, until })
}

/// The servers whose posts are kept apart from a queue, that came until a time. Walks `mentions_queue_idx`.
pub fn held_hosts(conn: &mut Conn, collective: CollectiveId, until: Time) -> Result<Vec<String>> {
    let hosts = mentions::table
        .inner_join(replies::table.on(replies::id.eq(mentions::reply_id)))
        .inner_join(actors::table.on(actors::id.eq(replies::author_id)))
        .filter(mentions::collective_id.eq(collective.bytes()))
        .filter(mentions::state.eq(MentionState::Held.word()))
        .filter(mentions::created_at.le(until.micros()))
        .select(actors::host)
        .distinct();
    Ok(hosts.load(conn)?)
}

/// The posts that are kept apart from a queue and came until a time, the oldest first. Walks `mentions_queue_idx`.
pub fn held_until(conn: &mut Conn, collective: CollectiveId, until: Time) -> Result<Vec<ReplyId>> {
    let held = mentions::table
        .filter(mentions::collective_id.eq(collective.bytes()))
        .filter(mentions::state.eq(MentionState::Held.word()))
        .filter(mentions::created_at.le(until.micros()))
        .order(mentions::created_at)
        .select(mentions::reply_id);
    let ids: Vec<Vec<u8>> = held.load(conn)?;
    ids.into_iter().map(|id| ReplyId::try_from(id).map_err(DbError::Corrupt)).collect()
}

/// Decides about all that is kept apart from a queue and came until a time, in one statement; how many those
/// were. Walks `mentions_queue_idx`.
pub fn settle_held(
    tx: &mut Tx<'_>,
    collective: CollectiveId,
    until: Time,
    state: MentionState,
) -> Result<usize> {
    let held = mentions::table
        .filter(mentions::collective_id.eq(collective.bytes()))
        .filter(mentions::state.eq(MentionState::Held.word()))
        .filter(mentions::created_at.le(until.micros()));
    let settled = diesel::update(held).set(mentions::state.eq(state.word())).execute(&mut **tx)?;
    Ok(settled)
}

/// How many posts of one author wait in a queue or apart from it. Walks `mentions_queue_idx`.
pub fn count_waiting(conn: &mut Conn, collective: CollectiveId, author: ActorId) -> Result<i64> {
    let waiting = mentions::table
        .inner_join(replies::table.on(replies::id.eq(mentions::reply_id)))
        .filter(mentions::collective_id.eq(collective.bytes()))
        .filter(mentions::state.eq_any([MentionState::New.word(), MentionState::Held.word()]))
        .filter(replies::author_id.eq(author.bytes()));
    Ok(waiting.count().get_result(conn)?)
}

/// Where a post is passed on. Walks `mentions_reply_idx`.
pub fn boosts_of(conn: &mut Conn, reply: ReplyId) -> Result<Vec<MentionRow>> {
    let rows = mentions::table
        .filter(mentions::reply_id.eq(reply.bytes()))
        .filter(mentions::state.eq(MentionState::Boosted.word()))
        .select(MentionRow::as_select())
        .load(conn)?;
    Ok(rows)
}

/// Posts of an author that are passed on somewhere.
pub fn boosts_of_author(conn: &mut Conn, author: ActorId) -> Result<Vec<MentionRow>> {
    let rows = mentions::table
        .inner_join(replies::table.on(replies::id.eq(mentions::reply_id)))
        .filter(replies::author_id.eq(author.bytes()))
        .filter(mentions::state.eq(MentionState::Boosted.word()))
        .select(MentionRow::as_select())
        .load(conn)?;
    Ok(rows)
}
