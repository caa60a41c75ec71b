//! Everything of somebody's, as a file they take along: ActivityStreams, JSON, and tables.
//!
//! **Invariant:** there is nothing in it that its owner could not read anyway, and no secret.

mod account;
mod activity_streams;
mod tables;

use std::io::{Cursor, Write as _};

use db::{Conn, DbError, accounts::AccountRow, actors::ActorRow};
use domain::{ListingId, ReplyId, Time};
use serde_json::Value;
use zip::{CompressionMethod, ZipWriter, write::SimpleFileOptions};

use crate::Site;

/// So many rows are read at a time.
const PAGE: i64 = 500;
/// So many of what has no pages.
const MOST: i64 = 10_000;

type Result<T> = db::Result<T>;

/// Whose file it is.
#[derive(Clone, Debug)]
pub struct Owner {
    pub account: AccountRow,
    pub person: ActorRow,
    pub now: Time,
}

/// The file: a zip archive.
pub fn archive(conn: &mut Conn, site: &Site, account: &AccountRow, now: Time) -> Result<Vec<u8>> {
    let person = db::actors::find(conn, account.person_id.actor())?;
    let person = person.ok_or(DbError::NotFound("person"))?;
    let owner = Owner { account: account.clone(), person, now };
    let mut archive = Archive::new();
    archive.json("actor.json", &activity_streams::actor(conn, site, &owner)?)?;
    activity_streams::outbox(conn, site, &owner, &mut archive)?;
    archive.json("account.json", &account::account(conn, &owner)?)?;
    archive.json("memberships.json", &account::memberships(conn, &owner)?)?;
    archive.json("follows.json", &account::follows(conn, &owner)?)?;
    archive.json("blocks.json", &account::blocks(conn, &owner)?)?;
    archive.json("reactions.json", &account::reactions(conn, &owner)?)?;
    archive.json("agreements.json", &account::agreements(conn, &owner)?)?;
    archive.json("notifications.json", &account::notifications(conn, &owner)?)?;
    archive.json("searches.json", &account::searches(conn, &owner)?)?;
    archive.json("templates.json", &account::templates(conn, &owner)?)?;
    archive.json("tokens.json", &account::tokens(conn, &owner)?)?;
    archive.json("sessions.json", &account::sessions(conn, &owner)?)?;
    account::listings(conn, &owner, &mut archive)?;
    account::replies(conn, &owner, &mut archive)?;
    tables::follows(conn, &owner, &mut archive)?;
    tables::listings(conn, &owner, &mut archive)?;
    tables::replies(conn, &owner, &mut archive)?;
    archive.finish()
}

/// How the file is called.
pub fn file_name(handle: &str, now: Time) -> String {
    format!("{handle}-{}.zip", now.utc().format("%Y-%m-%d"))
}

/// A zip archive in the making: what is written to it is packed at once.
struct Archive {
    zip: ZipWriter<Cursor<Vec<u8>>>,
}

fn unwritten(err: impl std::fmt::Display) -> DbError {
    DbError::Unavailable(format!("an archive could not be written: {err}"))
}

impl Archive {
    fn new() -> Self {
        Self { zip: ZipWriter::new(Cursor::new(Vec::new())) }
    }

    fn begin(&mut self, name: &str) -> Result<()> {
        let options = SimpleFileOptions::default().compression_method(CompressionMethod::Deflated);
        self.zip.start_file(name, options).map_err(unwritten)
    }

    fn write(&mut self, bytes: &[u8]) -> Result<()> {
        self.zip.write_all(bytes).map_err(unwritten)
    }

    fn json(&mut self, name: &str, value: &Value) -> Result<()> {
        self.begin(name)?;
        let text = serde_json::to_string_pretty(value).map_err(unwritten)?;
        self.write(text.as_bytes())
    }

    /// Writes a list of JSON, a page at a time.
    fn list<R>(
        &mut self,
        mut page: impl FnMut(Option<&R>) -> Result<Vec<R>>,
        view: impl Fn(&R) -> Option<Value>,
    ) -> Result<u64> {
        let (mut last, mut written) = (None, 0);
        self.write(b"[")?;
        loop {
            let rows = page(last.as_ref())?;
            for value in rows.iter().filter_map(&view) {
                self.write(if written == 0 { b"\n" } else { b",\n" })?;
                self.write(value.to_string().as_bytes())?;
                written += 1;
            }
            last = rows.into_iter().last();
            if last.is_none() {
                break;
            }
        }
        self.write(b"\n]")?;
        Ok(written)
    }

    fn finish(self) -> Result<Vec<u8>> {
        Ok(self.zip.finish().map_err(unwritten)?.into_inner())
    }
}

/// A page of what somebody has listed.
fn listing_page(
    conn: &mut Conn,
    owner: &Owner,
    after: Option<ListingId>,
) -> Result<Vec<db::listings::ListingRow>> {
    db::listings::by_author(conn, owner.account.person_id, None, after, PAGE)
}

/// A page of what somebody wrote.
fn reply_page(
    conn: &mut Conn,
    owner: &Owner,
    after: Option<ReplyId>,
) -> Result<Vec<db::replies::ReplyRow>> {
    db::replies::written_by(conn, owner.person.id, after, PAGE)
}
