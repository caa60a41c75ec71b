//! Asking for an account: who is let in, who is told what, and what nobody learns.

use db::{accounts::find_login, actors::find_local};
use domain::{
    Origin, PersonId, Refusal, Speaker, Way,
    accounts::{AccountState, Email},
    memberships::{Role, Standing},
    sign_ups::SignUpMode,
};
use ops::{
    account_invitations::{InviteAccount, RevokeInvitation},
    secrets,
    sign_ups::{
        ConfirmAccount, EraseAccount, MakeAccount, ResendConfirmation, SignUp, WatchDoor, mode,
    },
    sponsors::Desk,
};
use testkit::World;

testkit::both_engines!(
    api_22_a_server_takes_whom_its_mode_says,
    nobody_sees_whoever_is_not_confirmed_yet,
    an_open_door_needs_nothing_but_a_confirmed_address,
    api_22_an_invitation_works_as_often_and_as_long_as_it_says,
    api_11_a_link_works_once_for_an_hour_and_for_its_address,
    api_11_a_mailbox_gets_five_letters_in_half_an_hour,
    api_12_whether_an_address_is_known_is_told_to_its_owner_alone,
    api_24_links_begin_with_the_configured_address,
    whoever_was_made_an_account_chooses_the_password_by_the_link,
    what_was_never_confirmed_is_forgotten,
    mod_09_an_open_door_that_nobody_watches_is_shut,
);

fn confirm(word: &str) -> ConfirmAccount {
    ConfirmAccount { digest: secrets::digest(word) }
}

async fn person(world: &World, handle: &'static str) -> PersonId {
    let account = world.read(move |conn| find_login(conn, handle)).await;
    account.expect("nobody is called so").person_id
}

async fn state(world: &World, handle: &'static str) -> AccountState {
    world.account(person(world, handle).await).await.state
}

async fn api_22_a_server_takes_whom_its_mode_says(world: World) {
    let sign_up = |handle| world.new_sign_up(handle);
    assert_eq!(
        world.refused(Origin::visitor(), sign_up("bea")).await,
        Refusal::InvitationNeeded,
        "without a word of the configuration it takes the invited"
    );
    world.door_is(SignUpMode::Closed).await;
    let invited = SignUp { invitation: Some(secrets::digest("a guess")), ..sign_up("bea") };
    for closed in [sign_up("bea"), invited.clone()] {
        assert_eq!(world.refused(Origin::visitor(), closed).await, Refusal::SignUpClosed);
    }
    world.door_is(SignUpMode::Invitation).await;
    assert_eq!(world.invalid(Origin::visitor(), invited).await.field, "invitation");
    world.door_is(SignUpMode::Approval).await;
    let rude = SignUp { agreement: false, ..sign_up("bea") };
    assert_eq!(world.invalid(Origin::visitor(), rude).await.field, "agreement");
    let silent = SignUp { application: " ".to_owned(), ..sign_up("bea") };
    assert_eq!(world.invalid(Origin::visitor(), silent).await.field, "application");
    let stranger = Origin { speaker: Speaker::Stranger, way: Way::Fetched };
    for origin in [stranger, Origin::server()] {
        assert_eq!(world.refused(origin, sign_up("bea")).await, Refusal::NotTheirsToSay);
    }
    world.done(Origin::visitor(), sign_up("bea")).await;
    let word = world.link("bea@mail.example").await;
    let next = world.done(Origin::visitor(), confirm(&word)).await;
    assert_eq!(next, AccountState::Waiting);
}

