//! Fresh PostgreSQL databases: copies of a template that holds all migrations.

use std::{
    env, fs, process,
    sync::atomic::{AtomicU32, Ordering},
    thread,
    time::{Duration, SystemTime},
};

use db::pool::Sizes;
use diesel::{
    Connection, PgConnection, QueryableByName, RunQueryDsl,
    connection::SimpleConnection,
    sql_query,
    sql_types::{BigInt, Text},
};
use openssl::sha::Sha256;
use url::Url;

/// Names a PostgreSQL, as the address of somebody who may create databases.
pub(crate) const ADDRESS: &str = "TEQUIO_TEST_POSTGRES";
const REQUIRE: &str = "TEQUIO_REQUIRE_POSTGRES";
const MIGRATIONS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../migrations/postgres");

/// Whoever makes the template holds this advisory lock: "tequio" in hexadecimal.
const LOCK: i64 = 0x7465_7175_696f;

/// A database that is dropped with this.
#[derive(Debug)]
pub(crate) struct PostgresDatabase {
    server: Url,
    name: String,
    address: String,
}

#[derive(QueryableByName)]
struct Count {
    #[diesel(sql_type = BigInt)]
    count: i64,
}

/// The PostgreSQL to test on, where one is named.
pub(crate) fn address() -> Option<Url> {
    let named = env::var_os(ADDRESS).filter(|text| !text.is_empty());
    let required = env::var_os(REQUIRE).is_some_and(|text| text == "1");
    assert!(named.is_some() || !required, "{REQUIRE} is 1, but {ADDRESS} names no PostgreSQL");
    named.map(|text| Url::parse(text.to_str().unwrap()).unwrap())
}

impl PostgresDatabase {
    /// A copy of the template, or an empty database.
    pub(crate) fn create(migrated: bool) -> Self {
        let server = address().expect("a test on PostgreSQL asks for one first");
        let mut conn = PgConnection::establish(server.as_str()).unwrap();
        let template = if migrated { template(&server, &mut conn) } else { "template0".to_owned() };
        let name = fresh_name();
        conn.batch_execute(&format!("CREATE DATABASE {name} TEMPLATE {template}")).unwrap();
        let address = in_database(&server, &name);
        Self { server, name, address }
    }

    pub(crate) fn address(&self) -> &str {
        &self.address
    }
}

impl Drop for PostgresDatabase {
    /// A database that cannot be dropped is left behind; the test has its result already.
    fn drop(&mut self) {
        if let Ok(mut conn) = PgConnection::establish(self.server.as_str()) {
            let _left = conn.batch_execute(&format!("DROP DATABASE {} WITH (FORCE)", self.name));
        }
    }
}

/// The template of the migrations as they are now; the first test that needs it makes it.
fn template(server: &Url, conn: &mut PgConnection) -> String {
    let name = format!("tequio_template_{}", fingerprint());
    if exists(conn, &name) {
        return name;
    }
    conn.batch_execute(&format!("SELECT pg_advisory_lock({LOCK})")).unwrap();
    if !exists(conn, &name) {
        let unfinished = format!("{name}_unfinished");
        conn.batch_execute(&format!("DROP DATABASE IF EXISTS {unfinished} WITH (FORCE)")).unwrap();
        conn.batch_execute(&format!("CREATE DATABASE {unfinished} TEMPLATE template0")).unwrap();
        migrate(&in_database(server, &unfinished));
        let rename = format!("ALTER DATABASE {unfinished} RENAME TO {name}");
        // The connections of the pool that has just been dropped may still be closing.
        let renamed = (0..100).any(|_| {
            thread::sleep(Duration::from_millis(20));
            conn.batch_execute(&rename).is_ok()
        });
        assert!(renamed, "the template {unfinished} is still in use");
    }
    conn.batch_execute(&format!("SELECT pg_advisory_unlock({LOCK})")).unwrap();
    name
}

fn migrate(address: &str) {
    let (_, writer) = db::pool::open(address, Sizes { readers: 1, writers: 1 }).unwrap();
    db::migrations::migrate(&writer).unwrap();
}

fn exists(conn: &mut PgConnection, name: &str) -> bool {
    let count = sql_query("SELECT count(*) AS count FROM pg_database WHERE datname = $1");
    count.bind::<Text, _>(name).get_result::<Count>(conn).unwrap().count == 1
}

/// Twelve digits that change with any file of the migrations.
fn fingerprint() -> String {
    let mut folders: Vec<_> =
        fs::read_dir(MIGRATIONS).unwrap().map(|it| it.unwrap().path()).collect();
    folders.sort();
    let mut hash = Sha256::new();
    for folder in folders {
        hash.update(folder.file_name().unwrap().as_encoded_bytes());
        hash.update(&fs::read(folder.join("up.sql")).unwrap());
    }
    let start: u64 = hash.finish().iter().take(6).fold(0, |sum, byte| sum << 8 | u64::from(*byte));
    format!("{start:012x}")
}

fn fresh_name() -> String {
    static MADE: AtomicU32 = AtomicU32::new(0);
    let made = MADE.fetch_add(1, Ordering::Relaxed);
    let since = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap();
    format!("tequio_test_{}_{made}_{}", process::id(), since.as_nanos())
}

fn in_database(server: &Url, name: &str) -> String {
    let mut address = server.clone();
    address.set_path(name);
    address.into()
}
