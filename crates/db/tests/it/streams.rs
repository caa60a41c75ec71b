//! All rows go from one database to another and are the same there.

use db::{
    Conn, DbError, Engine, Reader, Writer, migrations,
    rows::{
        Cell, Checksum, Filling, Kind, Row, Table, count_rows, each, encode, replace, snapshot,
        tables,
    },
};
use testkit::Database;

use crate::engines::{each_engine, execute, lines, write};

each_engine!(
    every_kind_of_value_of_every_table_comes_back_to_the_bit,
    an_older_schema_is_filled_and_then_brought_up_to_date,
    what_leads_nowhere_is_refused_and_nothing_changes,
    what_fails_half_way_leaves_everything_as_it_was,
    what_is_read_is_one_instant,
    migrations_go_down_and_up_and_every_row_that_can_stay_stays,
);

/// A row of any table: the same number in each of its columns, so that whatever names another row finds it.
fn row(table: &Table, number: u8) -> Row {
    let extreme = [i64::MIN, 0, 9_007_199_254_740_993, i64::MAX];
    let cell = |kind: Kind| match kind {
        Kind::Text => Cell::Text(format!("\u{1f33d} \"{number}\"\n'")),
        Kind::Integer => Cell::Integer(i64::from(i32::MAX) - i64::from(number)),
        Kind::Long => Cell::Integer(extreme[usize::from(number % 4)]),
        Kind::Double => Cell::Double(0.1 + f64::from(number) / 3.0),
        Kind::Bool => Cell::Bool(number % 2 == 1),
        Kind::Bytes => Cell::Bytes(std::iter::once(0).chain(vec![number; 15]).collect()),
    };
    table.columns.iter().map(|column| cell(column.kind)).collect()
}

fn fill(filling: &mut Filling<'_>, tables: &[Table], rows: u8) -> Result<(), DbError> {
    for table in tables {
        for number in 1..=rows {
            filling.row(table, row(table, number))?;
        }
    }
    Ok(())
}

fn sum(conn: &mut Conn, table: &Table) -> Checksum {
    let mut sum = Checksum::default();
    let add = |row: Row| {
        sum.add(&encode(table, &row));
        Ok::<(), DbError>(())
    };
    each(conn, table, add).unwrap();
    sum
}

fn sums(reader: &Reader, tables: &[Table]) -> Vec<(String, Checksum)> {
    let conn = &mut reader.get().unwrap();
    tables.iter().map(|table| (table.name.clone(), sum(conn, table))).collect()
}

fn found(reader: &Reader) -> Vec<Table> {
    tables(&mut reader.get().unwrap()).unwrap()
}

fn filled(engine: Engine) -> (Database, Reader, Writer, Vec<Table>) {
    let database = Database::migrated(engine);
    let (reader, writer) = database.open();
    let tables = found(&reader);
    let versions = migrations::status(&writer).unwrap().applied;
    replace(&writer, &versions, |filling| fill(filling, &tables, 3)).unwrap();
    (database, reader, writer, tables)
}

fn every_kind_of_value_of_every_table_comes_back_to_the_bit(engine: Engine) {
    let (_database, reader, writer, tables) = filled(engine);
    assert!(50 < tables.len(), "{}", tables.len());
    for table in tables.iter().filter(|table| table.name != "instances") {
        let mut rows = Vec::new();
        let conn = &mut reader.get().unwrap();
        each(conn, table, |row| {
            rows.push(row);
            Ok::<(), DbError>(())
        })
        .unwrap();
        rows.sort_by_key(|cells| encode(table, cells));
        let mut wanted: Vec<Row> = (1..=3).map(|number| row(table, number)).collect();
        wanted.sort_by_key(|cells| encode(table, cells));
        assert_eq!(rows, wanted, "{}", table.name);
    }
    let all = snapshot(&reader, count_rows).unwrap();
    assert_eq!(all, i64::try_from(tables.len() * 3).unwrap());
    if engine == Engine::Sqlite {
        let words = "SELECT count(*) || '' AS line FROM searchable_words";
        assert_eq!(lines(&mut reader.get().unwrap(), words), ["3"], "the index was made anew");
    }
    let keys = "INSERT INTO memberships (collective_id, person_id, role, state, created_at) \
                SELECT collective_id, collective_id, 'x', 'x', 1 FROM memberships LIMIT 0";
    write(&writer, |tx| execute(tx, keys));
    let nobody = match engine {
        Engine::Sqlite => {
            "INSERT INTO sessions (digest, account_id, csrf, created_at, expires_at, used_at) VALUES (x'99', x'98', '', 1, 1, 1)"
        }
        Engine::Postgres => {
            "INSERT INTO sessions (digest, account_id, csrf, created_at, expires_at, used_at) VALUES ('\\x99', '\\x98', '', 1, 1, 1)"
        }
    };
    let refused: Result<(), DbError> = writer.transaction(|tx| execute(tx, nobody));
    let why = format!("{:?}", refused.unwrap_err()).to_lowercase();
    assert!(why.contains("foreign"), "foreign keys hold again: {why}");
}

