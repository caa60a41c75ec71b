//! What people here are told, and what they are not.

use db::notifications::NotificationRow;
use domain::{
    Origin, PersonId, Refusal, Time,
    domains::Severity,
    listings::Purpose,
    memberships::Role,
    moderation::Act,
    notifications::{DAYS_KEPT, Kind},
    replies::As,
};
use ops::{
    agreements::{AnswerAgreement, OfferAgreement},
    blocks::KeepAway,
    follows::AskFollow,
    listings::{MoveListing, Step},
    memberships::InviteMember,
    moderation::{HideReply, LockListing, SuspendActor},
    mutes::MuteActor,
    notifications::{
        DeleteNotification, ReadNotifications, Seen, SweepNotifications, TellExpiring,
    },
    replies::{EditReply, PostReply},
    reports::{Report, Subject},
};
use testkit::{World, content, in_days};

use crate::{
    moderation::rule,
    replies::{need, note},
};

testkit::both_engines!(
    an_answer_is_told_to_whom_it_concerns_and_to_nobody_twice,
    what_is_not_public_is_told_to_those_alone_who_may_read_it,
    an_agreement_is_told_to_both_sides,
    stewards_are_told_who_wants_in_and_what_is_reported_without_names,
    whoever_is_moderated_is_told_what_was_done_and_not_by_whom,
    nobody_is_told_of_whom_they_mute_or_block_or_of_limited_servers,
    who_is_called_by_name_is_told,
    who_is_called_from_elsewhere_is_told_once,
    authors_are_told_once_before_a_listing_expires,
    what_was_read_stays_read_and_everybody_tidies_their_own,
    what_was_told_long_ago_is_forgotten,
);

pub(crate) async fn told(world: &World, person: PersonId) -> Vec<NotificationRow> {
    world.read(move |conn| db::notifications::page(conn, person, false, None, 50)).await
}

pub(crate) async fn kinds(world: &World, person: PersonId) -> Vec<Kind> {
    told(world, person).await.iter().rev().map(|row| row.kind).collect()
}

fn below(listing: domain::ListingId, parent: domain::ReplyId, text: &str) -> PostReply {
    let speak = As::Themselves;
    PostReply { listing, parent: Some(parent), speak, text: text.to_owned(), language: None }
}

async fn an_answer_is_told_to_whom_it_concerns_and_to_nobody_twice(world: World) {
    let (_, garden, ada) = need(&world).await;
    let del = world.member(garden, "del", Role::Delegate).await;
    let mem = world.member(garden, "mem", Role::Member).await;
    let other = world.member(garden, "other", Role::Member).await;
    let need = world.need(garden, mem, "Ladders").await;
    let eve = world.person("eve").await;
    let bob = world.remote_person("bob@b.example").await;
    let invited = kinds(&world, del).await;
    assert_eq!(invited, [Kind::Invitation]);
    let first = world.answer(need, eve, "I have one").await;
    for person in [ada, del, mem] {
        let row = told(&world, person).await.remove(0);
        assert_eq!(row.kind, Kind::Reply);
        assert_eq!((row.reply_id, row.listing_id), (Some(first), Some(need)));
        assert_eq!((row.actor_id, row.collective_id), (Some(eve.actor()), Some(garden)));
        assert_eq!((row.text.as_str(), row.read_at), ("Ladders", None));
    }
    assert_eq!(kinds(&world, other).await, [Kind::Invitation], "it is nothing to them");
    assert_eq!(kinds(&world, eve).await, [], "nobody hears of themselves");
    let second = world.done(world.local(ada), below(need, first, "Thank you")).await;
    assert_eq!(kinds(&world, eve).await, [Kind::Reply]);
    assert_eq!(kinds(&world, ada).await, [Kind::Reply]);
    let address = world.reply(second).await.ap_id;
    let origin = world.inbox_of(bob, "https://b.example/activities/1").await;
    let said = note(&world, bob, 1, &address).await;
    world.done(origin, said.clone()).await;
    assert_eq!(
        kinds(&world, ada).await,
        [Kind::Reply, Kind::Reply],
        "once, not as author and steward"
    );
    assert_eq!(told(&world, ada).await[0].actor_id, Some(bob));
    let again = world.inbox_of(bob, "https://b.example/activities/2").await;
    world.done(again, said).await;
    let text = "Thank you all".to_owned();
    world.done(world.local(ada), EditReply { reply: second, text }).await;
    assert_eq!(kinds(&world, ada).await.len(), 2, "what is known already is no news");
    assert_eq!(kinds(&world, eve).await.len(), 1);
}

