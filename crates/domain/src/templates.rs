//! Listings that come again: by hand from a template, or by themselves.

use chrono::{Datelike, Months};

use crate::{Invalid, Time, words::words};

words! {
    /// How often a listing comes again.
    Recurs, "recurs", {
        Weekly = "weekly",
        Monthly = "monthly",
        Quarterly = "quarterly",
        Yearly = "yearly",
    }
}

impl Recurs {
    fn months(self) -> u32 {
        match self {
            Self::Weekly => 0,
            Self::Monthly => 1,
            Self::Quarterly => 3,
            Self::Yearly => 12,
        }
    }

    /// The first time after `now`, counted on from `due`: what was missed meanwhile is not made up for.
    #[must_use]
    pub fn after(self, due: Time, now: Time) -> Time {
        if self.months() == 0 {
            const WEEK: i64 = 7 * 86_400;
            let passed = (now.seconds() - due.seconds()).max(0) / WEEK + 1;
            return due.plus_seconds(passed * WEEK);
        }
        let steps = (1_u32..).map(|step| step.saturating_mul(self.months()));
        let times = steps.map_while(|months| {
            let moment = due.utc().checked_add_months(Months::new(months))?;
            Some(Time::from_micros(moment.timestamp_micros()))
        });
        let mut times = times.take(12_000);
        times.find(|time| now < *time).unwrap_or_else(|| now.plus_days(365))
    }
}

/// When a template is next used by itself, and how often then: both, or neither.
pub fn recurrence(
    recurs: Option<Recurs>,
    next_at: Option<Time>,
    now: Time,
) -> Result<Option<(Recurs, Time)>, Invalid> {
    let (recurs, next_at) = match (recurs, next_at) {
        (None, None) => return Ok(None),
        (Some(recurs), Some(next_at)) => (recurs, next_at),
        (Some(_), None) => return Err(Invalid::new("next_at", "is missing: when is the first?")),
        (None, Some(_)) => return Err(Invalid::new("recurs", "is missing: how often?")),
    };
    if next_at <= now || now.plus_days(5 * 365) < next_at {
        return Err(Invalid::new("next_at", "must be in the future, within five years"));
    }
    if recurs != Recurs::Weekly && 28 < next_at.utc().day() {
        let problem = "must be on day 1 to 28, so that every month has that day";
        return Err(Invalid::new("next_at", problem));
    }
    Ok(Some((recurs, next_at)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn time(text: &str) -> Time {
        Time::parse("time", text).unwrap()
    }

    #[test]
    fn what_was_missed_is_not_made_up_for() {
        let due = time("2026-03-14T08:00:00Z");
        for (recurs, now, want) in [
            (Recurs::Weekly, "2026-03-14T08:00:00Z", "2026-03-21T08:00:00Z"),
            (Recurs::Weekly, "2026-03-14T07:00:00Z", "2026-03-21T08:00:00Z"),
            (Recurs::Weekly, "2026-03-21T08:00:00Z", "2026-03-28T08:00:00Z"),
            (Recurs::Weekly, "2026-06-01T00:00:00Z", "2026-06-06T08:00:00Z"),
            (Recurs::Monthly, "2026-03-14T08:00:00Z", "2026-04-14T08:00:00Z"),
            (Recurs::Monthly, "2026-12-20T00:00:00Z", "2027-01-14T08:00:00Z"),
            (Recurs::Quarterly, "2026-03-15T00:00:00Z", "2026-06-14T08:00:00Z"),
            (Recurs::Yearly, "2031-01-01T00:00:00Z", "2031-03-14T08:00:00Z"),
        ] {
            assert_eq!(recurs.after(due, time(now)).wire(), want, "{recurs:?} {now}");
        }
        let last = time("9999-12-31T00:00:00Z");
        assert!(last <= Recurs::Yearly.after(due, last), "there is an end to it");
    }

    #[test]
    fn a_recurrence_has_both_or_neither() {
        let now = time("2026-03-14T08:00:00Z");
        let at = |text| Some(time(text));
        assert_eq!(recurrence(None, None, now).unwrap(), None);
        assert!(recurrence(Some(Recurs::Weekly), at("2026-03-31T08:00:00Z"), now).is_ok());
        for (recurs, next_at, field) in [
            (Some(Recurs::Weekly), None, "next_at"),
            (None, at("2026-04-01T00:00:00Z"), "recurs"),
            (Some(Recurs::Weekly), at("2026-03-14T08:00:00Z"), "next_at"),
            (Some(Recurs::Weekly), at("2036-03-14T08:00:00Z"), "next_at"),
            (Some(Recurs::Monthly), at("2026-03-31T08:00:00Z"), "next_at"),
            (Some(Recurs::Yearly), at("2028-02-29T08:00:00Z"), "next_at"),
        ] {
            assert_eq!(recurrence(recurs, next_at, now).unwrap_err().field, field);
        }
    }
}
