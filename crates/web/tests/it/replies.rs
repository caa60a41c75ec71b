//! Answers: said, found again, and taken back.

use actix_web::http::StatusCode;
use testkit::World;

use crate::browser::Pages;

testkit::both_engines!(
    an_answer_stands_below_what_it_answers,
    the_voice_answers_for_all,
    a_deleted_answer_keeps_its_place,
    a_long_thread_has_pages,
);

async fn an_answer_stands_below_what_it_answers(world: World) {
    let ada = world.person("ada").await;
    let eve = world.person("eve").await;
    let garden = world.collective("garden", ada).await;
    let need = world.need(garden, ada, "20 chairs").await;
    let page = format!("/listings/{need}");
    let first = world.answer(need, eve, "First").await;
    world.answer(need, eve, "Second").await;
    let pages = Pages::of(&world).await;
    let browser = pages.signed_in(&world, eve).await;
    let asked = browser.page(&format!("{page}?to={first}")).await;
    assert!(asked.has("Answer <bdi>eve</bdi>"), "{}", asked.html);
    let form = asked.form(&format!("{page}/replies")).with("text", "Below the first");
    let seen = browser.submitted(&form).await;
    assert!(seen.has("Your answer is on its way.") && seen.has("3 answers"));
    let place = |text: &str| seen.html.find(&format!("<p>{text}</p>")).unwrap();
    assert!(
        place("First") < place("Below the first") && place("Below the first") < place("Second")
    );
    let empty = browser.submit(&form.with("text", "  ")).await;
    assert_eq!(empty.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(empty.has("The text is missing."));
    assert_eq!(empty.form(&format!("{page}/replies")).value("to"), first.to_string());
    assert!(pages.visitor().page(&page).await.has("Answer from your own server"));
}

async fn the_voice_answers_for_all(world: World) {
    let ada = world.person("ada").await;
    let eve = world.person("eve").await;
    let garden = world.collective("garden", ada).await;
    let need = world.need(garden, ada, "20 chairs").await;
    let page = format!("/listings/{need}");
    let action = format!("{page}/replies");
    let pages = Pages::of(&world).await;
    let browser = pages.signed_in(&world, ada).await;
    let form = browser.page(&page).await.form(&action).with("text", "Welcome").with("as", "voice");
    assert!(browser.submitted(&form).await.has("Voice of the collective"));

    let other = pages.signed_in(&world, eve).await;
    let form = other.page(&page).await.form(&action).with("text", "We lie").with("as", "voice");
    let seen = other.submit(&form).await;
    assert_eq!(seen.status, StatusCode::FORBIDDEN);
    assert_eq!(seen.form(&action).value("text"), "We lie");
    assert!(!pages.visitor().page(&page).await.has("We lie"));
}

async fn a_deleted_answer_keeps_its_place(world: World) {
    let ada = world.person("ada").await;
    let eve = world.person("eve").await;
    let garden = world.collective("garden", ada).await;
    let need = world.need(garden, ada, "20 chairs").await;
    let page = format!("/listings/{need}");
    let first = world.answer(need, eve, "I take it back").await;
    let alone = world.answer(need, eve, "This too").await;
    let below = ops::replies::PostReply {
        listing: need,
        parent: Some(first),
        speak: domain::replies::As::Themselves,
        text: "A pity".to_owned(),
        language: None,
    };
    world.done(world.local(ada), below).await;
    let pages = Pages::of(&world).await;
    let browser = pages.signed_in(&world, eve).await;
    for id in [first, alone] {
        browser.press(&page, &format!("/replies/{id}/delete")).await;
        assert_eq!(browser.get(&format!("/replies/{id}")).await.status, StatusCode::GONE);
    }
    let seen = pages.visitor().page(&page).await;
    assert!(!seen.has("I take it back") && !seen.has("This too") && seen.has("A pity"));
    assert_eq!(seen.html.matches("This answer was deleted.").count(), 1);
}

async fn a_long_thread_has_pages(world: World) {
    let ada = world.person("ada").await;
    let garden = world.collective("garden", ada).await;
    let need = world.need(garden, ada, "20 chairs").await;
    let mut all = Vec::new();
    for number in 0..60 {
        all.push(world.answer(need, ada, &format!("Answer no {number}.")).await);
    }
    let browser = Pages::of(&world).await.visitor();
    let first = browser.page(&format!("/listings/{need}")).await;
    assert!(first.has("60 answers") && first.has("no 49.") && !first.has("no 50."));
    let next = first.html.split("rel=\"next\" href=\"").nth(1).unwrap().split('"').next().unwrap();
    let second = browser.page(next).await;
    assert!(second.has("no 50.") && second.has("no 59.") && !second.has("no 49."));
    for number in [3, 55] {
        let id = all[number];
        let there = browser.get(&format!("/replies/{id}")).await.location();
        assert!(there.ends_with(&format!("#reply-{id}")), "{there}");
        let seen = browser.page(there.split('#').next().unwrap()).await;
        assert!(seen.has(&format!("id=\"reply-{id}\"")), "{there}");
    }
}
