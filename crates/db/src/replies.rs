//! What people write, as rows: answers under a listing, and posts of their own.

use diesel::{connection::DefaultLoadingMode, prelude::*};
use domain::{
    ActorId, ListingId, PersonId, ReplyId, Time,
    replies::{ReactionKind, Visibility},
};

use crate::{
    Conn, DbError, Result, Tx,
    actors::ActorRow,
    column::{MaybeId, MaybeNumber},
    moderation::{followed_by, presentable, unlimited},
    mutes::heard_by,
    readable::readable,
    schema::{actors, follows, reactions, relays, replies},
};

/// A reply, or a post where there is no listing.
#[derive(Clone, Debug, Queryable, Selectable)]
#[diesel(table_name = replies)]
pub struct ReplyRow {
    #[diesel(deserialize_as = Vec<u8>)]
    pub id: ReplyId,
    pub ap_id: String,
    #[diesel(deserialize_as = Vec<u8>)]
    pub author_id: ActorId,
    /// The member behind an answer given as the voice.
    #[diesel(deserialize_as = MaybeId)]
    pub written_by: Option<PersonId>,
    #[diesel(deserialize_as = MaybeId)]
    pub listing_id: Option<ListingId>,
    #[diesel(deserialize_as = MaybeId)]
    pub parent_id: Option<ReplyId>,
    pub in_reply_to: Option<String>,
    pub depth: i32,
    #[diesel(deserialize_as = String)]
    pub visibility: Visibility,
    /// Plain text of our own; empty where only HTML was received.
    pub text: String,
    /// Sanitised HTML of others; empty of our own.
    pub html: String,
    pub language: Option<String>,
    pub url: Option<String>,
    #[diesel(deserialize_as = i64)]
    pub published_at: Time,
    #[diesel(deserialize_as = MaybeNumber)]
    pub updated_at: Option<Time>,
    #[diesel(deserialize_as = MaybeNumber)]
    pub deleted_at: Option<Time>,
    #[diesel(deserialize_as = MaybeNumber)]
    pub hidden_at: Option<Time>,
    /// The Group it was said in, where that is not the collective of its listing: a community elsewhere.
    #[diesel(deserialize_as = MaybeId)]
    pub group_id: Option<ActorId>,
    /// Of a post of the threadiverse.
    pub title: Option<String>,
    /// The post with which its thread begins, where that is no listing.
    #[diesel(deserialize_as = MaybeId)]
    pub root_id: Option<ReplyId>,
    /// What its author warns of, as plain text.
    pub summary: Option<String>,
    /// Whether its author wants it folded.
    pub sensitive: bool,
}

/// Writes a new reply.
pub fn insert(tx: &mut Tx<'_>, row: &ReplyRow) -> Result<()> {
    diesel::insert_into(replies::table)
        .values((
            replies::id.eq(row.id.bytes()),
            replies::ap_id.eq(&row.ap_id),
            replies::author_id.eq(row.author_id.bytes()),
            replies::written_by.eq(row.written_by.map(PersonId::bytes)),
            replies::listing_id.eq(row.listing_id.map(ListingId::bytes)),
            replies::parent_id.eq(row.parent_id.map(ReplyId::bytes)),
            replies::in_reply_to.eq(&row.in_reply_to),
            replies::depth.eq(row.depth),
            replies::visibility.eq(row.visibility.word()),
            replies::text.eq(&row.text),
            replies::html.eq(&row.html),
            replies::language.eq(&row.language),
            replies::url.eq(&row.url),
            replies::published_at.eq(row.published_at.micros()),
            replies::updated_at.eq(row.updated_at.map(Time::micros)),
            replies::group_id.eq(row.group_id.map(ActorId::bytes)),
            replies::title.eq(&row.title),
            replies::root_id.eq(row.root_id.map(ReplyId::bytes)),
            replies::summary.eq(&row.summary),
            replies::sensitive.eq(row.sensitive),
        ))
        .execute(&mut **tx)?;
    Ok(())
}

