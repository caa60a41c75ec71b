//! Signing in: whom it lets in, and whom it tells what.

use std::sync::atomic::{AtomicU16, Ordering};

use actix_web::{
    http::{StatusCode, header::SET_COOKIE},
    test::TestRequest,
};
use domain::{Origin, sign_ups::SignUpMode};
use ops::{passwords::ChangePassword, sign_ups::ConfirmAccount};
use testkit::{PASSWORD, World};

use crate::browser::{Browser, Elsewhere, Pages, Seen};

testkit::both_engines!(
    nobody_learns_whether_a_name_is_known,
    api_01_an_unknown_name_costs_what_a_wrong_password_costs,
    the_cookie_is_for_this_server_alone,
    each_sign_in_has_a_secret_of_its_own,
    nobody_is_led_away,
    without_its_word_the_door_stays_shut,
    api_10_whoever_guesses_one_account_waits,
    api_10_one_place_tries_twenty_five_passwords,
    api_10_what_no_password_can_be_is_told_the_same,
    only_whoever_knows_the_password_hears_that_it_is_not_ready,
    pages_for_members_ask_to_sign_in,
);

async fn attempt(browser: &Browser, login: &str, password: &str, next: &str) -> Seen {
    let door = browser.page(&format!("/login?next={next}")).await;
    let form = door.form("/login").with("login", login).with("password", password);
    browser.submit(&form).await
}