async fn what_is_not_public_is_told_to_those_alone_who_may_read_it(world: World) {
    let (_, garden, ada) = need(&world).await;
    let mem = world.member(garden, "mem", Role::Member).await;
    let need = world.need(garden, mem, "Ladders").await;
    let bob = world.remote_person("bob@b.example").await;
    let listing = world.listing(need).await.ap_id;
    let said = ops::replies::RecordReply {
        visibility: domain::replies::Visibility::Direct,
        ..note(&world, bob, 1, &listing).await
    };
    world.done(world.inbox_of(bob, "https://b.example/activities/1").await, said).await;
    assert_eq!(kinds(&world, ada).await, [Kind::Reply]);
    assert_eq!(kinds(&world, mem).await, [Kind::Invitation], "PRV-01: a member may not read it");
}

async fn an_agreement_is_told_to_both_sides(world: World) {
    let (need, garden, ada) = need(&world).await;
    let del = world.member(garden, "del", Role::Delegate).await;
    let mem = world.member(garden, "mem", Role::Member).await;
    let eve = world.person("eve").await;
    let text = "Secret words".to_owned();
    let offer = OfferAgreement { listing: need, quantity: None, text };
    let agreement = world.done(world.local(eve), offer).await;
    for person in [ada, del] {
        let row = told(&world, person).await.remove(0);
        assert_eq!((row.kind, row.actor_id), (Kind::AgreementOffered, Some(eve.actor())));
        assert_eq!((row.text.as_str(), row.agreement_id), ("20 chairs", Some(agreement)));
    }
    assert_eq!(kinds(&world, mem).await, [Kind::Invitation], "PRV-01");
    let answer = AnswerAgreement { agreement, accept: true, reason: String::new() };
    world.done(world.local(del), answer).await;
    let row = told(&world, eve).await.remove(0);
    assert_eq!((row.kind, row.text.as_str()), (Kind::AgreementAnswered, "accepted"));
    assert_eq!(row.actor_id, None, "which of them it was stays in the log");
    assert_eq!(row.agreement_id, Some(agreement));
    let closing = world.need(garden, ada, "Chairs").await;
    let offer = OfferAgreement { listing: closing, quantity: None, text: String::new() };
    world.done(world.local(eve), offer).await;
    let withdraw = MoveListing { listing: closing, step: Step::Withdraw, version: None };
    world.done(world.local(ada), withdraw).await;
    assert_eq!(told(&world, eve).await[0].text, "rejected", "the listing has ended");
}

async fn stewards_are_told_who_wants_in_and_what_is_reported_without_names(world: World) {
    let ada = world.person("ada").await;
    let garden = world.careful_collective("garden", ada).await;
    let del = world.member(garden, "del", Role::Delegate).await;
    let eve = world.person("eve").await;
    world.done(world.local(eve), AskFollow { followed: garden.actor() }).await;
    world.done(world.local(eve), AskFollow { followed: garden.actor() }).await;
    assert_eq!(kinds(&world, ada).await, [Kind::FollowRequest], "asked twice, told once");
    assert_eq!(kinds(&world, del).await, [Kind::Invitation]);
    let need = world.need(garden, ada, "Chairs").await;
    let subject = Subject::Listing(need);
    let report = Report { subject, text: "Odd".to_owned(), forward: false };
    world.done(world.local(eve), report.clone()).await;
    let row = told(&world, ada).await.remove(0);
    assert_eq!((row.kind, row.listing_id), (Kind::Report, Some(need)));
    assert_eq!((row.actor_id, row.text.as_str()), (None, ""), "PRV-08: nobody learns who reports");
    world.done(world.local(eve), report).await;
    assert_eq!(kinds(&world, ada).await.len(), 2, "the same report once more");
}

