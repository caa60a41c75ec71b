//! Every document in both dialects, held against everybody who reads it.

use domain::{
    Dialect, ListingId, ReplyId,
    listings::{Content, Purpose, Signature, State},
    memberships::Role,
    quantity::Amount,
    replies::As,
    text::Language,
};
use federation::dialects::{self, ListingFacts, ReplyFacts, microblog, threadiverse};
use ops::replies::PostReply;
use serde_json::{Value, json};
use testkit::World;

use super::{
    full, lemmy,
    negotiation::LEMMY,
    rules::{GOTOSOCIAL, MARKETS, MASTODON, hold},
};
use crate::{scene::Scene, shown::shown};

testkit::both_engines!(
    every_listing_suits_every_reader,
    pictures_and_for_whom_it_is_are_said_as_each_reader_knows_them,
    tags_are_links_in_the_text_and_entries_beside_it,
    every_answer_suits_every_reader,
    every_state_reads_well_in_every_language,
    what_lemmy_asks_for_lemmy_can_read,
    every_activity_of_the_threadiverse_is_as_it_was,
    what_lemmy_refuses_is_refused_here,
);

async fn facts(scene: &Scene, id: ListingId) -> ListingFacts {
    let found =
        scene.world.read(move |conn| federation::listings::facts(conn, id, "https://a.example/"));
    found.await.unwrap()
}

async fn reply_facts(scene: &Scene, id: ReplyId) -> ReplyFacts {
    scene.world.read(move |conn| federation::replies::facts(conn, id)).await.unwrap()
}

/// One that says nothing but its title, one that says everything, one that its author signed.
async fn listings(scene: &Scene) -> Vec<ListingFacts> {
    let grace = scene.world.member(scene.garden, "grace", Role::Member).await;
    let bare = testkit::content(Purpose::Offer, "Hands");
    let signed = Content { signed_by: Signature::Member, ..full(&scene.world) };
    let mut all = Vec::new();
    for content in [bare, full(&scene.world), signed] {
        let id = scene.world.publish(scene.garden, grace, content).await;
        all.push(facts(scene, id).await);
    }
    all
}

/// The listing in every state it may have in public, changed a minute after it went out.
fn states(facts: &ListingFacts) -> impl Iterator<Item = ListingFacts> {
    let states = State::ALL.iter().filter(|state| **state != State::Draft);
    states.map(|state| {
        let mut facts = facts.clone();
        facts.listing.state = *state;
        facts.listing.updated_at = facts.listing.published_at.unwrap().plus_seconds(60);
        let left = facts.listing.quantity.filter(|_| *state != State::Open);
        facts.listing.remaining =
            left.map(|total| total.less(Amount::parse("found", "8").unwrap()));
        facts
    })
}

fn has_headline(content: &Value, facts: &ListingFacts) -> bool {
    content.as_str().unwrap().contains(&ops::html::escape(&facts.listing.title))
}

async fn every_listing_suits_every_reader(world: World) {
    let scene = Scene::new(world).await;
    let group = scene.group();
    for facts in listings(&scene).await.iter().flat_map(states) {
        let note = json!(dialects::listing(Dialect::Microblog, &facts));
        hold("Mastodon", MASTODON, &note);
        hold("GoToSocial", GOTOSOCIAL, &note);
        hold("a market", MARKETS, &note);
        assert!(has_headline(&note["content"], &facts), "the title is in the text");
        assert_eq!(note["attributedTo"], group);
        let mention = json!({ "type": "Mention", "href": group, "name": "@garden@a.example" });
        assert!(note["tag"].as_array().unwrap().contains(&mention), "answers come back");

        let document = json!(dialects::listing(Dialect::Threadiverse, &facts));
        hold("a market", MARKETS, &document);
        let page = lemmy::page(&document, &group).unwrap();
        let is_signed = facts.listing.signed_by == Signature::Member;
        let author = if is_signed {
            "https://a.example/u/grace".to_owned()
        } else {
            format!("{group}/voice")
        };
        assert_eq!(page.attributed_to, author);
        assert_eq!(page.id, note["id"], "one listing, one id");
        assert!(page.name.unwrap().contains(&facts.listing.title), "as it was typed");
        assert!(!has_headline(&document["content"], &facts), "the title is said once");
        assert!(document["tag"].as_array().unwrap().contains(&mention));
        assert_eq!(document["attachment"], json!([]));
        assert!(is_signed || !document.to_string().contains("grace"), "PRV-08");
        for key in ["published", "updated", "publishes", "replies", "context", "purpose", "url"] {
            assert_eq!(document[key], note[key], "{key} is the same in both");
        }

        let id = || "https://a.example/activities/1".to_owned();
        let says = [threadiverse::create, threadiverse::update, threadiverse::delete];
        for say in says {
            lemmy::inner(&json!(say(&facts, id())), &group).unwrap();
        }
        lemmy::announce(&json!(threadiverse::announced(&facts)), &group).unwrap();
        for say in [microblog::create, microblog::update, microblog::delete] {
            let activity = json!(say(&facts, id()));
            assert_eq!(activity["actor"], group);
            assert!(activity["object"].is_object(), "an id alone is dropped, or answered with 500");
            assert!(activity["object"].get("@context").is_none());
        }
    }
}

