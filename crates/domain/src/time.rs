//! A moment, as the database and the wire know it.

use std::fmt;

use chrono::{DateTime, SecondsFormat, Utc};

use crate::Invalid;

/// Microseconds since 1970-01-01T00:00:00Z.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Time(i64);

const SECOND: i64 = 1_000_000;
/// 0001-01-01 and 9999-12-31: outside of these a date is a mistake.
const EARLIEST: i64 = -62_135_596_800 * SECOND;
const LATEST: i64 = 253_402_300_799 * SECOND;

impl Time {
    /// The moment so many microseconds after 1970.
    pub fn from_micros(micros: i64) -> Self {
        Self(micros.clamp(EARLIEST, LATEST))
    }

    /// Microseconds since 1970.
    pub fn micros(self) -> i64 {
        self.0
    }

    /// Seconds since 1970, rounded down.
    pub fn seconds(self) -> i64 {
        self.0.div_euclid(SECOND)
    }

    /// This moment moved by seconds, forward or back.
    #[must_use]
    pub fn plus_seconds(self, seconds: i64) -> Self {
        Self::from_micros(self.0.saturating_add(seconds.saturating_mul(SECOND)))
    }

    /// This moment moved by days of 24 hours.
    #[must_use]
    pub fn plus_days(self, days: i64) -> Self {
        self.plus_seconds(days.saturating_mul(86_400))
    }

    /// Reads RFC 3339 with an offset, as ActivityStreams writes it.
    pub fn parse(field: &'static str, text: &str) -> Result<Self, Invalid> {
        let moment = DateTime::parse_from_rfc3339(text.trim())
            .map_err(|_| Invalid::new(field, "must be a date like 2026-03-14T08:00:00Z"))?;
        let micros = moment.timestamp_micros();
        if !(EARLIEST..=LATEST).contains(&micros) {
            return Err(Invalid::new(field, "must be a year from 1 to 9999"));
        }
        Ok(Self(micros))
    }

    /// As chrono knows it.
    pub fn utc(self) -> DateTime<Utc> {
        DateTime::from_timestamp_micros(self.0).unwrap_or_default()
    }

    /// RFC 3339 in UTC with whole seconds, the form every peer reads: `2026-03-14T08:00:00Z`.
    pub fn wire(self) -> String {
        self.utc().to_rfc3339_opts(SecondsFormat::Secs, true)
    }

    /// The same to the microsecond, where it comes back to us and must be this very moment.
    pub fn exact(self) -> String {
        self.utc().to_rfc3339_opts(SecondsFormat::Micros, true)
    }
}

impl From<i64> for Time {
    fn from(micros: i64) -> Self {
        Self::from_micros(micros)
    }
}

impl From<Time> for i64 {
    fn from(time: Time) -> Self {
        time.0
    }
}

impl fmt::Display for Time {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.wire())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_real_dates_with_an_offset_are_read() {
        for (text, want) in [
            ("2026-03-14T08:00:00Z", Some("2026-03-14T08:00:00Z")),
            ("2026-03-14T09:00:00+01:00", Some("2026-03-14T08:00:00Z")),
            ("1970-01-01T00:00:00.5Z", Some("1970-01-01T00:00:00Z")),
            ("2026-02-30T00:00:00Z", None),
            ("2026-03-14", None),
            ("2026-03-14T08:00:00", None),
            ("2026-03-14T08:00:00+25:00", None),
            ("10000-01-01T00:00:00Z", None),
            ("", None),
        ] {
            assert_eq!(Time::parse("at", text).ok().map(Time::wire).as_deref(), want, "{text}");
        }
    }
}
