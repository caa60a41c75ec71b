//! The second step of signing in.

use domain::{Origin, PersonId, Refusal};
use ops::{
    accounts::SignIn,
    secrets,
    sessions::{AskCode, SecondStep},
    totp::{
        BeginTotp, ConfirmTotp, DisableTotp, RECOVERY_CODES, RenewRecoveryCodes, ResetTotp,
        code_at, offered,
    },
};
use testkit::World;

testkit::both_engines!(
    nothing_is_asked_for_before_the_first_code_came_back,
    without_the_code_nobody_comes_in,
    a_code_is_used_once,
    a_recovery_code_is_used_once,
    new_recovery_codes_replace_the_old_ones,
    it_is_turned_off_again,
    whoever_asks_for_a_code_is_asked_for_their_own,
    only_its_owner_changes_it,
    an_admin_lets_somebody_in_who_has_lost_everything,
);

/// Signs in with a code, after the password was right.
async fn sign_in(world: &World, person: PersonId, code: &str) -> Result<(), ops::OpError> {
    let account = world.account(person).await.id;
    let ticket = secrets::digest(&secrets::fresh().unwrap());
    world.done(world.local(person), AskCode { account, digest: ticket.clone() }).await;
    let step = SecondStep { digest: ticket, code: code.to_owned() };
    world.door.perform(world.local(person), new(world, person, Some(step)).await).await
}

async fn new(world: &World, person: PersonId, step: Option<SecondStep>) -> SignIn {
    SignIn {
        account: world.account(person).await.id,
        digest: secrets::digest(&secrets::fresh().unwrap()),
        csrf: "word".to_owned(),
        name: "Firefox on Linux".to_owned(),
        step,
    }
}

async fn nothing_is_asked_for_before_the_first_code_came_back(world: World) {
    let ada = world.person("ada").await;
    let told = world.done(world.local(ada), BeginTotp).await;
    assert!(told.uri.starts_with("otpauth://totp/a.example:ada?secret="), "{}", told.uri);
    assert_eq!(format!("{told:?}"), "Offered(…)");
    let plain = new(&world, ada, None).await;
    world.done(world.local(ada), plain).await;

    let account = world.account(ada).await.id;
    let row = world.read(move |conn| db::totp::find(conn, account)).await;
    let secret = row.secret.unwrap();
    assert_eq!(offered(&world.site, "ada", &secret).secret, told.secret);
    let wrong = ConfirmTotp { code: "000000x".to_owned() };
    assert_eq!(world.invalid(world.local(ada), wrong).await.field, "code");
    let code = code_at(&secret, world.now());
    let (first, last) = code.split_at(3);
    let typed = format!(" {first} {last} ");
    let codes = world.done(world.local(ada), ConfirmTotp { code: typed }).await;
    assert_eq!(codes.len(), RECOVERY_CODES);
    assert_eq!(world.letters().await[0].subject, "[a.example] Signing in takes two steps now");
    let rows = world.rows().await;
    assert_eq!(rows.count("recovery_codes"), RECOVERY_CODES);
    assert!(rows.naming(&codes[0]).is_empty(), "digests only");
    assert_eq!(world.refused(world.local(ada), BeginTotp).await, Refusal::TotpIsOn);
}

async fn without_the_code_nobody_comes_in(world: World) {
    let ada = world.person("ada").await;
    world.two_steps(ada).await;
    let plain = new(&world, ada, None).await;
    assert_eq!(world.refused(world.local(ada), plain).await, Refusal::NotAllowed);
    let guess = SecondStep { digest: secrets::digest("guess"), code: "000000".to_owned() };
    let guessed = new(&world, ada, Some(guess)).await;
    assert_eq!(world.refused(world.local(ada), guessed).await, Refusal::BadLink);
    assert!(sign_in(&world, ada, "").await.is_err());
    assert_eq!(world.rows().await.count("sessions"), 0);
}

async fn a_code_is_used_once(world: World) {
    let ada = world.person("ada").await;
    let (secret, _) = world.two_steps(ada).await;
    let confirmed = code_at(&secret, world.now());
    assert!(sign_in(&world, ada, &confirmed).await.is_err(), "it turned the second step on");
    world.clock.advance(30);
    let code = code_at(&secret, world.now());
    sign_in(&world, ada, &code).await.unwrap();
    assert!(sign_in(&world, ada, &code).await.is_err());
    let next = code_at(&secret, world.now().plus_seconds(30));
    sign_in(&world, ada, &next).await.unwrap();
    assert!(sign_in(&world, ada, &code).await.is_err(), "an older one neither");
    world.clock.advance(120);
    let late = code_at(&secret, world.now().plus_seconds(-60));
    assert!(sign_in(&world, ada, &late).await.is_err());
}

