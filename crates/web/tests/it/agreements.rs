//! Offering help, asking for what is offered, and answering.

use actix_web::http::StatusCode;
use domain::{
    Origin,
    listings::{Content, Purpose, Terms},
    memberships::Role,
    quantity::{Amount, Quantity, Unit},
};
use ops::{agreements::OfferAgreement, instances::RecordSoftware};
use testkit::{World, content, pieces};

use crate::browser::Pages;

testkit::both_engines!(
    help_is_offered_seen_by_the_stewards_and_accepted,
    a_steward_says_that_it_is_done,
    a_steward_says_no_and_why,
    what_is_wrong_is_said_beside_the_form,
    who_offered_is_seen_by_both_sides_alone,
    listings_of_elsewhere_are_answered_where_that_is_understood,
);

async fn garden(world: &World) -> (domain::CollectiveId, domain::PersonId, domain::ListingId) {
    let ada = world.person("ada").await;
    let garden = world.collective("garden", ada).await;
    let chairs = Content { quantity: Some(pieces("20")), ..content(Purpose::Need, "20 chairs") };
    let need = world.publish(garden, ada, chairs).await;
    (garden, ada, need)
}

async fn help_is_offered_seen_by_the_stewards_and_accepted(world: World) {
    let (_, ada, need) = garden(&world).await;
    let eve = world.person("eve").await;
    let (page, action) = (format!("/listings/{need}"), format!("/listings/{need}/agreements"));
    let pages = Pages::of(&world).await;
    let browser = pages.signed_in(&world, eve).await;
    let form = browser.page(&page).await.form(&action);
    let form = form.with("quantity", "8").with("message", "In our <hall>");
    let seen = browser.submitted(&form).await;
    assert!(seen.has("Those who speak for the collective will answer."));
    assert!(seen.has("<strong>8 of 20</strong>") && seen.has("Waits for an answer"));

    let steward = pages.signed_in(&world, ada).await;
    assert!(steward.page("/c/garden").await.has("href=\"/c/garden/agreements\""));
    let queue = steward.page("/c/garden/agreements").await;
    assert!(queue.has("<strong>8 of 20</strong>") && queue.has("20 chairs"));
    assert!(queue.has("In our &#60;hall&#62;"), "{}", queue.html);
    let accept = queue.html.split("action=\"").find(|it| it.contains("/accept\"")).unwrap();
    let accept = accept.split('"').next().unwrap().to_owned();
    let seen = steward.submitted(&queue.form(&accept)).await;
    assert!(seen.has("Nothing waits.") && seen.has("Agreed"), "{}", seen.html);
    assert!(browser.page(&page).await.has("8 of 20</strong>  found"));
    let again = steward.submit(&queue.form(&accept)).await;
    assert_eq!(again.status, StatusCode::CONFLICT);
    assert!(again.has("This was answered or taken back already."), "{}", again.html);

    let second = browser.page(&page).await.form(&action);
    let seen = browser.submitted(&second).await;
    assert!(seen.has("<strong>12 of 20</strong>"), "all that is left: {}", seen.html);
    let mine = browser.page("/agreements").await;
    let back = mine.html.split("action=\"").find(|it| it.contains("/withdraw\"")).unwrap();
    let back = back.split('"').next().unwrap().to_owned();
    assert!(browser.submitted(&mine.form(&back)).await.has("You have taken it back."));
    assert!(browser.page("/agreements").await.has("Taken back"));
}

async fn a_steward_says_that_it_is_done(world: World) {
    let ada = world.person("ada").await;
    let garden = world.collective("garden", ada).await;
    let hours = Content { terms: Terms::TimeBank, ..content(Purpose::Need, "Digging") };
    let quantity = Some(Quantity::whole(Amount::parse("quantity", "6").unwrap(), Unit::Hour));
    let need = world.publish(garden, ada, Content { quantity, ..hours }).await;
    let eve = world.person("eve").await;
    let quantity = Some(Amount::parse("quantity", "2").unwrap());
    let offer = OfferAgreement { listing: need, quantity, text: "On Friday".to_owned() };
    let agreement = world.done(world.local(eve), offer).await;
    let action = format!("/agreements/{agreement}/fulfil");
    let pages = Pages::of(&world).await;
    let steward = pages.signed_in(&world, ada).await;
    let seen = steward.page("/c/garden/agreements").await;
    assert!(seen.has("In return: 2 hours"), "{}", seen.html);
    assert!(!seen.has(&action), "it waits for an answer first");
    let mut early = seen.form(&format!("/agreements/{agreement}/accept"));
    let accept = early.clone();
    early.action.clone_from(&action);
    let early = steward.submit(&early).await;
    assert_eq!(early.status, StatusCode::CONFLICT);
    assert!(early.has("This was not agreed on by both sides."), "{}", early.html);
    let seen = steward.submitted(&accept).await;
    let browser = pages.signed_in(&world, eve).await;
    let mine = browser.page("/agreements").await;
    assert!(mine.has("Agreed") && !mine.has(&action), "they cannot say it for the collective");
    let seen = steward.submitted(&seen.form(&action)).await;
    assert!(seen.has("Done") && !seen.has(&action), "{}", seen.html);
    assert!(browser.page("/agreements").await.has("Done"));
}