async fn nobody_learns_whether_a_name_is_known(world: World) {
    world.person("ada").await;
    let pages = Pages::of(&world).await;
    let tell = async |login: &str| {
        let seen = attempt(&pages.visitor(), login, "not the password", "").await;
        assert_eq!(seen.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(!seen.has("not the password"), "a password is never shown again");
        seen.html.split("name=\"csrf\"").nth(1).unwrap()[90..].replace(login, "NAME")
    };
    assert_eq!(tell("ada").await, tell("eve").await);
    let by_mail = attempt(&pages.visitor(), "ada@mail.example", PASSWORD, "").await;
    assert_eq!(by_mail.status, StatusCode::SEE_OTHER);
}

/// How long the threads of this process have computed so far, in nanoseconds. A test is a process of its own, and what
/// others do on the machine counts for others.
fn computed() -> u64 {
    let mut sum = 0;
    for thread in std::fs::read_dir("/proc/self/task").unwrap() {
        let text = std::fs::read_to_string(thread.unwrap().path().join("schedstat"));
        let text = text.unwrap_or_default();
        sum += text.split(' ').next().and_then(|it| it.parse::<u64>().ok()).unwrap_or_default();
    }
    sum
}

async fn api_01_an_unknown_name_costs_what_a_wrong_password_costs(world: World) {
    let ada = world.person("ada").await;
    // Accounts of tests have a hash that is quickly made; hers is as everybody's.
    let password_hash = ops::passwords::hash(PASSWORD).unwrap();
    world.done(world.local(ada), ChangePassword { password_hash, keep: Vec::new() }).await;
    let pages = Pages::of(&world).await;
    let mut costs = [Vec::new(), Vec::new()];
    for _ in 0..5 {
        for (login, costs) in ["ada", "eve"].into_iter().zip(&mut costs) {
            let browser = pages.visitor();
            let door = browser.page("/login").await;
            let form = door.form("/login").with("login", login).with("password", "a wrong one");
            let before = computed();
            let seen = browser.submit(&form).await;
            costs.push(computed() - before);
            assert_eq!(seen.status, StatusCode::UNPROCESSABLE_ENTITY);
        }
    }
    let [wrong, unknown] = costs.map(|mut costs| {
        costs.sort_unstable();
        costs[costs.len() / 2]
    });
    // Without the pretended check it would be a small part of it.
    let ratio = unknown * 100 / wrong;
    assert!((60..=165).contains(&ratio), "API-01: {unknown} ns against {wrong} ns");
}

async fn the_cookie_is_for_this_server_alone(world: World) {
    world.person("ada").await;
    for (secure, name, tail) in [(true, "__Host-tequio", "; Secure"), (false, "tequio", "")] {
        let pages = Pages::with(&world, Elsewhere::default(), secure).await;
        let seen = attempt(&pages.visitor(), "ada", PASSWORD, "").await;
        let lines: Vec<&str> =
            seen.headers.get_all(SET_COOKIE).map(|line| line.to_str().unwrap()).collect();
        let line = lines.iter().find(|line| line.starts_with(&format!("{name}="))).unwrap();
        let (_, rest) = line.split_once(';').unwrap();
        assert_eq!(rest, format!(" Path=/; HttpOnly; SameSite=Lax; Max-Age=2592000{tail}"));
        assert_eq!(seen.header("cache-control"), "private, no-store");
    }
}

async fn each_sign_in_has_a_secret_of_its_own(world: World) {
    world.person("ada").await;
    let pages = Pages::of(&world).await;
    let browser = pages.visitor();
    let planted = "0".repeat(64);
    browser.put_cookie("tequio", &planted);
    attempt(&browser, "ada", PASSWORD, "").await;
    let first = browser.cookie("tequio").unwrap();
    assert_ne!(first, planted);

    let twice = pages.visitor();
    let door = twice.page("/login").await.form("/login");
    twice.put_cookie("tequio", &first);
    let form = door.with("login", "ada").with("password", PASSWORD);
    assert_eq!(twice.submit(&form).await.status, StatusCode::SEE_OTHER);
    assert_ne!(twice.cookie("tequio").unwrap(), first);
    assert_eq!(browser.get("/home").await.status, StatusCode::SEE_OTHER, "the old one has ended");
    assert_eq!(world.rows().await.count("sessions"), 1);

    twice.press("/home", "/logout").await;
    assert_eq!(world.rows().await.count("sessions"), 0);
}

async fn nobody_is_led_away(world: World) {
    world.person("ada").await;
    let pages = Pages::of(&world).await;
    for next in
        ["//evil.test", "/%5Cevil.test", "https://evil.test/", "/%09/evil.test", "evil.test"]
    {
        let seen = attempt(&pages.visitor(), "ada", PASSWORD, next).await;
        assert_eq!(seen.location(), "/home?notice=signed-in", "{next}");
    }
    let seen = attempt(&pages.visitor(), "ada", PASSWORD, "/listings?q=a%26b").await;
    assert_eq!(seen.location(), "/listings?q=a&notice=signed-in".replace("a&", "a&b&"));
}

async fn without_its_word_the_door_stays_shut(world: World) {
    world.person("ada").await;
    let pages = Pages::of(&world).await;
    let browser = pages.visitor();
    let door = browser.page("/login").await.form("/login");
    let form = door.with("login", "ada").with("password", PASSWORD);
    let before = world.rows().await;
    for wrong in [form.clone().without("csrf"), form.clone().with("csrf", &"f".repeat(64))] {
        let seen = browser.submit(&wrong).await;
        assert_eq!(seen.status, StatusCode::FORBIDDEN);
        assert_eq!(seen.form("/login").value("login"), "ada", "what was typed is kept");
    }
    let foreign = TestRequest::post()
        .uri("/login")
        .insert_header(("content-type", "application/x-www-form-urlencoded"))
        .insert_header(("origin", "https://evil.test"))
        .set_payload(form.body());
    assert_eq!(browser.send(foreign).await.status, StatusCode::FORBIDDEN);
    browser.put_cookie("tequio-csrf", "");
    assert_eq!(browser.submit(&form).await.status, StatusCode::FORBIDDEN);
    assert!(before.changed(&world.rows().await).is_empty());
}

async fn api_10_whoever_guesses_one_account_waits(world: World) {
    // The count is one of the whole process: a name that no other test has.
    let name = world.dir().display().to_string();
    let pages = Pages::of(&world).await;
    let browser = pages.visitor();
    let form = browser.page("/login").await.form("/login");
    let form = form.with("login", &name).with("password", "guess");
    for number in 0..25 {
        // Whatever looks like it is the same name.
        let form = if number % 2 == 0 {
            form.clone()
        } else {
            form.clone().with("login", &format!(" @{}", name.to_uppercase()))
        };
        assert_eq!(browser.submit(&form).await.status, StatusCode::UNPROCESSABLE_ENTITY);
    }
    let seen = browser.submit(&form).await;
    assert_eq!(seen.status, StatusCode::TOO_MANY_REQUESTS);
    assert_eq!(seen.header("retry-after"), "3600");
    world.clock.advance(3_601);
    assert_eq!(browser.submit(&form).await.status, StatusCode::UNPROCESSABLE_ENTITY);
}

async fn api_10_one_place_tries_twenty_five_passwords(world: World) {
    // The count is one of the whole process: a place that no other test has.
    static NEXT: AtomicU16 = AtomicU16::new(1);
    let place = format!("2001:db8:0:{}::1", NEXT.fetch_add(1, Ordering::Relaxed));
    let pages = Pages::of(&world).await;
    let browser = pages.visitor();
    let form = browser.page("/login").await.form("/login");
    let from = async |address: &str, number: usize| {
        let form = form.clone().with("login", &format!("name{number}")).with("password", "guess");
        let request = TestRequest::post()
            .uri("/login")
            .peer_addr(std::net::SocketAddr::new(address.parse().unwrap(), 1))
            .insert_header(("content-type", "application/x-www-form-urlencoded"))
            .set_payload(form.body());
        browser.send(request).await
    };
    for number in 0..25 {
        let seen = from(&place, number).await;
        assert_eq!(seen.status, StatusCode::UNPROCESSABLE_ENTITY);
    }
    let seen = from(&place, 26).await;
    assert_eq!(seen.status, StatusCode::TOO_MANY_REQUESTS);
    assert_eq!(seen.header("retry-after"), "300");
    assert_eq!(from("198.51.100.10", 27).await.status, StatusCode::UNPROCESSABLE_ENTITY);
    world.clock.advance(301);
    assert_eq!(from(&place, 28).await.status, StatusCode::UNPROCESSABLE_ENTITY);
}

async fn api_10_what_no_password_can_be_is_told_the_same(world: World) {
    world.person("ada").await;
    let pages = Pages::of(&world).await;
    let wrong = attempt(&pages.visitor(), "ada", "not the password", "").await;
    for password in ["", "x\u{0}y", &"x".repeat(2_000)] {
        for login in ["ada", "nobody", "a\u{0}da"] {
            let seen = attempt(&pages.visitor(), login, password, "").await;
            assert_eq!(seen.status, wrong.status);
            assert!(seen.has("What you typed doesn’t fit together."));
        }
    }
}

async fn only_whoever_knows_the_password_hears_that_it_is_not_ready(world: World) {
    world.door_is(SignUpMode::Approval).await;
    world.done(Origin::visitor(), world.new_sign_up("bea")).await;
    let link = world.link("bea@mail.example").await;
    let pages = Pages::of(&world).await;
    let tells = async |password: &str, text: &str| {
        let seen = attempt(&pages.visitor(), "bea", password, "").await;
        assert_eq!(seen.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(seen.has(text), "{}", seen.html);
    };
    tells("not the password", "doesn’t fit together").await;
    tells(PASSWORD, "Your address is not confirmed yet").await;
    let confirm = ConfirmAccount { digest: ops::secrets::digest(&link) };
    world.done(Origin::visitor(), confirm).await;
    tells("not the password", "doesn’t fit together").await;
    tells(PASSWORD, "Your account waits").await;
    assert_eq!(world.rows().await.count("sessions"), 0);
}

async fn pages_for_members_ask_to_sign_in(world: World) {
    let ada = world.person("ada").await;
    world.collective("garden", ada).await;
    let pages = Pages::of(&world).await;
    for (path, next) in [
        ("/home", "%2Fhome"),
        ("/collectives/new", "%2Fcollectives%2Fnew"),
        ("/c/garden/members", "%2Fc%2Fgarden%2Fmembers"),
        ("/c/garden/edit", "%2Fc%2Fgarden%2Fedit"),
        ("/c/garden/listings/new?purpose=need", "%2Fc%2Fgarden%2Flistings%2Fnew%3Fpurpose%3Dneed"),
    ] {
        let seen = pages.visitor().get(path).await;
        assert_eq!(seen.location(), format!("/login?next={next}"));
    }
}
