//! Processes that work on one database. Each counts a number up every second; the leases of one whose number stands
//! still are free.

use diesel::prelude::*;
use domain::Time;

use crate::{
    Conn, Result, Tx, on_backend,
    schema::{instances, jobs, processes},
};

/// A process, and how often it has said that it is alive.
#[derive(Clone, Debug, PartialEq, Eq, Queryable)]
pub struct ProcessRow {
    pub id: Vec<u8>,
    pub beats: i64,
}

/// Says that a process is alive.
pub fn beat(tx: &mut Tx<'_>, id: &[u8]) -> Result<()> {
    on_backend!(&mut **tx, it => diesel::insert_into(processes::table)
        .values((processes::id.eq(id), processes::beats.eq(1)))
        .on_conflict(processes::id)
        .do_update()
        .set(processes::beats.eq(processes::beats + 1))
        .execute(it))?;
    Ok(())
}

/// All that have said so and are not buried.
pub fn all(conn: &mut Conn) -> Result<Vec<ProcessRow>> {
    Ok(processes::table.select((processes::id, processes::beats)).load(conn)?)
}

/// A process that ends by itself leaves nothing behind.
pub fn leave(tx: &mut Tx<'_>, id: &[u8], now: Time) -> Result<()> {
    diesel::delete(processes::table.find(id)).execute(&mut **tx)?;
    free(tx, id, now)
}

/// Ends the leases of a process that has not said that it is alive since a reading of ours; `false` where it has.
pub fn bury(tx: &mut Tx<'_>, row: &ProcessRow, now: Time) -> Result<bool> {
    let silent = processes::table.find(&row.id).filter(processes::beats.eq(row.beats));
    if diesel::delete(silent).execute(&mut **tx)? == 0 {
        return Ok(false);
    }
    free(tx, &row.id, now)?;
    Ok(true)
}

/// What a process held is there for others at once.
fn free(tx: &mut Tx<'_>, id: &[u8], now: Time) -> Result<()> {
    let sending = instances::table
        .filter(instances::delivery_lease_by.eq(Some(id)))
        .filter(instances::delivery_lease_until.gt(0));
    diesel::update(sending)
        .set((
            instances::delivery_lease_until.eq(0),
            instances::delivery_lease_by.eq(None::<Vec<u8>>),
        ))
        .execute(&mut **tx)?;
    let receiving = instances::table
        .filter(instances::inbound_lease_by.eq(Some(id)))
        .filter(instances::inbound_lease_until.gt(0));
    diesel::update(receiving)
        .set((
            instances::inbound_lease_until.eq(0),
            instances::inbound_lease_by.eq(None::<Vec<u8>>),
        ))
        .execute(&mut **tx)?;
    diesel::update(jobs::table.filter(jobs::taken_by.eq(Some(id))))
        .set((jobs::due_at.eq(now.micros()), jobs::taken_by.eq(None::<Vec<u8>>)))
        .execute(&mut **tx)?;
    Ok(())
}

/// Forgets all of them and ends every lease: right where this process is the only one, at its start.
pub fn begin_alone(tx: &mut Tx<'_>, now: Time) -> Result<()> {
    diesel::delete(processes::table).execute(&mut **tx)?;
    crate::deliveries::release_all(tx)?;
    diesel::update(jobs::table.filter(jobs::taken_by.is_not_null()))
        .set((jobs::due_at.eq(now.micros()), jobs::taken_by.eq(None::<Vec<u8>>)))
        .execute(&mut **tx)?;
    Ok(())
}