async fn a_recovery_code_is_used_once(world: World) {
    let ada = world.person("ada").await;
    let bea = world.person("bea").await;
    let (_, codes) = world.two_steps(ada).await;
    world.two_steps(bea).await;
    assert!(sign_in(&world, bea, &codes[0]).await.is_err(), "it is another's");
    sign_in(&world, ada, &codes[0].to_uppercase().replace('-', " ")).await.unwrap();
    assert!(sign_in(&world, ada, &codes[0]).await.is_err());
    sign_in(&world, ada, &codes[1]).await.unwrap();
    let account = world.account(ada).await.id;
    assert_eq!(world.read(move |conn| db::totp::count_codes(conn, account)).await, 8);
}

async fn new_recovery_codes_replace_the_old_ones(world: World) {
    let ada = world.person("ada").await;
    let off = world.refused(world.local(ada), RenewRecoveryCodes).await;
    assert_eq!(off, Refusal::TotpIsOff);
    let (_, old) = world.two_steps(ada).await;
    let new = world.done(world.local(ada), RenewRecoveryCodes).await;
    assert!(new.iter().all(|code| !old.contains(code)));
    assert!(sign_in(&world, ada, &old[0]).await.is_err());
    sign_in(&world, ada, &new[0]).await.unwrap();
    assert_eq!(world.rows().await.count("recovery_codes"), RECOVERY_CODES);
}

async fn it_is_turned_off_again(world: World) {
    let ada = world.person("ada").await;
    assert_eq!(world.refused(world.local(ada), DisableTotp).await, Refusal::TotpIsOff);
    world.two_steps(ada).await;
    world.letters().await;
    world.done(world.local(ada), DisableTotp).await;
    assert_eq!(world.letters().await.len(), 1, "the owner is told");
    assert_eq!(world.rows().await.count("recovery_codes"), 0);
    let plain = new(&world, ada, None).await;
    world.done(world.local(ada), plain).await;
}

async fn whoever_asks_for_a_code_is_asked_for_their_own(world: World) {
    let ada = world.person("ada").await;
    let bea = world.person("bea").await;
    let (secret, _) = world.two_steps(ada).await;
    world.clock.advance(30);
    let digest = secrets::digest("of bea");
    let account = world.account(bea).await.id;
    world.done(world.local(bea), AskCode { account, digest: digest.clone() }).await;
    let step = SecondStep { digest, code: code_at(&secret, world.now()) };
    let sign_in = new(&world, ada, Some(step)).await;
    assert_eq!(world.refused(world.local(ada), sign_in).await, Refusal::BadLink);
    let digest = secrets::digest("late");
    let account = world.account(ada).await.id;
    world.done(world.local(ada), AskCode { account, digest: digest.clone() }).await;
    world.clock.advance(600);
    let step = SecondStep { digest, code: code_at(&secret, world.now()) };
    let sign_in = new(&world, ada, Some(step)).await;
    assert_eq!(world.refused(world.local(ada), sign_in).await, Refusal::BadLink);
}

async fn only_its_owner_changes_it(world: World) {
    let ada = world.person("ada").await;
    world.two_steps(ada).await;
    for origin in [Origin::server(), Origin::visitor()] {
        assert_eq!(world.refused(origin.clone(), BeginTotp).await, Refusal::NotTheirsToSay);
        assert_eq!(world.refused(origin, DisableTotp).await, Refusal::NotTheirsToSay);
    }
}

async fn an_admin_lets_somebody_in_who_has_lost_everything(world: World) {
    let ada = world.person("ada").await;
    let rosa = world.admin("rosa").await;
    let reset = ResetTotp { person: ada };
    let off = world.refused(Origin::server(), reset.clone()).await;
    assert_eq!(off, Refusal::TotpIsOff);
    world.two_steps(ada).await;
    world.letters().await;
    assert_eq!(world.refused(world.local(ada), reset.clone()).await, Refusal::NotAllowed);
    world.done(world.local(rosa), reset).await;
    assert_eq!(world.letters().await[0].to, "ada@mail.example", "the owner is told");
    assert!(world.audit().await.contains(&"reset_totp ada".to_owned()), "API-26");
    let plain = new(&world, ada, None).await;
    world.done(world.local(ada), plain).await;
}
