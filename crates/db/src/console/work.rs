//! Jobs that wait or were given up, and letters that were given up.

use diesel::{
    prelude::*,
    sql_types::{BigInt, Binary, Nullable, Text},
};
use domain::{ActivityId, JobId, Time};

use crate::{
    Conn, Result, Tx,
    schema::{activities, deliveries, jobs},
};

/// A job that waits, or was given up.
#[derive(Clone, Debug, Queryable, Selectable)]
#[diesel(table_name = jobs)]
pub struct WorkRow {
    #[diesel(deserialize_as = Vec<u8>)]
    pub id: JobId,
    pub kind: String,
    pub attempts: i32,
    #[diesel(deserialize_as = i64)]
    pub due_at: Time,
    pub dead: bool,
    /// Why it was not done the last time.
    pub error: Option<String>,
    #[diesel(deserialize_as = i64)]
    pub created_at: Time,
}

/// Jobs, the newest first, before `cursor`. What a job is about is not told: letters are jobs too. Walks the
/// primary key.
pub fn page(
    conn: &mut Conn,
    dead: bool,
    cursor: Option<JobId>,
    limit: i64,
) -> Result<Vec<WorkRow>> {
    let mut query = jobs::table
        .filter(jobs::dead.eq(dead))
        .order(jobs::id.desc())
        .limit(limit)
        .select(WorkRow::as_select())
        .into_boxed();
    if let Some(cursor) = cursor {
        query = query.filter(jobs::id.lt(cursor.bytes()));
    }
    Ok(query.load(conn)?)
}

/// A job by its id.
pub fn find(conn: &mut Conn, id: JobId) -> Result<Option<WorkRow>> {
    Ok(jobs::table.find(id.bytes()).select(WorkRow::as_select()).first(conn).optional()?)
}

/// Lets a job that was given up be done again, now.
pub fn revive(tx: &mut Tx<'_>, id: JobId, now: Time) -> Result<()> {
    diesel::update(jobs::table.find(id.bytes()))
        .set((jobs::dead.eq(false), jobs::due_at.eq(now.micros()), jobs::attempts.eq(0)))
        .execute(&mut **tx)?;
    Ok(())
}

/// How many jobs were given up. Walks `jobs_due_idx`.
pub fn count_dead(conn: &mut Conn) -> Result<i64> {
    Ok(jobs::table.filter(jobs::dead.eq(true)).count().get_result(conn)?)
}

/// When the first of the jobs that wait was left. Walks `jobs_due_idx`.
pub fn oldest(conn: &mut Conn) -> Result<Option<Time>> {
    let first: Option<i64> = jobs::table
        .filter(jobs::dead.eq(false))
        .select(diesel::dsl::min(jobs::due_at))
        .first(conn)?;
    Ok(first.map(Time::from_micros))
}

/// A letter that was given up.
#[derive(Clone, Debug, Queryable)]
pub struct LostRow {
    #[diesel(deserialize_as = Vec<u8>)]
    pub activity: ActivityId,
    pub kind: String,
    pub inbox: String,
    pub host: String,
    pub reason: Option<String>,
    pub attempts: i32,
    #[diesel(deserialize_as = i64)]
    pub created_at: Time,
}

/// Letters that were given up, the newest first, before `cursor`: to one host, or to all. Walks
/// `deliveries_dead_idx` or `deliveries_host_idx`.
pub fn lost(
    conn: &mut Conn,
    host: &str,
    cursor: Option<ActivityId>,
    limit: i64,
) -> Result<Vec<LostRow>> {
    let mut query = deliveries::table
        .inner_join(activities::table.on(activities::id.eq(deliveries::activity_id)))
        .filter(deliveries::dead)
        .order((deliveries::activity_id.desc(), deliveries::inbox))
        .limit(limit)
        .select((
            deliveries::activity_id,
            activities::kind,
            deliveries::inbox,
            deliveries::host,
            deliveries::reason,
            deliveries::attempts,
            deliveries::created_at,
        ))
        .into_boxed();
    if !host.is_empty() {
        query = query.filter(deliveries::host.eq(host.to_owned()));
    }
    if let Some(cursor) = cursor {
        query = query.filter(deliveries::activity_id.lt(cursor.bytes()));
    }
    Ok(query.load(conn)?)
}

/// Letters to a host that were given up wait again, one or all; returns how many. Those stay as they are about
/// whose thing something was said since: that has arrived, and what is deleted must not come back. What is deleted
/// is public no longer, however long ago that was said. Walks `deliveries_host_idx`, and `activities_lane_idx` for
/// each.
pub fn revive_lost(
    tx: &mut Tx<'_>,
    host: &str,
    only: Option<ActivityId>,
    now: Time,
) -> Result<usize> {
    let revived = diesel::sql_query(REVIVE)
        .bind::<BigInt, _>(now.micros())
        .bind::<Text, _>(host)
        .bind::<Nullable<Binary>, _>(only.map(ActivityId::bytes))
        .execute(&mut **tx)?;
    Ok(revived)
}

const REVIVE: &str = "UPDATE deliveries SET dead = false, attempts = 0, created_at = $1, due_at = $1 \
     WHERE host = $2 AND dead = true AND ($3 IS NULL OR activity_id = $3) AND EXISTS (\
     SELECT 1 FROM activities said WHERE said.id = deliveries.activity_id \
     AND (said.public = true OR said.kind NOT IN ('Create', 'Update', 'Announce')) \
     AND NOT EXISTS (SELECT 1 FROM activities later WHERE later.lane = said.lane \
     AND later.id > said.id))";

/// Throws away the letters to a host that were given up; returns how many.
pub fn forget_lost(tx: &mut Tx<'_>, host: &str) -> Result<usize> {
    let lost =
        deliveries::table.filter(deliveries::host.eq(host)).filter(deliveries::dead.eq(true));
    Ok(diesel::delete(lost).execute(&mut **tx)?)
}
