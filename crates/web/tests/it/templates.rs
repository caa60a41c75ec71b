//! Forms kept for later, on pages.

use actix_web::http::StatusCode;
use domain::memberships::Role;
use testkit::World;

use crate::browser::{Browser, Pages};

testkit::both_engines!(
    a_listing_is_kept_as_a_template_and_made_again,
    a_template_comes_again_by_itself_from_a_day_on,
    templates_are_their_collectives_own,
);

/// Keeps a listing as a template, and opens the list of templates.
async fn keep(world: &World, browser: &Browser, listing: domain::ListingId) -> String {
    let page = format!("/listings/{listing}");
    let seen = browser.press(&page, &format!("{page}/template")).await;
    assert!(seen.has("Ladders"), "{}", seen.html);
    let at = seen.html.find("listings/new?template=").unwrap();
    let id: String =
        seen.html[at..].chars().skip("listings/new?template=".len()).take(36).collect();
    world.events().await;
    id
}

async fn a_listing_is_kept_as_a_template_and_made_again(world: World) {
    let ada = world.person("ada").await;
    let garden = world.collective("garden", ada).await;
    let need = world.need(garden, ada, "Ladders").await;
    let browser = Pages::of(&world).await.signed_in(&world, ada).await;
    let id = keep(&world, &browser, need).await;
    let parsed = id.parse().unwrap();
    let row = world.read(move |conn| db::templates::find(conn, parsed)).await.unwrap();
    let kept: serde_json::Value = serde_json::from_str(&row.form).unwrap();
    assert_eq!(kept["title"], "Ladders");
    for single in ["starts_at", "ends_at", "expires_at", "publish", "media"] {
        assert!(kept.get(single).is_none(), "{single} is of one time");
    }
    let member = world.member(garden, "mo", Role::Member).await;
    let browser = Pages::of(&world).await.signed_in(&world, member).await;
    let page = browser.page(&format!("/c/garden/listings/new?template={id}")).await;
    let form = page.form("/c/garden/listings/new");
    assert_eq!((form.value("title"), form.value("template")), ("Ladders", id.as_str()));
    let made = browser.submitted(&form.with("title", "More ladders").with("do", "draft")).await;
    assert!(made.has("More ladders"), "{}", made.html);
    world.events().await;
}

async fn a_template_comes_again_by_itself_from_a_day_on(world: World) {
    let ada = world.person("ada").await;
    let garden = world.collective("garden", ada).await;
    let need = world.need(garden, ada, "Ladders").await;
    let browser = Pages::of(&world).await.signed_in(&world, ada).await;
    let id = keep(&world, &browser, need).await;
    let action = format!("/c/garden/templates/{id}/edit");
    let form = browser.page("/c/garden/templates").await.form(&action);
    let day = world.now().plus_days(7).wire()[..10].to_owned();
    let wrong = form.clone().with("name", "Every week").with("recurs", "weekly");
    let seen = browser.submit(&wrong.clone().with("next_at", "2001-01-01")).await;
    assert_eq!(seen.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(seen.has("must be in the future") && seen.has("value=\"Every week\""), "{}", seen.html);
    let seen = browser.submitted(&wrong.with("next_at", &day)).await;
    assert!(seen.has("Every week") && seen.has(&format!("value=\"{day}\"")), "{}", seen.html);
    let parsed = id.parse().unwrap();
    let row = world.read(move |conn| db::templates::find(conn, parsed)).await.unwrap();
    assert_eq!(row.next_at.unwrap().wire(), format!("{day}T08:00:00Z"));
    let old = browser.submit(&form).await;
    assert_eq!(old.status, StatusCode::CONFLICT, "somebody changed it meanwhile");
    let never = browser.page("/c/garden/templates").await.form(&action);
    let seen = browser.submitted(&never.with("recurs", "")).await;
    assert!(!seen.has("state open"), "{}", seen.html);
    let action = format!("/c/garden/templates/{id}/remove");
    let gone = browser.press("/c/garden/templates", &action).await;
    assert!(gone.has("There is none yet."));
}

async fn templates_are_their_collectives_own(world: World) {
    let ada = world.person("ada").await;
    let garden = world.collective("garden", ada).await;
    let need = world.need(garden, ada, "Ladders").await;
    let pages = Pages::of(&world).await;
    let browser = pages.signed_in(&world, ada).await;
    let id = keep(&world, &browser, need).await;
    let action = format!("/c/garden/templates/{id}/remove");
    let form = browser.page("/c/garden/templates").await.form(&action);
    let member = world.member(garden, "mo", Role::Member).await;
    let theirs = pages.signed_in(&world, member).await;
    let seen = theirs.page("/c/garden/templates").await;
    assert!(seen.has("Make a listing") && !seen.has(&action), "members make, others change");
    assert!(!theirs.page(&format!("/listings/{need}")).await.has("/template\""));
    let zoe = world.person("zoe").await;
    world.collective("mill", zoe).await;
    let stranger = pages.signed_in(&world, zoe).await;
    for path in ["/c/garden/templates".to_owned(), format!("/c/mill/listings/new?template={id}")] {
        assert_eq!(stranger.get(&path).await.status, StatusCode::NOT_FOUND, "{path}");
    }
    let own = stranger.page("/c/mill/listings/new").await.form("/c/mill/listings/new");
    let csrf = own.value("csrf").to_owned();
    let seen = stranger.submit(&form.with("csrf", &csrf)).await;
    assert_eq!(seen.status, StatusCode::NOT_FOUND);
}
