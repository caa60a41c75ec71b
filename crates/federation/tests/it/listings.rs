//! Needs and offers of collectives elsewhere.

use db::listings::{Filter, ListingRow};
use domain::{
    listings::{Kind, Purpose, State, Terms},
    tags::Tag,
};
use ops::follows::AskFollow;
use serde_json::{Value, json};
use testkit::World;

use crate::{
    peer::Page,
    scene::Scene,
    words::{PUBLIC, act, create, delete, update, with},
};

testkit::both_engines!(
    a_listing_in_our_own_words_comes_over_whole,
    the_hashtags_of_a_note_are_its_tags,
    a_listing_of_a_collective_nobody_follows_is_ignored,
    a_proposal_of_other_software_is_read,
    a_listing_is_changed_and_deleted_by_its_own_collective_alone,
    a_need_never_becomes_an_offer,
    amounts_beyond_reason_are_left_out,
    a_listing_that_is_not_public_is_not_taken,
    a_listing_that_somebody_looked_up_is_here,
);

pub(crate) async fn find(scene: &Scene, id: &Value) -> Option<ListingRow> {
    let id = id.as_str().unwrap().to_owned();
    scene.world.read(move |conn| db::listings::find_by_ap_id(conn, &id)).await
}

/// Ada follows the mill.
pub(crate) async fn following(world: World) -> Scene {
    let scene = Scene::new(world).await;
    let mill = scene.meet(&scene.mill).await;
    let ask = AskFollow { followed: mill };
    scene.world.done(scene.world.local(scene.ada), ask).await;
    scene.settle().await;
    let asked = scene.b.arrived()[0].json();
    scene.deliver(&scene.mill, &act(&scene.mill, "Accept", "1", asked["id"].clone())).await;
    scene
}

/// One of our own listings, as another server of our kind would say it of the mill.
async fn ours(scene: &Scene, name: &str) -> Value {
    let mut content = testkit::content(Purpose::Need, "20 chairs");
    content.quantity = Some(testkit::pieces("20"));
    content.terms = Terms::Loan;
    "For <Saturday>".clone_into(&mut content.text);
    let need = scene.world.publish(scene.garden, scene.ada, content).await;
    let note = scene.get(&format!("/listings/{need}")).await.text;
    let note = note.replace(&format!("https://a.example/listings/{need}"), &said(scene, name));
    let note = note.replace("https://a.example/c/garden", &scene.mill.id);
    scene.settle().await;
    serde_json::from_str(&note).unwrap()
}

fn said(scene: &Scene, name: &str) -> String {
    format!("{}/listings/{name}", scene.mill.id)
}

/// The least that makes a note a listing.
pub(crate) fn plain(scene: &Scene, name: &str) -> Value {
    json!({
        "id": said(scene, name),
        "type": "Note",
        "attributedTo": scene.mill.id,
        "to": [PUBLIC],
        "content": "<p><b>Flour</b></p>",
        "published": "2026-03-01T09:00:00Z",
        "purpose": "offer",
        "publishes": {
            "type": "Intent",
            "id": format!("{}#primary", said(scene, name)),
            "action": "transfer",
            "resourceQuantity": { "hasUnit": "kilogram", "hasNumericalValue": 12.5 },
        },
    })
}

async fn a_listing_in_our_own_words_comes_over_whole(world: World) {
    let scene = following(world).await;
    let note = ours(&scene, "1").await;
    assert_eq!(scene.outcome(&scene.mill, &create(&scene.mill, &note)).await.0, "done");
    let row = find(&scene, &note["id"]).await.unwrap();
    assert_eq!(row.title, "20 chairs");
    assert_eq!((row.purpose, row.kind, row.terms), (Purpose::Need, Kind::Goods, Terms::Loan));
    assert_eq!(row.how_much().unwrap().total.to_string(), "20");
    assert_eq!(row.html, "<p>For &lt;Saturday&gt;</p>", "the bare text, without what is around it");
    assert_eq!((row.state, row.language.as_str()), (State::Open, "es"));
    assert_eq!(row.author_id, None);
}

async fn marked(scene: &Scene, tag: &str) -> Vec<String> {
    let tag = Some(Tag::parse(tag).unwrap());
    let filter = Filter { tag, open: Some(true), ..Filter::default() };
    let rows = scene.world.read(move |conn| db::listings::page(conn, &filter, None, 9)).await;
    rows.into_iter().map(|row| row.title).collect()
}

