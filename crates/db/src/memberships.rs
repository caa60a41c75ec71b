//! Who belongs to what, as rows.

use diesel::prelude::*;
use domain::{
    CollectiveId, PersonId, Time,
    memberships::{Role, Standing},
};

use crate::{
    Conn, DbError, Result, Tx,
    actors::ActorRow,
    joining::REQUESTED,
    moderation::presentable,
    on_backend,
    schema::{actors, memberships},
};

/// How a person stands with a collective.
pub fn standing(conn: &mut Conn, collective: CollectiveId, person: PersonId) -> Result<Standing> {
    let row: Option<(String, String)> = memberships::table
        .find((collective.bytes(), person.bytes()))
        .select((memberships::role, memberships::state))
        .first(conn)
        .optional()?;
    let Some((role, state)) = row else { return Ok(Standing::Stranger) };
    let role = Role::parse(&role).map_err(DbError::Corrupt)?;
    Ok(match state.as_str() {
        "active" => Standing::Active(role),
        "invited" => Standing::Invited(role),
        // Who asks to join does not belong to it.
        REQUESTED => Standing::Stranger,
        _ => Standing::Suspended,
    })
}

/// Invites somebody, in place of an invitation or a request that was not answered yet.
pub fn invite(
    tx: &mut Tx<'_>,
    collective: CollectiveId,
    person: PersonId,
    role: Role,
    by: Option<PersonId>,
    now: Time,
) -> Result<()> {
    on_backend!(&mut **tx, it => diesel::insert_into(memberships::table)
        .values((
            memberships::collective_id.eq(collective.bytes()),
            memberships::person_id.eq(person.bytes()),
            memberships::role.eq(role.word()),
            memberships::state.eq("invited"),
            memberships::invited_by.eq(by.map(PersonId::bytes)),
            memberships::created_at.eq(now.micros()),
        ))
        .on_conflict((memberships::collective_id, memberships::person_id))
        .do_update()
        .set((
            memberships::role.eq(role.word()),
            memberships::state.eq("invited"),
            memberships::answers.eq(""),
            memberships::shown.eq(false),
        ))
        .execute(it))?;
    Ok(())
}

/// Makes an invited person a member.
pub fn join(tx: &mut Tx<'_>, collective: CollectiveId, person: PersonId, now: Time) -> Result<()> {
    diesel::update(memberships::table.find((collective.bytes(), person.bytes())))
        .set((memberships::state.eq("active"), memberships::joined_at.eq(Some(now.micros()))))
        .execute(&mut **tx)?;
    Ok(())
}

/// Gives a member another role.
pub fn set_role(
    tx: &mut Tx<'_>,
    collective: CollectiveId,
    person: PersonId,
    role: Role,
) -> Result<()> {
    diesel::update(memberships::table.find((collective.bytes(), person.bytes())))
        .set(memberships::role.eq(role.word()))
        .execute(&mut **tx)?;
    Ok(())
}

/// Names a member on the collective's page, or no longer.
pub fn set_shown(
    tx: &mut Tx<'_>,
    collective: CollectiveId,
    person: PersonId,
    shown: bool,
) -> Result<()> {
    diesel::update(memberships::table.find((collective.bytes(), person.bytes())))
        .set(memberships::shown.eq(shown))
        .execute(&mut **tx)?;
    Ok(())
}

/// Did this member agree to be named on the collective's page? Whoever is none has not.
pub fn is_shown(conn: &mut Conn, collective: CollectiveId, person: PersonId) -> Result<bool> {
    let row = memberships::table
        .find((collective.bytes(), person.bytes()))
        .filter(memberships::state.eq("active"))
        .select(memberships::shown)
        .first(conn);
    Ok(row.optional()?.unwrap_or_default())
}

/// The members who agreed to be named, in the order of joining. Walks the primary key.
pub fn shown(conn: &mut Conn, collective: CollectiveId, limit: i64) -> Result<Vec<ActorRow>> {
    let rows = memberships::table
        .inner_join(actors::table.on(actors::id.eq(memberships::person_id)))
        .filter(memberships::collective_id.eq(collective.bytes()))
        .filter(memberships::state.eq("active"))
        .filter(memberships::shown)
        .filter(actors::deleted_at.is_null())
        .filter(presentable!())
        .order((memberships::created_at, memberships::person_id))
        .limit(limit)
        .select(ActorRow::as_select())
        .load(conn)?;
    Ok(rows)
}

/// Ends a membership or an invitation.
pub fn delete(tx: &mut Tx<'_>, collective: CollectiveId, person: PersonId) -> Result<()> {
    diesel::delete(memberships::table.find((collective.bytes(), person.bytes())))
        .execute(&mut **tx)?;
    Ok(())
}

/// How many stewards a collective has now.
pub fn count_stewards(conn: &mut Conn, collective: CollectiveId) -> Result<i64> {
    let stewards = memberships::table
        .filter(memberships::collective_id.eq(collective.bytes()))
        .filter(memberships::state.eq("active"))
        .filter(memberships::role.eq(Role::Steward.word()));
    Ok(stewards.count().get_result(conn)?)
}

/// A member or an invited person.
#[derive(Clone, Debug, Queryable)]
pub struct MemberRow {
    /// The person, or the collective, that was asked for.
    pub actor: ActorRow,
    #[diesel(deserialize_as = String)]
    pub role: Role,
    /// `active`, `invited`, or `suspended`.
    pub state: String,
    /// Since when they are invited, or a member.
    #[diesel(deserialize_as = i64)]
    pub since: Time,
    /// Did they agree to be named on the collective's page?
    pub shown: bool,
}

/// Everybody in a collective, in the order of joining. Walks the primary key.
pub fn members(conn: &mut Conn, collective: CollectiveId) -> Result<Vec<MemberRow>> {
    let rows = memberships::table
        .inner_join(actors::table.on(actors::id.eq(memberships::person_id)))
        .filter(memberships::collective_id.eq(collective.bytes()))
        .filter(memberships::state.ne(REQUESTED))
        .order((memberships::created_at, memberships::person_id))
        .select((
            ActorRow::as_select(),
            memberships::role,
            memberships::state,
            memberships::created_at,
            memberships::shown,
        ))
        .load(conn)?;
    Ok(rows)
}

/// The collectives a person belongs to or is invited to. Walks `memberships_person_idx`.
pub fn of_person(conn: &mut Conn, person: PersonId) -> Result<Vec<MemberRow>> {
    let rows = memberships::table
        .inner_join(actors::table.on(actors::id.eq(memberships::collective_id)))
        .filter(memberships::person_id.eq(person.bytes()))
        .filter(memberships::state.ne(REQUESTED))
        .order(memberships::collective_id)
        .select((
            ActorRow::as_select(),
            memberships::role,
            memberships::state,
            memberships::created_at,
            memberships::shown,
        ))
        .load(conn)?;
    Ok(rows)
}

/// The active members of a collective who hold one of these roles. Walks the primary key.
pub fn holding(conn: &mut Conn, collective: CollectiveId, roles: &[Role]) -> Result<Vec<PersonId>> {
    let words: Vec<&str> = roles.iter().map(|role| role.word()).collect();
    let rows: Vec<Vec<u8>> = memberships::table
        .filter(memberships::collective_id.eq(collective.bytes()))
        .filter(memberships::state.eq("active"))
        .filter(memberships::role.eq_any(words))
        .select(memberships::person_id)
        .load(conn)?;
    let ids = rows.into_iter().map(PersonId::try_from);
    ids.collect::<std::result::Result<_, _>>().map_err(DbError::Corrupt)
}