async fn pictures_and_for_whom_it_is_are_said_as_each_reader_knows_them(world: World) {
    let scene = Scene::new(world).await;
    let (world, ada) = (&scene.world, scene.ada);
    let pictures = vec![world.picture(ada, "A <ladder>").await, world.picture(ada, "A wall").await];
    let need = testkit::content(Purpose::Need, "Ladders");
    let id = world.publish_with(scene.garden, ada, need, pictures, "a <family>").await;
    let facts = facts(&scene, id).await;
    let file = format!("https://a.example/media/{}.jpg", "07".repeat(32));
    let note = json!(dialects::listing(Dialect::Microblog, &facts));
    hold("Mastodon", MASTODON, &note);
    hold("GoToSocial", GOTOSOCIAL, &note);
    let picture = json!({
        "type": "Document",
        "mediaType": "image/jpeg",
        "url": file,
        "name": "A <ladder>",
        "width": 60,
        "height": 40,
    });
    assert_eq!(note["attachment"][0], picture);
    assert_eq!(note["attachment"][1]["name"], "A wall");
    let page = json!(dialects::listing(Dialect::Threadiverse, &facts));
    lemmy::page(&page, &scene.group()).unwrap();
    let picture = json!({ "type": "Image", "url": file, "name": "A <ladder>" });
    assert_eq!(page["attachment"][0], picture);
    assert_eq!(page["image"]["url"], file);
    for document in [&note, &page] {
        let text = document["content"].as_str().unwrap();
        assert!(text.contains("<p>En nombre de a &lt;family&gt;</p>"), "{text}");
        assert!(!document.to_string().contains("consent"), "PRV-08");
    }
}

async fn tags_are_links_in_the_text_and_entries_beside_it(world: World) {
    let scene = Scene::new(world).await;
    let text =
        "Para la <b>#Cosecha</b>, #ñandú y #necesito; https://a.example/#no #2026".to_owned();
    let need = Content { text, ..testkit::content(Purpose::Need, "Sillas #Fiesta") };
    let id = scene.world.publish(scene.garden, scene.ada, need).await;
    let facts = facts(&scene, id).await;
    let note = json!(dialects::listing(Dialect::Microblog, &facts));
    let page = json!(dialects::listing(Dialect::Threadiverse, &facts));
    hold("Mastodon", MASTODON, &note);
    hold("GoToSocial", GOTOSOCIAL, &note);
    lemmy::page(&page, &scene.group()).unwrap();
    let link = "&lt;b&gt;<a href=\"https://a.example/tags/cosecha\" class=\"mention hashtag\" \
                rel=\"tag\">#<span>Cosecha</span></a>&lt;/b&gt;";
    for document in [&note, &page] {
        let tags = document["tag"].as_array().unwrap();
        let hashtags: Vec<_> = tags.iter().filter(|tag| tag["type"] == "Hashtag").collect();
        let want = |name: &str, path: &str| json!({ "type": "Hashtag", "name": name, "href": format!("https://a.example/{path}") });
        let wanted = [
            want("#Fiesta", "tags/fiesta"),
            want("#Cosecha", "tags/cosecha"),
            want("#ñandú", "tags/%C3%B1and%C3%BA"),
            want("#necesito", "listings?purpose=need"),
        ];
        assert_eq!(hashtags, wanted.iter().collect::<Vec<_>>());
        let content = document["content"].as_str().unwrap();
        assert!(content.contains(link), "{content}");
        assert!(content.contains(">https://a.example/#no</a>"), "{content}");
    }
    let title = "Sillas <a href=\"https://a.example/tags/fiesta\"";
    assert!(note["content"].as_str().unwrap().contains(title));
    assert!(page["name"].as_str().unwrap().ends_with("Sillas #Fiesta"), "a title is plain");
    assert_eq!(note["source"]["content"], facts.listing.text);
}

