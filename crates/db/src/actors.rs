//! People, collectives, voices, and instances, as rows.

use diesel::prelude::*;
use domain::{ActorId, Time, people::ActorKind};

use crate::{
    Conn, Result, Tx,
    column::MaybeNumber,
    on_backend,
    schema::{actors, guests},
    search::sayable,
};

/// An actor, here or elsewhere.
#[derive(Clone, Debug, Queryable, Selectable)]
#[diesel(table_name = actors)]
pub struct ActorRow {
    #[diesel(deserialize_as = Vec<u8>)]
    pub id: ActorId,
    pub ap_id: String,
    #[diesel(deserialize_as = String)]
    pub kind: ActorKind,
    pub handle: String,
    pub host: String,
    pub local: bool,
    pub name: String,
    /// Plain text of our own actors, sanitised HTML of others.
    pub summary: String,
    pub url: Option<String>,
    pub inbox: String,
    pub shared_inbox: Option<String>,
    pub outbox: Option<String>,
    pub followers: Option<String>,
    pub following: Option<String>,
    pub featured: Option<String>,
    pub moderators: Option<String>,
    pub icon: Option<String>,
    pub approves_followers: bool,
    #[diesel(deserialize_as = i64)]
    pub created_at: Time,
    #[diesel(deserialize_as = i64)]
    pub updated_at: Time,
    #[diesel(deserialize_as = MaybeNumber)]
    pub fetched_at: Option<Time>,
    #[diesel(deserialize_as = MaybeNumber)]
    pub suspended_at: Option<Time>,
    #[diesel(deserialize_as = MaybeNumber)]
    pub deleted_at: Option<Time>,
}

impl ActorRow {
    /// `@handle@host`.
    pub fn address(&self) -> String {
        format!("@{}@{}", self.handle, self.host)
    }

    /// Where what concerns everybody on its server is sent.
    pub fn best_inbox(&self) -> &str {
        self.shared_inbox.as_deref().unwrap_or(&self.inbox)
    }

    /// Is it a guest: does it stand in for somebody elsewhere? Nobody can choose such a handle.
    pub fn is_guest(&self) -> bool {
        self.local && self.handle.strip_suffix(".guest").is_some()
    }

    /// The name it goes by; the handle where it gave none.
    pub fn display_name(&self) -> &str {
        if self.name.trim().is_empty() { &self.handle } else { &self.name }
    }
}

/// Everything an actor's row is written from; `id` names the row only where it is new.
#[derive(Clone, Debug)]
pub struct NewActor {
    pub id: ActorId,
    pub ap_id: String,
    pub kind: ActorKind,
    pub handle: String,
    pub host: String,
    pub local: bool,
    pub name: String,
    pub summary: String,
    pub url: Option<String>,
    pub inbox: String,
    pub shared_inbox: Option<String>,
    pub outbox: Option<String>,
    pub followers: Option<String>,
    pub following: Option<String>,
    pub featured: Option<String>,
    pub moderators: Option<String>,
    pub icon: Option<String>,
    pub approves_followers: bool,
    pub now: Time,
}

/// Writes an actor, or a newer version of the remote one already known by this `ap_id`; returns its id.
///
/// A local actor is never overwritten by what somebody else says of it.
pub fn upsert(tx: &mut Tx<'_>, new: &NewActor) -> Result<ActorId> {
    let now = new.now.micros();
    let fetched = (!new.local).then_some(now);
    let said = (
        actors::name.eq(&new.name),
        actors::summary.eq(&new.summary),
        actors::url.eq(&new.url),
        actors::inbox.eq(&new.inbox),
        actors::shared_inbox.eq(&new.shared_inbox),
        actors::outbox.eq(&new.outbox),
        actors::followers.eq(&new.followers),
        actors::following.eq(&new.following),
        actors::featured.eq(&new.featured),
        actors::moderators.eq(&new.moderators),
        actors::icon.eq(&new.icon),
        actors::approves_followers.eq(new.approves_followers),
        actors::updated_at.eq(now),
        actors::fetched_at.eq(fetched),
    );
    let fixed = (
        actors::id.eq(new.id.bytes()),
        actors::ap_id.eq(&new.ap_id),
        actors::kind.eq(new.kind.word()),
        actors::handle.eq(&new.handle),
        actors::handle_key.eq(new.handle.to_lowercase()),
        actors::host.eq(&new.host),
        actors::local.eq(new.local),
        actors::created_at.eq(now),
    );
    if new.local {
        diesel::insert_into(actors::table).values((fixed, said)).execute(&mut **tx)?;
        return Ok(new.id);
    }
    let known = find_by_ap_id(tx, &new.ap_id)?;
    match known {
        Some(known) if known.local => Ok(known.id),
        Some(known) => {
            diesel::update(actors::table.find(known.id.bytes())).set(said).execute(&mut **tx)?;
            Ok(known.id)
        }
        None => {
            on_backend!(&mut **tx, it => diesel::insert_into(actors::table)
                .values((fixed, said))
                .on_conflict_do_nothing()
                .execute(it))?;
            Ok(find_by_ap_id(tx, &new.ap_id)?.map_or(new.id, |row| row.id))
        }
    }
}

/// An actor by its id.
pub fn find(conn: &mut Conn, id: ActorId) -> Result<Option<ActorRow>> {
    let row = actors::table.find(id.bytes()).select(ActorRow::as_select()).first(conn);
    Ok(row.optional()?)
}

/// Several actors by their ids, in no order.
pub fn find_all(conn: &mut Conn, ids: &[ActorId]) -> Result<Vec<ActorRow>> {
    let ids: Vec<Vec<u8>> = ids.iter().map(|id| id.bytes()).collect();
    Ok(actors::table.filter(actors::id.eq_any(ids)).select(ActorRow::as_select()).load(conn)?)
}

