//! What is reported to moderators, here and from elsewhere.

use db::reports::ReportRow;
use domain::{
    ActorId, CollectiveId, Origin, Refusal,
    domains::{Domain, Rule, Severity},
    replies::Visibility,
};
use ops::{
    Event,
    domains::SetDomainRule,
    instances::RecordSoftware,
    reports::{RecordReport, Report, ResolveReport, Subject},
};
use testkit::World;

use crate::replies::{need, note};

testkit::both_engines!(
    a_flood_of_one_server_is_one_report,
    a_report_is_for_those_whose_thread_it_is,
    reports_that_are_not_wanted_are_refused,
    a_person_reports_and_the_other_server_is_told_where_it_listens,
    stewards_and_admins_end_a_report,
);

async fn open(world: &World, collective: Option<CollectiveId>) -> Vec<ReportRow> {
    world.read(move |conn| db::reports::page(conn, collective, true, None, 100)).await
}

fn flag(number: u32, objects: &[&str]) -> RecordReport {
    RecordReport {
        ap_id: format!("https://b.example/flags/{number}"),
        objects: objects.iter().map(|it| (*it).to_owned()).collect(),
        text: format!("spam {number}"),
    }
}

async fn origin(world: &World, actor: ActorId, number: u32) -> Origin {
    world.inbox_of(actor, &format!("https://b.example/flags/{number}")).await
}

async fn a_flood_of_one_server_is_one_report(world: World) {
    let (need, garden, _) = need(&world).await;
    let eve = world.person("eve").await;
    let reply = world.answer(need, eve, "Buy chairs").await;
    let reply = world.reply(reply).await.ap_id;
    let instance = world.remote_person("b.example@b.example").await;
    let other = world.remote_person("other@b.example").await;
    for number in 0..300 {
        let by = if number % 2 == 0 { instance } else { other };
        let flag = flag(number, &["https://a.example/u/eve", &reply]);
        world.done(origin(&world, by, number).await, flag).await;
    }
    let rows = open(&world, Some(garden)).await;
    assert_eq!(rows.len(), 1, "MOD-10");
    assert_eq!((rows[0].times, rows[0].text.as_str()), (300, "spam 0"), "MOD-10");
    assert_eq!((rows[0].host.as_str(), rows[0].actor_id), ("b.example", eve.actor()));
    assert!(!rows[0].forwarded);
    let far = world.remote_person("cid@c.example").await;
    let from_c = world.inbox_of(far, "https://c.example/flags/1").await;
    let flag = RecordReport { ap_id: "https://c.example/flags/1".to_owned(), ..flag(1, &[&reply]) };
    world.done(from_c, flag).await;
    assert_eq!(open(&world, Some(garden)).await.len(), 2);
}

async fn a_report_is_for_those_whose_thread_it_is(world: World) {
    let (need, garden, _) = need(&world).await;
    let eve = world.person("eve").await;
    let instance = world.remote_person("b.example@b.example").await;
    let cid = world.remote_person("cid@c.example").await;
    let listing = world.listing(need).await.ap_id;
    let said = note(&world, cid, 1, &listing).await;
    world.done(world.inbox_of(cid, "https://c.example/1").await, said.clone()).await;
    let cases: [(&[&str], Option<CollectiveId>, ActorId); 4] = [
        (&[&listing], Some(garden), garden.actor()),
        (&["https://c.example/users/cid", &said.ap_id], Some(garden), cid),
        (&["https://a.example/u/eve"], None, eve.actor()),
        (&["https://a.example/u/eve", "https://b.example/unknown"], None, eve.actor()),
    ];
    for (number, (objects, collective, about)) in cases.into_iter().enumerate() {
        let number = u32::try_from(number).unwrap();
        world.done(origin(&world, instance, number).await, flag(number, objects)).await;
        let row = open(&world, None).await.into_iter().next().unwrap();
        assert_eq!((row.collective_id, row.actor_id), (collective, about), "{objects:?}");
    }
    assert_eq!(open(&world, None).await.len(), 3, "the same again is no new one");
    for objects in [&["https://c.example/users/cid"][..], &["https://b.example/unknown"], &[]] {
        let refusal = world.refused(origin(&world, instance, 9).await, flag(9, objects)).await;
        assert_eq!(refusal, Refusal::NotForUs, "{objects:?}");
    }
    let many = vec![listing.as_str(); 10_000];
    let long = RecordReport { text: "x".repeat(100_000), ..flag(10, &many) };
    world.done(origin(&world, instance, 10).await, long).await;
    assert!(open(&world, None).await.len() <= 4, "ORG-24");
    assert!(open(&world, None).await.iter().all(|row| row.text.len() <= 5_000), "ORG-24");
}