/// Changes what its author warns of.
pub fn warn(tx: &mut Tx<'_>, id: ReplyId, summary: Option<&str>, sensitive: bool) -> Result<()> {
    diesel::update(replies::table.find(id.bytes()))
        .set((replies::summary.eq(summary), replies::sensitive.eq(sensitive)))
        .execute(&mut **tx)?;
    Ok(())
}

/// Changes the words of a reply.
pub fn update(tx: &mut Tx<'_>, id: ReplyId, text: &str, html: &str, now: Time) -> Result<()> {
    diesel::update(replies::table.find(id.bytes()))
        .set((
            replies::text.eq(text),
            replies::html.eq(html),
            replies::updated_at.eq(Some(now.micros())),
        ))
        .execute(&mut **tx)?;
    Ok(())
}

/// Takes the words of a reply away and leaves its place in the thread.
pub fn bury(tx: &mut Tx<'_>, id: ReplyId, now: Time) -> Result<()> {
    diesel::update(replies::table.find(id.bytes()))
        .set((
            replies::text.eq(""),
            replies::html.eq(""),
            replies::title.eq(None::<String>),
            replies::summary.eq(None::<String>),
            replies::deleted_at.eq(Some(now.micros())),
        ))
        .execute(&mut **tx)?;
    Ok(())
}

/// Takes away the words of everything an actor wrote.
pub fn bury_all_of(tx: &mut Tx<'_>, author: ActorId, now: Time) -> Result<()> {
    diesel::update(replies::table.filter(replies::author_id.eq(author.bytes())))
        .set((
            replies::text.eq(""),
            replies::html.eq(""),
            replies::title.eq(None::<String>),
            replies::summary.eq(None::<String>),
            replies::deleted_at.eq(Some(now.micros())),
        ))
        .execute(&mut **tx)?;
    Ok(())
}

/// The listings under which an actor wrote what is still there. Walks `replies_author_idx`.
pub fn threads_of(conn: &mut Conn, author: ActorId) -> Result<Vec<ListingId>> {
    let rows: Vec<Option<Vec<u8>>> = replies::table
        .filter(replies::author_id.eq(author.bytes()))
        .filter(replies::listing_id.is_not_null())
        .filter(replies::deleted_at.is_null())
        .select(replies::listing_id)
        .distinct()
        .load(conn)?;
    let ids = rows.into_iter().flatten().map(ListingId::try_from);
    ids.collect::<std::result::Result<_, _>>().map_err(DbError::Corrupt)
}

/// Everything that somebody of this server wrote and did not delete, whoever may see it, newest first, before
/// `cursor`. Walks `replies_author_idx`.
pub fn written_by(
    conn: &mut Conn,
    author: ActorId,
    cursor: Option<ReplyId>,
    limit: i64,
) -> Result<Vec<ReplyRow>> {
    let mut query = replies::table
        .filter(replies::author_id.eq(author.bytes()))
        .filter(replies::deleted_at.is_null())
        .order(replies::id.desc())
        .limit(limit)
        .select(ReplyRow::as_select())
        .into_boxed();
    if let Some(cursor) = cursor {
        query = query.filter(replies::id.lt(cursor.bytes()));
    }
    Ok(query.load(conn)?)
}

/// Which answers of an actor are still there. Walks `replies_author_idx`.
pub fn live_of(conn: &mut Conn, author: ActorId) -> Result<Vec<ReplyId>> {
    let rows: Vec<Vec<u8>> = replies::table
        .filter(replies::author_id.eq(author.bytes()))
        .filter(replies::deleted_at.is_null())
        .order(replies::id)
        .select(replies::id)
        .load(conn)?;
    rows.into_iter().map(|id| ReplyId::try_from(id).map_err(DbError::Corrupt)).collect()
}

/// A reply by its id, deleted or not.
pub fn find(conn: &mut Conn, id: ReplyId) -> Result<Option<ReplyRow>> {
    Ok(replies::table.find(id.bytes()).select(ReplyRow::as_select()).first(conn).optional()?)
}

