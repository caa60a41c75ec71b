//! Suspended people, here and elsewhere.

use db::activities::ActivityRow;
use domain::{ActorId, Origin, PersonId, Refusal};
use ops::{
    actors::RecordActorGone,
    follows::{AskFollow, RecordUnfollow},
    moderation::{SuspendActor, UnsuspendActor},
    queues::Letter,
    replies::{PostReply, RecordReplyDeleted},
    secrets,
};
use testkit::World;

use crate::replies::{need, note};

testkit::both_engines!(
    of_a_suspended_person_here_nothing_leaves,
    from_a_suspended_person_elsewhere_only_deletions_are_heard,
    only_admins_suspend_and_not_themselves,
);

fn suspend(actor: ActorId) -> SuspendActor {
    SuspendActor { actor, reason: "spam".to_owned() }
}

fn letter(world: &World, sender: PersonId) -> Letter {
    let row = ActivityRow {
        id: world.queues.mint(),
        actor_id: sender.actor(),
        kind: "Create".to_owned(),
        public: true,
        body: "{}".to_owned(),
        created_at: world.now(),
        key_id: None,
        lane: Vec::new(),
    };
    Letter::to(vec![("https://b.example/inbox".to_owned(), "b.example".to_owned())], row)
}

async fn of_a_suspended_person_here_nothing_leaves(world: World) {
    let (need, _, _) = need(&world).await;
    let eve = world.person("eve").await;
    let reply = world.answer(need, eve, "Buy chairs").await;
    let token = world.token(eve, "read write").await;
    let (session, _) = world.session(eve).await;
    let now = world.now();
    let due = world.read(move |conn| db::events::due(conn, now, 10)).await;
    world.queues.tell(due[0].id, vec![letter(&world, eve)]).await.unwrap();
    assert_eq!(world.deliveries().await.len(), 1);
    world.done(Origin::server(), suspend(eve.actor())).await;
    assert!(world.deliveries().await.is_empty(), "MOD-04: what was queued is taken back");
    let digest = secrets::digest(&token);
    let found = world.read(move |conn| db::accounts::find_token(conn, &digest, now)).await;
    assert!(found.is_none(), "MOD-04: tokens are dead");
    let digest = secrets::digest(&session);
    let found = world.read(move |conn| db::accounts::find_session(conn, &digest, now)).await;
    assert!(found.is_none(), "MOD-04: sessions are dead");
    let more = PostReply {
        listing: need,
        parent: None,
        speak: domain::replies::As::Themselves,
        text: "More".to_owned(),
        language: None,
    };
    let refusal = world.refused(world.local(eve), more.clone()).await;
    assert_eq!(refusal, Refusal::NotAllowed, "MOD-04");
    let due = world.read(move |conn| db::events::due(conn, now, 10)).await;
    for event in due {
        world.queues.tell(event.id, vec![letter(&world, eve)]).await.unwrap();
    }
    assert!(world.deliveries().await.is_empty(), "MOD-04: nothing more is queued");
    let thread = || world.read(move |conn| db::replies::thread(conn, need, 10));
    assert!(thread().await.is_empty());
    let back = UnsuspendActor { actor: eve.actor(), reason: "a mistake".to_owned() };
    world.done(Origin::server(), back).await;
    assert_eq!(thread().await[0].0.id, reply);
    world.done(world.local(eve), more).await;
    let digest = secrets::digest(&token);
    let found = world.read(move |conn| db::accounts::find_token(conn, &digest, now)).await;
    assert!(found.is_none(), "a token that has ended stays ended");
    assert_eq!(
        world.audit().await[1..],
        ["suspend_actor @eve@a.example spam", "unsuspend_actor @eve@a.example a mistake"]
    );
}

async fn from_a_suspended_person_elsewhere_only_deletions_are_heard(world: World) {
    let (need, _, ada) = need(&world).await;
    let bob = world.remote_person("bob@b.example").await;
    let listing = world.listing(need).await.ap_id;
    let at = |number: u32| format!("https://b.example/activities/{number}");
    let first = note(&world, bob, 1, &listing).await;
    let ap_id = first.ap_id.clone();
    let reply = world.done(world.inbox_of(bob, &at(1)).await, first).await;
    world.done(world.local(ada), AskFollow { followed: bob }).await;
    world.done(Origin::server(), suspend(bob)).await;
    assert!(world.follow(ada.actor(), bob).await.is_none());
    assert!(world.read(move |conn| db::replies::thread(conn, need, 10)).await.is_empty());
    let second = note(&world, bob, 2, &listing).await;
    let refusal = world.refused(world.inbox_of(bob, &at(2)).await, second.clone()).await;
    assert_eq!(refusal, Refusal::Blocked, "MOD-03");
    assert_eq!(world.refused(world.fetched_from(bob).await, second).await, Refusal::Blocked);
    let again = world.new_remote(domain::people::ActorKind::Person, "bob@b.example");
    assert_eq!(world.refused(Origin::server(), again).await, Refusal::Blocked);
    let unfollow = RecordUnfollow { follower: bob, followed: ada.actor() };
    world.done(world.inbox_of(bob, &at(3)).await, unfollow).await;
    let gone = RecordReplyDeleted { ap_id, author: bob };
    world.done(world.inbox_of(bob, &at(4)).await, gone).await;
    assert!(world.reply(reply).await.deleted_at.is_some(), "MOD-03: deletions are honoured");
    world.done(world.inbox_of(bob, &at(5)).await, RecordActorGone { actor: bob }).await;
    assert!(world.actor(bob).await.deleted_at.is_some(), "MOD-03");
}

async fn only_admins_suspend_and_not_themselves(world: World) {
    let (_, garden, ada) = need(&world).await;
    let rosa = world.admin("rosa").await;
    let bob = world.remote_person("bob@b.example").await;
    assert_eq!(world.refused(world.local(ada), suspend(bob)).await, Refusal::NotAllowed);
    let invalid = world.invalid(world.local(rosa), suspend(rosa.actor())).await;
    assert_eq!(invalid.to_string(), "actor must not be yourself");
    let invalid = world.invalid(world.local(rosa), suspend(garden.actor())).await;
    assert!(invalid.to_string().starts_with("actor must be a person"), "{invalid}");
    world.done(world.local(rosa), suspend(bob)).await;
    let before = world.rows().await;
    world.done(world.local(rosa), suspend(bob)).await;
    assert!(before.changed(&world.rows().await).is_empty(), "once is enough");
}
