//! Votes that a community elsewhere counts of people whom nobody here has met, as rows.

use diesel::prelude::*;
use domain::{ReplyId, Time, replies::ReactionKind};

use crate::{Conn, DbError, Result, Tx, on_backend, reactions::Counts, schema::tallies};

/// Counts a vote; another one of the same voter is replaced.
pub fn count(
    tx: &mut Tx<'_>,
    object: ReplyId,
    voter: &str,
    kind: ReactionKind,
    now: Time,
) -> Result<()> {
    forget(tx, object, voter)?;
    on_backend!(&mut **tx, it => diesel::insert_into(tallies::table)
        .values((
            tallies::object_id.eq(object.bytes()),
            tallies::voter.eq(voter),
            tallies::kind.eq(kind.word()),
            tallies::created_at.eq(now.micros()),
        ))
        .on_conflict_do_nothing()
        .execute(it))?;
    Ok(())
}

/// Counts a voter no longer. Returns whether they were counted.
pub fn forget(tx: &mut Tx<'_>, object: ReplyId, voter: &str) -> Result<bool> {
    let gone = diesel::delete(tallies::table.find((object.bytes(), voter))).execute(&mut **tx)?;
    Ok(gone == 1)
}

/// Adds what is counted here to what was heard of voters themselves. Walks the primary key.
pub(crate) fn add(conn: &mut Conn, counts: &mut [Counts]) -> Result<()> {
    let ids: Vec<Vec<u8>> = counts.iter().map(|it| it.object.as_bytes().to_vec()).collect();
    let rows: Vec<(Vec<u8>, String, i64)> = tallies::table
        .filter(tallies::object_id.eq_any(ids))
        .group_by((tallies::object_id, tallies::kind))
        .select((tallies::object_id, tallies::kind, diesel::dsl::count_star()))
        .load(conn)?;
    for (object, kind, number) in rows {
        let kind = ReactionKind::parse(&kind).map_err(DbError::Corrupt)?;
        let known = counts.iter_mut().find(|it| it.object.as_bytes()[..] == object[..]);
        if let Some(counts) = known {
            match kind {
                ReactionKind::Like => counts.likes += number,
                ReactionKind::Dislike => counts.dislikes += number,
                ReactionKind::Boost => {}
            }
        }
    }
    Ok(())
}
