//! Filling a database anew, all of it or nothing.

use std::collections::BTreeMap;

use diesel::{
    Connection, QueryableByName, RunQueryDsl,
    connection::{AnsiTransactionManager, SimpleConnection as _, TransactionManager},
    pg::Pg,
    query_builder::{BoxedSqlQuery, SqlQuery},
    sql_query,
    sql_types::{BigInt, Binary, Bool, Double, Integer, Nullable, Text},
    sqlite::Sqlite,
};

use super::{Cell, Checksum, Kind, Row, Table, each, encode, tables};
use crate::{Conn, DbError, Result, Writer, migrations, on_backend, search};

/// So many values go with one statement; PostgreSQL takes 65,535, and SQLite half of that.
const VALUES: usize = 4_000;

#[derive(QueryableByName)]
struct Line {
    #[diesel(sql_type = Text)]
    line: String,
}

fn lines(conn: &mut Conn, query: &str) -> Result<Vec<String>> {
    let lines: Vec<Line> = on_backend!(conn, it => sql_query(query).load(it))?;
    Ok(lines.into_iter().map(|it| it.line).collect())
}

fn run(conn: &mut Conn, statements: &str) -> Result<()> {
    Ok(conn.batch_execute(statements)?)
}

/// How many rows there are in all; 0 where there are no tables either.
pub fn count_rows(conn: &mut Conn) -> Result<i64> {
    Ok(counts(conn)?.iter().map(|(_, rows)| rows).sum())
}

/// How many rows each table has.
pub fn counts(conn: &mut Conn) -> Result<Vec<(String, i64)>> {
    let mut counts = Vec::new();
    for table in tables(conn)? {
        #[derive(QueryableByName)]
        struct Count {
            #[diesel(sql_type = BigInt)]
            rows: i64,
        }
        let query = format!("SELECT count(*) AS rows FROM \"{}\"", table.name);
        let count: Count = on_backend!(conn, it => sql_query(query).get_result(it))?;
        counts.push((table.name, count.rows));
    }
    Ok(counts)
}

/// An empty database of the wanted schema, into which rows go.
pub struct Filling<'c> {
    conn: &'c mut Conn,
    tables: BTreeMap<String, Table>,
    waiting: Option<(Table, Vec<Row>)>,
    sums: BTreeMap<String, Checksum>,
    /// In how many texts a NUL was replaced, which PostgreSQL cannot keep.
    pub replaced: u64,
}

