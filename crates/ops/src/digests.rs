//! Letters that tell what is new: of those whom somebody follows and where they belong, and of what concerns them.
//!
//! **Invariant:** no letter is empty, and none says what an earlier one has said.

use db::{
    accounts::AccountRow, letters::LetterRow, listings::ListingRow, notifications::NotificationRow,
};
use domain::{
    AccountId, Time,
    accounts::Email,
    letters::{MARGIN, PATIENCE, PAUSE, Stop},
};

pub use crate::letters::sentence;
use crate::{Op, Operation, Result, letters, notifications::by_the_clock, secrets};

/// So many listings are named in a letter; of the others it says how many they are.
const MOST: usize = 20;
/// So many are counted.
const COUNTED: i64 = 500;

/// What a letter tells.
#[derive(Debug, Default)]
pub(crate) struct News {
    pub(crate) listings: Vec<(ListingRow, String)>,
    pub(crate) more_listings: usize,
    pub(crate) notices: Vec<(NotificationRow, Told)>,
    pub(crate) more_notices: usize,
}

/// Whom and what a notification names.
#[derive(Debug, Default)]
pub struct Told {
    pub actor: String,
    pub collective: String,
    /// Where it is read.
    pub path: String,
}

impl News {
    fn is_empty(&self) -> bool {
        self.listings.is_empty() && self.notices.is_empty()
    }
}

/// The clock tells an account what is new since the last time. Returns whether there was something.
#[derive(Clone, Debug)]
pub struct SendDigest {
    pub account: AccountId,
}

impl Operation for SendDigest {
    type Done = bool;

    fn perform(self, op: &mut Op<'_, '_>) -> Result<bool> {
        by_the_clock(op)?;
        let Some((account, chosen, email)) = reader(op, self.account)? else { return Ok(false) };
        let until = op.now.plus_seconds(-MARGIN);
        let Some(days) = chosen.digest.days() else { return Ok(false) };
        // Somebody else was quicker, or they have changed their mind.
        if op.now.plus_days(-days) < chosen.digest_at {
            return Ok(false);
        }
        let span = (chosen.digest_at, until);
        if !db::letters::tell_until(op.tx, account.id, span)? {
            return Ok(false);
        }
        let mut news = concerning(op, &account)?;
        listings(op, &account, span, &mut news)?;
        if news.is_empty() {
            return Ok(false);
        }
        db::letters::mailed(op.tx, account.person_id)?;
        let stop = stop_link(op, &account, &chosen, Stop::Digest)?;
        letters::digest(op, (&account, &email), &stop, &news)?;
        Ok(true)
    }
}

/// The clock tells an account what concerns it and was not read for a while. Returns whether there was something.
#[derive(Clone, Debug)]
pub struct SendNotices {
    pub account: AccountId,
}

impl Operation for SendNotices {
    type Done = bool;

    fn perform(self, op: &mut Op<'_, '_>) -> Result<bool> {
        by_the_clock(op)?;
        let Some((account, chosen, email)) = reader(op, self.account)? else { return Ok(false) };
        if !chosen.letters || op.now.plus_seconds(-PAUSE) < chosen.letter_at {
            return Ok(false);
        }
        if !db::letters::write(op.tx, account.id, (chosen.letter_at, op.now))? {
            return Ok(false);
        }
        let news = concerning(op, &account)?;
        db::letters::mailed(op.tx, account.person_id)?;
        if news.is_empty() {
            return Ok(false);
        }
        let stop = stop_link(op, &account, &chosen, Stop::Notifications)?;
        letters::concerning(op, (&account, &email), &stop, &news)?;
        Ok(true)
    }
}

/// Accounts that a letter of this moment may be for: digests, and letters about what concerns them.
pub fn due(
    conn: &mut db::Conn,
    now: Time,
    limit: i64,
) -> db::Result<(Vec<AccountId>, Vec<AccountId>)> {
    use domain::letters::Digest;

    let mut digests = Vec::new();
    for digest in [Digest::Daily, Digest::Weekly] {
        let Some(days) = digest.days() else { continue };
        digests.extend(db::letters::due(conn, digest, now.plus_days(-days), limit)?);
    }
    let (paused, told) = (now.plus_seconds(-PAUSE), now.plus_seconds(-PATIENCE));
    Ok((digests, db::letters::unwritten(conn, paused, told, limit)?))
}