async fn nobody_sees_whoever_is_not_confirmed_yet(world: World) {
    let ada = world.person("ada").await;
    let garden = world.collective("garden", ada).await;
    world.door_is(SignUpMode::Approval).await;
    let bea = SignUp { collective: Some(garden), ..world.new_sign_up("bea") };
    world.done(Origin::visitor(), bea).await;
    let word = world.link("bea@mail.example").await;
    let seen = async || {
        let found = world.read(|conn| find_local(conn, "bea")).await;
        let address = "https://a.example/u/bea";
        let by_address = world.read(move |conn| db::actors::find_by_ap_id(conn, address)).await;
        let by_handle =
            world.read(|conn| db::actors::find_by_handle(conn, "bea", "a.example")).await;
        assert_eq!(found.is_some(), by_address.is_some() && !by_handle.is_empty());
        found.is_some()
    };
    assert!(!seen().await);
    assert_eq!(world.read(db::actors::count_local_people).await, 1);
    world.done(Origin::visitor(), confirm(&word)).await;
    assert!(!seen().await, "those who say yes have not answered");
    let told: Vec<_> = world.letters().await.into_iter().map(|it| it.to).collect();
    assert_eq!(told, ["ada@mail.example"], "they are told");
    let other = world.new_account("bea");
    assert_eq!(world.invalid(Origin::server(), other).await.field, "handle");
    let bea = person(&world, "bea").await;
    assert_eq!(world.standing(garden, bea).await, Standing::Stranger);

    let yes = ops::sponsors::ManageAccount {
        desk: Desk::Collective(garden),
        person: bea,
        act: domain::accounts::AccountAct::Approve,
        reason: String::new(),
    };
    world.done(world.local(ada), yes).await;
    assert!(seen().await);
    assert_eq!(world.standing(garden, bea).await, Standing::Active(Role::Member));
    assert_eq!(world.letters().await[0].to, "bea@mail.example");
    world.session(bea).await;
}

async fn an_open_door_needs_nothing_but_a_confirmed_address(world: World) {
    let ada = world.person("ada").await;
    let garden = world.collective("garden", ada).await;
    world.door_is(SignUpMode::Open).await;
    world.done(Origin::visitor(), world.new_sign_up("bea")).await;
    let word = world.link("bea@mail.example").await;
    assert_eq!(state(&world, "bea").await, AccountState::Unconfirmed);
    let next = world.done(Origin::visitor(), confirm(&word)).await;
    assert_eq!(next, AccountState::Active);
    // Nobody is sponsored without being asked.
    let cho = SignUp { collective: Some(garden), ..world.new_sign_up("cho") };
    world.done(Origin::visitor(), cho).await;
    let word = world.link("cho@mail.example").await;
    let next = world.done(Origin::visitor(), confirm(&word)).await;
    assert_eq!(next, AccountState::Waiting);
}

async fn api_22_an_invitation_works_as_often_and_as_long_as_it_says(world: World) {
    let ada = world.person("ada").await;
    let garden = world.collective("garden", ada).await;
    let member = world.member(garden, "grace", Role::Delegate).await;
    let manager = world.member(garden, "mo", Role::AccountManager).await;
    let invite = |word: &str, uses| InviteAccount {
        desk: Desk::Collective(garden),
        digest: secrets::digest(word),
        note: String::new(),
        uses,
        days: 14,
    };
    let refusal = world.refused(world.local(member), invite("one", 1)).await;
    assert_eq!(refusal, Refusal::AccountManagersOnly);
    assert_eq!(world.invalid(world.local(manager), invite("none", 0)).await.field, "uses");
    world.done(world.local(manager), invite("one", 1)).await;
    let with = |handle: &str, word: &str| SignUp {
        invitation: Some(secrets::digest(word)),
        application: String::new(),
        ..world.new_sign_up(handle)
    };
    world.done(Origin::visitor(), with("bea", "one")).await;
    let word = world.link("bea@mail.example").await;
    let next = world.done(Origin::visitor(), confirm(&word)).await;
    assert_eq!(next, AccountState::Active, "nobody else has to say yes");
    let bea = person(&world, "bea").await;
    assert_eq!(world.standing(garden, bea).await, Standing::Active(Role::Member));
    assert_eq!(world.account(bea).await.sponsor_id, Some(garden));

    world.done(world.local(manager), invite("late", 5)).await;
    let taken = world.done(world.local(manager), invite("back", 5)).await;
    let back = RevokeInvitation { collective: garden, invitation: taken };
    world.done(world.local(ada), back).await;
    world.clock.advance(14 * 86_400);
    let mut told = Vec::new();
    for word in ["one", "late", "back", "a guess"] {
        told.push(world.invalid(Origin::visitor(), with("cho", word)).await.to_string());
    }
    told.dedup();
    assert_eq!(told.len(), 1, "used, expired, taken back, and never made are told the same");
}

