//! Stewards look after threads, members read the log, and anybody reports: all without scripts.

use actix_web::http::StatusCode;
use domain::memberships::Role;
use testkit::World;

use crate::browser::Pages;

testkit::both_engines!(
    a_steward_hides_an_answer_and_shows_it_again,
    a_steward_closes_a_thread,
    a_report_is_seen_by_stewards_alone,
    the_log_is_for_members_until_it_is_public,
    stewards_go_from_queue_to_reports_and_log,
    what_is_kept_apart_is_decided_about_at_once,
);

async fn a_steward_hides_an_answer_and_shows_it_again(world: World) {
    let ada = world.person("ada").await;
    let eve = world.person("eve").await;
    let garden = world.collective("garden", ada).await;
    let need = world.need(garden, ada, "20 chairs").await;
    let reply = world.answer(need, eve, "Buy chairs").await;
    let (page, care) = (format!("/listings/{need}"), format!("/replies/{reply}/moderate"));
    let pages = Pages::of(&world).await;
    let steward = pages.signed_in(&world, ada).await;
    let other = pages.signed_in(&world, eve).await;
    assert!(steward.page(&page).await.has(&care));
    assert!(!other.page(&page).await.has(&care));
    assert_eq!(other.get(&care).await.status, StatusCode::FORBIDDEN);
    let form = steward.page(&care).await.form(&format!("/replies/{reply}/hide"));
    assert!(steward.submitted(&form.with("reason", "spam")).await.has("has hidden this answer"));
    for browser in [&pages.visitor(), &other] {
        let seen = browser.page(&page).await;
        assert!(!seen.has("Buy chairs") && seen.has("No answer yet"), "{}", seen.html);
    }
    let form = steward.page(&care).await.form("/c/garden/block");
    assert!(steward.submitted(&form.with("reason", "spam")).await.has("Let them in again"));
    let answer = other.page(&page).await.form(&format!("{page}/replies")).with("text", "Why?");
    assert_eq!(other.submit(&answer).await.status, StatusCode::FORBIDDEN);
    let form = steward.page(&care).await.form(&format!("/replies/{reply}/show"));
    assert!(steward.submitted(&form).await.has("Buy chairs"));
}

async fn a_steward_closes_a_thread(world: World) {
    let ada = world.person("ada").await;
    let eve = world.person("eve").await;
    let garden = world.collective("garden", ada).await;
    let need = world.need(garden, ada, "20 chairs").await;
    let page = format!("/listings/{need}");
    let pages = Pages::of(&world).await;
    let steward = pages.signed_in(&world, ada).await;
    let other = pages.signed_in(&world, eve).await;
    let late = other.page(&page).await.form(&format!("{page}/replies")).with("text", "Late");
    let form = steward.page(&page).await.form(&format!("{page}/lock"));
    assert!(steward.submitted(&form).await.has("takes no more answers"));
    assert!(pages.visitor().page(&page).await.has("takes no more answers"));
    assert_eq!(other.submit(&late).await.status, StatusCode::CONFLICT);
    let form = steward.page(&page).await.form(&format!("{page}/unlock"));
    assert!(!steward.submitted(&form).await.has("takes no more answers"));
    assert!(other.submitted(&late).await.has("Late"));
}

async fn a_report_is_seen_by_stewards_alone(world: World) {
    let ada = world.person("ada").await;
    let eve = world.person("eve").await;
    let garden = world.collective("garden", ada).await;
    let ben = world.member(garden, "ben", Role::Member).await;
    let need = world.need(garden, ada, "20 chairs").await;
    let reply = world.answer(need, ben, "Buy chairs").await;
    let pages = Pages::of(&world).await;
    let other = pages.signed_in(&world, eve).await;
    let link = format!("/report?about=/replies/{reply}");
    assert!(other.page(&format!("/listings/{need}")).await.has(&link));
    let form = other.page(&link).await.form("/report").with("text", "It is spam");
    assert!(other.submitted(&form).await.has("Those who look after it will see your report."));
    for path in ["/u/ben", "/c/garden"] {
        other.page(&format!("/report?about={path}")).await.form("/report");
    }
    for path in ["", "/", "/replies/1", "/@nobody@b.example", "https://evil.example"] {
        let seen = other.get(&format!("/report?about={path}")).await;
        assert_eq!(seen.status, StatusCode::NOT_FOUND, "{path}");
    }
    let list = "/c/garden/reports";
    let steward = pages.signed_in(&world, ada).await;
    let seen = steward.page(list).await;
    assert!(seen.has("It is spam") && seen.has("reported by a.example"), "{}", seen.html);
    assert!(!seen.has("eve"), "nobody learns who reports");
    for person in [eve, ben] {
        let browser = pages.signed_in(&world, person).await;
        assert_eq!(browser.get(list).await.status, StatusCode::FORBIDDEN);
    }
    let row = world.read(|conn| db::reports::page(conn, None, true, None, 1)).await.remove(0);
    let form = seen.form(&format!("{list}/{}/resolve", row.id));
    assert!(steward.submitted(&form).await.has("Nothing waits."));
}

