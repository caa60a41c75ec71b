//! Keys of actors: everybody's public half, and the private half of our own.

use diesel::prelude::*;
use domain::{ActorId, Time, people::KeyPair};

use crate::{
    Conn, Result, Tx,
    column::MaybeNumber,
    on_backend,
    schema::{activities, actors, deliveries, keys},
};

/// A public key and the actor it belongs to.
#[derive(Clone, Debug, Queryable)]
pub struct KeyRow {
    pub key_id: String,
    pub public_pem: String,
    #[diesel(deserialize_as = Vec<u8>)]
    pub actor_id: ActorId,
    /// The owner's address on the wire.
    pub actor: String,
    #[diesel(deserialize_as = MaybeNumber)]
    pub refetched_at: Option<Time>,
}

/// A key by its id on the wire.
pub fn find(conn: &mut Conn, key_id: &str) -> Result<Option<KeyRow>> {
    let row = keys::table
        .inner_join(actors::table.on(actors::id.eq(keys::actor_id)))
        .filter(keys::key_id.eq(key_id))
        .select((keys::key_id, keys::public_pem, keys::actor_id, actors::ap_id, keys::refetched_at))
        .first(conn);
    Ok(row.optional()?)
}

/// The newest public key of an actor that is in use, as PEM. Walks `keys_actor_idx`.
pub fn public(conn: &mut Conn, actor: ActorId) -> Result<Option<(String, String)>> {
    let row = keys::table
        .filter(keys::actor_id.eq(actor.bytes()))
        .filter(keys::retired_at.is_null())
        .order(keys::created_at.desc())
        .select((keys::key_id, keys::public_pem))
        .first(conn);
    Ok(row.optional()?)
}

/// Key id and private PEM with which one of our actors signs.
pub fn private(conn: &mut Conn, actor: ActorId) -> Result<Option<(String, String)>> {
    let row: Option<(String, Option<String>)> = keys::table
        .filter(keys::actor_id.eq(actor.bytes()))
        .filter(keys::private_pem.is_not_null())
        .filter(keys::retired_at.is_null())
        .order(keys::created_at.desc())
        .select((keys::key_id, keys::private_pem))
        .first(conn)
        .optional()?;
    Ok(row.and_then(|(key_id, pem)| Some((key_id, pem?))))
}

/// The private half of one key of ours, retired or not.
pub fn private_by_id(conn: &mut Conn, key_id: &str) -> Result<Option<String>> {
    let pem: Option<Option<String>> =
        keys::table.find(key_id).select(keys::private_pem).first(conn).optional()?;
    Ok(pem.flatten())
}

/// Takes a key of ours out of use; what waits to be sent is still signed with it.
pub fn retire(tx: &mut Tx<'_>, actor: ActorId, key_id: &str, now: Time) -> Result<()> {
    diesel::update(keys::table.find(key_id))
        .set(keys::retired_at.eq(Some(now.micros())))
        .execute(&mut **tx)?;
    let waiting =
        deliveries::table.filter(deliveries::dead.eq(false)).select(deliveries::activity_id);
    diesel::update(
        activities::table
            .filter(activities::id.eq_any(waiting))
            .filter(activities::actor_id.eq(actor.bytes()))
            .filter(activities::key_id.is_null()),
    )
    .set(activities::key_id.eq(Some(key_id)))
    .execute(&mut **tx)?;
    Ok(())
}

/// Forgets keys that were retired before a moment.
pub fn sweep(tx: &mut Tx<'_>, before: Time) -> Result<usize> {
    let old = keys::table.filter(keys::retired_at.lt(before.micros()));
    Ok(diesel::delete(old).execute(&mut **tx)?)
}

/// Forgets the keys of actors of ours that are gone, once nothing waits any more that is signed with them.
pub fn sweep_gone(tx: &mut Tx<'_>, before: Time) -> Result<usize> {
    let gone = actors::table
        .filter(actors::local.eq(true))
        .filter(actors::deleted_at.lt(before.micros()))
        .select(actors::id);
    let senders = deliveries::table
        .inner_join(activities::table.on(activities::id.eq(deliveries::activity_id)))
        .filter(deliveries::dead.eq(false))
        .select(activities::actor_id);
    let idle = keys::table
        .filter(keys::retired_at.lt(before.micros()))
        .filter(keys::actor_id.eq_any(gone))
        .filter(keys::actor_id.ne_all(senders));
    Ok(diesel::delete(idle).execute(&mut **tx)?)
}

/// The newest public key of an actor, whether it is in use or not, as its id and PEM. Walks `keys_actor_idx`.
pub fn last_public(conn: &mut Conn, actor: ActorId) -> Result<Option<(String, String)>> {
    let row = keys::table
        .filter(keys::actor_id.eq(actor.bytes()))
        .order(keys::created_at.desc())
        .select((keys::key_id, keys::public_pem))
        .first(conn);
    Ok(row.optional()?)
}

/// Keeps the pair of one of our actors.
pub fn keep_pair(
    tx: &mut Tx<'_>,
    actor: ActorId,
    key_id: &str,
    pair: &KeyPair,
    now: Time,
) -> Result<()> {
    diesel::insert_into(keys::table)
        .values((
            keys::key_id.eq(key_id),
            keys::actor_id.eq(actor.bytes()),
            keys::public_pem.eq(&pair.public_pem),
            keys::private_pem.eq(Some(&pair.private_pem)),
            keys::created_at.eq(now.micros()),
        ))
        .execute(&mut **tx)?;
    Ok(())
}

/// Replaces the public keys of a remote actor with what its server says now.
///
/// A key id that another actor holds already stays with that actor.
pub fn replace(
    tx: &mut Tx<'_>,
    actor: ActorId,
    said: &[(String, String)],
    now: Time,
) -> Result<()> {
    let ids: Vec<&String> = said.iter().map(|(id, _)| id).collect();
    diesel::delete(
        keys::table
            .filter(keys::actor_id.eq(actor.bytes()))
            .filter(keys::private_pem.is_null())
            .filter(keys::key_id.ne_all(ids)),
    )
    .execute(&mut **tx)?;
    for (key_id, pem) in said {
        let changed = diesel::update(
            keys::table
                .filter(keys::key_id.eq(key_id))
                .filter(keys::actor_id.eq(actor.bytes()))
                .filter(keys::private_pem.is_null()),
        )
        .set((keys::public_pem.eq(pem), keys::refetched_at.eq(Some(now.micros()))))
        .execute(&mut **tx)?;
        if changed == 0 {
            on_backend!(&mut **tx, it => diesel::insert_into(keys::table)
                .values((
                    keys::key_id.eq(key_id),
                    keys::actor_id.eq(actor.bytes()),
                    keys::public_pem.eq(pem),
                    keys::created_at.eq(now.micros()),
                    keys::refetched_at.eq(Some(now.micros())),
                ))
                .on_conflict_do_nothing()
                .execute(it))?;
        }
    }
    Ok(())
}
