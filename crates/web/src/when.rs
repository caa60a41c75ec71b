//! Moments, as a page writes them in the language of the request. All are in UTC, and those with an hour say
//! so.

use chrono::{Datelike as _, Timelike as _};
use domain::{Invalid, Time};

use crate::views::page::TimeView;

/// `4 May`, or `4 May 2025` in another year; machines read the moment.
pub(crate) fn stamp(time: Time, now: Time) -> TimeView {
    TimeView { datetime: time.wire(), text: short(time, now) }
}

/// `4 May at 18:20 UTC`.
pub(crate) fn moment(time: Time, now: Time) -> TimeView {
    let text = format!("{} UTC", words::moment(calendar(time), clock(time), !same_year(time, now)));
    TimeView { datetime: time.wire(), text }
}

/// A day without an hour.
pub(crate) fn day(time: Time, now: Time) -> TimeView {
    TimeView { datetime: date(time), text: short(time, now) }
}

/// `2026-05-04`, as a date field of a form has it.
pub(crate) fn date(time: Time) -> String {
    time.utc().format("%Y-%m-%d").to_string()
}

/// The first moment of a day that was typed; nothing where nothing was.
pub(crate) fn first_of(field: &'static str, day: &str) -> Result<Option<Time>, Invalid> {
    typed(field, day, "00:00:00Z")
}

/// The last second of a day that was typed; nothing where nothing was.
pub(crate) fn last_of(field: &'static str, day: &str) -> Result<Option<Time>, Invalid> {
    typed(field, day, "23:59:59Z")
}

fn typed(field: &'static str, day: &str, hour: &str) -> Result<Option<Time>, Invalid> {
    let day = day.trim();
    if day.is_empty() {
        return Ok(None);
    }
    let time = Time::parse(field, &format!("{day}T{hour}"));
    time.map(Some).map_err(|_| Invalid::new(field, "must be a date like 2026-05-31"))
}

fn short(time: Time, now: Time) -> String {
    words::day(calendar(time), !same_year(time, now))
}

fn same_year(time: Time, now: Time) -> bool {
    calendar(time).0 == calendar(now).0
}

fn calendar(time: Time) -> (i32, u8, u8) {
    let day = time.utc();
    let small = |number: u32| u8::try_from(number).unwrap_or_default();
    (day.year(), small(day.month()), small(day.day()))
}

fn clock(time: Time) -> (u8, u8) {
    let moment = time.utc();
    let small = |number: u32| u8::try_from(number).unwrap_or_default();
    (small(moment.hour()), small(moment.minute()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_comes_back_as_it_was_typed() {
        let now = Time::parse("now", "2026-03-01T10:00:00Z").unwrap();
        for day in ["2026-05-31", "2027-01-01"] {
            assert_eq!(date(first_of("starts_at", day).unwrap().unwrap()), day);
            assert_eq!(date(last_of("ends_at", day).unwrap().unwrap()), day);
        }
        assert_eq!(moment(now, now).text, "1 March at 10:00 UTC");
        assert_eq!(stamp(now.plus_days(-365), now).text, "1 March 2025");
        assert!(first_of("starts_at", "tomorrow").is_err());
        assert_eq!(last_of("ends_at", " ").unwrap(), None);
    }
}
