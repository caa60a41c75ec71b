//! Who sees what, and what a page never tells.

use actix_web::http::StatusCode;
use domain::{
    PersonId,
    listings::{Purpose, Signature},
    memberships::Role,
    place::Place,
    replies::{As, Visibility},
};
use ops::replies::{PostReply, RecordReply};
use testkit::{World, content};

use crate::browser::Pages;

testkit::both_engines!(
    a_draft_is_seen_by_its_collective_alone,
    what_was_said_in_confidence_stays_there,
    the_voice_hides_the_member,
    whoever_signs_is_named,
    an_exact_point_is_on_no_page,
    members_are_known_to_members,
    a_guest_leads_to_whom_it_stands_in_for,
);

async fn a_guest_leads_to_whom_it_stands_in_for(world: World) {
    let author = world.remote_person("ana@gts.example").await;
    let make = ops::guests::MakeGuest { author, keys: testkit::pair(0) };
    world.done(domain::Origin::server(), make).await;
    let pages = Pages::of(&world).await;
    let seen = pages.visitor().get("/u/ana.gts.example.guest").await;
    assert_eq!(seen.status, StatusCode::SEE_OTHER);
    assert_eq!(seen.header("location"), "/@ana@gts.example");
}

async fn a_draft_is_seen_by_its_collective_alone(world: World) {
    let ada = world.person("ada").await;
    let eve = world.person("eve").await;
    let garden = world.collective("garden", ada).await;
    let ben = world.member(garden, "ben", Role::Member).await;
    let draft = world.draft(garden, ada, content(Purpose::Need, "A secret shed")).await;
    let pages = Pages::of(&world).await;
    let page = format!("/listings/{draft}");
    for (browser, sees) in [
        (pages.visitor(), false),
        (pages.signed_in(&world, eve).await, false),
        (pages.signed_in(&world, ben).await, true),
        (pages.signed_in(&world, ada).await, true),
    ] {
        let seen = browser.get(&page).await;
        assert_eq!(seen.status, if sees { StatusCode::OK } else { StatusCode::NOT_FOUND });
        assert_eq!(seen.header("link"), "", "a draft has no other form");
        for list in ["/", "/listings", "/c/garden", "/home"] {
            let shown = browser.get(list).await.has("A secret shed");
            assert_eq!(shown, sees && list == "/c/garden", "{list}");
        }
        if !sees && browser.cookie("tequio").is_some() {
            assert_eq!(browser.get(&format!("{page}/edit")).await.status, StatusCode::NOT_FOUND);
        }
    }
}

async fn what_was_said_in_confidence_stays_there(world: World) {
    let ada = world.person("ada").await;
    let eve = world.person("eve").await;
    let garden = world.collective("garden", ada).await;
    let ben = world.member(garden, "ben", Role::Member).await;
    let need = world.need(garden, ada, "20 chairs").await;
    let nur = world.remote_person("nur@b.example").await;
    let note = RecordReply {
        ap_id: "https://b.example/notes/1".to_owned(),
        author: nur,
        in_reply_to: Some(world.listing(need).await.ap_id),
        visibility: Visibility::Direct,
        html: "<p>Ring at Kumquat Lane</p>".to_owned(),
        summary: None,
        sensitive: false,
        language: None,
        url: None,
        published_at: None,
        updated_at: None,
        mentions_us: true,
    };
    let origin = world.inbox_of(nur, "https://b.example/acts/1").await;
    let reply = world.done(origin, note).await;
    let pages = Pages::of(&world).await;
    for (browser, hears) in [
        (pages.visitor(), false),
        (pages.signed_in(&world, eve).await, false),
        (pages.signed_in(&world, ben).await, false),
        (pages.signed_in(&world, ada).await, true),
    ] {
        let page = browser.page(&format!("/listings/{need}")).await;
        assert_eq!(page.has("Kumquat"), hears);
        assert_eq!(page.has("Not public"), hears);
        let status = browser.get(&format!("/replies/{reply}")).await.status;
        assert_eq!(status, if hears { StatusCode::SEE_OTHER } else { StatusCode::NOT_FOUND });
        let person = browser.page("/@nur@b.example").await;
        assert!(!person.has("Kumquat"), "the page of a person has what is public");
    }
}

