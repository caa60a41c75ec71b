//! Listings that come again: by hand from a template, or by themselves.

use db::templates::TemplateRow;
use domain::{
    CollectiveId, ListingId, PersonId, Refusal, TemplateId, Time,
    listings::Content,
    templates::{Recurs, recurrence},
};

use crate::{
    Op, OpError, Operation, Result, collectives, listings::PostListing, notifications::by_the_clock,
};

/// What a template says.
#[derive(Clone, Debug)]
pub struct Template {
    /// 1 to 120 characters.
    pub name: String,
    /// The form of a listing, as JSON that was read before.
    pub form: String,
    pub recurs: Option<Recurs>,
    pub next_at: Option<Time>,
}

/// Stewards and delegates keep a form for later.
#[derive(Clone, Debug)]
pub struct CreateTemplate {
    pub collective: CollectiveId,
    pub template: Template,
}

impl Operation for CreateTemplate {
    type Done = TemplateId;

    fn perform(self, op: &mut Op<'_, '_>) -> Result<TemplateId> {
        let person = op.person()?;
        let row = collectives::local(op, self.collective)?;
        db::memberships::standing(op.tx, row.id, person)?.speaks()?;
        let Template { name, form, recurs, next_at } = self.template;
        recurrence(recurs, next_at, op.now)?;
        let row = TemplateRow {
            id: op.mint(),
            collective_id: row.id,
            created_by: person,
            name,
            form,
            recurs,
            next_at,
            created_at: op.now,
            updated_at: op.now,
            version: 1,
        };
        db::templates::insert(op.tx, &row)?;
        Ok(row.id)
    }
}

/// They change it.
#[derive(Clone, Debug)]
pub struct EditTemplate {
    pub id: TemplateId,
    pub template: Template,
    /// What the editor saw; another version meanwhile is [`Refusal::Stale`].
    pub version: i64,
}

impl Operation for EditTemplate {
    type Done = ();

    fn perform(self, op: &mut Op<'_, '_>) -> Result<()> {
        let row = spoken_for(op, self.id)?;
        if row.version != self.version {
            return Err(Refusal::Stale.into());
        }
        let Template { name, form, recurs, next_at } = self.template;
        if (recurs, next_at) != (row.recurs, row.next_at) {
            recurrence(recurs, next_at, op.now)?;
        }
        let row = TemplateRow { name, form, recurs, next_at, updated_at: op.now, ..row };
        Ok(db::templates::update(op.tx, &row)?)
    }
}

/// They throw it away; what was made from it stays.
#[derive(Clone, Debug)]
pub struct DeleteTemplate {
    pub id: TemplateId,
}

impl Operation for DeleteTemplate {
    type Done = ();

    fn perform(self, op: &mut Op<'_, '_>) -> Result<()> {
        let row = spoken_for(op, self.id)?;
        Ok(db::templates::delete(op.tx, row.id)?)
    }
}

/// A member makes a listing from a template, as a draft or for the world.
#[derive(Clone, Debug)]
pub struct UseTemplate {
    pub id: TemplateId,
    /// What the form of the template says.
    pub content: Content,
    pub publish: bool,
}

impl Operation for UseTemplate {
    type Done = ListingId;

    fn perform(self, op: &mut Op<'_, '_>) -> Result<ListingId> {
        let (row, _) = known(op, self.id)?;
        let post =
            PostListing { board: row.collective_id, content: self.content, publish: self.publish };
        let listing = post.perform(op)?;
        db::templates::used(op.tx, row.id, listing)?;
        Ok(listing)
    }
}

/// A template whose time has come becomes a listing; the clock does it. Nothing where that was done before.
///
/// It is done once, however long nobody did it, and the listing closes when the next one is due. Where whoever
/// made the template may publish no more, it rests.
#[derive(Clone, Debug)]
pub struct PublishDue {
    pub id: TemplateId,
    /// For when it was due, as it was read.
    pub due: Time,
    /// What its form says; nothing where that is none of ours any more.
    pub content: Option<Content>,
}

impl Operation for PublishDue {
    type Done = Option<ListingId>;

    fn perform(self, op: &mut Op<'_, '_>) -> Result<Option<ListingId>> {
        by_the_clock(op)?;
        let Some(mut row) = db::templates::lock(op.tx, self.id)? else { return Ok(None) };
        if row.next_at != Some(self.due) || op.now < self.due {
            return Ok(None);
        }
        let next = row.recurs.map(|recurs| recurs.after(self.due, op.now));
        let made = match (next, self.content) {
            (Some(next), Some(mut content)) => {
                if db::moderation::is_suspended(op.tx, row.created_by.actor())? {
                    return rest(op, row);
                }
                content.window.expires_at = Some(next);
                let post = PostListing { board: row.collective_id, content, publish: true };
                post.put(op, row.created_by)
            }
            _ => Err(Refusal::NotAllowed.into()),
        };
        let listing = match made {
            Ok(listing) => listing,
            Err(OpError::Refused(_) | OpError::Invalid(_) | OpError::NotFound(_)) => {
                return rest(op, row);
            }
            Err(err) => return Err(err),
        };
        db::templates::used(op.tx, row.id, listing)?;
        row.next_at = next;
        db::templates::update(op.tx, &row)?;
        Ok(Some(listing))
    }
}

/// Lets a template rest until somebody says anew when it comes again.
fn rest(op: &mut Op<'_, '_>, row: TemplateRow) -> Result<Option<ListingId>> {
    op.audit(Some(row.collective_id), "rest_template", "", &row.name)?;
    let row = TemplateRow { recurs: None, next_at: None, ..row };
    db::templates::update(op.tx, &row)?;
    Ok(None)
}

/// A template for somebody who belongs to its collective; to others it is not there.
fn known(op: &mut Op<'_, '_>, id: TemplateId) -> Result<(TemplateRow, PersonId)> {
    let person = op.person()?;
    let missing = || OpError::NotFound("template");
    let row = db::templates::lock(op.tx, id)?.ok_or_else(missing)?;
    if !db::memberships::standing(op.tx, row.collective_id, person)?.belongs() {
        return Err(missing());
    }
    Ok((row, person))
}

/// The same for somebody who speaks for it.
fn spoken_for(op: &mut Op<'_, '_>, id: TemplateId) -> Result<TemplateRow> {
    let (row, person) = known(op, id)?;
    db::memberships::standing(op.tx, row.collective_id, person)?.speaks()?;
    Ok(row)
}
