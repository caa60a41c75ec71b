//! What those who run the instance are shown, set, and start with.

use domain::{Handle, Origin, PersonId, Refusal, console::Accent};
use ops::{
    about::{ChangeSite, SiteSettings, Texts},
    announcements::{Announce, EndAnnouncement},
    console::{
        self, CountDay, Measure,
        doctor::{self, Check, Health, Setup},
        retention,
        work::{DiscardJob, DiscardLost, RetryJob},
    },
    follows::AskFollow,
    mail::JOB,
    secrets,
    setup::{FoundAdmin, OpenSetup, is_open, opens},
};
use testkit::{PASSWORD_HASH, World};

testkit::both_engines!(
    days_are_counted_and_those_before_are_kept,
    the_log_only_grows,
    what_is_set_counts_over_the_configuration,
    an_announcement_is_said_for_a_while,
    jobs_that_were_given_up_are_done_again_or_thrown_away,
    whoever_has_the_word_is_the_first_admin_and_nobody_after,
    the_doctor_finds_what_is_wrong,
);

async fn of(world: &World, measure: Measure) -> Vec<Option<i64>> {
    let now = world.now();
    let series = world.read(move |conn| console::series(conn, now, 3)).await;
    let series = series.into_iter().find(|it| it.measure == measure).unwrap();
    series.values.into_iter().map(|(_, value)| value).collect()
}

async fn days_are_counted_and_those_before_are_kept(world: World) {
    let ada = world.person("ada").await;
    let garden = world.collective("garden", ada).await;
    world.need(garden, ada, "Chairs").await;
    world.session(ada).await;
    assert_eq!(of(&world, Measure::SignUps).await, [Some(0), Some(0), Some(1)]);
    assert_eq!(of(&world, Measure::Opened).await, [Some(0), Some(0), Some(1)]);
    assert_eq!(of(&world, Measure::Active).await, [None, None, Some(1)]);
    assert_eq!(of(&world, Measure::Delivered).await, [None, None, None], "nothing to compare with");
    world.done(Origin::clock(), CountDay).await;
    world.execute("UPDATE instances SET delivered = 5, failed = 2");
    world.clock.advance(86_400);
    assert_eq!(of(&world, Measure::Active).await, [None, Some(1), Some(0)]);
    assert_eq!(of(&world, Measure::Delivered).await, [None, None, Some(5)]);
    world.done(Origin::clock(), CountDay).await;
    world.clock.advance(86_400);
    world.execute("UPDATE instances SET delivered = 6, failed = 2");
    assert_eq!(of(&world, Measure::Delivered).await, [None, Some(5), Some(1)]);
    assert_eq!(of(&world, Measure::Failed).await, [None, Some(2), Some(0)]);
    assert_eq!(of(&world, Measure::SignUps).await, [Some(1), Some(0), Some(0)]);
    let eve = world.person("eve").await;
    assert_eq!(world.refused(world.local(eve), CountDay).await, Refusal::NotAllowed);
    world.clock.advance(500 * 86_400);
    world.done(Origin::clock(), CountDay).await;
    assert!(of(&world, Measure::Received).await.iter().flatten().all(|value| *value == 0));
    let kept = world.read(|conn| db::days::since(conn, "delivered", 0)).await;
    assert_eq!(kept.len(), 1, "what is older than 400 days is forgotten");
    world.events().await;
}

async fn the_log_only_grows(world: World) {
    world.admin("rosa").await;
    let before = world.audit().await;
    assert_eq!(before.len(), 1);
    for statement in [
        "DELETE FROM audit",
        "UPDATE audit SET detail = 'nothing'",
        "UPDATE audit SET action = 'nothing', happened_at = 0",
    ] {
        let done = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| {
            world.execute(statement);
        }));
        assert!(done.is_err(), "{statement}");
    }
    assert_eq!(world.audit().await, before);
}

