//! What is said on top of every page, for a while.

use diesel::prelude::*;
use domain::{ActorId, AnnouncementId, Time};

use crate::{
    Conn, Result, Tx,
    column::{MaybeId, MaybeNumber},
    schema::announcements,
};

/// An announcement.
#[derive(Clone, Debug, Queryable, Selectable)]
#[diesel(table_name = announcements)]
pub struct AnnouncementRow {
    #[diesel(deserialize_as = Vec<u8>)]
    pub id: AnnouncementId,
    /// JSON: what it says, by language.
    pub text: String,
    #[diesel(deserialize_as = i64)]
    pub starts_at: Time,
    #[diesel(deserialize_as = MaybeNumber)]
    pub ends_at: Option<Time>,
    #[diesel(deserialize_as = MaybeId)]
    pub created_by: Option<ActorId>,
    #[diesel(deserialize_as = i64)]
    pub created_at: Time,
}

/// Writes one down.
pub fn insert(tx: &mut Tx<'_>, row: &AnnouncementRow) -> Result<()> {
    diesel::insert_into(announcements::table)
        .values((
            announcements::id.eq(row.id.bytes()),
            announcements::text.eq(&row.text),
            announcements::starts_at.eq(row.starts_at.micros()),
            announcements::ends_at.eq(row.ends_at.map(Time::micros)),
            announcements::created_by.eq(row.created_by.map(ActorId::bytes)),
            announcements::created_at.eq(row.created_at.micros()),
        ))
        .execute(&mut **tx)?;
    Ok(())
}

/// Takes one away; was there one?
pub fn delete(tx: &mut Tx<'_>, id: AnnouncementId) -> Result<bool> {
    Ok(diesel::delete(announcements::table.find(id.bytes())).execute(&mut **tx)? == 1)
}

/// All of them, the newest first. Walks the primary key.
pub fn all(conn: &mut Conn, limit: i64) -> Result<Vec<AnnouncementRow>> {
    let rows = announcements::table
        .order(announcements::id.desc())
        .limit(limit)
        .select(AnnouncementRow::as_select());
    Ok(rows.load(conn)?)
}

/// Those that are said at a moment, the newest first. Walks the primary key.
pub fn current(conn: &mut Conn, now: Time, limit: i64) -> Result<Vec<AnnouncementRow>> {
    let over = announcements::ends_at.is_null().or(announcements::ends_at.gt(now.micros()));
    let rows = announcements::table
        .filter(announcements::starts_at.le(now.micros()))
        .filter(over)
        .order(announcements::id.desc())
        .limit(limit)
        .select(AnnouncementRow::as_select());
    Ok(rows.load(conn)?)
}
