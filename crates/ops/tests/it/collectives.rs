//! Collectives: founded, and changed by their stewards.

use domain::{
    Handle, Origin, Refusal,
    collectives::{FollowPolicy, Profile},
    memberships::{Role, Standing},
    people::ActorKind,
};
use ops::{
    Event, OpError,
    collectives::{CreateCollective, EditCollective},
};
use testkit::World;

testkit::both_engines!(
    a_collective_is_a_group_a_voice_and_a_first_steward,
    only_people_of_this_server_found_one,
    stewards_say_what_it_says_of_itself,
    nobody_else_changes_it,
    who_saw_an_older_version_loads_it_again,
    of_two_edits_of_one_version_at_once_one_is_stale,
);

async fn a_collective_is_a_group_a_voice_and_a_first_steward(world: World) {
    let ada = world.person("ada").await;
    let new = world.new_collective("garden");
    let garden = world.done(world.local(ada), new.clone()).await;

    let group = world.actor(garden.actor()).await;
    assert_eq!(group.ap_id, "https://a.example/c/garden");
    assert_eq!((group.kind, group.handle.as_str()), (ActorKind::Group, "garden"));
    assert_eq!(group.moderators.as_deref(), Some("https://a.example/c/garden/moderators"));
    assert_eq!(group.featured.as_deref(), Some("https://a.example/c/garden/featured"));
    assert!(!group.approves_followers);

    let row = world.read(move |conn| db::collectives::find(conn, garden)).await.unwrap();
    let voice = world.actor(row.voice_id).await;
    assert_eq!(voice.ap_id, "https://a.example/c/garden/voice");
    assert_eq!((voice.kind, voice.handle.as_str()), (ActorKind::Organization, "garden.voice"));
    assert_eq!(voice.inbox, group.inbox, "an answer to the voice is an answer to the collective");
    assert_eq!(voice.url.as_deref(), Some(group.ap_id.as_str()));
    assert_eq!(voice.followers, None);

    for (actor, pair) in [(group.id, new.group_keys), (voice.id, new.voice_keys)] {
        let (_, pem) = world.read(move |conn| db::keys::private(conn, actor)).await.unwrap();
        assert_eq!(pem, pair.private_pem);
    }
    assert_eq!(world.standing(garden, ada).await, Standing::Active(Role::Steward));
    assert_eq!(world.audit().await, ["create_collective https://a.example/c/garden"]);
    assert_eq!(world.events().await, []);
}

async fn only_people_of_this_server_found_one(world: World) {
    let bob = world.remote_person("bob@b.example").await;
    let by_inbox = world.inbox_of(bob, "https://b.example/activities/1").await;
    for origin in [by_inbox, world.fetched_from(bob).await, Origin::server(), Origin::clock()] {
        let refusal = world.refused(origin, world.new_collective("garden")).await;
        assert_eq!(refusal, Refusal::NotTheirsToSay);
    }
    let ada = world.person("ada").await;
    let handle = Handle::parse("ada").unwrap();
    let taken = CreateCollective { handle, ..world.new_collective("garden") };
    assert_eq!(world.invalid(world.local(ada), taken).await.field, "handle");
}

async fn stewards_say_what_it_says_of_itself(world: World) {
    let ada = world.person("ada").await;
    let garden = world.collective("garden", ada).await;
    world.events().await;
    world.clock.advance(60);
    let profile = Profile {
        summary: "We grow.".to_owned(),
        follow_policy: FollowPolicy::Approval,
        members_publish: false,
        ..world.profile("The Garden")
    };
    let edit = EditCollective { collective: garden, profile, version: Some(1) };
    world.done(world.local(ada), edit).await;

    let group = world.actor(garden.actor()).await;
    assert_eq!((group.name.as_str(), group.summary.as_str()), ("The Garden", "We grow."));
    assert!(group.approves_followers);
    assert_eq!(group.updated_at, world.now());
    let row = world.read(move |conn| db::collectives::find(conn, garden)).await.unwrap();
    assert_eq!((row.version, row.follow_policy), (2, FollowPolicy::Approval));
    assert!(!row.board().members_publish);
    assert_eq!(world.actor(row.voice_id).await.name, "The Garden");
    assert_eq!(world.events().await, [Event::actor_changed(garden.actor())]);
    assert_eq!(world.audit().await.last().unwrap(), "edit_collective");
}

async fn nobody_else_changes_it(world: World) {
    let ada = world.person("ada").await;
    let garden = world.collective("garden", ada).await;
    let mill = world.remote_collective("mill@b.example").await.collective();
    let edit = |collective| EditCollective {
        collective,
        profile: world.profile("Taken over"),
        version: None,
    };
    for (handle, role) in
        [("bea", Role::Delegate), ("cho", Role::AccountManager), ("dan", Role::Member)]
    {
        let member = world.member(garden, handle, role).await;
        let refusal = world.refused(world.local(member), edit(garden)).await;
        assert_eq!(refusal, Refusal::StewardsOnly, "{role:?}");
    }
    let eve = world.person("eve").await;
    assert_eq!(world.refused(world.local(eve), edit(garden)).await, Refusal::NotAMember);
    let by_inbox = world.inbox_of(mill.actor(), "https://b.example/activities/1").await;
    for origin in [by_inbox, Origin::server()] {
        assert_eq!(world.refused(origin, edit(garden)).await, Refusal::NotTheirsToSay);
    }
    assert_eq!(world.refused(world.local(ada), edit(mill)).await, Refusal::NotFromHere);
    let nothing = edit(ada.actor().collective());
    let missing = world.failed(world.local(ada), nothing).await;
    assert!(matches!(missing, OpError::NotFound("collective")), "a person is no collective");
}

async fn who_saw_an_older_version_loads_it_again(world: World) {
    let ada = world.person("ada").await;
    let garden = world.collective("garden", ada).await;
    let edit = |name: &str, version| EditCollective {
        collective: garden,
        profile: world.profile(name),
        version,
    };
    world.done(world.local(ada), edit("One", Some(1))).await;
    assert_eq!(world.refused(world.local(ada), edit("Two", Some(1))).await, Refusal::Stale);
    world.done(world.local(ada), edit("Three", Some(2))).await;
    world.done(world.local(ada), edit("Four", None)).await;
}

async fn of_two_edits_of_one_version_at_once_one_is_stale(world: World) {
    let ada = world.person("ada").await;
    let garden = world.collective("garden", ada).await;
    for version in 1..=10 {
        let edit = |name: &str| {
            let profile = world.profile(name);
            world.door.perform(
                world.local(ada),
                EditCollective { collective: garden, profile, version: Some(version) },
            )
        };
        let (one, other) = tokio::join!(edit("One"), edit("Other"));
        let failures: Vec<_> = [one, other].into_iter().filter_map(Result::err).collect();
        assert!(matches!(failures.as_slice(), [OpError::Refused(Refusal::Stale)]), "{failures:?}");
    }
}
