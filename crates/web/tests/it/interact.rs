//! Following and answering from one's own server.

use actix_web::http::StatusCode;
use ops::{LookupError, doors::Doors};
use testkit::World;

use crate::browser::{Elsewhere, Pages};

testkit::both_engines!(
    one_is_led_to_the_page_of_ones_own_server,
    where_no_way_is_offered_the_search_is,
    what_went_wrong_is_told_beside_the_field,
    who_lives_here_signs_in,
    what_is_not_for_everybody_is_nothing_to_answer,
    nobody_asks_on_behalf_of_others_for_ever,
);

const SUBSCRIBE: &str = "http://ostatus.org/schema/1.0/subscribe";

fn doors(host: &str, templates: &[(&str, &str)]) -> Doors {
    let text = |(rel, template): &(&str, &str)| ((*rel).to_owned(), (*template).to_owned());
    let templates = templates.iter().map(text).collect();
    Doors { host: host.to_owned(), plain: false, templates }
}

async fn pages(world: &World) -> Pages {
    let mastodon = "https://m.example/authorize_interaction?uri={uri}";
    let follow = "https://w3id.org/fep/3b86/Follow";
    let elsewhere = vec![
        ("ana@m.example", Ok(doors("m.example", &[(SUBSCRIBE, mastodon)]))),
        (
            "bo@new.example",
            Ok(doors("new.example", &[(follow, "https://new.example/f?o={object}")])),
        ),
        ("cy@lemmy.example", Ok(doors("lemmy.example", &[]))),
        ("evil@e.example", Ok(doors("e.example", &[(SUBSCRIBE, "https://phish.test/?u={uri}")]))),
        ("away@m.example", Err(LookupError::Unreachable)),
        ("blocked@m.example", Err(LookupError::Blocked)),
        ("odd@m.example", Err(LookupError::Odd("it is not JSON".to_owned()))),
    ];
    Pages::with(world, Elsewhere(Vec::new(), elsewhere), false).await
}

async fn one_is_led_to_the_page_of_ones_own_server(world: World) {
    let ada = world.person("ada").await;
    let garden = world.collective("garden", ada).await;
    let need = world.need(garden, ada, "20 chairs").await;
    let browser = pages(&world).await.visitor();
    let collective = browser.page("/c/garden").await;
    let link = "/interact?about=https%3A%2F%2Fa.example%2Fc%2Fgarden";
    assert!(collective.has(&format!("href=\"{link}\"")), "{}", collective.html);
    let page = browser.page(link).await;
    assert!(page.has("@garden@a.example"), "the handle to copy");
    let form = page.form("/interact");
    let seen = browser.submit(&form.clone().with("handle", " @ana@M.example ")).await;
    assert_eq!(seen.status, StatusCode::OK, "{}", seen.html);
    let there = "https://m.example/authorize_interaction?uri=https%3A%2F%2Fa.example%2Fc%2Fgarden";
    assert!(seen.has(&format!("content=\"0; url={there}\"")), "{}", seen.html);
    assert!(seen.has(&format!("href=\"{there}\"")), "{}", seen.html);
    let seen = browser.submit(&form.with("handle", "bo@new.example")).await;
    assert!(seen.has("https://new.example/f?o=https%3A%2F%2Fa.example%2Fc%2Fgarden"));

    let listing = browser.page(&format!("/listings/{need}")).await;
    let link = format!("/interact?about=https%3A%2F%2Fa.example%2Flistings%2F{need}");
    assert!(listing.has(&format!("href=\"{link}\"")), "{}", listing.html);
    let form = browser.page(&link).await.form("/interact");
    let seen = browser.submit(&form.with("handle", "@ana@m.example")).await;
    assert!(seen.has(&format!("?uri=https%3A%2F%2Fa.example%2Flistings%2F{need}\"")));
    let mill = world.remote_collective("mill@b.example").await;
    let mill = world.actor(mill).await.ap_id;
    let form = browser.page(&format!("/interact?about={mill}")).await.form("/interact");
    let seen = browser.submit(&form.with("handle", "@ana@m.example")).await;
    assert!(seen.has("?uri=https%3A%2F%2Fb.example%2Fgroups%2Fmill\""), "{}", seen.html);
}

