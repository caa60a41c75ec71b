//! Collectives of elsewhere that say odd things of themselves, of each other, and of numbers.

use db::actors::ActorRow;
use ops::follows::AskFollow;
use serde_json::{Value, json};
use testkit::World;

use crate::{
    listings,
    scene::Scene,
    words::{PUBLIC, act, create, follow, note, with},
};

testkit::both_engines!(
    places_and_times_beyond_reason_are_left_out,
    a_collective_that_claims_the_addresses_of_another_gets_nothing_of_it,
    collections_of_others_are_not_counted_and_not_walked,
    an_announce_of_an_announce_goes_no_further,
    a_group_that_was_not_addressed_has_no_new_listing,
    a_move_changes_nothing,
    a_report_is_of_its_reporter_and_of_a_hundred_things_at_most,
);

async fn places_and_times_beyond_reason_are_left_out(world: World) {
    let scene = listings::following(world).await;
    let points = vec![json!([0.0, 0.0]); 50_000];
    for (number, (key, odd)) in [
        ("location", json!({ "type": "Place", "latitude": "NaN", "longitude": "NaN" })),
        ("location", json!({ "type": "Place", "latitude": "inf", "longitude": 1 })),
        ("location", json!({ "type": "Place", "latitude": 1, "longitude": 1e300 })),
        ("location", json!({ "type": "Polygon", "coordinates": points })),
        ("location", json!({ "type": "Place", "name": "x", "radius": 1e300, "units": "km" })),
        ("location", json!({ "type": "Place", "name": "x", "radius": -1, "units": "m" })),
        ("currency", json!("XXXX")),
        ("validUntil", json!("-1")),
        ("endTime", json!("9999-12-31T23:59:59Z")),
        ("updated", json!("+292278994-08-17T07:12:55Z")),
    ]
    .into_iter()
    .enumerate()
    {
        let mut note = listings::plain(&scene, &format!("p{number}"));
        for part in ["", "/publishes"] {
            note.pointer_mut(part).unwrap()[key] = odd.clone();
        }
        for time in ["hasBeginning", "hasEnd", "due"] {
            note["publishes"][time] = json!("9999999999999-01-01T00:00:00Z");
        }
        let (outcome, reason) = scene.outcome(&scene.mill, &create(&scene.mill, &note)).await;
        assert_eq!(outcome, "done", "GRP-10 {odd}: {reason}");
        let row = listings::find(&scene, &note["id"]).await.unwrap();
        assert_eq!((row.point(), row.starts_at, row.ends_at), (None, None, None), "GRP-10 {key}");
        assert_eq!(row.expires_at, None, "GRP-10 {key}");
        let path = format!("/listings/{}", row.id);
        assert!(scene.get(&path).await.status.as_u16() < 500, "GRP-10 {key}");
    }
}

async fn row(scene: &Scene, id: &str) -> ActorRow {
    let id = id.to_owned();
    scene.world.read(move |conn| db::actors::find_by_ap_id(conn, &id)).await.unwrap()
}

async fn a_collective_that_claims_the_addresses_of_another_gets_nothing_of_it(world: World) {
    let scene = Scene::new(world).await;
    scene.meet_all().await;
    let before = row(&scene, &scene.mill.id).await;
    let thief = scene.b.group("thief", 5);
    for (number, whose) in [scene.mill.id.clone(), scene.group()].into_iter().enumerate() {
        thief.change(|document| {
            for key in ["followers", "featured", "outbox", "following"] {
                document[key] = json!(format!("{whose}/{key}"));
            }
            document["attributedTo"] = json!(format!("{whose}/moderators"));
            document["inbox"] = json!(format!("{}/inbox", thief.id));
        });
        let changed = thief.document("Group", "thief");
        scene.meet(&thief).await;
        let (outcome, _) =
            scene.outcome(&thief, &act(&thief, "Update", &format!("{number}"), changed)).await;
        assert_eq!(outcome, "done", "GRP-11: taken, and no endless trouble");
    }
    assert_eq!(
        format!("{:?}", row(&scene, &scene.mill.id).await),
        format!("{before:?}"),
        "GRP-11: the mill is as it was"
    );
    // Whoever follows the mill follows the mill alone.
    let mill = scene.meet(&scene.mill).await;
    scene.world.done(scene.world.local(scene.ada), AskFollow { followed: mill }).await;
    scene.settle().await;
    let asked = scene.b.arrived()[0].json();
    scene.deliver(&scene.mill, &act(&scene.mill, "Accept", "1", asked["id"].clone())).await;
    let said = note(&thief, "1", "http://c.example/1", "psst");
    let said = with(with(said, "to", format!("{}/followers", scene.mill.id)), "cc", json!([]));
    let said = with(with(said, "tag", json!([])), "inReplyTo", json!(null));
    let (outcome, _) = scene.outcome(&thief, &create(&thief, &said)).await;
    assert_eq!(outcome, "ignored", "GRP-11: what the thief says reaches nobody");
}

