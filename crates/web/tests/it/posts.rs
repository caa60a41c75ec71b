//! Posts in communities elsewhere, votes, and posts that call a collective.

use actix_web::http::StatusCode;
use domain::{
    ActorId, CollectiveId, ReplyId,
    memberships::Role,
    replies::{ReactionKind, Visibility},
};
use ops::{posts::RecordPost, replies::RecordReply};
use testkit::World;

use crate::browser::Pages;

testkit::both_engines!(
    a_community_elsewhere_is_read_and_answered,
    a_like_is_given_and_taken_back_without_a_script,
    stewards_decide_what_is_passed_on,
    nobody_else_sees_the_queue,
);

async fn said(
    world: &World,
    number: u32,
    parent: Option<&str>,
    group: Option<ActorId>,
    called: Vec<CollectiveId>,
) -> ReplyId {
    let author = world.remote_person("bob@b.example").await;
    let post = RecordPost {
        reply: RecordReply {
            ap_id: format!("https://b.example/post/{number}"),
            author,
            in_reply_to: parent.map(str::to_owned),
            visibility: Visibility::Public,
            html: format!("<p>Words {number}</p>"),
            summary: parent.map(|_| format!("Spoiler <{number}>")),
            sensitive: false,
            language: None,
            url: None,
            published_at: None,
            updated_at: None,
            mentions_us: true,
        },
        title: parent.is_none().then(|| format!("Title <{number}>")),
        group,
        called,
        people: Vec::new(),
        again: false,
    };
    world.done(world.fetched_from(author).await, post).await
}

