//! Webhooks of collectives and the letters that go to them, as rows.

use diesel::prelude::*;
use domain::{CollectiveId, Time, WebhookId, WebhookLetterId};

use crate::{
    Conn, Result, Tx,
    column::MaybeNumber,
    schema::{webhook_letters, webhooks},
};

/// A webhook.
#[derive(Clone, Debug, Queryable, Selectable)]
#[diesel(table_name = webhooks)]
pub struct WebhookRow {
    #[diesel(deserialize_as = Vec<u8>)]
    pub id: WebhookId,
    #[diesel(deserialize_as = Vec<u8>)]
    pub collective_id: CollectiveId,
    pub url: String,
    /// What letters are signed with.
    pub secret: String,
    /// Words, parted by spaces.
    pub events: String,
    pub enabled: bool,
    /// How many letters in a row have not arrived.
    pub failures: i32,
    #[diesel(deserialize_as = i64)]
    pub created_at: Time,
}

/// A letter.
#[derive(Clone, Debug, Queryable, Selectable)]
#[diesel(table_name = webhook_letters)]
pub struct LetterRow {
    #[diesel(deserialize_as = Vec<u8>)]
    pub id: WebhookLetterId,
    #[diesel(deserialize_as = Vec<u8>)]
    pub webhook_id: WebhookId,
    pub event: String,
    pub body: String,
    pub attempts: i32,
    /// Nothing where it is not tried again.
    #[diesel(deserialize_as = MaybeNumber)]
    pub due_at: Option<Time>,
    pub status: Option<i32>,
    pub error: Option<String>,
    #[diesel(deserialize_as = i64)]
    pub created_at: Time,
    #[diesel(deserialize_as = MaybeNumber)]
    pub done_at: Option<Time>,
}

/// Writes a new webhook.
pub fn insert(tx: &mut Tx<'_>, row: &WebhookRow, by: domain::PersonId) -> Result<()> {
    diesel::insert_into(webhooks::table)
        .values((
            webhooks::id.eq(row.id.bytes()),
            webhooks::collective_id.eq(row.collective_id.bytes()),
            webhooks::created_by.eq(by.bytes()),
            webhooks::url.eq(&row.url),
            webhooks::secret.eq(&row.secret),
            webhooks::events.eq(&row.events),
            webhooks::enabled.eq(row.enabled),
            webhooks::failures.eq(row.failures),
            webhooks::created_at.eq(row.created_at.micros()),
        ))
        .execute(&mut **tx)?;
    Ok(())
}

/// Writes what may change of a webhook.
pub fn update(tx: &mut Tx<'_>, row: &WebhookRow) -> Result<()> {
    diesel::update(webhooks::table.find(row.id.bytes()))
        .set((
            webhooks::url.eq(&row.url),
            webhooks::events.eq(&row.events),
            webhooks::enabled.eq(row.enabled),
            webhooks::failures.eq(row.failures),
        ))
        .execute(&mut **tx)?;
    Ok(())
}

/// Deletes a webhook and its letters.
pub fn delete(tx: &mut Tx<'_>, id: WebhookId) -> Result<()> {
    let letters = webhook_letters::table.filter(webhook_letters::webhook_id.eq(id.bytes()));
    diesel::delete(letters).execute(&mut **tx)?;
    diesel::delete(webhooks::table.find(id.bytes())).execute(&mut **tx)?;
    Ok(())
}

/// A webhook.
pub fn find(conn: &mut Conn, id: WebhookId) -> Result<Option<WebhookRow>> {
    let row = webhooks::table.find(id.bytes()).select(WebhookRow::as_select()).first(conn);
    Ok(row.optional()?)
}

/// The webhooks of a collective, oldest first. Walks `webhooks_collective_idx`.
pub fn of(conn: &mut Conn, collective: CollectiveId) -> Result<Vec<WebhookRow>> {
    let rows = webhooks::table
        .filter(webhooks::collective_id.eq(collective.bytes()))
        .order(webhooks::id)
        .select(WebhookRow::as_select())
        .load(conn)?;
    Ok(rows)
}

