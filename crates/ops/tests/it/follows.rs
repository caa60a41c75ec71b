//! Following and being followed, here and elsewhere.

use domain::{
    ActorId, CollectiveId, FollowId, Origin, Refusal, Speaker, Way, follows::FollowState,
};
use ops::{
    Event, OpError,
    follows::{
        AnswerFollow, AskFollow, RecordAnswer, RecordBlock, RecordFollow, RecordUnblock,
        RecordUnfollow, Unfollow,
    },
};
use testkit::World;

testkit::both_engines!(
    an_open_collective_is_followed_at_once,
    a_careful_collective_answers_first,
    a_request_is_turned_down,
    only_stewards_answer,
    it_is_the_same_follow_whichever_door_it_came_through,
    who_asks_again_is_told_again,
    a_follow_of_elsewhere_waits_for_their_answer,
    only_who_was_asked_answers,
    following_ends,
    nobody_follows_for_another,
    not_everything_is_followed,
    a_block_ends_following_both_ways,
);

const REQUEST: &str = "https://b.example/follows/1";

fn ask(follower: ActorId, followed: ActorId) -> RecordFollow {
    RecordFollow { ap_id: REQUEST.to_owned(), follower, followed }
}

async fn by(world: &World, actor: ActorId) -> Origin {
    world.fetched_from(actor).await
}

async fn careful(world: &World) -> (CollectiveId, domain::PersonId) {
    let ada = world.person("ada").await;
    (world.careful_collective("garden", ada).await, ada)
}

async fn state(world: &World, follower: ActorId, followed: ActorId) -> Option<FollowState> {
    world.follow(follower, followed).await.map(|row| row.state)
}

async fn an_open_collective_is_followed_at_once(world: World) {
    let ada = world.person("ada").await;
    let bea = world.person("bea").await;
    let garden = world.collective("garden", ada).await.actor();
    let bob = world.remote_person("bob@b.example").await;

    world.done(world.local(bea), AskFollow { followed: garden }).await;
    world.done(world.local(bea), AskFollow { followed: ada.actor() }).await;
    assert_eq!(state(&world, bea.actor(), garden).await, Some(FollowState::Accepted));
    assert_eq!(world.events().await, [], "both live here: there is nobody to tell");

    let done = world.done(world.inbox_of(bob, REQUEST).await, ask(bob, garden)).await;
    assert_eq!(done, Some(FollowState::Accepted));
    let row = world.follow(bob, garden).await.unwrap();
    assert_eq!(row.ap_id, REQUEST);
    assert_eq!(world.events().await, [Event::follow_accepted(row.id)]);
    assert_eq!(world.read(move |conn| db::follows::count_followers(conn, garden)).await, 2);
}

async fn a_careful_collective_answers_first(world: World) {
    let (garden, ada) = careful(&world).await;
    let bob = world.remote_person("bob@b.example").await;
    let done = world.done(by(&world, bob).await, ask(bob, garden.actor())).await;
    assert_eq!(done, Some(FollowState::Pending));
    assert_eq!(world.events().await, []);
    let count = move |conn: &mut db::Conn| db::follows::count_followers(conn, garden.actor());
    assert_eq!(world.read(count).await, 0);
    let waiting = world.read(move |conn| db::follows::pending(conn, garden.actor(), 10)).await;
    assert_eq!(waiting.iter().map(|(_, who)| who.id).collect::<Vec<_>>(), [bob]);

    let follow = waiting[0].0.id;
    world.done(world.local(ada), AnswerFollow { follow, accept: true }).await;
    assert_eq!(state(&world, bob, garden.actor()).await, Some(FollowState::Accepted));
    assert_eq!(world.events().await, [Event::follow_accepted(follow)]);
    assert_eq!(world.audit().await.last(), Some(&format!("accept_follower {bob}")));
    assert_eq!(world.read(count).await, 1);
}

