//! What people of other servers answer.

use domain::{
    Origin, Refusal,
    listings::Purpose,
    replies::{As, Visibility},
};
use ops::{
    Event, OpError,
    follows::{AskFollow, RecordBlock},
    listings::DeleteListing,
    replies::{PostReply, RecordReply, RecordReplyDeleted},
};
use testkit::{World, content};

use super::{need, note};

testkit::both_engines!(
    an_answer_of_elsewhere_takes_its_place_in_the_thread,
    it_is_the_same_answer_whichever_door_it_came_through,
    nobody_speaks_for_another,
    nothing_is_kept_under_the_address_of_another_server,
    an_answer_of_ours_or_of_another_is_never_overwritten,
    the_newest_word_counts_in_whatever_order_words_arrive,
    an_edit_without_a_date_counts_once_and_again,
    the_same_words_again_are_no_edit,
    nobody_speaks_from_the_future,
    what_was_deleted_does_not_come_back,
    a_deletion_may_arrive_first,
    only_the_author_deletes,
    what_concerns_nobody_here_is_not_kept,
    what_is_not_public_is_not_answered,
    who_is_blocked_is_not_heard_in_the_thread,
);

async fn an_answer_of_elsewhere_takes_its_place_in_the_thread(world: World) {
    let (need, _, _) = need(&world).await;
    let bob = world.remote_person("bob@b.example").await;
    let address = world.listing(need).await.ap_id;
    let origin = world.inbox_of(bob, "https://b.example/activities/1").await;
    let html = "<p onclick=\"x()\">Tengo <b>12</b><script>x()</script></p>".to_owned();
    let first = RecordReply { html, ..note(&world, bob, 1, &address).await };
    let first = world.done(origin, first).await;
    let row = world.reply(first).await;
    assert_eq!((row.author_id, row.written_by), (bob, None));
    assert_eq!((row.listing_id, row.parent_id, row.depth), (Some(need), None, 0));
    assert_eq!((row.html.as_str(), row.text.as_str()), ("<p>Tengo <b>12</b></p>", ""));
    assert_eq!((row.published_at, row.updated_at), (world.now(), None));
    let events = world.events().await;
    assert_eq!(events[0], Event::heard("reply", first));
    let told = Some(first.uuid());
    assert!(matches!(events[1], Event::Relayed { reply, .. } if reply == told), "{events:?}");
    assert_eq!(events.len(), 2);
    let gathering = world.read(db::jobs::count_pending).await;
    assert_eq!(gathering, 2, "that of the server and that of the thread");

    let origin = world.inbox_of(bob, "https://b.example/activities/2").await;
    let second = world.done(origin, note(&world, bob, 2, &row.ap_id).await).await;
    let row = world.reply(second).await;
    assert_eq!((row.listing_id, row.parent_id, row.depth), (Some(need), Some(first), 1));
}

async fn it_is_the_same_answer_whichever_door_it_came_through(world: World) {
    let (need, _, ada) = need(&world).await;
    let bob = world.remote_person("bob@b.example").await;
    let parent = world.answer(need, ada, "Who has chairs?").await;
    for parent in [None, Some(parent)] {
        let text = "Tengo 12 sillas".to_owned();
        let language = Some("es".to_owned());
        let rest = PostReply { listing: need, parent, speak: As::Themselves, text, language };
        let rest = world.done(world.local(ada), rest).await;
        let to = match parent {
            Some(parent) => world.reply(parent).await.ap_id,
            None => world.listing(need).await.ap_id,
        };
        let activity = format!("https://b.example/activities/{rest}");
        let origin = world.inbox_of(bob, &activity).await;
        let number = if parent.is_some() { 1 } else { 2 };
        let inbox = world.done(origin, note(&world, bob, number, &to).await).await;
        let (rest, inbox) = (world.reply(rest).await, world.reply(inbox).await);
        assert_eq!(
            (rest.listing_id, rest.parent_id, rest.in_reply_to, rest.depth, rest.visibility),
            (inbox.listing_id, inbox.parent_id, inbox.in_reply_to, inbox.depth, inbox.visibility),
        );
        assert_eq!((rest.published_at, rest.language), (inbox.published_at, inbox.language));
        assert_eq!(ops::html::from_text(&rest.text), inbox.html);
    }
}

