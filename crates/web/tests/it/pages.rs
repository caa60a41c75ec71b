//! Promises that hold on every page, whatever it shows: for samples, and for the pages of a world.

use actix_web::{http::StatusCode, test::TestRequest};
use domain::{ListingId, PersonId, listings::Purpose, memberships::Role};
use testkit::{World, content};

use crate::{
    browser::{Browser, Pages, Seen},
    samples,
};

testkit::both_engines!(
    every_page_keeps_its_promises_for_everybody,
    every_answer_says_who_may_keep_it,
    machines_are_shown_the_way,
    what_is_not_there_is_a_page_too,
);

fn count(html: &str, needle: &str) -> usize {
    html.matches(needle).count()
}

#[test]
fn every_sample_keeps_its_promises() {
    for (name, html) in samples::all().unwrap() {
        keeps_its_promises(name, &html);
        assert_eq!(count(&html, "<b>hello"), 0, "{name}");
    }
    let map = samples::map().unwrap();
    has_one_heading("map", &map);
    has_labels_and_links_that_lead_somewhere("map", &map);
    assert_eq!(count(&map, "<b>hello"), 0);
    assert_eq!(count(&map, "<script defer src=\"/assets/"), count(&map, "<script"));
}

fn keeps_its_promises(name: &str, html: &str) {
    has_one_heading(name, html);
    loads_nothing_from_elsewhere(name, html);
    has_forms_that_carry_their_word(name, html);
    has_labels_and_links_that_lead_somewhere(name, html);
    let weight = html.len() + web::assets::STYLESHEET.bytes().len();
    assert!(weight < 100_000, "{name}: {weight} bytes");
}

fn has_one_heading(name: &str, html: &str) {
    assert_eq!(count(html, "<h1"), 1, "{name}");
    assert_eq!(count(html, "<main"), 1, "{name}");
    assert!(html.contains("<html lang=\"en\" dir=\"ltr\">"), "{name}");
    assert!(!html.contains("<title> ·"), "{name}");
}

fn loads_nothing_from_elsewhere(name: &str, html: &str) {
    let data = count(html, "<script type=\"application/ld+json\">");
    assert_eq!(count(html, "<script"), data, "{name}");
    for foreign in ["<style", " style=", " onclick=", "src=\"http", "<iframe"] {
        assert_eq!(count(html, foreign), 0, "{name}: {foreign}");
    }
    assert_eq!(count(html, "<img"), count(html, "<img src=\"/media/"), "{name}");
}

fn has_forms_that_carry_their_word(name: &str, html: &str) {
    for form in html.split("<form").skip(1) {
        let form = form.split("</form>").next().unwrap();
        assert!(form.contains("action=\""), "{name}: {form}");
        if form.contains("method=\"post\"") {
            let word = form.split("name=\"csrf\" value=\"").nth(1);
            assert!(word.is_some_and(|word| !word.starts_with('"')), "{name}: {form}");
            assert!(form.contains("<button"), "{name}: a form without a script needs a button");
        }
    }
}

fn has_labels_and_links_that_lead_somewhere(name: &str, html: &str) {
    for prefix in ["<label for=\"", "href=\"#", "aria-labelledby=\"", "aria-describedby=\""] {
        for targets in html.split(prefix).skip(1) {
            for target in targets.split('"').next().unwrap().split_whitespace() {
                assert!(html.contains(&format!(" id=\"{target}\"")), "{name}: {target}");
            }
        }
    }
    for id in html.split(" id=\"").skip(1) {
        let id = id.split('"').next().unwrap();
        assert_eq!(count(html, &format!(" id=\"{id}\"")), 1, "{name}: {id}");
    }
}

/// A garden in full bloom, and a mill on another server.
struct Garden {
    ada: PersonId,
    ben: PersonId,
    need: ListingId,
}

