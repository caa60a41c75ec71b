//! Throwing away what nobody needs any more.

use db::{DbError, Tx, pool::Transient, rows::counts};
use domain::{ActivityId, Origin, Time};

use super::Queues;
use crate::{
    Op, OpError, Operation as _, Result, Site, console::forget_old,
    notifications::SweepNotifications, sign_ups::SweepAccounts,
};

/// How many activities are looked at in one transaction.
pub const BATCH: i64 = 1_000;

impl Queues {
    /// Forgets finished messages older than seven days, keys of requests after one, webhooks' letters after thirty, and
    /// codes, tokens, and apps that nobody can use any more.
    pub async fn sweep(&self) -> Result<usize> {
        let now = self.now();
        self.book(move |tx| finished(tx, now)).await
    }

    /// Forgets activities that were sent before a moment, a thousand at a time; returns how many of them were looked
    /// at, so that less than [`BATCH`] is the end.
    ///
    /// What still waits for somebody stays, and so does, for as long as it can be seen, what was given up. The
    /// `Create` of a listing or an answer that is still there is named by its lists, and a boost by those who take
    /// it back: they are kept.
    pub async fn sweep_activities(&self, before: Time) -> Result<i64> {
        let site = self.door.site().clone();
        self.book(move |tx| sent(tx, &site, before)).await
    }

    /// What would be thrown away now, by table: it is thrown away, counted, and put back. Others who write wait
    /// meanwhile, on SQLite.
    pub async fn preview(&self, keep_sent_days: i64) -> Result<Vec<(String, i64)>> {
        let (now, site) = (self.now(), self.door.site().clone());
        let writer = self.door.writer().clone();
        let counted = tokio::task::spawn_blocking(move || {
            let undone = writer.transaction(|tx| {
                let before = counts(tx)?;
                finished(tx, now)?;
                while sent(tx, &site, now.plus_days(-keep_sent_days))? == BATCH {}
                let origin = Origin::clock();
                let mut op = Op { tx, now, origin: &origin, site: &site };
                SweepNotifications.perform(&mut op)?;
                SweepAccounts.perform(&mut op)?;
                forget_old(op.tx, now)?;
                let after = counts(tx)?;
                let gone = before.into_iter().zip(after);
                let gone = gone.map(|((table, before), (_, after))| (table, before - after));
                Err::<(), _>(Preview::Counted(gone.filter(|(_, rows)| 0 < *rows).collect()))
            });
            match undone {
                Err(Preview::Counted(gone)) => Ok(gone),
                Err(Preview::Failed(err)) => Err(err),
                Ok(()) => Ok(Vec::new()),
            }
        });
        counted.await.map_err(|err| DbError::Unavailable(err.to_string()))?
    }
}

/// Why the transaction of a preview ends as it does.
enum Preview {
    Counted(Vec<(String, i64)>),
    Failed(OpError),
}

impl From<DbError> for Preview {
    fn from(err: DbError) -> Self {
        Self::Failed(err.into())
    }
}

impl From<OpError> for Preview {
    fn from(err: OpError) -> Self {
        Self::Failed(err)
    }
}

impl Transient for Preview {
    fn is_transient(&self) -> bool {
        matches!(self, Self::Failed(err) if err.is_transient())
    }
}

fn finished(tx: &mut Tx<'_>, now: Time) -> db::Result<usize> {
    let before = now.plus_days(-7);
    let swept = db::inbox::sweep(tx, before)? + db::events::sweep(tx, before)?;
    db::idempotency::sweep(tx, before.plus_days(6))?;
    db::webhooks::sweep(tx, before.plus_days(-23))?;
    // Nothing waits longer than a delivery may: a year at most, weeks as a rule.
    let keys = db::keys::sweep(tx, before.plus_days(-365))? + db::keys::sweep_gone(tx, before)?;
    db::deliveries::inboxes::sweep(tx)?;
    db::oauth::sweep(tx, now)?;
    Ok(swept + keys + db::deliveries::sweep(tx, before.plus_days(-7))?)
}

fn sent(tx: &mut Tx<'_>, site: &Site, before: Time) -> db::Result<i64> {
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
}
