//! Getting an account on pages: without scripts, and without being told of others.

use actix_web::http::StatusCode;
use domain::sign_ups::SignUpMode;
use ops::{account_invitations::InviteAccount, secrets, sponsors::Desk};
use testkit::World;

use crate::browser::{Browser, Pages, Seen};

testkit::both_engines!(
    somebody_comes_in_with_an_invitation,
    looking_at_a_link_changes_nothing,
    a_password_is_forgotten_and_chosen_anew,
    api_11_known_and_unknown_addresses_are_answered_alike,
    the_door_says_how_it_stands,
    api_22_each_mode_takes_whom_it_says,
    what_is_wrong_is_told_and_what_was_typed_is_kept,
    without_its_word_no_form_is_heard,
);

async fn fill(browser: &Browser, path: &str, handle: &str) -> Seen {
    let form = browser.page(path).await.form("/join");
    let form = form
        .with("handle", handle)
        .with("email", &format!("{handle}@mail.example"))
        .with("password", "a long sentence")
        .with("application", "I help on Tuesdays.")
        .with("agreement", "yes");
    browser.submit(&form).await
}

async fn sign_in(browser: &Browser, handle: &str, password: &str) -> Seen {
    let form = browser.page("/login").await.form("/login");
    browser.submit(&form.with("login", handle).with("password", password)).await
}

async fn somebody_comes_in_with_an_invitation(world: World) {
    let ada = world.person("ada").await;
    let garden = world.collective("garden", ada).await;
    let invite = InviteAccount {
        desk: Desk::Collective(garden),
        digest: secrets::digest("the word"),
        note: String::new(),
        uses: 1,
        days: 1,
    };
    world.done(world.local(ada), invite).await;
    let browser = Pages::of(&world).await.visitor();
    let door = browser.page("/join?invitation=the+word").await;
    assert!(door.has("invites you"), "{}", door.html);
    let seen = fill(&browser, "/join?invitation=the+word", "bea").await;
    assert_eq!(seen.location(), "/login?notice=letter-sent");
    let link = world.link("bea@mail.example").await;
    let path = format!("/account/confirm?token={link}");
    let door = browser.press(&path, "/account/confirm").await;
    assert!(door.has("your account is ready"), "{}", door.html);
    let seen = sign_in(&browser, "bea", "a long sentence").await;
    assert_eq!(seen.location(), "/home?notice=signed-in");
    assert_eq!(browser.get("/join").await.location(), "/home");
    let spent = browser.page(&path).await.form("/account/confirm");
    let seen = browser.submit(&spent).await;
    assert_eq!(seen.status, StatusCode::NOT_FOUND);
    assert!(seen.has("This link was used already"), "{}", seen.html);
}

async fn looking_at_a_link_changes_nothing(world: World) {
    world.person("ada").await;
    world.door_is(SignUpMode::Open).await;
    let browser = Pages::of(&world).await.visitor();
    fill(&browser, "/join", "bea").await;
    let link = world.link("bea@mail.example").await;
    let before = world.rows().await;
    for path in ["confirm", "reset"] {
        let seen = browser.page(&format!("/account/{path}?token={link}")).await;
        assert_eq!(seen.header("cache-control"), "private, no-store");
        assert_eq!(seen.header("referrer-policy"), "same-origin");
    }
    assert!(before.changed(&world.rows().await).is_empty());
}

