//! Pages: bounded, opaque, complete.

use testkit::World;

use crate::client::get;

testkit::both_engines!(a_list_is_read_page_by_page, wrong_pages_are_refused);

async fn a_list_is_read_page_by_page(world: World) {
    let ada = world.person("ada").await;
    let garden = world.collective("garden", ada).await;
    for number in 1..=5 {
        world.need(garden, ada, &format!("Need {number}")).await;
    }
    let mut titles = Vec::new();
    let mut path = "/listings?limit=2&purpose=need".to_owned();
    loop {
        let page = get(&path).send(&world).await.is(200);
        titles.extend(page.all("title").into_iter().map(|it| it.as_str().unwrap().to_owned()));
        let link = page.header("link");
        let Some(next) = page.json["next"].as_str() else {
            assert_eq!(link, "");
            break;
        };
        let url = format!("https://a.example/api/v1/listings?limit=2&purpose=need&cursor={next}");
        assert_eq!(link, format!("<{url}>; rel=\"next\""));
        path = url.replace("https://a.example/api/v1", "");
    }
    assert_eq!(titles, ["Need 5", "Need 4", "Need 3", "Need 2", "Need 1"]);
    let whole = get("/listings?limit=5").send(&world).await.is(200);
    assert!(whole.json["next"].is_null());
}

async fn wrong_pages_are_refused(world: World) {
    let ada = world.person("ada").await;
    let token = world.token(ada, "read").await;
    for name in ["one", "two"] {
        world.collective(name, ada).await;
    }
    let other = get("/collectives?limit=1").send(&world).await.is(200);
    let other = other.json["next"].as_str().unwrap().to_owned();
    let forged = ["x", "", "AAAA", "'%3B drop table listings", "%00", &other].map(str::to_owned);
    for path in [
        "/listings",
        "/collectives/one/listings",
        "/feeds/public",
        "/feeds/home",
        "/follows",
        "/search",
        "/searches",
    ] {
        for limit in ["0", "-1", "51", "1000000000", "1e9", "x", "", "1.5"] {
            let answer = get(&format!("{path}?limit={limit}")).by(&token).send(&world).await;
            answer.problem(422, "invalid").field("limit");
        }
        for cursor in &forged {
            let cursor = cursor.replace(' ', "%20");
            let answer = get(&format!("{path}?cursor={cursor}")).by(&token).send(&world).await;
            answer.problem(422, "invalid").field("cursor");
        }
        let twice = get(&format!("{path}?limit=1&limit=2")).by(&token).send(&world).await;
        twice.problem(422, "invalid");
    }
    get(&format!("/collectives?cursor={other}")).send(&world).await.is(200);
}
