//! What members and stewards have to themselves: notices, the shared inbox, requests to join, and settings.

use actix_web::{http::StatusCode, test::TestRequest};
use db::joining::Joining;
use domain::{
    PersonId,
    joining::JoinPolicy,
    letters::Digest,
    memberships::{Role, Standing},
};
use ops::{digests::SendNotices, joining::SetJoining};
use testkit::World;

use crate::browser::Pages;

testkit::both_engines!(
    what_is_new_is_marked_until_it_is_read,
    stewards_share_what_waits,
    somebody_asks_to_join_and_is_taken_in,
    letters_and_language_are_chosen,
    one_press_stops_letters_without_signing_in,
    somebody_is_muted_and_heard_again,
    a_search_is_kept_and_forgotten,
    sums_name_nobody,
    a_listing_is_looked_at_before_it_goes_out_and_thanks_are_said_at_its_end,
    whoever_does_not_speak_for_the_collective_gives_thanks_in_their_own_name,
);

async fn what_is_new_is_marked_until_it_is_read(world: World) {
    let ada = world.person("ada").await;
    let garden = world.collective("garden", ada).await;
    let need = world.need(garden, ada, "Twenty chairs").await;
    let eve = world.person("eve").await;
    world.answer(need, eve, "I have three").await;
    let browser = Pages::of(&world).await.signed_in(&world, ada).await;
    let page = browser.page("/notifications").await;
    assert!(page.has("eve answered: Twenty chairs") && page.has("One thing is new."));
    assert!(browser.page("/home").await.has("<span class=\"badge\">1"));
    let form = page.form("/notifications/read");
    world.answer(need, eve, "Or four").await;
    let seen = browser.submitted(&form).await;
    assert!(seen.has("One thing is new."), "what came since stays new: {}", seen.html);
    let visitor = Pages::of(&world).await.visitor();
    assert_eq!(visitor.get("/notifications").await.status, StatusCode::SEE_OTHER);
}

async fn stewards_share_what_waits(world: World) {
    let ada = world.person("ada").await;
    let garden = world.collective("garden", ada).await;
    let ben = world.member(garden, "ben", Role::Steward).await;
    let mem = world.member(garden, "mem", Role::Member).await;
    let need = world.need(garden, ada, "Twenty chairs").await;
    let eve = world.person("eve").await;
    world.answer(need, eve, "I have <b>three</b>").await;
    let pages = Pages::of(&world).await;
    let (ada, ben) = (pages.signed_in(&world, ada).await, pages.signed_in(&world, ben).await);
    let seen = ada.page("/c/garden/stewards").await;
    assert!(seen.has("I have &lt;b&gt;three") && seen.has("Twenty chairs"), "{}", seen.html);
    let take = action(&seen.html, "/take");
    let mine = ada.press("/c/garden/stewards", &take).await;
    assert!(mine.has("You see to it"), "{}", mine.html);
    let theirs = ben.page("/c/garden/stewards").await;
    assert!(theirs.has("ada sees to it"), "{}", theirs.html);
    ben.press("/c/garden/stewards", &take.replace("/take", "/put-back")).await;
    ben.press("/c/garden/stewards", &take.replace("/take", "/done")).await;
    let done = ada.page("/c/garden/stewards?shelf=done").await;
    assert!(done.has("Done by ben"), "{}", done.html);
    let member = pages.signed_in(&world, mem).await;
    assert_eq!(member.get("/c/garden/stewards").await.status, StatusCode::FORBIDDEN);
    let word = member.page("/home").await.form("/logout").value("csrf").to_owned();
    let form = done.form(&take.replace("/take", "/put-back")).with("csrf", &word);
    assert_eq!(member.submit(&form).await.status, StatusCode::FORBIDDEN);
}

/// The address of the first form that ends so.
fn action(html: &str, end: &str) -> String {
    let mut actions = html.split("action=\"").skip(1).filter_map(|rest| rest.split('"').next());
    actions.find(|it| it.ends_with(end)).unwrap_or_else(|| panic!("no {end} in {html}")).to_owned()
}

