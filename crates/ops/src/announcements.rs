//! Operations on what is said on top of every page, for a while.

use db::announcements::AnnouncementRow;
use domain::{AnnouncementId, Invalid, Time, console::announcement};

use crate::{Op, OpError, Operation, Result, about::Texts, accounts};

/// Says something on top of every page.
#[derive(Clone, Debug)]
pub struct Announce {
    /// By language; in one of them at least.
    pub text: Texts,
    /// From when on; from now on where there is no time.
    pub starts_at: Option<Time>,
    /// Until when; until it is taken away where there is no time.
    pub ends_at: Option<Time>,
}

impl Operation for Announce {
    type Done = AnnouncementId;

    fn perform(self, op: &mut Op<'_, '_>) -> Result<AnnouncementId> {
        accounts::administer(op)?;
        let text = self.text.each(announcement)?;
        if text.is_empty() {
            return Err(Invalid::new("text", "is missing").into());
        }
        let starts_at = self.starts_at.unwrap_or(op.now);
        if self.ends_at.is_some_and(|ends| ends <= starts_at.max(op.now)) {
            return Err(
                Invalid::new("ends_at", "must be in the future, and after its start").into()
            );
        }
        let row = AnnouncementRow {
            id: op.mint(),
            text: text.json(),
            starts_at,
            ends_at: self.ends_at,
            created_by: op.origin.actor(),
            created_at: op.now,
        };
        db::announcements::insert(op.tx, &row)?;
        op.audit(None, "announce", &row.id.to_string(), text.any())?;
        Ok(row.id)
    }
}

/// Takes an announcement away.
#[derive(Clone, Debug)]
pub struct EndAnnouncement {
    pub id: AnnouncementId,
}

impl Operation for EndAnnouncement {
    type Done = ();

    fn perform(self, op: &mut Op<'_, '_>) -> Result<()> {
        accounts::administer(op)?;
        if !db::announcements::delete(op.tx, self.id)? {
            return Err(OpError::NotFound("announcement"));
        }
        op.audit(None, "end_announcement", &self.id.to_string(), "")
    }
}
