//! What becomes of what is sent.

use std::time::Duration;

use db::{
    Tx,
    deliveries::{DeliveryRow, inboxes},
};
use domain::{ActivityId, JobId, Time};
use serde_json::json;

use super::Queues;
use crate::{Result, jobs};

/// The longest pause between two tries: four hours.
const LONGEST_PAUSE: i64 = 4 * 3_600;
/// An inbox that fails on so many letters, one after the other, is left in peace, and then tried with one alone.
pub const MOST_FAILURES: i32 = 3;

/// What became of a delivery.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Sent {
    Arrived,
    /// The inbox is gone for good; whether who is behind it is gone too is asked.
    Gone,
    /// The inbox that a server's actors share is not there: each of those who are addressed gets it alone.
    Unshared {
        addressed: Vec<String>,
    },
    /// They will not take it; no use trying again.
    Refused(String),
    /// Try the host again at this moment, and nothing of it before.
    Later {
        at: Time,
        why: String,
    },
    /// Try this one again at this moment; what is about other things goes on.
    PutOff {
        at: Time,
        why: String,
        /// Whether they said so; else it is trouble of our own.
        theirs: bool,
    },
}

/// When something is tried again: after 15 s, 30 s, a minute … four hours, or when the peer asks for it.
#[must_use]
pub fn pause(now: Time, attempts: i32, asked: Option<Duration>) -> Time {
    let usual = 15_i64.saturating_mul(1 << attempts.clamp(0, 12)).min(LONGEST_PAUSE);
    let asked = asked.and_then(|asked| i64::try_from(asked.as_secs()).ok()).unwrap_or_default();
    // A tenth of jitter from the clock itself keeps hosts that failed together from meeting again.
    let jitter = now.micros().rem_euclid(usual.max(10) / 10 + 1);
    now.plus_seconds(usual.max(asked) + jitter)
}

impl Queues {
    /// Writes down what became of a delivery, and gives the host back where it is to be left in peace.
    ///
    /// A host that is another's by now stays with them: how it does is theirs to say.
    pub async fn settle(&self, delivery: &DeliveryRow, sent: Sent) -> Result<()> {
        let (job, now): (JobId, Time) = (self.mint(), self.now());
        let (worker, row) = (self.worker.clone(), delivery.clone());
        let leaves_work = sent == Sent::Gone;
        self.book(move |tx| {
            let (id, inbox, host) = (row.activity_id, row.inbox.as_str(), row.host.as_str());
            match &sent {
                Sent::Arrived => db::deliveries::finish(tx, id, inbox, host, now),
                Sent::Gone => {
                    let payload = json!({ "host": host, "inbox": inbox }).to_string();
                    db::jobs::push(tx, job, jobs::CONFIRM_GONE, inbox, &payload, now, now)?;
                    db::deliveries::answered(tx, id, inbox, host, now)
                }
                Sent::Unshared { addressed } => {
                    share_out(tx, id, inbox, host, addressed, now)?;
                    db::deliveries::answered(tx, id, inbox, host, now)?;
                    inboxes::is_lost(tx, inbox, host)
                }
                Sent::Refused(why) => db::deliveries::give_up(tx, id, inbox, why),
                Sent::PutOff { at, why, theirs } => put_off(tx, &row, *at, why, *theirs, now),
                Sent::Later { at, why } => {
                    db::deliveries::put_off(tx, &row, *at, why)?;
                    if db::deliveries::renew(tx, host, &worker, now)? {
                        db::deliveries::back_off(tx, host, *at, why, now)?;
                    }
                    Ok(())
                }
            }
        })
        .await?;
        if leaves_work {
            self.bell().jobs.notify_one();
        }
        Ok(())
    }
}

/// A letter waits, with what is behind it in its lane; an inbox that fails on one after the other waits as a whole.
fn put_off(
    tx: &mut Tx<'_>,
    row: &DeliveryRow,
    at: Time,
    why: &str,
    theirs: bool,
    now: Time,
) -> db::Result<()> {
    if !theirs {
        return db::deliveries::put_off(tx, row, at, why);
    }
    let (failures, mut until) = inboxes::count_failure(tx, &row.inbox, &row.host, now)?;
    if MOST_FAILURES <= failures && until <= now {
        until = pause(now, failures - MOST_FAILURES, None);
        inboxes::leave_in_peace(tx, &row.inbox, until)?;
    }
    db::deliveries::put_off(tx, row, at.max(until), why)?;
    db::deliveries::note_answer(tx, &row.host, why, now)
}

/// Sends what was for a shared inbox to the inboxes of those whom it is for.
fn share_out(
    tx: &mut Tx<'_>,
    activity: ActivityId,
    inbox: &str,
    host: &str,
    addressed: &[String],
    now: Time,
) -> db::Result<()> {
    db::actors::forget_shared_inbox(tx, host, inbox)?;
    let row = db::activities::find(tx, activity)?;
    let sender = row.filter(|row| row.public).map(|row| row.actor_id);
    let followed = db::actors::followed_at(tx, addressed)?;
    for actor in followed.into_iter().map(|actor| actor.id).chain(sender) {
        db::deliveries::push_to_each(tx, activity, actor, host, now)?;
    }
    for actor in db::actors::named(tx, addressed, host)? {
        db::deliveries::push(tx, activity, &actor.inbox, host, now)?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pauses_grow_and_end() {
        let now = Time::from_micros(0);
        let seconds = |attempts, asked: Option<u64>| {
            pause(now, attempts, asked.map(Duration::from_secs)).seconds()
        };
        for (attempts, asked, want) in [
            (0, None, 15),
            (1, None, 30),
            (5, None, 480),
            (30, None, LONGEST_PAUSE),
            (0, Some(120), 120),
            (5, Some(120), 480),
        ] {
            assert_eq!(seconds(attempts, asked), want, "{attempts} {asked:?}");
        }
    }
}