async fn whoever_is_moderated_is_told_what_was_done_and_not_by_whom(world: World) {
    let (need, garden, ada) = need(&world).await;
    let mem = world.member(garden, "mem", Role::Member).await;
    let theirs = world.need(garden, mem, "Ladders").await;
    let eve = world.person("eve").await;
    let reply = world.answer(need, eve, "Buy chairs").await;
    let hide = HideReply { reply, hidden: true, reason: "spam".to_owned() };
    world.done(world.local(ada), hide).await;
    let row = told(&world, eve).await.remove(0);
    assert_eq!((row.kind, row.reply_id, row.actor_id), (Kind::Moderation, Some(reply), None));
    assert_eq!(row.text, format!("{}: spam", Act::HideReply.word()));
    let lock = LockListing { listing: theirs, locked: true, reason: String::new() };
    world.done(world.local(ada), lock).await;
    assert_eq!(told(&world, mem).await[0].text, "lock_listing");
    let reason = String::new();
    let block = ops::moderation::BlockActor { collective: garden, actor: eve.actor(), reason };
    world.done(world.local(ada), block).await;
    assert_eq!(told(&world, eve).await[0].text, "block_actor");
    assert_eq!(told(&world, ada).await.iter().filter(|it| it.kind == Kind::Moderation).count(), 0);
}

async fn nobody_is_told_of_whom_they_mute_or_block_or_of_limited_servers(world: World) {
    let (need, _, ada) = need(&world).await;
    let (eve, kim) = (world.person("eve").await, world.person("kim").await);
    let bob = world.remote_person("bob@b.example").await;
    world.answer(need, eve, "Before").await;
    world.done(world.local(ada), MuteActor { actor: eve.actor() }).await;
    world.done(world.local(ada), KeepAway { actor: kim.actor() }).await;
    assert_eq!(kinds(&world, ada).await, [], "what was told before is not shown either");
    world.answer(need, eve, "After").await;
    world.answer(need, kim, "After").await;
    world.done(Origin::server(), rule("b.example", Severity::Limit)).await;
    let listing = world.listing(need).await.ap_id;
    let said = note(&world, bob, 1, &listing).await;
    world.done(world.inbox_of(bob, "https://b.example/activities/1").await, said).await;
    assert_eq!(world.rows().await.count("notifications"), 1, "the one from before");
    let rosa = world.admin("rosa").await;
    let suspend = SuspendActor { actor: ada.actor(), reason: String::new() };
    world.done(world.local(rosa), suspend).await;
    world.answer(need, rosa, "Nobody hears me").await;
    assert_eq!(world.rows().await.count("notifications"), 1, "a suspended account reads nothing");
}

async fn who_is_called_by_name_is_told(world: World) {
    let (need, _, ada) = need(&world).await;
    let (eve, kim) = (world.person("eve").await, world.person("kim").await);
    world.answer(need, eve, "@kim, @ada@a.example, @nobody, @eve and @kim@b.example").await;
    assert_eq!(kinds(&world, kim).await, [Kind::Mention]);
    assert_eq!(kinds(&world, ada).await, [Kind::Reply], "once is enough");
    assert_eq!(kinds(&world, eve).await, []);
}