/// A reply by its address on the wire, or by the one under which it is said again here: whoever reads a relay
/// answers, likes, and reports by that. Walks `replies_ap_id_key`, then `relays_ap_id_key` and
/// `relays_former_idx`.
pub fn find_by_ap_id(conn: &mut Conn, ap_id: &str) -> Result<Option<ReplyRow>> {
    let own = replies::table.filter(replies::ap_id.eq(ap_id)).select(ReplyRow::as_select());
    let row = own.first(conn).optional()?;
    if row.is_some() || !ap_id.contains("/relays/") {
        return Ok(row);
    }
    let relayed = replies::table
        .inner_join(relays::table.on(relays::reply_id.eq(replies::id)))
        .filter(relays::ap_id.eq(ap_id).or(relays::former_id.eq(ap_id)))
        .select(ReplyRow::as_select());
    Ok(relayed.first(conn).optional()?)
}

/// Everything under a listing that may be told to other servers, with its authors, oldest first, at most
/// `limit`: nothing of whoever is suspended or limited here. Walks `replies_thread_idx`.
pub fn thread(
    conn: &mut Conn,
    listing: ListingId,
    limit: i64,
) -> Result<Vec<(ReplyRow, ActorRow)>> {
    let rows = replies::table
        .inner_join(actors::table.on(actors::id.eq(replies::author_id)))
        .filter(replies::listing_id.eq(listing.bytes()))
        .filter(presentable!())
        .filter(unlimited!())
        .order(replies::id)
        .limit(limit)
        .select((ReplyRow::as_select(), ActorRow::as_select()))
        .load(conn)?;
    Ok(rows)
}

/// What somebody may see under a listing with its authors, oldest first, after `cursor`.
///
/// Everything where `all` is set; else what is public, and what `reader` wrote. What comes from a limited
/// server is for those who follow its author; what comes from a suspended one is for nobody, and whom the reader
/// has muted or blocked they do not hear. Walks `replies_thread_idx`.
pub fn thread_page(
    conn: &mut Conn,
    listing: ListingId,
    all: bool,
    reader: Option<ActorId>,
    cursor: Option<ReplyId>,
    limit: i64,
) -> Result<Vec<(ReplyRow, ActorRow)>> {
    let mut query = replies::table
        .inner_join(actors::table.on(actors::id.eq(replies::author_id)))
        .filter(replies::listing_id.eq(listing.bytes()))
        .filter(presentable!())
        .order(replies::id)
        .limit(limit)
        .select((ReplyRow::as_select(), ActorRow::as_select()))
        .into_boxed();
    if let Some(reader) = reader.map(ActorId::bytes) {
        query = query.filter(heard_by!(reader.clone()));
    }
    let public = replies::visibility.eq_any(["public", "unlisted"]);
    match reader.map(ActorId::bytes) {
        _ if all => {}
        Some(reader) => {
            let heard = unlimited!().or(followed_by!(reader.clone()));
            query = query.filter(replies::author_id.eq(reader).or(public.and(heard)));
        }
        None => query = query.filter(public).filter(unlimited!()),
    }
    if let Some(cursor) = cursor {
        query = query.filter(replies::id.gt(cursor.bytes()));
    }
    readable("replies", query.load_iter::<(ReplyRow, ActorRow), DefaultLoadingMode>(conn)?)
}

/// How many live public answers a listing has.
pub fn count(conn: &mut Conn, listing: ListingId) -> Result<i64> {
    let live = replies::table
        .inner_join(actors::table.on(actors::id.eq(replies::author_id)))
        .filter(replies::listing_id.eq(listing.bytes()))
        .filter(replies::deleted_at.is_null())
        .filter(replies::hidden_at.is_null())
        .filter(replies::visibility.eq_any(["public", "unlisted"]))
        .filter(presentable!())
        .filter(unlimited!());
    Ok(live.count().get_result(conn)?)
}