fn an_older_schema_is_filled_and_then_brought_up_to_date(engine: Engine) {
    let database = Database::migrated(engine);
    let (reader, writer) = database.open();
    let all = migrations::status(&writer).unwrap().applied;
    for kept in (3..all.len()).rev() {
        migrations::revert_last(&writer).unwrap();
        let tables = found(&reader);
        let older = &all[..kept];
        let other = Database::empty(engine);
        let (there, to) = other.open();
        let ((), applied) = replace(&to, older, |filling| fill(filling, &tables, 2)).unwrap();
        assert_eq!(applied, all[kept..], "the rest was applied");
        assert_eq!(migrations::status(&to).unwrap().applied, all);
        let wanted = tables.iter().filter(|table| table.name != "instances");
        for table in wanted {
            let mut wanted = Checksum::default();
            (1..=2).for_each(|number| wanted.add(&encode(table, &row(table, number))));
            let found = sum(&mut there.get().unwrap(), table);
            assert_eq!(found, wanted, "{} of {kept}", table.name);
        }
    }
}

fn what_leads_nowhere_is_refused_and_nothing_changes(engine: Engine) {
    let (_database, reader, writer, tables) = filled(engine);
    let before = sums(&reader, &tables);
    let versions = migrations::status(&writer).unwrap().applied;
    let refused = replace(&writer, &versions, |filling| {
        fill(filling, &tables, 1)?;
        let replies = tables.iter().find(|table| table.name == "replies").unwrap();
        let mut alone = row(replies, 2);
        alone[0] = row(replies, 9)[0].clone();
        filling.row(replies, alone)
    });
    let why = refused.unwrap_err().to_string();
    assert!(why.contains("rows lead nowhere") && why.contains("replies"), "{why}");
    assert_eq!(sums(&reader, &tables), before);
}

fn what_fails_half_way_leaves_everything_as_it_was(engine: Engine) {
    let (_database, reader, writer, tables) = filled(engine);
    let before = sums(&reader, &tables);
    let versions = migrations::status(&writer).unwrap().applied;
    let failed: Result<((), _), DbError> = replace(&writer, &versions, |filling| {
        fill(filling, &tables[..20], 2)?;
        Err(DbError::NotFound("row"))
    });
    assert!(matches!(failed, Err(DbError::NotFound("row"))));
    assert_eq!(sums(&reader, &tables), before);
    write(&writer, |tx| db::settings::set(tx, "usable", "yes"));
}

fn what_is_read_is_one_instant(engine: Engine) {
    let (_database, reader, writer, tables) = filled(engine);
    let settings = tables.iter().find(|table| table.name == "settings").unwrap();
    let seen = snapshot(&reader, |conn| {
        let before = sum(conn, settings);
        write(&writer, |tx| db::settings::set(tx, "meanwhile", "yes"));
        assert_eq!(sum(conn, settings), before);
        Ok::<_, DbError>(before)
    });
    assert_ne!(sum(&mut reader.get().unwrap(), settings), seen.unwrap());
}

fn migrations_go_down_and_up_and_every_row_that_can_stay_stays(engine: Engine) {
    let (_database, reader, writer, full) = filled(engine);
    let all = migrations::status(&writer).unwrap().applied;
    for depth in 1..=all.len() - 3 {
        for _ in 0..depth {
            migrations::revert_last(&writer).unwrap();
        }
        let older = found(&reader);
        let down = sums(&reader, &older);
        assert_eq!(migrations::migrate(&writer).unwrap(), all[all.len() - depth..]);
        assert_eq!(found(&reader), full);
        assert_eq!(sums(&reader, &older), down, "{depth} down and up");
        let rows = down.iter().all(|(_, sum)| sum.rows == 3);
        assert!(rows, "{depth} down: a row went: {down:?}");
        let versions = all.clone();
        replace(&writer, &versions, |filling| fill(filling, &full, 3)).unwrap();
    }
}

#[test]
fn rows_go_from_sqlite_to_postgresql_and_back() {
    if !testkit::postgres_is_here() {
        return;
    }
    let (_one, from, first, tables) = filled(Engine::Sqlite);
    let versions = migrations::status(&first).unwrap().applied;
    let before = sums(&from, &tables);
    let mut reader = from;
    let mut kept = Vec::new();
    for engine in [Engine::Postgres, Engine::Sqlite] {
        let database = Database::empty(engine);
        let (next, writer) = database.open();
        snapshot(&reader, |conn| {
            replace(&writer, &versions, |filling| {
                tables.iter().try_for_each(|table| each(conn, table, |row| filling.row(table, row)))
            })
        })
        .unwrap();
        assert_eq!(found(&next), tables, "{engine:?}");
        assert_eq!(sums(&next, &tables), before, "{engine:?}");
        reader = next;
        kept.push((database, writer));
    }
}
