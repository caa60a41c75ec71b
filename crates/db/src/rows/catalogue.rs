//! Which tables there are.

use diesel::{QueryableByName, RunQueryDsl, sql_query, sql_types::Text};

use super::{Column, Kind, Table};
use crate::{Conn, DbError, Result, on_backend};

#[derive(QueryableByName)]
struct Found {
    #[diesel(sql_type = Text)]
    table_name: String,
    #[diesel(sql_type = Text)]
    column_name: String,
    #[diesel(sql_type = Text)]
    kind: String,
}

/// All tables with rows of ours, as the database itself describes them. The books of the migrations and the
/// engine's own index of words are none.
pub fn tables(conn: &mut Conn) -> Result<Vec<Table>> {
    let statement = match conn {
        Conn::Sqlite(_) => {
            "SELECT m.name AS table_name, c.name AS column_name, c.type AS kind \
             FROM sqlite_master m, pragma_table_info(m.name) c WHERE m.type = 'table' \
             AND m.name NOT LIKE 'sqlite\\_%' ESCAPE '\\' AND m.name NOT LIKE '\\_\\_%' ESCAPE '\\' \
             AND m.name NOT LIKE 'searchable\\_words%' ESCAPE '\\' ORDER BY 1, 2"
        }
        Conn::Postgres(_) => {
            "SELECT t.table_name::text, c.column_name::text, c.data_type::text AS kind \
             FROM information_schema.tables t JOIN information_schema.columns c \
             ON c.table_schema = t.table_schema AND c.table_name = t.table_name \
             WHERE t.table_schema = current_schema() AND t.table_type = 'BASE TABLE' \
             AND t.table_name NOT LIKE '\\_\\_%' \
             ORDER BY t.table_name::text COLLATE \"C\", c.column_name::text COLLATE \"C\""
        }
    };
    let found: Vec<Found> = on_backend!(conn, it => sql_query(statement).load(it))?;
    let mut tables: Vec<Table> = Vec::new();
    for Found { table_name, column_name, kind } in found {
        let kind = Kind::of_engine(&kind).ok_or_else(|| {
            DbError::Schema(format!("{table_name}.{column_name} is {kind}, and nothing of ours is"))
        })?;
        let column = Column { name: column_name, kind };
        match tables.last_mut().filter(|table| table.name == table_name) {
            Some(table) => table.columns.push(column),
            None => tables.push(Table { name: table_name, columns: vec![column] }),
        }
    }
    Ok(tables)
}
