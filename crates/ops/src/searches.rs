//! Operations on saved searches, and whom a new listing concerns.

use std::collections::BTreeSet;

use db::{Conn, listings::ListingRow, searches::SearchRow};
use domain::{
    Invalid, PersonId, SearchId,
    listings::Window,
    search::{Criteria, Facts},
    text,
};

use crate::{Op, OpError, Operation, Result};

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

/// Who wants to be told of a listing that the world may see: those with a saved search that it meets, but not
/// who wrote it.
///
/// To be asked where a listing is published here, or heard of from elsewhere for the first time.
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
    let facts = facts(listing, &tokens);
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

fn facts<'a>(listing: &'a ListingRow, tokens: &'a str) -> Facts<'a> {
    Facts {
        collective: listing.collective_id,
        tokens,
        purpose: listing.purpose,
        kind: listing.kind,
        category: listing.category,
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