impl Garden {
    async fn grow(world: &World) -> Self {
        let ada = world.person("ada").await;
        let garden = world.careful_collective("garden", ada).await;
        let ben = world.member(garden, "ben", Role::Member).await;
        let eve = world.person("eve").await;
        let need = world.need(garden, ada, "20 chairs").await;
        world.offer(garden, ada, "A room on Tuesdays").await;
        world.draft(garden, ada, content(Purpose::Need, "A ladder")).await;
        for number in 0..30 {
            world.offer(garden, ada, &format!("Seeds of sort {number}")).await;
            world.answer(need, eve, &format!("I have {number}.")).await;
        }
        let asked = ops::follows::AskFollow { followed: garden.actor() };
        world.done(world.local(eve), asked).await;
        let text = "We have eight of them".to_owned();
        let offer = ops::agreements::OfferAgreement { listing: need, quantity: None, text };
        for person in [eve, ben] {
            world.done(world.local(person), offer.clone()).await;
        }
        world.remote_collective("mill@b.example").await;
        world.remote_person("nur@b.example").await;
        Self { ada, ben, need }
    }

    fn open_to_all(&self) -> Vec<String> {
        let fixed = [
            "/",
            "/listings",
            "/listings?purpose=offer&kind=goods&q=Seeds",
            "/listings?place=Gr%C3%A0cia&radius=5&category=food",
            "/collectives",
            "/collectives?place=41.4,2.16&category=food",
            "/near",
            "/near?place=Gr%C3%A0cia",
            "/categories",
            "/categories/food",
            "/tags/Seeds",
            "/tags/nobody_wrote_this",
            "/listings?tag=seeds",
            "/listings?tag=%22%3E%3Cscript%3E",
            "/interact",
            "/c/garden/board",
        ];
        let more =
            ["/c/garden", "/u/ada", "/u/eve", "/@mill@b.example", "/@nur@b.example", "/about"];
        let mut all: Vec<String> = fixed.into_iter().chain(more).map(str::to_owned).collect();
        all.push("/listings?c=%40garden%40a.example&purpose=offer".to_owned());
        all.push(format!("/listings/{}", self.need));
        all.push(format!("/listings/{}/poster", self.need));
        all
    }

    fn for_stewards(&self) -> Vec<String> {
        vec![
            "/c/garden/edit".to_owned(),
            "/c/garden/agreements".to_owned(),
            "/c/garden/accounts".to_owned(),
            format!("/listings/{}/edit", self.need),
            format!("/listings/{}?notice=saved", self.need),
        ]
    }
}

fn for_members() -> [&'static str; 11] {
    [
        "/home",
        "/agreements",
        "/collectives/new",
        "/c/garden/members",
        "/c/garden/listings/new?purpose=need",
        "/account",
        "/account/security",
        "/account/two-steps",
        "/account/password",
        "/account/email",
        "/account/delete",
    ]
}

async fn every_page_keeps_its_promises_for_everybody(world: World) {
    let garden = Garden::grow(&world).await;
    let pages = Pages::of(&world).await;
    let visitor = pages.visitor();
    let member = pages.signed_in(&world, garden.ben).await;
    let steward = pages.signed_in(&world, garden.ada).await;
    let look = async |browser: &Browser, path: &str| {
        let seen = browser.page(path).await;
        keeps_its_promises(path, &seen.html);
    };
    let door = [
        "/login",
        "/join",
        "/account/confirm?token=x",
        "/account/reset",
        "/account/reset?token=x",
        "/account/email?token=x",
    ];
    for path in garden.open_to_all().iter().chain(&door.map(str::to_owned)) {
        look(&visitor, path).await;
    }
    let inside = for_members().map(str::to_owned);
    for path in garden.open_to_all().iter().chain(&inside) {
        look(&member, path).await;
        look(&steward, path).await;
    }
    for path in garden.for_stewards() {
        look(&steward, &path).await;
    }
}