/// Leaves a letter that is due now.
pub fn leave(
    tx: &mut Tx<'_>,
    id: WebhookLetterId,
    webhook: WebhookId,
    event: &str,
    body: &str,
    now: Time,
) -> Result<()> {
    diesel::insert_into(webhook_letters::table)
        .values((
            webhook_letters::id.eq(id.bytes()),
            webhook_letters::webhook_id.eq(webhook.bytes()),
            webhook_letters::event.eq(event),
            webhook_letters::body.eq(body),
            webhook_letters::attempts.eq(0),
            webhook_letters::due_at.eq(Some(now.micros())),
            webhook_letters::created_at.eq(now.micros()),
        ))
        .execute(&mut **tx)?;
    Ok(())
}

/// Is any letter due? Walks `webhook_letters_due_idx`.
pub fn is_due(conn: &mut Conn, now: Time) -> Result<bool> {
    let due = webhook_letters::table
        .filter(webhook_letters::due_at.is_not_null())
        .filter(webhook_letters::due_at.le(now.micros()));
    Ok(diesel::select(diesel::dsl::exists(due)).get_result(conn)?)
}

/// Takes letters that are due: they are not due again before `lease`. Walks `webhook_letters_due_idx`.
pub fn take(tx: &mut Tx<'_>, now: Time, lease: Time, limit: i64) -> Result<Vec<LetterRow>> {
    let due = webhook_letters::table
        .filter(webhook_letters::due_at.is_not_null())
        .filter(webhook_letters::due_at.le(now.micros()))
        .order((webhook_letters::due_at, webhook_letters::id))
        .limit(limit)
        .select(webhook_letters::id);
    let ids: Vec<Vec<u8>> = match &mut **tx {
        Conn::Sqlite(conn) => due.load(conn)?,
        Conn::Postgres(conn) => due.for_update().skip_locked().load(conn)?,
    };
    let taken = webhook_letters::table.filter(webhook_letters::id.eq_any(&ids));
    let rows = taken.order(webhook_letters::id).select(LetterRow::as_select()).load(&mut **tx)?;
    diesel::update(webhook_letters::table.filter(webhook_letters::id.eq_any(ids)))
        .set(webhook_letters::due_at.eq(Some(lease.micros())))
        .execute(&mut **tx)?;
    Ok(rows)
}

/// Writes what became of a letter.
pub fn settle(tx: &mut Tx<'_>, row: &LetterRow) -> Result<()> {
    diesel::update(webhook_letters::table.find(row.id.bytes()))
        .set((
            webhook_letters::attempts.eq(row.attempts),
            webhook_letters::due_at.eq(row.due_at.map(Time::micros)),
            webhook_letters::status.eq(row.status),
            webhook_letters::error.eq(&row.error),
            webhook_letters::done_at.eq(row.done_at.map(Time::micros)),
        ))
        .execute(&mut **tx)?;
    Ok(())
}

/// Lets the letters go that wait for a webhook.
pub fn cancel(tx: &mut Tx<'_>, webhook: WebhookId, why: &str, now: Time) -> Result<()> {
    let waiting = webhook_letters::table
        .filter(webhook_letters::webhook_id.eq(webhook.bytes()))
        .filter(webhook_letters::due_at.is_not_null());
    diesel::update(waiting)
        .set((
            webhook_letters::due_at.eq(None::<i64>),
            webhook_letters::error.eq(Some(why)),
            webhook_letters::done_at.eq(Some(now.micros())),
        ))
        .execute(&mut **tx)?;
    Ok(())
}

/// The letters of a webhook, the newest first. Walks `webhook_letters_log_idx`.
pub fn letters(
    conn: &mut Conn,
    webhook: WebhookId,
    cursor: Option<WebhookLetterId>,
    limit: i64,
) -> Result<Vec<LetterRow>> {
    let mut query = webhook_letters::table
        .filter(webhook_letters::webhook_id.eq(webhook.bytes()))
        .order(webhook_letters::id.desc())
        .limit(limit)
        .select(LetterRow::as_select())
        .into_boxed();
    if let Some(cursor) = cursor {
        query = query.filter(webhook_letters::id.lt(cursor.bytes()));
    }
    Ok(query.load(conn)?)
}

/// Forgets letters from before a moment that are not tried again.
pub fn sweep(tx: &mut Tx<'_>, before: Time) -> Result<usize> {
    let old = webhook_letters::table
        .filter(webhook_letters::due_at.is_null())
        .filter(webhook_letters::created_at.lt(before.micros()));
    Ok(diesel::delete(old).execute(&mut **tx)?)
}
