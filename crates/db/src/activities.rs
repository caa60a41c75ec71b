//! What we send, as sent.

use diesel::prelude::*;
use domain::{ActivityId, ActorId, Time};

use crate::{Conn, Result, Tx, schema::activities};

/// An activity of ours.
#[derive(Clone, Debug, Queryable, Selectable)]
#[diesel(table_name = activities)]
pub struct ActivityRow {
    #[diesel(deserialize_as = Vec<u8>)]
    pub id: ActivityId,
    /// Who signs it.
    #[diesel(deserialize_as = Vec<u8>)]
    pub actor_id: ActorId,
    pub kind: String,
    /// Whether everybody may read it at its address.
    pub public: bool,
    /// The JSON document.
    pub body: String,
    #[diesel(deserialize_as = i64)]
    pub created_at: Time,
    /// The key it is signed with, where that is not the newest of its actor.
    pub key_id: Option<String>,
}

/// Keeps an activity.
pub fn insert(tx: &mut Tx<'_>, row: &ActivityRow) -> Result<()> {
    diesel::insert_into(activities::table)
        .values((
            activities::id.eq(row.id.bytes()),
            activities::actor_id.eq(row.actor_id.bytes()),
            activities::kind.eq(&row.kind),
            activities::public.eq(row.public),
            activities::body.eq(&row.body),
            activities::created_at.eq(row.created_at.micros()),
            activities::key_id.eq(&row.key_id),
        ))
        .execute(&mut **tx)?;
    Ok(())
}

/// An activity by its id.
pub fn find(conn: &mut Conn, id: ActivityId) -> Result<Option<ActivityRow>> {
    Ok(activities::table
        .find(id.bytes())
        .select(ActivityRow::as_select())
        .first(conn)
        .optional()?)
}
