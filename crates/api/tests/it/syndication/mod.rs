//! Feeds, calendars, tables, and profiles: what every address keeps, whatever its format.

mod atom;
mod calendar;
mod csv;
mod json_feed;
mod murmurations;

use std::{fs, path::Path};

use domain::{
    ActorId, ListingId, Time,
    listings::{Content, Kind, Purpose, Signature, State, Terms, Window},
    memberships::Role,
    place::Place,
    text::Language,
};
use ops::{
    listings::{DeleteListing, RecordListing},
    moderation::SuspendActor,
};
use testkit::{World, content};

use crate::client::{Answer, outside, post};

testkit::both_engines!(
    every_address_tells_what_everybody_may_know_and_no_more,
    what_is_not_there_is_kept_by_no_cache,
    nothing_is_sent_twice_to_whoever_has_it,
    whoever_is_suspended_is_not_heard,
    wrong_questions_are_problems,
);

/// What a collective of another server has told us.
pub(crate) fn told(number: u32, title: &str, collective: ActorId) -> RecordListing {
    RecordListing {
        ap_id: format!("https://b.example/listings/{number}"),
        collective,
        purpose: Purpose::Offer,
        kind: Kind::Goods,
        title: title.to_owned(),
        html: String::new(),
        quantity: None,
        category: None,
        tags: Vec::new(),
        terms: Terms::Gift,
        place: None,
        point: None,
        radius: 0,
        starts_at: None,
        ends_at: None,
        expires_at: None,
        language: Language::default(),
        urgency: None,
        state: State::Open,
        url: None,
        published_at: None,
        updated_at: None,
    }
}

/// Records what a collective of another server tells of itself.
pub(crate) async fn hear(world: &World, listing: RecordListing) -> ListingId {
    let activity = format!("{}/create", listing.ap_id);
    let origin = world.inbox_of(listing.collective, &activity).await;
    world.done(origin, listing).await
}

pub(crate) fn at(text: &str) -> Time {
    Time::parse("at", text).unwrap()
}

/// 20 chairs at the mill, on a day in March.
pub(crate) fn chairs() -> Content {
    let place = Place::new("The mill", Some(41.402_917), Some(2.156_331), Some(500)).unwrap();
    Content {
        text: "For the harvest supper.\n\nSee https://a.example/c/garden, & bring <two>."
            .to_owned(),
        quantity: Some(testkit::pieces("20")),
        category: Some(domain::listings::Category::Food),
        terms: Terms::Loan,
        place: Some(place),
        window: Window {
            starts_at: Some(at("2026-03-14T09:00:00+01:00")),
            ends_at: Some(at("2026-03-15T08:00:00Z")),
            expires_at: Some(at("2026-03-14T00:00:00Z")),
        },
        ..content(Purpose::Need, "20 chairs")
    }
}

/// What there is of everything: a need said by the voice, a draft, and what is gone.
struct Things {
    steward: String,
    need: String,
    draft: String,
    gone: String,
}

impl Things {
    async fn of(world: &World) -> Self {
        let ada = world.person("ada").await;
        let garden = world.collective("garden", ada).await;
        let zebedee = world.member(garden, "zebedee", Role::Member).await;
        let need = world.publish(garden, zebedee, chairs()).await;
        let secret = Content { window: chairs().window, ..content(Purpose::Need, "Secret") };
        let draft = world.draft(garden, zebedee, secret.clone()).await;
        let gone = world.publish(garden, zebedee, secret).await;
        world.done(world.local(zebedee), DeleteListing { listing: gone }).await;
        Self {
            steward: world.token(ada, "read write").await,
            need: need.to_string(),
            draft: draft.to_string(),
            gone: gone.to_string(),
        }
    }
}

fn fill(address: &str, collective: &str, listing: &str) -> String {
    address.replace("{collective}", collective).replace("{listing}", listing)
}

async fn every_address_tells_what_everybody_may_know_and_no_more(world: World) {
    let things = Things::of(&world).await;
    let hidden = ["Secret", "zebedee", "41.402", "2.156", &things.draft];
    for (address, media_type) in api::ADDRESSES {
        let path = fill(address, "garden", &things.need);
        let seen = outside(&path).send(&world).await.is(200);
        assert_eq!(seen.header("content-type"), *media_type, "{path}");
        assert_eq!(seen.header("cache-control"), "public, max-age=300", "PRV-02 {path}");
        assert_eq!(seen.header("access-control-allow-origin"), "*", "{path}");
        assert_eq!(seen.header("x-content-type-options"), "nosniff", "{path}");
        assert_eq!(seen.header("last-modified"), "Sun, 01 Mar 2026 10:00:00 GMT", "{path}");
        let headers = format!("{:?}", seen.headers);
        for word in hidden {
            assert!(!seen.text.contains(word) && !headers.contains(word), "PRV-01 {path}: {word}");
        }
        let known = outside(&path).by(&things.steward).header("Cookie", "tequio=x");
        let known = known.send(&world).await.is(200);
        assert_eq!(
            (&known.text, known.header("etag")),
            (&seen.text, seen.header("etag")),
            "PRV-02"
        );
        assert_eq!(known.header("cache-control"), "public, max-age=300", "PRV-02 {path}");
        outside(&path).by("no token at all").send(&world).await.is(200);
        outside(&path).with("HEAD").send(&world).await.is(200);
        outside(&path).with("POST").send(&world).await.is(405);
    }
}

#[test]
fn every_address_is_in_the_documentation() {
    let docs = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/API.md");
    let docs = fs::read_to_string(docs).unwrap();
    for (address, media_type) in api::ADDRESSES {
        let media_type = media_type.split(';').next().unwrap();
        let line = docs.lines().find(|line| line.starts_with(&format!("| `{address}`")));
        assert!(line.is_some_and(|line| line.contains(media_type)), "{address}");
    }
}

