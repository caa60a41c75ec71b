//! Reading all rows, of one instant.

use diesel::{
    Connection, QueryableByName, RunQueryDsl,
    connection::{
        AnsiTransactionManager, DefaultLoadingMode, SimpleConnection as _, TransactionManager,
    },
    deserialize::{self, FromSql},
    pg::{Pg, PgRowByRowLoadingMode},
    row::{Field as _, NamedRow},
    sql_query,
    sql_types::{BigInt, Binary, Bool, Double, Integer, Text},
    sqlite::{Sqlite, SqliteType},
};

use super::{Cell, Row, Table};
use crate::{Conn, DbError, Reader};

/// Reads at one instant: what others write meanwhile is not seen, and they do not wait.
pub fn snapshot<T, E: From<DbError>>(
    reader: &Reader,
    read: impl FnOnce(&mut Conn) -> std::result::Result<T, E>,
) -> std::result::Result<T, E> {
    let mut conn = reader.get()?;
    let begun = match &mut *conn {
        // SQLite takes its look at the first read: that is here.
        Conn::Sqlite(it) => AnsiTransactionManager::begin_transaction_sql(it, "BEGIN")
            .and_then(|()| it.batch_execute("SELECT count(*) FROM sqlite_master")),
        Conn::Postgres(it) => AnsiTransactionManager::begin_transaction_sql(
            it,
            "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY",
        )
        .and_then(|()| it.batch_execute("SET LOCAL statement_timeout = 0")),
    };
    let done = begun.map_err(|err| DbError::from(err).into()).and_then(|()| read(&mut conn));
    drop(<Conn as Connection>::TransactionManager::rollback_transaction(&mut *conn));
    done
}

/// Hands over each row of a table, in no order, one at a time.
pub fn each<E: From<DbError>>(
    conn: &mut Conn,
    table: &Table,
    mut give: impl FnMut(Row) -> std::result::Result<(), E>,
) -> std::result::Result<(), E> {
    let query = sql_query(format!("SELECT {} FROM \"{}\"", table.quoted(), table.name));
    let mut meant = |raw: Raw| {
        let cells = raw.0.into_iter().zip(&table.columns);
        give(cells.map(|(cell, column)| cell.meant_as(column.kind)).collect())
    };
    let unread = |err: diesel::result::Error| {
        DbError::Schema(format!("the table {} cannot be read: {err}", table.name))
    };
    match conn {
        Conn::Sqlite(it) => {
            let rows = query.load_iter::<Raw, DefaultLoadingMode>(it).map_err(unread)?;
            for row in rows {
                meant(row.map_err(unread)?)?;
            }
        }
        Conn::Postgres(it) => {
            let rows = query.load_iter::<Raw, PgRowByRowLoadingMode>(it).map_err(unread)?;
            for row in rows {
                meant(row.map_err(unread)?)?;
            }
        }
    }
    Ok(())
}

/// A row of whatever table, as the engine gives it.
struct Raw(Row);

impl QueryableByName<Sqlite> for Raw {
    fn build<'a>(row: &impl NamedRow<'a, Sqlite>) -> deserialize::Result<Self> {
        let mut cells = Vec::with_capacity(row.field_count());
        for place in 0..row.field_count() {
            let field = diesel::row::Row::get(row, place).ok_or("a column is missing")?;
            let Some(value) = field.value() else {
                cells.push(Cell::Null);
                continue;
            };
            cells.push(match value.value_type() {
                None => Cell::Null,
                Some(SqliteType::Long) => {
                    Cell::Integer(FromSql::<BigInt, Sqlite>::from_sql(value)?)
                }
                Some(SqliteType::Double) => {
                    Cell::Double(FromSql::<Double, Sqlite>::from_sql(value)?)
                }
                Some(SqliteType::Text) => {
                    let bytes: Vec<u8> = FromSql::<Binary, Sqlite>::from_sql(value)?;
                    // Text that is none is kept as the bytes it is.
                    String::from_utf8(bytes)
                        .map_or_else(|err| Cell::Bytes(err.into_bytes()), Cell::Text)
                }
                Some(_) => Cell::Bytes(FromSql::<Binary, Sqlite>::from_sql(value)?),
            });
        }
        Ok(Self(cells))
    }
}

/// The types of PostgreSQL that our columns have, by their numbers.
const BOOL: u32 = 16;
const BYTEA: u32 = 17;
const INT8: u32 = 20;
const INT4: u32 = 23;
const TEXT: u32 = 25;
const FLOAT8: u32 = 701;

impl QueryableByName<Pg> for Raw {
    fn build<'a>(row: &impl NamedRow<'a, Pg>) -> deserialize::Result<Self> {
        let mut cells = Vec::with_capacity(row.field_count());
        for place in 0..row.field_count() {
            let field = diesel::row::Row::get(row, place).ok_or("a column is missing")?;
            let Some(value) = field.value() else {
                cells.push(Cell::Null);
                continue;
            };
            cells.push(match value.get_oid().get() {
                TEXT => Cell::Text(FromSql::<Text, Pg>::from_sql(value)?),
                INT8 => Cell::Integer(FromSql::<BigInt, Pg>::from_sql(value)?),
                INT4 => {
                    let number: i32 = FromSql::<Integer, Pg>::from_sql(value)?;
                    Cell::Integer(number.into())
                }
                BOOL => Cell::Bool(FromSql::<Bool, Pg>::from_sql(value)?),
                FLOAT8 => Cell::Double(FromSql::<Double, Pg>::from_sql(value)?),
                BYTEA => Cell::Bytes(FromSql::<Binary, Pg>::from_sql(value)?),
                other => return Err(format!("no column of ours has the type {other}").into()),
            });
        }
        Ok(Self(cells))
    }
}
