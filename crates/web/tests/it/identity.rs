//! One's own account on its pages.

use actix_web::http::{StatusCode, header::SET_COOKIE};
use domain::memberships::Role;
use ops::{follows::AskFollow, totp::code_at};
use testkit::{PASSWORD, World};

use crate::browser::{Browser, Pages, Seen};

testkit::both_engines!(
    two_steps_are_turned_on_with_a_picture_and_shown_codes,
    no_session_is_there_before_the_second_step,
    a_wrong_code_is_told_as_a_wrong_password_is,
    a_recovery_code_lets_somebody_in_once,
    the_second_step_is_counted_and_ends,
    sessions_are_named_and_ended,
    apps_and_tokens_are_listed_and_ended,
    an_address_is_changed_by_both_letters,
    a_new_password_keeps_this_browser_alone,
    everything_is_downloaded_as_one_file,
    an_account_is_deleted_with_a_plain_warning,
    a_collective_that_would_be_left_alone_is_named,
    api_02_nobody_ends_what_is_of_another,
);

async fn wrong(browser: &Browser, form: &crate::forms::Form, text: &str) -> Seen {
    let seen = browser.submit(form).await;
    assert_eq!(seen.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", seen.html);
    assert!(seen.has(text), "{text}: {}", seen.html);
    seen
}

async fn two_steps_are_turned_on_with_a_picture_and_shown_codes(world: World) {
    let ada = world.person("ada").await;
    let pages = Pages::of(&world).await;
    let browser = pages.signed_in(&world, ada).await;
    assert!(browser.page("/u/ada").await.has("href=\"/account\""));
    assert!(browser.page("/account").await.has("Off: your password is all it takes."));
    let begin = browser.page("/account/two-steps").await.form("/account/two-steps/begin");
    wrong(&browser, &begin.clone().with("password", "guess"), "The password is not").await;
    let offer = browser.submit(&begin.with("password", PASSWORD)).await;
    assert_eq!(offer.status, StatusCode::OK);
    assert_eq!(offer.header("cache-control"), "private, no-store");
    assert!(offer.has("<svg class=\"qr\"") && offer.has("otpauth://totp/a.example:ada?secret="));
    assert!(!browser.page("/account/two-steps").await.has("otpauth:"), "it is shown once");

    let confirm = offer.form("/account/two-steps/confirm");
    let again = wrong(&browser, &confirm.clone().with("code", "12"), "The code does not fit").await;
    assert!(again.has("<svg class=\"qr\""), "nobody begins anew because of a typing error");
    let account = world.account(ada).await.id;
    let secret = world.read(move |conn| db::totp::find(conn, account)).await.secret.unwrap();
    let code = code_at(&secret, world.now());
    let on = browser.submit(&confirm.with("code", &code)).await;
    assert_eq!(on.html.matches("<li><code>").count(), 10, "{}", on.html);
    let page = browser.page("/account/two-steps").await;
    assert!(page.has("10 of your recovery codes are left.") && !page.has("<li><code>"));
    let form = page.form("/account/two-steps/codes").with("password", PASSWORD);
    let new = browser.submit(&form).await;
    assert_eq!(new.html.matches("<li><code>").count(), 10);
    let off = browser.submitted(&form.to("/account/two-steps/off")).await;
    assert!(off.has("Signing in takes your password alone."));
}

/// Types the password; what comes is the page that asks for the code.
async fn first_step(browser: &Browser, next: &str) -> Seen {
    let door = browser.page(&format!("/login?next={next}")).await;
    let form = door.form("/login").with("login", "ada").with("password", PASSWORD);
    let seen = browser.submit(&form).await;
    assert_eq!(seen.status, StatusCode::OK, "{}", seen.html);
    seen
}

async fn no_session_is_there_before_the_second_step(world: World) {
    let ada = world.person("ada").await;
    let (secret, _) = world.two_steps(ada).await;
    world.clock.advance(30);
    let pages = Pages::of(&world).await;
    let browser = pages.visitor();
    let asks = first_step(&browser, "/listings").await;
    assert_eq!(asks.header("cache-control"), "private, no-store");
    assert_eq!(world.rows().await.count("sessions"), 0);
    assert!(browser.cookie("tequio").is_none());
    assert_eq!(browser.get("/home").await.status, StatusCode::SEE_OTHER);
    assert_eq!(browser.get("/login/code").await.location(), "/login");

    let form = asks.form("/login/code").with("code", &code_at(&secret, world.now()));
    let elsewhere = pages.visitor();
    assert_eq!(elsewhere.submit(&form).await.status, StatusCode::FORBIDDEN, "another browser");
    let seen = browser.submit(&form).await;
    assert_eq!(seen.location(), "/listings?notice=signed-in");
    assert!(browser.cookie("tequio").is_some());
    browser.page("/home").await;
    let again = first_step(&pages.visitor(), "").await;
    let used = code_at(&secret, world.now());
    let replay = again.form("/login/code").with("code", &used).without("csrf");
    assert_eq!(pages.visitor().submit(&replay).await.status, StatusCode::FORBIDDEN);
}

async fn a_wrong_code_is_told_as_a_wrong_password_is(world: World) {
    let ada = world.person("ada").await;
    world.two_steps(ada).await;
    let pages = Pages::of(&world).await;
    let browser = pages.visitor();
    let door = browser.page("/login").await.form("/login");
    let text = "What you typed doesn’t fit together.";
    wrong(&browser, &door.with("login", "ada").with("password", "guess"), text).await;
    let form = first_step(&browser, "").await.form("/login/code");
    for code in ["", "000000x", "abcd-efgh-ijkm-npqr", "\u{0}", &"9".repeat(5_000)] {
        let seen = wrong(&browser, &form.clone().with("code", code), text).await;
        assert!(
            seen.headers.get_all(SET_COOKIE).all(|it| !it.to_str().unwrap().contains("tequio="))
        );
    }
    let forged = form.clone().with("ticket", "guess").with("code", "000000");
    let seen = browser.submit(&forged).await;
    assert_eq!(seen.status, StatusCode::FORBIDDEN);
    seen.form("/login");
    assert_eq!(world.rows().await.count("sessions"), 0);
}

async fn a_recovery_code_lets_somebody_in_once(world: World) {
    let ada = world.person("ada").await;
    let (_, codes) = world.two_steps(ada).await;
    let pages = Pages::of(&world).await;
    let browser = pages.visitor();
    let form = first_step(&browser, "").await.form("/login/code");
    let seen = browser.submit(&form.with("code", &codes[3])).await;
    assert_eq!(seen.location(), "/home?notice=signed-in");
    let again = pages.visitor();
    let form = first_step(&again, "").await.form("/login/code");
    wrong(&again, &form.with("code", &codes[3]), "doesn’t fit together").await;
}

async fn the_second_step_is_counted_and_ends(world: World) {
    let ada = world.person("ada").await;
    let (_, codes) = world.two_steps(ada).await;
    let pages = Pages::of(&world).await;
    let browser = pages.visitor();
    let form = first_step(&browser, "").await.form("/login/code");
    world.clock.advance(600);
    let late = browser.submit(&form.clone().with("code", &codes[0])).await;
    assert_eq!(late.status, StatusCode::FORBIDDEN, "ten minutes are enough");
    let form = first_step(&browser, "").await.form("/login/code");
    let guess = form.clone().with("code", "000000x");
    let mut last = browser.submit(&guess).await;
    for _ in 0..25 {
        last = browser.submit(&guess).await;
    }
    assert_eq!(last.status, StatusCode::TOO_MANY_REQUESTS);
    let right = browser.submit(&form.with("code", &codes[0])).await;
    assert_eq!(right.status, StatusCode::TOO_MANY_REQUESTS);
}

async fn sessions_are_named_and_ended(world: World) {
    let ada = world.person("ada").await;
    let pages = Pages::of(&world).await;
    let other = pages.signed_in(&world, ada).await;
    let third = pages.signed_in(&world, ada).await;
    let browser = pages.visitor();
    let door = browser.page("/login").await.form("/login");
    let request = actix_web::test::TestRequest::post()
        .uri("/login")
        .insert_header(("content-type", "application/x-www-form-urlencoded"))
        .insert_header(("user-agent", "Mozilla/5.0 (iPhone; CPU) Version/17.5 Safari/604.1"))
        .set_payload(door.with("login", "ada").with("password", PASSWORD).body());
    assert_eq!(browser.send(request).await.status, StatusCode::SEE_OTHER);
    let page = browser.page("/account/security").await;
    assert!(page.has("Safari on iPhone") && page.has("Firefox on Linux"), "{}", page.html);
    assert_eq!(page.html.matches("This one").count(), 1);
    let (head, _) = page.html.split_once("This one").unwrap();
    assert!(head.ends_with("<strong>Safari on iPhone</strong> <span class=\"state open\">"));
    let ends: Vec<&str> = page.html.split("action=\"/account/sessions/").skip(1).collect();
    let id = ends[0].split('/').next().unwrap();
    let ended = browser.submitted(&page.form(&format!("/account/sessions/{id}/end"))).await;
    assert!(ended.has("It is signed out."));
    let left = [other.get("/home").await.status, third.get("/home").await.status];
    assert_eq!(left.iter().filter(|it| **it == StatusCode::OK).count(), 1);
    browser.press("/account/security", "/account/sessions/end-others").await;
    assert_eq!(other.get("/home").await.status, StatusCode::SEE_OTHER);
    assert_eq!(third.get("/home").await.status, StatusCode::SEE_OTHER);
    let alone = browser.page("/account/security").await;
    assert!(!alone.has("end-others"), "there are no others");

    world.clock.advance(7_200);
    let page = browser.page("/account/security").await;
    assert!(page.has("used last"));
    let account = world.account(ada).await.id;
    let now = world.now();
    let rows = world.read(move |conn| db::sessions::page(conn, account, now, None, 5)).await;
    assert_eq!(rows[0].used_at, Some(now));
}

async fn apps_and_tokens_are_listed_and_ended(world: World) {
    let ada = world.person("ada").await;
    world.token(ada, "listings:write accounts:read").await;
    let pages = Pages::of(&world).await;
    let browser = pages.signed_in(&world, ada).await;
    let page = browser.page("/account/security").await;
    assert!(page.has("a test") && page.has("What it may do"));
    let id = page.html.split("action=\"/account/tokens/").nth(1).unwrap();
    let id = id.split('/').next().unwrap();
    browser.press("/account/security", &format!("/account/tokens/{id}/end")).await;
    assert_eq!(world.rows().await.count("tokens"), 0);
    assert!(browser.page("/account/security").await.has("No app acts for you."));
}

async fn an_address_is_changed_by_both_letters(world: World) {
    let ada = world.person("ada").await;
    let pages = Pages::of(&world).await;
    let browser = pages.signed_in(&world, ada).await;
    let form = browser.page("/account/email").await.form("/account/email");
    let typed = form.with("email", "ada@new.example");
    let seen = wrong(&browser, &typed.clone().with("password", "guess"), "not the one").await;
    assert_eq!(seen.form("/account/email").value("email"), "ada@new.example", "it is kept");
    let asked = browser.submitted(&typed.with("password", PASSWORD)).await;
    assert!(asked.has("two letters are on their way"));
    let letters = world.letters().await;
    let mut links = letters.iter().map(|letter| {
        let link = letter.text.split_whitespace().find(|it| it.contains("?token=")).unwrap();
        link.strip_prefix("https://a.example").unwrap().to_owned()
    });
    let (old, new) = (links.next().unwrap(), links.next().unwrap());
    // Whoever opens a letter may do so anywhere.
    let phone = pages.visitor();
    phone.page(&old).await;
    assert_eq!(world.letters().await.len(), 0, "a program that only looks confirms nothing");
    let half = phone.submitted(&phone.page(&old).await.form("/account/email/confirm")).await;
    assert!(half.has("Now open the link in the other letter."));
    let done = browser.submitted(&browser.page(&new).await.form("/account/email/confirm")).await;
    assert!(done.has("Your address is changed.") && done.has("ada@new.example"), "{}", done.html);
    let again = phone.page(&new).await.form("/account/email/confirm");
    assert_eq!(phone.submit(&again).await.status, StatusCode::NOT_FOUND);
}

async fn a_new_password_keeps_this_browser_alone(world: World) {
    let ada = world.person("ada").await;
    let pages = Pages::of(&world).await;
    let (browser, other) = (pages.signed_in(&world, ada).await, pages.signed_in(&world, ada).await);
    let form = browser.page("/account/password").await.form("/account/password");
    let short = form.clone().with("password", PASSWORD).with("new_password", "short");
    wrong(&browser, &short, "The new password must be 10 to 256 characters.").await;
    let right = form.with("password", PASSWORD).with("new_password", "another sentence");
    assert!(browser.submitted(&right).await.has("Your password is changed."));
    assert_eq!(other.get("/home").await.status, StatusCode::SEE_OTHER);
    browser.page("/home").await;
}

async fn everything_is_downloaded_as_one_file(world: World) {
    let ada = world.person("ada").await;
    let pages = Pages::of(&world).await;
    let (secret, csrf) = world.session(ada).await;
    let request = actix_web::test::TestRequest::post()
        .uri("/account/export")
        .insert_header(("content-type", "application/x-www-form-urlencoded"))
        .insert_header(("cookie", format!("tequio={secret}")))
        .set_payload(format!("csrf={csrf}"));
    let seen = pages.call(request).await;
    assert_eq!(seen.status, StatusCode::OK);
    assert_eq!(seen.header("content-type"), "application/zip");
    assert!(seen.header("content-disposition").starts_with("attachment; filename=\"ada-"));
    assert_eq!(seen.header("cache-control"), "private, no-store");
    assert!(seen.html.starts_with("PK"));
}

async fn an_account_is_deleted_with_a_plain_warning(world: World) {
    let ada = world.person("ada").await;
    let garden = world.collective("garden", ada).await;
    let zoe = world.member(garden, "zoe", Role::Member).await;
    world.done(world.local(zoe), AskFollow { followed: garden.actor() }).await;
    let pages = Pages::of(&world).await;
    let browser = pages.signed_in(&world, zoe).await;
    let (secret, _) = world.two_steps(zoe).await;
    world.clock.advance(30);
    let page = browser.page("/account/delete").await;
    assert!(page.has("@zoe@a.example") && page.has("for good"));
    let form = page.form("/account/delete").with("password", PASSWORD);
    wrong(&browser, &form.clone().with("password", "guess"), "The password is not").await;
    wrong(&browser, &form.clone().with("code", "1"), "The code does not fit").await;
    let code = code_at(&secret, world.now());
    let gone = browser.submitted(&form.with("code", &code)).await;
    assert!(gone.has("Your account is deleted."));
    assert!(browser.cookie("tequio").is_none());
    assert_eq!(pages.visitor().get("/u/zoe").await.status, StatusCode::GONE);
    let door = browser.page("/login").await.form("/login");
    wrong(&browser, &door.with("login", "zoe").with("password", PASSWORD), "doesn’t fit").await;
}

async fn a_collective_that_would_be_left_alone_is_named(world: World) {
    let ada = world.person("ada").await;
    world.collective("garden", ada).await;
    let pages = Pages::of(&world).await;
    let browser = pages.signed_in(&world, ada).await;
    let form = browser.page("/account/delete").await.form("/account/delete");
    let text = "The collective garden has no other steward than you; name another one there first.";
    wrong(&browser, &form.with("password", PASSWORD), text).await;
    browser.page("/home").await;
}

async fn api_02_nobody_ends_what_is_of_another(world: World) {
    let ada = world.person("ada").await;
    let eve = world.person("eve").await;
    world.token(ada, "read").await;
    let pages = Pages::of(&world).await;
    let hers = pages.signed_in(&world, ada).await;
    pages.signed_in(&world, ada).await;
    let browser = pages.signed_in(&world, eve).await;
    let page = hers.page("/account/security").await;
    let logout = browser.page("/home").await.form("/logout");
    let before = world.rows().await;
    for kind in ["sessions", "tokens"] {
        let rest = page.html.split(&format!("action=\"/account/{kind}/")).nth(1).unwrap();
        let id = rest.split('/').next().unwrap();
        let end = logout.clone().to(&format!("/account/{kind}/{id}/end"));
        assert_eq!(browser.submit(&end).await.status, StatusCode::NOT_FOUND);
        let odd = logout.clone().to(&format!("/account/{kind}/x/end"));
        assert_eq!(browser.submit(&odd).await.status, StatusCode::NOT_FOUND);
    }
    assert!(before.changed(&world.rows().await).is_empty());
}
