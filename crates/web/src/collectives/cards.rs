//! A collective among others.

use std::collections::HashMap;

use db::{Conn, actors::ActorRow, collectives::CollectiveRow};
use domain::CollectiveId;

use crate::{Result, actors, html::excerpt, views::collectives::CollectiveCard};

/// The cards of several collectives; their numbers and languages are read at once.
pub(crate) fn cards(conn: &mut Conn, rows: &[ActorRow]) -> Result<Vec<CollectiveCard>> {
    let ids: Vec<CollectiveId> = rows.iter().map(|row| row.id.collective()).collect();
    let counted = db::listings::count_open_each(conn, &ids)?;
    let counts: HashMap<CollectiveId, (i64, i64)> =
        counted.into_iter().map(|(id, needs, offers)| (id, (needs, offers))).collect();
    let homes = db::collectives::find_all(conn, &ids)?;
    let homes: HashMap<CollectiveId, CollectiveRow> =
        homes.into_iter().map(|home| (home.id, home)).collect();
    let card = |row: &ActorRow| {
        let id = row.id.collective();
        let (needs, offers) = counts.get(&id).copied().unwrap_or_default();
        CollectiveCard {
            actor: actors::view(row),
            url: actors::path(row),
            lang: homes.get(&id).map(|it| it.language.as_str().to_owned()).unwrap_or_default(),
            place: homes.get(&id).and_then(|it| it.place.clone()),
            summary: short(row),
            needs,
            offers,
        }
    };
    Ok(rows.iter().map(card).collect())
}

/// The first words of what a collective says about itself.
pub(super) fn short(row: &ActorRow) -> String {
    if row.local { excerpt(&row.summary, "") } else { excerpt("", &row.summary) }
}
