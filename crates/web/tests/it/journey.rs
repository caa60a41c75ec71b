//! The whole way of a need, by forms alone.

use actix_web::http::StatusCode;
use domain::{
    listings::{Purpose, State},
    quantity::Amount,
};
use testkit::{PASSWORD, World};

use crate::{
    browser::{Browser, Pages},
    forms::Form,
};

testkit::both_engines!(a_need_goes_its_way_by_forms_alone, a_draft_is_read_before_it_goes_out);

async fn sign_in(browser: &Browser, login: &str) {
    let door = browser.page("/login").await;
    let form = door.form("/login").with("login", login).with("password", PASSWORD);
    let home = browser.submitted(&form).await;
    assert!(home.has("Good to see you."), "{}", home.html);
}

async fn found_garden(browser: &Browser) {
    let blank = browser.page("/collectives/new").await;
    let form = blank
        .form("/collectives/new")
        .with("name", "Hort comunitari")
        .with("handle", "garden")
        .with("summary", "Plantem junts.\n\nhttps://hort.example/")
        .with("language", "ca");
    let page = browser.submitted(&form).await;
    assert!(page.has("Your collective exists now."));
    assert!(page.has("<a href=\"https://hort.example/\""), "{}", page.html);
}

/// A need of twenty chairs, filled in.
async fn chairs(browser: &Browser) -> Form {
    let page = browser.page("/c/garden").await;
    assert!(page.has("/c/garden/listings/new?purpose=need"));
    let blank = browser.page("/c/garden/listings/new?purpose=need").await;
    let form = blank.form("/c/garden/listings/new");
    assert_eq!((form.value("purpose"), form.value("language")), ("need", "ca"));
    assert_eq!((form.value("signed_by"), form.value("licence")), ("voice", "CC-BY-SA-4.0"));
    form.with("kind", "goods")
        .with("title", "Vint cadires per a l’assemblea")
        .with("text", "Per dissabte.")
        .with("quantity", "20")
        .with("expires_at", "2026-04-01")
        .with("do", "publish")
}

async fn a_need_goes_its_way_by_forms_alone(world: World) {
    world.person("ada").await;
    let pages = Pages::of(&world).await;
    let browser = pages.visitor();
    sign_in(&browser, "ada").await;
    found_garden(&browser).await;
    let posted = browser.submitted(&chairs(&browser).await).await;
    assert!(posted.has("It is out."));

    let listing =
        world.read(|conn| db::listings::page(conn, &db::listings::Filter::default(), None, 9));
    let id = listing.await.first().unwrap().id;
    let page = format!("/listings/{id}");
    let row = world.listing(id).await;
    assert_eq!((row.purpose, row.state), (Purpose::Need, State::Open));
    assert_eq!(row.expires_at.unwrap().wire(), "2026-04-01T23:59:59Z");

    let form = browser.page(&page).await.form(&format!("{page}/progress")).with("found", "8");
    let partly = browser.submitted(&form).await;
    assert!(partly.has("<strong>8 of 20</strong>"), "{}", partly.html);
    assert_eq!(world.listing(id).await.state, State::Partly);

    for (step, state) in
        [("fulfil", State::Fulfilled), ("reopen", State::Open), ("withdraw", State::Withdrawn)]
    {
        browser.press(&page, &format!("{page}/{step}")).await;
        assert_eq!(world.listing(id).await.state, state, "{step}");
    }
    assert_eq!(world.listing(id).await.remaining, Some(Amount::parse("", "20").unwrap()));

    let gone = browser.press(&page, &format!("{page}/delete")).await;
    assert!(gone.has("It is deleted here"));
    let after = pages.visitor().get(&page).await;
    assert_eq!(after.status, StatusCode::GONE);
    assert!(!after.has("cadires") && !after.has("Per dissabte"));

    let bye = browser.press("/", "/logout").await;
    assert!(bye.has("You are signed out.") && browser.cookie("tequio").is_none());
}

async fn a_draft_is_read_before_it_goes_out(world: World) {
    let ada = world.person("ada").await;
    let garden = world.careful_collective("garden", ada).await;
    let ben = world.member(garden, "ben", domain::memberships::Role::Member).await;
    let pages = Pages::of(&world).await;

    let browser = pages.signed_in(&world, ben).await;
    let blank = browser.page("/c/garden/listings/new?purpose=offer").await;
    assert!(!blank.has("value=\"publish\"") && blank.has("A steward or a delegate"));
    let form = blank
        .form("/c/garden/listings/new")
        .with("kind", "space")
        .with("title", "A room on Tuesdays")
        .with("do", "draft");
    let draft = browser.submitted(&form).await;
    assert!(draft.has("Only your collective sees it."));
    assert!(!draft.has("/publish\""), "only a steward publishes here");

    let steward = pages.signed_in(&world, ada).await;
    let board = steward.page("/c/garden").await;
    assert!(board.has("A room on Tuesdays"));
    let drafts = world.read(move |conn| db::listings::drafts(conn, garden, 9)).await;
    let page = format!("/listings/{}", drafts.first().unwrap().id);
    let sheet = steward.page(&format!("{page}/edit")).await;
    let form = sheet
        .form(&format!("{page}/edit"))
        .with("title", "A room on Tuesdays and Fridays")
        .with("do", "publish");
    let out = steward.submitted(&form).await;
    assert!(out.has("It is out.") && out.has("Tuesdays and Fridays"));
    assert_eq!(pages.visitor().get(&page).await.status, StatusCode::OK);
}
