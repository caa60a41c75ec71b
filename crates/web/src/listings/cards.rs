//! A listing among others.

use db::{Conn, listings::ListingRow};
use domain::{
    Time,
    quantity::{Amount, Unit},
};

use crate::{
    Result, actors,
    html::excerpt,
    labels::Word,
    views::{
        actors::ActorView,
        listings::{ListingCard, PlaceView, QuantityView, WindowView},
    },
    when,
};

/// The cards of several listings; whose they are is read at once.
pub(crate) fn cards(conn: &mut Conn, rows: &[ListingRow], now: Time) -> Result<Vec<ListingCard>> {
    let owners =
        actors::find_all(conn, rows.iter().map(|row| row.collective_id.actor()).collect())?;
    let known = rows.iter().filter_map(|row| {
        let owner = owners.get(&row.collective_id.actor())?;
        Some(card(row, actors::view(owner), now))
    });
    Ok(known.collect())
}

/// The card of a listing.
pub(crate) fn card(row: &ListingRow, collective: ActorView, now: Time) -> ListingCard {
    let words = excerpt(&row.text, &row.html);
    ListingCard {
        url: format!("/listings/{}", row.id),
        purpose: row.purpose,
        kind: row.kind,
        title: row.title.clone(),
        lang: row.language.as_str().to_owned(),
        excerpt: (!words.is_empty()).then_some(words),
        collective,
        place: place(row),
        window: window(row, now),
        terms: Some(row.terms),
        urgency: row.urgency,
        state: row.state,
        quantity: quantity(row),
        published: row.published_at.map(|time| when::stamp(time, now)),
    }
}

fn place(row: &ListingRow) -> Option<PlaceView> {
    let name = row.place.clone()?;
    let within = match row.radius {
        ..=0 => None,
        metres @ 1..1_000 => Some(format!("{metres} m")),
        metres => Some(format!("{} km", kilometres(metres))),
    };
    Some(PlaceView { name, within })
}

/// Metres as kilometres: `2.5`.
pub(crate) fn kilometres(metres: i32) -> String {
    let kilometres = f64::from(metres) / 1_000.0;
    format!("{kilometres:.1}").trim_end_matches(".0").to_owned()
}

fn window(row: &ListingRow, now: Time) -> Option<WindowView> {
    if row.starts_at.is_none() && row.ends_at.is_none() {
        return None;
    }
    let day = |time: Time| when::day(time, now);
    Some(WindowView { from: row.starts_at.map(day), until: row.ends_at.map(day) })
}

fn quantity(row: &ListingRow) -> Option<QuantityView> {
    let quantity = row.how_much()?;
    let found = quantity.found();
    Some(QuantityView {
        wanted: quantity.total.to_string(),
        found: (found != Amount::NOTHING).then(|| found.to_string()),
        unit: if quantity.unit == Unit::One {
            String::new()
        } else {
            quantity.unit.label().into_owned()
        },
    })
}

#[cfg(test)]
mod tests {
    #[test]
    fn kilometres_are_written_shortly() {
        for (metres, text) in [(1_000, "1"), (2_500, "2.5"), (10_000, "10"), (100_000, "100")] {
            assert_eq!(super::kilometres(metres), text);
        }
    }
}
