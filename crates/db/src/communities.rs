//! What is said in communities of other servers: posts without a listing, and the threads below them.

use diesel::prelude::*;
use domain::{ActorId, ReplyId, Time};

use crate::{
    Conn, DbError, Result, Tx,
    actors::ActorRow,
    moderation::{followed_by, presentable, unlimited},
    mutes::heard_by,
    replies::ReplyRow,
    schema::{actors, replies},
};

/// The posts of a community with their authors, newest first, before `cursor`; nothing of whoever is suspended
/// here. Walks `replies_group_idx`.
pub fn posts(
    conn: &mut Conn,
    group: ActorId,
    cursor: Option<ReplyId>,
    limit: i64,
) -> Result<Vec<(ReplyRow, ActorRow)>> {
    let mut query = replies::table
        .inner_join(actors::table.on(actors::id.eq(replies::author_id)))
        .filter(replies::group_id.eq(group.bytes()))
        .filter(replies::parent_id.is_null())
        .filter(replies::deleted_at.is_null())
        .filter(replies::hidden_at.is_null())
        .filter(replies::visibility.eq_any(["public", "unlisted"]))
        .filter(presentable!())
        .order(replies::id.desc())
        .limit(limit)
        .select((ReplyRow::as_select(), ActorRow::as_select()))
        .into_boxed();
    if let Some(cursor) = cursor {
        query = query.filter(replies::id.lt(cursor.bytes()));
    }
    Ok(query.load(conn)?)
}

/// What `reader` may see below a post with its authors, oldest first, after `cursor`: of limited servers what
/// those say whom they follow, of suspended ones nothing. Walks `replies_root_idx`.
pub fn thread(
    conn: &mut Conn,
    root: ReplyId,
    reader: Option<ActorId>,
    cursor: Option<ReplyId>,
    limit: i64,
) -> Result<Vec<(ReplyRow, ActorRow)>> {
    let mut query = replies::table
        .inner_join(actors::table.on(actors::id.eq(replies::author_id)))
        .filter(replies::root_id.eq(root.bytes()))
        .filter(presentable!())
        .order(replies::id)
        .limit(limit)
        .select((ReplyRow::as_select(), ActorRow::as_select()))
        .into_boxed();
    let public = replies::visibility.eq_any(["public", "unlisted"]);
    match reader.map(ActorId::bytes) {
        Some(reader) => {
            query = query.filter(heard_by!(reader.clone()));
            let followed = unlimited!().or(followed_by!(reader.clone()));
            query = query.filter(replies::author_id.eq(reader).or(public.and(followed)));
        }
        None => query = query.filter(public).filter(unlimited!()),
    }
    if let Some(cursor) = cursor {
        query = query.filter(replies::id.gt(cursor.bytes()));
    }
    Ok(query.load(conn)?)
}

/// How many live public answers each post has; one without any is left out. Walks `replies_root_idx`.
pub fn count_answers(conn: &mut Conn, roots: &[ReplyId]) -> Result<Vec<(ReplyId, i64)>> {
    let ids: Vec<Option<Vec<u8>>> = roots.iter().map(|id| Some(id.bytes())).collect();
    let rows: Vec<(Option<Vec<u8>>, i64)> = replies::table
        .inner_join(actors::table.on(actors::id.eq(replies::author_id)))
        .filter(replies::root_id.eq_any(ids))
        .filter(replies::deleted_at.is_null())
        .filter(replies::hidden_at.is_null())
        .filter(replies::visibility.eq_any(["public", "unlisted"]))
        .filter(presentable!())
        .filter(unlimited!())
        .group_by(replies::root_id)
        .select((replies::root_id, diesel::dsl::count_star()))
        .load(conn)?;
    let named = rows.into_iter().filter_map(|(id, number)| Some((id?, number)));
    named
        .map(|(id, number)| Ok((ReplyId::try_from(id).map_err(DbError::Corrupt)?, number)))
        .collect()
}

/// Writes down in which community something was said, and under which title.
pub fn place(
    tx: &mut Tx<'_>,
    id: ReplyId,
    group: Option<ActorId>,
    title: Option<&str>,
) -> Result<()> {
    diesel::update(replies::table.find(id.bytes()))
        .set((replies::group_id.eq(group.map(ActorId::bytes)), replies::title.eq(title)))
        .execute(&mut **tx)?;
    Ok(())
}

/// Takes a post out of its community as of `at`, or puts it back.
pub fn hide(tx: &mut Tx<'_>, id: ReplyId, at: Option<Time>) -> Result<()> {
    diesel::update(replies::table.find(id.bytes()))
        .set(replies::hidden_at.eq(at.map(Time::micros)))
        .execute(&mut **tx)?;
    Ok(())
}

/// Gives the words of a deleted post back, as they were said last.
pub fn restore(tx: &mut Tx<'_>, id: ReplyId, html: &str, updated_at: Option<Time>) -> Result<()> {
    diesel::update(replies::table.find(id.bytes()))
        .set((
            replies::html.eq(html),
            replies::updated_at.eq(updated_at.map(Time::micros)),
            replies::deleted_at.eq(None::<i64>),
        ))
        .execute(&mut **tx)?;
    Ok(())
}
