//! What people of this server answer.

use domain::{
    ListingId, Origin, Refusal, ReplyId,
    listings::Purpose,
    memberships::Role,
    replies::{As, DEEPEST, Visibility},
};
use ops::{
    Event, OpError,
    follows::RecordBlock,
    listings::DeleteListing,
    replies::{DeleteReply, EditReply, PostReply, RecordReply},
};
use testkit::{World, content};

use super::{need, note};

testkit::both_engines!(
    anybody_here_answers_as_themselves,
    the_voice_hides_the_member,
    only_stewards_and_delegates_speak_as_the_voice,
    an_answer_belongs_under_what_it_answers,
    what_is_not_public_is_not_answered,
    a_thread_grows_only_so_deep,
    what_was_said_in_private_is_answered_in_private,
    who_is_blocked_does_not_answer,
    people_change_their_own_words_alone,
    delegates_change_what_the_voice_said,
    nobody_elsewhere_answers_by_this_door,
);

fn post(listing: ListingId, parent: Option<ReplyId>, speak: As) -> PostReply {
    let language = Some("es".to_owned());
    PostReply { listing, parent, speak, text: "Tengo 12 sillas".to_owned(), language }
}

async fn anybody_here_answers_as_themselves(world: World) {
    let (need, _, _) = need(&world).await;
    let bea = world.person("bea").await;
    let reply = world.done(world.local(bea), post(need, None, As::Themselves)).await;
    let row = world.reply(reply).await;
    assert_eq!(row.ap_id, format!("https://a.example/replies/{reply}"));
    assert_eq!((row.author_id, row.written_by), (bea.actor(), None));
    assert_eq!((row.listing_id, row.parent_id, row.depth), (Some(need), None, 0));
    assert_eq!(row.in_reply_to, Some(world.listing(need).await.ap_id));
    assert_eq!((row.visibility, row.text.as_str()), (Visibility::Public, "Tengo 12 sillas"));
    assert_eq!(world.events().await, [Event::reply_posted(reply)]);
    assert_eq!(world.read(move |conn| db::replies::count(conn, need)).await, 1);
}

async fn the_voice_hides_the_member(world: World) {
    let (need, garden, _) = need(&world).await;
    let bea = world.member(garden, "bea", Role::Delegate).await;
    let reply = world.done(world.local(bea), post(need, None, As::Voice)).await;
    let row = world.reply(reply).await;
    assert_eq!(row.author_id, garden.actor());
    assert_eq!(row.written_by, Some(bea), "known to the collective, shown to nobody");
    let page = world.read(move |conn| db::replies::by_author(conn, bea.actor(), None, 10)).await;
    assert!(page.is_empty(), "it is not among what the member wrote");
    let thread = world.read(move |conn| db::replies::thread(conn, need, 10)).await;
    assert_eq!(thread[0].1.id, garden.actor());
    assert_eq!(world.events().await, [Event::reply_posted(reply)]);
}

async fn only_stewards_and_delegates_speak_as_the_voice(world: World) {
    let (need, garden, ada) = need(&world).await;
    let bea = world.member(garden, "bea", Role::Delegate).await;
    for person in [ada, bea] {
        world.done(world.local(person), post(need, None, As::Voice)).await;
    }
    let manager = world.member(garden, "cho", Role::AccountManager).await;
    let member = world.member(garden, "dan", Role::Member).await;
    let eve = world.person("eve").await;
    for (person, want) in [
        (manager, Refusal::StewardsOnly),
        (member, Refusal::StewardsOnly),
        (eve, Refusal::NotAMember),
    ] {
        let refusal = world.refused(world.local(person), post(need, None, As::Voice)).await;
        assert_eq!(refusal, want);
    }
}

async fn an_answer_belongs_under_what_it_answers(world: World) {
    let (need, garden, ada) = need(&world).await;
    let other = world.need(garden, ada, "A ladder").await;
    let first = world.answer(need, ada, "Who has chairs?").await;
    let second = world.done(world.local(ada), post(need, Some(first), As::Themselves)).await;
    let row = world.reply(second).await;
    assert_eq!((row.parent_id, row.depth), (Some(first), 1));
    assert_eq!(row.in_reply_to, Some(world.reply(first).await.ap_id));

    let astray = world.failed(world.local(ada), post(other, Some(first), As::Themselves)).await;
    assert!(matches!(astray, OpError::NotFound("reply")), "{astray:?}");
    world.done(world.local(ada), DeleteReply { reply: first }).await;
    let late = world.failed(world.local(ada), post(need, Some(first), As::Themselves)).await;
    assert!(matches!(late, OpError::NotFound("reply")), "{late:?}");
    // What was answered is gone, what was answered to it stays in its place.
    let thread = world.read(move |conn| db::replies::thread(conn, need, 10)).await;
    assert_eq!(thread.iter().map(|(row, _)| row.id).collect::<Vec<_>>(), [first, second]);
}

async fn what_is_not_public_is_not_answered(world: World) {
    let (need, garden, ada) = need(&world).await;
    let draft = world.draft(garden, ada, content(Purpose::Need, "A draft")).await;
    world.done(world.local(ada), DeleteListing { listing: need }).await;
    let unknown: ListingId = ada.uuid().into();
    for listing in [draft, need, unknown] {
        let missing = world.failed(world.local(ada), post(listing, None, As::Themselves)).await;
        assert!(matches!(missing, OpError::NotFound("listing")), "{missing:?}");
    }
}

