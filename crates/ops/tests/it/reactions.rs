//! Likes and boosts of people elsewhere.

use domain::{ActorId, Origin, Refusal, Speaker, Way, listings::Purpose, replies::ReactionKind};
use ops::{
    Event,
    follows::RecordBlock,
    listings::DeleteListing,
    reactions::{RecordReaction, RecordUnreaction},
};
use testkit::{World, content};

testkit::both_engines!(
    a_like_counts_once,
    a_like_is_taken_back_by_its_id_or_by_its_object,
    nobody_likes_for_another,
    what_is_not_public_is_not_liked,
    who_is_blocked_does_not_like,
);

fn like(actor: ActorId, number: u32, object: &str) -> RecordReaction {
    let ap_id = format!("https://b.example/likes/{number}");
    RecordReaction { ap_id, actor, kind: ReactionKind::Like, object: object.to_owned() }
}

async fn a_like_counts_once(world: World) {
    let ada = world.person("ada").await;
    let garden = world.collective("garden", ada).await;
    let need = world.need(garden, ada, "20 chairs").await;
    let reply = world.answer(need, ada, "Who?").await;
    world.events().await;
    let bob = world.remote_person("bob@b.example").await;
    let address = world.listing(need).await.ap_id;
    let by_bob = world.fetched_from(bob).await;
    world.done(by_bob.clone(), like(bob, 1, &address)).await;
    let liked = Event::Heard { what: "like".to_owned(), id: need.uuid() };
    assert_eq!(world.events().await, [liked]);
    for number in [1, 2] {
        world.done(by_bob.clone(), like(bob, number, &address)).await;
    }
    assert_eq!(world.events().await, [], "it is liked already");
    let boost = RecordReaction { kind: ReactionKind::Boost, ..like(bob, 3, &address) };
    world.done(by_bob.clone(), boost).await;
    world.done(by_bob, like(bob, 4, &world.reply(reply).await.ap_id)).await;
    let objects = [need.uuid(), reply.uuid(), garden.uuid()];
    let counts = world.read(move |conn| db::reactions::count(conn, &objects)).await;
    assert_eq!(counts, [(objects[0], 1, 1), (objects[1], 1, 0), (objects[2], 0, 0)]);
}

async fn a_like_is_taken_back_by_its_id_or_by_its_object(world: World) {
    let ada = world.person("ada").await;
    let garden = world.collective("garden", ada).await;
    let need = world.need(garden, ada, "20 chairs").await;
    let address = world.listing(need).await.ap_id;
    let bob = world.remote_person("bob@b.example").await;
    let by_bob = world.fetched_from(bob).await;
    let id = || Some(like(bob, 1, &address).ap_id);
    let kind = ReactionKind::Like;
    for (ap_id, object) in [
        (id(), None),
        (None, Some(address.clone())),
        (id(), Some("https://c.example/1".to_owned())),
    ] {
        world.done(by_bob.clone(), like(bob, 1, &address)).await;
        let undo = RecordUnreaction { ap_id, actor: bob, kind, object };
        for _ in 0..2 {
            world.done(by_bob.clone(), undo.clone()).await;
            assert_eq!(world.rows().await.count("reactions"), 0);
        }
    }
    let nothing = RecordUnreaction { ap_id: None, actor: bob, kind, object: None };
    assert_eq!(world.refused(by_bob, nothing).await, Refusal::NotForUs);
}

async fn nobody_likes_for_another(world: World) {
    let ada = world.person("ada").await;
    let garden = world.collective("garden", ada).await;
    let need = world.need(garden, ada, "20 chairs").await;
    let address = world.listing(need).await.ap_id;
    let bob = world.remote_person("bob@b.example").await;
    let eve = world.remote_person("eve@b.example").await;
    let by_eve = world.inbox_of(eve, "https://b.example/activities/1").await;
    let forged = like(bob, 1, &address);
    assert_eq!(world.refused(by_eve.clone(), forged.clone()).await, Refusal::NotTheirsToSay);
    world.done(world.fetched_from(bob).await, forged.clone()).await;
    for actor in [bob, eve] {
        let kind = ReactionKind::Like;
        let undo =
            RecordUnreaction { ap_id: Some(forged.ap_id.clone()), actor, kind, object: None };
        assert_eq!(world.refused(by_eve.clone(), undo).await, Refusal::NotTheirsToSay);
    }
}

async fn what_is_not_public_is_not_liked(world: World) {
    let ada = world.person("ada").await;
    let garden = world.collective("garden", ada).await;
    let bob = world.remote_person("bob@b.example").await;
    let draft = world.draft(garden, ada, content(Purpose::Need, "A draft")).await;
    let gone = world.need(garden, ada, "20 chairs").await;
    world.done(world.local(ada), DeleteListing { listing: gone }).await;
    let mut addresses = vec!["https://c.example/notes/1".to_owned(), String::new()];
    for listing in [draft, gone] {
        addresses.push(world.listing(listing).await.ap_id);
    }
    for address in addresses {
        let origin = world.inbox_of(bob, "https://b.example/activities/1").await;
        let refusal = world.refused(origin, like(bob, 1, &address)).await;
        assert_eq!(refusal, Refusal::NotForUs, "{address}");
    }
}

async fn who_is_blocked_does_not_like(world: World) {
    let ada = world.person("ada").await;
    let garden = world.collective("garden", ada).await;
    let need = world.need(garden, ada, "20 chairs").await;
    let bob = world.remote_person("bob@b.example").await;
    let said = Origin { speaker: Speaker::Collective(garden), way: Way::Local };
    let ap_id = "https://a.example/activities/block".to_owned();
    world.done(said, RecordBlock { ap_id, blocker: garden.actor(), blocked: bob }).await;
    let liked = like(bob, 1, &world.listing(need).await.ap_id);
    assert_eq!(world.refused(world.fetched_from(bob).await, liked).await, Refusal::Blocked);
}
