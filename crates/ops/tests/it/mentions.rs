//! Posts that call a collective, and what its stewards do with them.

use db::mentions::{Part, page};
use domain::{
    ActorId, CollectiveId, Origin, PersonId, Refusal, ReplyId, Speaker, Way, memberships::Role,
    mentions::MentionState, replies::Visibility,
};
use ops::{
    Event, OpError,
    actors::RecordActorGone,
    follows::RecordBlock,
    mentions::{BoostMention, DismissMention, UnboostMention},
    posts::RecordPost,
    replies::{RecordReply, RecordReplyDeleted},
};
use testkit::World;

testkit::both_engines!(
    a_post_that_calls_a_collective_waits_for_its_stewards,
    what_stands_in_its_own_thread_waits_for_nobody,
    private_posts_and_blocked_authors_never_get_in,
    a_flood_of_one_author_is_bounded,
    stewards_boost_dismiss_and_take_back,
    nobody_but_stewards_decides,
    what_is_deleted_is_passed_on_no_longer,
    whoever_is_blocked_meanwhile_is_not_boosted,
);

/// A post of somebody elsewhere that answers nothing and calls a collective.
fn call(author: ActorId, number: u32, called: CollectiveId) -> RecordPost {
    let ap_id = format!("https://b.example/notes/{number}");
    RecordPost {
        reply: RecordReply {
            author,
            in_reply_to: None,
            visibility: Visibility::Public,
            html: "<p>We have chairs</p>".to_owned(),
            summary: None,
            sensitive: false,
            language: None,
            url: None,
            published_at: None,
            updated_at: None,
            mentions_us: true,
            ap_id,
        },
        title: None,
        group: None,
        called: vec![called],
        people: Vec::new(),
        again: false,
    }
}

struct Scene {
    world: World,
    ada: PersonId,
    garden: CollectiveId,
    bob: ActorId,
    by_bob: Origin,
}

async fn scene(world: World) -> Scene {
    let ada = world.person("ada").await;
    let garden = world.collective("garden", ada).await;
    let bob = world.remote_person("bob@b.example").await;
    // Nobody is a stranger after a day.
    world.clock.advance(86_400);
    let by_bob = world.fetched_from(bob).await;
    world.events().await;
    Scene { world, ada, garden, bob, by_bob }
}

impl Scene {
    async fn called(&self, number: u32) -> ReplyId {
        let post = call(self.bob, number, self.garden);
        let id = self.world.done(self.by_bob.clone(), post).await;
        self.world.events().await;
        id
    }

    async fn in_state(&self, state: MentionState) -> Vec<ReplyId> {
        let garden = self.garden;
        let rows =
            self.world.read(move |conn| page(conn, garden, (state, Part::Whole), None, 100)).await;
        rows.into_iter().map(|(row, _)| row.id).collect()
    }

    async fn boosts(&self, post: ReplyId) -> i64 {
        let id = post.uuid();
        self.world.read(move |conn| db::reactions::count(conn, &[id])).await[0].boosts
    }

    fn boost(&self, reply: ReplyId) -> BoostMention {
        BoostMention { collective: self.garden, reply }
    }
}

async fn a_post_that_calls_a_collective_waits_for_its_stewards(world: World) {
    let it = scene(world).await;
    let first = it.world.done(it.by_bob.clone(), call(it.bob, 1, it.garden)).await;
    let told = it.world.events().await;
    assert_eq!(told, [Event::heard("reply", first), Event::heard("mention", first)]);
    let again = it.world.done(it.by_bob.clone(), call(it.bob, 1, it.garden)).await;
    assert_eq!((again, it.world.events().await), (first, vec![]));
    let second = it.called(2).await;
    assert_eq!(it.in_state(MentionState::New).await, [second, first]);
    let mut answer = call(it.bob, 3, it.garden);
    answer.reply.in_reply_to = Some("https://b.example/notes/1".to_owned());
    it.world.done(it.by_bob.clone(), answer).await;
    assert_eq!(it.in_state(MentionState::New).await, [second, first], "one entry a conversation");
}

async fn what_stands_in_its_own_thread_waits_for_nobody(world: World) {
    let it = scene(world).await;
    let mill = it.world.collective("mill", it.ada).await;
    let need = it.world.need(it.garden, it.ada, "20 chairs").await;
    let address = it.world.listing(need).await.ap_id;
    let mut answer = call(it.bob, 1, it.garden);
    answer.reply.in_reply_to = Some(address);
    answer.called.push(mill);
    let answer = it.world.done(it.by_bob.clone(), answer).await;
    assert_eq!(it.in_state(MentionState::New).await, []);
    let found = it.world.read(move |conn| db::mentions::find(conn, mill, answer)).await;
    assert!(found.is_some(), "for the mill it is news");
}

async fn private_posts_and_blocked_authors_never_get_in(world: World) {
    let it = scene(world).await;
    for (number, visibility) in [(1, Visibility::Followers), (2, Visibility::Direct)] {
        let mut post = call(it.bob, number, it.garden);
        post.reply.visibility = visibility;
        it.world.done(it.by_bob.clone(), post).await;
    }
    let said = Origin { speaker: Speaker::Collective(it.garden), way: Way::Local };
    let ap_id = "https://a.example/activities/block".to_owned();
    let block = RecordBlock { ap_id, blocker: it.garden.actor(), blocked: it.bob };
    it.world.done(said, block).await;
    it.called(3).await;
    assert_eq!(it.world.rows().await.count("mentions"), 0);
}