async fn api_11_a_link_works_once_for_an_hour_and_for_its_address(world: World) {
    world.door_is(SignUpMode::Open).await;
    world.done(Origin::visitor(), world.new_sign_up("bea")).await;
    let late = world.link("bea@mail.example").await;
    assert!(!format!("{:?}", world.rows().await).contains(&late), "only its digest is kept");
    world.clock.advance(3_600);
    assert_eq!(world.refused(Origin::visitor(), confirm(&late)).await, Refusal::BadLink);
    let again = || ResendConfirmation { email: Email::parse("Bea@Mail.example").unwrap() };
    world.done(Origin::visitor(), again()).await;
    let word = world.link("bea@mail.example").await;
    world.done(Origin::visitor(), again()).await;
    let other = world.link("bea@mail.example").await;
    assert_eq!(world.refused(Origin::visitor(), confirm("guess")).await, Refusal::BadLink);
    let as_reset = ops::resets::FinishReset {
        digest: secrets::digest(&word),
        password_hash: testkit::PASSWORD_HASH.to_owned(),
    };
    assert_eq!(world.refused(Origin::visitor(), as_reset).await, Refusal::BadLink);
    world.done(Origin::visitor(), confirm(&word)).await;
    for used in [word, other] {
        assert_eq!(world.refused(Origin::visitor(), confirm(&used)).await, Refusal::BadLink);
    }
    world.done(Origin::visitor(), again()).await;
    assert!(world.letters().await.is_empty(), "there is nothing left to confirm");
}

async fn api_11_a_mailbox_gets_five_letters_in_half_an_hour(world: World) {
    world.door_is(SignUpMode::Open).await;
    world.done(Origin::visitor(), world.new_sign_up("bea")).await;
    let again = || ResendConfirmation { email: Email::parse("bea@mail.example").unwrap() };
    for _ in 0..10 {
        world.done(Origin::visitor(), again()).await;
    }
    assert_eq!(world.letters().await.len(), 5);
    // A tag of the same mailbox gets no more, whoever asks.
    let email = Email::parse("bea+more@mail.example").unwrap();
    world.done(Origin::visitor(), SignUp { email, ..world.new_sign_up("cho") }).await;
    assert!(world.letters().await.is_empty());
    world.done(Origin::visitor(), world.new_sign_up("dan")).await;
    assert_eq!(world.letters().await.len(), 1, "others are not held up");
    world.clock.advance(1_800);
    world.done(Origin::visitor(), again()).await;
    assert_eq!(world.letters().await.len(), 1);
}

async fn api_12_whether_an_address_is_known_is_told_to_its_owner_alone(world: World) {
    world.person("ada").await;
    world.door_is(SignUpMode::Open).await;
    let eve = |handle: &str, email: &str| SignUp {
        email: Email::parse(email).unwrap(),
        ..world.new_sign_up(handle)
    };
    // Answered like any other, and the handle is taken as by any other.
    world.done(Origin::visitor(), eve("eve", "ADA@ｍail.example")).await;
    world.done(Origin::visitor(), eve("fay", "fay@mail.example")).await;
    for handle in ["eve", "fay"] {
        let again = eve(handle, "gil@mail.example");
        assert_eq!(world.invalid(Origin::visitor(), again).await.field, "handle");
    }
    let letters = world.letters().await;
    assert_eq!(letters[0].to, "ada@mail.example");
    assert!(letters[0].text.contains("@ada") && !letters[0].text.contains("token="));
    assert_eq!(letters[1].to, "fay@mail.example");
    let nobodys = person(&world, "eve").await;
    let nobodys = world.account(nobodys).await;
    let address = world.read(move |conn| db::accounts::email(conn, nobodys.id)).await;
    assert_eq!(address, None, "so that nothing ever confirms it");
    let ada = world.read(|conn| find_login(conn, "ada@mail.example")).await.unwrap();
    assert_eq!(ada.state, AccountState::Active);
}

