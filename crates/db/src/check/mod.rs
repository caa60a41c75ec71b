//! What must be so in a database, and where it is not.
//!
//! Nothing is changed here. Each finding says what is wrong in how many rows, names some of them, and says what to
//! do; the sentences are for whoever runs the command.

mod rules;
mod words;

use diesel::{QueryableByName, RunQueryDsl, sql_query, sql_types::Text};

use crate::{
    Conn, DbError, Engine, Result, on_backend,
    rows::{Cell, Kind, Row, Table, each, tables},
};

/// So many rows are named as examples.
const NAMED: usize = 5;

/// Something that is not as it must be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Broken {
    /// Its name for programs.
    pub rule: String,
    /// What is wrong.
    pub what: String,
    /// In how many rows.
    pub rows: i64,
    /// Some of them: ids, or what names them else.
    pub examples: Vec<String>,
    /// What to do.
    pub todo: String,
}

/// What is repaired by restoring alone.
const RESTORE: &str =
    "stop the server, keep a copy of the file, and restore the newest backup that is well";

#[derive(QueryableByName)]
struct Line {
    #[diesel(sql_type = Text)]
    line: String,
}

fn lines(conn: &mut Conn, query: &str) -> Result<Vec<String>> {
    let lines: Vec<Line> = on_backend!(conn, it => sql_query(query).load(it))?;
    Ok(lines.into_iter().map(|it| it.line).collect())
}

fn count(conn: &mut Conn, query: &str) -> Result<i64> {
    let line = lines(conn, query)?.into_iter().next().unwrap_or_default();
    line.parse().map_err(|_| DbError::Schema(format!("not a number: {line}")))
}

/// Looks at everything; tells the name of each thing before it is looked at. Takes a while, and no lock that
/// anybody waits for.
pub fn check(conn: &mut Conn, mut watch: impl FnMut(&str)) -> Result<Vec<Broken>> {
    let mut found = Vec::new();
    watch("the file");
    found.extend(file(conn)?);
    watch("what leads nowhere");
    found.extend(ties(conn)?);
    for table in tables(conn)? {
        watch(&table.name);
        found.extend(cells(conn, &table));
    }
    watch("words");
    found.extend(words::check(conn)?);
    watch("rules");
    found.extend(rules::check(conn)?);
    Ok(found)
}

fn engine(conn: &Conn) -> Engine {
    match conn {
        Conn::Sqlite(_) => Engine::Sqlite,
        Conn::Postgres(_) => Engine::Postgres,
    }
}

/// Is the file of SQLite what SQLite wrote? PostgreSQL looks after its own.
fn file(conn: &mut Conn) -> Result<Option<Broken>> {
    if engine(conn) == Engine::Postgres {
        return Ok(None);
    }
    let problems =
        lines(conn, "SELECT integrity_check AS line FROM pragma_integrity_check LIMIT 20")?;
    if problems == ["ok"] {
        return Ok(None);
    }
    Ok(Some(Broken {
        rule: "file".to_owned(),
        what: "the file of the database is damaged".to_owned(),
        rows: i64::try_from(problems.len()).unwrap_or(i64::MAX),
        examples: problems.into_iter().take(NAMED).collect(),
        todo: RESTORE.to_owned(),
    }))
}

/// Rows that name others which are not there.
fn ties(conn: &mut Conn) -> Result<Vec<Broken>> {
    let all = match engine(conn) {
        Engine::Sqlite => {
            "SELECT m.name || ' ' || k.\"from\" || ' ' || k.\"table\" || ' ' || coalesce(k.\"to\", 'id') \
             AS line FROM sqlite_master m, pragma_foreign_key_list(m.name) k WHERE m.type = 'table' \
             ORDER BY 1"
        }
        Engine::Postgres => {
            "SELECT format('%s %s %s %s', c.conrelid::regclass, a.attname, c.confrelid::regclass, \
             b.attname) AS line FROM pg_constraint c \
             JOIN pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = c.conkey[1] \
             JOIN pg_attribute b ON b.attrelid = c.confrelid AND b.attnum = c.confkey[1] \
             WHERE c.contype = 'f' AND c.connamespace = current_schema()::regnamespace ORDER BY 1"
        }
    };
    let mut found = Vec::new();
    for tie in lines(conn, all)? {
        let parts: Vec<&str> = tie.split(' ').collect();
        let [table, column, parent, key] = parts[..] else { continue };
        let wrong = format!(
            "FROM {table} t WHERE t.{column} IS NOT NULL \
             AND NOT EXISTS (SELECT 1 FROM {parent} p WHERE p.{key} = t.{column})"
        );
        let rows = count(conn, &format!("SELECT CAST(count(*) AS TEXT) AS line {wrong}"))?;
        if 0 < rows {
            let named = as_text(conn, &format!("t.{column}"), column == "host");
            let some = format!("SELECT DISTINCT {named} AS line {wrong} LIMIT {NAMED}");
            found.push(Broken {
                rule: format!("{table}.{column}"),
                what: format!("{table}.{column} names rows of {parent} that are not there"),
                rows,
                examples: lines(conn, &some)?,
                todo: RESTORE.to_owned(),
            });
        }
    }
    Ok(found)
}

/// A column as text: bytes in hexadecimal.
fn as_text(conn: &Conn, column: &str, is_text: bool) -> String {
    match (engine(conn), is_text) {
        (_, true) => column.to_owned(),
        (Engine::Sqlite, false) => format!("lower(hex({column}))"),
        (Engine::Postgres, false) => format!("encode({column}, 'hex')"),
    }
}

/// Values that are not what their column is for, and ids that are none.
fn cells(conn: &mut Conn, table: &Table) -> Option<Broken> {
    let (mut rows, mut examples) = (0, Vec::new());
    let key = table.columns.iter().position(|column| column.name == "id").unwrap_or(0);
    let read = each(conn, table, |row: Row| {
        let cells = row.iter().zip(&table.columns);
        let mut wrong = cells.filter(|(cell, column)| {
            !cell.suits(column.kind) || !is_id_if_meant(cell, &column.name, column.kind)
        });
        if let Some((_, column)) = wrong.next() {
            rows += 1;
            if examples.len() < NAMED {
                let id = row.get(key).map(Cell::shown).unwrap_or_default();
                examples.push(format!("{} of {id}", column.name));
            }
        }
        Ok::<(), DbError>(())
    });
    if let Err(err) = read {
        return Some(Broken {
            rule: table.name.clone(),
            what: format!("{} cannot be read to its end: {err}", table.name),
            rows: 0,
            examples,
            todo: RESTORE.to_owned(),
        });
    }
    (0 < rows).then(|| Broken {
        rule: table.name.clone(),
        what: format!("{} holds values that do not belong there", table.name),
        rows,
        examples,
        todo:
            "these rows stop the pages that show them: restore the newest backup that is well, or \
               correct them by hand"
                .to_owned(),
    })
}

fn is_id_if_meant(cell: &Cell, name: &str, kind: Kind) -> bool {
    match cell {
        Cell::Bytes(bytes) if kind == Kind::Bytes && (name == "id" || name.ends_with("_id")) => {
            bytes.len() == 16
        }
        _ => true,
    }
}