async fn collections_of_others_are_not_counted_and_not_walked(world: World) {
    let scene = Scene::new(world).await;
    for (number, total) in [json!(-5), json!(1e18), json!("many"), json!(null)].iter().enumerate() {
        let odd = scene.b.group(&format!("odd{number}"), 5);
        let page = json!({
            "id": format!("{}/followers", odd.id),
            "type": "OrderedCollection",
            "totalItems": total,
            "first": format!("{}/followers", odd.id),
            "next": format!("{}/followers", odd.id),
            "items": vec![json!({ "id": format!("{}/x", odd.id) }); 1_000],
        });
        odd.change(|document| {
            for key in ["followers", "featured", "outbox", "following"] {
                document[key] = page.clone();
            }
        });
        scene.meet(&odd).await;
        scene.deliver(&odd, &follow(&odd, "1", &scene.group())).await;
        let mut asked = scene.b.asked();
        asked.retain(|path| path != odd.path() && !path.starts_with("/.well-known/"));
        assert!(asked.is_empty(), "GRP-12, FET-18: {asked:?}");
    }
}

async fn an_announce_of_an_announce_goes_no_further(world: World) {
    let scene = Scene::new(world).await;
    let need = scene.world.need(scene.garden, scene.ada, "20 chairs").await;
    let address = scene.world.listing(need).await.ap_id;
    scene.settle().await;
    scene.meet_all().await;
    let hall = scene.b.group("hall", 5);
    for group in [&scene.mill, &hall] {
        scene.deliver(group, &follow(group, "f", &scene.group())).await;
    }
    scene.b.arrived();
    scene.b.asked();
    let mut last = act(&scene.mill, "Announce", "0", address.as_str());
    scene.deliver(&scene.mill, &last).await;
    let before = scene.world.rows().await.count("reactions");
    for round in 1..20 {
        let by = if round % 2 == 0 { &scene.mill } else { &hall };
        let name = format!("{round}");
        let whole = act(by, "Announce", &name, last.clone());
        scene.deliver(by, &whole).await;
        scene.deliver(by, &act(by, "Announce", &format!("{name}i"), last["id"].clone())).await;
        // And the need itself once more, under another id.
        let again = act(&scene.mill, "Announce", &format!("{name}n"), address.as_str());
        scene.deliver(&scene.mill, &again).await;
        last = if round < 8 { whole } else { last };
    }
    assert_eq!(scene.world.rows().await.count("reactions"), before, "GRP-13");
    assert!(scene.b.arrived().is_empty(), "GRP-13: nothing is said back");
    assert!(scene.b.asked().is_empty(), "GRP-13: and nobody is asked");
}

async fn a_group_that_was_not_addressed_has_no_new_listing(world: World) {
    let scene = listings::following(world).await;
    let count = scene.world.rows().await.count("listings");
    let elsewhere = with(listings::plain(&scene, "x"), "id", "http://b.example/g/other/listings/1");
    let elsewhere = with(elsewhere, "attributedTo", scene.bob.id.as_str());
    for object in [elsewhere.clone(), elsewhere["id"].clone(), create(&scene.bob, &elsewhere)] {
        let name = object.to_string().len().to_string();
        scene.deliver(&scene.mill, &act(&scene.mill, "Announce", &name, object)).await;
    }
    assert_eq!(scene.world.rows().await.count("listings"), count, "GRP-02");
}

async fn a_move_changes_nothing(world: World) {
    let scene = listings::following(world).await;
    scene.meet_all().await;
    let before = scene.world.rows().await;
    for (number, by) in [&scene.mill, &scene.mallory, &scene.mill].into_iter().enumerate() {
        let mut moved = act(by, "Move", &number.to_string(), by.id.as_str());
        moved["target"] = json!(scene.bob.id);
        assert_eq!(scene.outcome(by, &moved).await.0, "ignored", "ORG-23");
    }
    let left = crate::scene::changed(&before, &scene.world.rows().await);
    assert!(left.is_empty(), "ORG-23: {left:?}");
}

async fn a_report_is_of_its_reporter_and_of_a_hundred_things_at_most(world: World) {
    let scene = Scene::new(world).await;
    let need = scene.world.need(scene.garden, scene.ada, "20 chairs").await;
    let address = scene.world.listing(need).await.ap_id;
    scene.settle().await;
    scene.meet_all().await;
    let mut flag = act(&scene.bob, "Flag", "1", json!([scene.group(), address]));
    flag["content"] = json!("spam");
    flag["to"] = json!([PUBLIC]);
    scene.refused(scene.letter(&scene.mallory, &flag), 401, "ORG-24: forged reporter").await;
    let many: Vec<Value> = (0..10_000).map(|n| json!(format!("{address}#{n}"))).collect();
    let flag = with(flag, "object", many);
    let read = apub::inbound::Activity::parse(flag.clone()).unwrap();
    assert_eq!(read.objects.len(), 100, "ORG-24: cut");
    scene.deliver(&scene.bob, &flag).await;
    assert!(scene.outcomes().await.iter().all(|row| row.outcome.is_some()), "ORG-24");
}
