//! Whom people keep away from themselves, and whom they do not want to hear.

use domain::{ActorId, PersonId, Refusal, replies::ReactionKind};
use ops::{
    Event,
    blocks::{KeepAway, LetNear},
    follows::{AskFollow, RecordAnswer, RecordFollow},
    mutes::{MuteActor, UnmuteActor},
    reactions::{React, ReactionObject, RecordReaction},
    replies::PostReply,
};
use testkit::World;

use crate::replies::{need, note};

testkit::both_engines!(
    a_block_ends_follows_both_ways_and_is_told_to_their_server,
    whoever_is_blocked_does_not_answer_like_or_follow,
    a_mute_is_silent_and_hides_in_threads_and_feeds,
    nobody_blocks_or_mutes_themselves_or_nobody,
);

async fn a_block_ends_follows_both_ways_and_is_told_to_their_server(world: World) {
    let (ada, eve) = (world.person("ada").await, world.person("eve").await);
    let bob = world.remote_person("bob@b.example").await;
    world.done(world.local(eve), AskFollow { followed: ada.actor() }).await;
    world.done(world.local(ada), AskFollow { followed: bob }).await;
    let accept = RecordAnswer { follower: ada.actor(), followed: bob, accept: true };
    world.done(world.inbox_of(bob, "https://b.example/activities/1").await, accept).await;
    let ap_id = "https://b.example/follows/1".to_owned();
    let follow = RecordFollow { ap_id: ap_id.clone(), follower: bob, followed: ada.actor() };
    world.done(world.inbox_of(bob, "https://b.example/activities/2").await, follow.clone()).await;
    world.events().await;
    world.done(world.local(ada), KeepAway { actor: eve.actor() }).await;
    assert!(world.follow(eve.actor(), ada.actor()).await.is_none());
    assert_eq!(world.events().await, [], "both live here: no server is told");
    world.done(world.local(ada), KeepAway { actor: bob }).await;
    assert!(world.follow(bob, ada.actor()).await.is_none());
    assert!(world.follow(ada.actor(), bob).await.is_none());
    let told = world.events().await;
    assert!(matches!(&told[0], Event::Unfollowed { followed, .. } if *followed == bob.uuid()));
    assert!(matches!(&told[1], Event::FollowRejected { ap_id: known, .. } if *known == ap_id));
    let Event::KeptAway { person, actor, ap_id, blocked: true } = &told[2] else {
        panic!("{told:?}")
    };
    assert_eq!((*person, *actor), (ada.actor().uuid(), bob.uuid()));
    assert!(ap_id.starts_with("https://a.example/activities/"));
    world.done(world.local(ada), KeepAway { actor: bob }).await;
    assert_eq!(world.events().await, [], "once is enough");
    let again = world.inbox_of(bob, "https://b.example/activities/3").await;
    assert_eq!(world.refused(again, follow).await, Refusal::Blocked);
    world.done(world.local(ada), LetNear { actor: bob }).await;
    let told = world.events().await;
    assert!(
        matches!(&told[..], [Event::KeptAway { ap_id: same, blocked: false, .. }] if same == ap_id)
    );
    assert!(world.follow(ada.actor(), bob).await.is_none(), "follows do not come back");
    assert_eq!(world.rows().await.count("blocks"), 1);
}

