//! Rules about domains.

use db::listings::Filter;
use domain::{
    Origin, Refusal,
    domains::{Domain, Mode, Rule, Severity, State},
};
use ops::{
    actors::RecordActor,
    domains::{RemoveDomainRule, SetDomainRule, SetFederationMode},
    follows::{AskFollow, RecordFollow},
};
use testkit::World;

use super::rule;
use crate::replies::{need, note};

testkit::both_engines!(
    a_rule_holds_below_its_domain_and_the_nearest_one_counts,
    a_new_server_stands_as_its_rule_says,
    a_suspension_cuts_every_tie_and_hides_what_was_said,
    what_a_limited_server_says_is_for_those_who_follow,
    only_listed_servers_may_speak_where_only_they_may,
    only_admins_rule_and_never_against_this_server,
);

async fn state(world: &World, host: &str) -> State {
    let host = host.to_owned();
    world.read(move |conn| db::domains::state_of(conn, &host)).await
}

async fn a_rule_holds_below_its_domain_and_the_nearest_one_counts(world: World) {
    world.done(Origin::server(), rule("evil.example", Severity::Suspend)).await;
    world.done(Origin::server(), rule("good.evil.example", Severity::Noop)).await;
    for (host, want) in [
        ("evil.example", State::Suspended),
        ("EVIL.example.:8443", State::Suspended),
        ("a.b.evil.example", State::Suspended),
        ("good.evil.example", State::Open),
        ("very.good.evil.example", State::Open),
        ("notevil.example", State::Open),
        ("example", State::Open),
    ] {
        assert_eq!(state(&world, host).await, want, "MOD-01 {host}");
    }
    let domain = Domain::parse("good.evil.example").unwrap();
    world.done(Origin::server(), RemoveDomainRule { domain: domain.clone() }).await;
    assert_eq!(state(&world, "good.evil.example").await, State::Suspended);
    let missing = world.failed(Origin::server(), RemoveDomainRule { domain }).await;
    assert_eq!(missing.to_string(), "rule not found");
    assert_eq!(
        world.audit().await,
        [
            "set_domain_rule evil.example suspend",
            "set_domain_rule good.evil.example noop",
            "remove_domain_rule good.evil.example",
        ]
    );
}

async fn a_new_server_stands_as_its_rule_says(world: World) {
    world.done(Origin::server(), rule("b.example", Severity::Limit)).await;
    world.remote_person("bob@social.b.example").await;
    world.remote_person("eve@c.example").await;
    let row = |host: &'static str| {
        world.read(move |conn| Ok(db::instances::find(conn, host)?.map(|row| row.state)))
    };
    assert_eq!(row("social.b.example").await, Some(State::Limited));
    assert_eq!(row("c.example").await, Some(State::Open));
    world.done(Origin::server(), rule("b.example", Severity::Suspend)).await;
    assert_eq!(row("social.b.example").await, Some(State::Suspended));
    assert_eq!(row("b.example").await, None, "a rule is no acquaintance");
}

async fn a_suspension_cuts_every_tie_and_hides_what_was_said(world: World) {
    let (need, garden, ada) = need(&world).await;
    let bob = world.remote_person("bob@b.example").await;
    let cid = world.remote_person("cid@c.example").await;
    let follow = |actor, host: &str| RecordFollow {
        ap_id: format!("https://{host}/follows/1"),
        follower: actor,
        followed: garden.actor(),
    };
    let origin = world.inbox_of(bob, "https://b.example/activities/1").await;
    world.done(origin, follow(bob, "b.example")).await;
    let origin = world.inbox_of(cid, "https://c.example/activities/1").await;
    world.done(origin, follow(cid, "c.example")).await;
    world.done(world.local(ada), AskFollow { followed: bob }).await;
    let listing = world.listing(need).await.ap_id;
    for (actor, host) in [(bob, "b.example"), (cid, "c.example")] {
        let origin = world.inbox_of(actor, &format!("https://{host}/activities/2")).await;
        world.done(origin, note(&world, actor, 1, &listing).await).await;
    }
    let seen = || world.read(move |conn| db::replies::thread(conn, need, 10));
    assert_eq!(seen().await.len(), 2);
    let severed = world.done(Origin::server(), rule("b.example", Severity::Suspend)).await;
    assert_eq!(severed, 2);
    assert!(world.follow(bob, garden.actor()).await.is_none());
    assert!(world.follow(ada.actor(), bob).await.is_none());
    assert!(world.follow(cid, garden.actor()).await.is_some());
    let only_cid = seen().await;
    assert_eq!(only_cid.iter().map(|row| row.1.id).collect::<Vec<_>>(), [cid]);
    assert_eq!(world.read(move |conn| db::replies::count(conn, need)).await, 1);
    let steward = world
        .read(move |conn| db::replies::thread_page(conn, need, true, Some(ada.actor()), None, 10));
    assert_eq!(steward.await.len(), 1, "not even stewards read it");
    let domain = Domain::parse("b.example").unwrap();
    world.done(Origin::server(), RemoveDomainRule { domain }).await;
    assert_eq!(seen().await.len(), 2, "nothing was deleted");
    assert!(world.follow(bob, garden.actor()).await.is_none(), "follows do not come back");
}