async fn where_no_way_is_offered_the_search_is(world: World) {
    let ada = world.person("ada").await;
    world.collective("garden", ada).await;
    let browser = pages(&world).await.visitor();
    let form = browser.page("/interact?about=/c/garden").await.form("/interact");
    let search = |host: &str| {
        format!("href=\"https://{host}/search?q=https%3A%2F%2Fa.example%2Fc%2Fgarden\"")
    };
    for (handle, host) in [("@cy@lemmy.example", "lemmy.example"), ("@evil@e.example", "e.example")]
    {
        let seen = browser.submit(&form.clone().with("handle", handle)).await;
        assert!(seen.has(&search(host)), "{}", seen.html);
        assert!(seen.has("@garden@a.example") && !seen.has("http-equiv=\"refresh\""));
        assert!(!seen.has("phish.test"), "nobody is sent anywhere but to their own server");
    }
}

async fn what_went_wrong_is_told_beside_the_field(world: World) {
    let ada = world.person("ada").await;
    world.collective("garden", ada).await;
    let browser = pages(&world).await.visitor();
    let form = browser.page("/interact?about=/c/garden").await.form("/interact");
    for (handle, status, sentence) in [
        ("ana", 422, "That is no handle"),
        ("@who@m.example", 404, "knows nobody of this name"),
        ("@away@m.example", 502, "did not answer"),
        ("@blocked@m.example", 404, "is blocked here"),
        ("@odd@m.example", 502, "could not understand"),
    ] {
        let seen = browser.submit(&form.clone().with("handle", handle)).await;
        assert_eq!(seen.status.as_u16(), status, "{handle}");
        assert!(seen.has("id=\"e-handle\"") && seen.has(sentence), "{}", seen.html);
        assert_eq!(seen.form("/interact").value("handle"), handle, "what was typed is kept");
    }
    let forged = browser.submit(&form.with("csrf", "f00d").with("handle", "@ana@m.example")).await;
    assert_eq!(forged.status, StatusCode::FORBIDDEN);
    assert!(!forged.has("authorize_interaction"));
}

async fn who_lives_here_signs_in(world: World) {
    let ada = world.person("ada").await;
    world.collective("garden", ada).await;
    let pages = pages(&world).await;
    for (browser, there) in [
        (pages.visitor(), "/login?next=/c/garden"),
        (pages.signed_in(&world, ada).await, "/c/garden"),
    ] {
        let form = browser.page("/interact?about=/c/garden").await.form("/interact");
        let seen = browser.submit(&form.with("handle", "@ada@a.example")).await;
        assert_eq!((seen.status, seen.location().as_str()), (StatusCode::SEE_OTHER, there));
    }
}

async fn what_is_not_for_everybody_is_nothing_to_answer(world: World) {
    let ada = world.person("ada").await;
    let garden = world.collective("garden", ada).await;
    let content = testkit::content(domain::listings::Purpose::Need, "A secret shed");
    let draft = world.draft(garden, ada, content).await;
    let pages = pages(&world).await;
    for browser in [pages.visitor(), pages.signed_in(&world, ada).await] {
        for about in [format!("/listings/{draft}"), "/login".to_owned(), "nonsense".to_owned()] {
            let seen = browser.get(&format!("/interact?about={about}")).await;
            assert_eq!(seen.status, StatusCode::NOT_FOUND, "{about}");
            assert!(!seen.has("A secret shed"));
        }
    }
}

async fn nobody_asks_on_behalf_of_others_for_ever(world: World) {
    let ada = world.person("ada").await;
    world.collective("garden", ada).await;
    let browser = pages(&world).await.visitor();
    let form = browser.page("/interact?about=/c/garden").await.form("/interact");
    let form = form.with("handle", "@who@m.example");
    for _ in 0..30 {
        assert_eq!(browser.submit_from("203.0.113.77:1", &form).await.status, 404);
    }
    let seen = browser.submit_from("203.0.113.77:2", &form).await;
    assert_eq!(seen.status, StatusCode::TOO_MANY_REQUESTS);
}
