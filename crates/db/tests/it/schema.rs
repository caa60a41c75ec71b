//! `schema.rs` is what both migrated databases are.

use db::{Conn, Engine};

use crate::engines::{each_engine, lines, open};

each_engine!(the_tables_are_those_that_queries_are_written_against);

/// Each column as `table.column Type`, keys and order included, as `schema.rs` says.
fn written() -> Vec<String> {
    let text = include_str!("../../src/schema.rs");
    let mut columns = Vec::new();
    for table in text.split("diesel::table! {").skip(1) {
        let (head, rest) = table.split_once('{').unwrap();
        let (name, key) = head.trim().trim_end_matches(')').split_once(" (").unwrap();
        let (body, _) = rest.split_once('}').unwrap();
        for line in body.lines().map(str::trim).filter(|line| !line.is_empty()) {
            let (column, kind) = line.trim_end_matches(',').split_once(" -> ").unwrap();
            columns.push(format!("{name}.{column} {kind}"));
        }
        columns.push(format!("{name} key: {key}"));
    }
    columns.sort_by_key(|line| line.split(['.', ' ']).next().unwrap().to_owned());
    columns
}

fn found(conn: &mut Conn) -> Vec<String> {
    let (tables, columns, key) = match conn {
        Conn::Sqlite(_) => (
            "SELECT name AS line FROM sqlite_master WHERE type = 'table' \
             AND name NOT LIKE 'sqlite%' AND name NOT LIKE '\\_\\_%' ESCAPE '\\' \
             AND name NOT LIKE 'searchable\\_words%' ESCAPE '\\' ORDER BY name",
            "SELECT name || ' ' || type || iif(\"notnull\", '', ' null') AS line \
             FROM pragma_table_info('TABLE') ORDER BY cid",
            "SELECT name AS line FROM pragma_table_info('TABLE') WHERE pk != 0 ORDER BY pk",
        ),
        Conn::Postgres(_) => (
            "SELECT table_name::text AS line FROM information_schema.tables \
             WHERE table_schema = 'public' AND table_name NOT LIKE '\\_\\_%' ORDER BY 1",
            "SELECT column_name || ' ' || data_type \
             || CASE is_nullable WHEN 'YES' THEN ' null' ELSE '' END AS line \
             FROM information_schema.columns WHERE table_name = 'TABLE' ORDER BY ordinal_position",
            "SELECT a.attname::text AS line FROM pg_index i \
             JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = ANY (i.indkey) \
             WHERE i.indrelid = 'TABLE'::regclass AND i.indisprimary \
             ORDER BY array_position(i.indkey::int2[], a.attnum)",
        ),
    };
    let mut found = Vec::new();
    for table in lines(conn, tables) {
        for column in lines(conn, &columns.replace("TABLE", &table)) {
            let (name, kind) = column.split_once(' ').unwrap();
            found.push(format!("{table}.{name} {}", diesels_word(kind)));
        }
        let key = lines(conn, &key.replace("TABLE", &table)).join(", ");
        found.push(format!("{table} key: {key}"));
    }
    found
}

fn diesels_word(kind: &str) -> String {
    let (kind, nullable) = kind.strip_suffix(" null").map_or((kind, false), |kind| (kind, true));
    let word = match kind.to_ascii_lowercase().as_str() {
        "text" => "Text",
        "bigint" => "BigInt",
        "integer" => "Integer",
        "blob" | "bytea" => "Binary",
        "boolean" => "Bool",
        "double" | "double precision" => "Double",
        other => panic!("no column of ours is {other}"),
    };
    if nullable { format!("Nullable<{word}>") } else { word.to_owned() }
}

fn the_tables_are_those_that_queries_are_written_against(engine: Engine) {
    let it = open(engine);
    let found = found(&mut it.reader.get().unwrap());
    let written = written();
    assert!(150 < written.len(), "schema.rs was not read");
    for (found, written) in found.iter().zip(&written) {
        assert_eq!(found, written, "the database is on the left, schema.rs on the right");
    }
    assert_eq!(found.len(), written.len());
}

#[test]
fn both_engines_have_the_same_indexes() {
    if !testkit::postgres_is_here() {
        return;
    }
    let indexes = |engine| {
        let it = open(engine);
        let conn = &mut it.reader.get().unwrap();
        let query = match engine {
            Engine::Sqlite => {
                "SELECT tbl_name || ' ' || name || iif(sql LIKE '% WHERE %', ' partial', '') \
                 || iif(sql LIKE '%UNIQUE%', ' unique', '') AS line \
                 FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL ORDER BY 1"
            }
            Engine::Postgres => {
                "SELECT tablename || ' ' || indexname \
                 || CASE WHEN indexdef LIKE '% WHERE %' THEN ' partial' ELSE '' END \
                 || CASE WHEN indexdef LIKE '%UNIQUE%' THEN ' unique' ELSE '' END AS line \
                 FROM pg_indexes WHERE schemaname = 'public' \
                 AND indexname NOT IN (SELECT conname FROM pg_constraint) \
                 AND indexname <> 'searchable_words_idx' ORDER BY 1"
            }
        };
        let mut lines = lines(conn, query);
        lines.sort();
        lines
    };
    let sqlite = indexes(Engine::Sqlite);
    assert!(15 < sqlite.len());
    assert_eq!(sqlite, indexes(Engine::Postgres));
}