async fn the_voice_hides_the_member(world: World) {
    let secretive = ops::accounts::CreateAccount {
        name: "Zebedee Quartz".to_owned(),
        ..world.new_account("zebedee")
    };
    let zeb: PersonId = world.done(domain::Origin::server(), secretive).await;
    let garden = world.collective("garden", zeb).await;
    let need = world.need(garden, zeb, "20 chairs").await;
    let reply = PostReply {
        listing: need,
        parent: None,
        speak: As::Voice,
        text: "Come on Saturday".to_owned(),
        language: None,
    };
    let reply = world.done(world.local(zeb), reply).await;
    let eve = world.person("eve").await;
    let pages = Pages::of(&world).await;
    for browser in [pages.visitor(), pages.signed_in(&world, eve).await] {
        for path in ["/", "/listings", "/c/garden", "/collectives", &format!("/listings/{need}")] {
            let seen = browser.page(path).await;
            let told = format!("{:?} {}", seen.headers, seen.html).to_lowercase();
            assert!(!told.contains("zebedee") && !told.contains(&zeb.to_string()), "{path}");
        }
        let there = browser.get(&format!("/replies/{reply}")).await.location();
        let seen = browser.page(&there).await;
        assert!(seen.has("Come on Saturday") && seen.has("Voice of the collective"));
    }
    let own = pages.visitor().page("/u/zebedee").await;
    assert!(!own.has("Come on Saturday") && !own.has("20 chairs"));
}

async fn whoever_signs_is_named(world: World) {
    let ada = world.person("ada").await;
    let garden = world.collective("garden", ada).await;
    let signed = domain::listings::Content {
        signed_by: Signature::Member,
        ..content(Purpose::Offer, "Hands")
    };
    let offer = world.publish(garden, ada, signed).await;
    let seen = Pages::of(&world).await.visitor().page(&format!("/listings/{offer}")).await;
    assert!(seen.has("signed by <a href=\"/u/ada\">"));
}

async fn an_exact_point_is_on_no_page(world: World) {
    let ada = world.person("ada").await;
    let garden = world.collective("garden", ada).await;
    let place = Place::new("Poble-sec", Some(41.374_321), Some(2.165_987), Some(1_000)).unwrap();
    let placed =
        domain::listings::Content { place: Some(place), ..content(Purpose::Need, "A ladder") };
    let need = world.publish(garden, ada, placed).await;
    let pages = Pages::of(&world).await;
    let eve = world.person("eve").await;
    for browser in [pages.visitor(), pages.signed_in(&world, eve).await] {
        for path in ["/", "/listings", "/c/garden", &format!("/listings/{need}")] {
            let seen = browser.page(path).await;
            assert!(!seen.has("41.37") && !seen.has("2.16"), "{path}");
        }
    }
    let page = format!("/listings/{need}/edit");
    let own = pages.signed_in(&world, ada).await.page(&page).await;
    assert_eq!(own.form(&page).value("latitude"), "41.374321");
}

async fn members_are_known_to_members(world: World) {
    let ada = world.person("ada").await;
    let eve = world.person("eve").await;
    let garden = world.collective("garden", ada).await;
    let ben = world.member(garden, "ben", Role::Member).await;
    let pages = Pages::of(&world).await;
    let stranger = pages.signed_in(&world, eve).await.get("/c/garden/members").await;
    assert_eq!(stranger.status, StatusCode::FORBIDDEN);
    assert!(!stranger.has("/u/ben") && stranger.has("Only members of this collective"));
    let member = pages.signed_in(&world, ben).await.page("/c/garden/members").await;
    assert!(member.has("/u/ada") && !member.has("Invite somebody"));
    let public = pages.visitor().page("/c/garden").await;
    assert!(!public.has("/u/ben") && !public.has("/u/ada"));
}
