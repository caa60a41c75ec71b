//! Work to be done after a commit.

use diesel::prelude::*;
use domain::{JobId, Time};

use crate::{Conn, Result, Tx, on_backend, schema::jobs};

/// A job.
#[derive(Clone, Debug, Queryable, Selectable)]
#[diesel(table_name = jobs)]
pub struct JobRow {
    #[diesel(deserialize_as = Vec<u8>)]
    pub id: JobId,
    pub kind: String,
    /// One of a kind: a second job of the same name is the same job.
    pub name: String,
    /// JSON.
    pub payload: String,
    pub attempts: i32,
}

/// Stores a job in the transaction of its cause; it is done when it is `due`.
///
/// One that waits already is that job, and is due when it was. It is written to nevertheless: whoever ends it
/// meanwhile waits for us, so that what we did is not overlooked. One that was given up gets another try.
pub fn push(
    tx: &mut Tx<'_>,
    id: JobId,
    kind: &str,
    name: &str,
    payload: &str,
    due: Time,
    now: Time,
) -> Result<()> {
    on_backend!(&mut **tx, it => diesel::insert_into(jobs::table)
        .values((
            jobs::id.eq(id.bytes()),
            jobs::kind.eq(kind),
            jobs::name.eq(name),
            jobs::payload.eq(payload),
            jobs::attempts.eq(0),
            jobs::due_at.eq(due.micros()),
            jobs::dead.eq(false),
            jobs::created_at.eq(now.micros()),
        ))
        .on_conflict((jobs::kind, jobs::name))
        .do_update()
        .set((jobs::payload.eq(payload), jobs::dead.eq(false)))
        .execute(it))?;
    Ok(())
}

/// Letters to people, which have a worker of their own: nobody's mail waits for another server.
pub const MAIL: &str = "mail";
/// Telling those who look for a new listing of it; this has a worker of its own, too.
pub const SEARCHES: &str = "searches";
/// Kinds whose workers ask for them by name.
const APART: [&str; 2] = [MAIL, SEARCHES];

/// The ids of due jobs, locked.
macro_rules! due {
    ($tx:expr, $kind:expr, $now:expr, $limit:expr) => {{
        let due = jobs::table
            .filter(jobs::dead.eq(false))
            .filter(jobs::due_at.le($now.micros()))
            .filter($kind)
            .order((jobs::due_at, jobs::id))
            .limit($limit)
            .select(jobs::id);
        let ids: Vec<Vec<u8>> = match &mut **$tx {
            Conn::Sqlite(conn) => due.load(conn)?,
            Conn::Postgres(conn) => due.for_update().skip_locked().load(conn)?,
        };
        ids
    }};
}

/// Takes the jobs that are due, all but those that have a worker of their own: they are not due again before `lease`. Walks `jobs_due_idx`.
pub fn take(
    tx: &mut Tx<'_>,
    worker: &[u8],
    now: Time,
    lease: Time,
    limit: i64,
) -> Result<Vec<JobRow>> {
    let ids = due!(tx, jobs::kind.ne_all(APART), now, limit);
    lease_to(tx, ids, worker, lease)
}

/// Takes those of one kind that are due in the same way. Walks `jobs_due_idx`.
pub fn take_kind(
    tx: &mut Tx<'_>,
    kind: &str,
    worker: &[u8],
    now: Time,
    lease: Time,
    limit: i64,
) -> Result<Vec<JobRow>> {
    let ids = due!(tx, jobs::kind.eq(kind), now, limit);
    lease_to(tx, ids, worker, lease)
}

fn lease_to(tx: &mut Tx<'_>, ids: Vec<Vec<u8>>, worker: &[u8], lease: Time) -> Result<Vec<JobRow>> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let taken = jobs::table.filter(jobs::id.eq_any(&ids)).order(jobs::due_at);
    let rows = taken.select(JobRow::as_select()).load(&mut **tx)?;
    diesel::update(jobs::table.filter(jobs::id.eq_any(ids)))
        .set((
            jobs::due_at.eq(lease.micros()),
            jobs::attempts.eq(jobs::attempts + 1),
            jobs::taken_by.eq(Some(worker)),
        ))
        .execute(&mut **tx)?;
    Ok(rows)
}

/// A finished job is gone.
pub fn finish(tx: &mut Tx<'_>, id: JobId) -> Result<()> {
    diesel::delete(jobs::table.find(id.bytes())).execute(&mut **tx)?;
    Ok(())
}

/// Puts a job off; without a time it is dead, and the console shows it.
pub fn put_off(tx: &mut Tx<'_>, id: JobId, until: Option<Time>, error: &str) -> Result<()> {
    let row = jobs::table.find(id.bytes());
    match until {
        Some(until) => diesel::update(row)
            .set((
                jobs::due_at.eq(until.micros()),
                jobs::error.eq(Some(error)),
                jobs::taken_by.eq(None::<Vec<u8>>),
            ))
            .execute(&mut **tx)?,
        None => diesel::update(row)
            .set((
                jobs::dead.eq(true),
                jobs::error.eq(Some(error)),
                jobs::taken_by.eq(None::<Vec<u8>>),
            ))
            .execute(&mut **tx)?,
    };
    Ok(())
}

/// How many jobs wait.
pub fn count_pending(conn: &mut Conn) -> Result<i64> {
    Ok(jobs::table.filter(jobs::dead.eq(false)).count().get_result(conn)?)
}
