//! What calls a collective from servers that are limited, or that nobody knows.

use db::mentions::{Held, Part, held, page};
use domain::{
    ActorId, CollectiveId, Origin, PersonId, Refusal, ReplyId, Time,
    domains::{Domain, Severity, State},
    mentions::MentionState,
    replies::Visibility,
};
use ops::{
    Event,
    domains::RemoveDomainRule,
    follows::AskFollow,
    mentions::{SettleHeld, SuspendHeld},
    posts::RecordPost,
    replies::RecordReply,
};
use testkit::World;

use super::rule;

testkit::both_engines!(
    a_limited_server_calls_nobody_and_is_read_apart,
    a_wave_of_new_servers_is_one_thing_to_decide,
    a_wave_is_turned_away_by_admins_at_once,
    known_servers_are_never_kept_apart,
);

const HOSTS: usize = 40;
const EACH: usize = 10;

struct Scene {
    world: World,
    ada: PersonId,
    garden: CollectiveId,
}

async fn scene(world: World) -> Scene {
    let ada = world.person("ada").await;
    let garden = world.collective("garden", ada).await;
    Scene { world, ada, garden }
}

impl Scene {
    async fn call(&self, author: ActorId, host: &str, number: usize) -> ReplyId {
        let reply = RecordReply {
            ap_id: format!("https://{host}/notes/{number}"),
            author,
            in_reply_to: None,
            visibility: Visibility::Public,
            html: "<p>Look at this</p>".to_owned(),
            summary: None,
            sensitive: false,
            language: None,
            url: None,
            published_at: None,
            updated_at: None,
            mentions_us: true,
        };
        let called = vec![self.garden];
        let post = RecordPost {
            reply,
            title: None,
            group: None,
            called,
            people: Vec::new(),
            again: false,
        };
        self.world.done(self.world.fetched_from(author).await, post).await
    }

    /// Each of many new servers calls ten times.
    async fn wave(&self) {
        for host in 0..HOSTS {
            let host = format!("spam{host}.example");
            let author = self.world.remote_person(&format!("eve@{host}")).await;
            for number in 0..EACH {
                self.call(author, &host, number).await;
            }
        }
    }

    async fn seen(&self, part: Part) -> Vec<ReplyId> {
        let (garden, new) = (self.garden, MentionState::New);
        let rows = self.world.read(move |conn| page(conn, garden, (new, part), None, 1_000)).await;
        rows.into_iter().map(|(row, _)| row.id).collect()
    }

    async fn held(&self) -> Held {
        let garden = self.garden;
        self.world.read(move |conn| held(conn, garden, 3)).await
    }

    async fn times_told(&self) -> usize {
        let events = self.world.events().await;
        let is_call = |it: &&Event| matches!(it, Event::Heard { what, .. } if what == "mention");
        events.iter().filter(is_call).count()
    }

    fn settle(&self, until: Time, accepted: bool) -> SettleHeld {
        SettleHeld { collective: self.garden, until, accepted }
    }
}

async fn a_limited_server_calls_nobody_and_is_read_apart(world: World) {
    let it = scene(world).await;
    let bob = it.world.remote_person("bob@b.example").await;
    it.world.done(Origin::server(), rule("b.example", Severity::Limit)).await;
    it.world.events().await;
    let post = it.call(bob, "b.example", 1).await;
    assert_eq!(it.times_told().await, 0, "MOD-07: no steward is called");
    assert_eq!(it.seen(Part::Ordinary).await, [], "MOD-07");
    assert_eq!(it.seen(Part::Limited).await, [post], "MOD-07: stewards find it apart");
    it.world.done(Origin::server(), rule("b.example", Severity::Suspend)).await;
    assert_eq!(it.seen(Part::Whole).await, [], "nothing of theirs is shown");
    let domain = Domain::parse("b.example").unwrap();
    it.world.done(Origin::server(), RemoveDomainRule { domain }).await;
    assert_eq!(it.seen(Part::Ordinary).await, [post], "nothing was rewritten");
}

