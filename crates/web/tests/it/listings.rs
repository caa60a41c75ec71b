//! Needs and offers: looked for, written, and moved on.

use actix_web::http::StatusCode;
use domain::{
    ListingId,
    listings::{Content, Kind, Purpose, State},
    quantity::Amount,
};
use testkit::{World, content, pieces};

use crate::browser::{Browser, Pages, Seen};

testkit::both_engines!(
    what_was_typed_is_kept_when_something_is_wrong,
    a_change_does_not_undo_the_change_of_another,
    the_newest_comes_first_and_nothing_is_left_out,
    only_what_fits_is_shown,
    a_number_that_cannot_be_is_told_where_it_was_typed,
    nobody_else_can_move_it,
    pictures_are_shown_with_their_words,
);

async fn pictures_are_shown_with_their_words(world: World) {
    let ada = world.person("ada").await;
    let garden = world.collective("garden", ada).await;
    let pictures = vec![world.picture(ada, "A \"ladder\"").await];
    let need = content(Purpose::Need, "Ladders");
    let id = world.publish_with(garden, ada, need, pictures, "a <family>").await;
    let pages = Pages::of(&world).await;
    let page = pages.visitor().get(&format!("/listings/{id}")).await;
    let file = format!("/media/{}.jpg", "07".repeat(32));
    assert!(page.has(&format!("<img src=\"{file}\"")), "{}", page.html);
    assert!(page.has("alt=\"A &#34;ladder&#34;\" width=\"60\" height=\"40\""), "{}", page.html);
    let shared = format!("og:image\" content=\"https://a.example{file}\"");
    assert!(page.has(&shared) && page.has("summary_large_image"), "{}", page.html);
    assert!(page.has("On behalf of <bdi>a &lt;family&gt;</bdi>"), "{}", page.html);
}

