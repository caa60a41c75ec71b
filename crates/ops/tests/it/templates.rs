//! Listings that come again.

use domain::{
    CollectiveId, Origin, PersonId, Refusal, TemplateId, Time, listings::Purpose,
    memberships::Role, templates::Recurs,
};
use ops::{
    memberships::RemoveMember,
    moderation::SuspendActor,
    templates::{CreateTemplate, DeleteTemplate, EditTemplate, PublishDue, Template, UseTemplate},
};
use testkit::{World, content};

testkit::both_engines!(
    what_is_due_is_published_once_even_after_a_long_pause,
    two_clocks_publish_it_once,
    whoever_left_publishes_nothing_more,
    stewards_and_delegates_keep_templates_and_members_use_them,
);

fn weekly(next_at: Time) -> Template {
    Template {
        name: "Boxes".to_owned(),
        form: "{}".to_owned(),
        recurs: Some(Recurs::Weekly),
        next_at: Some(next_at),
    }
}

async fn kept(world: &World, who: PersonId, collective: CollectiveId) -> TemplateId {
    let template = weekly(world.now().plus_days(2));
    world.done(world.local(who), CreateTemplate { collective, template }).await
}

async fn due(world: &World) -> Vec<PublishDue> {
    let now = world.now();
    let rows = world.read(move |conn| db::templates::due(conn, now, 10)).await;
    let made = |row: db::templates::TemplateRow| PublishDue {
        id: row.id,
        due: row.next_at.unwrap(),
        content: Some(content(Purpose::Offer, "Boxes")),
    };
    rows.into_iter().map(made).collect()
}

async fn what_is_due_is_published_once_even_after_a_long_pause(world: World) {
    let ada = world.person("ada").await;
    let garden = world.collective("garden", ada).await;
    let id = kept(&world, ada, garden).await;
    world.clock.advance(2 * 86_400 - 1);
    assert!(due(&world).await.is_empty(), "not a second before its day");
    world.clock.advance(1);
    let first = due(&world).await.remove(0);
    let listing = world.done(Origin::clock(), first.clone()).await.expect("a listing");
    let row = world.listing(listing).await;
    assert!(row.is_public());
    assert_eq!((row.author_id, row.collective_id), (Some(ada), garden));
    assert_eq!(row.expires_at, Some(world.now().plus_days(7)), "it closes when the next one opens");
    assert_eq!(world.done(Origin::clock(), first).await, None, "once");
    assert!(due(&world).await.is_empty());
    world.clock.advance(100 * 86_400);
    let late = due(&world).await;
    assert_eq!(late.len(), 1);
    for publish in late {
        assert!(world.done(Origin::clock(), publish).await.is_some());
    }
    assert!(due(&world).await.is_empty(), "what was missed is not made up for");
    assert_eq!(world.rows().await.count("listings"), 2);
    let row = world.read(move |conn| db::templates::find(conn, id)).await.unwrap();
    assert!(world.now() < row.next_at.unwrap() && row.next_at.unwrap() <= world.now().plus_days(7));
    world.done(world.local(ada), DeleteTemplate { id }).await;
    assert_eq!(world.rows().await.count("listings"), 2, "what was made from it stays");
}

async fn two_clocks_publish_it_once(world: World) {
    let ada = world.person("ada").await;
    let garden = world.collective("garden", ada).await;
    kept(&world, ada, garden).await;
    world.clock.advance(2 * 86_400);
    let publish = due(&world).await.remove(0);
    let (one, two) = tokio::join!(
        world.door.perform(Origin::clock(), publish.clone()),
        world.door.perform(Origin::clock(), publish.clone()),
    );
    let made = [one.unwrap(), two.unwrap()];
    assert_eq!(made.iter().flatten().count(), 1, "IDM-12");
    assert_eq!(world.rows().await.count("listings"), 1);
    let by_hand = world.refused(world.local(ada), publish).await;
    assert_eq!(by_hand, Refusal::NotTheirsToSay);
}

async fn whoever_left_publishes_nothing_more(world: World) {
    let ada = world.person("ada").await;
    let garden = world.collective("garden", ada).await;
    let del = world.member(garden, "del", Role::Delegate).await;
    let sus = world.member(garden, "sus", Role::Delegate).await;
    kept(&world, del, garden).await;
    kept(&world, sus, garden).await;
    let broken = kept(&world, ada, garden).await;
    world.done(world.local(ada), RemoveMember { collective: garden, member: del }).await;
    let rosa = world.admin("rosa").await;
    let suspend = SuspendActor { actor: sus.actor(), reason: String::new() };
    world.done(world.local(rosa), suspend).await;
    world.clock.advance(2 * 86_400);
    for publish in due(&world).await {
        let content = publish.content.clone().filter(|_| publish.id != broken);
        let done = world.done(Origin::clock(), PublishDue { content, ..publish }).await;
        assert_eq!(done, None);
    }
    assert!(due(&world).await.is_empty(), "they rest");
    assert_eq!(world.rows().await.count("listings"), 0);
}

async fn stewards_and_delegates_keep_templates_and_members_use_them(world: World) {
    let ada = world.person("ada").await;
    let garden = world.collective("garden", ada).await;
    let mem = world.member(garden, "mem", Role::Member).await;
    let eve = world.person("eve").await;
    let template = Template { recurs: None, next_at: None, ..weekly(world.now()) };
    let create = CreateTemplate { collective: garden, template: template.clone() };
    let refusal = world.refused(world.local(mem), create.clone()).await;
    assert_eq!(refusal, Refusal::StewardsOnly);
    let refusal = world.refused(world.local(eve), create.clone()).await;
    assert_eq!(refusal, Refusal::NotAMember);
    let id = world.done(world.local(ada), create).await;
    let edit = EditTemplate { id, template: template.clone(), version: 1 };
    assert_eq!(world.refused(world.local(mem), edit.clone()).await, Refusal::StewardsOnly);
    world.done(world.local(ada), edit.clone()).await;
    assert_eq!(world.refused(world.local(ada), edit).await, Refusal::Stale);
    let past = Template { recurs: Some(Recurs::Weekly), next_at: Some(world.now()), ..template };
    let edit = EditTemplate { id, template: past, version: 2 };
    assert_eq!(world.invalid(world.local(ada), edit).await.field, "next_at");
    let make = UseTemplate { id, content: content(Purpose::Offer, "Boxes"), publish: false };
    let missing = world.failed(world.local(eve), make.clone()).await;
    assert_eq!(missing.to_string(), "template not found", "API-02");
    let missing = world.failed(world.local(eve), DeleteTemplate { id }).await;
    assert_eq!(missing.to_string(), "template not found", "API-02");
    let draft = world.done(world.local(mem), make).await;
    let row = world.listing(draft).await;
    assert_eq!((row.author_id, row.published_at), (Some(mem), None));
}