async fn the_log_is_for_members_until_it_is_public(world: World) {
    let ada = world.person("ada").await;
    let garden = world.collective("garden", ada).await;
    let ben = world.member(garden, "ben", Role::Member).await;
    let need = world.need(garden, ada, "20 chairs").await;
    let lock =
        ops::moderation::LockListing { listing: need, locked: true, reason: "too hot".to_owned() };
    world.done(world.local(ada), lock).await;
    let pages = Pages::of(&world).await;
    let member = pages.signed_in(&world, ben).await;
    let log = "/c/garden/log";
    let seen = member.page(log).await;
    assert!(seen.has("Closed a thread") && seen.has("too hot"), "MOD-15: {}", seen.html);
    assert!(!seen.has("@ada"), "MOD-15: no steward is named");
    assert_eq!(pages.visitor().get(log).await.status, StatusCode::FORBIDDEN, "MOD-15");
    let steward = pages.signed_in(&world, ada).await;
    let form = steward.page("/c/garden/edit").await.form("/c/garden/edit");
    steward.submitted(&form.with("public_log", "yes")).await;
    let seen = pages.visitor().page(log).await;
    assert!(seen.has("too hot") && !seen.has("@ada") && !seen.has("/u/ada"), "{}", seen.html);
    assert!(pages.visitor().page("/c/garden").await.has(log));
}

async fn stewards_go_from_queue_to_reports_and_log(world: World) {
    let ada = world.person("ada").await;
    let garden = world.collective("garden", ada).await;
    let ben = world.member(garden, "ben", Role::Member).await;
    let pages = Pages::of(&world).await;
    let steward = pages.signed_in(&world, ada).await;
    let places = ["/c/garden/queue", "/c/garden/agreements", "/c/garden/reports", "/c/garden/log"];
    for page in places {
        let seen = steward.page(page).await;
        for place in places {
            assert!(seen.has(&format!("href=\"{place}\"")), "{page} leads to {place}");
        }
    }
    let member = pages.signed_in(&world, ben).await.page("/c/garden/log").await;
    assert!(!member.has("/c/garden/reports"), "others are not led where they may not go");
}

/// Somebody on a server that nobody knows calls the garden.
async fn call(world: &World, garden: domain::CollectiveId, number: usize) {
    let host = format!("new{number}.example");
    let author = world.remote_person(&format!("eve@{host}")).await;
    let reply = ops::replies::RecordReply {
        ap_id: format!("https://{host}/notes/1"),
        author,
        in_reply_to: None,
        visibility: domain::replies::Visibility::Public,
        html: format!("<p>Call {number}</p>"),
        summary: None,
        sensitive: false,
        language: None,
        url: None,
        published_at: None,
        updated_at: None,
        mentions_us: true,
    };
    let called = vec![garden];
    let post = ops::posts::RecordPost {
        reply,
        title: None,
        group: None,
        called,
        people: Vec::new(),
        again: false,
    };
    world.done(world.fetched_from(author).await, post).await;
}

async fn what_is_kept_apart_is_decided_about_at_once(world: World) {
    let ada = world.person("ada").await;
    let garden = world.collective("garden", ada).await;
    for number in 0..7 {
        call(&world, garden, number).await;
    }
    let pages = Pages::of(&world).await;
    let steward = pages.signed_in(&world, ada).await;
    let queue = "/c/garden/queue";
    let seen = steward.page(queue).await;
    assert!(seen.has("2 mentions from 2 new servers"), "MOD-08: {}", seen.html);
    assert!(seen.has("Call 4") && !seen.has("Call 5"), "MOD-08: {}", seen.html);
    assert!(!seen.has("Suspend these servers"), "that is for admins");
    let seen = steward.submitted(&seen.form(&format!("{queue}/held/accept"))).await;
    assert!(seen.has("Call 5") && !seen.has("new servers"), "MOD-08: {}", seen.html);
    call(&world, garden, 7).await;
    let form = steward.page(queue).await.form(&format!("{queue}/held/dismiss"));
    let seen = steward.submitted(&form).await;
    assert!(!seen.has("Call 7") && !seen.has("new server"), "MOD-08: {}", seen.html);
    let limit = ops::domains::SetDomainRule {
        domain: domain::domains::Domain::parse("new0.example").unwrap(),
        rule: domain::domains::Rule::of(domain::domains::Severity::Limit),
    };
    world.done(domain::Origin::server(), limit).await;
    let seen = steward.page(queue).await;
    assert!(seen.has("From limited servers") && seen.has("Call 0"), "MOD-07: {}", seen.html);
}
