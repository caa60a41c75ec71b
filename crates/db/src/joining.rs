//! Who asks to join a collective, and what it asks them, as rows.
//!
//! A request is a membership in the state `requested`; nobody but the two sides sees it.

use diesel::prelude::*;
use domain::{CollectiveId, Invalid, PersonId, Time, joining::JoinPolicy, memberships::Role};

use crate::{
    Conn, DbError, Result, Tx,
    actors::ActorRow,
    on_backend,
    schema::{actors, collectives, memberships},
};

/// The state of a request, among those of memberships.
pub(crate) const REQUESTED: &str = "requested";

/// What a collective asks of those who want to join.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Joining {
    pub policy: JoinPolicy,
    pub questions: Vec<String>,
}

/// Somebody who asks to join.
#[derive(Clone, Debug)]
pub struct JoinRow {
    pub person: ActorRow,
    pub answers: Vec<String>,
    pub asked_at: Time,
}

/// What a collective of this server asks. Walks the primary key.
pub fn of(conn: &mut Conn, collective: CollectiveId) -> Result<Option<Joining>> {
    let row: Option<(String, String)> = collectives::table
        .find(collective.bytes())
        .select((collectives::join_policy, collectives::join_questions))
        .first(conn)
        .optional()?;
    let Some((policy, questions)) = row else { return Ok(None) };
    let policy = JoinPolicy::parse(&policy).map_err(DbError::Corrupt)?;
    let questions = questions.lines().map(str::to_owned).collect();
    Ok(Some(Joining { policy, questions }))
}

/// Changes what a collective asks.
pub fn set(tx: &mut Tx<'_>, collective: CollectiveId, joining: &Joining) -> Result<()> {
    diesel::update(collectives::table.find(collective.bytes()))
        .set((
            collectives::join_policy.eq(joining.policy.word()),
            collectives::join_questions.eq(joining.questions.join("\n")),
            collectives::version.eq(collectives::version + 1),
        ))
        .execute(&mut **tx)?;
    Ok(())
}

/// Writes a request; `false` where the person is known to the collective already.
pub fn ask(
    tx: &mut Tx<'_>,
    collective: CollectiveId,
    person: PersonId,
    answers: &[String],
    now: Time,
) -> Result<bool> {
    let answers = json(answers)?;
    let written = on_backend!(&mut **tx, it => diesel::insert_into(memberships::table)
        .values((
            memberships::collective_id.eq(collective.bytes()),
            memberships::person_id.eq(person.bytes()),
            memberships::role.eq(Role::Member.word()),
            memberships::state.eq(REQUESTED),
            memberships::created_at.eq(now.micros()),
            memberships::answers.eq(&answers),
        ))
        .on_conflict_do_nothing()
        .execute(it))?;
    Ok(written == 1)
}

/// Makes a member of who asks; `false` where they do not. What they answered is forgotten.
pub fn accept(
    tx: &mut Tx<'_>,
    collective: CollectiveId,
    person: PersonId,
    now: Time,
) -> Result<bool> {
    let request = memberships::table
        .find((collective.bytes(), person.bytes()))
        .filter(memberships::state.eq(REQUESTED));
    let changed = diesel::update(request)
        .set((
            memberships::state.eq("active"),
            memberships::joined_at.eq(Some(now.micros())),
            memberships::answers.eq(""),
        ))
        .execute(&mut **tx)?;
    Ok(changed == 1)
}

/// Forgets a request; `false` where there is none.
pub fn forget(tx: &mut Tx<'_>, collective: CollectiveId, person: PersonId) -> Result<bool> {
    let request = memberships::table
        .find((collective.bytes(), person.bytes()))
        .filter(memberships::state.eq(REQUESTED));
    Ok(diesel::delete(request).execute(&mut **tx)? == 1)
}

/// Does somebody ask to join? Walks the primary key.
pub fn is_asked(conn: &mut Conn, collective: CollectiveId, person: PersonId) -> Result<bool> {
    let request = memberships::table
        .find((collective.bytes(), person.bytes()))
        .filter(memberships::state.eq(REQUESTED));
    Ok(diesel::select(diesel::dsl::exists(request)).get_result(conn)?)
}

/// Who asks to join a collective, those met first first, after `cursor`. Walks the primary key.
pub fn page(
    conn: &mut Conn,
    collective: CollectiveId,
    cursor: Option<PersonId>,
    limit: i64,
) -> Result<Vec<JoinRow>> {
    let mut query = memberships::table
        .inner_join(actors::table.on(actors::id.eq(memberships::person_id)))
        .filter(memberships::collective_id.eq(collective.bytes()))
        .filter(memberships::state.eq(REQUESTED))
        .filter(actors::suspended_at.is_null())
        .filter(actors::deleted_at.is_null())
        .order(memberships::person_id)
        .limit(limit)
        .select((ActorRow::as_select(), memberships::answers, memberships::created_at))
        .into_boxed();
    if let Some(cursor) = cursor {
        query = query.filter(memberships::person_id.gt(cursor.bytes()));
    }
    let rows: Vec<(ActorRow, String, i64)> = query.load(conn)?;
    let rows = rows.into_iter().map(|(person, answers, asked_at)| {
        let wrong = |_| DbError::Corrupt(Invalid::new("answers", "must be a list of texts"));
        let answers = serde_json::from_str(&answers).map_err(wrong)?;
        Ok(JoinRow { person, answers, asked_at: Time::from_micros(asked_at) })
    });
    rows.collect()
}

fn json(answers: &[String]) -> Result<String> {
    serde_json::to_string(answers).map_err(|err| DbError::Schema(err.to_string()))
}