async fn reports_that_are_not_wanted_are_refused(world: World) {
    let (need, _, _) = need(&world).await;
    let instance = world.remote_person("b.example@b.example").await;
    let rule = Rule { reject_reports: true, ..Rule::of(Severity::Noop) };
    let domain = Domain::parse("b.example").unwrap();
    world.done(Origin::server(), SetDomainRule { domain, rule }).await;
    let listing = world.listing(need).await.ap_id;
    let refusal = world.refused(origin(&world, instance, 1).await, flag(1, &[&listing])).await;
    assert_eq!(refusal, Refusal::Blocked);
    let unknown = Origin { speaker: domain::Speaker::Stranger, way: domain::Way::Fetched };
    assert_eq!(world.refused(unknown, flag(2, &[&listing])).await, Refusal::NotTheirsToSay);
}

async fn a_person_reports_and_the_other_server_is_told_where_it_listens(world: World) {
    let (need, garden, ada) = need(&world).await;
    let eve = world.person("eve").await;
    let listing = world.listing(need).await.ap_id;
    let (cid, lea) =
        (world.remote_person("cid@c.example").await, world.remote_person("lea@l.example").await);
    let software = RecordSoftware {
        host: "l.example".to_owned(),
        software: Some("lemmy".to_owned()),
        version: None,
    };
    world.done(Origin::server(), software).await;
    let mut replies = Vec::new();
    for (actor, host) in [(cid, "c.example"), (lea, "l.example")] {
        let said = note(&world, actor, 1, &listing).await;
        let way = world.inbox_of(actor, &format!("https://{host}/1")).await;
        replies.push(world.done(way, said).await);
    }
    let own = world.answer(need, ada, "Ours").await;
    world.events().await;
    let report = |subject| Report { subject, text: "spam".to_owned(), forward: true };
    for (person, subject, forwarded) in [
        (eve, Subject::Reply(replies[0]), true),
        (eve, Subject::Reply(replies[1]), false),
        (ada, Subject::Reply(replies[1]), true),
        (eve, Subject::Actor(cid), true),
        (eve, Subject::Actor(lea), false),
        (eve, Subject::Reply(own), false),
        (eve, Subject::Listing(need), false),
    ] {
        let done = world.done(world.local(person), report(subject)).await;
        assert_eq!(done.forwarded, forwarded, "{subject:?}");
        let events = world.events().await;
        let want = Event::Reported { report: done.report.uuid() };
        let told = if forwarded { vec![want] } else { Vec::new() };
        assert_eq!(events, told, "{subject:?}");
    }
    let again = world.done(world.local(eve), report(Subject::Reply(replies[0]))).await;
    assert!(world.events().await.is_empty(), "they are told once");
    let rows = open(&world, Some(garden)).await;
    let same = rows.iter().find(|row| row.id == again.report).unwrap();
    assert_eq!((same.times, same.host.as_str()), (2, "a.example"));
    let mut whisper = note(&world, cid, 2, &listing).await;
    whisper.visibility = Visibility::Direct;
    let whisper = world.done(world.inbox_of(cid, "https://c.example/2").await, whisper).await;
    let hidden = world.failed(world.local(eve), report(Subject::Reply(whisper))).await;
    assert_eq!(hidden.to_string(), "reply not found");
    world.done(world.local(ada), report(Subject::Reply(whisper))).await;
}

async fn stewards_and_admins_end_a_report(world: World) {
    let (need, garden, ada) = need(&world).await;
    let (eve, rosa) = (world.person("eve").await, world.admin("rosa").await);
    let mia = world.person("mia").await;
    world.collective("mill", mia).await;
    let report = |subject| Report { subject, text: "spam".to_owned(), forward: false };
    let first = world.done(world.local(eve), report(Subject::Listing(need))).await.report;
    let resolve = |report| ResolveReport { report };
    for person in [eve, mia] {
        let refusal = world.refused(world.local(person), resolve(first)).await;
        assert_eq!(refusal, Refusal::NotAllowed, "MOD-13");
    }
    world.done(world.local(ada), resolve(first)).await;
    assert!(open(&world, Some(garden)).await.is_empty());
    let second = world.done(world.local(eve), report(Subject::Listing(need))).await.report;
    assert_ne!(first, second, "what was dealt with is not opened again");
    world.done(world.local(rosa), resolve(second)).await;
    let about = world.done(world.local(eve), report(Subject::Actor(mia.actor()))).await.report;
    let refusal = world.refused(world.local(ada), resolve(about)).await;
    assert_eq!(refusal, Refusal::NotAllowed);
    world.done(world.local(rosa), resolve(about)).await;
    let row = world.read(move |conn| db::reports::find(conn, about)).await.unwrap();
    assert_eq!((row.open, row.resolved_by), (false, Some(rosa.actor())));
}