async fn a_password_is_forgotten_and_chosen_anew(world: World) {
    world.person("ada").await;
    let browser = Pages::of(&world).await.visitor();
    let form = browser.page("/account/reset").await.form("/account/reset");
    let seen = browser.submit(&form.clone().with("email", "nonsense")).await;
    assert_eq!(seen.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(seen.form("/account/reset").value("email"), "nonsense");
    let seen = browser.submit(&form.with("email", "Ada@mail.example")).await;
    assert_eq!(seen.location(), "/login?notice=letter-sent");
    let link = world.link("ada@mail.example").await;
    let path = format!("/account/reset?token={link}");
    let form = browser.page(&path).await.form("/account/reset/finish");
    let seen = browser.submit(&form.clone().with("password", "short")).await;
    assert_eq!(seen.status, StatusCode::UNPROCESSABLE_ENTITY);
    let form = seen.form("/account/reset/finish").with("password", "another sentence");
    let seen = browser.submitted(&form).await;
    assert!(seen.has("Your password is changed"));
    assert_eq!(browser.submit(&form).await.status, StatusCode::NOT_FOUND);
    assert_eq!(sign_in(&browser, "ada", "another sentence").await.status, StatusCode::SEE_OTHER);
}

async fn api_11_known_and_unknown_addresses_are_answered_alike(world: World) {
    world.person("ada").await;
    world.door_is(SignUpMode::Open).await;
    let pages = Pages::of(&world).await;
    for email in ["ada@mail.example", "nobody@mail.example"] {
        let browser = pages.visitor();
        let form = browser.page("/account/reset").await.form("/account/reset");
        let seen = browser.submit(&form.with("email", email)).await;
        assert_eq!(seen.location(), "/login?notice=letter-sent");
    }
    for (handle, email) in [("eve", "ada@mail.example"), ("fay", "fay@mail.example")] {
        let browser = pages.visitor();
        let form = browser.page("/join").await.form("/join");
        let form = form
            .with("handle", handle)
            .with("email", email)
            .with("password", "a long sentence")
            .with("agreement", "yes");
        assert_eq!(browser.submit(&form).await.location(), "/login?notice=letter-sent");
    }
}

async fn the_door_says_how_it_stands(world: World) {
    let browser = Pages::of(&world).await.visitor();
    for (mode, text, form) in [
        (SignUpMode::Invitation, "come with an invitation", true),
        (SignUpMode::Closed, "not given out at the moment", false),
        (SignUpMode::Approval, "Your collective here", true),
        (SignUpMode::Open, "Your collective here", true),
    ] {
        world.door_is(mode).await;
        let seen = browser.page("/join").await;
        assert!(seen.has(text), "{mode:?}: {}", seen.html);
        assert_eq!(seen.has("action=\"/join\""), form, "{mode:?}");
    }
    assert!(browser.page("/login").await.has("href=\"/join\""));
}

async fn api_22_each_mode_takes_whom_it_says(world: World) {
    let ada = world.person("ada").await;
    let garden = world.collective("garden", ada).await;
    let pages = Pages::of(&world).await;
    for (mode, alone, invited) in [
        (SignUpMode::Closed, None, None),
        (SignUpMode::Invitation, None, Some("your account is ready")),
        (SignUpMode::Approval, Some("will answer"), Some("your account is ready")),
        (SignUpMode::Open, Some("your account is ready"), Some("your account is ready")),
    ] {
        let word = mode.word();
        let invite = InviteAccount {
            desk: Desk::Collective(garden),
            digest: secrets::digest(word),
            note: String::new(),
            uses: 1,
            days: 1,
        };
        world.done(world.local(ada), invite).await;
        // A form that stood open before: what counts is how the door stands when it is sent.
        world.door_is(SignUpMode::Approval).await;
        let browser = pages.visitor();
        let old = browser.page("/join").await.form("/join");
        world.door_is(mode).await;
        for (how, word, told) in [("alone", "", alone), ("invited", word, invited)] {
            let handle = format!("{}{how}", mode.word());
            let form = old
                .clone()
                .with("invitation", word)
                .with("handle", &handle)
                .with("email", &format!("{handle}@mail.example"))
                .with("password", "a long sentence")
                .with("application", "I help on Tuesdays.")
                .with("agreement", "yes");
            let seen = browser.submit(&form).await;
            let Some(told) = told else {
                assert_eq!(seen.status, StatusCode::FORBIDDEN, "{handle}");
                assert!(seen.has("class=\"errors\""), "{}", seen.html);
                continue;
            };
            assert_eq!(seen.location(), "/login?notice=letter-sent", "{handle}");
            let link = world.link(&format!("{handle}@mail.example")).await;
            let path = format!("/account/confirm?token={link}");
            let seen = browser.press(&path, "/account/confirm").await;
            assert!(seen.has(told), "{handle}: {}", seen.html);
        }
    }
}

async fn what_is_wrong_is_told_and_what_was_typed_is_kept(world: World) {
    world.person("ada").await;
    world.door_is(SignUpMode::Open).await;
    let browser = Pages::of(&world).await.visitor();
    let form = browser.page("/join").await.form("/join");
    let form = form.with("email", "bea@mail.example").with("password", "a long sentence");
    for (field, value, told) in [
        ("handle", "ada", "The handle is taken on this server"),
        ("handle", "B E A", "The handle must be"),
        ("email", "bea", "The e-mail address must look like"),
        ("password", "short", "The password must be"),
        ("collective", "nobody", "The collective is not known"),
        ("agreement", "", "The box about our rules must be ticked"),
    ] {
        let form = form.clone().with("handle", "bea").with("agreement", "yes").with(field, value);
        let seen = browser.submit(&form).await;
        assert_eq!(seen.status, StatusCode::UNPROCESSABLE_ENTITY, "{field}");
        assert!(seen.has(told), "{field}: {}", seen.html);
        assert!(!seen.has("a long sentence\""), "a password is never shown again");
        let again = seen.form("/join");
        if field != "email" {
            assert_eq!(again.value("email"), "bea@mail.example");
        }
    }
}

async fn without_its_word_no_form_is_heard(world: World) {
    world.person("ada").await;
    world.door_is(SignUpMode::Open).await;
    let browser = Pages::of(&world).await.visitor();
    let before = world.rows().await;
    for (page, action) in [
        ("/join", "/join"),
        ("/account/confirm?token=x", "/account/confirm"),
        ("/account/reset", "/account/reset"),
        ("/account/reset?token=x", "/account/reset/finish"),
    ] {
        let form = browser.page(page).await.form(action);
        let form = form.with("email", "ada@mail.example").with("password", "a long sentence");
        for wrong in [form.clone().without("csrf"), form.with("csrf", &"f".repeat(64))] {
            assert_eq!(browser.submit(&wrong).await.status, StatusCode::FORBIDDEN, "{action}");
        }
    }
    assert!(before.changed(&world.rows().await).is_empty());
}
