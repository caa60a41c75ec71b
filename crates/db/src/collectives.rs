//! Collectives that live here, as rows.

use diesel::prelude::*;
use domain::{
    ActorId, CollectiveId, Time,
    collectives::FollowPolicy,
    listings::Board,
    people::ActorKind,
    place::{Place, Point},
    text::Language,
};

use crate::{
    Conn, Result, Tx,
    actors::ActorRow,
    column::MaybeNumber,
    moderation::presentable,
    schema::{actors, collectives},
    search,
};

/// What this server alone knows of a collective; its name and summary are in its [`ActorRow`].
#[derive(Clone, Debug, Queryable, Selectable)]
#[diesel(table_name = collectives)]
pub struct CollectiveRow {
    #[diesel(deserialize_as = Vec<u8>)]
    pub id: CollectiveId,
    #[diesel(deserialize_as = Vec<u8>)]
    pub voice_id: ActorId,
    #[diesel(deserialize_as = String)]
    pub language: Language,
    #[diesel(deserialize_as = String)]
    pub follow_policy: FollowPolicy,
    pub board_open: bool,
    pub members_publish: bool,
    #[diesel(deserialize_as = i64)]
    pub created_at: Time,
    #[diesel(deserialize_as = MaybeNumber)]
    pub dissolved_at: Option<Time>,
    pub version: i64,
    /// Whether everybody may read what its stewards did.
    pub public_log: bool,
    /// The name of the place where it is.
    pub place: Option<String>,
    pub public_latitude: Option<f64>,
    pub public_longitude: Option<f64>,
}

impl CollectiveRow {
    /// Where it is, blurred.
    pub fn point(&self) -> Option<Point> {
        Some(Point { latitude: self.public_latitude?, longitude: self.public_longitude? })
    }

    /// The same with its name.
    pub fn place(&self) -> Option<Place> {
        Some(Place { name: self.place.clone()?, point: self.point(), radius: 0 })
    }

    /// The rules of its board.
    pub fn board(&self) -> Board {
        Board {
            open: self.board_open && self.dissolved_at.is_none(),
            members_publish: self.members_publish,
        }
    }
}

/// Writes a new collective; its two actors are there already.
pub fn insert(
    tx: &mut Tx<'_>,
    id: CollectiveId,
    voice: ActorId,
    language: &Language,
    policy: FollowPolicy,
    members_publish: bool,
    now: Time,
) -> Result<()> {
    diesel::insert_into(collectives::table)
        .values((
            collectives::id.eq(id.bytes()),
            collectives::voice_id.eq(voice.bytes()),
            collectives::language.eq(language.as_str()),
            collectives::follow_policy.eq(policy.word()),
            collectives::board_open.eq(true),
            collectives::members_publish.eq(members_publish),
            collectives::created_at.eq(now.micros()),
            collectives::version.eq(1),
        ))
        .execute(&mut **tx)?;
    search::keep_actor(tx, id.actor())
}

/// A collective that lives here.
pub fn find(conn: &mut Conn, id: CollectiveId) -> Result<Option<CollectiveRow>> {
    let row = collectives::table.find(id.bytes()).select(CollectiveRow::as_select()).first(conn);
    Ok(row.optional()?)
}

/// Several collectives that live here by their ids, in no order. Walks the primary key.
pub fn find_all(conn: &mut Conn, ids: &[CollectiveId]) -> Result<Vec<CollectiveRow>> {
    let ids: Vec<Vec<u8>> = ids.iter().map(|id| id.bytes()).collect();
    let rows = collectives::table
        .filter(collectives::id.eq_any(ids))
        .select(CollectiveRow::as_select())
        .load(conn)?;
    Ok(rows)
}

/// A collective that lives here, locked until the transaction ends so that two changes never mix.
///
/// SQLite has one writer and needs no lock.
pub fn lock(tx: &mut Tx<'_>, id: CollectiveId) -> Result<Option<CollectiveRow>> {
    if let Conn::Postgres(conn) = &mut **tx {
        collectives::table
            .find(id.bytes())
            .select(collectives::version)
            .for_no_key_update()
            .first::<i64>(conn)
            .optional()?;
    }
    find(tx, id)
}

/// The collective a voice belongs to. Walks `collectives_voice_id_key`.
pub fn find_by_voice(conn: &mut Conn, voice: ActorId) -> Result<Option<CollectiveRow>> {
    let row = collectives::table
        .filter(collectives::voice_id.eq(voice.bytes()))
        .select(CollectiveRow::as_select())
        .first(conn);
    Ok(row.optional()?)
}

/// Changes its settings and counts a version on.
pub fn update(
    tx: &mut Tx<'_>,
    id: CollectiveId,
    language: &Language,
    policy: FollowPolicy,
    members_publish: bool,
    public_log: bool,
) -> Result<()> {
    diesel::update(collectives::table.find(id.bytes()))
        .set((
            collectives::language.eq(language.as_str()),
            collectives::follow_policy.eq(policy.word()),
            collectives::members_publish.eq(members_publish),
            collectives::public_log.eq(public_log),
            collectives::version.eq(collectives::version + 1),
        ))
        .execute(&mut **tx)?;
    search::keep_actor(tx, id.actor())
}

/// Collectives of this server, newest first, before `cursor`. Walks the primary key of `collectives`.
pub fn page(conn: &mut Conn, cursor: Option<CollectiveId>, limit: i64) -> Result<Vec<ActorRow>> {
    let mut query = collectives::table
        .inner_join(actors::table.on(actors::id.eq(collectives::id)))
        .filter(actors::deleted_at.is_null())
        .filter(presentable!())
        .order(collectives::id.desc())
        .limit(limit)
        .select(ActorRow::as_select())
        .into_boxed();
    if let Some(cursor) = cursor {
        query = query.filter(collectives::id.lt(cursor.bytes()));
    }
    Ok(query.load(conn)?)
}

/// How many collectives live here.
pub fn count(conn: &mut Conn) -> Result<i64> {
    Ok(collectives::table.count().get_result(conn)?)
}

/// Collectives of other servers known here, newest first.
pub fn page_remote(conn: &mut Conn, cursor: Option<ActorId>, limit: i64) -> Result<Vec<ActorRow>> {
    let mut query = actors::table
        .filter(actors::local.eq(false))
        .filter(actors::kind.eq(ActorKind::Group.word()))
        .filter(actors::deleted_at.is_null())
        .filter(presentable!())
        .order(actors::id.desc())
        .limit(limit)
        .select(ActorRow::as_select())
        .into_boxed();
    if let Some(cursor) = cursor {
        query = query.filter(actors::id.lt(cursor.bytes()));
    }
    Ok(query.load(conn)?)
}
