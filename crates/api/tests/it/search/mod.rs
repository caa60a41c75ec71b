//! Finding things by their words and by filters. Rows: PRV-01, PRV-08.

mod wrong;

use domain::{
    CollectiveId, Origin, PersonId, Time,
    listings::{Category, Content, Kind, Purpose, Terms, Urgency, Window},
    place::Place,
    text::Language,
};
use ops::{
    listings::{DeleteListing, RecordListing},
    moderation::SuspendActor,
};
use serde_json::{Value, json};
use testkit::{World, content};

use crate::{
    client::{Answer, delete, get, post},
    syndication::{hear, told},
};

testkit::both_engines!(
    needs_are_found_in_their_languages_with_and_without_accents,
    filters_say_which_needs_and_offers,
    a_window_finds_what_is_wanted_within_it,
    near_is_measured_from_the_point_that_the_public_sees,
    drafts_and_what_is_gone_or_suspended_are_never_found,
    collectives_are_found_by_what_they_say_of_themselves,
    people_are_found_by_those_who_are_signed_in,
    needs_and_offers_are_found_by_their_tags,
    what_is_found_comes_page_by_page,
    boards_and_feeds_have_the_same_filters,
    words_have_names_in_five_languages,
);

pub(crate) fn encoded(text: &str) -> String {
    url::form_urlencoded::byte_serialize(text.as_bytes()).collect()
}

fn titles(answer: &Answer) -> Vec<String> {
    let titles = answer.all("title").into_iter();
    titles.map(|title| title.as_str().unwrap().to_owned()).collect()
}

async fn search(world: &World, query: &str) -> Vec<String> {
    titles(&get(&format!("/search?{query}")).send(world).await.is(200))
}

pub(crate) async fn garden(world: &World) -> (CollectiveId, PersonId) {
    let ada = world.person("ada").await;
    (world.collective("garden", ada).await, ada)
}

async fn needs_are_found_in_their_languages_with_and_without_accents(world: World) {
    let (garden, ada) = garden(&world).await;
    for (language, title, text) in [
        ("es", "Veinte sillas", "Para el comité de la cosecha"),
        ("ca", "Una bicicleta vella", "Per a la festa"),
        ("de", "Zwei Räder", "Für die große Straße"),
        ("en", "A ladder", "For the children's library"),
        ("fr", "Des vélos réparés", "L'école en a besoin"),
        ("pt-BR", "Duas máquinas", "De costura"),
        ("ar", "كراسي خشبية", "للاجتماع"),
        ("el", "Ένα τρακτέρ", "Για τον κήπο"),
    ] {
        let content = Content {
            text: text.to_owned(),
            language: Language::parse(language).unwrap(),
            ..content(Purpose::Need, title)
        };
        world.publish(garden, ada, content).await;
    }
    for (asked, title) in [
        ("silla", "Veinte sillas"),
        ("SILLAS", "Veinte sillas"),
        ("sillas comite", "Veinte sillas"),
        ("comités", "Veinte sillas"),
        ("bicicletes", "Una bicicleta vella"),
        ("bicicleta", "Una bicicleta vella"),
        ("rader", "Zwei Räder"),
        ("Räder", "Zwei Räder"),
        ("Rad", "Zwei Räder"),
        ("strasse", "Zwei Räder"),
        ("ladders", "A ladder"),
        ("lad", "A ladder"),
        ("child", "A ladder"),
        ("velo ecole", "Des vélos réparés"),
        ("vélo", "Des vélos réparés"),
        ("maquina", "Duas máquinas"),
        ("كراسي", "كراسي خشبية"),
        ("τρακτερ", "Ένα τρακτέρ"),
        ("ΤΡΑΚΤΈΡ", "Ένα τρακτέρ"),
    ] {
        assert_eq!(search(&world, &format!("q={}", encoded(asked))).await, [title], "{asked}");
    }
    for asked in ["sillón", "radio", "adder", "silla ladder", "خشبيا"] {
        assert_eq!(search(&world, &format!("q={}", encoded(asked))).await, [""; 0], "{asked}");
    }
}

