//! Likes and boosts of people elsewhere.

use domain::{ActorId, Origin, Refusal, Speaker, Way, listings::Purpose, replies::ReactionKind};
use ops::{
    Event, OpError,
    follows::RecordBlock,
    listings::DeleteListing,
    reactions::{React, ReactionObject, RecordReaction, RecordUnreaction, Unreact},
};
use testkit::{World, content};

testkit::both_engines!(
    a_like_counts_once,
    a_like_is_taken_back_by_its_id_or_by_its_object,
    nobody_likes_for_another,
    what_is_not_public_is_not_liked,
    who_is_blocked_does_not_like,
    a_vote_replaces_the_opposite_vote,
    people_here_like_and_vote_and_take_it_back,
    nobody_here_likes_what_they_cannot_see,
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
    let counts: Vec<_> = counts.iter().map(|it| (it.object, it.likes, it.boosts)).collect();
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

async fn votes(world: &World, id: uuid::Uuid) -> (i64, i64) {
    let counts = world.read(move |conn| db::reactions::count(conn, &[id])).await;
    (counts[0].likes, counts[0].dislikes)
}

async fn a_vote_replaces_the_opposite_vote(world: World) {
    let ada = world.person("ada").await;
    let garden = world.collective("garden", ada).await;
    let need = world.need(garden, ada, "20 chairs").await;
    let address = world.listing(need).await.ap_id;
    let bob = world.remote_person("bob@b.example").await;
    let by_bob = world.fetched_from(bob).await;
    let dislike =
        |number| RecordReaction { kind: ReactionKind::Dislike, ..like(bob, number, &address) };
    for (vote, want) in [
        (like(bob, 1, &address), (1, 0)),
        (dislike(2), (0, 1)),
        (dislike(3), (0, 1)),
        (like(bob, 4, &address), (1, 0)),
        (dislike(5), (0, 1)),
    ] {
        world.done(by_bob.clone(), vote).await;
        assert_eq!(votes(&world, need.uuid()).await, want);
    }
    let undo = RecordUnreaction {
        ap_id: None,
        actor: bob,
        kind: ReactionKind::Like,
        object: Some(address),
    };
    world.done(by_bob, undo).await;
    assert_eq!(votes(&world, need.uuid()).await, (0, 0), "as Lemmy 0.19 takes a vote back");
}

async fn people_here_like_and_vote_and_take_it_back(world: World) {
    let ada = world.person("ada").await;
    let garden = world.collective("garden", ada).await;
    let need = world.need(garden, ada, "20 chairs").await;
    let reply = world.answer(need, ada, "Who?").await;
    world.events().await;
    for (object, id) in
        [(ReactionObject::Listing(need), need.uuid()), (ReactionObject::Reply(reply), reply.uuid())]
    {
        let (like, dislike) = (ReactionKind::Like, ReactionKind::Dislike);
        let said = |event: &Event| match event {
            Event::Reacted { what, undone, .. } => (what.clone(), *undone),
            other => panic!("{other:?}"),
        };
        for (kind, undo, want, events) in [
            (like, false, (1, 0), vec![("like", false)]),
            (like, false, (1, 0), vec![]),
            (dislike, false, (0, 1), vec![("like", true), ("dislike", false)]),
            (like, true, (0, 1), vec![]),
            (dislike, true, (0, 0), vec![("dislike", true)]),
        ] {
            if undo {
                world.done(world.local(ada), Unreact { object, kind }).await;
            } else {
                world.done(world.local(ada), React { object, kind }).await;
            }
            assert_eq!(votes(&world, id).await, want);
            let told: Vec<_> = world.events().await.iter().map(said).collect();
            let events: Vec<_> =
                events.into_iter().map(|(what, undone)| (what.to_owned(), undone)).collect();
            assert_eq!(told, events);
        }
    }
    let boost = React { object: ReactionObject::Listing(need), kind: ReactionKind::Boost };
    assert_eq!(world.refused(world.local(ada), boost).await, Refusal::NotAllowed);
}

async fn nobody_here_likes_what_they_cannot_see(world: World) {
    let ada = world.person("ada").await;
    let garden = world.collective("garden", ada).await;
    let draft = world.draft(garden, ada, content(Purpose::Need, "A draft")).await;
    let like = React { object: ReactionObject::Listing(draft), kind: ReactionKind::Like };
    let failure = world.failed(world.local(ada), like.clone()).await;
    assert!(matches!(failure, OpError::NotFound("listing")), "{failure:?}");
    let bob = world.remote_person("bob@b.example").await;
    assert_eq!(world.refused(world.fetched_from(bob).await, like).await, Refusal::NotTheirsToSay);
}