async fn a_request_is_turned_down(world: World) {
    let (garden, ada) = careful(&world).await;
    let bea = world.person("bea").await;
    let bob = world.remote_person("bob@b.example").await;
    world.done(by(&world, bob).await, ask(bob, garden.actor())).await;
    let follow = world.follow(bob, garden.actor()).await.unwrap().id;
    world.done(world.local(ada), AnswerFollow { follow, accept: false }).await;
    assert_eq!(state(&world, bob, garden.actor()).await, None);
    let rejected = Event::FollowRejected {
        follower: bob.uuid(),
        followed: garden.uuid(),
        ap_id: REQUEST.to_owned(),
    };
    assert_eq!(world.events().await, [rejected]);
    assert_eq!(world.audit().await.last(), Some(&format!("remove_follower {bob}")));
    let again = AnswerFollow { follow, accept: true };
    assert_eq!(world.refused(world.local(ada), again).await, Refusal::NoRequest);

    let here = world.done(world.local(bea), AskFollow { followed: garden.actor() }).await;
    world.done(world.local(ada), AnswerFollow { follow: here, accept: false }).await;
    assert_eq!(world.events().await, [], "both live here: there is nobody to tell");
}

async fn only_stewards_answer(world: World) {
    let (garden, ada) = careful(&world).await;
    let bob = world.remote_person("bob@b.example").await;
    world.done(by(&world, bob).await, ask(bob, garden.actor())).await;
    let follow = world.follow(bob, garden.actor()).await.unwrap().id;
    let bea = world.member(garden, "bea", domain::memberships::Role::Delegate).await;
    let eve = world.person("eve").await;
    for accept in [true, false] {
        let answer = AnswerFollow { follow, accept };
        let refusal = world.refused(world.local(bea), answer.clone()).await;
        assert_eq!(refusal, Refusal::StewardsOnly);
        let refusal = world.refused(world.local(eve), answer.clone()).await;
        assert_eq!(refusal, Refusal::NotAMember);
        assert_eq!(world.refused(by(&world, bob).await, answer).await, Refusal::NotTheirsToSay);
        let unknown: FollowId = ada.uuid().into();
        let answer = AnswerFollow { follow: unknown, accept };
        assert_eq!(world.refused(world.local(ada), answer).await, Refusal::NoRequest);
    }
}

async fn it_is_the_same_follow_whichever_door_it_came_through(world: World) {
    let ada = world.person("ada").await;
    let bea = world.person("bea").await.actor();
    let bob = world.remote_person("bob@b.example").await;
    let open = world.collective("garden", ada).await.actor();
    let careful = world.careful_collective("mill", ada).await.actor();
    for (followed, want) in [
        (open, FollowState::Accepted),
        (careful, FollowState::Pending),
        (ada.actor(), FollowState::Accepted),
    ] {
        world.done(world.local(bea.person()), AskFollow { followed }).await;
        world.done(by(&world, bob).await, ask(bob, followed)).await;
        let rest = world.follow(bea, followed).await.unwrap();
        let inbox = world.follow(bob, followed).await.unwrap();
        assert_eq!((rest.state, inbox.state), (want, want));
        assert_eq!(rest.created_at, inbox.created_at);
    }
}

async fn who_asks_again_is_told_again(world: World) {
    let (garden, ada) = careful(&world).await;
    let bob = world.remote_person("bob@b.example").await;
    world.done(by(&world, bob).await, ask(bob, garden.actor())).await;
    let first = world.follow(bob, garden.actor()).await.unwrap();
    let again = || RecordFollow {
        ap_id: "https://b.example/follows/2".to_owned(),
        ..ask(bob, garden.actor())
    };
    assert_eq!(world.done(by(&world, bob).await, again()).await, Some(FollowState::Pending));
    world.done(world.local(ada), AnswerFollow { follow: first.id, accept: true }).await;
    world.events().await;
    // Their server lost our answer: it is accepted already, and hears so under the new request.
    assert_eq!(world.done(by(&world, bob).await, again()).await, Some(FollowState::Accepted));
    assert_eq!(world.events().await, [Event::follow_accepted(first.id)]);
    let row = world.follow(bob, garden.actor()).await.unwrap();
    assert_eq!((row.id, row.ap_id.as_str()), (first.id, "https://b.example/follows/2"));
    assert_eq!(world.rows().await.count("follows"), 1);
}

