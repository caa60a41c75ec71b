//! Looking up what people type.

use ops::{Lookup as _, LookupError, lookup::Found};
use serde_json::{Value, json};
use testkit::World;

use crate::{
    peer::{ACTIVITY, Page, Peer},
    scene::{Scene, changed},
    words::{note, with},
};

testkit::both_engines!(
    an_actor_is_found_by_its_handle_and_remembered,
    what_is_here_is_found_without_asking_anybody,
    an_actor_is_found_by_its_address_and_by_its_page,
    a_post_is_found_by_its_address,
    what_is_not_there_is_told_apart,
    a_document_is_believed_from_its_own_address_alone,
    a_document_of_another_media_type_is_none,
    private_addresses_are_not_asked,
    no_signature_travels_to_another_server,
    a_server_says_where_its_people_do_something_with_what_is_elsewhere,
);

async fn actor(scene: &Scene, text: &str) -> String {
    match scene.fed.find(text).await {
        Ok(Found::Actor(id)) => scene.world.actor(id).await.ap_id,
        other => panic!("{text}: {other:?}"),
    }
}

async fn failure(scene: &Scene, text: &str) -> LookupError {
    let before = scene.world.rows().await;
    let failure = scene.fed.find(text).await.expect_err(text);
    assert!(changed(&before, &scene.world.rows().await).is_empty(), "{text}");
    failure
}

async fn an_actor_is_found_by_its_handle_and_remembered(world: World) {
    let scene = Scene::new(world).await;
    let c = Peer::unnamed().await;
    let (carla, looms) = (c.person("carla", 5), c.group("looms", 4));
    let host = c.host();
    assert_eq!(actor(&scene, &format!("@carla@{host}")).await, carla.id);
    assert_eq!(c.asked().len(), 2, "WebFinger and the actor");
    for text in [format!("carla@{host}"), format!(" @Carla@{host} "), format!("acct:carla@{host}")]
    {
        assert_eq!(actor(&scene, &text).await, carla.id, "{text}");
    }
    assert!(c.asked().is_empty());
    assert_eq!(actor(&scene, &format!("!looms@{host}")).await, looms.id);
}

async fn what_is_here_is_found_without_asking_anybody(world: World) {
    let scene = Scene::new(world).await;
    let need = scene.world.need(scene.garden, scene.ada, "20 chairs").await;
    let draft = testkit::content(domain::listings::Purpose::Need, "secret");
    let draft = scene.world.draft(scene.garden, scene.ada, draft).await;
    let need = scene.world.listing(need).await;
    assert_eq!(actor(&scene, "@garden@a.example").await, scene.group());
    assert_eq!(actor(&scene, "@ada").await, "https://a.example/u/ada");
    assert_eq!(actor(&scene, "https://a.example/c/garden").await, scene.group());
    assert_eq!(scene.fed.find(&need.ap_id).await, Ok(Found::Listing(need.id)));
    let draft = scene.world.listing(draft).await.ap_id;
    for unknown in ["@nobody@a.example", "@nobody", "https://a.example/c/nobody", &draft] {
        assert_eq!(failure(&scene, unknown).await, LookupError::Unknown, "{unknown}");
    }
}

async fn an_actor_is_found_by_its_address_and_by_its_page(world: World) {
    let scene = Scene::new(world).await;
    assert_eq!(actor(&scene, &scene.bob.id).await, scene.bob.id);
    scene.b.put("/@mallory", Page::Document(scene.mallory.document("Person", "mallory")));
    assert_eq!(actor(&scene, &scene.b.at("/@mallory")).await, scene.mallory.id);
    assert_eq!(scene.b.asked().last().unwrap(), "/u/mallory", "asked at its own address");
    scene.b.put("/moved", Page::Moved("/g/mill".to_owned()));
    assert_eq!(actor(&scene, &scene.b.at("/moved")).await, scene.mill.id);
}

async fn a_post_is_found_by_its_address(world: World) {
    let scene = Scene::new(world).await;
    let said = note(&scene.bob, "1", "http://c.example/1", "hello");
    scene.b.put("/u/bob/notes/1", Page::Document(said.clone()));
    let Ok(Found::Reply(id)) = scene.fed.find(said["id"].as_str().unwrap()).await else {
        panic!("a note is found")
    };
    assert_eq!(scene.world.reply(id).await.html, "<p>hello</p>");
    scene.b.asked();
    assert_eq!(scene.fed.find(said["id"].as_str().unwrap()).await, Ok(Found::Reply(id)));
    assert!(scene.b.asked().is_empty(), "it is remembered");
}