async fn a_thread_grows_only_so_deep(world: World) {
    let (need, _, ada) = need(&world).await;
    let mut parent = None;
    for _ in 0..=DEEPEST {
        parent = Some(world.done(world.local(ada), post(need, parent, As::Themselves)).await);
    }
    let deeper = post(need, parent, As::Themselves);
    assert_eq!(world.refused(world.local(ada), deeper).await, Refusal::ThreadTooDeep);
    let bob = world.remote_person("bob@b.example").await;
    let to = world.reply(parent.unwrap()).await.ap_id;
    let deeper = note(&world, bob, 1, &to).await;
    let origin = world.inbox_of(bob, "https://b.example/activities/1").await;
    assert_eq!(world.refused(origin, deeper).await, Refusal::ThreadTooDeep);
}

async fn what_was_said_in_private_is_answered_in_private(world: World) {
    let (need, garden, ada) = need(&world).await;
    let bob = world.remote_person("bob@b.example").await;
    let address = world.listing(need).await.ap_id;
    let direct = note(&world, bob, 1, &address).await;
    let direct = RecordReply { visibility: Visibility::Direct, ..direct };
    let origin = world.inbox_of(bob, "https://b.example/activities/1").await;
    let asked = world.done(origin, direct).await;

    let dan = world.member(garden, "dan", Role::Member).await;
    let eve = world.person("eve").await;
    let answer = || post(need, Some(asked), As::Themselves);
    assert_eq!(world.refused(world.local(dan), answer()).await, Refusal::StewardsOnly);
    assert_eq!(world.refused(world.local(eve), answer()).await, Refusal::NotAMember);
    let answered = world.done(world.local(ada), post(need, Some(asked), As::Voice)).await;
    assert_eq!(world.reply(answered).await.visibility, Visibility::Direct);
    assert_eq!(world.read(move |conn| db::replies::count(conn, need)).await, 0);
}

async fn who_is_blocked_does_not_answer(world: World) {
    let (need, garden, _) = need(&world).await;
    let eve = world.person("eve").await;
    let said = Origin { speaker: domain::Speaker::Collective(garden), way: domain::Way::Local };
    let block = RecordBlock {
        ap_id: "https://a.example/activities/block".to_owned(),
        blocker: garden.actor(),
        blocked: eve.actor(),
    };
    world.done(said, block).await;
    let answer = post(need, None, As::Themselves);
    assert_eq!(world.refused(world.local(eve), answer).await, Refusal::Blocked);
}

async fn people_change_their_own_words_alone(world: World) {
    let (need, _, ada) = need(&world).await;
    let bea = world.person("bea").await;
    let reply = world.answer(need, bea, "12 chairs").await;
    let edit = |text: &str| EditReply { reply, text: text.to_owned() };
    // A steward answers for the collective, not for others.
    assert_eq!(world.refused(world.local(ada), edit("None")).await, Refusal::NotTheirsToSay);
    let delete = DeleteReply { reply };
    assert_eq!(world.refused(world.local(ada), delete.clone()).await, Refusal::NotTheirsToSay);

    world.events().await;
    world.clock.advance(60);
    world.done(world.local(bea), edit("14 chairs")).await;
    let row = world.reply(reply).await;
    assert_eq!((row.text.as_str(), row.updated_at), ("14 chairs", Some(world.now())));
    assert_eq!(world.events().await, [Event::reply_edited(reply)]);
    world.done(world.local(bea), delete.clone()).await;
    let row = world.reply(reply).await;
    assert_eq!((row.text.as_str(), row.deleted_at), ("", Some(world.now())));
    assert_eq!(world.events().await, [Event::reply_deleted(reply)]);
    let again = world.failed(world.local(bea), delete).await;
    assert!(matches!(again, OpError::NotFound("reply")), "{again:?}");
    let edited = world.failed(world.local(bea), edit("Back")).await;
    assert!(matches!(edited, OpError::NotFound("reply")), "{edited:?}");
}

async fn delegates_change_what_the_voice_said(world: World) {
    let (need, garden, ada) = need(&world).await;
    let bea = world.member(garden, "bea", Role::Delegate).await;
    let dan = world.member(garden, "dan", Role::Member).await;
    let eve = world.person("eve").await;
    let reply = world.done(world.local(bea), post(need, None, As::Voice)).await;
    for (person, want) in [(dan, Refusal::StewardsOnly), (eve, Refusal::NotAMember)] {
        let edit = EditReply { reply, text: "No".to_owned() };
        assert_eq!(world.refused(world.local(person), edit).await, want);
        assert_eq!(world.refused(world.local(person), DeleteReply { reply }).await, want);
    }
    world.done(world.local(ada), EditReply { reply, text: "Yes".to_owned() }).await;
    assert_eq!(world.reply(reply).await.written_by, Some(bea));
    world.done(world.local(ada), DeleteReply { reply }).await;
}

async fn nobody_elsewhere_answers_by_this_door(world: World) {
    let (need, _, ada) = need(&world).await;
    let bob = world.remote_person("bob@b.example").await;
    let reply = world.answer(need, ada, "Who?").await;
    let origin = world.inbox_of(bob, "https://b.example/activities/1").await;
    for speak in [As::Themselves, As::Voice] {
        let refusal = world.refused(origin.clone(), post(need, None, speak)).await;
        assert_eq!(refusal, Refusal::NotTheirsToSay);
    }
    let edit = EditReply { reply, text: "Altered".to_owned() };
    assert_eq!(world.refused(origin.clone(), edit).await, Refusal::NotTheirsToSay);
    assert_eq!(world.refused(origin, DeleteReply { reply }).await, Refusal::NotTheirsToSay);
}
