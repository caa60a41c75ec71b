//! Collectives: founded, changed, and looked for.

use actix_web::http::StatusCode;
use testkit::World;

use crate::browser::Pages;

testkit::both_engines!(
    a_handle_is_taken_once,
    a_steward_changes_what_it_says_of_itself,
    it_says_more_of_itself_under_headings,
    what_others_show_of_it_is_said,
    those_elsewhere_are_shown_too,
);

async fn a_handle_is_taken_once(world: World) {
    let ada = world.person("ada").await;
    world.collective("garden", ada).await;
    let browser = Pages::of(&world).await.signed_in(&world, ada).await;
    let form = browser.page("/collectives/new").await.form("/collectives/new");
    let before = world.rows().await;
    for (handle, message) in [
        ("Garden", "The handle is taken on this server; choose another one."),
        ("admin", "The handle is reserved on this server; choose another one."),
        ("gar den", "The handle must be 2 to 40 letters"),
        ("", "The handle must be 2 to 40 letters"),
    ] {
        let form = form.clone().with("name", "Another one").with("handle", handle);
        let seen = browser.submit(&form.with("summary", "What we do")).await;
        assert_eq!(seen.status, StatusCode::UNPROCESSABLE_ENTITY, "{handle}");
        assert!(seen.has(message), "{handle}: {}", seen.html);
        let again = seen.form("/collectives/new");
        assert_eq!((again.value("handle"), again.value("summary")), (handle, "What we do"));
    }
    assert!(before.changed(&world.rows().await).is_empty());
}

async fn a_steward_changes_what_it_says_of_itself(world: World) {
    let ada = world.person("ada").await;
    let garden = world.collective("garden", ada).await;
    let ben = world.member(garden, "ben", domain::memberships::Role::Delegate).await;
    let pages = Pages::of(&world).await;
    let browser = pages.signed_in(&world, ada).await;
    let edit = browser.page("/c/garden/edit").await.form("/c/garden/edit");
    let form = edit
        .clone()
        .with("name", "The long garden")
        .with("follow_policy", "approval")
        .with("publishers", "stewards");
    let page = browser.submitted(&form).await;
    assert!(page.has("The long garden") && page.has("A steward says yes first."));
    let row = world.read(move |conn| db::collectives::find(conn, garden)).await.unwrap();
    assert!(!row.members_publish);
    let stale = browser.submit(&edit.with("summary", "Words")).await;
    assert_eq!(stale.status, StatusCode::CONFLICT);
    assert_eq!(stale.form("/c/garden/edit").value("summary"), "Words");
    let delegate = pages.signed_in(&world, ben).await;
    assert_eq!(delegate.get("/c/garden/edit").await.status, StatusCode::FORBIDDEN);
}

async fn it_says_more_of_itself_under_headings(world: World) {
    let ada = world.person("ada").await;
    let garden = world.collective("garden", ada).await;
    let pages = Pages::of(&world).await;
    let browser = pages.signed_in(&world, ada).await;
    let blank = pages.visitor().page("/c/garden").await;
    assert!(!blank.has("Vision") && !blank.has("How to help"), "what is empty is not shown");
    let form = browser.page("/c/garden/edit").await.form("/c/garden/edit");
    let said = form
        .clone()
        .with("vision", "A street that <b>feeds</b> itself")
        .with("in_an_hour", "Water the beds")
        .with("place", "Poble-sec")
        .with("latitude", "41,374217")
        .with("longitude", "2.163149");
    browser.submitted(&said).await;
    let seen = pages.visitor().page("/c/garden").await;
    assert!(seen.has("A street that &lt;b&gt;feeds&lt;/b&gt; itself"), "{}", seen.html);
    assert!(seen.has("How to help") && seen.has("Water the beds") && seen.has("Poble-sec"));
    assert!(!seen.has("41.37") && !seen.has("2.163"));
    let row = world.read(move |conn| db::collectives::find(conn, garden)).await.unwrap();
    assert_eq!((row.public_latitude, row.public_longitude), (Some(41.37), Some(2.16)));
    let again = browser.page("/c/garden/edit").await.form("/c/garden/edit");
    assert_eq!(again.value("vision"), "A street that <b>feeds</b> itself");
    let long = "x".repeat(2_001);
    for (field, typed) in [
        ("values", long.as_str()),
        ("latitude", "91"),
        ("longitude", "far"),
        ("latitude", ""),
        ("place", ""),
    ] {
        let seen = browser.submit(&again.clone().with(field, typed)).await;
        assert_eq!(seen.status, StatusCode::UNPROCESSABLE_ENTITY, "{field}");
        let again = seen.form("/c/garden/edit");
        assert_eq!(again.value(field), typed, "what was typed is kept");
        assert_eq!(again.value("in_an_hour"), "Water the beds");
    }
    browser.submitted(&again.with("vision", " ").with("in_an_hour", "")).await;
    assert!(!pages.visitor().page("/c/garden").await.has("How to help"));
}

async fn what_others_show_of_it_is_said(world: World) {
    let ada = world.person("ada").await;
    let garden = world.collective("garden", ada).await;
    let need = world.need(garden, ada, "20 chairs").await;
    let browser = Pages::of(&world).await.visitor();
    let seen = browser.page("/c/garden").await;
    for tag in [
        "og:title\" content=\"garden\"",
        "og:url\" content=\"https://a.example/c/garden\"",
        "og:locale\" content=\"en_GB\"",
        "og:type\" content=\"profile\"",
    ] {
        assert!(seen.has(&format!("<meta property=\"{tag}>")), "{tag}: {}", seen.html);
    }
    let seen = browser.page(&format!("/listings/{need}")).await;
    assert!(seen.has("og:title\" content=\"Need: 20 chairs\""), "{}", seen.html);
    assert!(!seen.has("og:image"), "there is no picture");
    browser.get("/language/ca?back=/").await;
    assert!(browser.page("/c/garden").await.has("og:locale\" content=\"ca_ES\""));
}

async fn those_elsewhere_are_shown_too(world: World) {
    let ada = world.person("ada").await;
    let garden = world.collective("garden", ada).await;
    world.need(garden, ada, "20 chairs").await;
    world.remote_collective("mill@b.example").await;
    let browser = Pages::of(&world).await.visitor();
    let all = browser.page("/collectives").await;
    assert!(all.has("href=\"/c/garden\"") && all.has("href=\"/@mill@b.example\""));
    assert!(all.has("<b>1</b> open need<") && all.has("no open offer"));
    let some = browser.page("/collectives?q=gard").await;
    assert!(some.has("href=\"/c/garden\"") && !some.has("mill@b.example"));
    assert!(browser.page("/collectives?q=zzz").await.has("None fits."));
}