async fn a_wave_of_new_servers_is_one_thing_to_decide(world: World) {
    let it = scene(world).await;
    it.world.events().await;
    it.wave().await;
    assert_eq!(it.seen(Part::Whole).await.len(), 5, "MOD-08");
    assert_eq!(it.times_told().await, 5, "MOD-08: stewards are called for those alone");
    let wave = it.held().await;
    let many = i64::try_from(HOSTS * EACH - 5).unwrap();
    assert_eq!((wave.mentions, wave.hosts), (many, 40), "MOD-08: one line for all of it");
    assert_eq!(wave.loudest.len(), 3);
    assert!(wave.loudest.iter().all(|(_, number)| *number == 10), "{:?}", wave.loudest);
    let mia = it.world.person("mia").await;
    let refusal = it.world.refused(it.world.local(mia), it.settle(wave.until, false)).await;
    assert_eq!(refusal, Refusal::NotAMember);

    it.world.clock.advance(1);
    let late = it.world.remote_person("late@late.example").await;
    let last = it.call(late, "late.example", 1).await;
    let done = it.world.done(it.world.local(it.ada), it.settle(wave.until, false)).await;
    assert_eq!(i64::try_from(done).unwrap(), many, "MOD-08");
    let rest = it.held().await;
    assert_eq!(rest.loudest, [("late.example".to_owned(), 1)], "what nobody has seen stays");
    it.world.done(it.world.local(it.ada), it.settle(rest.until, true)).await;
    assert_eq!(it.held().await, Held::default());
    assert_eq!(it.seen(Part::Ordinary).await.first(), Some(&last), "it was let in");

    it.world.clock.advance(3_600);
    let next = it.call(late, "late.example", 2).await;
    assert_eq!(it.seen(Part::Ordinary).await.first(), Some(&next), "MOD-08: an hour later");
}

async fn a_wave_is_turned_away_by_admins_at_once(world: World) {
    let it = scene(world).await;
    let rosa = it.world.admin("rosa").await;
    it.world.done(Origin::server(), rule("spam39.example", Severity::Noop)).await;
    it.wave().await;
    let until = it.held().await.until;
    let suspend = SuspendHeld { collective: it.garden, until };
    let refusal = it.world.refused(it.world.local(it.ada), suspend.clone()).await;
    assert_eq!(refusal, Refusal::NotAllowed, "stewards do not rule about servers");
    let done = it.world.done(it.world.local(rosa), suspend).await;
    assert_eq!(done, HOSTS - 1, "MOD-08: who has a rule keeps it");
    for (host, want) in [("spam0.example", State::Suspended), ("spam39.example", State::Open)] {
        let row = it.world.read(move |conn| db::instances::find(conn, host)).await.unwrap();
        assert_eq!(row.state, want, "{host}");
    }
    assert_eq!(it.seen(Part::Whole).await, [], "what had come through is hidden too");
    let wave = it.held().await;
    assert_eq!((wave.mentions, wave.hosts), (10, 1), "MOD-08");
    let domain = Domain::parse("spam1.example").unwrap();
    it.world.done(Origin::server(), RemoveDomainRule { domain }).await;
    assert_eq!(it.held().await.mentions, 20, "nothing was deleted");
}

async fn known_servers_are_never_kept_apart(world: World) {
    let it = scene(world).await;
    let old = it.world.remote_person("old@old.example").await;
    it.world.clock.advance(86_400);
    let friend = it.world.remote_person("friend@friends.example").await;
    let bob = it.world.remote_person("bob@friends.example").await;
    it.world.done(it.world.local(it.ada), AskFollow { followed: friend }).await;
    let listed = it.world.remote_person("lea@listed.example").await;
    it.world.done(Origin::server(), rule("listed.example", Severity::Allow)).await;
    for number in 0..6 {
        it.call(old, "old.example", number).await;
        it.call(bob, "friends.example", number).await;
        it.call(listed, "listed.example", number).await;
    }
    assert_eq!(it.seen(Part::Ordinary).await.len(), 18, "MOD-08");
    assert_eq!(it.held().await, Held::default());
}
