//! Which engines a test here runs on, and small words for what all of them do.

use db::{Conn, DbError, Engine, Reader, Result, Tx, Writer, on_backend};
use diesel::{
    QueryableByName, RunQueryDsl, connection::SimpleConnection, sql_query, sql_types::Text,
};
use domain::{Id, Time};
use testkit::Database;
use uuid::Uuid;

/// Makes two tests of each function that takes an [`Engine`]: `NAME::sqlite` and `NAME::postgres`.
macro_rules! each_engine {
    ($($case:ident),+ $(,)?) => {$(
        mod $case {
            #[test]
            fn sqlite() {
                super::$case(db::Engine::Sqlite);
            }

            #[test]
            fn postgres() {
                if testkit::postgres_is_here() {
                    super::$case(db::Engine::Postgres);
                }
            }
        }
    )+};
}

pub(crate) use each_engine;

/// A migrated database and both ways into it, which close before it is dropped.
pub(crate) struct Open {
    pub(crate) reader: Reader,
    pub(crate) writer: Writer,
    _database: Database,
}

pub(crate) fn open(engine: Engine) -> Open {
    let database = Database::migrated(engine);
    let (reader, writer) = database.open();
    Open { reader, writer, _database: database }
}

/// Runs something in a transaction of its own.
pub(crate) fn write<T>(writer: &Writer, work: impl FnMut(&mut Tx<'_>) -> Result<T>) -> T {
    writer.transaction(work).unwrap()
}

/// Statements that no query of ours makes.
pub(crate) fn execute(conn: &mut Conn, statements: &str) -> Result<()> {
    conn.batch_execute(statements).map_err(DbError::from)
}

/// The column `line` of a query.
pub(crate) fn lines(conn: &mut Conn, query: &str) -> Vec<String> {
    #[derive(QueryableByName)]
    struct Line {
        #[diesel(sql_type = Text)]
        line: String,
    }
    let lines: Vec<Line> = on_backend!(conn, it => sql_query(query).load(it)).unwrap();
    lines.into_iter().map(|line| line.line).collect()
}

/// An id, and which one is larger, chosen by a test.
pub(crate) fn id<T>(number: u128) -> Id<T> {
    Uuid::from_u128(number).into()
}

/// So many seconds after the beginning of a test.
pub(crate) fn at(seconds: i64) -> Time {
    Time::parse("start", "2026-03-01T10:00:00Z").unwrap().plus_seconds(seconds)
}