/// An actor by its address on the wire. Walks `actors_ap_id_key`.
pub fn find_by_ap_id(conn: &mut Conn, ap_id: &str) -> Result<Option<ActorRow>> {
    let row =
        actors::table.filter(actors::ap_id.eq(ap_id)).select(ActorRow::as_select()).first(conn);
    Ok(row.optional()?)
}

/// The actor of this server that bears a handle, deleted or not. Walks `actors_local_handle_key`.
pub fn find_local(conn: &mut Conn, handle: &str) -> Result<Option<ActorRow>> {
    let row = actors::table
        .filter(actors::handle_key.eq(sayable(handle).to_lowercase()))
        .filter(actors::local)
        .select(ActorRow::as_select())
        .first(conn);
    Ok(row.optional()?)
}

/// Actors known by this handle on that host: Lemmy may have two. Walks `actors_handle_idx`.
pub fn find_by_handle(conn: &mut Conn, handle: &str, host: &str) -> Result<Vec<ActorRow>> {
    let rows = actors::table
        .filter(actors::handle_key.eq(sayable(handle).to_lowercase()))
        .filter(actors::host.eq(sayable(host)))
        .order(actors::id)
        .select(ActorRow::as_select())
        .load(conn)?;
    Ok(rows)
}

/// Actors of a host behind an inbox: one, or all of them where they have none of their own. Walks
/// `actors_host_idx`.
pub fn behind(conn: &mut Conn, host: &str, inbox: &str, limit: i64) -> Result<Vec<ActorRow>> {
    let rows = actors::table
        .filter(actors::host.eq(host))
        .filter(actors::local.eq(false))
        .filter(actors::inbox.eq(inbox))
        .filter(actors::deleted_at.is_null())
        .order(actors::id)
        .limit(limit)
        .select(ActorRow::as_select())
        .load(conn)?;
    Ok(rows)
}

/// The actors of a host that bear one of these addresses. Walks `actors_ap_id_key`.
pub fn named(conn: &mut Conn, addresses: &[String], host: &str) -> Result<Vec<ActorRow>> {
    let rows = actors::table
        .filter(actors::ap_id.eq_any(addresses))
        .filter(actors::host.eq(host))
        .filter(actors::local.eq(false))
        .filter(actors::deleted_at.is_null())
        .select(ActorRow::as_select())
        .load(conn)?;
    Ok(rows)
}

/// The actors of this server whose followers are called by one of these addresses. Walks `actors_ap_id_key`.
pub fn followed_at(conn: &mut Conn, addresses: &[String]) -> Result<Vec<ActorRow>> {
    let owners: Vec<&str> =
        addresses.iter().filter_map(|address| address.strip_suffix("/followers")).collect();
    let rows = actors::table
        .filter(actors::ap_id.eq_any(owners))
        .filter(actors::local.eq(true))
        .filter(actors::followers.eq_any(addresses))
        .select(ActorRow::as_select())
        .load(conn)?;
    Ok(rows)
}

/// Forgets an inbox that the actors of a host shared; it comes back when they say so anew. Walks
/// `actors_host_idx`.
pub fn forget_shared_inbox(tx: &mut Tx<'_>, host: &str, inbox: &str) -> Result<()> {
    let shared = actors::table
        .filter(actors::host.eq(host))
        .filter(actors::local.eq(false))
        .filter(actors::shared_inbox.eq(inbox));
    diesel::update(shared).set(actors::shared_inbox.eq(None::<String>)).execute(&mut **tx)?;
    Ok(())
}

/// Changes what a local actor says of itself.
pub fn describe(
    tx: &mut Tx<'_>,
    id: ActorId,
    name: &str,
    summary: &str,
    approves_followers: bool,
    now: Time,
) -> Result<()> {
    diesel::update(actors::table.find(id.bytes()))
        .set((
            actors::name.eq(name),
            actors::summary.eq(summary),
            actors::approves_followers.eq(approves_followers),
            actors::updated_at.eq(now.micros()),
        ))
        .execute(&mut **tx)?;
    Ok(())
}

/// Marks an actor as gone; its id is never used again.
pub fn bury(tx: &mut Tx<'_>, id: ActorId, now: Time) -> Result<()> {
    diesel::update(actors::table.find(id.bytes()))
        .set((
            actors::deleted_at.eq(Some(now.micros())),
            actors::name.eq(""),
            actors::summary.eq(""),
            actors::icon.eq(None::<String>),
        ))
        .execute(&mut **tx)?;
    Ok(())
}

/// Forgets the pictures of everybody on these hosts; they come back when their servers say so anew. Walks
/// `actors_host_idx`.
pub fn forget_icons(tx: &mut Tx<'_>, hosts: &[String]) -> Result<()> {
    for chunk in hosts.chunks(500) {
        let there = actors::table
            .filter(actors::host.eq_any(chunk))
            .filter(actors::local.eq(false))
            .filter(actors::icon.is_not_null());
        diesel::update(there).set(actors::icon.eq(None::<String>)).execute(&mut **tx)?;
    }
    Ok(())
}

/// How many people live here; guests do not.
pub fn count_local_people(conn: &mut Conn) -> Result<i64> {
    let people = actors::table
        .filter(actors::local.eq(true))
        .filter(actors::kind.eq(ActorKind::Person.word()))
        .filter(actors::id.ne_all(guests::table.select(guests::actor_id)))
        .filter(actors::deleted_at.is_null());
    Ok(people.count().get_result(conn)?)
}
