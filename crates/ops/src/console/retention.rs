//! What is kept for how long, how much of it there is, and how much room everything takes.

use db::{Conn, console::storage};

use super::doctor::Setup;

/// What is thrown away after some time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kept {
    /// Received messages that are done.
    Inbound,
    /// What is remembered of those that took effect.
    Seen,
    /// What has happened and was told.
    Events,
    /// Letters that were given up.
    GivenUp,
    /// What was sent.
    Sent,
    /// Numbers by day.
    Days,
}

impl Kept {
    /// Its name for programs.
    pub fn word(self) -> &'static str {
        match self {
            Self::Inbound => "inbound",
            Self::Seen => "seen",
            Self::Events => "events",
            Self::GivenUp => "given_up",
            Self::Sent => "sent",
            Self::Days => "days",
        }
    }
}

/// How much there is of something, and after how many days it goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rule {
    pub kept: Kept,
    pub rows: i64,
    pub days: i64,
}

/// How much room everything takes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Storage {
    /// The engine and its version.
    pub engine: String,
    pub database_bytes: i64,
    pub pictures: i64,
    pub picture_bytes: i64,
    pub rules: Vec<Rule>,
    /// The migrations that are applied.
    pub migrations: Vec<String>,
}

/// Counts all of it.
pub fn storage(conn: &mut Conn, setup: &Setup) -> db::Result<Storage> {
    let kept = storage::kept(conn)?;
    let given_up = db::console::counts::given_up(conn)?;
    let rule = |kept, rows, days| Rule { kept, rows, days };
    let (pictures, picture_bytes) = storage::media(conn)?;
    Ok(Storage {
        engine: storage::engine(conn)?,
        database_bytes: storage::database_bytes(conn)?,
        pictures,
        picture_bytes,
        rules: vec![
            rule(Kept::Inbound, kept.inbound, 7),
            rule(Kept::Seen, kept.seen, 7),
            rule(Kept::Events, kept.events, 7),
            rule(Kept::GivenUp, given_up, 14),
            rule(Kept::Sent, kept.sent, setup.keep_sent_days),
            rule(Kept::Days, storage::days(conn)?, super::count::KEPT),
        ],
        migrations: storage::migrations(conn)?,
    })
}
