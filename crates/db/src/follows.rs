//! Who follows whom, as rows.

use diesel::prelude::*;
use domain::{ActorId, Dialect, FollowId, Time, follows::FollowState};

use crate::{
    Conn, Result, Tx,
    actors::ActorRow,
    on_backend,
    schema::{actors, follows, instances},
};

/// A follow, asked or accepted.
#[derive(Clone, Debug, Queryable, Selectable)]
#[diesel(table_name = follows)]
pub struct FollowRow {
    #[diesel(deserialize_as = Vec<u8>)]
    pub id: FollowId,
    /// The id of the `Follow` activity.
    pub ap_id: String,
    #[diesel(deserialize_as = Vec<u8>)]
    pub follower_id: ActorId,
    #[diesel(deserialize_as = Vec<u8>)]
    pub followed_id: ActorId,
    #[diesel(deserialize_as = String)]
    pub state: FollowState,
    #[diesel(deserialize_as = i64)]
    pub created_at: Time,
}

/// Writes a follow; a newer request of the same pair replaces the address of the older one.
///
/// A follow that was accepted stays accepted.
pub fn upsert(tx: &mut Tx<'_>, row: &FollowRow) -> Result<FollowRow> {
    let accepted = (row.state == FollowState::Accepted).then(|| row.created_at.micros());
    on_backend!(&mut **tx, it => diesel::insert_into(follows::table)
        .values((
            follows::id.eq(row.id.bytes()),
            follows::ap_id.eq(&row.ap_id),
            follows::follower_id.eq(row.follower_id.bytes()),
            follows::followed_id.eq(row.followed_id.bytes()),
            follows::state.eq(row.state.word()),
            follows::created_at.eq(row.created_at.micros()),
            follows::accepted_at.eq(accepted),
        ))
        .on_conflict((follows::follower_id, follows::followed_id))
        .do_update()
        .set(follows::ap_id.eq(&row.ap_id))
        .execute(it))?;
    Ok(find(tx, row.follower_id, row.followed_id)?.unwrap_or_else(|| row.clone()))
}

/// The follow of one by the other. Walks `follows_pair_key`.
pub fn find(conn: &mut Conn, follower: ActorId, followed: ActorId) -> Result<Option<FollowRow>> {
    let row = follows::table
        .filter(follows::follower_id.eq(follower.bytes()))
        .filter(follows::followed_id.eq(followed.bytes()))
        .select(FollowRow::as_select())
        .first(conn);
    Ok(row.optional()?)
}

/// A follow by its own id.
pub fn find_by_id(conn: &mut Conn, id: FollowId) -> Result<Option<FollowRow>> {
    Ok(follows::table.find(id.bytes()).select(FollowRow::as_select()).first(conn).optional()?)
}

/// A follow by the id of its activity. Walks `follows_ap_id_idx`.
pub fn find_by_ap_id(conn: &mut Conn, ap_id: &str) -> Result<Option<FollowRow>> {
    let row =
        follows::table.filter(follows::ap_id.eq(ap_id)).select(FollowRow::as_select()).first(conn);
    Ok(row.optional()?)
}

/// Marks a follow as accepted.
pub fn accept(tx: &mut Tx<'_>, id: FollowId, now: Time) -> Result<()> {
    diesel::update(follows::table.find(id.bytes()))
        .set((
            follows::state.eq(FollowState::Accepted.word()),
            follows::accepted_at.eq(Some(now.micros())),
        ))
        .execute(&mut **tx)?;
    Ok(())
}

/// Forgets a follow.
pub fn delete(tx: &mut Tx<'_>, id: FollowId) -> Result<()> {
    diesel::delete(follows::table.find(id.bytes())).execute(&mut **tx)?;
    Ok(())
}

/// Forgets every follow from and to an actor.
pub fn delete_all_of(tx: &mut Tx<'_>, actor: ActorId) -> Result<()> {
    let both = follows::follower_id.eq(actor.bytes()).or(follows::followed_id.eq(actor.bytes()));
    diesel::delete(follows::table.filter(both)).execute(&mut **tx)?;
    Ok(())
}

/// Forgets whom an actor follows.
pub fn delete_all_by(tx: &mut Tx<'_>, follower: ActorId) -> Result<()> {
    diesel::delete(follows::table.filter(follows::follower_id.eq(follower.bytes())))
        .execute(&mut **tx)?;
    Ok(())
}

/// How many follow an actor. Walks `follows_followed_idx`.
pub fn count_followers(conn: &mut Conn, followed: ActorId) -> Result<i64> {
    let accepted = follows::table
        .filter(follows::followed_id.eq(followed.bytes()))
        .filter(follows::state.eq(FollowState::Accepted.word()));
    Ok(accepted.count().get_result(conn)?)
}