async fn a_steward_says_no_and_why(world: World) {
    let (_, ada, need) = garden(&world).await;
    let eve = world.person("eve").await;
    let pages = Pages::of(&world).await;
    let browser = pages.signed_in(&world, eve).await;
    let page = format!("/listings/{need}");
    let form = browser.page(&page).await.form(&format!("{page}/agreements"));
    browser.submitted(&form).await;
    let steward = pages.signed_in(&world, ada).await;
    let queue = steward.page("/c/garden/agreements").await;
    let reject = queue.html.split("action=\"").find(|it| it.contains("/reject\"")).unwrap();
    let reject = queue.form(reject.split('"').next().unwrap());
    let long = steward.submit(&reject.clone().with("reason", &"x".repeat(501))).await;
    assert_eq!(long.status, StatusCode::UNPROCESSABLE_ENTITY);
    steward.submitted(&reject.with("reason", "Too far away")).await;
    let seen = browser.page(&page).await;
    assert!(seen.has("Turned down") && seen.has("Reason: Too far away"));
}

async fn what_is_wrong_is_said_beside_the_form(world: World) {
    let (_, ada, need) = garden(&world).await;
    let eve = world.person("eve").await;
    let pages = Pages::of(&world).await;
    let browser = pages.signed_in(&world, eve).await;
    let page = format!("/listings/{need}");
    let action = format!("{page}/agreements");
    let form = browser.page(&page).await.form(&action);
    for (quantity, message, said) in [
        ("21", "Hello", "must be at most 20, which is all that is left"),
        ("many", "Hello", "must be a number like 20 or 2.5"),
        ("1", &*"x".repeat(2_001), "must be at most 2000 characters"),
    ] {
        let seen =
            browser.submit(&form.clone().with("quantity", quantity).with("message", message)).await;
        assert_eq!(seen.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(seen.has(said), "{said}: {}", seen.html);
        let kept = seen.form(&action);
        assert_eq!((kept.value("quantity"), kept.value("message")), (quantity, message));
    }
    let step = ops::listings::Step::Fulfil;
    let step = ops::listings::MoveListing { listing: need, step, version: None };
    world.done(world.local(ada), step).await;
    assert!(!browser.page(&page).await.has(&format!("action=\"{action}\"")));
    assert_eq!(browser.submit(&form).await.status, StatusCode::CONFLICT);
}

async fn who_offered_is_seen_by_both_sides_alone(world: World) {
    let (garden, ada, need) = garden(&world).await;
    let [eve, mallory] = [world.person("eve").await, world.person("mallory").await];
    let grace = world.member(garden, "grace", Role::Member).await;
    let text = "Ring me at 555-1234".to_owned();
    let offer = ops::agreements::OfferAgreement { listing: need, quantity: None, text };
    let id = world.done(world.local(eve), offer).await;
    let pages = Pages::of(&world).await;
    let page = format!("/listings/{need}");
    let visitor = pages.visitor();
    let seen = visitor.page(&page).await;
    assert!(!seen.has("555-1234") && !seen.has("/agreements\""));
    for person in [mallory, grace] {
        let browser = pages.signed_in(&world, person).await;
        for path in [&*page, "/c/garden", "/agreements"] {
            assert!(!browser.page(path).await.has("555-1234"), "{path}");
        }
        assert!(!browser.page("/c/garden").await.has("/c/garden/agreements"));
        assert_eq!(browser.get("/c/garden/agreements").await.status, StatusCode::FORBIDDEN);
        let form = browser.page(&page).await.form(&format!("{page}/agreements"));
        for word in ["accept", "reject", "fulfil", "withdraw"] {
            let mut forged = form.clone();
            forged.action = format!("/agreements/{id}/{word}");
            assert_eq!(browser.submit(&forged).await.status, StatusCode::NOT_FOUND, "{word}");
        }
    }
    let steward = pages.signed_in(&world, ada).await;
    assert!(steward.page("/c/garden/agreements").await.has("555-1234"));
    assert!(pages.signed_in(&world, eve).await.page(&page).await.has("555-1234"));
    assert_eq!(visitor.get(&format!("/agreements/{id}")).await.status, StatusCode::NOT_FOUND);
}

async fn listings_of_elsewhere_are_answered_where_that_is_understood(world: World) {
    let eve = world.person("eve").await;
    let mill = world.remote_collective("mill@b.example").await;
    let said = crate::what_people_write::listing("20 sacks", mill);
    let need = world.done(world.fetched_from(mill).await, said).await;
    let pages = Pages::of(&world).await;
    let browser = pages.signed_in(&world, eve).await;
    for (software, offers) in [("mastodon", false), ("tequio", true)] {
        let (host, software) = ("b.example".to_owned(), Some(software.to_owned()));
        let software = RecordSoftware { host, software, version: None };
        world.done(Origin::server(), software).await;
        let seen = browser.page(&format!("/listings/{need}")).await;
        assert_eq!(seen.has(&format!("/listings/{need}/agreements\"")), offers);
        assert!(seen.has(&format!("/listings/{need}/replies\"")), "everybody can write");
    }
}
