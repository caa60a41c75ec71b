//! Operations on saved searches, and whom a new listing concerns.

use std::collections::BTreeSet;

use db::{Conn, listings::ListingRow, searches::SearchRow};
use domain::{
    Invalid, JobId, ListingId, PersonId, SearchId,
    listings::Window,
    notifications::Kind,
    search::{Criteria, Facts},
    tags::Tag,
    text,
};
use serde::{Deserialize, Serialize};
use serde_json::json;

use crate::{
    Op, OpError, Operation, Result,
    notifications::{self, Notice},
};

/// So many searches somebody may keep.
const MOST: i64 = 50;

/// So many searches are compared in one go.
const BATCH: i64 = 500;

/// Keeps what somebody looks for.
#[derive(Clone, Debug)]
pub struct SaveSearch {
    pub name: String,
    pub criteria: Criteria,
    /// Whether they are told of new listings that meet it.
    pub notify: bool,
}

impl Operation for SaveSearch {
    type Done = SearchId;

    fn perform(self, op: &mut Op<'_, '_>) -> Result<SearchId> {
        let person = op.person()?;
        if MOST <= db::searches::count(op.tx, person)? {
            let problem = format!("is one too many: you have {MOST} searches; delete one first");
            return Err(Invalid::new("query", problem).into());
        }
        let row = SearchRow {
            id: op.mint(),
            person_id: person,
            name: name(&self.name)?,
            query: self.criteria.line(),
            notify: self.notify,
            created_at: op.now,
        };
        db::searches::insert(op.tx, &row)?;
        Ok(row.id)
    }
}

/// Changes a saved search; what is `None` stays.
#[derive(Clone, Debug)]
pub struct EditSearch {
    pub search: SearchId,
    pub name: Option<String>,
    pub criteria: Option<Criteria>,
    pub notify: Option<bool>,
}

impl Operation for EditSearch {
    type Done = ();

    fn perform(self, op: &mut Op<'_, '_>) -> Result<()> {
        let mut row = own(op, self.search)?;
        if let Some(text) = self.name {
            row.name = name(&text)?;
        }
        if let Some(criteria) = self.criteria {
            row.query = criteria.line();
        }
        row.notify = self.notify.unwrap_or(row.notify);
        Ok(db::searches::update(op.tx, &row)?)
    }
}

/// Forgets a saved search.
#[derive(Clone, Debug)]
pub struct DeleteSearch {
    pub search: SearchId,
}

impl Operation for DeleteSearch {
    type Done = ();

    fn perform(self, op: &mut Op<'_, '_>) -> Result<()> {
        let row = own(op, self.search)?;
        Ok(db::searches::delete(op.tx, row.id)?)
    }
}

/// A search of the speaker; those of others are nobody else's business.
fn own(op: &mut Op<'_, '_>, id: SearchId) -> Result<SearchRow> {
    let person = op.person()?;
    let row = db::searches::find(op.tx, id)?.filter(|row| row.person_id == person);
    row.ok_or(OpError::NotFound("search"))
}

fn name(text: &str) -> std::result::Result<String, Invalid> {
    text::line("name", text, 1, 100)
}

/// The kind of the job that a new listing leaves where somebody looks for some.
pub const JOB: &str = db::jobs::SEARCHES;

/// How old a listing may be, in days, of which somebody is told as of a new one.
const NEW: i64 = 7;

/// What the job holds.
#[derive(Debug, Serialize, Deserialize)]
pub struct Announced {
    pub listing: uuid::Uuid,
}

/// Leaves word that a listing is new: after the commit, those who look for it are told. What other servers have
/// long had is nothing new.
pub(crate) fn announce(op: &mut Op<'_, '_>, listing: &ListingRow) -> Result<()> {
    let is_new = listing.published_at.is_some_and(|it| op.now.plus_days(-NEW) <= it);
    if !is_new || !db::searches::any_standing(op.tx)? {
        return Ok(());
    }
    op.job(JOB, &listing.id.to_string(), &json!({ "listing": listing.id.uuid() }))
}

/// Tells those who look for a listing of it, and ends the job that was left for it.
#[derive(Clone, Debug)]
pub struct TellFound {
    pub listing: ListingId,
    /// See [`matching`].
    pub people: Vec<PersonId>,
    pub job: JobId,
}

impl Operation for TellFound {
    type Done = ();

    fn perform(self, op: &mut Op<'_, '_>) -> Result<()> {
        db::jobs::finish(op.tx, self.job)?;
        let listing = db::listings::find(op.tx, self.listing)?.filter(ListingRow::is_public);
        let Some(listing) = listing else { return Ok(()) };
        let collective = listing.collective_id.actor();
        notifications::tell(op, &self.people, &Notice::new(Kind::Found).by(collective).at(&listing))
    }
}

/// Who wants to be told of a listing that the world may see: those with a saved search that it meets, but not
/// who wrote it.
///
/// It looks through all searches, and is asked outside of any transaction.
pub fn matching(conn: &mut Conn, listing: &ListingRow) -> Result<Vec<PersonId>> {
    let collective = db::actors::find(conn, listing.collective_id.actor())?;
    let Some(collective) = collective.filter(|_| listing.is_public()) else {
        return Ok(Vec::new());
    };
    if !db::moderation::is_presentable(conn, &collective)?
        || db::moderation::is_limited(conn, &collective)?
    {
        return Ok(Vec::new());
    }
    let tokens = db::search::words_of(listing);
    let tags = db::tags::of(conn, listing.id)?;
    let facts = facts(listing, &tokens, &tags);
    let mut people = BTreeSet::new();
    let mut cursor = None;
    loop {
        let rows = db::searches::standing(conn, cursor, BATCH)?;
        let Some(last) = rows.last() else { break };
        cursor = Some(last.id);
        for row in rows.iter().filter(|row| Some(row.person_id) != listing.author_id) {
            // A search that an older version understood finds nothing rather than everything.
            if Criteria::parse(&row.query).is_ok_and(|criteria| criteria.meet(&facts)) {
                people.insert(row.person_id);
            }
        }
    }
    Ok(people.into_iter().collect())
}

fn facts<'a>(listing: &'a ListingRow, tokens: &'a str, tags: &'a [Tag]) -> Facts<'a> {
    Facts {
        collective: listing.collective_id,
        tokens,
        purpose: listing.purpose,
        kind: listing.kind,
        category: listing.category,
        tags,
        terms: listing.terms,
        language: &listing.language,
        urgency: listing.urgency,
        point: listing.point(),
        open: listing.state.is_open(),
        window: Window {
            starts_at: listing.starts_at,
            ends_at: listing.ends_at,
            expires_at: listing.expires_at,
        },
    }
}
