//! Who is shut out: what their rows lose, and the condition under which their words are shown.

use diesel::prelude::*;
use domain::{ActorId, ReplyId, Time};

use crate::{
    Conn, Result, Tx,
    actors::ActorRow,
    schema::{
        accounts, activities, actors, deliveries, follows, oauth_codes, refresh_tokens, replies,
        sessions, tokens,
    },
};

/// So many hosts in one statement: engines bound the number of values.
const CHUNK: usize = 500;

/// The words of an author may be shown: neither they nor their server are suspended here. For a query that has
/// `actors` at hand.
macro_rules! presentable {
    () => {
        $crate::schema::actors::suspended_at.is_null().and(diesel::dsl::not(diesel::dsl::exists(
            $crate::schema::instances::table
                .filter($crate::schema::instances::host.eq($crate::schema::actors::host))
                .filter($crate::schema::instances::state.eq("suspended")),
        )))
    };
}

/// The author's server is not limited here. For a query that has `actors` at hand.
macro_rules! unlimited {
    () => {
        diesel::dsl::not(diesel::dsl::exists(
            $crate::schema::instances::table
                .filter($crate::schema::instances::host.eq($crate::schema::actors::host))
                .filter($crate::schema::instances::state.eq("limited")),
        ))
    };
}

/// The reader follows the actor. For a query that has `actors` at hand.
macro_rules! followed_by {
    ($reader:expr) => {
        diesel::dsl::exists(
            $crate::schema::follows::table
                .filter($crate::schema::follows::followed_id.eq($crate::schema::actors::id))
                .filter($crate::schema::follows::follower_id.eq($reader))
                .filter($crate::schema::follows::state.eq("accepted")),
        )
    };
}

pub(crate) use {followed_by, presentable, unlimited};

/// May what this actor says be shown to anybody?
pub fn is_presentable(conn: &mut Conn, actor: &ActorRow) -> Result<bool> {
    Ok(actor.suspended_at.is_none()
        && (actor.local || !crate::instances::is_suspended(conn, &actor.host)?))
}

/// Is what this actor says for those alone who follow it?
pub fn is_limited(conn: &mut Conn, actor: &ActorRow) -> Result<bool> {
    Ok(!actor.local && crate::instances::is_limited(conn, &actor.host)?)
}

/// Is an actor suspended, by itself and not with its server? Walks the primary key.
pub fn is_suspended(conn: &mut Conn, actor: ActorId) -> Result<bool> {
    let suspended = actors::table.find(actor.bytes()).filter(actors::suspended_at.is_not_null());
    Ok(diesel::select(diesel::dsl::exists(suspended)).get_result(conn)?)
}

/// Suspends an actor, or ends that.
pub fn set_suspended(tx: &mut Tx<'_>, actor: ActorId, since: Option<Time>) -> Result<()> {
    let since = since.map(Time::micros);
    diesel::update(actors::table.find(actor.bytes()))
        .set(actors::suspended_at.eq(since))
        .execute(&mut **tx)?;
    diesel::update(accounts::table.filter(accounts::person_id.eq(actor.bytes())))
        .set(accounts::suspended_at.eq(since))
        .execute(&mut **tx)?;
    Ok(())
}

/// Ends every session and token of a person.
pub fn sign_out(tx: &mut Tx<'_>, person: ActorId) -> Result<()> {
    let account = accounts::table
        .filter(accounts::person_id.eq(person.bytes()))
        .select(accounts::id)
        .into_boxed();
    let ids: Vec<Vec<u8>> = account.load(&mut **tx)?;
    diesel::delete(sessions::table.filter(sessions::account_id.eq_any(&ids))).execute(&mut **tx)?;
    diesel::delete(tokens::table.filter(tokens::account_id.eq_any(&ids))).execute(&mut **tx)?;
    diesel::delete(refresh_tokens::table.filter(refresh_tokens::account_id.eq_any(&ids)))
        .execute(&mut **tx)?;
    diesel::delete(oauth_codes::table.filter(oauth_codes::account_id.eq_any(&ids)))
        .execute(&mut **tx)?;
    Ok(())
}

/// Takes back everything that an actor has signed and that is still waiting to be sent.
pub fn cancel_deliveries_of(tx: &mut Tx<'_>, sender: ActorId) -> Result<usize> {
    let theirs =
        activities::table.filter(activities::actor_id.eq(sender.bytes())).select(activities::id);
    let waiting = deliveries::table
        .filter(deliveries::dead.eq(false))
        .filter(deliveries::activity_id.eq_any(theirs));
    Ok(diesel::delete(waiting).execute(&mut **tx)?)
}

/// A follow that ends when servers are suspended: who follows whom.
pub type Bond = (ActorId, ActorId);

/// The follows between us and these servers, both ways.
pub fn bonds_with(conn: &mut Conn, hosts: &[String]) -> Result<Vec<Bond>> {
    let mut bonds = Vec::new();
    for chunk in hosts.chunks(CHUNK) {
        let there = || {
            actors::table
                .filter(actors::host.eq_any(chunk))
                .filter(actors::local.eq(false))
                .select(actors::id)
        };
        let rows: Vec<(Vec<u8>, Vec<u8>)> = follows::table
            .filter(follows::follower_id.eq_any(there()).or(follows::followed_id.eq_any(there())))
            .order(follows::id)
            .select((follows::follower_id, follows::followed_id))
            .load(conn)?;
        for (follower, followed) in rows {
            let id = |bytes| ActorId::try_from(bytes).map_err(crate::DbError::Corrupt);
            bonds.push((id(follower)?, id(followed)?));
        }
    }
    Ok(bonds)
}

/// Ends the follows between us and these servers, both ways, and drops what waits to be sent there.
pub fn sever(tx: &mut Tx<'_>, hosts: &[String]) -> Result<()> {
    for chunk in hosts.chunks(CHUNK) {
        let there = || {
            actors::table
                .filter(actors::host.eq_any(chunk))
                .filter(actors::local.eq(false))
                .select(actors::id)
        };
        diesel::delete(
            follows::table.filter(
                follows::follower_id.eq_any(there()).or(follows::followed_id.eq_any(there())),
            ),
        )
        .execute(&mut **tx)?;
        let waiting = deliveries::table
            .filter(deliveries::dead.eq(false))
            .filter(deliveries::host.eq_any(chunk));
        diesel::delete(waiting).execute(&mut **tx)?;
    }
    Ok(())
}

/// Takes a reply out of its thread, or puts it back.
pub fn hide_reply(tx: &mut Tx<'_>, id: ReplyId, since: Option<Time>) -> Result<()> {
    diesel::update(replies::table.find(id.bytes()))
        .set(replies::hidden_at.eq(since.map(Time::micros)))
        .execute(&mut **tx)?;
    Ok(())
}
