//! iCalendar (RFC 5545): what is needed or offered from when until when.

use domain::listings::State;
use icalendar::{Calendar, Component as _, Event, EventLike as _, EventStatus, Property};

use super::{
    List,
    entries::{Entry, bare},
};

pub(super) const MEDIA_TYPE: &str = "text/calendar; charset=utf-8";

/// The list as a calendar.
pub(super) fn write(list: &List) -> String {
    let mut calendar = Calendar::empty();
    let name = escaped(&line(&list.title));
    for (key, value) in [
        ("VERSION", "2.0"),
        ("PRODID", concat!("-//Tequio//Tequio ", env!("CARGO_PKG_VERSION"), "//EN")),
        ("CALSCALE", "GREGORIAN"),
        ("METHOD", "PUBLISH"),
        ("X-WR-CALNAME", name.as_str()),
    ] {
        calendar.append_property(Property::new(key, value));
    }
    calendar.extend(list.entries.iter().filter_map(event));
    calendar.to_string()
}

/// The listing as an event; `None` where it has no time.
fn event(entry: &Entry) -> Option<Event> {
    let row = &entry.row;
    let starts = row.starts_at.or(row.ends_at)?;
    let mut event = Event::new();
    event
        .uid(&line(&row.ap_id))
        .timestamp(row.updated_at.utc())
        .last_modified(row.updated_at.utc())
        .sequence(u32::try_from(row.version).unwrap_or(u32::MAX))
        .starts(starts.utc())
        .summary(&line(&entry.title()))
        .url(&line(entry.page()))
        .categories(entry.tags());
    // An event that ends when it begins says no end (§3.8.2.2).
    if let Some(ends) = row.ends_at.filter(|ends| starts < *ends) {
        event.ends(ends.utc());
    }
    if let Some(published) = row.published_at {
        event.created(published.utc());
    }
    let text = entry.text();
    if !text.is_empty() {
        event.description(&text);
    }
    if let Some(place) = &row.place {
        event.location(&line(place));
    }
    if let Some(point) = row.point() {
        event.add_property("GEO", format!("{};{}", point.latitude, point.longitude));
    }
    event.status(match row.state {
        State::Withdrawn => EventStatus::Cancelled,
        _ => EventStatus::Confirmed,
    });
    Some(event.done())
}

/// One line, whatever it was.
fn line(text: &str) -> String {
    bare(text).replace('\n', " ")
}

/// A text for a property that the library takes as it is (§3.3.11).
fn escaped(text: &str) -> String {
    text.replace('\\', "\\\\").replace(',', "\\,").replace(';', "\\;")
}
