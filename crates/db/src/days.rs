//! What was counted on a day, of what is not kept for long: one number for each name and day.

use diesel::{
    prelude::*,
    sql_types::{BigInt, Text},
};
use domain::Time;

use crate::{Conn, Result, Tx, schema::days};

/// A number of a day; days are counted from 1970.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Queryable)]
pub struct DayRow {
    pub day: i64,
    pub value: i64,
}

/// Which day it is.
pub fn of(now: Time) -> i64 {
    now.seconds().div_euclid(86_400)
}

/// When a day begins.
pub fn start(day: i64) -> Time {
    Time::from_micros(0).plus_days(day)
}

/// Writes down the number of a day in place of the one it had.
pub fn set(tx: &mut Tx<'_>, name: &str, day: i64, value: i64) -> Result<()> {
    put(tx, name, day, value, "excluded.value")
}

/// Writes down the number of a day where it is more than the one it had.
pub fn raise(tx: &mut Tx<'_>, name: &str, day: i64, value: i64) -> Result<()> {
    let more = "CASE WHEN excluded.value > days.value THEN excluded.value ELSE days.value END";
    put(tx, name, day, value, more)
}

fn put(tx: &mut Tx<'_>, name: &str, day: i64, value: i64, kept: &str) -> Result<()> {
    diesel::sql_query(format!(
        "INSERT INTO days (name, day, value) VALUES ($1, $2, $3) \
         ON CONFLICT (name, day) DO UPDATE SET value = {kept}"
    ))
    .bind::<Text, _>(name)
    .bind::<BigInt, _>(day)
    .bind::<BigInt, _>(value)
    .execute(&mut **tx)?;
    Ok(())
}

/// The numbers of a name from a day on, the oldest first. Walks the primary key.
pub fn since(conn: &mut Conn, name: &str, day: i64) -> Result<Vec<DayRow>> {
    let rows = days::table
        .filter(days::name.eq(name))
        .filter(days::day.ge(day))
        .order(days::day)
        .select((days::day, days::value));
    Ok(rows.load(conn)?)
}

/// Forgets what was counted before a day.
pub fn sweep(tx: &mut Tx<'_>, before: i64) -> Result<usize> {
    Ok(diesel::delete(days::table.filter(days::day.lt(before))).execute(&mut **tx)?)
}
