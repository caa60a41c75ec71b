//! The browsers that somebody is signed in with, by a program.

use testkit::World;

use crate::client::{delete, get};

testkit::both_engines!(they_are_listed_and_ended, api_02_nobody_sees_those_of_another);

async fn they_are_listed_and_ended(world: World) {
    let ada = world.person("ada").await;
    let token = world.token(ada, "read write").await;
    let (secret, csrf) = world.session(ada).await;
    for _ in 0..2 {
        world.session(ada).await;
    }
    let page = get("/me/sessions?limit=2").by(&token).send(&world).await.is(200);
    assert_eq!(page.all("name"), ["Firefox on Linux", "Firefox on Linux"]);
    assert!(!page.text.contains(&secret) && !page.text.contains(&csrf), "API-25");
    assert!(page.header("link").contains("rel=\"next\""));
    let next = page.json["next"].as_str().unwrap();
    let rest = get(&format!("/me/sessions?cursor={next}")).by(&token).send(&world).await.is(200);
    assert_eq!(rest.all("id").len(), 1);
    let first = rest.json["items"][0]["id"].as_str().unwrap();
    let path = format!("/me/sessions/{first}");
    delete(&path).by(&token).send(&world).await.is(204);
    delete(&path).by(&token).send(&world).await.problem(404, "not_found");
    delete("/me/sessions/x").by(&token).send(&world).await.problem(404, "not_found");
    assert_eq!(world.rows().await.count("sessions"), 2);
    delete("/me/sessions").by(&token).send(&world).await.is(204);
    assert_eq!(world.rows().await.count("sessions"), 0);
    get("/me").by(&token).send(&world).await.is(200);
}

async fn api_02_nobody_sees_those_of_another(world: World) {
    let ada = world.person("ada").await;
    let eve = world.person("eve").await;
    world.session(ada).await;
    let (hers, other) = (world.token(ada, "read").await, world.token(eve, "read write").await);
    let listed = get("/me/sessions").by(&hers).send(&world).await.is(200);
    let id = listed.json["items"][0]["id"].as_str().unwrap();
    delete(&format!("/me/sessions/{id}")).by(&other).send(&world).await.problem(404, "not_found");
    let none = get("/me/sessions").by(&other).send(&world).await.is(200);
    assert!(none.all("id").is_empty());
    assert_eq!(world.rows().await.count("sessions"), 1);
}