async fn a_flood_of_one_author_is_bounded(world: World) {
    let it = scene(world).await;
    for number in 0..20 {
        it.called(number).await;
    }
    let more = call(it.bob, 20, it.garden);
    assert_eq!(it.world.refused(it.by_bob.clone(), more).await, Refusal::NotForUs);
    let eve = it.world.remote_person("eve@b.example").await;
    let by_eve = it.world.fetched_from(eve).await;
    it.world.done(by_eve, call(eve, 21, it.garden)).await;
    assert_eq!(it.in_state(MentionState::New).await.len(), 21, "others are heard");
    let first = *it.in_state(MentionState::New).await.last().unwrap();
    let dismiss = DismissMention { collective: it.garden, reply: first };
    it.world.done(it.world.local(it.ada), dismiss).await;
    it.called(22).await;
}

async fn stewards_boost_dismiss_and_take_back(world: World) {
    let it = scene(world).await;
    let post = it.called(1).await;
    let by_ada = it.world.local(it.ada);
    for _ in 0..2 {
        it.world.done(by_ada.clone(), it.boost(post)).await;
    }
    let told = it.world.events().await;
    let [Event::Boosted { collective, reply, ap_id, undone: false, .. }] = told.as_slice() else {
        panic!("{told:?}")
    };
    assert_eq!((*collective, *reply), (it.garden.uuid(), post.uuid()));
    assert!(ap_id.starts_with("https://a.example/activities/"), "{ap_id}");
    assert_eq!(it.in_state(MentionState::Boosted).await, [post]);
    assert_eq!(it.boosts(post).await, 1);
    let unboost = UnboostMention { collective: it.garden, reply: post };
    for _ in 0..2 {
        it.world.done(by_ada.clone(), unboost.clone()).await;
    }
    let told = it.world.events().await;
    assert!(
        matches!(told.as_slice(), [Event::Boosted { ap_id: same, undone: true, .. }] if same == ap_id),
        "{told:?}"
    );
    assert_eq!(it.in_state(MentionState::Dismissed).await, [post]);
    assert_eq!(it.boosts(post).await, 0);
    let again = it.called(2).await;
    it.world.done(by_ada, DismissMention { collective: it.garden, reply: again }).await;
    assert_eq!(it.in_state(MentionState::New).await, []);
}

async fn nobody_but_stewards_decides(world: World) {
    let it = scene(world).await;
    let post = it.called(1).await;
    let member = it.world.member(it.garden, "grace", Role::Member).await;
    let eve = it.world.person("eve").await;
    for (person, want) in [(member, Refusal::StewardsOnly), (eve, Refusal::NotAMember)] {
        let origin = || it.world.local(person);
        let (collective, reply) = (it.garden, post);
        assert_eq!(it.world.refused(origin(), it.boost(post)).await, want);
        let dismiss = DismissMention { collective, reply };
        assert_eq!(it.world.refused(origin(), dismiss).await, want);
        let unboost = UnboostMention { collective, reply };
        assert_eq!(it.world.refused(origin(), unboost).await, want);
    }
    let need = it.world.need(it.garden, it.ada, "20 chairs").await;
    let reply = it.world.answer(need, it.ada, "Who?").await;
    let failure = it.world.failed(it.world.local(it.ada), it.boost(reply)).await;
    assert!(matches!(failure, OpError::NotFound("mention")), "{failure:?}");
}

async fn what_is_deleted_is_passed_on_no_longer(world: World) {
    let it = scene(world).await;
    let by_ada = it.world.local(it.ada);
    let posts = [it.called(1).await, it.called(2).await, it.called(3).await];
    for post in &posts[..2] {
        it.world.done(by_ada.clone(), it.boost(*post)).await;
    }
    it.world.events().await;
    let undone = |told: &[Event]| {
        let undone = |it: &&Event| matches!(it, Event::Boosted { undone: true, .. });
        told.iter().filter(undone).count()
    };
    let ap_id = "https://b.example/notes/1".to_owned();
    let delete = RecordReplyDeleted { ap_id, author: it.bob };
    it.world.done(it.by_bob.clone(), delete).await;
    assert_eq!(undone(&it.world.events().await), 1);
    it.world.done(it.by_bob.clone(), RecordActorGone { actor: it.bob }).await;
    assert_eq!(undone(&it.world.events().await), 1);
    assert_eq!(it.boosts(posts[0]).await + it.boosts(posts[1]).await, 0);
    assert_eq!(it.in_state(MentionState::New).await, []);
    assert_eq!(it.world.refused(by_ada, it.boost(posts[2])).await, Refusal::Deleted);
}

async fn whoever_is_blocked_meanwhile_is_not_boosted(world: World) {
    let it = scene(world).await;
    let post = it.called(1).await;
    let said = Origin { speaker: Speaker::Collective(it.garden), way: Way::Local };
    let ap_id = "https://a.example/activities/block".to_owned();
    let block = RecordBlock { ap_id, blocker: it.garden.actor(), blocked: it.bob };
    it.world.done(said, block).await;
    assert_eq!(it.in_state(MentionState::New).await, []);
    let boost = it.boost(post);
    assert_eq!(it.world.refused(it.world.local(it.ada), boost).await, Refusal::Blocked);
    assert_eq!(it.world.rows().await.count("reactions"), 0);
}
