//! Places by their names, as far as somebody here has said where they are.

use domain::{
    place::{Place, Point},
    search::{Words, tokens},
};

use crate::{Conn, Result, collectives, directory, listings};

/// So many that bear the words are looked at.
const LOOKED_AT: i64 = 50;

/// Where a place of this name is: as the newest collective says that is there, or else the newest listing.
///
/// There is no other gazetteer: nobody else is asked where people look for something. Every point is blurred.
pub fn find(conn: &mut Conn, name: &str) -> Result<Option<Place>> {
    let Some(words) = Words::beginning(name).filter(|words| !words.is_void()) else {
        return Ok(None);
    };
    let is_it = |place: &str| words.are_in(&tokens(place, "none"));
    let place =
        |name: &str, point: Point| Place { name: name.to_owned(), point: Some(point), radius: 0 };
    let wanted = directory::Wanted {
        words: Some(words.clone()),
        located: true,
        ..directory::Wanted::default()
    };
    let rows = directory::page(conn, &wanted, None, LOOKED_AT)?;
    let ids: Vec<_> = rows.iter().map(|row| row.id.collective()).collect();
    let mut homes = collectives::find_all(conn, &ids)?;
    homes.sort_by_key(|home| std::cmp::Reverse(home.id));
    for home in homes {
        if let (Some(name), Some(point)) = (home.place.as_deref(), home.point())
            && is_it(name)
        {
            return Ok(Some(place(name, point)));
        }
    }
    let filter = listings::Filter { words: Some(words.clone()), ..listings::Filter::default() };
    for row in listings::located_page(conn, &filter, None, LOOKED_AT)? {
        if let (Some(name), Some(point)) = (row.place.as_deref(), row.point())
            && is_it(name)
        {
            return Ok(Some(place(name, point)));
        }
    }
    Ok(None)
}
