//! Guests and relays: who may make them, what is passed on, and how it ends.

use domain::{
    ActorId, CollectiveId, Origin, Refusal, ReplyId,
    memberships::Role,
    replies::{ReactionKind, Visibility},
};
use ops::{
    Event, Op, Operation,
    follows::AskFollow,
    guests::{MakeGuest, dismiss_from},
    memberships::InviteMember,
    reactions::{RecordReaction, RecordUnreaction},
    relays::KeepRelay,
    replies::RecordReply,
};
use testkit::World;

testkit::both_engines!(
    only_the_server_makes_guests_and_relays,
    two_authors_have_two_guests,
    nobody_follows_or_invites_a_guest,
    what_is_said_in_our_threads_is_passed_on,
    votes_are_passed_on_and_boosts_are_not,
    a_message_keeps_its_first_relay_and_a_private_one_has_none,
    who_is_shut_out_of_a_collective_is_said_again_there_no_more,
);

fn note(author: ActorId, number: u32, parent: &str, visibility: Visibility) -> RecordReply {
    RecordReply {
        ap_id: format!("https://b.example/notes/{number}"),
        author,
        in_reply_to: Some(parent.to_owned()),
        visibility,
        html: "<p>hello</p>".to_owned(),
        summary: None,
        sensitive: false,
        language: None,
        url: None,
        published_at: None,
        updated_at: None,
        mentions_us: true,
    }
}

/// A need of the garden: its collective and its address.
async fn need(world: &World) -> (CollectiveId, String) {
    let ada = world.person("ada").await;
    let garden = world.collective("garden", ada).await;
    let need = world.need(garden, ada, "20 chairs").await;
    (garden, world.listing(need).await.ap_id)
}

async fn said(world: &World, author: ActorId, number: u32, parent: &str) -> ReplyId {
    let origin = world.inbox_of(author, &format!("https://b.example/acts/{number}")).await;
    world.done(origin, note(author, number, parent, Visibility::Public)).await
}

async fn guest(world: &World, author: ActorId) -> ActorId {
    world.done(Origin::server(), MakeGuest { author, keys: testkit::pair(0) }).await
}

fn relayed(events: &[Event]) -> Vec<Option<uuid::Uuid>> {
    let relayed = events.iter().filter_map(|event| match event {
        Event::Relayed { reply, .. } => Some(*reply),
        _ => None,
    });
    relayed.collect()
}

async fn only_the_server_makes_guests_and_relays(world: World) {
    let (_, need) = need(&world).await;
    let eve = world.person("eve").await;
    let bob = world.remote_person("bob@b.example").await;
    let reply = said(&world, bob, 1, &need).await;
    let make = MakeGuest { author: bob, keys: testkit::pair(0) };
    let keep = KeepRelay { reply, actor: bob };
    for origin in [world.local(eve), world.inbox_of(bob, "https://b.example/x").await] {
        assert_eq!(world.refused(origin.clone(), make.clone()).await, Refusal::NotTheirsToSay);
        assert_eq!(world.refused(origin, keep.clone()).await, Refusal::NotTheirsToSay);
    }
    let local = MakeGuest { author: eve.actor(), keys: testkit::pair(0) };
    assert!(matches!(world.failed(Origin::server(), local).await, ops::OpError::NotFound("actor")));
}

async fn two_authors_have_two_guests(world: World) {
    let first = world.remote_person("ana@gts.example").await;
    let second = world.remote_person("Ana@gts.example").await;
    let (one, two) = (guest(&world, first).await, guest(&world, second).await);
    assert_eq!(guest(&world, first).await, one, "an author has one");
    let (one, two) = (world.actor(one).await, world.actor(two).await);
    assert_eq!(one.handle, "ana.gts.example.guest");
    assert_eq!(two.handle, "ana.gts.example.2.guest");
    assert_eq!((one.name.as_str(), one.local, one.followers), ("ana (gts.example)", true, None));
    assert_eq!(one.url.as_deref(), Some("https://gts.example/@ana"));
    let people = world.read(db::actors::count_local_people).await;
    assert_eq!(people, 0, "guests do not live here");
}

async fn nobody_follows_or_invites_a_guest(world: World) {
    let ada = world.person("ada").await;
    let garden = world.collective("garden", ada).await;
    let ana = world.remote_person("ana@gts.example").await;
    let guest = guest(&world, ana).await;
    let follow = AskFollow { followed: guest };
    assert_eq!(world.refused(world.local(ada), follow).await, Refusal::NotAllowed);
    let handle = "ana.gts.example.guest".to_owned();
    let invite = InviteMember { collective: garden, handle, role: Role::Member };
    assert_eq!(world.invalid(world.local(ada), invite).await.field, "handle");
}

