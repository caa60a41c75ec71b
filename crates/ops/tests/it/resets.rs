//! Choosing a new password.

use domain::{Origin, Refusal, accounts::Email};
use ops::{
    moderation::SuspendActor,
    passwords,
    resets::{AskReset, FinishReset},
    secrets,
};
use testkit::{PASSWORD, World};

testkit::both_engines!(
    a_link_gives_another_password_and_signs_everybody_out,
    nobody_learns_which_addresses_are_known,
    whoever_is_shut_out_gets_no_link_and_uses_none,
);

fn ask(email: &str) -> AskReset {
    AskReset { email: Email::parse(email).unwrap() }
}

fn finish(word: &str) -> FinishReset {
    let password_hash = passwords::hash("another sentence").unwrap();
    FinishReset { digest: secrets::digest(word), password_hash }
}

async fn a_link_gives_another_password_and_signs_everybody_out(world: World) {
    let ada = world.person("ada").await;
    world.session(ada).await;
    world.token(ada, "read").await;
    world.done(Origin::visitor(), ask("ADA@mail.example")).await;
    let word = world.link("ada@mail.example").await;
    world.done(Origin::visitor(), finish(&word)).await;
    let hash = world.account(ada).await.password_hash;
    assert!(passwords::verify("another sentence", &hash) && !passwords::verify(PASSWORD, &hash));
    let rows = world.rows().await;
    assert_eq!((rows.count("sessions"), rows.count("tokens")), (0, 0));
    assert_eq!(world.letters().await[0].to, "ada@mail.example", "the owner is told");
    assert_eq!(world.refused(Origin::visitor(), finish(&word)).await, Refusal::BadLink);

    world.done(Origin::visitor(), ask("ada@mail.example")).await;
    let late = world.link("ada@mail.example").await;
    world.clock.advance(3_600);
    assert_eq!(world.refused(Origin::visitor(), finish(&late)).await, Refusal::BadLink);
}

async fn nobody_learns_which_addresses_are_known(world: World) {
    world.person("ada").await;
    let before = world.rows().await;
    world.done(Origin::visitor(), ask("eve@mail.example")).await;
    assert!(before.changed(&world.rows().await).is_empty());
    let ada = world.person("bea").await;
    assert_eq!(
        world.refused(world.local(ada), ask("ada@mail.example")).await,
        Refusal::NotTheirsToSay
    );
}

async fn whoever_is_shut_out_gets_no_link_and_uses_none(world: World) {
    let rosa = world.admin("rosa").await;
    let ada = world.person("ada").await;
    world.done(Origin::visitor(), ask("ada@mail.example")).await;
    let word = world.link("ada@mail.example").await;
    let out = SuspendActor { actor: ada.actor(), reason: String::new() };
    world.done(world.local(rosa), out).await;
    assert_eq!(world.refused(Origin::visitor(), finish(&word)).await, Refusal::BadLink);
    world.done(Origin::visitor(), ask("ada@mail.example")).await;
    assert!(world.letters().await.is_empty());
}
