//! What those who run the instance are shown of it. Pages and programs are told the same numbers: both ask here.

mod count;
pub mod doctor;
pub mod retention;
pub mod work;

pub use count::CountDay;
pub(crate) use count::forget_old;

use std::collections::HashMap;

use db::{
    Conn,
    console::{counts, work as jobs},
    days::{self, DayRow},
};
use domain::Time;

/// What a line of numbers tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Measure {
    SignUps,
    Active,
    Opened,
    Met,
    Received,
    Delivered,
    Failed,
    Queue,
}

impl Measure {
    /// All of them, in the order in which they are shown.
    pub const ALL: [Self; 8] = [
        Self::SignUps,
        Self::Active,
        Self::Opened,
        Self::Met,
        Self::Received,
        Self::Delivered,
        Self::Queue,
        Self::Failed,
    ];

    /// Its name for programs, and in the book of days.
    pub fn word(self) -> &'static str {
        match self {
            Self::SignUps => "sign_ups",
            Self::Active => "active",
            Self::Opened => "opened",
            Self::Met => "met",
            Self::Received => "received",
            Self::Delivered => "delivered",
            Self::Failed => "failed",
            Self::Queue => "queue",
        }
    }
}

/// A line of numbers, one a day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Series {
    pub measure: Measure,
    /// Nothing where nobody counted on that day.
    pub values: Vec<(Time, Option<i64>)>,
}

/// How much waits at this moment, and for whom.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Waiting {
    pub accounts: i64,
    /// Reports in no case yet.
    pub reports: i64,
    pub cases: i64,
    pub appeals: i64,
    pub proposals: i64,
    pub inbound: i64,
    pub deliveries: i64,
    pub jobs: i64,
    pub dead_jobs: i64,
    pub given_up: i64,
    pub failing_servers: i64,
    pub paused_servers: i64,
}

/// What waits.
pub fn waiting(conn: &mut Conn) -> db::Result<Waiting> {
    let (failing_servers, paused_servers) = counts::troubled(conn)?;
    Ok(Waiting {
        accounts: counts::waiting_accounts(conn)?,
        reports: db::cases::count_loose(conn)?,
        cases: db::cases::count_open(conn)?,
        appeals: db::cases::count_appeals(conn)?,
        proposals: db::proposals::count_waiting(conn)?,
        inbound: db::inbox::count_due(conn)?,
        deliveries: db::deliveries::count_waiting(conn)?,
        jobs: db::jobs::count_pending(conn)?,
        dead_jobs: jobs::count_dead(conn)?,
        given_up: counts::given_up(conn)?,
        failing_servers,
        paused_servers,
    })
}

/// The numbers of the last days, today with them.
pub fn series(conn: &mut Conn, now: Time, number: i64) -> db::Result<Vec<Series>> {
    let today = days::of(now);
    let first = today - number + 1;
    Measure::ALL
        .iter()
        .map(|measure| {
            let known = values(conn, *measure, first, now)?;
            let at = |day: i64| (days::start(day), known(day));
            Ok(Series { measure: *measure, values: (first..=today).map(at).collect() })
        })
        .collect()
}

type Known = Box<dyn Fn(i64) -> Option<i64>>;

/// The numbers of one measure by day, from a day on.
fn values(conn: &mut Conn, measure: Measure, first: i64, now: Time) -> db::Result<Known> {
    let today = days::of(now);
    let rows = match measure {
        Measure::SignUps => counts::sign_ups(conn, first)?,
        Measure::Opened => counts::opened(conn, first)?,
        Measure::Met => counts::met(conn, first)?,
        Measure::Received => {
            let mut rows = days::since(conn, measure.word(), first)?;
            put(&mut rows, today, counts::received(conn, today)?);
            return Ok(counted(rows));
        }
        Measure::Active => {
            let mut rows = days::since(conn, measure.word(), first)?;
            put(&mut rows, today, counts::active(conn, days::start(today))?);
            return Ok(counted(rows));
        }
        Measure::Queue => {
            let mut rows = days::since(conn, measure.word(), first)?;
            if rows.last().is_none_or(|row| row.day < today) {
                put(&mut rows, today, queue(conn)?);
            }
            return Ok(counted(rows));
        }
        Measure::Delivered | Measure::Failed => {
            // Totals are written down; what a day has added to them is told.
            let mut rows = days::since(conn, measure.word(), first - 1)?;
            let (delivered, failed) = counts::sent(conn)?;
            let total = if measure == Measure::Delivered { delivered } else { failed };
            put(&mut rows, today, total);
            let added = rows.windows(2).filter_map(|pair| match pair {
                [before, after] => {
                    Some(DayRow { day: after.day, value: (after.value - before.value).max(0) })
                }
                _ => None,
            });
            return Ok(counted(added.collect()));
        }
    };
    // These are counted from the rows themselves: a day without any has none.
    let rows: HashMap<i64, i64> = rows.iter().map(|row| (row.day, row.value)).collect();
    Ok(Box::new(move |day| Some(rows.get(&day).copied().unwrap_or_default())))
}

fn counted(rows: Vec<DayRow>) -> Known {
    let rows: HashMap<i64, i64> = rows.into_iter().map(|row| (row.day, row.value)).collect();
    Box::new(move |day| rows.get(&day).copied())
}

/// Puts the number of a day in place of the one that is there.
fn put(rows: &mut Vec<DayRow>, day: i64, value: i64) {
    rows.retain(|row| row.day != day);
    rows.push(DayRow { day, value });
}

/// How much waits in all queues.
fn queue(conn: &mut Conn) -> db::Result<i64> {
    Ok(db::inbox::count_due(conn)?
        + db::deliveries::count_waiting(conn)?
        + db::jobs::count_pending(conn)?
        + db::events::count_pending(conn)?)
}