async fn what_was_typed_is_kept_when_something_is_wrong(world: World) {
    let ada = world.person("ada").await;
    world.collective("garden", ada).await;
    let pages = Pages::of(&world).await;
    let browser = pages.signed_in(&world, ada).await;
    let action = "/c/garden/listings/new";
    let form = browser.page("/c/garden/listings/new?purpose=offer").await.form(action);
    let typed = [
        ("title", ""),
        ("text", "Line one\n  & <two>\n"),
        ("quantity", "many"),
        ("unit", "hour"),
        ("place", "Poble-sec \"nord\""),
        ("latitude", "91"),
        ("longitude", "2"),
        ("radius", "2,5"),
        ("starts_at", "2026-05-17"),
        ("ends_at", "16 May"),
        ("language", "ca"),
        ("category", "food"),
        ("terms", "loan"),
        ("urgency", "days"),
        ("signed_by", "member"),
        ("licence", "PPL"),
    ];
    let form = typed.iter().fold(form, |form, (name, value)| form.with(name, value));
    let before = world.rows().await;
    let seen = browser.submit(&form).await;
    assert_eq!(seen.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(before.changed(&world.rows().await).is_empty());
    let again = seen.form(action);
    for (name, value) in typed {
        assert_eq!(again.value(name), value, "{name}");
    }
    for message in [
        "The kind is not chosen yet.",
        "The title is missing.",
        "The amount must be a number",
        "The latitude must be from -90 to 90.",
        "The last day must be a date like 2026-05-31.",
    ] {
        assert_eq!(seen.html.matches(message).count(), 2, "{message}");
    }
    assert!(seen.has("<a href=\"#f-title\">") && seen.has("<title>Error: Post an offer"));
    let late = again
        .with("kind", "goods")
        .with("title", "A ladder")
        .with("quantity", "1")
        .with("latitude", "41")
        .with("ends_at", "2026-05-16");
    let seen = browser.submit(&late).await;
    assert!(seen.has("The last day must not be before the first day."), "{}", seen.html);
}

async fn a_change_does_not_undo_the_change_of_another(world: World) {
    let ada = world.person("ada").await;
    let garden = world.collective("garden", ada).await;
    let need = world.need(garden, ada, "20 chairs").await;
    let browser = Pages::of(&world).await.signed_in(&world, ada).await;
    let page = format!("/listings/{need}");
    let edit = format!("{page}/edit");
    let old = browser.page(&edit).await.form(&edit).with("text", "What I wrote");
    let step = browser.page(&page).await.form(&format!("{page}/fulfil"));
    let other = browser.page(&edit).await.form(&edit).with("title", "30 chairs");
    browser.submitted(&other).await;
    for form in [old, step] {
        let seen = browser.submit(&form).await;
        assert_eq!(seen.status, StatusCode::CONFLICT);
        assert!(seen.has("Somebody else has changed it meanwhile"), "{}", seen.html);
        if form.action == edit {
            assert_eq!(seen.form(&edit).value("text"), "What I wrote");
        }
    }
    let row = world.listing(need).await;
    assert_eq!((row.title.as_str(), row.state), ("30 chairs", State::Open));
}

/// The ids of the listings on a page, from top to bottom.
fn listed(seen: &Seen) -> Vec<ListingId> {
    let cards = seen.html.split("<h3 lang=").skip(1);
    let address = cards.map(|card| card.split("<a href=\"/listings/").nth(1).unwrap());
    address.map(|it| it.split('"').next().unwrap().parse().unwrap()).collect()
}

async fn everything(browser: &Browser, first: &str) -> Vec<ListingId> {
    let mut all = Vec::new();
    let mut next = Some(first.to_owned());
    while let Some(path) = next {
        let seen = browser.page(&path).await;
        all.extend(listed(&seen));
        let older = seen.html.split("rel=\"next\" href=\"").nth(1);
        next = older.map(|it| crate::forms::plain(it.split('"').next().unwrap()));
    }
    all
}

async fn the_newest_comes_first_and_nothing_is_left_out(world: World) {
    let ada = world.person("ada").await;
    let garden = world.collective("garden", ada).await;
    let mut posted = Vec::new();
    for number in 0..60 {
        let purpose = if number % 2 == 0 { Purpose::Need } else { Purpose::Offer };
        posted.push(world.publish(garden, ada, content(purpose, &format!("Thing {number}"))).await);
    }
    posted.reverse();
    let browser = Pages::of(&world).await.visitor();
    assert_eq!(everything(&browser, "/listings").await, posted);
    let needs: Vec<ListingId> = posted.iter().copied().skip(1).step_by(2).collect();
    assert_eq!(everything(&browser, "/listings?purpose=need&q=Thing").await, needs);
    let board = browser.page("/c/garden").await;
    assert!(board.has("/listings?c=%40garden%40a.example&#38;purpose=need"), "{}", board.html);
}

async fn only_what_fits_is_shown(world: World) {
    let ada = world.person("ada").await;
    let garden = world.collective("garden", ada).await;
    let mill = world.collective("mill", ada).await;
    let ladder = world.need(garden, ada, "A ladder, 100% safe").await;
    let room = Content { kind: Kind::Space, ..content(Purpose::Offer, "A room") };
    let room = world.publish(mill, ada, room).await;
    let browser = Pages::of(&world).await.visitor();
    for (query, found) in [
        ("", vec![room, ladder]),
        ("purpose=need", vec![ladder]),
        ("kind=space", vec![room]),
        ("q=ladder", vec![ladder]),
        ("q=100%25", vec![ladder]),
        ("q=9%25safe", vec![]),
        ("q=A+_adder", vec![]),
        ("c=%40mill%40a.example", vec![room]),
        ("purpose=nonsense&kind=nonsense", vec![room, ladder]),
    ] {
        let seen = browser.page(&format!("/listings?{query}")).await;
        assert_eq!(listed(&seen), found, "{query}");
    }
    let seen = browser.page("/listings?q=nothing").await;
    assert!(seen.has("Nothing open fits.") && seen.has("value=\"nothing\""));
}

async fn a_number_that_cannot_be_is_told_where_it_was_typed(world: World) {
    let ada = world.person("ada").await;
    let garden = world.collective("garden", ada).await;
    let chairs = Content { quantity: Some(pieces("20")), ..content(Purpose::Need, "Chairs") };
    let need = world.publish(garden, ada, chairs).await;
    let browser = Pages::of(&world).await.signed_in(&world, ada).await;
    let page = format!("/listings/{need}");
    let action = format!("{page}/progress");
    for (found, message) in [("21", "The number must be at most 20"), ("some", "must be a number")]
    {
        let form = browser.page(&page).await.form(&action).with("found", found);
        let seen = browser.submit(&form).await;
        assert_eq!(seen.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(seen.has(message), "{}", seen.html);
        assert_eq!(seen.form(&action).value("found"), found);
    }
    assert_eq!(world.listing(need).await.remaining, Some(Amount::parse("", "20").unwrap()));
}

async fn nobody_else_can_move_it(world: World) {
    let ada = world.person("ada").await;
    let eve = world.person("eve").await;
    let garden = world.collective("garden", ada).await;
    let need = world.need(garden, ada, "20 chairs").await;
    let pages = Pages::of(&world).await;
    let own = pages.signed_in(&world, ada).await;
    let page = format!("/listings/{need}");
    let form = own.page(&page).await.form(&format!("{page}/withdraw"));
    let other = pages.signed_in(&world, eve).await;
    let seen = other.page(&page).await;
    assert!(!seen.has("/withdraw") && !seen.has(&format!("{page}/edit")));
    let word = seen.form("/logout").value("csrf").to_owned();
    let before = world.rows().await;
    let refused = other.submit(&form.with("csrf", &word)).await;
    assert_eq!(refused.status, StatusCode::FORBIDDEN);
    assert!(refused.has("Only members of this collective may do this."), "{}", refused.html);
    assert_eq!(other.get(&format!("{page}/edit")).await.status, StatusCode::FORBIDDEN);
    assert!(before.changed(&world.rows().await).is_empty());
}
