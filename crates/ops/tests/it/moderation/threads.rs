//! What stewards do in the threads of their collective.

use domain::{
    ActorId, CollectiveId, ListingId, PersonId, Refusal, ReplyId, memberships::Role, replies::As,
};
use ops::{
    Event,
    follows::{AskFollow, RecordFollow},
    moderation::{BlockActor, HideReply, LockListing, UnblockActor},
    replies::{DeleteReply, EditReply, PostReply, RecordReplyDeleted},
};
use testkit::World;

use crate::replies::{need, note};

testkit::both_engines!(
    a_hidden_answer_stays_hidden_whatever_its_author_says,
    a_locked_thread_takes_no_more_answers,
    whoever_is_shut_out_neither_follows_nor_answers,
    old_answers_of_whoever_is_shut_out_do_not_change,
    stewards_look_after_their_own_collective_alone,
);

fn hide(reply: ReplyId, hidden: bool) -> HideReply {
    HideReply { reply, hidden, reason: "advertisement".to_owned() }
}

fn lock(listing: ListingId, locked: bool) -> LockListing {
    LockListing { listing, locked, reason: String::new() }
}

fn block(collective: CollectiveId, actor: ActorId) -> BlockActor {
    BlockActor { collective, actor, reason: "spam".to_owned() }
}

fn answer(listing: ListingId, parent: Option<ReplyId>) -> PostReply {
    let text = "Hello".to_owned();
    PostReply { listing, parent, speak: As::Themselves, text, language: None }
}

/// An answer of Bob's on another server.
async fn heard(world: &World, need: ListingId, bob: ActorId) -> ReplyId {
    let listing = world.listing(need).await.ap_id;
    let origin = world.inbox_of(bob, "https://b.example/activities/1").await;
    let reply = world.done(origin, note(world, bob, 1, &listing).await).await;
    world.events().await;
    reply
}

async fn a_hidden_answer_stays_hidden_whatever_its_author_says(world: World) {
    let (need, garden, ada) = need(&world).await;
    let bob = world.remote_person("bob@b.example").await;
    let reply = heard(&world, need, bob).await;
    world.clock.advance(30);
    world.jobs().await;
    world.done(world.local(ada), hide(reply, true)).await;
    assert_eq!(
        world.events().await,
        [Event::ReplyHidden {
            collective: garden.uuid(),
            reply: reply.uuid(),
            hidden: true,
            reason: "advertisement".to_owned(),
        }]
    );
    world.clock.advance(30);
    let touched: Vec<_> = world.jobs().await.into_iter().map(|job| (job.kind, job.name)).collect();
    let touch = (ops::jobs::TOUCH_THREAD.to_owned(), need.to_string());
    assert!(touched.contains(&touch), "told with all that happens in half a minute: {touched:?}");
    assert_eq!(world.read(move |conn| db::replies::count(conn, need)).await, 0);
    let listing = world.listing(need).await.ap_id;
    let mut changed = note(&world, bob, 1, &listing).await;
    "<p>I mean no harm</p>".clone_into(&mut changed.html);
    world.clock.advance(60);
    changed.updated_at = Some(world.now());
    world.done(world.inbox_of(bob, "https://b.example/activities/2").await, changed).await;
    let row = world.reply(reply).await;
    assert!(row.hidden_at.is_some() && row.html.contains("no harm"), "MOD-14");
    assert_eq!(world.read(move |conn| db::replies::count(conn, need)).await, 0, "MOD-14");
    world.events().await;
    let before = world.rows().await;
    world.done(world.local(ada), hide(reply, true)).await;
    assert!(before.changed(&world.rows().await).is_empty(), "once is enough");
    world.done(world.local(ada), hide(reply, false)).await;
    assert_eq!(world.read(move |conn| db::replies::count(conn, need)).await, 1);
    let address = row.ap_id;
    assert_eq!(
        world.audit().await[1..],
        [
            format!("hide_reply {address} advertisement"),
            format!("show_reply {address} advertisement"),
        ]
    );
}

async fn a_locked_thread_takes_no_more_answers(world: World) {
    let (need, _, ada) = need(&world).await;
    let eve = world.person("eve").await;
    let bob = world.remote_person("bob@b.example").await;
    let first = heard(&world, need, bob).await;
    world.done(world.local(ada), lock(need, true)).await;
    assert_eq!(world.events().await, [Event::ListingLocked { listing: need.uuid(), locked: true }]);
    for person in [eve, ada] {
        let refusal = world.refused(world.local(person), answer(need, None)).await;
        assert_eq!(refusal, Refusal::Locked);
    }
    let refusal = world.refused(world.local(eve), answer(need, Some(first))).await;
    assert_eq!((refusal, refusal.code()), (Refusal::Locked, "locked"));
    let (listing, reply) = (world.listing(need).await.ap_id, world.reply(first).await.ap_id);
    for (number, parent) in [(2, listing), (3, reply)] {
        let at = format!("https://b.example/activities/{number}");
        let said = note(&world, bob, number, &parent).await;
        let refusal = world.refused(world.inbox_of(bob, &at).await, said).await;
        assert_eq!(refusal, Refusal::Locked, "{parent}");
    }
    world.done(world.local(ada), lock(need, false)).await;
    world.done(world.local(eve), answer(need, None)).await;
    let before = world.rows().await;
    world.done(world.local(ada), lock(need, false)).await;
    assert!(before.changed(&world.rows().await).is_empty(), "once is enough");
}