async fn what_is_not_there_is_told_apart(world: World) {
    let scene = Scene::new(world).await;
    let c = Peer::unnamed().await;
    let host = c.host().to_owned();
    for (status, path) in [(404, "/x404"), (410, "/x410"), (500, "/x500"), (429, "/x429")] {
        c.put(path, Page::Status(status));
    }
    for (text, want) in [
        (c.at("/x404"), LookupError::Unknown),
        (c.at("/x410"), LookupError::Gone),
        (c.at("/x500"), LookupError::Unreachable),
        (c.at("/x429"), LookupError::Unreachable),
        ("http://127.0.0.1:9/x".to_owned(), LookupError::Unreachable),
        ("http://nowhere.example/x".to_owned(), LookupError::Unreachable),
        (format!("@nobody@{host}"), LookupError::Unknown),
        ("@".to_owned(), LookupError::Malformed),
        ("a b c".to_owned(), LookupError::Malformed),
        ("@x@y@z".to_owned(), LookupError::Malformed),
        ("ftp://c.example/x".to_owned(), LookupError::Malformed),
        ("http://bob:secret@b.example/x".to_owned(), LookupError::Malformed),
    ] {
        assert_eq!(failure(&scene, &text).await, want, "{text}");
    }
}

async fn a_document_is_believed_from_its_own_address_alone(world: World) {
    let scene = Scene::new(world).await;
    let evil = Peer::named(&scene.net, "evil.example").await;
    let stolen = note(&scene.bob, "9", "http://c.example/1", "never said");
    evil.put("/x", Page::Document(stolen.clone()));
    assert_eq!(failure(&scene, &evil.at("/x")).await, LookupError::Unknown, "ORG-13");
    let other = with(stolen.clone(), "id", format!("{}/notes/8", scene.bob.id));
    scene.b.put("/u/bob/notes/9", Page::Document(other));
    let odd = failure(&scene, &evil.at("/x")).await;
    assert!(matches!(odd, LookupError::Odd(_)), "ORG-13: {odd:?}");

    let posing = with(scene.bob.document("Person", "bob"), "name", "Not Bob");
    evil.put("/bob", Page::Document(posing));
    assert_eq!(actor(&scene, &evil.at("/bob")).await, scene.bob.id);
    let bob = scene.meet(&scene.bob).await;
    assert_eq!(scene.world.actor(bob).await.name, "bob", "ORG-13: as his own server says");

    let fake = note(&scene.mallory, "7", "http://c.example/1", "x");
    let fake = with(fake, "id", scene.b.at("/go?to=evil"));
    evil.put("/note", Page::Document(fake));
    scene.b.put("/go?to=evil", Page::Moved(evil.at("/note")));
    let odd = failure(&scene, &scene.b.at("/go?to=evil")).await;
    assert!(matches!(odd, LookupError::Odd(_)), "ORG-14: {odd:?}");

    let theirs = note(&scene.bob, "6", "http://c.example/1", "x");
    let theirs = with(theirs, "id", evil.at("/6"));
    evil.put("/6", Page::Document(theirs));
    let odd = failure(&scene, &evil.at("/6")).await;
    assert!(matches!(odd, LookupError::Odd(_)), "ORG-03: {odd:?}");
}

async fn a_document_of_another_media_type_is_none(world: World) {
    let scene = Scene::new(world).await;
    let document = scene.mallory.document("Person", "mallory").to_string();
    for (number, kind) in
        ["text/plain", "application/json", "application/octet-stream", "application/ld+json", ""]
            .into_iter()
            .enumerate()
    {
        scene.b.put("/u/mallory", Page::Typed(kind, document.clone()));
        let odd = failure(&scene, &scene.mallory.id).await;
        assert!(matches!(odd, LookupError::Odd(_)), "ORG-15 {number}: {odd:?}");
    }
    let profile = "application/ld+json; profile=\"https://www.w3.org/ns/activitystreams\"";
    scene.b.put("/u/mallory", Page::Typed(profile, document));
    assert_eq!(actor(&scene, &scene.mallory.id).await, scene.mallory.id);
    let twice = format!("{{\"id\":\"{0}\",\"id\":\"{0}\"}}", scene.bob.id);
    scene.b.put("/twice", Page::Typed(ACTIVITY, twice));
    let odd = failure(&scene, &scene.b.at("/twice")).await;
    assert!(matches!(odd, LookupError::Odd(_)), "ORG-21: {odd:?}");
}

