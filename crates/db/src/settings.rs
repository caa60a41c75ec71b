//! Facts about this database that must not change by accident.

use diesel::prelude::*;

use crate::{Conn, Result, Tx, on_backend, schema::settings};

/// The value kept under a name.
pub fn find(conn: &mut Conn, name: &str) -> Result<Option<String>> {
    Ok(settings::table.find(name).select(settings::value).first(conn).optional()?)
}

/// Keeps a value that is not there yet; an earlier one stays.
pub fn keep(tx: &mut Tx<'_>, name: &str, value: &str) -> Result<()> {
    on_backend!(&mut **tx, it => diesel::insert_into(settings::table)
        .values((settings::name.eq(name), settings::value.eq(value)))
        .on_conflict_do_nothing()
        .execute(it))?;
    Ok(())
}