/// Whom a letter goes to, if it goes to anybody.
fn reader(
    op: &mut Op<'_, '_>,
    account: AccountId,
) -> Result<Option<(AccountRow, LetterRow, Email)>> {
    let Some(row) = db::accounts::find(op.tx, account)?.filter(AccountRow::is_usable) else {
        return Ok(None);
    };
    let (chosen, email) = (db::letters::of(op.tx, account)?, db::accounts::email(op.tx, account)?);
    Ok(chosen.zip(email).map(|(chosen, email)| (row, chosen, email)))
}

/// What they were told and have not read, and no letter said yet.
fn concerning(op: &mut Op<'_, '_>, account: &AccountRow) -> Result<News> {
    let rows = db::notifications::page(op.tx, account.person_id, true, None, COUNTED)?;
    let fresh = db::letters::unmailed(op.tx, &rows)?;
    let mut rows: Vec<_> = rows.into_iter().filter(|row| fresh.contains(&row.id)).collect();
    let more_notices = rows.len().saturating_sub(MOST);
    rows.truncate(MOST);
    let mut notices = Vec::new();
    for row in rows {
        let told = told(op, &row)?;
        notices.push((row, told));
    }
    Ok(News { notices, more_notices, ..News::default() })
}

fn told(op: &mut Op<'_, '_>, row: &NotificationRow) -> Result<Told> {
    let mut name = |id: Option<domain::ActorId>| -> Result<Option<db::actors::ActorRow>> {
        Ok(match id {
            Some(id) => db::actors::find(op.tx, id)?,
            None => None,
        })
    };
    let actor = name(row.actor_id)?;
    let collective = name(row.collective_id.map(domain::CollectiveId::actor))?;
    Ok(Told {
        actor: actor.map(|it| it.display_name().to_owned()).unwrap_or_default(),
        path: path(row, collective.as_ref().filter(|it| it.local).map(|it| it.handle.as_str())),
        collective: collective.map(|it| it.display_name().to_owned()).unwrap_or_default(),
    })
}

/// Where what a notification tells is read.
pub fn path(row: &NotificationRow, collective: Option<&str>) -> String {
    use domain::notifications::Kind;

    let at = |part: &str| collective.map(|handle| format!("c/{handle}{part}"));
    let thing = match row.kind {
        Kind::FollowRequest => at("/members"),
        Kind::JoinRequest => at("/joining"),
        Kind::Invitation => Some("home".to_owned()),
        Kind::JoinAnswered => at(""),
        Kind::Report => at("/reports"),
        Kind::AgreementOffered => at("/agreements"),
        Kind::AgreementAnswered => Some("agreements".to_owned()),
        _ => match (row.reply_id, row.listing_id) {
            (Some(reply), _) => Some(format!("replies/{reply}")),
            (None, Some(listing)) => Some(format!("listings/{listing}")),
            (None, None) => None,
        },
    };
    thing.unwrap_or_else(|| "notifications".to_owned())
}

fn listings(
    op: &mut Op<'_, '_>,
    account: &AccountRow,
    span: (Time, Time),
    news: &mut News,
) -> Result<()> {
    let mut rows = db::letters::news(op.tx, account.person_id, span, COUNTED)?;
    // A letter that says it already need not say it twice.
    rows.retain(|row| !news.notices.iter().any(|(it, _)| it.listing_id == Some(row.id)));
    news.more_listings = rows.len().saturating_sub(MOST);
    rows.truncate(MOST);
    let ids: Vec<_> = rows.iter().map(|row| row.collective_id.actor()).collect();
    let homes = db::actors::find_all(op.tx, &ids)?;
    let name = |row: &ListingRow| {
        let home = homes.iter().find(|home| home.id == row.collective_id.actor());
        home.map(|home| home.display_name().to_owned()).unwrap_or_default()
    };
    news.listings = rows.into_iter().map(|row| (row.clone(), name(&row))).collect();
    Ok(())
}

/// The link that stops letters of one kind.
fn stop_link(
    op: &mut Op<'_, '_>,
    account: &AccountRow,
    chosen: &LetterRow,
    stop: Stop,
) -> Result<String> {
    let word = if let Some(word) = &chosen.stop_word {
        word.clone()
    } else {
        let word = secrets::fresh()?;
        db::letters::set_stop_word(op.tx, account.id, &word)?;
        word
    };
    Ok(op.site.at(&format!("letters/{word}/{}", stop.word())))
}