async fn every_answer_says_who_may_keep_it(world: World) {
    let garden = Garden::grow(&world).await;
    let pages = Pages::of(&world).await;
    let policy = |seen: &Seen| {
        assert_eq!(seen.header("vary"), "Accept, Accept-Language, Cookie");
        assert_eq!(seen.header("content-security-policy"), web::headers::CONTENT_SECURITY_POLICY);
        assert_eq!(seen.header("x-content-type-options"), "nosniff");
        seen.header("cache-control").to_owned()
    };
    let visitor = pages.visitor();
    let steward = pages.signed_in(&world, garden.ada).await;
    for path in garden.open_to_all() {
        assert_eq!(policy(&visitor.page(&path).await), "private, max-age=60", "{path}");
        assert_eq!(policy(&steward.page(&path).await), "private, no-store", "{path}");
    }
    assert_eq!(policy(&visitor.get("/nowhere").await), "private, max-age=60");
    assert_eq!(policy(&visitor.get("/login").await), "private, no-store");
    let head = TestRequest::default().method(actix_web::http::Method::HEAD).uri("/listings");
    assert_eq!(visitor.send(head).await.status, StatusCode::OK);
}

async fn machines_are_shown_the_way(world: World) {
    let garden = Garden::grow(&world).await;
    let visitor = Pages::of(&world).await.visitor();
    let listing = format!("/listings/{}", garden.need);
    for (path, id) in [
        ("/", "https://a.example/".to_owned()),
        ("/c/garden", "https://a.example/c/garden".to_owned()),
        ("/u/ada", "https://a.example/u/ada".to_owned()),
        (&listing, format!("https://a.example{listing}")),
        ("/@mill@b.example", "https://b.example/groups/mill".to_owned()),
    ] {
        let seen = visitor.page(path).await;
        let link = format!("<{id}>; rel=\"alternate\"; type=\"application/activity+json\"");
        assert_eq!(seen.header("link"), link);
        let tag =
            format!("<link rel=\"alternate\" type=\"application/activity+json\" href=\"{id}\">");
        assert!(seen.has(&tag), "{path}");
        assert!(seen.has("property=\"og:title\""), "{path}");
    }
    let remote = visitor.page("/@mill@b.example").await;
    assert!(remote.has("<link rel=\"canonical\" href=\"https://b.example/@mill\">"));
    assert!(remote.has("name=\"robots\" content=\"noindex\""));
    let page = visitor.page(&listing).await;
    assert!(page.has("\"@type\":\"Demand\"") && !page.has("\"price"), "nothing is sold");
    assert!(visitor.page("/c/garden").await.has("\"@type\":\"Organization\""));
    for (path, there) in [
        ("/c/garden/voice", "/c/garden"),
        (&format!("{listing}/replies"), &format!("{listing}#answers")),
    ] {
        assert_eq!(visitor.get(path).await.location(), *there);
    }
}

async fn what_is_not_there_is_a_page_too(world: World) {
    let garden = Garden::grow(&world).await;
    let pages = Pages::of(&world).await;
    let steward = pages.signed_in(&world, garden.ada).await;
    for path in [
        "/nowhere",
        "/listings/1",
        "/listings/00000000-0000-7000-8000-000000000000",
        "/listings?before=x",
        "/listings?c=nobody%40b.example",
        "/c/nobody",
        "/c/ada",
        "/u/garden",
        "/u/garden.voice",
        "/@nobody@b.example",
        "/replies/x",
        "/listings/x/poster",
        "/c/nobody/board",
        "/categories/wishes",
        "/tags/1",
        "/tags/two%20words",
        "/tags/%22%3E%3Cscript%3E",
        "/tags/seeds?before=x",
        "/interact?about=/c/nobody",
        "/interact?about=https://b.example/nobody",
        "/assets/../Cargo.toml",
    ] {
        for browser in [&pages.visitor(), &steward] {
            let seen = browser.get(path).await;
            assert_eq!(seen.status, StatusCode::NOT_FOUND, "{path}");
            assert!(seen.has("<h1>Nothing here</h1>"), "{path}: {}", seen.html);
            keeps_its_promises(path, &seen.html);
        }
    }
    let seen = pages.visitor().send(TestRequest::post().uri("/about")).await;
    assert_eq!(seen.status, StatusCode::METHOD_NOT_ALLOWED);
    assert!(seen.has("Not in this way"));
}