/// An answer of a person, one of the voice, and one of the voice to that person.
async fn answers(scene: &Scene) -> Vec<ReplyFacts> {
    let need = scene.world.publish(scene.garden, scene.ada, full(&scene.world)).await;
    let carol = scene.world.person("carol").await;
    let by_carol = scene.world.answer(need, carol, "I have <8>\n\nand a table").await;
    let mut ids = vec![by_carol];
    for parent in [None, Some(by_carol)] {
        let answer = PostReply {
            listing: need,
            parent,
            speak: As::Voice,
            text: "thank you".to_owned(),
            language: Some("es".to_owned()),
        };
        ids.push(scene.world.done(scene.world.local(scene.ada), answer).await);
    }
    let mut all = Vec::new();
    for id in ids {
        all.push(reply_facts(scene, id).await);
    }
    all
}

async fn every_answer_suits_every_reader(world: World) {
    let scene = Scene::new(world).await;
    let group = scene.group();
    let voice = format!("{group}/voice");
    for (number, facts) in answers(&scene).await.iter().enumerate() {
        let note = json!(microblog::reply(facts));
        hold("Mastodon", MASTODON, &note);
        hold("GoToSocial", GOTOSOCIAL, &note);
        let answer = json!(threadiverse::reply(facts));
        lemmy::comment(&answer, &group).unwrap();
        let (here, there) = if number == 0 {
            ("https://a.example/u/carol", "https://a.example/u/carol")
        } else {
            (group.as_str(), voice.as_str())
        };
        assert_eq!((&note["attributedTo"], &answer["attributedTo"]), (&json!(here), &json!(there)));
        assert_eq!((&note["id"], &note["content"]), (&answer["id"], &answer["content"]));
        assert!(
            !note["cc"].as_array().unwrap().contains(&json!(here)),
            "nobody writes to themselves"
        );
        assert!(note["tag"].to_string().contains("@garden@a.example"), "answers come back");
        assert!(number == 0 || !answer.to_string().contains("ada"), "PRV-08");
        insta::assert_snapshot!(format!("answer_{number}_microblog"), shown(&note));
        insta::assert_snapshot!(format!("answer_{number}_threadiverse"), shown(&answer));

        let id = || "https://a.example/activities/1".to_owned();
        let says =
            [threadiverse::create_reply, threadiverse::update_reply, threadiverse::delete_reply];
        for say in says {
            lemmy::inner(&json!(say(facts, id())), &group).unwrap();
        }
        for say in [microblog::create_reply, microblog::update_reply, microblog::delete_reply] {
            let activity = json!(say(facts, id()));
            assert_eq!((&activity["to"], &activity["cc"]), (&note["to"], &note["cc"]));
            assert_eq!(activity["actor"], note["attributedTo"]);
        }
    }
}

async fn every_state_reads_well_in_every_language(world: World) {
    let scene = Scene::new(world).await;
    let need = scene.world.publish(scene.garden, scene.ada, full(&scene.world)).await;
    let facts = facts(&scene, need).await;
    let mut told = Vec::new();
    for language in ["en", "es", "ca", "de", "fr", "und"] {
        for mut facts in states(&facts) {
            facts.listing.language = Language::parse(language).unwrap();
            let (note, page) =
                (json!(microblog::listing(&facts)), json!(threadiverse::listing(&facts)));
            assert_eq!(note["published"], "2026-03-01T10:00:00Z");
            assert!(note["updated"].as_str() > note["published"].as_str());
            assert_eq!(
                page["language"]["identifier"].as_str(),
                (language != "und").then_some(language)
            );
            let state = facts.listing.state.word();
            let words = |document: &Value| ops::html::words(document["content"].as_str().unwrap());
            told.push(format!(
                "{language} {state}\n  {}\n  {}\n  {}",
                words(&note),
                page["name"],
                words(&page)
            ));
        }
    }
    let told = told.join("\n").replace(&need.to_string(), "ID");
    insta::assert_snapshot!("states", told);
}

