//! Pictures of servers whose media are refused.

use domain::{
    ActorId, Origin,
    domains::{Domain, Rule, Severity},
    people::ActorKind,
};
use ops::{
    actors::RecordActor,
    domains::{RemoveDomainRule, SetDomainRule},
};
use testkit::World;

testkit::both_engines!(pictures_of_a_refused_server_are_neither_kept_nor_linked);

fn refuse(domain: &str) -> SetDomainRule {
    let rule = Rule { reject_media: true, ..Rule::of(Severity::Noop) };
    SetDomainRule { domain: Domain::parse(domain).unwrap(), rule }
}

async fn met(world: &World, address: &str, icon: &str) -> ActorId {
    let actor = world.new_remote(ActorKind::Person, address);
    world.done(Origin::server(), RecordActor { icon: Some(icon.to_owned()), ..actor }).await
}

async fn pictures_of_a_refused_server_are_neither_kept_nor_linked(world: World) {
    let here = "https://www.b.example/bob.png";
    let bob = met(&world, "bob@www.b.example", here).await;
    let cid = met(&world, "cid@c.example", "https://c.example/cid.png").await;
    assert_eq!(world.actor(bob).await.icon.as_deref(), Some(here));
    world.done(Origin::server(), refuse("b.example")).await;
    assert_eq!(world.actor(bob).await.icon, None, "what was kept is forgotten");
    assert!(world.actor(cid).await.icon.is_some(), "of others nothing is");
    met(&world, "bob@www.b.example", here).await;
    assert_eq!(world.actor(bob).await.icon, None, "and does not come back");
    let dora = met(&world, "dora@c.example", here).await;
    assert_eq!(world.actor(dora).await.icon, None, "nor by another server");
    let domain = Domain::parse("b.example").unwrap();
    world.done(Origin::server(), RemoveDomainRule { domain }).await;
    met(&world, "bob@www.b.example", here).await;
    assert_eq!(world.actor(bob).await.icon.as_deref(), Some(here), "until the rule goes");
}