async fn what_is_set_counts_over_the_configuration(world: World) {
    let rosa = world.admin("rosa").await;
    let nothing = world.read(SiteSettings::load).await;
    assert_eq!(nothing, SiteSettings::default());
    let rules = Texts::new([("en", "Be kind."), ("ca", "Cuida’t."), ("es", " ")]).unwrap();
    assert!(Texts::new([("xx", "Be kind.")]).is_err());
    let change = ChangeSite {
        name: Some("Commons of the valley".to_owned()),
        accent: Some(Accent::Leaf),
        rules: Some(rules.clone()),
        ..ChangeSite::default()
    };
    let eve = world.person("eve").await;
    assert_eq!(world.refused(world.local(eve), change.clone()).await, Refusal::NotAllowed);
    world.done(world.local(rosa), change.clone()).await;
    world.done(world.local(rosa), change).await;
    let set = world.read(SiteSettings::load).await;
    assert_eq!(set.name.as_deref(), Some("Commons of the valley"));
    assert_eq!((set.accent, &set.rules), (Some(Accent::Leaf), &rules));
    assert_eq!(set.rules.in_language("ca"), Some("Cuida’t."));
    assert_eq!(set.rules.in_language("es"), Some("Be kind."), "in English where there is none");
    let lines = world.audit().await;
    let lines = lines.iter().filter(|line| line.contains("change_setting")).count();
    assert_eq!(lines, 3, "what stays as it was is not told again");
    let wrong = ChangeSite { contact: Some("nobody".to_owned()), ..ChangeSite::default() };
    assert_eq!(world.invalid(world.local(rosa), wrong).await.field, "contact");
    let back = ChangeSite { name: Some(String::new()), ..ChangeSite::default() };
    world.done(world.local(rosa), back).await;
    assert_eq!(world.read(SiteSettings::load).await.name, None);
}

async fn an_announcement_is_said_for_a_while(world: World) {
    let rosa = world.admin("rosa").await;
    let now = world.now();
    let text = Texts::new([("en", "We move tonight.")]).unwrap();
    let (starts, ends) = (Some(now.plus_days(1)), Some(now.plus_days(2)));
    let announce = Announce { text, starts_at: starts, ends_at: ends };
    let early = Announce { ends_at: Some(now), ..announce.clone() };
    assert_eq!(world.invalid(world.local(rosa), early).await.field, "ends_at");
    let empty = Announce { text: Texts::default(), ..announce.clone() };
    assert_eq!(world.invalid(world.local(rosa), empty).await.field, "text");
    let id = world.done(world.local(rosa), announce).await;
    let said = async |world: &World| {
        let now = world.now();
        world.read(move |conn| db::announcements::current(conn, now, 5)).await.len()
    };
    assert_eq!(said(&world).await, 0);
    world.clock.advance(86_400);
    assert_eq!(said(&world).await, 1);
    world.clock.advance(86_400);
    assert_eq!(said(&world).await, 0);
    let eve = world.person("eve").await;
    let end = EndAnnouncement { id };
    assert_eq!(world.refused(world.local(eve), end.clone()).await, Refusal::NotAllowed);
    world.done(world.local(rosa), end).await;
    assert!(world.read(|conn| db::announcements::all(conn, 5)).await.is_empty());
}

async fn jobs_that_were_given_up_are_done_again_or_thrown_away(world: World) {
    let rosa = world.admin("rosa").await;
    let bob = world.remote_person("bob@b.example").await;
    world.done(world.local(rosa), AskFollow { followed: bob }).await;
    world.events().await;
    let letter = async |world: &World| {
        let sign_up = world.new_sign_up("bea");
        world.done(Origin::visitor(), sign_up).await;
    };
    world.door_is(domain::sign_ups::SignUpMode::Open).await;
    letter(&world).await;
    let job = world.read(|conn| db::console::work::page(conn, false, None, 10)).await[0].id;
    let by = || world.local(rosa);
    assert_eq!(world.refused(by(), DiscardJob { job }).await, Refusal::NotWaiting);
    world.execute(&format!("UPDATE jobs SET dead = true WHERE kind = '{JOB}'"));
    let dead = world.read(|conn| db::console::work::page(conn, true, None, 10)).await;
    assert_eq!(dead.len(), 1);
    world.done(by(), RetryJob { job }).await;
    assert_eq!(world.letters().await.len(), 1, "it is sent");
    letter_again(&world, rosa).await;
    assert_eq!(world.done(by(), DiscardLost { host: "b.example".to_owned() }).await, 0);
    let log = world.audit().await;
    for action in ["retry_job", "discard_job", "discard_lost"] {
        assert!(log.iter().any(|line| line.starts_with(action)), "API-26: {action} in {log:?}");
    }
}

