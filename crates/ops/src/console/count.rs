//! The book of days: numbers of what is thrown away later.

use db::{Tx, console::counts, days};
use domain::{Speaker, Time};

use super::{Measure, queue};
use crate::{Op, Operation, Result, accounts};

/// For so many days numbers are kept.
pub(super) const KEPT: i64 = 400;

/// Forgets the numbers of days that are long past.
pub(crate) fn forget_old(tx: &mut Tx<'_>, now: Time) -> db::Result<usize> {
    days::sweep(tx, days::of(now) - KEPT)
}

/// Writes down how much there was today, so far; what was received yesterday is counted for the last time.
#[derive(Clone, Copy, Debug)]
pub struct CountDay;

impl Operation for CountDay {
    type Done = ();

    fn perform(self, op: &mut Op<'_, '_>) -> Result<()> {
        if op.origin.speaker != Speaker::Server {
            accounts::administer(op)?;
        }
        let today = days::of(op.now);
        for day in [today - 1, today] {
            let received = counts::received(op.tx, day)?;
            days::raise(op.tx, Measure::Received.word(), day, received)?;
        }
        let active = counts::active(op.tx, days::start(today))?;
        days::raise(op.tx, Measure::Active.word(), today, active)?;
        let waiting = queue(op.tx)?;
        days::raise(op.tx, Measure::Queue.word(), today, waiting)?;
        let (delivered, failed) = counts::sent(op.tx)?;
        days::set(op.tx, Measure::Delivered.word(), today, delivered)?;
        days::set(op.tx, Measure::Failed.word(), today, failed)?;
        forget_old(op.tx, op.now)?;
        Ok(())
    }
}