async fn whoever_is_blocked_does_not_answer_like_or_follow(world: World) {
    let (need, _, _) = need(&world).await;
    let (kim, eve) = (world.person("kim").await, world.person("eve").await);
    let bob = world.remote_person("bob@b.example").await;
    let reply = world.answer(need, kim, "I have ten").await;
    for actor in [eve.actor(), bob] {
        world.done(world.local(kim), KeepAway { actor }).await;
    }
    let below = PostReply {
        listing: need,
        parent: Some(reply),
        speak: domain::replies::As::Themselves,
        text: "No".to_owned(),
        language: None,
    };
    assert_eq!(world.refused(world.local(eve), below.clone()).await, Refusal::Blocked);
    let object = ReactionObject::Reply(reply);
    let like = React { object, kind: ReactionKind::Like };
    assert_eq!(world.refused(world.local(eve), like).await, Refusal::Blocked);
    let follow = AskFollow { followed: kim.actor() };
    assert_eq!(world.refused(world.local(eve), follow).await, Refusal::Blocked);
    let address = world.reply(reply).await.ap_id;
    let said = note(&world, bob, 1, &address).await;
    let origin = world.inbox_of(bob, "https://b.example/activities/1").await;
    assert_eq!(world.refused(origin, said).await, Refusal::Blocked);
    let like = RecordReaction {
        ap_id: "https://b.example/likes/1".to_owned(),
        actor: bob,
        kind: ReactionKind::Like,
        object: address,
    };
    let origin = world.inbox_of(bob, "https://b.example/activities/2").await;
    assert_eq!(world.refused(origin, like).await, Refusal::Blocked);
    world.answer(need, eve, "To the garden, as ever").await;
    world.done(world.local(kim), LetNear { actor: eve.actor() }).await;
    world.done(world.local(eve), below).await;
}

async fn thread(world: &World, need: domain::ListingId, reader: Option<PersonId>) -> Vec<ActorId> {
    let reader = reader.map(PersonId::actor);
    let rows =
        world.read(move |conn| db::replies::thread_page(conn, need, false, reader, None, 10)).await;
    rows.iter().map(|row| row.1.id).collect()
}

async fn a_mute_is_silent_and_hides_in_threads_and_feeds(world: World) {
    let (need, garden, _) = need(&world).await;
    let (kim, eve) = (world.person("kim").await, world.person("eve").await);
    world.answer(need, eve, "Buy chairs").await;
    for followed in [eve.actor(), garden.actor()] {
        world.done(world.local(kim), AskFollow { followed }).await;
    }
    let feed = || {
        world.read(move |conn| {
            let said = db::replies::feed(conn, kim.actor(), None, 10)?.len();
            Ok((
                said,
                db::listings::feed(conn, kim.actor(), &db::listings::Filter::default(), None, 10)?
                    .len(),
            ))
        })
    };
    assert_eq!(feed().await, (1, 1));
    world.events().await;
    for actor in [eve.actor(), garden.actor()] {
        world.done(world.local(kim), MuteActor { actor }).await;
        world.done(world.local(kim), MuteActor { actor }).await;
    }
    assert_eq!(world.events().await, [], "nobody learns of it");
    assert_eq!(feed().await, (0, 0));
    assert_eq!(thread(&world, need, Some(kim)).await, []);
    assert_eq!(thread(&world, need, None).await, [eve.actor()], "others read on");
    assert!(world.follow(kim.actor(), eve.actor()).await.is_some());
    world.answer(need, eve, "Still here").await;
    world.done(world.local(kim), UnmuteActor { actor: eve.actor() }).await;
    assert_eq!(thread(&world, need, Some(kim)).await.len(), 2);
    world.done(world.local(kim), KeepAway { actor: eve.actor() }).await;
    assert_eq!(thread(&world, need, Some(kim)).await, [], "a block hides as a mute does");
}

async fn nobody_blocks_or_mutes_themselves_or_nobody(world: World) {
    let ada = world.person("ada").await;
    let me = ada.actor();
    let never: ActorId = world.queues.mint();
    let invalid = world.invalid(world.local(ada), KeepAway { actor: me }).await;
    assert_eq!(invalid.to_string(), "actor must not be yourself");
    let invalid = world.invalid(world.local(ada), MuteActor { actor: me }).await;
    assert_eq!(invalid.to_string(), "actor must not be yourself");
    let missing = world.failed(world.local(ada), KeepAway { actor: never }).await;
    assert_eq!(missing.to_string(), "actor not found");
    let missing = world.failed(world.local(ada), MuteActor { actor: never }).await;
    assert_eq!(missing.to_string(), "actor not found");
}