/// Throws away all that is in the database, makes the schema of these migrations, lets it be filled, holds what
/// is in it against what was given, and brings it up to date. All in one transaction: a failure leaves everything
/// as it was. Blocks.
///
/// Returns what the filling returned, and which migrations were applied afterwards.
pub fn replace<T, E: From<DbError>>(
    writer: &Writer,
    versions: &[String],
    fill: impl FnOnce(&mut Filling<'_>) -> std::result::Result<T, E>,
) -> std::result::Result<(T, Vec<String>), E> {
    let mut conn = writer.bare()?;
    if let Conn::Sqlite(_) = &*conn {
        // Rows come in any order; they are checked at the end.
        run(&mut conn, "PRAGMA foreign_keys = OFF")?;
    }
    let begun = match &mut *conn {
        Conn::Sqlite(it) => AnsiTransactionManager::begin_transaction_sql(it, "BEGIN EXCLUSIVE"),
        Conn::Postgres(it) => AnsiTransactionManager::begin_transaction(it)
            .and_then(|()| it.batch_execute("SET LOCAL statement_timeout = 0")),
    };
    let done = begun
        .map_err(|err| DbError::from(err).into())
        .and_then(|()| inside(&mut conn, versions, fill));
    let done = done.and_then(|done| {
        <Conn as Connection>::TransactionManager::commit_transaction(&mut *conn)
            .map(|()| done)
            .map_err(|err| DbError::from(err).into())
    });
    if done.is_err() {
        drop(<Conn as Connection>::TransactionManager::rollback_transaction(&mut *conn));
    }
    if let Conn::Sqlite(_) = &*conn {
        run(&mut conn, "PRAGMA foreign_keys = ON")?;
    }
    done
}

fn inside<T, E: From<DbError>>(
    conn: &mut Conn,
    versions: &[String],
    fill: impl FnOnce(&mut Filling<'_>) -> std::result::Result<T, E>,
) -> std::result::Result<(T, Vec<String>), E> {
    clear(conn)?;
    migrations::apply(conn, |version| versions.iter().any(|wanted| wanted == version))?;
    let ties = untie(conn)?;
    let tables = tables(conn)?.into_iter().map(|table| (table.name.clone(), table)).collect();
    let mut filling = Filling { conn, tables, waiting: None, sums: BTreeMap::new(), replaced: 0 };
    let value = fill(&mut filling)?;
    filling.flush()?;
    filling.hold_against()?;
    tie(conn, &ties)?;
    let applied = migrations::apply(conn, |_| true)?;
    search::remake(conn)?;
    // Whoever held a host is not here; what they held is free.
    run(
        conn,
        "UPDATE instances SET delivery_lease_until = 0, delivery_lease_by = NULL, \
         inbound_lease_until = 0, inbound_lease_by = NULL",
    )?;
    Ok((value, applied))
}

/// Drops all that the migrations have made.
fn clear(conn: &mut Conn) -> Result<()> {
    let statements = match conn {
        Conn::Sqlite(_) => lines(
            conn,
            "SELECT 'DROP TABLE \"' || name || '\"' AS line FROM sqlite_master \
             WHERE type = 'table' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' \
             AND name NOT LIKE 'searchable\\_words\\_%' ESCAPE '\\'",
        )?,
        Conn::Postgres(_) => lines(
            conn,
            "SELECT format('DROP TABLE %I CASCADE', tablename) AS line FROM pg_tables \
             WHERE schemaname = current_schema() AND tableowner = current_user \
             UNION ALL SELECT format('DROP FUNCTION %s CASCADE', p.oid::regprocedure) \
             FROM pg_proc p WHERE p.pronamespace = current_schema()::regnamespace \
             AND p.proowner = current_user::regrole AND NOT EXISTS \
             (SELECT 1 FROM pg_depend d WHERE d.objid = p.oid AND d.deptype = 'e')",
        )?,
    };
    statements.iter().try_for_each(|statement| run(conn, statement))
}

/// Takes the foreign keys away, which PostgreSQL would hold each row against at once; says how they come back.
fn untie(conn: &mut Conn) -> Result<Vec<String>> {
    if let Conn::Sqlite(_) = conn {
        return Ok(Vec::new());
    }
    let query = |act: &str| {
        format!(
            "SELECT format('ALTER TABLE %1$s {act}', conrelid::regclass, conname, \
             pg_get_constraintdef(oid)) AS line FROM pg_constraint WHERE contype = 'f' \
             AND connamespace = current_schema()::regnamespace ORDER BY conname"
        )
    };
    let back = lines(conn, &query("ADD CONSTRAINT %2$I %3$s"))?;
    let away = lines(conn, &query("DROP CONSTRAINT %2$I"))?;
    away.iter().try_for_each(|statement| run(conn, statement))?;
    Ok(back)
}

/// Holds every row against the foreign keys.
fn tie(conn: &mut Conn, ties: &[String]) -> Result<()> {
    for statement in ties {
        run(conn, statement)
            .map_err(|err| DbError::Schema(format!("rows lead nowhere ({statement}): {err:?}")))?;
    }
    if let Conn::Sqlite(_) = conn {
        let broken = lines(
            conn,
            "SELECT \"table\" || ' to ' || parent || ': ' || count(*) AS line \
             FROM pragma_foreign_key_check() GROUP BY \"table\", parent",
        )?;
        if !broken.is_empty() {
            let broken = broken.join(", ");
            return Err(DbError::Schema(format!("rows lead nowhere (from {broken})")));
        }
    }
    Ok(())
}

impl Filling<'_> {
    /// Takes a row of a table.
    pub fn row(&mut self, table: &Table, mut row: Row) -> Result<()> {
        if self.waiting.as_ref().is_none_or(|(other, _)| other != table) {
            self.flush()?;
            if self.tables.get(&table.name) != Some(table) {
                let name = &table.name;
                let problem = format!("the table {name} is not as its migrations make it");
                return Err(DbError::Schema(problem));
            }
            self.waiting = Some((table.clone(), Vec::new()));
        }
        if let Conn::Postgres(_) = self.conn {
            self.fit(table, &mut row)?;
        }
        self.sums.entry(table.name.clone()).or_default().add(&encode(table, &row));
        let Some((_, rows)) = &mut self.waiting else { return Ok(()) };
        rows.push(row);
        if VALUES <= (rows.len() + 1) * table.columns.len() {
            self.flush()?;
        }
        Ok(())
    }

    /// PostgreSQL is stricter than SQLite.
    fn fit(&mut self, table: &Table, row: &mut Row) -> Result<()> {
        for (cell, column) in row.iter_mut().zip(&table.columns) {
            if let Cell::Text(text) = cell
                && text.contains('\0')
            {
                *text = search::sayable(text);
                self.replaced += 1;
            }
            if !cell.suits(column.kind) {
                return Err(DbError::Schema(format!(
                    "a row of {} holds in {} what does not belong there; `tequio db check` names it",
                    table.name, column.name
                )));
            }
        }
        Ok(())
    }

    /// What went into each table so far.
    pub fn sum(&self, table: &str) -> Checksum {
        self.sums.get(table).copied().unwrap_or_default()
    }

    fn flush(&mut self) -> Result<()> {
        let Some((table, rows)) = self.waiting.take() else { return Ok(()) };
        if rows.is_empty() {
            return Ok(());
        }
        let statement = insertion(self.conn, &table, rows.len());
        match self.conn {
            Conn::Sqlite(it) => bound_sqlite(&statement, &table, rows).execute(it).map(drop),
            Conn::Postgres(it) => bound_postgres(&statement, &table, rows).execute(it).map(drop),
        }
        .map_err(|err| DbError::Schema(format!("rows of {} cannot be kept: {err}", table.name)))
    }

    /// Reads everything back.
    fn hold_against(&mut self) -> Result<()> {
        for (name, table) in &self.tables {
            let mut found = Checksum::default();
            each(self.conn, table, |row| {
                found.add(&encode(table, &row));
                Ok::<(), DbError>(())
            })?;
            if found != self.sums.get(name).copied().unwrap_or_default() {
                let problem = format!("{name} does not hold what was written to it");
                return Err(DbError::Schema(problem));
            }
        }
        Ok(())
    }
}

fn insertion(conn: &Conn, table: &Table, rows: usize) -> String {
    let width = table.columns.len();
    let place = |number: usize| match conn {
        Conn::Sqlite(_) => "?".to_owned(),
        Conn::Postgres(_) => format!("${}", number + 1),
    };
    let row = |row: usize| {
        let places: Vec<String> = (0..width).map(|column| place(row * width + column)).collect();
        format!("({})", places.join(", "))
    };
    let rows: Vec<String> = (0..rows).map(row).collect();
    format!("INSERT INTO \"{}\" ({}) VALUES {}", table.name, table.quoted(), rows.join(", "))
}

/// A function for each engine: what diesel asks of one that is for both is longer than both are.
macro_rules! bound {
    ($name:ident, $backend:ty) => {
        fn $name(
            statement: &str,
            table: &Table,
            rows: Vec<Row>,
        ) -> BoxedSqlQuery<'static, $backend, SqlQuery> {
            let mut query = sql_query(statement).into_boxed::<$backend>();
            for (cell, column) in
                rows.into_iter().flat_map(|row| row.into_iter().zip(&table.columns))
            {
                query = match (cell, column.kind) {
                    (Cell::Text(text), _) => query.bind::<Text, _>(text),
                    (Cell::Integer(number), Kind::Integer) => match i32::try_from(number) {
                        Ok(number) => query.bind::<Integer, _>(number),
                        Err(_) => query.bind::<BigInt, _>(number),
                    },
                    (Cell::Integer(number), _) => query.bind::<BigInt, _>(number),
                    (Cell::Double(number), _) => query.bind::<Double, _>(number),
                    (Cell::Bool(truth), _) => query.bind::<Bool, _>(truth),
                    (Cell::Bytes(bytes), _) => query.bind::<Binary, _>(bytes),
                    (Cell::Null, Kind::Text) => query.bind::<Nullable<Text>, _>(None::<String>),
                    (Cell::Null, Kind::Integer) => query.bind::<Nullable<Integer>, _>(None::<i32>),
                    (Cell::Null, Kind::Long) => query.bind::<Nullable<BigInt>, _>(None::<i64>),
                    (Cell::Null, Kind::Double) => query.bind::<Nullable<Double>, _>(None::<f64>),
                    (Cell::Null, Kind::Bool) => query.bind::<Nullable<Bool>, _>(None::<bool>),
                    (Cell::Null, Kind::Bytes) => query.bind::<Nullable<Binary>, _>(None::<Vec<u8>>),
                };
            }
            query
        }
    };
}

bound!(bound_sqlite, Sqlite);
bound!(bound_postgres, Pg);
