//! Operations on guests: local stand-ins for authors whose own server shows them to nobody unsigned.

use db::actors::NewActor;
use domain::{
    ActorId, CollectiveId, Handle, ListingId, Refusal, ReplyId,
    people::{ActorKind, KeyPair},
};

use crate::{Event, Op, OpError, Operation, Result, accounts, relays};

/// How many authors of one name there may be; what a handle can't hold is left out of it, so two may meet.
const MOST_NAMESAKES: u32 = 100;

/// Lets a guest stand in for an author of another server; there is one at a time.
///
/// It names its author, links their own page, and says nothing that they did not say.
#[derive(Clone, Debug)]
pub struct MakeGuest {
    pub author: ActorId,
    pub keys: KeyPair,
}

impl Operation for MakeGuest {
    type Done = ActorId;

    fn perform(self, op: &mut Op<'_, '_>) -> Result<ActorId> {
        relays::ours_to_say(op)?;
        let author = db::actors::find(op.tx, self.author)?
            .filter(|author| !author.local && author.deleted_at.is_none())
            .ok_or(OpError::NotFound("actor"))?;
        if db::instances::is_suspended(op.tx, &author.host)? {
            return Err(Refusal::Blocked.into());
        }
        if let Some(known) = db::guests::find(op.tx, author.id)?
            && known.deleted_at.is_none()
        {
            return Ok(known.id);
        }
        let handle = handle(op, &author.handle, &author.host)?;
        let address = op.site.person(&handle);
        let name = format!("{} ({})", author.handle, author.host);
        let new = NewActor {
            url: author.url.or(Some(author.ap_id)),
            followers: None,
            following: None,
            ..accounts::local_actor(op, &handle, &address, ActorKind::Person, &name, "")
        };
        let guest = accounts::insert_actor(op, &new, &self.keys)?;
        db::guests::set(op.tx, author.id, guest)?;
        Ok(guest)
    }
}

/// The first handle that nobody has or had.
fn handle(op: &mut Op<'_, '_>, name: &str, host: &str) -> Result<Handle> {
    for attempt in 0..MOST_NAMESAKES {
        let handle = Handle::guest(name, host, attempt);
        if db::actors::find_local(op.tx, handle.as_str())?.is_none() {
            return Ok(handle);
        }
    }
    Err(Refusal::NotAllowed.into())
}

/// An author is gone, or nobody here listens to them any more: what was said again of them is taken back, and
/// their guest leaves.
pub(crate) fn dismiss(op: &mut Op<'_, '_>, author: ActorId) -> Result<()> {
    for (reply, _) in db::relays::of_author(op.tx, author)? {
        end(op, reply)?;
    }
    if let Some(guest) = db::guests::find(op.tx, author)?
        && guest.deleted_at.is_none()
    {
        db::actors::bury(op.tx, guest.id, op.now)?;
    }
    Ok(())
}

/// The same with everybody of a server.
pub(crate) fn dismiss_host(op: &mut Op<'_, '_>, host: &str) -> Result<()> {
    for author in db::relays::authors_of(op.tx, host)? {
        dismiss(op, author)?;
    }
    Ok(())
}

/// A collective has nothing to do with an author any more: what was said again of them in its threads is taken
/// back.
pub fn dismiss_from(op: &mut Op<'_, '_>, author: ActorId, home: CollectiveId) -> Result<()> {
    for (reply, listing) in db::relays::of_author(op.tx, author)? {
        if in_thread_of(op, listing, home)? {
            end(op, reply)?;
        }
    }
    Ok(())
}

fn in_thread_of(
    op: &mut Op<'_, '_>,
    listing: Option<ListingId>,
    home: CollectiveId,
) -> Result<bool> {
    let Some(listing) = listing else { return Ok(false) };
    Ok(db::listings::find(op.tx, listing)?.is_some_and(|row| row.collective_id == home))
}

fn end(op: &mut Op<'_, '_>, reply: ReplyId) -> Result<()> {
    db::relays::end(op.tx, reply, op.now)?;
    op.emit(&Event::RelayEnded { reply: reply.uuid() })
}
