//! Choosing another password while signed in.

use domain::{Origin, accounts::Email};
use ops::{
    passwords::{self, ChangePassword, Proof, prove},
    resets::AskReset,
    secrets,
};
use testkit::{PASSWORD, World};

testkit::both_engines!(
    another_password_ends_all_other_sessions_and_tokens,
    api_10_passwords_that_are_typed_once_more_are_counted,
);

async fn another_password_ends_all_other_sessions_and_tokens(world: World) {
    let ada = world.person("ada").await;
    let bea = world.person("bea").await;
    world.session(bea).await;
    world.token(bea, "read").await;
    world.session(ada).await;
    world.token(ada, "read").await;
    let (kept, _) = world.session(ada).await;
    let email = Email::parse("ada@mail.example").unwrap();
    world.done(Origin::visitor(), AskReset { email }).await;
    let link = world.link("ada@mail.example").await;

    let password_hash = passwords::hash("another sentence").unwrap();
    let keep = secrets::digest(&kept);
    world.done(world.local(ada), ChangePassword { password_hash, keep: keep.clone() }).await;
    let rows = world.rows().await;
    assert_eq!((rows.count("sessions"), rows.count("tokens")), (2, 1), "those of Bea stay");
    let now = world.now();
    let found = world.read(move |conn| db::accounts::find_session(conn, &keep, now)).await;
    assert!(found.is_some(), "the one who asks stays signed in");
    assert!(passwords::verify("another sentence", &world.account(ada).await.password_hash));
    assert_eq!(world.letters().await[0].to, "ada@mail.example", "the owner is told");
    let hash = passwords::hash("a third sentence").unwrap();
    let late = ops::resets::FinishReset { digest: secrets::digest(&link), password_hash: hash };
    world.refused(Origin::visitor(), late).await;

    let token = world.token(ada, "read").await;
    let password_hash = passwords::hash("a third sentence").unwrap();
    let keep = secrets::digest(&token);
    world.done(world.local(ada), ChangePassword { password_hash, keep: keep.clone() }).await;
    let found = world.read(move |conn| db::accounts::find_token(conn, &keep, now)).await;
    assert!(found.is_some());
    assert_eq!(world.rows().await.count("sessions"), 1);
}

async fn api_10_passwords_that_are_typed_once_more_are_counted(world: World) {
    let ada = world.person("ada").await;
    let account = world.account(ada).await;
    let mut said = Vec::new();
    for number in 0..26 {
        let password = if number == 1 { PASSWORD } else { "guess" };
        said.push(prove(&account, password.to_owned(), world.now()).await.unwrap());
    }
    assert_eq!((said[0], said[1], said[24]), (Proof::Wrong, Proof::Right, Proof::Wrong));
    assert_eq!(said[25], Proof::TooMany(3_600));
}
