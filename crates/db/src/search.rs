//! The words by which things are found, kept beside the rows that they are of.
//!
//! **Invariant:** whoever writes the row of a listing, a collective, or a person writes its words in the same
//! call: nobody can forget to, and nobody else does. What may not be seen is left out here, and asked about once
//! more when it is read, for a suspension changes no row of what it hides.

use diesel::{
    expression::{SqlLiteral, UncheckedBind},
    prelude::*,
    sql_types::{BigInt, Binary, Bool, Text},
};
use domain::{
    ActorId, ListingId, Time,
    people::ActorKind,
    search::{Words, outside_tags, tokens},
    text::Language,
};
use uuid::Uuid;

use crate::{
    Conn, DbError, Result, Tx,
    actors::{self, ActorRow},
    collectives,
    listings::ListingRow,
    on_backend, profiles,
    schema::{actors as actors_table, listings as listings_table, searchable},
    tags,
};

diesel::define_sql_function! {
    /// Of what is written in `a` to `z`.
    fn lower(text: Text) -> Text;
}

/// What a person typed, as text that a column can hold: PostgreSQL knows no NUL, and nothing is called so.
pub(crate) fn sayable(text: &str) -> String {
    text.replace('\0', "\u{fffd}")
}

/// A condition on a column of ids; its parts are ours, the words are bound.
type HasWords =
    SqlLiteral<Bool, UncheckedBind<SqlLiteral<Bool>, diesel::dsl::AsExprOf<String, Text>>>;

/// The things of this column are kept under all of these words, of which there is at least one.
pub(crate) fn has_words(conn: &Conn, column: &str, words: &Words) -> HasWords {
    let (question, asked) = match conn {
        Conn::Sqlite(_) => {
            ("(SELECT id FROM searchable_words WHERE searchable_words MATCH ", words.for_sqlite())
        }
        Conn::Postgres(_) => (
            "(SELECT id FROM searchable WHERE to_tsvector('simple', words) @@ to_tsquery('simple', ",
            words.for_postgres(),
        ),
    };
    let end = if matches!(conn, Conn::Sqlite(_)) { ")" } else { "))" };
    diesel::dsl::sql::<Bool>(&format!("{column} IN {question}")).bind::<Text, _>(asked).sql(end)
}

/// Keeps the words of a listing that the world may see; forgets those of any other.
pub(crate) fn keep_listing(tx: &mut Tx<'_>, row: &ListingRow) -> Result<()> {
    if !row.is_public() {
        return forget(tx, row.id.uuid());
    }
    keep(tx, row.id.uuid(), "listing", &words_of(row), row.updated_at)
}

/// The words of a listing, as they are kept.
pub fn words_of(row: &ListingRow) -> String {
    let place = row.place.as_deref().unwrap_or_default();
    let text = format!("{} {} {} {place}", row.title, row.text, outside_tags(&row.html));
    tokens(&text, row.language.as_str())
}

/// Keeps the words of a collective or a person: what it is called, and what a collective says of itself.
pub(crate) fn keep_actor(tx: &mut Tx<'_>, id: ActorId) -> Result<()> {
    let row = actors::find(tx, id)?;
    let Some(row) = row.filter(|row| row.deleted_at.is_none() && !row.is_guest()) else {
        return forget(tx, id.uuid());
    };
    let (kind, words) = match row.kind {
        ActorKind::Group => ("collective", words_of_collective(tx, &row)?),
        ActorKind::Person => ("person", tokens(&format!("{} {}", row.name, row.handle), "none")),
        _ => return Ok(()),
    };
    keep(tx, id.uuid(), kind, &words, row.updated_at)
}

fn words_of_collective(tx: &mut Tx<'_>, row: &ActorRow) -> Result<String> {
    let home = collectives::find(tx, row.id.collective())?;
    let summary = if row.local { row.summary.clone() } else { outside_tags(&row.summary) };
    let mut text = format!("{} {} {summary}", row.name, row.handle);
    let Some(home) = home else { return Ok(tokens(&text, Language::default().as_str())) };
    let sections = profiles::sections(tx, home.id)?;
    for part in home.place.as_deref().into_iter().chain(sections.iter().map(|(_, text)| text)) {
        text.push(' ');
        text.push_str(part);
    }
    Ok(tokens(&text, home.language.as_str()))
}