/// A job that was given up, thrown away.
async fn letter_again(world: &World, rosa: PersonId) {
    world.done(Origin::visitor(), world.new_sign_up("cho")).await;
    world.execute(&format!("UPDATE jobs SET dead = true WHERE kind = '{JOB}'"));
    let job = world.read(|conn| db::console::work::page(conn, true, None, 10)).await[0].id;
    let eve = world.person("eve").await;
    assert_eq!(world.refused(world.local(eve), DiscardJob { job }).await, Refusal::NotAllowed);
    world.done(world.local(rosa), DiscardJob { job }).await;
    assert!(world.read(|conn| db::console::work::page(conn, true, None, 10)).await.is_empty());
}

async fn whoever_has_the_word_is_the_first_admin_and_nobody_after(world: World) {
    let open = |word: &str| OpenSetup { digest: secrets::digest(word) };
    assert_eq!(
        world.refused(Origin::visitor(), open("guess")).await,
        Refusal::NotTheirsToSay,
        "API-27"
    );
    assert!(world.done(Origin::server(), open("first")).await);
    assert!(world.done(Origin::server(), open("second")).await);
    let found = |word: &str, handle: &str| FoundAdmin {
        word: word.to_owned(),
        handle: Handle::choose(handle).unwrap(),
        name: String::new(),
        email: None,
        password_hash: PASSWORD_HASH.to_owned(),
        locale: "en".to_owned(),
        keys: testkit::pair(7),
    };
    for word in ["first", "guess", ""] {
        let refusal = world.refused(Origin::visitor(), found(word, "mallory")).await;
        assert_eq!(refusal, Refusal::BadLink, "API-27");
    }
    assert!(world.read(is_open).await);
    let rosa = world.done(Origin::visitor(), found("second", "rosa")).await;
    let account = world.account(rosa).await;
    assert_eq!(account.role, domain::accounts::AccountRole::Admin);
    assert!(!world.read(|conn| opens(conn, "second")).await, "API-27: it works once");
    let refusal = world.refused(Origin::visitor(), found("second", "mallory")).await;
    assert_eq!(refusal, Refusal::BadLink, "API-27");
    assert!(!world.done(Origin::server(), open("third")).await, "API-27: and never again");
    assert!(!world.read(|conn| opens(conn, "third")).await);
    world.execute("UPDATE accounts SET suspended_at = 1");
    assert!(!world.done(Origin::server(), open("fourth")).await, "shutting out opens no door");
}

async fn the_doctor_finds_what_is_wrong(world: World) {
    world.admin("rosa").await;
    let setup = Setup {
        mail: Some("mail.example".to_owned()),
        secure: true,
        keep_sent_days: 30,
        ..Setup::default()
    };
    let look = async |world: &World, setup: &Setup| {
        let (setup, now) = (setup.clone(), world.now());
        world.read(move |conn| doctor::look(conn, &setup, now)).await
    };
    let of = |findings: &[doctor::Finding], check| {
        findings.iter().find(|it| it.check == check).unwrap().health
    };
    let found = look(&world, &setup).await;
    for check in [Check::Clock, Check::Address, Check::Mail, Check::Migrations, Check::Inbox] {
        assert_eq!(of(&found, check), Health::Good, "{check:?}");
    }
    let poor = Setup { mail: None, secure: false, ..setup.clone() };
    let found = look(&world, &poor).await;
    assert_eq!(of(&found, Check::Mail), Health::Poor);
    assert_eq!(of(&found, Check::Address), Health::Poor);
    world.door_is(domain::sign_ups::SignUpMode::Open).await;
    world.done(Origin::visitor(), world.new_sign_up("bea")).await;
    world.clock.advance(700);
    assert_eq!(of(&look(&world, &setup).await, Check::Work), Health::Poor);
    world.clock.advance(3_600);
    assert_eq!(of(&look(&world, &setup).await, Check::Work), Health::Bad);
    world.clock.set(world.now().plus_days(-1));
    assert_eq!(of(&look(&world, &setup).await, Check::Clock), Health::Bad, "it went back");
    let storage = world.read(move |conn| retention::storage(conn, &setup)).await;
    assert!(0 < storage.database_bytes && storage.engine.contains("SQL"), "{storage:?}");
    assert_eq!(storage.rules.len(), 6);
    world.letters().await;
}
