//! Many rows, written past every door: batches of inserts, the same for both engines.

use std::{
    collections::BTreeSet,
    fmt::Write as _,
    time::{SystemTime, UNIX_EPOCH},
};

use anyhow::{Context as _, Result};
use domain::search::tokens;
use uuid::Builder;

use crate::{
    database::{Database, Engine},
    report::tell,
    signed::Speaker,
};

/// How many rows are written by one statement.
const BATCH: usize = 400;
/// How many statements are one transaction.
const TOGETHER: usize = 25;

/// Rows on their way into one table.
pub struct Rows<'d> {
    database: &'d Database,
    head: String,
    waiting: Vec<String>,
    statements: Vec<String>,
}

impl<'d> Rows<'d> {
    /// For a table and its columns.
    #[must_use]
    pub fn of(database: &'d Database, table: &str, columns: &str) -> Self {
        let head = format!("INSERT INTO {table} ({columns}) VALUES ");
        Self { database, head, waiting: Vec::new(), statements: Vec::new() }
    }

    /// Adds a row.
    pub fn add(&mut self, row: String) -> Result<()> {
        self.waiting.push(row);
        if self.waiting.len() < BATCH { Ok(()) } else { self.pack() }
    }

    fn pack(&mut self) -> Result<()> {
        if !self.waiting.is_empty() {
            let rows = std::mem::take(&mut self.waiting);
            self.statements.push(format!("{}({});", self.head, rows.join("),(")));
        }
        if TOGETHER <= self.statements.len() { self.write() } else { Ok(()) }
    }

    fn write(&mut self) -> Result<()> {
        let statements = std::mem::take(&mut self.statements);
        // PostgreSQL does not take nothing.
        if statements.is_empty() { Ok(()) } else { self.database.execute(&statements.concat()) }
    }

    /// Writes what is left.
    pub fn finish(mut self) -> Result<()> {
        self.pack()?;
        self.write()
    }
}

/// A new id, later than those before it, as the engine reads it.
#[must_use]
pub fn id(engine: Engine, number: usize) -> String {
    let mut bytes = [0; 10];
    let number = u64::try_from(number).unwrap_or_default();
    for (place, byte) in bytes.iter_mut().skip(2).zip(number.to_be_bytes()) {
        *place = byte;
    }
    // A minute of some years ago, and then one row a millisecond.
    let uuid = Builder::from_unix_timestamp_millis(1_600_000_000_000 + number, &bytes).into_uuid();
    blob(engine, uuid.as_bytes())
}

/// Bytes, as the engine reads them.
#[must_use]
pub fn blob(engine: Engine, bytes: &[u8]) -> String {
    let hex = bytes.iter().fold(String::new(), |mut hex, byte| {
        let _infallible = write!(hex, "{byte:02x}");
        hex
    });
    match engine {
        Engine::Sqlite => format!("x'{hex}'"),
        Engine::Postgres => format!("'\\x{hex}'"),
    }
}

/// Now, in microseconds.
#[must_use]
pub fn now() -> i64 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    i64::try_from(since.as_micros()).unwrap_or_default()
}

/// Text, as both engines read it.
#[must_use]
pub fn text(words: &str) -> String {
    format!("'{}'", words.replace('\'', "''"))
}

/// Servers that have said what they are: nobody asks them any more.
pub fn hosts(database: &Database, hosts: &[String]) -> Result<()> {
    let now = now();
    let columns = "host, software, version, dialect, state, first_seen_at, checked_at, open_actors";
    let mut rows = Rows::of(database, "instances", columns);
    for host in hosts.iter().collect::<BTreeSet<_>>() {
        let host = text(host);
        rows.add(format!("{host}, 'mastodon', '4.3.0', 'microblog', 'open', {now}, {now}, true"))?;
    }
    rows.finish()
}

const ACTOR: &str = "id, ap_id, kind, handle, handle_key, host, local, name, summary, inbox, \
     shared_inbox, approves_followers, created_at, updated_at, fetched_at";

fn person(id: &str, ap_id: &str, handle: &str, host: &str, shared: bool, now: i64) -> String {
    let shared = if shared { text(&format!("http://{host}/inbox")) } else { "NULL".to_owned() };
    format!(
        "{id}, '{ap_id}', 'Person', '{handle}', '{handle}', '{host}', false, '', '', \
         '{ap_id}/inbox', {shared}, false, {now}, {now}, {now}"
    )
}