/// How many an actor follows.
pub fn count_following(conn: &mut Conn, follower: ActorId) -> Result<i64> {
    let accepted = follows::table
        .filter(follows::follower_id.eq(follower.bytes()))
        .filter(follows::state.eq(FollowState::Accepted.word()));
    Ok(accepted.count().get_result(conn)?)
}

/// Requests that wait for an answer, oldest first, with those who ask. Walks `follows_followed_idx`.
pub fn pending(
    conn: &mut Conn,
    followed: ActorId,
    limit: i64,
) -> Result<Vec<(FollowRow, ActorRow)>> {
    let rows = follows::table
        .inner_join(actors::table.on(actors::id.eq(follows::follower_id)))
        .filter(follows::followed_id.eq(followed.bytes()))
        .filter(follows::state.eq(FollowState::Pending.word()))
        .order(follows::id)
        .limit(limit)
        .select((FollowRow::as_select(), ActorRow::as_select()))
        .load(conn)?;
    Ok(rows)
}

/// Requests that wait for an answer, oldest first, after `cursor`. Walks `follows_followed_idx`.
pub fn pending_page(
    conn: &mut Conn,
    followed: ActorId,
    cursor: Option<FollowId>,
    limit: i64,
) -> Result<Vec<(FollowRow, ActorRow)>> {
    let mut query = follows::table
        .inner_join(actors::table.on(actors::id.eq(follows::follower_id)))
        .filter(follows::followed_id.eq(followed.bytes()))
        .filter(follows::state.eq(FollowState::Pending.word()))
        .order(follows::id)
        .limit(limit)
        .select((FollowRow::as_select(), ActorRow::as_select()))
        .into_boxed();
    if let Some(cursor) = cursor {
        query = query.filter(follows::id.gt(cursor.bytes()));
    }
    Ok(query.load(conn)?)
}

/// Whom somebody follows or has asked to follow, newest first, before `cursor`.
pub fn following(
    conn: &mut Conn,
    follower: ActorId,
    cursor: Option<FollowId>,
    limit: i64,
) -> Result<Vec<(FollowRow, ActorRow)>> {
    let mut query = follows::table
        .inner_join(actors::table.on(actors::id.eq(follows::followed_id)))
        .filter(follows::follower_id.eq(follower.bytes()))
        .order(follows::id.desc())
        .limit(limit)
        .select((FollowRow::as_select(), ActorRow::as_select()))
        .into_boxed();
    if let Some(cursor) = cursor {
        query = query.filter(follows::id.lt(cursor.bytes()));
    }
    Ok(query.load(conn)?)
}

/// Does anybody of that host follow this actor? Walks `follows_followed_idx`.
pub fn has_follower_on(conn: &mut Conn, followed: ActorId, host: &str) -> Result<bool> {
    let there = follows::table
        .inner_join(actors::table.on(actors::id.eq(follows::follower_id)))
        .filter(follows::followed_id.eq(followed.bytes()))
        .filter(follows::state.eq(FollowState::Accepted.word()))
        .filter(actors::host.eq(host));
    Ok(diesel::select(diesel::dsl::exists(there)).get_result(conn)?)
}

/// Does anybody of this server follow this actor?
pub fn has_local_follower(conn: &mut Conn, followed: ActorId) -> Result<bool> {
    let local = follows::table
        .inner_join(actors::table.on(actors::id.eq(follows::follower_id)))
        .filter(follows::followed_id.eq(followed.bytes()))
        .filter(actors::local.eq(true));
    Ok(diesel::select(diesel::dsl::exists(local)).get_result(conn)?)
}

/// Does anybody here follow somebody on that host? Walks `actors_host_idx`, then `follows_followed_idx`.
pub fn has_local_follower_at(conn: &mut Conn, host: &str) -> Result<bool> {
    let there = actors::table
        .filter(actors::host.eq(host))
        .filter(actors::local.eq(false))
        .select(actors::id);
    let here = actors::table.filter(actors::local.eq(true)).select(actors::id);
    let local = follows::table
        .filter(follows::followed_id.eq_any(there))
        .filter(follows::follower_id.eq_any(here));
    Ok(diesel::select(diesel::dsl::exists(local)).get_result(conn)?)
}

/// Does anybody follow this actor whose server speaks this? Walks `follows_followed_idx`.
pub fn has_follower_speaking(conn: &mut Conn, followed: ActorId, dialect: Dialect) -> Result<bool> {
    let speaking = follows::table
        .inner_join(actors::table.on(actors::id.eq(follows::follower_id)))
        .inner_join(instances::table.on(instances::host.eq(actors::host)))
        .filter(follows::followed_id.eq(followed.bytes()))
        .filter(follows::state.eq(FollowState::Accepted.word()))
        .filter(actors::local.eq(false))
        .filter(actors::deleted_at.is_null())
        .filter(instances::dialect.eq(dialect.word()));
    Ok(diesel::select(diesel::dsl::exists(speaking)).get_result(conn)?)
}
