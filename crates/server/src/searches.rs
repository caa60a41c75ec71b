//! Tells people of new listings that they look for.

use std::time::Duration;

use anyhow::Context as _;
use db::jobs::JobRow;
use domain::Origin;
use federation::workers::Shutdown;
use ops::{
    Door, Queues,
    searches::{Announced, JOB, TellFound, matching},
};

/// How often new listings are looked for.
const NAP: Duration = Duration::from_secs(2);
/// How often it is tried for one of them.
const MOST_TRIES: i32 = 8;

/// Runs until the server shuts down.
pub async fn work(door: Door, reader: db::Reader, queues: Queues, mut shutdown: Shutdown) {
    loop {
        tell(&door, &reader, &queues).await;
        tokio::select! {
            _ = shutdown.changed() => return,
            () = tokio::time::sleep(NAP) => {}
        }
    }
}

/// Tells of all that is new.
pub async fn tell(door: &Door, reader: &db::Reader, queues: &Queues) {
    let due = match queues.take_jobs_of(JOB, 100).await {
        Ok(due) => due,
        Err(err) => {
            tracing::error!(%err, "new listings could not be read");
            return;
        }
    };
    for job in due {
        let Err(err) = tell_of(door, reader, &job).await else { continue };
        tracing::error!(job = %job.id, "nobody could be told of a new listing: {err:#}");
        let wait = 60_i64.saturating_mul(1 << job.attempts.clamp(0, 8));
        let until = (job.attempts < MOST_TRIES).then(|| queues.now().plus_seconds(wait));
        let settled = queues.put_off_job(job.id, until, format!("{err:#}")).await;
        drop(settled.inspect_err(|err| tracing::error!(%err, "a job could not be settled")));
    }
}

async fn tell_of(door: &Door, reader: &db::Reader, job: &JobRow) -> anyhow::Result<()> {
    let announced: Announced =
        serde_json::from_str(&job.payload).context("the job is not readable")?;
    let listing = announced.listing.into();
    let people = reader.read(move |conn| {
        let row = db::listings::find(conn, listing)?;
        Ok(row.map_or_else(|| Ok(Vec::new()), |row| matching(conn, &row)))
    });
    let people = people.await??;
    door.perform(Origin::server(), TellFound { listing, people, job: job.id }).await?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use domain::{PersonId, listings::Purpose, notifications::Kind, search::Criteria};
    use ops::searches::SaveSearch;
    use testkit::{World, content};

    use super::*;

    testkit::both_engines!(whoever_looks_for_it_is_told_once, no_job_is_left_where_nobody_looks);

    async fn look_for(world: &World, person: PersonId, query: &str) {
        let criteria = Criteria::parse(query).unwrap();
        let search = SaveSearch { name: query.to_owned(), criteria, notify: true };
        world.done(world.local(person), search).await;
    }

    async fn told(world: &World, person: PersonId) -> Vec<String> {
        tell(&world.door, &world.reader, &world.queues).await;
        let rows =
            world.read(move |conn| db::notifications::page(conn, person, false, None, 50)).await;
        assert!(rows.iter().all(|row| row.kind == Kind::Found && row.listing_id.is_some()));
        rows.into_iter().map(|row| row.text).collect()
    }

    async fn whoever_looks_for_it_is_told_once(world: World) {
        let ada = world.person("ada").await;
        let bea = world.person("bea").await;
        let cho = world.person("cho").await;
        let garden = world.collective("garden", ada).await;
        look_for(&world, bea, "q=chairs").await;
        look_for(&world, bea, "purpose=need").await;
        look_for(&world, ada, "q=chairs").await;
        look_for(&world, cho, "q=tables").await;
        let need = world.need(garden, ada, "20 chairs").await;
        world.draft(garden, ada, content(Purpose::Need, "Secret chairs")).await;
        assert_eq!(told(&world, bea).await, ["20 chairs"]);
        assert_eq!(told(&world, bea).await, ["20 chairs"], "and not again");
        assert_eq!(told(&world, ada).await, [""; 0], "it is her own");
        assert_eq!(told(&world, cho).await, [""; 0]);
        let edit = ops::listings::EditListing {
            listing: need,
            content: content(Purpose::Need, "20 tables"),
            version: None,
        };
        world.done(world.local(ada), edit).await;
        assert_eq!(told(&world, cho).await, [""; 0], "it is not new");
    }

    async fn no_job_is_left_where_nobody_looks(world: World) {
        let ada = world.person("ada").await;
        let garden = world.collective("garden", ada).await;
        world.need(garden, ada, "20 chairs").await;
        assert_eq!(world.queues.take_jobs_of(JOB, 1).await.unwrap().len(), 0);
        look_for(&world, ada, "q=chairs").await;
        let need = world.need(garden, ada, "More chairs").await;
        let jobs = world.queues.take_jobs_of(JOB, 2).await.unwrap();
        assert_eq!(jobs.iter().map(|job| &job.name).collect::<Vec<_>>(), [&need.to_string()]);
    }
}