async fn nobody_speaks_for_another(world: World) {
    let (need, garden, ada) = need(&world).await;
    let bob = world.remote_person("bob@b.example").await;
    let eve = world.remote_person("eve@b.example").await;
    let address = world.listing(need).await.ap_id;
    let origin = world.inbox_of(eve, "https://b.example/activities/1").await;
    for author in [bob, ada.actor(), garden.actor()] {
        let forged = RecordReply { author, ..note(&world, bob, 1, &address).await };
        for origin in [origin.clone(), world.fetched_from(eve).await, Origin::server()] {
            let refusal = world.refused(origin, forged.clone()).await;
            assert_eq!(refusal, Refusal::NotTheirsToSay);
        }
    }
}

async fn nothing_is_kept_under_the_address_of_another_server(world: World) {
    let (need, _, _) = need(&world).await;
    let victim = world.remote_person("bob@b.example").await;
    let eve = world.remote_person("eve@c.example").await;
    let address = world.listing(need).await.ap_id;
    let origin = world.inbox_of(eve, "https://c.example/activities/1").await;
    for ap_id in [
        "https://b.example/notes/1",
        "https://a.example/replies/1",
        "https://c.example:444/notes/1",
        "http://c.example/notes/1",
        "no address",
    ] {
        let forged = note(&world, eve, 1, &address).await;
        let forged = RecordReply { ap_id: ap_id.to_owned(), ..forged };
        assert_eq!(world.refused(origin.clone(), forged).await, Refusal::NotTheirsToSay);
    }
    let genuine = world.inbox_of(victim, "https://b.example/activities/1").await;
    world.done(genuine, note(&world, victim, 1, &address).await).await;
}

async fn an_answer_of_ours_or_of_another_is_never_overwritten(world: World) {
    let (need, _, ada) = need(&world).await;
    let bob = world.remote_person("bob@b.example").await;
    let eve = world.remote_person("eve@b.example").await;
    let address = world.listing(need).await.ap_id;
    let origin = world.inbox_of(bob, "https://b.example/activities/1").await;
    let bobs = world.done(origin, note(&world, bob, 1, &address).await).await;
    let ours = world.answer(need, ada, "Who has chairs?").await;
    for reply in [bobs, ours] {
        let ap_id = world.reply(reply).await.ap_id;
        let altered = note(&world, eve, 2, &address).await;
        let altered = RecordReply { ap_id, html: "Altered".to_owned(), ..altered };
        let origin = world.inbox_of(eve, "https://b.example/activities/2").await;
        let refusal = world.refused(origin, altered).await;
        assert_eq!(refusal, Refusal::NotTheirsToSay, "the same host is not enough");
    }
}

async fn the_newest_word_counts_in_whatever_order_words_arrive(world: World) {
    let (need, _, _) = need(&world).await;
    let bob = world.remote_person("bob@b.example").await;
    let address = world.listing(need).await.ap_id;
    let start = world.now();
    world.clock.advance(3_600);
    // Each order in which a note and its two edits may come; the last edit must be what stays.
    let versions = [("First", 0), ("Second", 60), ("Third", 120)];
    let orders = [[0, 1, 2], [0, 2, 1], [1, 0, 2], [1, 2, 0], [2, 0, 1], [2, 1, 0]];
    for (number, order) in (1..).zip(orders) {
        for (place, version) in order.into_iter().enumerate() {
            let (html, seconds) = versions[version];
            let said = RecordReply {
                html: html.to_owned(),
                published_at: Some(start),
                updated_at: (seconds != 0).then(|| start.plus_seconds(seconds)),
                ..note(&world, bob, number, &address).await
            };
            let activity = format!("https://b.example/activities/{number}/{place}");
            world.done(world.inbox_of(bob, &activity).await, said).await;
        }
        let ap_id = format!("https://b.example/notes/{number}");
        let row = world.read(move |conn| db::replies::find_by_ap_id(conn, &ap_id)).await.unwrap();
        assert_eq!(row.html, "Third", "{order:?}");
        assert_eq!(row.updated_at, Some(start.plus_seconds(120)));
    }
    assert_eq!(world.rows().await.count("replies"), 6);
}

