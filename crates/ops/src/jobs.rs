//! The kinds of work that are left for after a commit; `federation::workers` does them.

use db::actors::ActorRow;
use domain::{JobId, ListingId, Time};
use serde_json::json;

use crate::{Event, Op, Operation, Result};

/// The answers under a listing of ours changed, and its followers are told so.
pub const TOUCH_THREAD: &str = "touch_thread";
/// An inbox is gone, and whoever is behind it is looked for.
pub const CONFIRM_GONE: &str = "confirm_gone";

/// How long the answers under a listing are gathered before its followers are told, in seconds.
const GATHERING: i64 = 30;

/// When a job of this kind that is left now is due.
pub(crate) fn due(kind: &str, now: Time) -> Time {
    match kind {
        TOUCH_THREAD => now.plus_seconds(GATHERING),
        _ => now,
    }
}

/// Leaves word that the answers under a listing are others than before. Many within half a minute are told
/// at once.
pub fn touch(op: &mut Op<'_, '_>, listing: ListingId) -> Result<()> {
    op.job(TOUCH_THREAD, &listing.to_string(), &json!({ "listing": listing.uuid() }))
}

/// Tells that the answers under a listing of ours changed, and ends the job that was left for it.
///
/// Both are one transaction: who answers from now on leaves a new job.
#[derive(Clone, Debug)]
pub struct TouchThread {
    pub listing: ListingId,
    pub job: JobId,
}

impl Operation for TouchThread {
    type Done = ();

    fn perform(self, op: &mut Op<'_, '_>) -> Result<()> {
        db::jobs::finish(op.tx, self.job)?;
        let Some(listing) = db::listings::find(op.tx, self.listing)? else { return Ok(()) };
        let collective = db::actors::find(op.tx, listing.collective_id.actor())?;
        let is_ours = collective.is_some_and(|it: ActorRow| it.local);
        if is_ours && listing.is_public() {
            op.emit(&Event::ThreadChanged { listing: listing.id.uuid() })?;
        }
        Ok(())
    }
}