/// Somebody elsewhere, with their key.
pub fn speakers(database: &Database, speakers: &[Speaker]) -> Result<()> {
    let (now, engine) = (now(), database.engine);
    let mut actors = Rows::of(database, "actors", ACTOR);
    let mut keys = Rows::of(database, "keys", "key_id, actor_id, public_pem, created_at");
    for (number, speaker) in speakers.iter().enumerate() {
        let id = id(engine, 900_000_000 + number);
        actors.add(person(&id, &speaker.id, "bob", &speaker.host, false, now))?;
        let pem = text(&speaker.keys.public_pem);
        keys.add(format!("'{}#main-key', {id}, {pem}, {now}", speaker.id))?;
    }
    actors.finish()?;
    keys.finish()
}

/// So many followers of a collective, spread over hosts that are known already.
pub fn followers(
    database: &Database,
    followed: &str,
    count: usize,
    hosts: &[String],
    shared: bool,
) -> Result<()> {
    tell(&format!("{count} followers on {} hosts", hosts.len()));
    let (now, engine) = (now(), database.engine);
    let followed = format!("(SELECT id FROM actors WHERE ap_id = '{followed}')");
    let mut actors = Rows::of(database, "actors", ACTOR);
    for (number, host) in hosts.iter().cycle().enumerate().take(count) {
        let (id, handle) = (id(engine, number), format!("f{number}"));
        let ap_id = format!("http://{host}/users/{handle}");
        actors.add(person(&id, &ap_id, &handle, host, shared, now))?;
    }
    actors.finish()?;
    let columns = "id, ap_id, follower_id, followed_id, state, created_at, accepted_at";
    let mut follows = Rows::of(database, "follows", columns);
    for number in 0..count {
        let id = id(engine, number);
        let ap_id = format!("http://127.0.0.1/follows/{number}");
        follows.add(format!("{id}, '{ap_id}', {id}, {followed}, 'accepted', {now}, {now}"))?;
    }
    follows.finish()?;
    database.settle()
}

/// Words that occur as often as words do: the tenth a tenth as often as the first.
const WORDS: [&str; 64] = [
    "for",
    "garden",
    "we",
    "need",
    "with",
    "tools",
    "bread",
    "saturday",
    "bicycle",
    "help",
    "seeds",
    "kitchen",
    "wood",
    "repair",
    "tent",
    "ladder",
    "children",
    "paint",
    "books",
    "meeting",
    "room",
    "solar",
    "water",
    "tractor",
    "printer",
    "chairs",
    "tables",
    "oven",
    "flour",
    "apples",
    "honey",
    "goats",
    "fence",
    "roof",
    "windows",
    "insulation",
    "lamp",
    "sound",
    "stage",
    "microphone",
    "translation",
    "accounting",
    "lawyer",
    "nurse",
    "driver",
    "van",
    "trailer",
    "boat",
    "canvas",
    "sewing",
    "wool",
    "leather",
    "clay",
    "kiln",
    "glass",
    "copper",
    "solder",
    "network",
    "server",
    "harvest",
    "compost",
    "beehive",
    "cistern",
    "windmill",
];

/// A number that looks like chance, and is the same each time.
fn chance(number: usize, salt: usize) -> usize {
    let mut mixed = (number * 1_000_003 + salt * 7_919) as u64 ^ 0x9e37_79b9_7f4a_7c15;
    mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    usize::try_from((mixed ^ (mixed >> 31)) & 0x7fff_ffff).unwrap_or_default()
}

/// After Zipf: `WORDS` raised to a chance, so that the first come most often.
fn word(number: usize, salt: usize) -> &'static str {
    let most = WORDS.len();
    let rank = chance(number, salt) % most * (chance(number, salt + 1) % most) / most;
    WORDS.get(rank).copied().unwrap_or("garden")
}

/// The words of a listing: a title of four, and a text of thirty.
#[must_use]
pub fn words(number: usize) -> (String, String) {
    let some = |from: usize, count: usize| {
        let words: Vec<_> = (0..count).map(|at| word(number, from + 2 * at)).collect();
        words.join(" ")
    };
    (some(0, 4), some(100, 30))
}

