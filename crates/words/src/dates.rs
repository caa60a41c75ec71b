//! Days and moments, as a language writes them.

use std::sync::LazyLock;

use icu_calendar::{Date, Gregorian};
use icu_datetime::{
    FixedCalendarDateTimeFormatter as Formatter,
    fieldsets::{MD, MDT, YM, YMD, YMDT},
    input::{DateTime, Time},
};
use icu_locale_core::{Locale, locale};

use crate::{Language, current};

/// What writes the dates of one language.
struct Dates {
    day: Formatter<Gregorian, MD>,
    day_of_year: Formatter<Gregorian, YMD>,
    moment: Formatter<Gregorian, MDT>,
    moment_of_year: Formatter<Gregorian, YMDT>,
    month: Formatter<Gregorian, YM>,
}

static DATES: LazyLock<Vec<Option<Dates>>> =
    LazyLock::new(|| Language::ALL.into_iter().map(dates).collect());

fn dates(language: Language) -> Option<Dates> {
    let locale = || crate::dates::locale(language).into();
    Some(Dates {
        day: Formatter::try_new(locale(), MD::long()).ok()?,
        day_of_year: Formatter::try_new(locale(), YMD::long()).ok()?,
        moment: Formatter::try_new(locale(), MD::long().with_time_hm()).ok()?,
        moment_of_year: Formatter::try_new(locale(), YMD::long().with_time_hm()).ok()?,
        month: Formatter::try_new(locale(), YM::long()).ok()?,
    })
}

/// Whose habits of writing a language follows here.
pub(crate) fn locale(language: Language) -> Locale {
    match language {
        Language::English => locale!("en-GB"),
        Language::Spanish => locale!("es"),
        Language::Catalan => locale!("ca"),
        Language::German => locale!("de"),
        Language::French => locale!("fr"),
    }
}

/// A day of the calendar: year, month from 1, day from 1.
pub type Day = (i32, u8, u8);

/// `4 May`, or `4 May 2025` with its year; a day there is not is written `2025-02-30`.
#[must_use]
pub fn day(day: Day, with_year: bool) -> String {
    let known = Date::try_new_gregorian(day.0, day.1, day.2).ok().zip(ours());
    let text = known.map(|(date, ours)| {
        if with_year {
            ours.day_of_year.format(&date).to_string()
        } else {
            ours.day.format(&date).to_string()
        }
    });
    text.unwrap_or_else(|| plain(day))
}

/// `4 May at 18:20`, or with its year; the hour and the minute of the clock it is given.
#[must_use]
pub fn moment(day: Day, (hour, minute): (u8, u8), with_year: bool) -> String {
    let date = Date::try_new_gregorian(day.0, day.1, day.2).ok();
    let time = Time::try_new(hour, minute, 0, 0).ok();
    let known = date.zip(time).zip(ours());
    let text = known.map(|((date, time), ours)| {
        let moment = DateTime { date, time };
        if with_year {
            ours.moment_of_year.format(&moment).to_string()
        } else {
            ours.moment.format(&moment).to_string()
        }
    });
    text.unwrap_or_else(|| format!("{} {hour:02}:{minute:02}", plain(day)))
}

/// `May 2025`.
#[must_use]
pub fn month(day: Day) -> String {
    let known = Date::try_new_gregorian(day.0, day.1, day.2).ok().zip(ours());
    known.map_or_else(|| plain(day), |(date, ours)| ours.month.format(&date).to_string())
}

fn ours() -> Option<&'static Dates> {
    DATES.get(current().index()).and_then(Option::as_ref)
}

fn plain(day: Day) -> String {
    format!("{:04}-{:02}-{:02}", day.0, day.1, day.2)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::within_sync;

    #[test]
    fn a_day_is_written_as_a_language_writes_it() {
        for (language, april, year, at) in [
            (Language::English, "4 April", "4 April 2025", "4 April at 18:05"),
            (Language::Spanish, "4 de abril", "4 de abril de 2025", "4 de abril a las 18:05"),
            (Language::Catalan, "4 d’abril", "4 d’abril del 2025", "4 d’abril a les 18:05"),
            (Language::German, "4. April", "4. April 2025", "4. April um 18:05"),
            (Language::French, "4 avril", "4 avril 2025", "4 avril à 18:05"),
        ] {
            within_sync(language, || {
                assert_eq!(day((2025, 4, 4), false), april);
                assert_eq!(day((2025, 4, 4), true), year);
                assert_eq!(moment((2025, 4, 4), (18, 5), false), at);
            });
        }
        assert_eq!(month((2025, 4, 4)), "April 2025");
        assert_eq!(day((2025, 2, 30), true), "2025-02-30");
    }
}
