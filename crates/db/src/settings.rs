//! Facts about this database that must not change by accident, and what its admins have set.

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

/// Keeps a value in place of an earlier one.
pub fn set(tx: &mut Tx<'_>, name: &str, value: &str) -> Result<()> {
    on_backend!(&mut **tx, it => diesel::insert_into(settings::table)
        .values((settings::name.eq(name), settings::value.eq(value)))
        .on_conflict(settings::name)
        .do_update()
        .set(settings::value.eq(value))
        .execute(it))?;
    Ok(())
}

/// Forgets a value; was there one?
pub fn forget(tx: &mut Tx<'_>, name: &str) -> Result<bool> {
    Ok(diesel::delete(settings::table.find(name)).execute(&mut **tx)? == 1)
}

/// All values whose names begin so. Walks the primary key.
pub fn beginning(conn: &mut Conn, prefix: &str) -> Result<Vec<(String, String)>> {
    let rows = settings::table
        .filter(settings::name.ge(prefix))
        .filter(settings::name.lt(format!("{prefix}\u{7f}")))
        .order(settings::name)
        .select((settings::name, settings::value));
    Ok(rows.load(conn)?)
}

/// The host, and the port where there is one, under which this server is found; none before it is founded.
pub fn own_host(conn: &mut Conn) -> Result<Option<String>> {
    let base = find(conn, "instance.url")?;
    let host = base.as_deref().and_then(|base| base.split_once("://"));
    Ok(host.map(|(_, host)| host.trim_end_matches('/').to_owned()))
}