async fn private_addresses_are_not_asked(world: World) {
    let scene = Scene::new(world).await;
    let scene = scene.restarted(|rules| rules.development = false);
    let port = Peer::unnamed().await;
    scene.net.name("inside.example.org", "10.0.0.1:443".parse().unwrap());
    scene.net.name("metadata.example.org", "169.254.169.254:443".parse().unwrap());
    for text in [
        port.at("/u/x"),
        scene.bob.id.clone(),
        "https://127.0.0.1/u/x".to_owned(),
        "https://[::1]/u/x".to_owned(),
        "https://2130706433/u/x".to_owned(),
        "https://localhost/u/x".to_owned(),
        "https://printer.local/u/x".to_owned(),
        "https://b.example:8443/u/bob".to_owned(),
        "https://inside.example.org/u/x".to_owned(),
        "https://metadata.example.org/latest".to_owned(),
        "@x@127.0.0.1".to_owned(),
        "@x@localhost".to_owned(),
        format!("@x@{}", port.host()),
    ] {
        assert_eq!(failure(&scene, &text).await, LookupError::Malformed, "FET-01..03 {text}");
    }
    assert!(port.asked().is_empty() && scene.b.asked().is_empty());
}

async fn no_signature_travels_to_another_server(world: World) {
    let scene = Scene::new(world).await;
    let other = Peer::named(&scene.net, "other.example").await;
    scene.b.put("/elsewhere", Page::Moved(other.at("/end")));
    other.put("/end", Page::Document(Value::Null));
    failure(&scene, &scene.b.at("/elsewhere")).await;
    let (first, last) = (scene.b.questions(), other.questions());
    let instance = scene.world.read(|conn| db::actors::find_by_ap_id(conn, "https://a.example/"));
    let key = scene.key_of(instance.await.unwrap().id).await;
    first[0].verify(&key);
    last[0].verify(&key);
    assert_eq!(last[0].header("host"), "other.example", "FET-08");
    assert_ne!(first[0].said("signature"), last[0].said("signature"));
    scene.b.put("/loop", Page::Moved(scene.b.at("/loop")));
    let odd = failure(&scene, &scene.b.at("/loop")).await;
    assert!(matches!(odd, LookupError::Odd(_)), "FET-07: {odd:?}");
    assert_eq!(json!(scene.b.asked()), json!(["/loop"]));
}

async fn a_server_says_where_its_people_do_something_with_what_is_elsewhere(world: World) {
    let scene = Scene::new(world).await;
    let c = Peer::unnamed().await;
    let host = c.host();
    let jrd = json!({ "subject": format!("acct:ana@{host}"), "links": [
        { "rel": "self", "type": ACTIVITY, "href": c.at("/ana") },
        {
            "rel": "http://ostatus.org/schema/1.0/subscribe",
            "template": c.at("/authorize_interaction?uri={uri}"),
        },
        { "rel": "https://w3id.org/fep/3b86/Follow", "href": c.at("/follow?o={object}") },
    ] });
    let resource: String =
        url::form_urlencoded::byte_serialize(format!("acct:ana@{host}").as_bytes()).collect();
    let page = Page::Typed("application/jrd+json", jrd.to_string());
    c.put(&format!("/.well-known/webfinger?resource={resource}"), page);

    let before = scene.world.rows().await;
    let doors = scene.fed.doors("ana", host).await.unwrap();
    assert!(changed(&before, &scene.world.rows().await).is_empty(), "nothing is remembered");
    assert_eq!(doors.templates.len(), 2, "{doors:?}");
    let garden = "https://a.example/c/garden";
    let to = |errand| doors.page_for(errand, garden).map(String::from);
    let about = "https%3A%2F%2Fa.example%2Fc%2Fgarden";
    assert_eq!(to(ops::doors::Errand::Follow), Some(c.at(&format!("/follow?o={about}"))));
    let answer = c.at(&format!("/authorize_interaction?uri={about}"));
    assert_eq!(to(ops::doors::Errand::Answer), Some(answer));
    assert_eq!(scene.fed.doors("nobody", host).await, Err(LookupError::Unknown));
}