/// How many live public answers each listing has; one without any is left out. Walks `replies_thread_idx`.
pub fn count_each(conn: &mut Conn, listings: &[ListingId]) -> Result<Vec<(ListingId, i64)>> {
    let ids: Vec<Option<Vec<u8>>> = listings.iter().map(|id| Some(id.bytes())).collect();
    let rows: Vec<(Option<Vec<u8>>, i64)> = replies::table
        .inner_join(actors::table.on(actors::id.eq(replies::author_id)))
        .filter(replies::listing_id.eq_any(ids))
        .filter(replies::deleted_at.is_null())
        .filter(replies::hidden_at.is_null())
        .filter(replies::visibility.eq_any(["public", "unlisted"]))
        .filter(presentable!())
        .filter(unlimited!())
        .group_by(replies::listing_id)
        .select((replies::listing_id, diesel::dsl::count_star()))
        .load(conn)?;
    let named = rows.into_iter().filter_map(|(id, number)| Some((id?, number)));
    named
        .map(|(id, number)| Ok((ListingId::try_from(id).map_err(DbError::Corrupt)?, number)))
        .collect()
}

/// How many replies were written here.
pub fn count_local(conn: &mut Conn) -> Result<i64> {
    let ours = replies::table
        .inner_join(actors::table.on(actors::id.eq(replies::author_id)))
        .filter(actors::local.eq(true))
        .filter(replies::deleted_at.is_null());
    Ok(ours.count().get_result(conn)?)
}

/// What the followed people of somebody wrote in public and passed on, and what was posted in the communities
/// they follow, newest first, before `cursor`.
pub fn feed(
    conn: &mut Conn,
    follower: ActorId,
    cursor: Option<ReplyId>,
    limit: i64,
) -> Result<Vec<(ReplyRow, ActorRow)>> {
    let followed = follows::table
        .filter(follows::follower_id.eq(follower.bytes()))
        .filter(follows::state.eq("accepted"))
        .select(follows::followed_id);
    let communities = followed.clone().select(follows::followed_id.nullable());
    let posted = replies::group_id.eq_any(communities).and(replies::parent_id.is_null());
    let passed_on = reactions::table
        .filter(reactions::actor_id.eq_any(followed.clone()))
        .filter(reactions::kind.eq(ReactionKind::Boost.word()))
        .select(reactions::object_id);
    let mut query = replies::table
        .inner_join(actors::table.on(actors::id.eq(replies::author_id)))
        .filter(replies::author_id.eq_any(followed).or(posted).or(replies::id.eq_any(passed_on)))
        .filter(replies::deleted_at.is_null())
        .filter(replies::hidden_at.is_null())
        .filter(replies::visibility.eq_any(["public", "unlisted", "followers"]))
        .filter(presentable!())
        .filter(heard_by!(follower.bytes()))
        .order(replies::id.desc())
        .limit(limit)
        .select((ReplyRow::as_select(), ActorRow::as_select()))
        .into_boxed();
    if let Some(cursor) = cursor {
        query = query.filter(replies::id.lt(cursor.bytes()));
    }
    readable("replies", query.load_iter::<(ReplyRow, ActorRow), DefaultLoadingMode>(conn)?)
}

/// What an actor wrote in public, newest first, before `cursor`. Walks `replies_author_idx`.
pub fn by_author(
    conn: &mut Conn,
    author: ActorId,
    cursor: Option<ReplyId>,
    limit: i64,
) -> Result<Vec<ReplyRow>> {
    let mut query = replies::table
        .filter(replies::author_id.eq(author.bytes()))
        .filter(replies::deleted_at.is_null())
        .filter(replies::hidden_at.is_null())
        .filter(replies::visibility.eq_any(["public", "unlisted"]))
        .order(replies::id.desc())
        .limit(limit)
        .select(ReplyRow::as_select())
        .into_boxed();
    if let Some(cursor) = cursor {
        query = query.filter(replies::id.lt(cursor.bytes()));
    }
    readable("replies", query.load_iter::<ReplyRow, DefaultLoadingMode>(conn)?)
}
