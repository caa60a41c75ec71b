//! Throwing away what nobody needs any more.

use domain::{ActivityId, Time};

use super::Queues;
use crate::Result;

/// How many activities are looked at in one transaction.
pub const BATCH: i64 = 1_000;

impl Queues {
    /// Forgets finished messages older than seven days, keys of requests after one, webhooks' letters after thirty, and
    /// codes, tokens, and apps that nobody can use any more.
    pub async fn sweep(&self) -> Result<usize> {
        let now = self.now();
        let before = now.plus_days(-7);
        self.book(move |tx| {
            let swept = db::inbox::sweep(tx, before)? + db::events::sweep(tx, before)?;
            db::idempotency::sweep(tx, before.plus_days(6))?;
            db::webhooks::sweep(tx, before.plus_days(-23))?;
            // Nothing waits longer than a delivery may: a year at most, weeks as a rule.
            let keys =
                db::keys::sweep(tx, before.plus_days(-365))? + db::keys::sweep_gone(tx, before)?;
            db::deliveries::inboxes::sweep(tx)?;
            db::oauth::sweep(tx, now)?;
            Ok(swept + keys + db::deliveries::sweep(tx, before.plus_days(-7))?)
        })
        .await
    }

    /// Forgets activities that were sent before a moment, a thousand at a time; returns how many of them were looked
    /// at, so that less than [`BATCH`] is the end.
    ///
    /// What still waits for somebody stays, and so does, for as long as it can be seen, what was given up. The
    /// `Create` of a listing or an answer that is still there is named by its lists, and a boost by those who take
    /// it back: they are kept.
    pub async fn sweep_activities(&self, before: Time) -> Result<i64> {
        let site = self.door.site().clone();
        self.book(move |tx| {
            let old = db::activities::old(tx, before, BATCH)?;
            let announced = old.iter().filter(|row| row.kind == "Announce");
            let addresses: Vec<String> = announced.map(|row| site.activity(row.id)).collect();
            let boosts = db::activities::boosts(tx, &addresses)?;
            let is_kept =
                |row: &db::activities::OldRow| row.named || boosts.contains(&site.activity(row.id));
            let (kept, gone): (Vec<_>, Vec<_>) = old.into_iter().partition(is_kept);
            let ids = |rows: &[db::activities::OldRow]| -> Vec<ActivityId> {
                rows.iter().map(|row| row.id).collect()
            };
            db::activities::keep(tx, &ids(&kept))?;
            db::activities::forget(tx, &ids(&gone))?;
            Ok(i64::try_from(kept.len() + gone.len()).unwrap_or(BATCH))
        })
        .await
    }
}