async fn what_is_not_there_is_kept_by_no_cache(world: World) {
    let things = Things::of(&world).await;
    let missing = |answer: Answer, status: u16, code: &str| {
        let answer = answer.problem(status, code);
        assert_eq!(answer.header("cache-control"), "no-store", "PRV-02");
    };
    for (address, _) in api::ADDRESSES {
        if address.contains("{collective}") {
            for nobody in ["nobody", "garden.voice", "ada", "bakery@b.example", "%00"] {
                let path = fill(address, nobody, "");
                missing(outside(&path).send(&world).await, 404, "not_found");
            }
        }
        if address.contains("{listing}") {
            let mine = outside(&fill(address, "", &things.draft)).by(&things.steward);
            missing(mine.send(&world).await, 404, "not_found");
            for nothing in [things.draft.as_str(), "1", "%FF"] {
                let path = fill(address, "", nothing);
                missing(outside(&path).send(&world).await, 404, "not_found");
            }
            let path = fill(address, "", &things.gone);
            missing(outside(&path).send(&world).await, 410, "gone");
        }
    }
    for path in [
        "/feeds",
        "/feeds/listings.rss",
        "/feeds/listings.",
        "/feeds/c/garden",
        "/feeds/c/garden.xml",
        "/feeds/u/ada.atom",
        "/murmurations",
        "/murmurations/u/ada",
    ] {
        missing(outside(path).send(&world).await, 404, "not_found");
    }
}

async fn nothing_is_sent_twice_to_whoever_has_it(world: World) {
    let things = Things::of(&world).await;
    for (address, _) in api::ADDRESSES {
        let path = fill(address, "garden", &things.need);
        let first = outside(&path).send(&world).await.is(200);
        let tag = first.header("etag").to_owned();
        assert!(tag.starts_with('"') && tag.len() > 12, "{path}: {tag}");
        for known in [tag.clone(), format!("W/{tag}"), format!("\"x\", {tag}"), "*".to_owned()] {
            let again = outside(&path).header("If-None-Match", &known).send(&world).await.is(304);
            assert_eq!((again.text.as_str(), again.header("etag")), ("", tag.as_str()), "{path}");
            assert_eq!(again.header("cache-control"), "public, max-age=300", "{path}");
        }
        outside(&path).header("If-None-Match", "\"x\"").send(&world).await.is(200);
        let since = first.header("last-modified");
        let since = outside(&path).header("If-Modified-Since", since);
        since.send(&world).await.is(200);
    }
    let path = "/feeds/listings.atom";
    let tag = outside(path).send(&world).await.header("etag").to_owned();
    let token = &things.steward;
    let done = post(&format!("/listings/{}/fulfil", things.need), &serde_json::json!({}));
    done.by(token).send(&world).await.is(200);
    let later = outside(path).header("If-None-Match", &tag).send(&world).await.is(200);
    assert!(!later.text.contains("20 chairs"), "what is closed is no longer in the feed");
}

async fn whoever_is_suspended_is_not_heard(world: World) {
    let ada = world.person("ada").await;
    let garden = world.collective("garden", ada).await;
    let eve = world.member(garden, "evelyn", Role::Member).await;
    let signed = Content { signed_by: Signature::Member, ..chairs() };
    world.publish(garden, eve, signed).await;
    let bakery = world.remote_collective("bakery@b.example").await;
    let bread =
        RecordListing { starts_at: Some(at("2026-03-14T09:00:00Z")), ..told(1, "Bread", bakery) };
    hear(&world, bread).await;
    let lists = ["atom", "json", "ics", "csv"].map(|ending| format!("/feeds/listings.{ending}"));
    let theirs = lists.clone().map(|path| path.replace("listings", "c/bakery@b.example"));
    for path in lists.iter().chain(&theirs) {
        let seen = outside(path).send(&world).await.is(200);
        assert!(seen.text.contains("Bread"), "{path}: {}", seen.text);
    }
    let rosa = world.admin("rosa").await;
    for actor in [bakery, eve.actor()] {
        let suspend = SuspendActor { actor, reason: "spam".to_owned() };
        world.done(world.local(rosa), suspend).await;
    }
    for path in &lists {
        let seen = outside(path).send(&world).await.is(200);
        assert!(!seen.text.contains("Bread"), "PRV-01 {path}: {}", seen.text);
        assert!(!seen.text.contains("evelyn"), "PRV-01 {path}: {}", seen.text);
        assert!(seen.text.contains("20 chairs"), "{path}: its collective still needs them");
    }
    for path in &theirs {
        outside(path).send(&world).await.problem(404, "not_found");
    }
}

async fn wrong_questions_are_problems(world: World) {
    let ada = world.person("ada").await;
    world.collective("garden", ada).await;
    for list in ["listings", "c/garden"] {
        for ending in ["atom", "json", "ics", "csv"] {
            for (query, field) in [
                ("purpose=sale", "purpose"),
                ("kind=x", "kind"),
                ("open=perhaps", "open"),
                ("limit=0", "limit"),
                ("limit=1000000", "limit"),
                ("cursor=x", "cursor"),
            ] {
                let path = format!("/feeds/{list}.{ending}?{query}");
                outside(&path).send(&world).await.problem(422, "invalid").field(field);
            }
        }
    }
    for cursor in ["", "x"] {
        let path = format!("/murmurations/profiles?cursor={cursor}");
        outside(&path).send(&world).await.problem(422, "invalid").field("cursor");
    }
}