async fn what_lemmy_asks_for_lemmy_can_read(world: World) {
    let scene = Scene::new(world).await;
    let group = scene.group();
    let need = listings(&scene).await.swap_remove(1).listing.id;
    let answer = answers(&scene).await[1].reply.id;
    let get = async |path: &str| {
        let answer = scene.ask_from(path, LEMMY).await.is(200);
        assert!(lemmy::CONTENT_TYPES.contains(&answer.header("content-type")), "{path}");
        assert!(answer.text.len() < lemmy::MOST_BYTES, "{path}");
        answer.json
    };
    for path in ["/", "/c/garden", "/c/garden/voice", "/u/ada"] {
        lemmy::actor(&get(path).await).unwrap();
    }
    let page = get(&format!("/listings/{need}")).await;
    lemmy::page(&page, &group).unwrap();
    insta::assert_snapshot!("page", shown(&page));
    lemmy::comment(&get(&format!("/replies/{answer}")).await, &group).unwrap();

    let outbox = get("/c/garden/outbox").await;
    let items = lemmy::items(&outbox).unwrap();
    assert_eq!(items.len(), 4);
    for item in &items {
        lemmy::announce(item, &group).unwrap();
        for activity in [item, &item["object"]] {
            let id = activity["id"].as_str().unwrap();
            let mut served = get(&id["https://a.example".len()..]).await;
            served.as_object_mut().unwrap().remove("@context").expect("it stands alone");
            assert_eq!(served, *activity, "the same wherever it is told");
        }
    }
    insta::assert_snapshot!("outbox_threadiverse", shown(&newest(&outbox)));
    let featured = get("/c/garden/featured").await;
    let items = lemmy::items(&featured).unwrap();
    assert_eq!(items.len(), 4);
    for item in &items {
        lemmy::page(item, &group).unwrap();
    }
    insta::assert_snapshot!("featured_threadiverse", shown(&newest(&featured)));
    let moderators = get("/c/garden/moderators").await;
    assert_eq!(lemmy::items(&moderators).unwrap(), [json!(format!("{group}/voice"))]);
    insta::assert_snapshot!(
        "outbox_microblog",
        shown(&newest(&scene.get("/c/garden/outbox").await.json))
    );
    let pinned = scene.get("/c/garden/featured").await.json;
    assert!(pinned["orderedItems"].as_array().unwrap().iter().all(Value::is_string));
}

/// The collection with its newest item alone.
fn newest(collection: &Value) -> Value {
    let mut collection = collection.clone();
    collection["orderedItems"].as_array_mut().unwrap().truncate(1);
    collection
}

async fn every_activity_of_the_threadiverse_is_as_it_was(world: World) {
    let scene = Scene::new(world).await;
    let listing = listings(&scene).await.swap_remove(1);
    let fulfilled = states(&listing).find(|it| it.listing.state == State::Fulfilled).unwrap();
    let answer = answers(&scene).await.swap_remove(1);
    let id = || "https://a.example/activities/1".to_owned();
    for (name, activity) in [
        ("announce_create", threadiverse::announced(&listing)),
        ("inner_update", threadiverse::update(&fulfilled, id())),
        ("inner_delete", threadiverse::delete(&listing, id())),
        ("inner_create_reply", threadiverse::create_reply(&answer, id())),
        ("inner_update_reply", threadiverse::update_reply(&answer, id())),
        ("inner_delete_reply", threadiverse::delete_reply(&answer, id())),
    ] {
        insta::assert_snapshot!(name, shown(&json!(activity)));
    }
}

/// The copy of Lemmy's shapes would be worth nothing if it took everything.
async fn what_lemmy_refuses_is_refused_here(world: World) {
    let scene = Scene::new(world).await;
    let group = scene.group();
    let need = scene.world.publish(scene.garden, scene.ada, full(&scene.world)).await;
    let facts = facts(&scene, need).await;
    let page = json!(threadiverse::listing(&facts));
    lemmy::page(&page, &group).unwrap();
    for (key, value) in [
        ("type", json!(["Page"])),
        ("type", json!("Proposal")),
        ("attributedTo", json!([format!("{group}/voice")])),
        ("attributedTo", json!(group)),
        ("audience", json!([group])),
        ("attachment", json!([{ "type": "PropertyValue", "name": "a", "value": "b" }])),
        ("attachment", json!({ "type": "Image", "url": "https://a.example/1" })),
        ("image", json!([{ "type": "Image", "url": "https://a.example/1" }])),
        ("language", json!("es")),
        ("mediaType", json!("text/plain")),
        ("published", json!("2026-03-01T10:00:00")),
        ("context", json!({ "type": "Collection" })),
        ("sensitive", json!("no")),
        ("inReplyTo", json!("https://a.example/listings/1")),
        ("to", json!([group])),
    ] {
        let mut wrong = page.clone();
        wrong[key] = value.clone();
        assert!(lemmy::page(&wrong, &group).is_err(), "{key}: {value}");
    }
    let note = json!(microblog::listing(&facts));
    assert!(lemmy::page(&note, &group).is_err(), "a Note of the Group is no post");
    let mut announce = json!(threadiverse::announced(&facts));
    announce.as_object_mut().unwrap().remove("cc");
    assert!(lemmy::announce(&announce, &group).is_err(), "cc is never missing");
    let mut announce = json!(threadiverse::announced(&facts));
    announce["object"] = page;
    assert!(lemmy::announce(&announce, &group).is_err(), "a post is no activity");
}