async fn an_edit_without_a_date_counts_once_and_again(world: World) {
    let (need, _, _) = need(&world).await;
    let bob = world.remote_person("bob@b.example").await;
    let address = world.listing(need).await.ap_id;
    let published_at = Some(world.now());
    for html in ["First", "Second", "Third"] {
        world.clock.advance(60);
        let note = note(&world, bob, 1, &address).await;
        let said = RecordReply { html: html.to_owned(), published_at, ..note };
        let reply = world.done(world.fetched_from(bob).await, said).await;
        assert_eq!(world.reply(reply).await.html, html);
    }
}

async fn the_same_words_again_are_no_edit(world: World) {
    let (need, _, _) = need(&world).await;
    let bob = world.remote_person("bob@b.example").await;
    let address = world.listing(need).await.ap_id;
    let said = note(&world, bob, 1, &address).await;
    let first = world.done(world.fetched_from(bob).await, said.clone()).await;
    let before = world.rows().await;
    world.clock.advance(60);
    assert_eq!(world.done(world.fetched_from(bob).await, said).await, first);
    assert!(before.changed(&world.rows().await).is_empty());
}

async fn nobody_speaks_from_the_future(world: World) {
    let (need, _, _) = need(&world).await;
    let bob = world.remote_person("bob@b.example").await;
    let address = world.listing(need).await.ap_id;
    let later = Some(world.now().plus_days(900));
    let early = note(&world, bob, 1, &address).await;
    let early = RecordReply { published_at: later, updated_at: later, ..early };
    let reply = world.done(world.fetched_from(bob).await, early.clone()).await;
    let row = world.reply(reply).await;
    assert_eq!((row.published_at, row.updated_at), (world.now(), Some(world.now())));
    world.clock.advance(60);
    let corrected = RecordReply { html: "In time".to_owned(), ..early };
    let corrected = RecordReply { updated_at: Some(world.now()), ..corrected };
    world.done(world.fetched_from(bob).await, corrected).await;
    assert_eq!(world.reply(reply).await.html, "In time");
}

async fn what_was_deleted_does_not_come_back(world: World) {
    let (need, _, _) = need(&world).await;
    let bob = world.remote_person("bob@b.example").await;
    let said = note(&world, bob, 1, &world.listing(need).await.ap_id).await;
    let origin = world.fetched_from(bob).await;
    let reply = world.done(origin.clone(), said.clone()).await;
    world.events().await;
    let delete = RecordReplyDeleted { ap_id: said.ap_id.clone(), author: bob };
    world.done(origin.clone(), delete.clone()).await;
    assert_eq!(world.reply(reply).await.html, "");
    assert_eq!(world.events().await, [Event::heard("reply_deleted", reply)]);
    world.done(origin.clone(), delete).await;
    assert_eq!(world.events().await, [], "it is gone already");
    let again = RecordReply { updated_at: Some(world.now()), ..said.clone() };
    for said in [said, again] {
        assert_eq!(world.refused(origin.clone(), said).await, Refusal::Deleted);
    }
}

async fn a_deletion_may_arrive_first(world: World) {
    let (need, _, _) = need(&world).await;
    let bob = world.remote_person("bob@b.example").await;
    let said = note(&world, bob, 1, &world.listing(need).await.ap_id).await;
    let delete = RecordReplyDeleted { ap_id: said.ap_id.clone(), author: bob };
    for number in 1..=2 {
        let activity = format!("https://b.example/activities/{number}");
        world.done(world.inbox_of(bob, &activity).await, delete.clone()).await;
    }
    let origin = world.inbox_of(bob, "https://b.example/activities/3").await;
    assert_eq!(world.refused(origin.clone(), said).await, Refusal::Deleted);
    let other = note(&world, bob, 2, &world.listing(need).await.ap_id).await;
    world.done(origin, other).await;
}