async fn somebody_asks_to_join_and_is_taken_in(world: World) {
    let ada = world.person("ada").await;
    let garden = world.collective("garden", ada).await;
    let eve = world.person("eve").await;
    let pages = Pages::of(&world).await;
    let (steward, own) = (pages.signed_in(&world, ada).await, pages.signed_in(&world, eve).await);
    assert!(own.page("/c/garden/joining").await.has("by invitation"));
    let form = steward.page("/c/garden/joining").await.form("/c/garden/joining/settings");
    let form = form.with("policy", "request").with("questions", "Why?\n\nWhat can you do?");
    steward.submitted(&form).await;
    let form = own.page("/c/garden/joining").await.form("/c/garden/joining");
    let half = own.submit(&form.clone().with("answer-0", "I like it").with("answer-1", " ")).await;
    assert_eq!(half.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(half.has("I like it"), "what was typed is kept: {}", half.html);
    let form = form.with("answer-0", "I like it").with("answer-1", "Bread");
    assert!(own.submitted(&form).await.has("You have asked to join"));
    let seen = steward.page("/c/garden/joining").await;
    assert!(seen.has("What can you do?") && seen.has("Bread"), "{}", seen.html);
    steward.press("/c/garden/joining", &format!("/c/garden/joining/{eve}/accept")).await;
    assert_eq!(world.standing(garden, eve).await, Standing::Active(Role::Member));
    let joining = Joining { policy: JoinPolicy::Invitation, questions: Vec::new() };
    world.done(world.local(ada), SetJoining { collective: garden, joining }).await;
}

async fn letters_and_language_are_chosen(world: World) {
    let ada = world.person("ada").await;
    let browser = Pages::of(&world).await.signed_in(&world, ada).await;
    let form = browser.page("/account/settings").await.form("/account/settings");
    assert_eq!(form.value("digest"), "weekly");
    let form = form.with("locale", "ca").with("digest", "daily").without("letters");
    let seen = browser.submitted(&form).await;
    assert!(seen.has("<html lang=\"ca\"") && seen.has("Idioma i cartes"), "{}", seen.html);
    let account = world.account(ada).await.id;
    let row = world.read(move |conn| db::letters::of(conn, account)).await.unwrap();
    assert_eq!((row.digest, row.letters, row.locale.as_str()), (Digest::Daily, false, "ca"));
    let wrong = browser.submit(&form.with("digest", "hourly")).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
}

async fn one_press_stops_letters_without_signing_in(world: World) {
    let ada = world.person("ada").await;
    let garden = world.collective("garden", ada).await;
    let need = world.need(garden, ada, "Chairs").await;
    let eve = world.person("eve").await;
    world.answer(need, eve, "I have three").await;
    let account = world.account(ada).await.id;
    world.done(domain::Origin::clock(), SendNotices { account }).await;
    let letter = world.letters().await.remove(0);
    let link = letter.stop.unwrap();
    assert!(letter.text.contains(&link), "{}", letter.text);
    let path = link.strip_prefix("https://a.example").unwrap();
    let pages = Pages::of(&world).await;
    let asked = pages.visitor().page(path).await;
    assert!(asked.has("Yes, stop them") && chosen(&world, ada).await, "a look changes nothing");
    // As a mail program does it (RFC 8058): no cookie, no page before.
    let request = TestRequest::post()
        .uri(path)
        .insert_header(("content-type", "application/x-www-form-urlencoded"))
        .set_payload("List-Unsubscribe=One-Click");
    assert_eq!(pages.call(request).await.status, StatusCode::OK);
    assert!(!chosen(&world, ada).await);
    let guess = format!("/letters/{}/all", "f00d".repeat(16));
    assert_eq!(pages.visitor().get(&guess).await.status, StatusCode::NOT_FOUND);
    let guess = TestRequest::post().uri(&guess);
    assert_eq!(pages.call(guess).await.status, StatusCode::NOT_FOUND);
}

async fn chosen(world: &World, person: PersonId) -> bool {
    let account = world.account(person).await.id;
    world.read(move |conn| db::letters::of(conn, account)).await.unwrap().letters
}

async fn somebody_is_muted_and_heard_again(world: World) {
    let ada = world.person("ada").await;
    let eve = world.person("eve").await;
    let browser = Pages::of(&world).await.signed_in(&world, ada).await;
    let form = browser.page("/account/blocks").await.form("/account/blocks");
    let wrong = browser.submit(&form.clone().with("who", "@nobody")).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    let seen = browser.submitted(&form.clone().with("who", "@eve").with("do", "mute")).await;
    assert!(seen.has("Hear them again"), "{}", seen.html);
    browser.press("/account/blocks", &format!("/account/blocks/{eve}/unmute")).await;
    let seen = browser.submitted(&form.with("who", "eve@a.example").with("do", "block")).await;
    assert!(seen.has("Block no longer"), "{}", seen.html);
    browser.press("/account/blocks", &format!("/account/blocks/{eve}/unblock")).await;
}

async fn a_search_is_kept_and_forgotten(world: World) {
    let ada = world.person("ada").await;
    let browser = Pages::of(&world).await.signed_in(&world, ada).await;
    let page = browser.page("/listings?purpose=need&q=chairs").await;
    let seen = browser.submitted(&page.form("/searches")).await;
    assert!(seen.has("Need · chairs") && seen.has("You are told"), "{}", seen.html);
    let hush = action(&seen.html, "/hush");
    let seen = browser.press("/searches", &hush).await;
    assert!(seen.has("Tell me of new ones"), "{}", seen.html);
    let seen = browser.press("/searches", &hush.replace("/hush", "/delete")).await;
    assert!(seen.has("None yet."), "{}", seen.html);
}

async fn sums_name_nobody(world: World) {
    let ada = world.person("ada").await;
    let garden = world.collective("garden", ada).await;
    world.need(garden, ada, "Chairs").await;
    let page = Pages::of(&world).await.visitor().page("/c/garden/statistics").await;
    assert!(page.has("<p class=\"sum\">1</p>"), "{}", page.html);
    assert!(!page.has("ada"), "{}", page.html);
}

async fn a_listing_is_looked_at_before_it_goes_out_and_thanks_are_said_at_its_end(world: World) {
    let ada = world.person("ada").await;
    world.collective("garden", ada).await;
    let browser = Pages::of(&world).await.signed_in(&world, ada).await;
    let form = browser.page("/c/garden/listings/new").await.form("/c/garden/listings/new");
    let form = form.with("kind", "goods").with("title", "Twenty chairs").with("text", "For all");
    let seen = browser.submit(&form.clone().with("do", "preview")).await;
    assert_eq!(seen.status, StatusCode::OK, "{}", seen.html);
    assert!(seen.has("<p><strong>Twenty chairs</strong></p>") && !seen.has("<script>1"));
    assert!(seen.has("Lemmy: Twenty chairs") && seen.has("<p>For all of garden</p>"));
    assert_eq!(world.rows().await.count("listings"), 0, "nothing is written by a look");
    let form = seen.form("/c/garden/listings/new");
    assert_eq!(form.value("title"), "Twenty chairs", "what was typed is kept");
    let draft = browser.submitted(&form.with("kind", "goods").with("do", "draft")).await;
    assert!(draft.has("Your draft is saved."));
    let mine = browser.page("/listings/mine").await;
    assert!(mine.has("Twenty chairs") && mine.has("state draft"), "{}", mine.html);
    let publish = action(&draft.html, "/publish");
    let page = browser.submitted(&draft.form(&publish)).await;
    let form = page.form(&publish.replace("/publish", "/fulfil"));
    let seen = browser.submitted(&form.with("thanks", "Thank you all!")).await;
    assert!(seen.has("Fulfilled") && seen.has("Thank you all!"), "{}", seen.html);
    let long = "x".repeat(5_001);
    let reopened = browser.submitted(&seen.form(&publish.replace("/publish", "/reopen"))).await;
    let form = reopened.form(&publish.replace("/publish", "/fulfil")).with("thanks", &long);
    assert_eq!(browser.submit(&form).await.status, StatusCode::UNPROCESSABLE_ENTITY);
}

async fn whoever_does_not_speak_for_the_collective_gives_thanks_in_their_own_name(world: World) {
    let ada = world.person("ada").await;
    let garden = world.collective("garden", ada).await;
    let ben = world.member(garden, "ben", Role::Member).await;
    let browser = Pages::of(&world).await.signed_in(&world, ben).await;
    let form = browser.page("/c/garden/listings/new").await.form("/c/garden/listings/new");
    let form = form.with("kind", "goods").with("title", "Twenty chairs").with("do", "publish");
    let page = browser.submitted(&form).await;
    let form = page.form(&action(&page.html, "/fulfil")).with("thanks", "Thank you all!");
    let seen = browser.submitted(&form).await;
    assert!(seen.has("Fulfilled") && seen.has("Thank you all!"), "{}", seen.html);
    let said = world.read(move |conn| db::replies::live_of(conn, ben.actor())).await;
    assert_eq!(said.len(), 1, "{said:?}");
}
