//! Following somebody, and what those who are followed say.

use actix_web::http::StatusCode;
use domain::follows::FollowState;
use ops::{LookupError, lookup::Found};
use testkit::World;

use crate::browser::{Elsewhere, Pages};

testkit::both_engines!(
    a_button_follows_and_stops,
    what_was_typed_is_looked_up,
    nobody_found_is_told_where_it_was_typed,
    the_feed_is_in_the_order_of_time,
);

async fn a_button_follows_and_stops(world: World) {
    let ada = world.person("ada").await;
    let eve = world.person("eve").await;
    let garden = world.collective("garden", ada).await;
    let mill = world.remote_collective("mill@b.example").await;
    let browser = Pages::of(&world).await.signed_in(&world, eve).await;
    for (page, followed, state, says) in [
        ("/c/garden", garden.actor(), FollowState::Accepted, "You follow"),
        ("/@mill@b.example", mill, FollowState::Pending, "Asked to follow"),
    ] {
        let seen = browser.press(page, "/follow").await;
        assert!(seen.has(says), "{}", seen.html);
        assert_eq!(world.follow(eve.actor(), followed).await.unwrap().state, state);
        let seen = browser.press(page, "/unfollow").await;
        assert!(seen.has("You no longer follow them."));
        assert!(world.follow(eve.actor(), followed).await.is_none());
    }
    let form = browser.page("/c/garden").await.form("/follow").with("back", "//evil.test");
    assert_eq!(browser.submit(&form).await.location(), "/home?notice=followed");
    let own = browser.page("/u/eve").await;
    assert!(!own.has("action=\"/follow\""));
    let form = browser.page("/home").await.form("/follow").with("who", &eve.to_string());
    let itself = browser.submit(&form).await;
    assert_eq!(itself.status, StatusCode::FORBIDDEN);
    assert!(itself.has("You cannot follow yourself."));
}

async fn what_was_typed_is_looked_up(world: World) {
    let ada = world.person("ada").await;
    let garden = world.collective("garden", ada).await;
    let need = world.need(garden, ada, "20 chairs").await;
    let mill = world.remote_collective("mill@b.example").await;
    let elsewhere = Elsewhere(
        vec![
            ("@mill@b.example", Ok(Found::Actor(mill))),
            ("https://a.example/a-need", Ok(Found::Listing(need))),
        ],
        Vec::new(),
    );
    let browser = Pages::with(&world, elsewhere, false).await.signed_in(&world, ada).await;
    let form = browser.page("/home").await.form("/follow");
    let seen = browser.submitted(&form.clone().with("who", " @mill@b.example ")).await;
    assert!(seen.has("Asked") && seen.has("/@mill@b.example"));
    let led = browser.submit(&form.with("who", "https://a.example/a-need")).await;
    assert_eq!(led.location(), format!("/listings/{need}"));
}

async fn nobody_found_is_told_where_it_was_typed(world: World) {
    let ada = world.person("ada").await;
    let elsewhere = Elsewhere(
        vec![
            ("gone", Err(LookupError::Gone)),
            ("odd", Err(LookupError::Malformed)),
            ("away", Err(LookupError::Unreachable)),
        ],
        Vec::new(),
    );
    let browser = Pages::with(&world, elsewhere, false).await.signed_in(&world, ada).await;
    let form = browser.page("/home").await.form("/follow");
    for (typed, message) in [
        ("gone", "It is gone; it was deleted on its own server."),
        ("odd", "It must look like @name@server.example"),
        ("away", "That server did not answer; try again in a moment."),
        ("@nobody@b.example", "Nobody of that name is known there."),
    ] {
        let seen = browser.submit(&form.clone().with("who", typed)).await;
        assert_eq!(seen.status, StatusCode::UNPROCESSABLE_ENTITY, "{typed}");
        assert!(seen.has(message), "{}", seen.html);
        assert!(seen.has(&format!("value=\"{typed}\"")) && seen.has("href=\"#f-who\""));
    }
}

async fn the_feed_is_in_the_order_of_time(world: World) {
    let ada = world.person("ada").await;
    let eve = world.person("eve").await;
    let ben = world.person("ben").await;
    let garden = world.collective("garden", ada).await;
    for followed in [garden.actor(), ben.actor()] {
        world.done(world.local(eve), ops::follows::AskFollow { followed }).await;
    }
    let mut titles = Vec::new();
    for number in 10..25 {
        let need = world.need(garden, ada, &format!("Need {number}")).await;
        titles.push(format!(">Need {number}</a></h3>"));
        world.answer(need, ben, &format!("Answer {number}")).await;
        titles.push(format!("<p>Answer {number}</p>"));
    }
    titles.reverse();
    let browser = Pages::of(&world).await.signed_in(&world, eve).await;
    let first = browser.page("/home").await;
    let next = first.html.split("rel=\"next\" href=\"").nth(1).unwrap().split('"').next().unwrap();
    let second = browser.page(next).await;
    for (seen, titles) in [(&first, &titles[..20]), (&second, &titles[20..])] {
        let places: Vec<Option<usize>> = titles.iter().map(|it| seen.html.find(it)).collect();
        assert!(places.is_sorted() && places.iter().all(Option::is_some), "{places:?} {titles:?}");
    }
    assert!(!second.has("rel=\"next\"") && second.has(">Newest</a>"));
}
