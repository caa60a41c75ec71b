//! What happens to accounts because time passes.

use domain::{Origin, accounts::AccountState};
use ops::{
    Door,
    sign_ups::{
        EraseAccount, REJECTED_DAYS, SweepAccounts, UNCONFIRMED_DAYS, WatchDoor, grace_days,
    },
    sponsors::EndGrace,
};

/// So many at a time.
const MANY: i64 = 100;

/// Looks after accounts, once.
pub async fn look_after(door: &Door, reader: &db::Reader) {
    let done = async {
        if door.perform(Origin::clock(), WatchDoor).await? {
            tracing::warn!("nobody watched the open door: new accounts wait for approval now");
        }
        door.perform(Origin::clock(), SweepAccounts).await?;
        let now = door.now();
        let found = reader.read(move |conn| {
            let overdue = db::sponsors::overdue(conn, now.plus_days(-grace_days(conn)?), MANY)?;
            let unconfirmed = db::sponsors::stillborn(
                conn,
                AccountState::Unconfirmed,
                now.plus_days(-UNCONFIRMED_DAYS),
                MANY,
            )?;
            let rejected = db::sponsors::stillborn(
                conn,
                AccountState::Rejected,
                now.plus_days(-REJECTED_DAYS),
                MANY,
            )?;
            Ok((overdue, [unconfirmed, rejected].concat()))
        });
        let (overdue, stillborn) = found.await?;
        for person in overdue {
            door.perform(Origin::clock(), EndGrace { person }).await?;
        }
        for (_, person) in stillborn {
            door.perform(Origin::clock(), EraseAccount { person }).await?;
        }
        Ok::<(), ops::OpError>(())
    };
    if let Err(err) = done.await {
        tracing::error!(%err, "accounts could not be looked after");
    }
}
