//! Servers we have met, as those see them who run this one.

use diesel::{dsl::not, prelude::*};
use domain::{Time, domains::State};

use crate::{
    Conn, Result,
    column::MaybeNumber,
    deliveries::admin::MOST_COUNTED,
    instances::InstanceRow,
    schema::{actors, deliveries, follows, instances},
    search::lower,
};

/// A server and what is counted of it.
#[derive(Clone, Debug, Queryable)]
pub struct ServerRow {
    pub instance: InstanceRow,
    #[diesel(deserialize_as = i64)]
    pub first_seen_at: Time,
    /// Since when an admin has nothing sent to it.
    #[diesel(deserialize_as = MaybeNumber)]
    pub paused_at: Option<Time>,
    /// When something is tried next.
    #[diesel(deserialize_as = MaybeNumber)]
    pub next_try: Option<Time>,
    /// How many letters have arrived there, ever.
    pub delivered: i64,
    /// How many tries have not.
    pub failed: i64,
}

macro_rules! server {
    () => {
        (
            InstanceRow::as_select(),
            instances::first_seen_at,
            instances::delivery_paused_at,
            instances::delivery_due_at,
            instances::delivered,
            instances::failed,
        )
    };
}

/// Which servers a list shows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Filter {
    #[default]
    All,
    /// Those that fail at the moment.
    Failing,
    /// Those to which an admin has nothing sent.
    Paused,
    /// Those that stand so with us.
    Standing(State),
}

/// A server by its name.
pub fn find(conn: &mut Conn, host: &str) -> Result<Option<ServerRow>> {
    let row = instances::table.find(host).select(server!()).first(conn);
    Ok(row.optional()?)
}

/// Servers whose name or software holds these letters, by their names, after `cursor`. Walks the primary key.
pub fn page(
    conn: &mut Conn,
    words: &str,
    filter: Filter,
    cursor: &str,
    limit: i64,
) -> Result<Vec<ServerRow>> {
    let mut query = instances::table
        .filter(instances::host.gt(cursor))
        .order(instances::host)
        .limit(limit)
        .select(server!())
        .into_boxed();
    if !words.is_empty() {
        let like = format!("%{}%", escaped(&words.to_lowercase()));
        query = query.filter(
            instances::host.like(like.clone()).escape('\\').or(lower(
                instances::software.assume_not_null(),
            )
            .like(like)
            .escape('\\')),
        );
    }
    query = match filter {
        Filter::All => query,
        Filter::Failing => query.filter(instances::failures.gt(0)),
        Filter::Paused => query.filter(instances::delivery_paused_at.is_not_null()),
        Filter::Standing(state) => query.filter(instances::state.eq(state.word())),
    };
    Ok(query.load(conn)?)
}

/// Letters that stand for others in a pattern, as themselves.
pub(crate) fn escaped(words: &str) -> String {
    words.replace('\\', "\\\\").replace('%', "\\%").replace('_', "\\_")
}

/// How many letters wait for a host, and how many were given up; not counted beyond a hundred thousand. Walks
/// `deliveries_host_idx`.
pub fn queue(conn: &mut Conn, host: &str) -> Result<(i64, i64)> {
    let mut count = |dead: bool| -> Result<i64> {
        let theirs = deliveries::table
            .filter(deliveries::host.eq(host))
            .filter(deliveries::dead.eq(dead))
            .limit(MOST_COUNTED)
            .select(deliveries::inbox);
        let rows: Vec<String> = theirs.load(conn)?;
        Ok(i64::try_from(rows.len()).unwrap_or(MOST_COUNTED))
    };
    Ok((count(false)?, count(true)?))
}

/// How many actors of a host are known here, how many follow somebody here, and how many are followed from here.
pub fn known(conn: &mut Conn, host: &str) -> Result<(i64, i64, i64)> {
    let there = || {
        actors::table
            .filter(actors::host.eq(host))
            .filter(not(actors::local))
            .filter(actors::deleted_at.is_null())
    };
    let actors = there().count().get_result(conn)?;
    let follow = follows::table
        .filter(follows::follower_id.eq_any(there().select(actors::id)))
        .filter(follows::state.eq("accepted"));
    let followed = follows::table
        .filter(follows::followed_id.eq_any(there().select(actors::id)))
        .filter(follows::state.eq("accepted"));
    Ok((actors, follow.count().get_result(conn)?, followed.count().get_result(conn)?))
}