async fn what_is_said_in_our_threads_is_passed_on(world: World) {
    let (_, need) = need(&world).await;
    let bob = world.remote_person("bob@b.example").await;
    world.events().await;
    let reply = said(&world, bob, 1, &need).await;
    assert_eq!(relayed(&world.events().await), [Some(reply.uuid())]);
    // Gathered for half a minute before it is told.
    world.clock.advance(31);
    let jobs: Vec<String> = world.jobs().await.into_iter().map(|job| job.kind).collect();
    assert!(jobs.contains(&"touch_thread".to_owned()), "{jobs:?}");

    let fetched = note(bob, 2, &need, Visibility::Public);
    world.done(world.fetched_from(bob).await, fetched).await;
    assert_eq!(relayed(&world.events().await), [], "others can fetch it too");
    assert_eq!(
        {
            world.clock.advance(31);
            world.jobs()
        }
        .await[0]
            .kind,
        "touch_thread",
        "but the thread is another"
    );

    for (number, visibility) in [(3, Visibility::Followers), (4, Visibility::Direct)] {
        let origin = world.inbox_of(bob, &format!("https://b.example/acts/{number}")).await;
        world.done(origin, note(bob, number, &need, visibility)).await;
        assert_eq!(relayed(&world.events().await), [], "PRV-06");
        assert!(
            {
                world.clock.advance(31);
                world.jobs()
            }
            .await
            .is_empty()
        );
    }
}

async fn votes_are_passed_on_and_boosts_are_not(world: World) {
    let (_, need) = need(&world).await;
    let bob = world.remote_person("bob@b.example").await;
    world.events().await;
    for (number, kind, want) in
        [(1, ReactionKind::Like, 1), (2, ReactionKind::Dislike, 1), (3, ReactionKind::Boost, 0)]
    {
        let ap_id = format!("https://b.example/acts/{number}");
        let react = RecordReaction { ap_id: ap_id.clone(), actor: bob, kind, object: need.clone() };
        world.done(world.inbox_of(bob, &ap_id).await, react).await;
        assert_eq!(relayed(&world.events().await), vec![None; want], "{kind:?}");
        let origin = world.inbox_of(bob, &format!("{ap_id}/undo")).await;
        let undo = RecordUnreaction { ap_id: Some(ap_id), actor: bob, kind, object: None };
        world.done(origin, undo.clone()).await;
        assert_eq!(relayed(&world.events().await), vec![None; want], "{kind:?} taken back");
        let origin = world.inbox_of(bob, &format!("https://b.example/again/{number}")).await;
        world.done(origin, RecordUnreaction { object: Some(need.clone()), ..undo }).await;
        assert_eq!(relayed(&world.events().await), [], "there is nothing left to take back");
    }
}

async fn a_message_keeps_its_first_relay_and_a_private_one_has_none(world: World) {
    let (garden, need) = need(&world).await;
    let ana = world.remote_person("ana@b.example").await;
    let guest = guest(&world, ana).await;
    let reply = said(&world, ana, 1, &need).await;
    let first = world.done(Origin::server(), KeepRelay { reply, actor: guest }).await;
    let second = KeepRelay { reply, actor: garden.actor() };
    let second = world.done(Origin::server(), second).await;
    assert_eq!((first.ap_id.as_str(), first.actor_id), (second.ap_id.as_str(), second.actor_id));
    let address = first.ap_id.clone();
    let found = world.read(move |conn| db::replies::find_by_ap_id(conn, &address)).await;
    assert_eq!(found.map(|row| row.id), Some(reply), "it is found by that address too");
    let origin = world.inbox_of(ana, "https://b.example/acts/2").await;
    let direct = world.done(origin, note(ana, 2, &need, Visibility::Direct)).await;
    let private = KeepRelay { reply: direct, actor: guest };
    assert_eq!(world.refused(Origin::server(), private).await, Refusal::NotAllowed);
}

/// Shuts somebody out, as far as relays are concerned.
#[derive(Clone)]
struct Dismiss(ActorId, CollectiveId);

impl Operation for Dismiss {
    type Done = ();

    fn perform(self, op: &mut Op<'_, '_>) -> ops::Result<()> {
        dismiss_from(op, self.0, self.1)
    }
}

async fn who_is_shut_out_of_a_collective_is_said_again_there_no_more(world: World) {
    let (garden, need) = need(&world).await;
    let eve = world.person("eve").await;
    let mill = world.collective("mill", eve).await;
    let other = world.need(mill, eve, "flour").await;
    let other = world.listing(other).await.ap_id;
    let ana = world.remote_person("ana@b.example").await;
    let guest = guest(&world, ana).await;
    let mut relays = Vec::new();
    for (number, parent) in [(1, &need), (2, &other)] {
        let reply = said(&world, ana, number, parent).await;
        relays.push(world.done(Origin::server(), KeepRelay { reply, actor: guest }).await);
    }
    world.events().await;
    world.done(Origin::server(), Dismiss(ana, garden)).await;
    let ended = relays[0].reply_id;
    assert_eq!(world.events().await, [Event::RelayEnded { reply: ended.uuid() }]);
    for (relay, is_ended) in [(&relays[0], true), (&relays[1], false)] {
        let reply = relay.reply_id;
        let relay = world.read(move |conn| db::relays::find(conn, reply)).await.unwrap();
        assert_eq!(relay.ended_at.is_some(), is_ended);
    }
    assert!(world.actor(guest).await.deleted_at.is_none(), "others still hear of her");
}
