//! Everything that is in a database, to be compared.

use std::collections::BTreeMap;

use db::{Conn, on_backend};
use diesel::{QueryableByName, RunQueryDsl, sql_query, sql_types::Text};

/// The rows of every table, each as one text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Rows(BTreeMap<String, Vec<String>>);

#[derive(QueryableByName)]
struct Line {
    #[diesel(sql_type = Text)]
    line: String,
}

impl Rows {
    /// How many rows a table has.
    pub fn count(&self, table: &str) -> usize {
        self.0.get(table).unwrap_or_else(|| panic!("there is no table {table}")).len()
    }

    /// The tables whose rows are not the same.
    pub fn changed(&self, other: &Self) -> Vec<String> {
        let differs = |(table, rows): &(&String, &Vec<String>)| other.0.get(*table) != Some(rows);
        self.0.iter().filter(differs).map(|(table, _)| table.clone()).collect()
    }

    /// The tables of which a row says this, in whatever letters.
    pub fn naming(&self, text: &str) -> Vec<String> {
        let text = text.to_lowercase();
        let names = |rows: &Vec<String>| rows.iter().any(|row| row.to_lowercase().contains(&text));
        self.0.iter().filter(|(_, rows)| names(rows)).map(|(table, _)| table.clone()).collect()
    }

    pub(crate) fn read(conn: &mut Conn) -> Self {
        let tables = match conn {
            Conn::Sqlite(_) => lines(
                conn,
                "SELECT name AS line FROM sqlite_master WHERE type = 'table' \
                 AND name NOT LIKE 'sqlite%' AND name NOT LIKE '\\_\\_%' ESCAPE '\\' \
                 AND name NOT LIKE 'searchable\\_words%' ESCAPE '\\'",
            ),
            Conn::Postgres(_) => lines(
                conn,
                "SELECT table_name::text AS line FROM information_schema.tables \
                 WHERE table_schema = 'public' AND table_name NOT LIKE '\\_\\_%'",
            ),
        };
        Self(tables.into_iter().map(|table| (table.clone(), rows(conn, &table))).collect())
    }
}

fn rows(conn: &mut Conn, table: &str) -> Vec<String> {
    if let Conn::Postgres(_) = conn {
        return lines(conn, &format!("SELECT t::text AS line FROM {table} t ORDER BY 1"));
    }
    let names = lines(conn, &format!("SELECT name AS line FROM pragma_table_info('{table}')"));
    let quoted: Vec<String> = names.iter().map(|name| format!("quote({name})")).collect();
    let row = quoted.join(" || ',' || ");
    lines(conn, &format!("SELECT {row} AS line FROM {table} ORDER BY 1"))
}

pub(crate) fn lines(conn: &mut Conn, query: &str) -> Vec<String> {
    let lines: Vec<Line> = on_backend!(conn, it => sql_query(query).load(it)).unwrap();
    lines.into_iter().map(|line| line.line).collect()
}
