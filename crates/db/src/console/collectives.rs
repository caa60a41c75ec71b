//! Collectives, here and elsewhere, as those see them who run this instance.

use diesel::{dsl::not, prelude::*};
use domain::{ActorId, CollectiveId, people::ActorKind};

use super::servers::escaped;
use crate::{
    Conn, Result,
    actors::ActorRow,
    schema::{accounts, actors, memberships},
    search::lower,
};

/// Which collectives a list shows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Filter {
    /// Those that live here.
    #[default]
    Here,
    /// Those of other servers.
    Elsewhere,
    /// Those of other servers that are suspended.
    Suspended,
}

/// What is counted of a collective.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Numbers {
    /// How many people belong to it.
    pub members: i64,
    /// How many of these are its stewards.
    pub stewards: i64,
    /// How many accounts it looks after.
    pub accounts: i64,
    /// How many follow it.
    pub followers: i64,
    /// How many of its needs are open.
    pub needs: i64,
    /// How many of its offers are open.
    pub offers: i64,
}

/// Collectives whose name, handle, or host holds these letters, the newest first, before `cursor`. Walks the
/// primary key of `actors`.
pub fn page(
    conn: &mut Conn,
    words: &str,
    filter: Filter,
    cursor: Option<ActorId>,
    limit: i64,
) -> Result<Vec<ActorRow>> {
    let mut query = actors::table
        .filter(actors::kind.eq(ActorKind::Group.word()))
        .filter(actors::deleted_at.is_null())
        .order(actors::id.desc())
        .limit(limit)
        .select(ActorRow::as_select())
        .into_boxed();
    query = match filter {
        Filter::Here => query.filter(actors::local),
        Filter::Elsewhere => query.filter(not(actors::local)),
        Filter::Suspended => query.filter(actors::suspended_at.is_not_null()),
    };
    if !words.is_empty() {
        let like = format!("%{}%", escaped(&words.to_lowercase()));
        query = query.filter(
            lower(actors::name)
                .like(like.clone())
                .escape('\\')
                .or(lower(actors::handle).like(like.clone()).escape('\\'))
                .or(actors::host.like(like).escape('\\')),
        );
    }
    if let Some(cursor) = cursor {
        query = query.filter(actors::id.lt(cursor.bytes()));
    }
    Ok(query.load(conn)?)
}

/// What is counted of a collective that lives here.
pub fn numbers(conn: &mut Conn, id: CollectiveId) -> Result<Numbers> {
    let there = || {
        memberships::table
            .filter(memberships::collective_id.eq(id.bytes()))
            .filter(memberships::state.eq("active"))
    };
    let sponsored = accounts::table.filter(accounts::sponsor_id.eq(Some(id.bytes())));
    let (needs, offers) = crate::listings::count_open(conn, id)?;
    Ok(Numbers {
        members: there().count().get_result(conn)?,
        stewards: crate::memberships::count_stewards(conn, id)?,
        accounts: sponsored.count().get_result(conn)?,
        followers: crate::follows::count_followers(conn, id.actor())?,
        needs,
        offers,
    })
}