async fn a_follow_of_elsewhere_waits_for_their_answer(world: World) {
    let ada = world.person("ada").await;
    let mill = world.remote_collective("mill@b.example").await;
    let follow = world.done(world.local(ada), AskFollow { followed: mill }).await;
    let row = world.follow(ada.actor(), mill).await.unwrap();
    assert_eq!((row.id, row.state), (follow, FollowState::Pending));
    assert_eq!(row.ap_id, format!("https://a.example/activities/{follow}"));
    assert_eq!(world.events().await, [Event::follow_asked(follow)]);
    // An answer that never came is asked for once more.
    assert_eq!(world.done(world.local(ada), AskFollow { followed: mill }).await, follow);
    assert_eq!(world.events().await, [Event::follow_asked(follow)]);

    let answer = |accept| RecordAnswer { follower: ada.actor(), followed: mill, accept };
    world.done(by(&world, mill).await, answer(true)).await;
    assert_eq!(state(&world, ada.actor(), mill).await, Some(FollowState::Accepted));
    assert_eq!(world.events().await, [Event::heard("follow_accepted", follow)]);
    assert_eq!(world.done(world.local(ada), AskFollow { followed: mill }).await, follow);
    assert_eq!(world.events().await, [], "it is followed already");
    world.done(by(&world, mill).await, answer(false)).await;
    assert_eq!(state(&world, ada.actor(), mill).await, None);
}

async fn only_who_was_asked_answers(world: World) {
    let ada = world.person("ada").await.actor();
    let mill = world.remote_collective("mill@b.example").await;
    let forge = world.remote_collective("forge@b.example").await;
    world.done(world.local(ada.person()), AskFollow { followed: mill }).await;
    for accept in [true, false] {
        let answer = RecordAnswer { follower: ada, followed: mill, accept };
        let refusal = world.refused(by(&world, forge).await, answer.clone()).await;
        assert_eq!(refusal, Refusal::NotTheirsToSay);
        assert_eq!(world.refused(Origin::server(), answer).await, Refusal::NotTheirsToSay);
        // Nobody asked the forge.
        let answer = RecordAnswer { follower: ada, followed: forge, accept };
        let refusal = world.refused(by(&world, forge).await, answer).await;
        assert_eq!(refusal, Refusal::NoRequest);
    }
}

async fn following_ends(world: World) {
    let ada = world.person("ada").await;
    let garden = world.collective("garden", ada).await.actor();
    let mill = world.remote_collective("mill@b.example").await;
    let bob = world.remote_person("bob@b.example").await;
    for followed in [garden, mill] {
        world.done(world.local(ada), AskFollow { followed }).await;
    }
    world.done(by(&world, bob).await, ask(bob, garden)).await;
    let asked = world.follow(ada.actor(), mill).await.unwrap().ap_id;
    world.events().await;
    for followed in [garden, mill, mill] {
        world.done(world.local(ada), Unfollow { followed }).await;
    }
    let (follower, followed) = (ada.uuid(), mill.uuid());
    assert_eq!(world.events().await, [Event::Unfollowed { follower, followed, ap_id: asked }]);
    for _ in 0..2 {
        let end = RecordUnfollow { follower: bob, followed: garden };
        world.done(by(&world, bob).await, end).await;
    }
    assert_eq!(world.events().await, []);
    assert_eq!(world.rows().await.count("follows"), 0);
}