async fn who_is_called_from_elsewhere_is_told_once(world: World) {
    let (need, _, ada) = need(&world).await;
    let kim = world.person("kim").await;
    let bob = world.remote_person("bob@b.example").await;
    let listing = world.listing(need).await.ap_id;
    let post = ops::posts::RecordPost {
        reply: note(&world, bob, 1, &listing).await,
        title: None,
        group: None,
        called: Vec::new(),
        people: vec![ada, kim],
        again: false,
    };
    let origin = world.inbox_of(bob, "https://b.example/activities/1").await;
    world.done(origin, post.clone()).await;
    assert_eq!(kinds(&world, ada).await, [Kind::Reply]);
    assert_eq!(kinds(&world, kim).await, [Kind::Mention]);
    let again = world.inbox_of(bob, "https://b.example/activities/2").await;
    world.done(again, post).await;
    assert_eq!(kinds(&world, kim).await.len(), 1);
}

async fn authors_are_told_once_before_a_listing_expires(world: World) {
    let ada = world.person("ada").await;
    let garden = world.collective("garden", ada).await;
    let mem = world.member(garden, "mem", Role::Member).await;
    let now = world.now();
    let lasting = |days| domain::listings::Content {
        window: in_days(now, days),
        ..content(Purpose::Need, "Chairs")
    };
    let soon = world.publish(garden, mem, lasting(10)).await;
    world.publish(garden, mem, lasting(30)).await;
    let tell = || world.done(Origin::clock(), TellExpiring);
    assert_eq!(tell().await, 0);
    world.clock.advance(6 * 86_400);
    assert_eq!(tell().await, 0);
    world.clock.advance(2 * 86_400);
    assert_eq!(tell().await, 1);
    assert_eq!(tell().await, 0, "once");
    let row = told(&world, mem).await.remove(0);
    assert_eq!((row.kind, row.listing_id), (Kind::Expiring, Some(soon)));
    assert_eq!(kinds(&world, ada).await, []);
    let delete = DeleteNotification { notification: row.id };
    world.done(world.local(mem), delete).await;
    world.clock.advance(3_600);
    assert_eq!(tell().await, 0, "thrown away is not told again");
    world.clock.advance(90 * 86_400);
    assert_eq!(tell().await, 0, "after a long pause, nobody is told of what is over");
    let refusal = world.refused(world.local(ada), TellExpiring).await;
    assert_eq!(refusal, Refusal::NotTheirsToSay);
}

async fn what_was_read_stays_read_and_everybody_tidies_their_own(world: World) {
    let (need, _, ada) = need(&world).await;
    let eve = world.person("eve").await;
    for number in 0..3 {
        world.answer(need, eve, &format!("Number {number}")).await;
    }
    let unread = || world.read(move |conn| db::notifications::count_unread(conn, ada));
    let rows = told(&world, ada).await;
    assert_eq!(unread().await, 3);
    let until = Seen::Until(rows[1].id);
    world.done(world.local(eve), ReadNotifications { seen: until.clone() }).await;
    assert_eq!(unread().await, 3, "API-02: nobody reads for another");
    world.done(world.local(ada), ReadNotifications { seen: until }).await;
    assert_eq!(unread().await, 1);
    let these = Seen::These(vec![rows[0].id]);
    world.done(world.local(ada), ReadNotifications { seen: these }).await;
    assert_eq!(unread().await, 0);
    let delete = DeleteNotification { notification: rows[0].id };
    let missing = world.failed(world.local(eve), delete.clone()).await;
    assert_eq!(missing.to_string(), "notification not found", "API-02");
    world.done(world.local(ada), delete).await;
    assert_eq!(told(&world, ada).await.len(), 2);
}

async fn what_was_told_long_ago_is_forgotten(world: World) {
    let (_, garden, ada) = need(&world).await;
    world.person("eve").await;
    let invite = InviteMember { collective: garden, handle: "eve".to_owned(), role: Role::Member };
    world.done(world.local(ada), invite).await;
    let sweep = || world.done(Origin::clock(), SweepNotifications);
    assert_eq!(sweep().await, 0);
    assert_eq!(world.rows().await.count("notifications"), 1);
    let later: Time = world.now().plus_days(DAYS_KEPT + 1);
    world.clock.set(later);
    assert_eq!(sweep().await, 1);
    assert_eq!(world.rows().await.count("notifications"), 0);
}
