//! Collectives as somebody looks for them: by words, by what they need and offer, and by where they are.

use diesel::prelude::*;
use domain::{
    ActorId, listings::Category, people::ActorKind, place::Point, search::Near, search::Words,
};

use crate::{
    Conn, Result,
    actors::ActorRow,
    moderation::{presentable, unlimited},
    schema::{actors, collectives, listings},
    search::has_words,
};

/// Which collectives; what is left out is any.
#[derive(Clone, Debug, Default)]
pub struct Wanted {
    pub words: Option<Words>,
    /// Those with something open in this field of life.
    pub category: Option<Category>,
    pub near: Option<Near>,
    /// Only those of which it is known where they are.
    pub located: bool,
}

/// So many rows are looked at in one go around a point.
const AROUND: i64 = 200;

/// So many times in a row.
const ROUNDS: usize = 20;

/// Collectives known here, ours and others', the newest first, before `cursor`; nothing of whoever is suspended
/// here, nor of limited servers. Where others are is not known.
///
/// Walks the primary key of `actors`; with words, their index before it.
pub fn page(
    conn: &mut Conn,
    wanted: &Wanted,
    mut cursor: Option<ActorId>,
    limit: i64,
) -> Result<Vec<ActorRow>> {
    if wanted.words.as_ref().is_some_and(Words::is_void) {
        return Ok(Vec::new());
    }
    let Some(near) = wanted.near else {
        let rows = load(conn, wanted, cursor, limit)?;
        return Ok(rows.into_iter().map(|(row, _)| row).collect());
    };
    // SQL knows a box; of it, about four fifths are within the radius.
    let most = usize::try_from(limit).unwrap_or_default();
    let mut found = Vec::new();
    for _ in 0..ROUNDS {
        let rows = load(conn, wanted, cursor, AROUND)?;
        let is_last = rows.len() < usize::try_from(AROUND).unwrap_or_default();
        cursor = rows.last().map(|(row, _)| row.id);
        let there = |(row, point): (ActorRow, Option<Point>)| {
            point.is_some_and(|point| near.reaches(point)).then_some(row)
        };
        found.extend(rows.into_iter().filter_map(there));
        if is_last || most <= found.len() {
            break;
        }
    }
    found.truncate(most);
    Ok(found)
}

fn load(
    conn: &mut Conn,
    wanted: &Wanted,
    cursor: Option<ActorId>,
    limit: i64,
) -> Result<Vec<(ActorRow, Option<Point>)>> {
    let (latitude, longitude) = (collectives::public_latitude, collectives::public_longitude);
    let mut query = actors::table
        .left_join(collectives::table.on(collectives::id.eq(actors::id)))
        .filter(actors::kind.eq(ActorKind::Group.word()))
        .filter(actors::deleted_at.is_null())
        .filter(presentable!())
        .filter(unlimited!())
        .order(actors::id.desc())
        .limit(limit)
        .select((ActorRow::as_select(), latitude.nullable(), longitude.nullable()))
        .into_boxed();
    if let Some(words) = &wanted.words {
        query = query.filter(has_words(conn, "actors.id", words));
    }
    if let Some(category) = wanted.category {
        let open = listings::table
            .filter(listings::collective_id.eq(actors::id))
            .filter(listings::open.eq(true))
            .filter(listings::category.eq(category.word()));
        query = query.filter(diesel::dsl::exists(open));
    }
    if wanted.located {
        query = query.filter(latitude.is_not_null());
    }
    if let Some(near) = wanted.near {
        let ((south, north), spans) = near.bounds();
        query = query.filter(latitude.between(south, north));
        query = match spans.as_slice() {
            [one, two, ..] => {
                query.filter(longitude.between(one.0, one.1).or(longitude.between(two.0, two.1)))
            }
            [one] => query.filter(longitude.between(one.0, one.1)),
            [] => query,
        };
    }
    if let Some(cursor) = cursor {
        query = query.filter(actors::id.lt(cursor.bytes()));
    }
    let rows: Vec<(ActorRow, Option<f64>, Option<f64>)> = query.load(conn)?;
    let placed = |(row, latitude, longitude)| {
        let point = |latitude| Some(Point { latitude, longitude: longitude? });
        (row, Option::and_then(latitude, point))
    };
    Ok(rows.into_iter().map(placed).collect())
}