async fn only_the_author_deletes(world: World) {
    let (need, _, ada) = need(&world).await;
    let bob = world.remote_person("bob@b.example").await;
    let eve = world.remote_person("eve@b.example").await;
    let said = note(&world, bob, 1, &world.listing(need).await.ap_id).await;
    world.done(world.fetched_from(bob).await, said.clone()).await;
    let ours = world.reply(world.answer(need, ada, "Who?").await).await.ap_id;
    let by_eve = world.inbox_of(eve, "https://b.example/activities/1").await;
    for (ap_id, author) in [
        (said.ap_id.clone(), bob),
        (said.ap_id.clone(), eve),
        (ours.clone(), eve),
        (ours, ada.actor()),
    ] {
        let delete = RecordReplyDeleted { ap_id, author };
        assert_eq!(world.refused(by_eve.clone(), delete).await, Refusal::NotTheirsToSay);
    }
    // What she says of a note she has not seen keeps nobody's note away.
    let unseen = note(&world, bob, 2, &world.listing(need).await.ap_id).await;
    let delete = RecordReplyDeleted { ap_id: unseen.ap_id.clone(), author: eve };
    world.done(by_eve, delete).await;
    world.done(world.fetched_from(bob).await, unseen).await;
}

async fn what_concerns_nobody_here_is_not_kept(world: World) {
    let ada = world.person("ada").await;
    let bob = world.remote_person("bob@b.example").await;
    let origin = world.inbox_of(bob, "https://b.example/activities/1").await;
    let aside = note(&world, bob, 1, "https://c.example/notes/7").await;
    let aside = RecordReply { mentions_us: false, ..aside };
    let post = RecordReply { in_reply_to: None, ..aside.clone() };
    for said in [aside.clone(), post.clone()] {
        assert_eq!(world.refused(origin.clone(), said).await, Refusal::NotForUs);
    }
    // A mention makes it ours, and so does a follower.
    let mention = RecordReply { mentions_us: true, ..aside };
    let reply = world.done(origin, mention).await;
    assert_eq!(world.reply(reply).await.listing_id, None);
    world.done(world.local(ada), AskFollow { followed: bob }).await;
    let ap_id = "https://b.example/notes/2".to_owned();
    let origin = world.inbox_of(bob, "https://b.example/activities/2").await;
    let reply = world.done(origin, RecordReply { ap_id, ..post }).await;
    assert_eq!(world.reply(reply).await.visibility, Visibility::Public);
}

async fn what_is_not_public_is_not_answered(world: World) {
    let (need, garden, ada) = need(&world).await;
    let bob = world.remote_person("bob@b.example").await;
    let draft = world.draft(garden, ada, content(Purpose::Need, "A draft")).await;
    world.done(world.local(ada), DeleteListing { listing: need }).await;
    for listing in [draft, need] {
        let said = note(&world, bob, 1, &world.listing(listing).await.ap_id).await;
        let origin = world.inbox_of(bob, "https://b.example/activities/1").await;
        let refusal = world.failed(origin, said).await;
        assert!(matches!(refusal, OpError::Refused(Refusal::Deleted)), "{refusal:?}");
    }
}

async fn who_is_blocked_is_not_heard_in_the_thread(world: World) {
    let (need, garden, ada) = need(&world).await;
    let bob = world.remote_person("bob@b.example").await;
    let first = world.reply(world.answer(need, ada, "Who?").await).await.ap_id;
    let said = Origin { speaker: domain::Speaker::Collective(garden), way: domain::Way::Local };
    let ap_id = "https://a.example/activities/block".to_owned();
    let block = RecordBlock { ap_id, blocker: garden.actor(), blocked: bob };
    world.done(said, block).await;
    for to in [world.listing(need).await.ap_id, first] {
        let origin = world.inbox_of(bob, "https://b.example/activities/1").await;
        let refusal = world.refused(origin, note(&world, bob, 1, &to).await).await;
        assert_eq!(refusal, Refusal::Blocked);
    }
}
