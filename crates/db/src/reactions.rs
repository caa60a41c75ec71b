//! Likes, votes, and boosts, as rows.

use diesel::prelude::*;
use domain::{ActorId, Time, replies::ReactionKind};
use uuid::Uuid;

use crate::{
    Conn, DbError, Result, Tx,
    moderation::{presentable, unlimited},
    on_backend,
    schema::{actors, reactions},
};

/// A like, a vote against, or a boost, as far as taking it back needs it.
#[derive(Clone, Debug, Queryable)]
pub struct ReactionRow {
    #[diesel(deserialize_as = Vec<u8>)]
    pub actor_id: ActorId,
    #[diesel(deserialize_as = String)]
    pub kind: ReactionKind,
    /// The listing or the reply.
    pub object_id: Vec<u8>,
}

/// Remembers a reaction; a second one of the same kind changes nothing. Returns whether it was new.
pub fn insert(
    tx: &mut Tx<'_>,
    actor: ActorId,
    kind: ReactionKind,
    object: Uuid,
    ap_id: &str,
    now: Time,
) -> Result<bool> {
    let written = on_backend!(&mut **tx, it => diesel::insert_into(reactions::table)
        .values((
            reactions::actor_id.eq(actor.bytes()),
            reactions::kind.eq(kind.word()),
            reactions::object_id.eq(object.as_bytes().to_vec()),
            reactions::ap_id.eq(ap_id),
            reactions::created_at.eq(now.micros()),
        ))
        .on_conflict_do_nothing()
        .execute(it))?;
    Ok(written == 1)
}

/// Takes a reaction back. Returns whether there was one.
pub fn delete(tx: &mut Tx<'_>, actor: ActorId, kind: ReactionKind, object: Uuid) -> Result<bool> {
    let gone = diesel::delete(
        reactions::table
            .filter(reactions::object_id.eq(object.as_bytes().to_vec()))
            .filter(reactions::kind.eq(kind.word()))
            .filter(reactions::actor_id.eq(actor.bytes())),
    )
    .execute(&mut **tx)?;
    Ok(gone == 1)
}

/// Takes back everything an actor reacted to.
pub fn delete_all_of(tx: &mut Tx<'_>, actor: ActorId) -> Result<()> {
    diesel::delete(reactions::table.filter(reactions::actor_id.eq(actor.bytes())))
        .execute(&mut **tx)?;
    Ok(())
}

/// A reaction by the id of its activity. Walks `reactions_ap_id_idx`.
pub fn find_by_ap_id(conn: &mut Conn, ap_id: &str) -> Result<Option<ReactionRow>> {
    let row = reactions::table
        .filter(reactions::ap_id.eq(ap_id))
        .select((reactions::actor_id, reactions::kind, reactions::object_id))
        .first(conn);
    Ok(row.optional()?)
}

/// What an actor did to an object: the kinds, and the ids of the activities. Walks the primary key.
pub fn of_actor(
    conn: &mut Conn,
    actor: ActorId,
    objects: &[Uuid],
) -> Result<Vec<(Uuid, ReactionKind, String)>> {
    let ids: Vec<Vec<u8>> = objects.iter().map(|id| id.as_bytes().to_vec()).collect();
    let rows: Vec<(Vec<u8>, String, String)> = reactions::table
        .filter(reactions::object_id.eq_any(ids))
        .filter(reactions::actor_id.eq(actor.bytes()))
        .order((reactions::object_id, reactions::kind))
        .select((reactions::object_id, reactions::kind, reactions::ap_id))
        .load(conn)?;
    let named = rows.into_iter().map(|(object, kind, ap_id)| {
        let object = objects.iter().find(|id| id.as_bytes()[..] == object[..]);
        Ok((*object.unwrap_or(&Uuid::nil()), ReactionKind::parse(&kind)?, ap_id))
    });
    named.collect::<std::result::Result<_, domain::Invalid>>().map_err(DbError::Corrupt)
}

/// How often something was liked, voted against, and boosted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    pub object: Uuid,
    pub likes: i64,
    pub dislikes: i64,
    pub boosts: i64,
}

/// How often each object was liked, voted against, and boosted, with what communities count; whoever is suspended
/// or limited here does not count. Walks the primary key.
pub fn count(conn: &mut Conn, objects: &[Uuid]) -> Result<Vec<Counts>> {
    let ids: Vec<Vec<u8>> = objects.iter().map(|id| id.as_bytes().to_vec()).collect();
    let rows: Vec<(Vec<u8>, String, i64)> = reactions::table
        .inner_join(actors::table.on(actors::id.eq(reactions::actor_id)))
        .filter(reactions::object_id.eq_any(ids))
        .filter(presentable!())
        .filter(unlimited!())
        .group_by((reactions::object_id, reactions::kind))
        .select((reactions::object_id, reactions::kind, diesel::dsl::count_star()))
        .load(conn)?;
    let mut counts: Vec<Counts> =
        objects.iter().map(|id| Counts { object: *id, ..Counts::default() }).collect();
    for (object, kind, number) in rows {
        let kind = ReactionKind::parse(&kind).map_err(DbError::Corrupt)?;
        if let Some(row) = counts.iter_mut().find(|row| row.object.as_bytes()[..] == object[..]) {
            match kind {
                ReactionKind::Like => row.likes = number,
                ReactionKind::Dislike => row.dislikes = number,
                ReactionKind::Boost => row.boosts = number,
            }
        }
    }
    crate::tallies::add(conn, &mut counts)?;
    Ok(counts)
}
