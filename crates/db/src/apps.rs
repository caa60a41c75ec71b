//! Programs that ask for people's consent (OAuth 2), as rows.

use diesel::prelude::*;
use domain::{AppId, Time};

use crate::{Conn, Result, Tx, schema::apps, search::sayable};

/// An app.
#[derive(Clone, Debug, Queryable, Selectable)]
#[diesel(table_name = apps)]
pub struct AppRow {
    #[diesel(deserialize_as = Vec<u8>)]
    pub id: AppId,
    pub client_id: String,
    /// Of its secret; none for one that can keep none (RFC 6749 §2.1).
    pub secret_digest: Option<Vec<u8>>,
    pub name: String,
    pub website: Option<String>,
    /// Parted by spaces.
    pub redirect_uris: String,
    pub scopes: String,
    #[diesel(deserialize_as = i64)]
    pub created_at: Time,
}

impl AppRow {
    /// Where its codes may be sent.
    pub fn redirects(&self) -> impl Iterator<Item = &str> {
        self.redirect_uris.split(' ')
    }
}

/// Writes a new app.
pub fn insert(tx: &mut Tx<'_>, row: &AppRow) -> Result<()> {
    diesel::insert_into(apps::table)
        .values((
            apps::id.eq(row.id.bytes()),
            apps::client_id.eq(&row.client_id),
            apps::secret_digest.eq(&row.secret_digest),
            apps::name.eq(&row.name),
            apps::website.eq(&row.website),
            apps::redirect_uris.eq(&row.redirect_uris),
            apps::scopes.eq(&row.scopes),
            apps::created_at.eq(row.created_at.micros()),
        ))
        .execute(&mut **tx)?;
    Ok(())
}

/// The app that calls itself so.
pub fn find(conn: &mut Conn, client_id: &str) -> Result<Option<AppRow>> {
    let row = apps::table
        .filter(apps::client_id.eq(sayable(client_id)))
        .select(AppRow::as_select())
        .first(conn);
    Ok(row.optional()?)
}

/// Notes that somebody uses it, so that it is not swept.
pub fn touch(tx: &mut Tx<'_>, id: AppId, now: Time) -> Result<()> {
    diesel::update(apps::table.find(id.bytes()))
        .set(apps::used_at.eq(Some(now.micros())))
        .execute(&mut **tx)?;
    Ok(())
}

/// What it is called.
pub fn name(conn: &mut Conn, id: AppId) -> Result<String> {
    Ok(apps::table.find(id.bytes()).select(apps::name).first(conn)?)
}
