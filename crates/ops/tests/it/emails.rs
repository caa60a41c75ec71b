//! Another address: both say yes, and nobody learns whose one is.

use domain::{Origin, PersonId, Refusal, accounts::Email};
use ops::{
    accounts::CreateAccount,
    emails::{AskEmailChange, ConfirmEmailChange},
    mail::Letter,
    secrets,
};
use testkit::World;

testkit::both_engines!(
    both_addresses_say_yes,
    the_order_does_not_matter_and_one_alone_does_nothing,
    api_11_a_taken_address_is_answered_alike,
    an_address_that_was_taken_meanwhile_stays_with_its_owner,
    a_new_wish_ends_the_one_before,
    whoever_has_no_address_asks_the_new_one_alone,
    api_12_look_alikes_of_the_own_address_are_the_own_address,
);

fn ask(email: &str) -> AskEmailChange {
    AskEmailChange { email: Email::parse(email).unwrap() }
}

fn confirm(letter: &Letter) -> ConfirmEmailChange {
    let word = letter.text.split("?token=").nth(1).expect("a letter without a link");
    let word = word.split_whitespace().next().unwrap();
    ConfirmEmailChange { digest: secrets::digest(word) }
}

async fn address(world: &World, person: PersonId) -> String {
    let id = world.account(person).await.id;
    let email = world.read(move |conn| db::accounts::email(conn, id)).await;
    email.map(|email| email.as_str().to_owned()).unwrap_or_default()
}

fn to(letters: &[Letter]) -> Vec<&str> {
    letters.iter().map(|letter| letter.to.as_str()).collect()
}

async fn both_addresses_say_yes(world: World) {
    let ada = world.person("ada").await;
    world.done(world.local(ada), ask("ada@new.example")).await;
    let letters = world.letters().await;
    assert_eq!(to(&letters), ["ada@mail.example", "ada@new.example"]);
    assert!(!letters[0].text.contains("new.example"), "no address is told to another");
    assert!(!letters[1].text.contains("mail.example"));
    assert!(!world.done(Origin::visitor(), confirm(&letters[0])).await);
    assert_eq!(address(&world, ada).await, "ada@mail.example");
    assert!(world.done(Origin::visitor(), confirm(&letters[1])).await);
    assert_eq!(address(&world, ada).await, "ada@new.example");
    let done = world.letters().await;
    assert_eq!(to(&done), ["ada@mail.example"]);
    for letter in &letters {
        let again = world.refused(Origin::visitor(), confirm(letter)).await;
        assert_eq!(again, Refusal::BadLink);
    }
}

async fn the_order_does_not_matter_and_one_alone_does_nothing(world: World) {
    let ada = world.person("ada").await;
    world.done(world.local(ada), ask("ada@new.example")).await;
    let letters = world.letters().await;
    assert!(!world.done(Origin::visitor(), confirm(&letters[1])).await);
    let twice = world.refused(Origin::visitor(), confirm(&letters[1])).await;
    assert_eq!(twice, Refusal::BadLink, "the same link twice is not both");
    world.clock.advance(3_600);
    let late = world.refused(Origin::visitor(), confirm(&letters[0])).await;
    assert_eq!(late, Refusal::BadLink);
    assert_eq!(address(&world, ada).await, "ada@mail.example");

    world.done(world.local(ada), ask("ada@new.example")).await;
    let letters = world.letters().await;
    world.done(Origin::visitor(), confirm(&letters[1])).await;
    assert!(world.done(Origin::visitor(), confirm(&letters[0])).await);
}

async fn api_11_a_taken_address_is_answered_alike(world: World) {
    let ada = world.person("ada").await;
    world.person("bea").await;
    world.done(world.local(ada), ask("bea@mail.example")).await;
    let letters = world.letters().await;
    assert_eq!(to(&letters), ["ada@mail.example", "bea@mail.example"]);
    assert!(!letters[1].text.contains("?token="), "its owner is told, and nothing more");
    assert!(!letters[1].text.contains("ada"));
    assert!(!world.done(Origin::visitor(), confirm(&letters[0])).await);
    assert_eq!(address(&world, ada).await, "ada@mail.example");
}

async fn an_address_that_was_taken_meanwhile_stays_with_its_owner(world: World) {
    let ada = world.person("ada").await;
    world.done(world.local(ada), ask("cho@mail.example")).await;
    let letters = world.letters().await;
    world.done(Origin::visitor(), confirm(&letters[0])).await;
    world.person("cho").await;
    let late = world.refused(Origin::visitor(), confirm(&letters[1])).await;
    assert_eq!(late, Refusal::BadLink);
    assert_eq!(address(&world, ada).await, "ada@mail.example");
}

async fn a_new_wish_ends_the_one_before(world: World) {
    let ada = world.person("ada").await;
    world.done(world.local(ada), ask("one@new.example")).await;
    let first = world.letters().await;
    world.done(Origin::visitor(), confirm(&first[1])).await;
    world.done(world.local(ada), ask("two@new.example")).await;
    let second = world.letters().await;
    assert_eq!(world.refused(Origin::visitor(), confirm(&first[0])).await, Refusal::BadLink);
    assert!(!world.done(Origin::visitor(), confirm(&second[0])).await);
    assert!(world.done(Origin::visitor(), confirm(&second[1])).await);
    assert_eq!(address(&world, ada).await, "two@new.example");
}

async fn whoever_has_no_address_asks_the_new_one_alone(world: World) {
    let account = CreateAccount { email: None, ..world.new_account("ada") };
    let ada = world.done(Origin::server(), account).await;
    world.done(world.local(ada), ask("ada@new.example")).await;
    let letters = world.letters().await;
    assert_eq!(to(&letters), ["ada@new.example"]);
    assert!(world.done(Origin::visitor(), confirm(&letters[0])).await);
    assert_eq!(address(&world, ada).await, "ada@new.example");
    assert!(world.letters().await.is_empty());
}

async fn api_12_look_alikes_of_the_own_address_are_the_own_address(world: World) {
    let ada = world.person("ada").await;
    for same in ["ada@mail.example", "ADA@Mail.Example.", "ada@ｍａｉｌ.example"] {
        assert_eq!(world.invalid(world.local(ada), ask(same)).await.field, "email");
    }
    let visitor = world.refused(Origin::visitor(), ask("ada@new.example")).await;
    assert_eq!(visitor, Refusal::NotTheirsToSay);
}