async fn what_a_limited_server_says_is_for_those_who_follow(world: World) {
    let (need, _, ada) = need(&world).await;
    let bob = world.remote_person("bob@b.example").await;
    let (eve, fan) = (world.person("eve").await, world.person("fan").await);
    world.done(world.local(fan), AskFollow { followed: bob }).await;
    let accept = ops::follows::RecordAnswer { follower: fan.actor(), followed: bob, accept: true };
    world.done(world.inbox_of(bob, "https://b.example/activities/1").await, accept).await;
    world.done(Origin::server(), rule("b.example", Severity::Limit)).await;
    let listing = world.listing(need).await.ap_id;
    let origin = world.inbox_of(bob, "https://b.example/activities/2").await;
    world.done(origin, note(&world, bob, 1, &listing).await).await;
    for (reader, all, want, who) in [
        (None, false, 0, "everybody"),
        (Some(eve), false, 0, "a stranger"),
        (Some(fan), false, 1, "a follower"),
        (Some(ada), true, 1, "who speaks for the collective"),
    ] {
        let reader = reader.map(domain::PersonId::actor);
        let rows = world
            .read(move |conn| db::replies::thread_page(conn, need, all, reader, None, 10))
            .await;
        assert_eq!(rows.len(), want, "MOD-07: {who}");
    }
    let told = world.read(move |conn| db::replies::thread(conn, need, 10)).await;
    assert!(told.is_empty(), "MOD-07: other servers are not told of it");
    assert_eq!(world.read(move |conn| db::replies::count(conn, need)).await, 0, "MOD-07");
    assert!(world.follow(fan.actor(), bob).await.is_some(), "MOD-07: follows stay");
}

async fn only_listed_servers_may_speak_where_only_they_may(world: World) {
    let (_, garden, _) = need(&world).await;
    let bob = world.remote_person("bob@b.example").await;
    let cid = world.remote_person("cid@c.example").await;
    world.done(Origin::server(), rule("c.example", Severity::Allow)).await;
    world.done(Origin::server(), SetFederationMode { mode: Mode::Allowlist }).await;
    assert_eq!(state(&world, "b.example").await, State::Suspended, "MOD-16");
    assert_eq!(state(&world, "c.example").await, State::Open, "MOD-16");
    assert_eq!(state(&world, "sub.c.example").await, State::Open, "MOD-16");
    assert_eq!(state(&world, "a.example").await, State::Open, "MOD-16: this server itself");
    let follow = |actor, host: &str| RecordFollow {
        ap_id: format!("https://{host}/follows/1"),
        follower: actor,
        followed: garden.actor(),
    };
    let origin = world.inbox_of(bob, "https://b.example/activities/1").await;
    assert_eq!(world.refused(origin, follow(bob, "b.example")).await, Refusal::Blocked, "MOD-16");
    let origin = world.inbox_of(cid, "https://c.example/activities/1").await;
    world.done(origin, follow(cid, "c.example")).await;
    let listings = world.read(|conn| db::listings::page(conn, &Filter::default(), None, 10)).await;
    assert_eq!(listings.len(), 1, "what is said here is shown");
    world.done(Origin::server(), SetFederationMode { mode: Mode::Open }).await;
    assert_eq!(state(&world, "b.example").await, State::Open);
}

async fn only_admins_rule_and_never_against_this_server(world: World) {
    let (ada, rosa) = (world.person("ada").await, world.admin("rosa").await);
    let bob = world.remote_person("bob@b.example").await;
    let refusal = world.refused(world.local(ada), rule("c.example", Severity::Suspend)).await;
    assert_eq!(refusal, Refusal::NotAllowed);
    let by_inbox = world.inbox_of(bob, "https://b.example/activities/1").await;
    let refusal = world.refused(by_inbox, rule("c.example", Severity::Suspend)).await;
    assert_eq!(refusal, Refusal::NotTheirsToSay);
    let invalid = world.invalid(world.local(rosa), rule("A.example", Severity::Suspend)).await;
    assert_eq!(invalid.to_string(), "domain must not be that of this server itself");
    let rule = Rule { reject_reports: true, ..Rule::of(Severity::Noop) };
    let rule = rule.commented("they know", "Rosa knows").unwrap();
    let domain = Domain::parse("c.example").unwrap();
    let set = SetDomainRule { domain: domain.clone(), rule: rule.clone() };
    world.done(world.local(rosa), set).await;
    let row = world.read(move |conn| db::domains::find(conn, &domain)).await.unwrap();
    assert_eq!((row.rule(), row.created_by), (rule, Some(rosa.actor())));
    let _known: RecordActor = world.new_remote(domain::people::ActorKind::Person, "x@c.example");
}
