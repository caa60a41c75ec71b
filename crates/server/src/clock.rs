//! What happens because time passes: listings expire, accounts are looked after, finished messages are
//! forgotten.

use std::time::Duration;

use actix_web::web::Data;
use domain::Origin;
use federation::workers::Shutdown;
use ops::{
    Door, OpError, Queues,
    console::CountDay,
    listings::ExpireListing,
    media::Store,
    notifications::{SweepNotifications, TellExpiring},
    queues::SWEPT_AT_ONCE,
    templates::PublishDue,
};

use crate::accounts;

/// How often listings are looked through.
const EXPIRY: Duration = Duration::from_secs(30);
/// How many rounds of it make a round of sweeping: an hour.
const SWEEP_EVERY: u32 = 120;

/// Runs until the server shuts down.
pub async fn tick(
    door: Door,
    reader: db::Reader,
    queues: Queues,
    keep_sent_days: i64,
    mut shutdown: Shutdown,
) {
    let mut round = 0_u32;
    loop {
        expire(&door, &reader).await;
        if round.is_multiple_of(SWEEP_EVERY) {
            accounts::look_after(&door, &reader).await;
            if let Err(err) = sweep(&queues, keep_sent_days, &shutdown).await {
                tracing::error!(%err, "finished messages could not be swept");
            }
            notify(&door).await;
            count(&door).await;
        }
        round = round.wrapping_add(1);
        tokio::select! {
            _ = shutdown.changed() => return,
            () = tokio::time::sleep(EXPIRY) => {}
        }
    }
}

/// Publishes the templates whose time has come, a hundred at a time.
pub async fn recur(door: &Door, reader: &db::Reader) {
    let now = door.now();
    let due = reader.read(move |conn| {
        let rows = db::templates::due(conn, now, 100)?;
        let homes = rows.iter().map(|row| db::collectives::find(conn, row.collective_id));
        let homes = homes.collect::<db::Result<Vec<_>>>()?;
        Ok(rows.into_iter().zip(homes).collect::<Vec<_>>())
    });
    let due = match due.await {
        Ok(due) => due,
        Err(err) => {
            tracing::error!(%err, "templates could not be read");
            return;
        }
    };
    for (row, home) in due {
        let Some(due) = row.next_at else { continue };
        let language = home.map(|home| home.language).unwrap_or_default();
        let content = api::template_content(&row.form, language.as_str());
        let publish = PublishDue { id: row.id, due, content };
        if let Err(err) = door.perform(Origin::clock(), publish).await {
            tracing::error!(template = %row.id, %err, "a listing could not come again");
        }
    }
}

/// Publishes what comes again, and throws away pictures that nobody needs, until the server shuts down.
pub async fn tidy(door: Door, reader: db::Reader, media: Data<Store>, mut shutdown: Shutdown) {
    loop {
        if let Err(err) = media.sweep(&door, &reader).await {
            tracing::error!(%err, "pictures could not be swept");
        }
        recur(&door, &reader).await;
        tokio::select! {
            _ = shutdown.changed() => return,
            () = tokio::time::sleep(EXPIRY) => {}
        }
    }
}

/// Forgets what nobody needs any more; what was sent, a batch at a time, so that nobody waits long for the writer.
async fn sweep(queues: &Queues, keep_sent_days: i64, shutdown: &Shutdown) -> ops::Result<()> {
    queues.sweep().await?;
    let before = queues.now().plus_days(-keep_sent_days);
    while queues.sweep_activities(before).await? == SWEPT_AT_ONCE && !*shutdown.borrow() {}
    Ok(())
}

/// Tells authors what is about to expire, and forgets what people were told long ago.
async fn notify(door: &Door) {
    if let Err(err) = door.perform(Origin::clock(), TellExpiring).await {
        tracing::error!(%err, "authors could not be told what expires");
    }
    if let Err(err) = door.perform(Origin::clock(), SweepNotifications).await {
        tracing::error!(%err, "old notifications could not be swept");
    }
}

/// Writes down the numbers of the day, for the console.
async fn count(door: &Door) {
    if let Err(err) = door.perform(Origin::clock(), CountDay).await {
        tracing::error!(%err, "the numbers of the day could not be written down");
    }
}

/// Closes the listings whose time is over, a hundred at a time.
pub async fn expire(door: &Door, reader: &db::Reader) {
    let now = door.now();
    let due = match reader.read(move |conn| db::listings::expired(conn, now, 100)).await {
        Ok(due) => due,
        Err(err) => {
            tracing::error!(%err, "expired listings could not be read");
            return;
        }
    };
    for listing in due {
        match door.perform(Origin::clock(), ExpireListing { listing }).await {
            // A steward was quicker.
            Ok(()) | Err(OpError::Refused(_) | OpError::NotFound(_)) => {}
            Err(err) => tracing::error!(%listing, %err, "a listing could not expire"),
        }
    }
}

#[cfg(test)]
mod tests {
    use domain::templates::Recurs;
    use ops::templates::{CreateTemplate, Template};
    use serde_json::json;
    use testkit::World;

    use super::recur;

    testkit::both_engines!(
        what_comes_again_does_so_on_its_day_and_once,
        a_form_that_is_none_any_more_rests,
    );

    async fn kept(world: &World, form: &str) {
        let ada = world.person("ada").await;
        let collective = world.collective("garden", ada).await;
        let template = Template {
            name: "Boxes".to_owned(),
            form: form.to_owned(),
            recurs: Some(Recurs::Weekly),
            next_at: Some(world.now().plus_days(2)),
        };
        world.done(world.local(ada), CreateTemplate { collective, template }).await;
    }

    /// Two rounds of the clock, and how many listings there are after them.
    async fn rounds(world: &World) -> usize {
        recur(&world.door, &world.reader).await;
        recur(&world.door, &world.reader).await;
        world.rows().await.count("listings")
    }

    async fn what_comes_again_does_so_on_its_day_and_once(world: World) {
        let form = json!({ "purpose": "offer", "kind": "goods", "title": "Boxes" });
        kept(&world, &form.to_string()).await;
        world.clock.advance(2 * 86_400 - 1);
        assert_eq!(rounds(&world).await, 0);
        world.clock.advance(1);
        assert_eq!(rounds(&world).await, 1);
        world.clock.advance(7 * 86_400 - 1);
        assert_eq!(rounds(&world).await, 1);
        world.clock.advance(1);
        assert_eq!(rounds(&world).await, 2);
        world.clock.advance(30 * 86_400);
        assert_eq!(rounds(&world).await, 3, "what was missed is not made up for");
    }

    async fn a_form_that_is_none_any_more_rests(world: World) {
        kept(&world, "{}").await;
        world.clock.advance(2 * 86_400);
        assert_eq!(rounds(&world).await, 0);
        let now = world.now();
        let due = world.read(move |conn| db::templates::due(conn, now, 10)).await;
        assert!(due.is_empty());
    }
}
