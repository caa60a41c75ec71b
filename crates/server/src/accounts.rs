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
            let before = now.plus_days(-grace_days(conn)?);
            let overdue = db::sponsors::overdue(conn, before, MANY)?;
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

#[cfg(test)]
mod tests {
    use domain::{memberships::Role, sign_ups::SignUpMode};
    use ops::memberships::RemoveMember;
    use testkit::World;

    use super::*;

    testkit::both_engines!(time_shuts_the_door_ends_grace_and_forgets);

    async fn time_shuts_the_door_ends_grace_and_forgets(world: World) {
        world.admin("rosa").await;
        let ada = world.person("ada").await;
        let garden = world.collective("garden", ada).await;
        world.member(garden, "ben", Role::Member).await;
        let bea = world.sponsored(garden, "bea").await;
        world.done(world.local(bea), RemoveMember { collective: garden, member: bea }).await;
        world.door_is(SignUpMode::Open).await;
        world.done(Origin::visitor(), world.new_sign_up("eve")).await;
        let eve = || world.read(|conn| db::accounts::find_login(conn, "eve"));
        look_after(&world.door, &world.reader).await;
        assert!(world.account(bea).await.is_usable() && eve().await.is_some());
        assert_eq!(world.read(ops::sign_ups::mode).await, SignUpMode::Open);

        world.clock.advance(7 * 86_400 + 1);
        look_after(&world.door, &world.reader).await;
        assert_eq!(world.read(ops::sign_ups::mode).await, SignUpMode::Approval);
        assert!(eve().await.is_none(), "she never confirmed");
        assert!(world.account(bea).await.is_usable());

        world.clock.advance(23 * 86_400);
        look_after(&world.door, &world.reader).await;
        assert!(!world.account(bea).await.is_usable());
        assert!(world.account(ada).await.is_usable());
    }
}
