//! What the server can say of its own health without asking anybody.

use db::{
    Conn,
    console::{inbound, storage, work},
};
use domain::Time;

use crate::{proposals, setup};

/// What the program was told when it started.
#[derive(Clone, Debug, Default)]
pub struct Setup {
    pub version: String,
    /// How letters leave: a server they are handed to, or nothing where they are left in a folder.
    pub mail: Option<String>,
    /// Is it reached over https?
    pub secure: bool,
    /// Does it speak with other servers?
    pub federates: bool,
    /// For how many days what was sent is kept.
    pub keep_sent_days: i64,
    /// After how many days a letter is given up.
    pub give_up_after_days: i64,
}

/// How well something is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Health {
    Good,
    /// It works, and somebody should look at it.
    Poor,
    Bad,
}

impl Health {
    /// Its name for programs.
    pub fn word(self) -> &'static str {
        match self {
            Self::Good => "good",
            Self::Poor => "poor",
            Self::Bad => "bad",
        }
    }
}

/// What is looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Check {
    Clock,
    Address,
    Mail,
    Migrations,
    Inbox,
    Work,
    Deliveries,
    Admins,
    Setup,
}

impl Check {
    /// Its name for programs.
    pub fn word(self) -> &'static str {
        match self {
            Self::Clock => "clock",
            Self::Address => "address",
            Self::Mail => "mail",
            Self::Migrations => "migrations",
            Self::Inbox => "inbox",
            Self::Work => "jobs",
            Self::Deliveries => "deliveries",
            Self::Admins => "admins",
            Self::Setup => "setup",
        }
    }
}

/// What was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    pub check: Check,
    pub health: Health,
    /// A number or a name that says more; what it means follows from the check.
    pub detail: String,
}

/// Longer than this, in seconds, nothing should wait.
const SLOW: i64 = 600;
/// Longer than this, something is broken.
const STUCK: i64 = 3_600;
/// When this program was written: a clock before it is wrong.
const WRITTEN: i64 = 1_767_225_600;

/// Looks at everything.
pub fn look(conn: &mut Conn, setup: &Setup, now: Time) -> db::Result<Vec<Finding>> {
    let finding = |check, health, detail: String| Finding { check, health, detail };
    let or = |good: bool, other: Health| if good { Health::Good } else { other };
    let newest = db::console::log::newest(conn)?;
    let ahead = newest.is_some_and(|newest| now.plus_seconds(60) < newest);
    let clock = or(!ahead && WRITTEN < now.seconds(), Health::Bad);
    let own = db::settings::own_host(conn)?.unwrap_or_default();
    let spooled = setup.mail.clone().unwrap_or_default();
    let applied = storage::migrations(conn)?;
    let known = db::migrations::known_versions(conn)?;
    let admins = db::accounts::count_admins(conn)?;
    let wanted = if proposals::two_persons(conn)? { 2 } else { 1 };
    let failing = db::console::counts::troubled(conn)?.0;
    Ok(vec![
        finding(Check::Clock, clock, now.wire()),
        finding(Check::Address, or(setup.secure, Health::Poor), own),
        finding(Check::Mail, or(setup.mail.is_some(), Health::Poor), spooled),
        finding(
            Check::Migrations,
            or(applied == known, Health::Bad),
            format!("{}/{}", applied.len(), known.len()),
        ),
        aged(Check::Inbox, inbound::oldest(conn)?, now),
        aged(Check::Work, work::oldest(conn)?, now),
        finding(Check::Deliveries, or(failing == 0, Health::Poor), failing.to_string()),
        finding(Check::Admins, or(wanted <= admins, Health::Poor), admins.to_string()),
        finding(Check::Setup, or(!setup::is_open(conn)?, Health::Poor), String::new()),
    ])
}

/// How long the first one of a queue has been waiting.
fn aged(check: Check, oldest: Option<Time>, now: Time) -> Finding {
    let seconds = oldest.map_or(0, |oldest| (now.seconds() - oldest.seconds()).max(0));
    let health = match seconds {
        STUCK.. => Health::Bad,
        SLOW.. => Health::Poor,
        _ => Health::Good,
    };
    Finding { check, health, detail: seconds.to_string() }
}