async fn the_hashtags_of_a_note_are_its_tags(world: World) {
    let scene = following(world).await;
    let hashtag =
        |name: &str| json!({ "type": "Hashtag", "name": name, "href": "https://b.example/tags/x" });
    let purpose = json!({ "type": "Hashtag", "name": "#ofrezco", "href": "https://b.example/listings?purpose=offer" });
    let tags = json!([purpose, hashtag("#Harina"), hashtag("pan"), hashtag("#two words"), hashtag("#HARINA"), { "type": "Hashtag" }]);
    let note = with(plain(&scene, "1"), "tag", tags);
    assert_eq!(scene.outcome(&scene.mill, &create(&scene.mill, &note)).await.0, "done");
    let id = find(&scene, &note["id"]).await.unwrap().id;
    let names = async || {
        let tags = scene.world.read(move |conn| db::tags::of(conn, id)).await;
        tags.iter().map(|tag| tag.name().to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(names().await, ["Harina", "pan"]);
    assert_eq!(marked(&scene, "#harina").await, ["Flour"]);
    assert!(marked(&scene, "ofrezco").await.is_empty(), "that it is an offer is no tag");

    let note = with(note, "tag", hashtag("#queso"));
    scene.deliver(&scene.mill, &update(&scene.mill, "2026-03-01T09:30:00Z", &note)).await;
    assert_eq!(names().await, ["queso"]);
    assert!(marked(&scene, "harina").await.is_empty());
    let many: Vec<_> = (0..90).map(|number| hashtag(&format!("#t{number}"))).collect();
    let note = with(note, "tag", many);
    scene.deliver(&scene.mill, &update(&scene.mill, "2026-03-01T09:40:00Z", &note)).await;
    assert_eq!(names().await.len(), domain::tags::MOST);
}

async fn a_listing_of_a_collective_nobody_follows_is_ignored(world: World) {
    let scene = Scene::new(world).await;
    let note = plain(&scene, "1");
    let (outcome, _) = scene.outcome(&scene.mill, &create(&scene.mill, &note)).await;
    assert_eq!(outcome, "ignored");
    assert!(find(&scene, &note["id"]).await.is_none());
    assert_eq!(scene.world.rows().await.count("listings"), 0);
}

async fn a_proposal_of_other_software_is_read(world: World) {
    let scene = following(world).await;
    let note = plain(&scene, "1");
    scene.deliver(&scene.mill, &create(&scene.mill, &note)).await;
    let row = find(&scene, &note["id"]).await.unwrap();
    assert_eq!((row.purpose, row.title.as_str()), (Purpose::Offer, "Flour"));
    let much = row.how_much().unwrap();
    assert_eq!((much.total.to_string().as_str(), much.unit.word()), ("12.5", "kilogram"));

    let proposal = json!({
        "id": said(&scene, "2"),
        "type": "Proposal",
        "purpose": "request",
        "attributedTo": scene.mill.id,
        "name": "A ladder",
        "content": "<p>Five metres</p>",
        "published": "2026-03-01T09:00:00Z",
        "unitBased": true,
        "publishes": {
            "id": format!("{}#primary", said(&scene, "2")),
            "type": "Intent",
            "action": "transferCustody",
            "resourceConformsTo": "https://www.wikidata.org/wiki/Q168639",
            "resourceQuantity": { "hasUnit": "om2:one", "hasNumericalValue": "1" },
            "receiver": scene.mill.id,
        },
        "to": PUBLIC,
    });
    let said = create(&scene.mill, &proposal);
    assert_eq!(scene.outcome(&scene.mill, &said).await.0, "done", "FEP-0837");
    let row = find(&scene, &proposal["id"]).await.unwrap();
    assert_eq!((row.purpose, row.title.as_str()), (Purpose::Need, "A ladder"));
    assert_eq!(row.terms, Terms::Loan);
}

async fn a_listing_is_changed_and_deleted_by_its_own_collective_alone(world: World) {
    let scene = following(world).await;
    let (mill, mallory) = (&scene.mill, &scene.mallory);
    let note = plain(&scene, "1");
    scene.deliver(mill, &create(mill, &note)).await;
    let evil = with(note.clone(), "content", "<p>Poison</p>");
    let theirs = update(mallory, "2026-03-01T09:10:00Z", &evil);
    assert_eq!(scene.outcome(mallory, &theirs).await.0, "refused", "GRP-09");
    let gone = act(mallory, "Delete", "1", note["id"].clone());
    assert_ne!(scene.outcome(mallory, &gone).await.0, "done");

    let less = with(
        note.clone(),
        "publishes",
        json!({
            "type": "Intent",
            "name": "Flour",
            "action": "transfer",
            "resourceQuantity": { "hasUnit": "kilogram", "hasNumericalValue": "12.5" },
            "availableQuantity": { "hasUnit": "kilogram", "hasNumericalValue": "2.5" },
        }),
    );
    scene.deliver(mill, &update(mill, "2026-03-01T09:20:00Z", &less)).await;
    let row = find(&scene, &note["id"]).await.unwrap();
    assert_eq!(row.state, State::Partly);
    assert_eq!(row.how_much().unwrap().found().to_string(), "10");
    scene.deliver(mill, &update(mill, "2026-03-01T09:10:00Z", &note)).await;
    assert_eq!(find(&scene, &note["id"]).await.unwrap().state, State::Partly, "IDM-07");
    scene.deliver(mill, &delete(mill, &note)).await;
    assert!(find(&scene, &note["id"]).await.unwrap().deleted_at.is_some());
    let again = update(mill, "2026-03-01T09:50:00Z", &note);
    assert_eq!(scene.outcome(mill, &again).await.0, "refused", "it does not come back");
}

async fn a_need_never_becomes_an_offer(world: World) {
    let scene = following(world).await;
    let note = plain(&scene, "1");
    scene.deliver(&scene.mill, &create(&scene.mill, &note)).await;
    let turned = with(note.clone(), "purpose", "request");
    scene.deliver(&scene.mill, &update(&scene.mill, "2026-03-01T09:20:00Z", &turned)).await;
    assert_eq!(find(&scene, &note["id"]).await.unwrap().purpose, Purpose::Offer, "GRP-09");
}

async fn amounts_beyond_reason_are_left_out(world: World) {
    let scene = following(world).await;
    for (number, odd) in [
        json!(-1),
        json!(1e308),
        json!("NaN"),
        json!("∞"),
        json!("9".repeat(40)),
        json!(0),
        json!(null),
        json!([]),
    ]
    .into_iter()
    .enumerate()
    {
        let mut note = plain(&scene, &number.to_string());
        note["publishes"]["resourceQuantity"]["hasNumericalValue"] = odd.clone();
        note["location"] =
            json!({ "type": "Place", "name": "x", "latitude": 91, "longitude": 1e9 });
        note["publishes"]["due"] = json!("9999-99-99");
        let (outcome, reason) = scene.outcome(&scene.mill, &create(&scene.mill, &note)).await;
        assert_eq!(outcome, "done", "GRP-10 {odd}: {reason}");
        let row = find(&scene, &note["id"]).await.unwrap();
        assert_eq!((row.quantity, row.point(), row.ends_at), (None, None, None), "GRP-10 {odd}");
    }
}

async fn a_listing_that_is_not_public_is_not_taken(world: World) {
    let scene = following(world).await;
    for (number, to) in
        [json!([format!("{}/followers", scene.mill.id)]), json!(["https://a.example/u/ada"])]
            .into_iter()
            .enumerate()
    {
        let note = with(plain(&scene, &number.to_string()), "to", to);
        let mut said = create(&scene.mill, &note);
        said["to"] = json!([]);
        assert_eq!(scene.outcome(&scene.mill, &said).await.0, "ignored");
        assert!(find(&scene, &note["id"]).await.is_none());
    }
}

async fn a_listing_that_somebody_looked_up_is_here(world: World) {
    let scene = Scene::new(world).await;
    let note = plain(&scene, "1");
    scene.b.put("/g/mill/listings/1", Page::Document(note.clone()));
    let found = ops::Lookup::find(&scene.fed, note["id"].as_str().unwrap()).await;
    assert!(matches!(found, Ok(ops::lookup::Found::Listing(_))), "{found:?}");
    let mill = &scene.mill;
    scene.deliver(mill, &delete(mill, &note)).await;
    assert!(find(&scene, &note["id"]).await.unwrap().deleted_at.is_some());
}