async fn whoever_is_shut_out_neither_follows_nor_answers(world: World) {
    let (need, garden, ada) = need(&world).await;
    let eve = world.person("eve").await;
    let bob = world.remote_person("bob@b.example").await;
    let follow = || RecordFollow {
        ap_id: "https://b.example/follows/1".to_owned(),
        follower: bob,
        followed: garden.actor(),
    };
    world.done(world.inbox_of(bob, "https://b.example/activities/1").await, follow()).await;
    world.done(world.local(eve), AskFollow { followed: garden.actor() }).await;
    world.events().await;
    world.done(world.local(ada), block(garden, bob)).await;
    world.done(world.local(ada), block(garden, eve.actor())).await;
    assert!(world.follow(bob, garden.actor()).await.is_none());
    assert!(world.follow(eve.actor(), garden.actor()).await.is_none());
    let events = world.events().await;
    let ids: Vec<String> = events
        .iter()
        .map(|event| match event {
            Event::FollowRejected { .. } => "rejected".to_owned(),
            Event::ActorBlocked { actor, blocked, .. } => format!("{actor} {blocked}"),
            other => panic!("{other:?}"),
        })
        .collect();
    assert_eq!(ids, ["rejected".to_owned(), format!("{bob} true"), format!("{eve} true")]);
    let refusal = world.refused(world.local(eve), answer(need, None)).await;
    assert_eq!(refusal, Refusal::Blocked);
    let again = world.inbox_of(bob, "https://b.example/activities/2").await;
    assert_eq!(world.refused(again, follow()).await, Refusal::Blocked, "GRP-07");
    let listing = world.listing(need).await.ap_id;
    let said = note(&world, bob, 1, &listing).await;
    let refusal =
        world.refused(world.inbox_of(bob, "https://b.example/activities/3").await, said).await;
    assert_eq!(refusal, Refusal::Blocked);
    let unblock = UnblockActor { collective: garden, actor: eve.actor(), reason: String::new() };
    world.done(world.local(ada), unblock).await;
    world.done(world.local(eve), answer(need, None)).await;
    let grace = world.member(garden, "grace", Role::Member).await;
    let invalid = world.invalid(world.local(ada), block(garden, grace.actor())).await;
    assert_eq!(invalid.to_string(), "actor belongs to this collective; remove them first");
    let invalid = world.invalid(world.local(ada), block(garden, garden.actor())).await;
    assert_eq!(invalid.to_string(), "actor must not be the collective itself");
}

async fn old_answers_of_whoever_is_shut_out_do_not_change(world: World) {
    let (need, garden, ada) = need(&world).await;
    let eve = world.person("eve").await;
    let bob = world.remote_person("bob@b.example").await;
    let theirs = heard(&world, need, bob).await;
    let hers = world.answer(need, eve, "Mine").await;
    world.done(world.local(ada), block(garden, bob)).await;
    world.done(world.local(ada), block(garden, eve.actor())).await;
    let listing = world.listing(need).await.ap_id;
    let mut changed = note(&world, bob, 1, &listing).await;
    "<p>Buy chairs</p>".clone_into(&mut changed.html);
    world.clock.advance(60);
    changed.updated_at = Some(world.now());
    let origin = world.inbox_of(bob, "https://b.example/activities/2").await;
    assert_eq!(world.refused(origin, changed).await, Refusal::Blocked, "MOD-12");
    let edit = EditReply { reply: hers, text: "Buy tables".to_owned() };
    assert_eq!(world.refused(world.local(eve), edit).await, Refusal::Blocked, "MOD-12");
    world.done(world.local(eve), DeleteReply { reply: hers }).await;
    let gone = RecordReplyDeleted { ap_id: world.reply(theirs).await.ap_id, author: bob };
    world.done(world.inbox_of(bob, "https://b.example/activities/3").await, gone).await;
    assert!(world.reply(theirs).await.deleted_at.is_some(), "they may take it back");
}

async fn stewards_look_after_their_own_collective_alone(world: World) {
    let (need, garden, ada) = need(&world).await;
    let grace = world.member(garden, "grace", Role::Delegate).await;
    let mia = world.person("mia").await;
    world.collective("mill", mia).await;
    let bob = world.remote_person("bob@b.example").await;
    let reply = heard(&world, need, bob).await;
    let all = async |person: PersonId| {
        [
            world.refused(world.local(person), hide(reply, true)).await,
            world.refused(world.local(person), lock(need, true)).await,
            world.refused(world.local(person), block(garden, bob)).await,
        ]
    };
    assert_eq!(all(mia).await, [Refusal::NotAMember; 3], "MOD-13");
    assert_eq!(all(grace).await, [Refusal::StewardsOnly; 3]);
    let origin = world.inbox_of(bob, "https://b.example/activities/9").await;
    assert_eq!(world.refused(origin, lock(need, true)).await, Refusal::NotTheirsToSay);
    world.done(world.local(ada), lock(need, true)).await;
}