async fn needs_and_offers_are_found_by_their_tags(world: World) {
    let (garden, ada) = garden(&world).await;
    let text =
        "For the #Cosecha, with <b>#ñandú</b>; not #1, nor https://a.example/#top".to_owned();
    let chairs = Content { text, ..content(Purpose::Need, "Chairs #Fiesta") };
    let chairs = world.publish(garden, ada, chairs).await;
    world.offer(garden, ada, "Seeds for the #cosecha").await;
    world.draft(garden, ada, content(Purpose::Need, "Secret #cosecha")).await;
    let mill = world.remote_collective("mill@b.example").await;
    let tags = vec![domain::tags::Tag::parse("COSECHA").unwrap()];
    hear(&world, RecordListing { tags, ..told(1, "Sacks", mill) }).await;
    for (tag, found) in [
        ("cosecha", vec!["Sacks", "Seeds for the #cosecha", "Chairs #Fiesta"]),
        ("%23Cosecha", vec!["Sacks", "Seeds for the #cosecha", "Chairs #Fiesta"]),
        ("%C3%91AND%C3%9A", vec!["Chairs #Fiesta"]),
        ("fiesta", vec!["Chairs #Fiesta"]),
        ("top", vec![]),
        ("cosech", vec![]),
    ] {
        assert_eq!(search(&world, &format!("tag={tag}")).await, found, "{tag}");
        let list = get(&format!("/listings?tag={tag}")).send(&world).await.is(200);
        assert_eq!(titles(&list), found, "{tag}");
    }
    assert_eq!(search(&world, "tag=cosecha&purpose=need").await, ["Chairs #Fiesta"]);
    for wrong in ["", "1", "two+words", "%3Cb%3E", "%00", "%FF", "a%27--"] {
        get(&format!("/listings?tag={wrong}")).send(&world).await.is(422);
    }
    let seen = get(&format!("/listings/{chairs}")).send(&world).await.is(200);
    assert_eq!(seen.json["tags"], json!(["Fiesta", "Cosecha", "ñandú"]));
    let html = seen.json["html"].as_str().unwrap();
    assert!(html.contains("<a href=\"https://a.example/tags/cosecha\" class=\"mention hashtag\""));
    assert!(html.contains("&lt;b&gt;<a href=\"https://a.example/tags/%C3%B1and%C3%BA\""), "{html}");
    world.done(world.local(ada), DeleteListing { listing: chairs }).await;
    let suspend = SuspendActor { actor: mill, reason: "spam".to_owned() };
    world.done(Origin::server(), suspend).await;
    assert_eq!(search(&world, "tag=cosecha").await, ["Seeds for the #cosecha"]);
}

async fn filters_say_which_needs_and_offers(world: World) {
    let (garden, ada) = garden(&world).await;
    let chairs = Content {
        category: Some(Category::Food),
        terms: Terms::Loan,
        urgency: Some(Urgency::Days),
        ..content(Purpose::Need, "Chairs")
    };
    world.publish(garden, ada, chairs).await;
    let lessons = Content {
        kind: Kind::Knowledge,
        category: Some(Category::Education),
        language: Language::parse("es-MX").unwrap(),
        ..content(Purpose::Offer, "Lessons")
    };
    let lessons = world.publish(garden, ada, lessons).await;
    let token = world.token(ada, "read write").await;
    post(&format!("/listings/{lessons}/fulfil"), &json!({})).by(&token).send(&world).await.is(200);
    for (query, found) in [
        ("", vec!["Lessons", "Chairs"]),
        ("type=listings", vec!["Lessons", "Chairs"]),
        ("purpose=need", vec!["Chairs"]),
        ("kind=knowledge", vec!["Lessons"]),
        ("category=food", vec!["Chairs"]),
        ("category=energy", vec![]),
        ("terms=loan", vec!["Chairs"]),
        ("urgency=days", vec!["Chairs"]),
        ("language=es", vec!["Lessons", "Chairs"]),
        ("language=ES-mx", vec!["Lessons"]),
        ("open=true", vec!["Chairs"]),
        ("open=false", vec!["Lessons"]),
        ("q=lesson&kind=knowledge&purpose=offer", vec!["Lessons"]),
        ("q=lesson&kind=goods", vec![]),
    ] {
        assert_eq!(search(&world, query).await, found, "{query}");
    }
}

async fn a_window_finds_what_is_wanted_within_it(world: World) {
    let (garden, ada) = garden(&world).await;
    let at = |text: &str| Some(Time::parse("at", text).unwrap());
    for (title, starts_at, ends_at) in [
        ("March", at("2026-03-10T00:00:00Z"), at("2026-03-20T00:00:00Z")),
        ("April", at("2026-04-01T00:00:00Z"), None),
        ("Ever", None, None),
    ] {
        let window = Window { starts_at, ends_at, expires_at: None };
        let content = Content { window, ..content(Purpose::Need, title) };
        world.publish(garden, ada, content).await;
    }
    for (query, found) in [
        ("from=2026-03-15T00:00:00Z&until=2026-03-16T00:00:00Z", vec!["Ever", "March"]),
        ("from=2026-03-21T00:00:00Z&until=2026-03-22T00:00:00Z", vec!["Ever"]),
        ("from=2026-03-21T00:00:00Z", vec!["Ever", "April"]),
        ("until=2026-03-21T00:00:00%2B01:00", vec!["Ever", "March"]),
    ] {
        assert_eq!(search(&world, query).await, found, "{query}");
    }
}