async fn api_24_links_begin_with_the_configured_address(world: World) {
    world.door_is(SignUpMode::Open).await;
    world.done(Origin::visitor(), world.new_sign_up("bea")).await;
    let letter = world.letters().await.remove(0);
    let links = letter.text.split_whitespace().filter(|word| word.contains("://"));
    for link in links {
        assert!(link.starts_with("https://a.example/account/confirm?token="), "{link}");
    }
    assert!(!letter.text.contains("I help on Tuesdays."));
}

async fn whoever_was_made_an_account_chooses_the_password_by_the_link(world: World) {
    let ada = world.person("ada").await;
    let garden = world.collective("garden", ada).await;
    let eve = world.person("eve").await;
    let make = |email: &str| MakeAccount {
        collective: garden,
        handle: domain::Handle::choose("bea").unwrap(),
        name: "Bea".to_owned(),
        email: Email::parse(email).unwrap(),
        locale: "en".to_owned(),
        keys: testkit::pair(2),
    };
    let refusal = world.refused(world.local(eve), make("bea@mail.example")).await;
    assert_eq!(refusal, Refusal::NotAMember);
    let bea = world.done(world.local(ada), make("bea@mail.example")).await;
    let word = world.link("bea@mail.example").await;
    assert!(!ops::passwords::verify("", &world.account(bea).await.password_hash));
    let choose = ops::resets::FinishReset {
        digest: secrets::digest(&word),
        password_hash: testkit::PASSWORD_HASH.to_owned(),
    };
    let next = world.done(Origin::visitor(), choose).await;
    assert_eq!(next, AccountState::Active);
    assert_eq!(world.standing(garden, bea).await, Standing::Active(Role::Member));
    world.session(bea).await;
}

async fn what_was_never_confirmed_is_forgotten(world: World) {
    let ada = world.person("ada").await;
    world.door_is(SignUpMode::Open).await;
    let before = world.rows().await;
    world.done(Origin::visitor(), world.new_sign_up("bea")).await;
    let bea = person(&world, "bea").await;
    let now = world.now();
    let stale = async |moment| {
        let state = AccountState::Unconfirmed;
        let found = world.read(move |conn| db::sponsors::stillborn(conn, state, moment, 10)).await;
        found.into_iter().map(|(_, person)| person).collect::<Vec<_>>()
    };
    assert_eq!(stale(now).await, []);
    assert_eq!(stale(now.plus_seconds(1)).await, [bea]);
    world.letters().await;
    for person in [ada, bea] {
        world.done(Origin::clock(), EraseAccount { person }).await;
    }
    assert!(before.changed(&world.rows().await).is_empty(), "an account in use is never erased");
    world.done(Origin::visitor(), world.new_sign_up("bea")).await;
}

async fn mod_09_an_open_door_that_nobody_watches_is_shut(world: World) {
    let rosa = world.admin("rosa").await;
    world.door_is(SignUpMode::Open).await;
    world.session(rosa).await;
    world.clock.advance(7 * 86_400 - 1);
    assert!(!world.done(Origin::clock(), WatchDoor).await);
    world.session(rosa).await;
    world.clock.advance(7 * 86_400 - 1);
    assert!(!world.done(Origin::clock(), WatchDoor).await, "she was here");
    world.clock.advance(1);
    assert!(world.done(Origin::clock(), WatchDoor).await);
    assert_eq!(world.read(mode).await, SignUpMode::Approval);
    let told: Vec<_> = world.letters().await.into_iter().map(|it| it.to).collect();
    assert_eq!(told, ["rosa@mail.example"]);
    assert!(!world.done(Origin::clock(), WatchDoor).await, "once");
    let ada = world.person("ada").await;
    assert_eq!(world.refused(world.local(ada), WatchDoor).await, Refusal::NotAllowed);
    world.door_is(SignUpMode::Open).await;
    assert!(!world.done(Origin::clock(), WatchDoor).await, "whoever opens it was here");
}