async fn a_community_elsewhere_is_read_and_answered(world: World) {
    let eve = world.person("eve").await;
    let mill = world.remote_collective("mill@b.example").await;
    let root = said(&world, 1, None, Some(mill), vec![]).await;
    let first = said(&world, 2, Some("https://b.example/post/1"), None, vec![]).await;
    let pages = Pages::of(&world).await;
    let board = pages.visitor().page("/@mill@b.example").await;
    let link = format!("<a href=\"/replies/{root}\">Title &#60;1&#62;</a>");
    assert!(board.has("Posted there") && board.has(&link), "{}", board.html);
    assert!(!board.has("Words 2"), "answers stand below their post");

    let page = format!("/replies/{root}");
    let seen = pages.visitor().page(&page).await;
    assert!(seen.has("Title &#60;1&#62;") && seen.has("Words 1") && seen.has("Words 2"));
    assert!(seen.has("1 answer") && seen.has("Answer from your own server"));
    let folded = "<details class=\"folded\"><summary dir=\"auto\">Spoiler &#60;2&#62;</summary>";
    assert_eq!(seen.html.matches("<details class=\"folded\">").count(), 1, "{}", seen.html);
    assert!(seen.has(folded), "{}", seen.html);
    assert!(seen.has("href=\"/@mill@b.example\""), "it says where it stands");
    let there = pages.visitor().get(&format!("/replies/{first}")).await.location();
    assert_eq!(there, format!("{page}#reply-{first}"));

    let browser = pages.signed_in(&world, eve).await;
    let action = format!("{page}/replies");
    let asked = browser.page(&format!("{page}?to={first}")).await;
    let form = asked.form(&action).with("text", "Below the first");
    let sent = browser.submit(&form).await;
    assert_eq!(sent.status, StatusCode::SEE_OTHER);
    let told = browser.get(&sent.location()).await;
    assert!(told.location().starts_with(&format!("{page}?notice=answered#reply-")), "{told:?}");
    let seen = browser.page(&page).await;
    assert!(seen.has("Below the first") && seen.has("2 answers"));
    let row = world.read(move |conn| db::communities::thread(conn, root, None, None, 9)).await;
    assert_eq!(row[1].0.parent_id, Some(first));
    let empty = browser.submit(&form.with("text", " ")).await;
    assert_eq!(empty.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(empty.has("The text is missing."));
    let own = row[1].0.id;
    let gone = browser.press(&page, &format!("/replies/{own}/delete")).await;
    assert!(gone.has("1 answer"), "{}", gone.html);
}

async fn a_like_is_given_and_taken_back_without_a_script(world: World) {
    let ada = world.person("ada").await;
    let garden = world.collective("garden", ada).await;
    let need = world.need(garden, ada, "20 chairs").await;
    let reply = world.answer(need, ada, "Who?").await;
    let mill = world.remote_collective("mill@b.example").await;
    let post = said(&world, 1, None, Some(mill), vec![]).await;
    let pages = Pages::of(&world).await;
    let browser = pages.signed_in(&world, ada).await;
    let listing = format!("/listings/{need}");
    for (page, base, id) in [
        (listing.clone(), listing.clone(), need.uuid()),
        (listing.clone(), format!("/replies/{reply}"), reply.uuid()),
        (format!("/replies/{post}"), format!("/replies/{post}"), post.uuid()),
    ] {
        let own = async || {
            let read = move |conn: &mut db::Conn| db::reactions::of_actor(conn, ada.actor(), &[id]);
            let rows = world.read(read).await;
            rows.into_iter().map(|row| row.1).collect::<Vec<_>>()
        };
        for (said, want) in [("like", vec![ReactionKind::Like]), ("unlike", vec![])] {
            let form = browser.page(&page).await.form(&format!("{base}/{said}"));
            assert_eq!(browser.submit(&form).await.status, StatusCode::SEE_OTHER);
            assert_eq!(own().await, want, "{said} {base}");
        }
    }
    let against = browser.page(&format!("/replies/{post}")).await;
    assert!(against.has(&format!("/replies/{post}/dislike")), "a community votes against, too");
    assert!(!browser.page(&listing).await.has("/dislike"));
    assert!(!pages.visitor().page(&listing).await.has("/like\""));
}

async fn stewards_decide_what_is_passed_on(world: World) {
    let ada = world.person("ada").await;
    let garden = world.collective("garden", ada).await;
    let first = said(&world, 1, None, None, vec![garden]).await;
    let second = said(&world, 2, None, None, vec![garden]).await;
    let pages = Pages::of(&world).await;
    let browser = pages.signed_in(&world, ada).await;
    let home = browser.page("/c/garden").await;
    assert!(home.has("/c/garden/queue") && home.has("2<span class=\"vh\"> waiting"));
    let queue = "/c/garden/queue";
    assert!(!pages.visitor().page("/c/garden").await.has("Words 1"));
    let seen = browser.press(queue, &format!("{queue}/mentions/{first}/boost")).await;
    assert!(seen.has("It is on its way to those who follow you.") && seen.has("Passed on"));
    let shown = pages.visitor().page("/c/garden").await;
    assert!(shown.has("Words 1") && !shown.has("Words 2"), "{}", shown.html);
    let seen = browser.press(queue, &format!("{queue}/mentions/{second}/dismiss")).await;
    assert!(seen.has("Put aside.") && seen.has("Nothing waits."));
    browser.press(queue, &format!("{queue}/mentions/{first}/unboost")).await;
    assert!(!pages.visitor().page("/c/garden").await.has("Words 1"));
}

async fn nobody_else_sees_the_queue(world: World) {
    let ada = world.person("ada").await;
    let garden = world.collective("garden", ada).await;
    let member = world.member(garden, "grace", Role::Member).await;
    said(&world, 1, None, None, vec![garden]).await;
    let pages = Pages::of(&world).await;
    let browser = pages.signed_in(&world, member).await;
    let seen = browser.get("/c/garden/queue").await;
    assert_eq!(seen.status, StatusCode::FORBIDDEN);
    assert!(!seen.has("Words 1"));
    assert!(!browser.page("/c/garden").await.has("/c/garden/queue"));
    let stranger = pages.visitor().get("/c/garden/queue").await;
    assert!(stranger.location().starts_with("/login"), "{}", stranger.location());
}