async fn near_is_measured_from_the_point_that_the_public_sees(world: World) {
    let (garden, ada) = garden(&world).await;
    for (title, latitude, longitude) in [
        ("Mill", 41.402_917, 2.156_331),
        ("Madrid", 40.416_775, -3.703_79),
        ("Suva", -18.124_809, 178.450_079),
        ("Taveuni", -16.814_2, -179.988),
    ] {
        let place = Place::new(title, Some(latitude), Some(longitude), None).unwrap();
        let content = Content { place: Some(place), ..content(Purpose::Need, title) };
        world.publish(garden, ada, content).await;
    }
    world.need(garden, ada, "Nowhere").await;
    for (query, found) in [
        ("near=41.4,2.16&radius=100", vec!["Mill"]),
        // Where it is exactly is not to be found out.
        ("near=41.402917,2.156331&radius=100", vec![]),
        ("near=41.4,2.16", vec!["Mill"]),
        ("near=41.4,2.16&radius=495000", vec!["Mill"]),
        ("near=41.4,2.16&radius=500000", vec!["Mill"]),
        ("near=41.0,-1.0&radius=400000", vec!["Madrid", "Mill"]),
        ("near=-17,179.9&radius=300000", vec!["Taveuni", "Suva"]),
        ("near=-17,-179.9&radius=50000", vec!["Taveuni"]),
        ("near=90,0&radius=500000", vec![]),
        ("near=41.4,2.16&q=mill", vec!["Mill"]),
        ("near=41.4,2.16&q=madrid", vec![]),
    ] {
        assert_eq!(search(&world, query).await, found, "{query}");
    }
    let page = get("/search?near=41.0,-1.0&radius=400000&limit=1").send(&world).await.is(200);
    let next = page.json["next"].as_str().unwrap();
    let path = format!("near=41.0,-1.0&radius=400000&limit=1&cursor={next}");
    assert_eq!(search(&world, &path).await, ["Mill"]);
}

async fn drafts_and_what_is_gone_or_suspended_are_never_found(world: World) {
    let (garden, ada) = garden(&world).await;
    let mill = world.remote_collective("mill@b.example").await;
    world.draft(garden, ada, content(Purpose::Need, "Secret chairs")).await;
    let gone = world.need(garden, ada, "Former chairs").await;
    hear(&world, told(1, "Suspended chairs", mill)).await;
    assert_eq!(search(&world, "q=suspended").await, ["Suspended chairs"]);
    let token = world.token(ada, "read write").await;
    delete(&format!("/listings/{gone}")).by(&token).send(&world).await.is(204);
    let suspend = SuspendActor { actor: mill, reason: "spam".to_owned() };
    world.done(Origin::server(), suspend).await;
    let saved = json!({ "name": "Chairs", "query": "q=chairs" });
    let saved = post("/searches", &saved).by(&token).send(&world).await.is(201).id();
    for path in [
        "/search?q=chairs".to_owned(),
        "/search?q=chairs&open=false".to_owned(),
        "/search".to_owned(),
        "/listings?q=chairs".to_owned(),
        "/feeds/public?q=chairs".to_owned(),
        "/feeds/home?q=chairs".to_owned(),
        "/collectives/garden/listings?q=chairs".to_owned(),
        "/search?type=collectives&q=mill".to_owned(),
        format!("/searches/{saved}/results"),
    ] {
        let answer = get(&path).by(&token).send(&world).await.is(200);
        assert_eq!(answer.json["items"], json!([]), "{path}");
    }
}

