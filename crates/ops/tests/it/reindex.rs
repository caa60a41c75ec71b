//! The index of words: kept by whoever writes a row, and made anew on demand.

use domain::{Origin, PersonId, listings::Purpose, search::Criteria};
use ops::{
    listings::DeleteListing,
    moderation::{SuspendActor, UnsuspendActor},
    search::{is_outdated, reindex},
};
use testkit::{World, content};

use crate::listings::said;

testkit::both_engines!(
    whatever_is_written_is_found_until_it_is_gone,
    what_others_say_is_found_as_they_say_it,
    the_index_is_made_anew_while_everything_stays_found,
    people_are_found_while_their_account_is_in_use,
);

async fn found(world: &World, query: &str) -> Vec<String> {
    let criteria = Criteria::parse(query).unwrap();
    let rows = world.read(move |conn| db::listings::page(conn, &criteria, None, 50)).await;
    rows.into_iter().map(|row| row.title).collect()
}

async fn people(world: &World, asked: &str) -> Vec<PersonId> {
    let words = Criteria::parse(&format!("q={asked}")).unwrap().words.unwrap();
    let rows = world.read(move |conn| db::actors::people(conn, &words, None, 50)).await;
    rows.into_iter().map(|row| row.id.person()).collect()
}

async fn whatever_is_written_is_found_until_it_is_gone(world: World) {
    let ada = world.person("ada").await;
    let garden = world.collective("garden", ada).await;
    let need = world.need(garden, ada, "Veinte sillas").await;
    let draft = world.draft(garden, ada, content(Purpose::Need, "Sillas secretas")).await;
    assert_eq!(found(&world, "q=silla").await, ["Veinte sillas"]);
    let edit = ops::listings::EditListing {
        listing: need,
        content: content(Purpose::Need, "Veinte mesas"),
        version: None,
    };
    world.done(world.local(ada), edit).await;
    assert_eq!(found(&world, "q=silla").await, [""; 0]);
    assert_eq!(found(&world, "q=mesa").await, ["Veinte mesas"]);
    let step = ops::listings::Step::Publish;
    let publish = ops::listings::MoveListing { listing: draft, step, version: None };
    world.done(world.local(ada), publish).await;
    assert_eq!(found(&world, "q=secreta").await, ["Sillas secretas"]);
    world.done(world.local(ada), DeleteListing { listing: need }).await;
    assert_eq!(found(&world, "q=mesa").await, [""; 0]);
    // Those of the garden, its founder, and what is still published.
    assert_eq!(world.rows().await.count("searchable"), 3);
}

async fn what_others_say_is_found_as_they_say_it(world: World) {
    let mill = world.remote_collective("mill@b.example").await;
    let listing = world.done(world.fetched_from(mill).await, said(mill, "20 chairs")).await;
    assert_eq!(found(&world, "q=chair+bring").await, ["20 chairs"]);
    assert_eq!(found(&world, "q=steal").await, [""; 0], "only what is shown is found");
    let suspend = SuspendActor { actor: mill, reason: "spam".to_owned() };
    world.done(Origin::server(), suspend).await;
    assert_eq!(found(&world, "q=chair").await, [""; 0]);
    let unsuspend = UnsuspendActor { actor: mill, reason: String::new() };
    world.done(Origin::server(), unsuspend).await;
    assert_eq!(found(&world, "q=chair").await, ["20 chairs"]);
    let gone = ops::listings::RecordListingDeleted { listing };
    world.done(world.fetched_from(mill).await, gone).await;
    assert_eq!(found(&world, "q=chair").await, [""; 0]);
}

async fn the_index_is_made_anew_while_everything_stays_found(world: World) {
    let ada = world.person("ada").await;
    let garden = world.collective("garden", ada).await;
    world.need(garden, ada, "Veinte sillas").await;
    assert!(world.read(is_outdated).await);
    let before = world.rows().await;
    let door = world.door.clone();
    let mut told = Vec::new();
    let (done, told) = tokio::task::spawn_blocking(move || {
        let done = reindex(&door, |rows| told.push(rows)).unwrap();
        (done, told)
    })
    .await
    .unwrap();
    assert_eq!(told.last(), Some(&done));
    assert!(!world.read(is_outdated).await);
    assert_eq!(before.changed(&world.rows().await), ["settings"]);
    assert_eq!(found(&world, "q=silla").await, ["Veinte sillas"]);
}

async fn people_are_found_while_their_account_is_in_use(world: World) {
    let ada = world.person("ada").await;
    let bob = world.remote_person("bob@b.example").await.person();
    assert_eq!(people(&world, "ad").await, [ada]);
    assert_eq!(people(&world, "BÓB").await, [bob]);
    assert_eq!(people(&world, "da").await, []);
    let suspend = |actor| SuspendActor { actor, reason: "spam".to_owned() };
    world.done(Origin::server(), suspend(ada.actor())).await;
    world.done(Origin::server(), suspend(bob.actor())).await;
    assert_eq!(people(&world, "ada").await, []);
    assert_eq!(people(&world, "bob").await, []);
}
