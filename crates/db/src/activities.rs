//! What we send, as sent.

use diesel::{
    prelude::*,
    sql_types::{BigInt, Binary, Bool, Text},
};
use domain::{ActivityId, ActorId, Time};

use crate::{
    Conn, DbError, Result, Tx,
    schema::{activities, mentions},
};

/// An activity of ours.
#[derive(Clone, Debug, Queryable, Selectable)]
#[diesel(table_name = activities)]
pub struct ActivityRow {
    #[diesel(deserialize_as = Vec<u8>)]
    pub id: ActivityId,
    /// Who signs it.
    #[diesel(deserialize_as = Vec<u8>)]
    pub actor_id: ActorId,
    pub kind: String,
    /// Whether everybody may read it at its address.
    pub public: bool,
    /// The JSON document.
    pub body: String,
    #[diesel(deserialize_as = i64)]
    pub created_at: Time,
    /// The key it is signed with, where that is not the newest of its actor.
    pub key_id: Option<String>,
    /// What it is about: letters of one lane reach an inbox in their order.
    pub lane: Vec<u8>,
}

/// Keeps an activity.
pub fn insert(tx: &mut Tx<'_>, row: &ActivityRow) -> Result<()> {
    diesel::insert_into(activities::table)
        .values((
            activities::id.eq(row.id.bytes()),
            activities::actor_id.eq(row.actor_id.bytes()),
            activities::kind.eq(&row.kind),
            activities::public.eq(row.public),
            activities::body.eq(&row.body),
            activities::created_at.eq(row.created_at.micros()),
            activities::key_id.eq(&row.key_id),
            activities::lane.eq(&row.lane),
        ))
        .execute(&mut **tx)?;
    Ok(())
}

/// An activity by its id.
pub fn find(conn: &mut Conn, id: ActivityId) -> Result<Option<ActivityRow>> {
    Ok(activities::table
        .find(id.bytes())
        .select(ActivityRow::as_select())
        .first(conn)
        .optional()?)
}

/// An activity that nobody waits for any more.
#[derive(Clone, Debug)]
pub struct OldRow {
    pub id: ActivityId,
    pub kind: String,
    /// Whether it bears the id of a listing or an answer that is still there: their lists name it.
    pub named: bool,
}

#[derive(QueryableByName)]
struct Found {
    #[diesel(sql_type = Binary)]
    id: Vec<u8>,
    #[diesel(sql_type = Text)]
    kind: String,
    #[diesel(sql_type = Bool)]
    named: bool,
}

const OLD: &str = "SELECT a.id, a.kind, a.public AND (\
     EXISTS (SELECT 1 FROM listings l WHERE l.id = a.id AND l.deleted_at IS NULL) \
     OR EXISTS (SELECT 1 FROM replies r WHERE r.id = a.id AND r.deleted_at IS NULL)) AS named \
     FROM activities a WHERE a.created_at < $1 AND NOT a.kept \
     AND (SELECT d.inbox FROM deliveries d WHERE d.activity_id = a.id \
     ORDER BY d.inbox LIMIT 1) IS NULL \
     ORDER BY a.created_at LIMIT $2";

/// What was sent before a moment and waits for nobody, the oldest first, but for what is kept.
/// Walks `activities_age_idx`.
pub fn old(conn: &mut Conn, before: Time, limit: i64) -> Result<Vec<OldRow>> {
    let rows: Vec<Found> = diesel::sql_query(OLD)
        .bind::<BigInt, _>(before.micros())
        .bind::<BigInt, _>(limit)
        .load(conn)?;
    let row = |it: Found| {
        let id = it.id.try_into().map_err(DbError::Corrupt)?;
        Ok(OldRow { id, kind: it.kind, named: it.named })
    };
    rows.into_iter().map(row).collect()
}

/// Which of these addresses are boosts that stand.
pub fn boosts(conn: &mut Conn, addresses: &[String]) -> Result<Vec<String>> {
    let rows = mentions::table.filter(mentions::announce_id.eq_any(addresses));
    let found: Vec<Option<String>> = rows.select(mentions::announce_id).load(conn)?;
    Ok(found.into_iter().flatten().collect())
}

/// Keeps activities however old they are.
pub fn keep(tx: &mut Tx<'_>, ids: &[ActivityId]) -> Result<()> {
    let ids: Vec<Vec<u8>> = ids.iter().map(|id| id.bytes()).collect();
    diesel::update(activities::table.filter(activities::id.eq_any(ids)))
        .set(activities::kept.eq(true))
        .execute(&mut **tx)?;
    Ok(())
}

/// Forgets activities.
pub fn forget(tx: &mut Tx<'_>, ids: &[ActivityId]) -> Result<usize> {
    let ids: Vec<Vec<u8>> = ids.iter().map(|id| id.bytes()).collect();
    let rows = activities::table.filter(activities::id.eq_any(ids));
    Ok(diesel::delete(rows).execute(&mut **tx)?)
}

/// What was said of something that is gone is still sent in its order, but is no longer to be read at its
/// address, nor kept. Walks `activities_lane_idx`.
pub fn withdraw(tx: &mut Tx<'_>, lane: &[u8]) -> Result<()> {
    let said = activities::table
        .filter(activities::lane.eq(lane))
        .filter(activities::kind.eq_any(["Create", "Update", "Announce"]));
    diesel::update(said)
        .set((activities::public.eq(false), activities::kept.eq(false)))
        .execute(&mut **tx)?;
    Ok(())
}