async fn nobody_follows_for_another(world: World) {
    let ada = world.person("ada").await;
    let garden = world.collective("garden", ada).await.actor();
    let bob = world.remote_person("bob@b.example").await;
    let eve = world.remote_person("eve@b.example").await;
    let by_eve = by(&world, eve).await;
    assert_eq!(world.refused(by_eve.clone(), ask(bob, garden)).await, Refusal::NotTheirsToSay);
    world.done(by(&world, bob).await, ask(bob, garden)).await;
    let end = RecordUnfollow { follower: bob, followed: garden };
    assert_eq!(world.refused(by_eve.clone(), end).await, Refusal::NotTheirsToSay);
    let block = RecordBlock { ap_id: REQUEST.to_owned(), blocker: garden, blocked: bob };
    assert_eq!(world.refused(by_eve.clone(), block).await, Refusal::NotTheirsToSay);
    let unblock = RecordUnblock { blocker: garden, blocked: bob };
    assert_eq!(world.refused(by_eve.clone(), unblock).await, Refusal::NotTheirsToSay);
    let ours = AskFollow { followed: garden };
    assert_eq!(
        world.refused(world.inbox_of(eve, REQUEST).await, ours).await,
        Refusal::NotTheirsToSay
    );
    let ours = Unfollow { followed: garden };
    assert_eq!(world.refused(by_eve, ours).await, Refusal::NotTheirsToSay);
}

async fn not_everything_is_followed(world: World) {
    let ada = world.person("ada").await;
    let bob = world.remote_person("bob@b.example").await;
    let garden = world.collective("garden", ada).await;
    let row = world.read(move |conn| db::collectives::find(conn, garden)).await.unwrap();
    let host = world.read(|conn| db::actors::find_local(conn, "a.example")).await.unwrap();
    for followed in [row.voice_id, host.id] {
        let refusal = world.refused(world.local(ada), AskFollow { followed }).await;
        assert_eq!(refusal, Refusal::NotAllowed);
        assert_eq!(world.done(by(&world, bob).await, ask(bob, followed)).await, None);
        assert!(world.follow(bob, followed).await.is_none());
        let rejected = Event::FollowRejected {
            follower: bob.uuid(),
            followed: followed.uuid(),
            ap_id: REQUEST.to_owned(),
        };
        assert_eq!(world.events().await, [rejected], "nobody waits for ever");
    }
    let itself = AskFollow { followed: ada.actor() };
    assert_eq!(world.refused(world.local(ada), itself).await, Refusal::FollowsItself);
    let elsewhere = world.failed(by(&world, bob).await, ask(bob, bob)).await;
    assert!(matches!(elsewhere, OpError::NotFound("actor")), "{elsewhere:?}");
    let gone = ops::actors::RecordActorGone { actor: bob };
    world.done(by(&world, bob).await, gone).await;
    let missing = world.failed(world.local(ada), AskFollow { followed: bob }).await;
    assert!(matches!(missing, OpError::NotFound("actor")), "{missing:?}");
}

async fn a_block_ends_following_both_ways(world: World) {
    let ada = world.person("ada").await.actor();
    let bob = world.remote_person("bob@b.example").await;
    world.done(world.local(ada.person()), AskFollow { followed: bob }).await;
    world.done(by(&world, bob).await, ask(bob, ada)).await;
    assert_eq!(world.rows().await.count("follows"), 2);
    let block = |blocker, blocked| RecordBlock {
        ap_id: "https://b.example/blocks/1".to_owned(),
        blocker,
        blocked,
    };
    for _ in 0..2 {
        world.done(by(&world, bob).await, block(bob, ada)).await;
        assert_eq!(world.rows().await.count("follows"), 0);
    }

    let own = Origin { speaker: Speaker::Person(ada.person()), way: Way::Local };
    world.done(own.clone(), block(ada, bob)).await;
    assert_eq!(world.refused(by(&world, bob).await, ask(bob, ada)).await, Refusal::Blocked);
    world.done(own, RecordUnblock { blocker: ada, blocked: bob }).await;
    world.done(by(&world, bob).await, ask(bob, ada)).await;
}