/// So many boards, each a collective of another server, with so many listings in all; a third is no longer open.
pub fn listings(database: &Database, host: &str, boards: usize, count: usize) -> Result<()> {
    let (now, engine) = (now(), database.engine);
    let licence = database.lines("SELECT licence AS line FROM listings LIMIT 1")?;
    let licence = licence.first().context("there is a listing to begin with")?.clone();
    let mut groups = Rows::of(database, "actors", ACTOR);
    for board in 0..boards {
        let (id, handle) = (id(engine, 800_000_000 + board), format!("board{board}"));
        let row = person(&id, &format!("http://{host}/c/{handle}"), &handle, host, false, now);
        groups.add(row.replace("'Person'", "'Group'"))?;
    }
    groups.finish()?;
    let columns = "id, ap_id, collective_id, signed_by, purpose, kind, title, text, html, quantity, \
         remaining, unit, category, terms, public_latitude, public_longitude, radius, expires_at, \
         language, licence, state, open, published_at, updated_at, version";
    let mut listings = Rows::of(database, "listings", columns);
    let mut searchable = Rows::of(database, "searchable", "id, kind, words, updated_at");
    let mut index = Rows::of(database, "searchable_words", "id, words");
    for number in 0..count {
        if number % 50_000 == 0 && 0 < number {
            tell(&format!("{number} of {count} listings"));
        }
        let (title, body) = words(number);
        let board = id(engine, 800_000_000 + chance(number, 1) % boards);
        let of = |these: &[&'static str], salt: usize| {
            these.get(chance(number, salt) % these.len()).copied().unwrap_or_default()
        };
        let purpose = of(&["need", "offer"], 2);
        let kind = of(&["goods", "time", "space", "knowledge"], 3);
        let category = of(&["food", "agriculture", "energy", "reuse-repair", "transport"], 4);
        let state = of(&["open", "open", "expired"], 5);
        let place = |salt: usize| {
            let near = i32::try_from(chance(number, salt) % 2_000).unwrap_or_default();
            f64::from(near - 1_000) / 5_000.0
        };
        let town = [(41.4, 2.16), (48.85, 2.35), (52.5, 13.4), (-34.6, -58.4), (19.4, -99.1)];
        let town = town.get(chance(number, 6) % town.len()).copied().unwrap_or_default();
        let (latitude, longitude) = (town.0 + place(7), town.1 + place(8));
        let id = id(engine, number);
        let open = state == "open";
        let published = now - i64::try_from(count - number).unwrap_or_default() * 1_000_000;
        listings.add(format!(
            "{id}, 'http://{host}/l/{number}', {board}, 'voice', '{purpose}', '{kind}', '{title}', \
             '', '<p>{body}</p>', 1000, 1000, 'one', '{category}', 'loan', {latitude}, {longitude}, \
             0, {}, 'en', '{licence}', '{state}', {open}, {published}, {published}, 1",
            now + 90 * 86_400_000_000
        ))?;
        let kept = tokens(&format!("{title} {body}"), "en");
        searchable.add(format!("{id}, 'listing', '{kept}', {published}"))?;
        if engine == Engine::Sqlite {
            index.add(format!("{id}, '{kept}'"))?;
        }
    }
    listings.finish()?;
    searchable.finish()?;
    if engine == Engine::Sqlite {
        index.finish()?;
    }
    tell("statistics of the tables");
    database.settle()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_grow_and_are_written_as_each_engine_reads_them() {
        let (one, two) = (id(Engine::Sqlite, 1), id(Engine::Sqlite, 2));
        assert!(one < two && one.starts_with("x'") && one.len() == 35, "{one}");
        assert!(id(Engine::Postgres, 1).starts_with("'\\x"));
    }

    #[test]
    fn some_words_are_common_and_others_rare() {
        let all: Vec<String> = (0..2_000).map(|number| words(number).1).collect();
        let with =
            |word: &str| all.iter().filter(|it| it.split(' ').any(|its| its == word)).count();
        assert!(4 * with("windmill") < with("for"), "{} {}", with("windmill"), with("for"));
        assert!(0 < with("compost"));
    }
}