fn keep(tx: &mut Tx<'_>, id: Uuid, kind: &str, words: &str, at: Time) -> Result<()> {
    let known: Option<String> = searchable::table
        .find(id.as_bytes().to_vec())
        .select(searchable::words)
        .first(&mut **tx)
        .optional()?;
    if known.is_some_and(|known| known == words) {
        return Ok(());
    }
    forget(tx, id)?;
    let values = (
        searchable::id.eq(id.as_bytes().to_vec()),
        searchable::kind.eq(kind),
        searchable::words.eq(words),
        searchable::updated_at.eq(at.micros()),
    );
    // Two may meet the same actor of another server at once.
    on_backend!(&mut **tx, it => diesel::insert_into(searchable::table)
        .values(values)
        .on_conflict_do_nothing()
        .execute(it))?;
    if let Conn::Sqlite(it) = &mut **tx {
        keep_words(it, id, words)?;
    }
    Ok(())
}

/// Forgets by which words something is found.
pub(crate) fn forget(tx: &mut Tx<'_>, id: Uuid) -> Result<()> {
    let gone = diesel::delete(searchable::table.find(id.as_bytes().to_vec())).execute(&mut **tx)?;
    if let (Conn::Sqlite(it), 1..) = (&mut **tx, gone) {
        diesel::sql_query("DELETE FROM searchable_words WHERE rowid = ?")
            .bind::<BigInt, _>(number(id))
            .execute(it)?;
    }
    Ok(())
}

/// Fills the virtual table anew from the words that are kept; PostgreSQL has none.
pub(crate) fn remake(conn: &mut Conn) -> Result<()> {
    let Conn::Sqlite(it) = conn else { return Ok(()) };
    diesel::sql_query("DELETE FROM searchable_words").execute(it)?;
    let mut cursor: Vec<u8> = Vec::new();
    loop {
        let rows: Vec<(Vec<u8>, String)> = searchable::table
            .filter(searchable::id.gt(&cursor))
            .order(searchable::id)
            .limit(1_000)
            .select((searchable::id, searchable::words))
            .load(it)?;
        let Some((last, _)) = rows.last() else { return Ok(()) };
        cursor.clone_from(last);
        for (bytes, words) in rows {
            let id = Uuid::from_slice(&bytes).map_err(|_| {
                DbError::Corrupt(domain::Invalid::new("searchable.id", "must be 16 bytes"))
            })?;
            keep_words(it, id, &words)?;
        }
    }
}

fn keep_words(conn: &mut SqliteConnection, id: Uuid, words: &str) -> Result<()> {
    diesel::sql_query(
        "INSERT OR REPLACE INTO searchable_words (rowid, id, words) VALUES (?, ?, ?)",
    )
    .bind::<BigInt, _>(number(id))
    .bind::<Binary, _>(id.as_bytes().to_vec())
    .bind::<Text, _>(words)
    .execute(conn)?;
    Ok(())
}

/// The row of a thing in the virtual table, which has no other index. Half of an id is chance.
fn number(id: Uuid) -> i64 {
    let (high, low) = id.as_u64_pair();
    (high.rotate_left(32) ^ low).cast_signed()
}

/// Keeps the words of some listings after `cursor` anew, and the tags of ours; says how many were looked at, and which was the last.
///
/// Walks the primary key.
pub fn keep_listings_after(
    tx: &mut Tx<'_>,
    cursor: Option<ListingId>,
    limit: i64,
) -> Result<(usize, Option<ListingId>)> {
    let mut query = listings_table::table
        .order(listings_table::id)
        .limit(limit)
        .select(ListingRow::as_select())
        .into_boxed();
    if let Some(cursor) = cursor {
        query = query.filter(listings_table::id.gt(cursor.bytes()));
    }
    let rows: Vec<ListingRow> = query.load(&mut **tx)?;
    for row in &rows {
        forget(tx, row.id.uuid())?;
        keep_listing(tx, row)?;
        tags::keep(tx, row)?;
    }
    Ok((rows.len(), rows.last().map(|row| row.id)))
}

/// The same of collectives and people.
pub fn keep_actors_after(
    tx: &mut Tx<'_>,
    cursor: Option<ActorId>,
    limit: i64,
) -> Result<(usize, Option<ActorId>)> {
    let mut query = actors_table::table
        .order(actors_table::id)
        .limit(limit)
        .select(actors_table::id)
        .into_boxed();
    if let Some(cursor) = cursor {
        query = query.filter(actors_table::id.gt(cursor.bytes()));
    }
    let rows: Vec<Vec<u8>> = query.load(&mut **tx)?;
    let number = rows.len();
    let mut last = None;
    for id in rows {
        let id = ActorId::try_from(id).map_err(DbError::Corrupt)?;
        forget(tx, id.uuid())?;
        keep_actor(tx, id)?;
        last = Some(id);
    }
    Ok((number, last))
}
