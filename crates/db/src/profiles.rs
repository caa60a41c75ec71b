//! What collectives of this server say of themselves beyond their summary, and where they are.

use diesel::prelude::*;
use domain::{
    CollectiveId,
    collectives::{Section, Sections},
    place::Place,
};

use crate::{
    Conn, DbError, Result, Tx, on_backend,
    schema::{collective_sections, collectives},
    search,
};

/// The sections that a collective filled in. Walks the primary key.
pub fn sections(conn: &mut Conn, id: CollectiveId) -> Result<Sections> {
    let rows: Vec<(String, String)> = collective_sections::table
        .filter(collective_sections::collective_id.eq(id.bytes()))
        .select((collective_sections::section, collective_sections::text))
        .load(conn)?;
    let mut sections = Sections::default();
    for (section, text) in rows {
        let section = Section::parse(&section).map_err(DbError::Corrupt)?;
        sections.set(section, &text).map_err(DbError::Corrupt)?;
    }
    Ok(sections)
}

/// Writes them anew, and where the collective is; of its point, only what the world may know.
pub fn set(
    tx: &mut Tx<'_>,
    id: CollectiveId,
    place: Option<&Place>,
    sections: &Sections,
) -> Result<()> {
    let point = place.and_then(|place| Some(place.point?.blurred(place.radius)));
    diesel::update(collectives::table.find(id.bytes()))
        .set((
            collectives::place.eq(place.map(|place| &place.name)),
            collectives::public_latitude.eq(point.map(|point| point.latitude)),
            collectives::public_longitude.eq(point.map(|point| point.longitude)),
        ))
        .execute(&mut **tx)?;
    let before =
        collective_sections::table.filter(collective_sections::collective_id.eq(id.bytes()));
    diesel::delete(before).execute(&mut **tx)?;
    for (section, text) in sections.iter() {
        let values = (
            collective_sections::collective_id.eq(id.bytes()),
            collective_sections::section.eq(section.word()),
            collective_sections::text.eq(text),
        );
        on_backend!(&mut **tx, it => diesel::insert_into(collective_sections::table)
            .values(values)
            .execute(it))?;
    }
    search::keep_actor(tx, id.actor())
}
