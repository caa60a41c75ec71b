//! Both engines give the same answers, row by row.

use domain::{
    Origin,
    listings::{Content, Purpose},
    memberships::Role,
    quantity::Amount,
};
use ops::{
    OpError,
    follows::RecordFollow,
    listings::{MoveListing, Step},
};
use testkit::{Engine, World, content, pieces};

/// What somebody would see of a short story, without ids.
async fn story(world: World) -> Vec<String> {
    let mut seen = Vec::new();
    let ada = world.person("ada").await;
    let garden = world.collective("garden", ada).await;
    let bea = world.member(garden, "bea", Role::Member).await;
    let bob = world.remote_person("bob@b.example").await;
    let ap_id = "https://b.example/follows/1".to_owned();
    let follow = RecordFollow { ap_id, follower: bob, followed: garden.actor() };
    let origin = world.inbox_of(bob, &follow.ap_id).await;
    seen.push(format!("{:?}", world.door.perform(origin.clone(), follow.clone()).await));
    seen.push(format!("{:?}", world.door.perform(origin, follow).await));
    for title in ["Écharpes", "ñandú", "a ladder", "Z", "100% wool_"] {
        let chairs = Content { quantity: Some(pieces("20.5")), ..content(Purpose::Need, title) };
        let need = world.publish(garden, bea, chairs).await;
        world.clock.advance(60);
        let found = Amount::parse("found", "8").unwrap();
        let step = MoveListing { listing: need, step: Step::Progress { found }, version: Some(1) };
        for _ in 0..2 {
            seen.push(format!("{:?}", world.door.perform(world.local(ada), step.clone()).await));
        }
    }
    let taken = world.door.perform(Origin::server(), world.new_account("GARDEN")).await;
    seen.push(taken.map(drop).unwrap_err().to_string());
    let twice = ops::accounts::CreateAccount {
        email: Some("ada@mail.example".to_owned()),
        ..world.new_account("cho")
    };
    let twice = world.door.perform(Origin::server(), twice).await;
    seen.push(twice.map(drop).map_err(|err: OpError| err.to_string()).unwrap_err());
    for words in ["e", "CHARPES", "ñ", "LADDER", "%", "_", "\\"] {
        let words = domain::search::Words::beginning(words);
        let filter = db::listings::Filter { words: words.clone(), ..Default::default() };
        let rows = world.read(move |conn| db::listings::page(conn, &filter, None, 10)).await;
        let titles = rows.iter().map(|row| (&row.title, row.remaining, row.version));
        seen.push(format!("{words:?}: {:?}", titles.collect::<Vec<_>>()));
    }
    let members = world.read(move |conn| db::memberships::members(conn, garden)).await;
    seen.extend(members.iter().map(|it| format!("{} {:?} {}", it.actor.handle, it.role, it.state)));
    let kinds = world.events().await;
    seen.extend(kinds.iter().map(|event| event.kind().to_owned()));
    seen
}

#[test]
fn a_story_is_the_same_on_both() {
    if !testkit::postgres_is_here() {
        return;
    }
    let told = [Engine::Sqlite, Engine::Postgres].map(|engine| {
        let mut told = Vec::new();
        testkit::on(engine, async |world: World| told = story(world).await);
        told
    });
    assert_eq!(told[0], told[1]);
    assert!(20 < told[0].len());
}