async fn collectives_are_found_by_what_they_say_of_themselves(world: World) {
    let ada = world.person("ada").await;
    let token = world.token(ada, "read write").await;
    for (handle, name, summary) in [
        ("garden", "Huerta del valle", "Cultivamos lo que comemos."),
        ("mill", "Molino común", "Harinas para todas."),
    ] {
        let form = json!({ "handle": handle, "name": name, "summary": summary, "language": "es" });
        post("/collectives", &form).by(&token).send(&world).await.is(201);
    }
    world.remote_collective("forge@b.example").await;
    for (asked, handles) in [
        ("huertas", vec!["garden"]),
        ("comun", vec!["mill"]),
        ("harina", vec!["mill"]),
        ("mil", vec!["mill"]),
        ("forge", vec!["forge"]),
        ("voice", vec![]),
        ("ada", vec![]),
    ] {
        let answer = get(&format!("/search?type=collectives&q={asked}")).send(&world).await.is(200);
        assert_eq!(answer.all("handle"), handles, "{asked}");
        assert!(answer.all("type").iter().all(|it| *it == "collective"));
    }
    let path = "/collectives/garden";
    crate::client::patch(path, &json!({ "summary": "Semillas" }))
        .by(&token)
        .send(&world)
        .await
        .is(200);
    let answer = get("/search?type=collectives&q=semilla").send(&world).await.is(200);
    assert_eq!(answer.all("handle"), ["garden"]);
}

async fn people_are_found_by_those_who_are_signed_in(world: World) {
    let ada = world.person("ada").await;
    world.person("adam").await;
    world.remote_person("adana@b.example").await;
    let token = world.token(ada, "search:read").await;
    get("/search?type=people&q=ada").send(&world).await.problem(401, "no_token");
    get("/search?type=people").by(&token).send(&world).await.problem(422, "invalid").field("q");
    let answer = get("/search?type=people&q=ada").by(&token).send(&world).await.is(200);
    assert_eq!(answer.all("handle"), ["adana", "adam", "ada"]);
    assert!(!answer.text.contains("mail.example"), "an e-mail address is nobody's business");
    let wrong = world.token(ada, "listings:read").await;
    get("/search?type=people&q=ada").by(&wrong).send(&world).await.problem(403, "missing_scope");
}

async fn what_is_found_comes_page_by_page(world: World) {
    let (garden, ada) = garden(&world).await;
    for number in 1..=5 {
        world.need(garden, ada, &format!("Silla {number}")).await;
    }
    let mut path = "/search?q=sillas&limit=2".to_owned();
    let mut found = Vec::new();
    loop {
        let page = get(&path).send(&world).await.is(200);
        found.extend(titles(&page));
        let Value::String(next) = &page.json["next"] else { break };
        path = format!("/search?q=sillas&limit=2&cursor={next}");
        let other = format!("/search?type=collectives&cursor={next}");
        get(&other).send(&world).await.problem(422, "invalid").field("cursor");
    }
    assert_eq!(found, ["Silla 5", "Silla 4", "Silla 3", "Silla 2", "Silla 1"]);
}

async fn boards_and_feeds_have_the_same_filters(world: World) {
    let (garden, ada) = garden(&world).await;
    world.need(garden, ada, "Sillas").await;
    let lessons = Content { kind: Kind::Knowledge, ..content(Purpose::Offer, "Clases") };
    world.publish(garden, ada, lessons).await;
    let token = world.token(ada, "read write").await;
    post("/follows", &json!({ "who": "garden" })).by(&token).send(&world).await.is(201);
    for path in ["/listings", "/collectives/garden/listings", "/feeds/public", "/feeds/home"] {
        for (query, found) in [
            ("q=silla", vec!["Sillas"]),
            ("kind=knowledge", vec!["Clases"]),
            ("language=es", vec!["Clases", "Sillas"]),
            ("near=41.4,2.16", vec![]),
        ] {
            let path = format!("{path}?{query}");
            let answer = get(&path).by(&token).send(&world).await.is(200);
            assert_eq!(answer.all("title"), found, "{path}");
        }
        let wrong = get(&format!("{path}?terms=price")).by(&token).send(&world).await;
        wrong.problem(422, "invalid").field("terms");
    }
}

async fn words_have_names_in_five_languages(world: World) {
    let answer = get("/categories").send(&world).await.is(200);
    assert_eq!(answer.json["uri"], "https://a.example/taxonomy");
    let facets = answer.json["facets"].as_array().unwrap();
    let names: Vec<&Value> = facets.iter().map(|facet| &facet["name"]).collect();
    assert_eq!(names, ["purpose", "kind", "category", "terms", "urgency", "state"]);
    let terms = facets[3]["words"].as_array().unwrap();
    let barter = terms.iter().find(|word| word["word"] == "barter").unwrap();
    assert_eq!(barter["uri"], "https://a.example/taxonomy/terms/barter");
    assert_eq!(
        barter["labels"],
        json!({ "en": "Barter", "es": "Trueque", "ca": "Intercanvi", "de": "Tausch", "fr": "Troc" })
    );
}
