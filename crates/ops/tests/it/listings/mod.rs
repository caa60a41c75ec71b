//! Needs and offers: posted, changed, and heard of.

mod changes;
mod elsewhere;
mod expiry;
mod posting;
mod states;
mod tags;

pub(crate) use elsewhere::{ADDRESS, said};

use domain::{CollectiveId, ListingId, PersonId, listings::State};
use ops::listings::{MoveListing, Step};
use testkit::World;

/// A garden and its steward, Ada.
async fn garden(world: &World) -> (CollectiveId, PersonId) {
    let ada = world.person("ada").await;
    (world.collective("garden", ada).await, ada)
}

fn step(listing: ListingId, step: Step) -> MoveListing {
    MoveListing { listing, step, version: None }
}

async fn moved(world: &World, person: PersonId, listing: ListingId, to: Step) -> State {
    world.done(world.local(person), step(listing, to)).await
}
