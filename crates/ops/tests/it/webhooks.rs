//! Collectives are told by letters what happens on their boards.

use std::sync::Mutex;

use async_trait::async_trait;
use db::webhooks::{LetterRow, WebhookRow};
use domain::{
    CollectiveId, PersonId, Refusal, WebhookId,
    listings::Purpose,
    memberships::Role,
    webhooks::{GIVEN_UP, WebhookEvent},
};
use ops::{
    OpError,
    webhooks::{AddWebhook, Courier, EditWebhook, Envelope, RemoveWebhook, TestWebhook, deliver},
};
use serde_json::Value;
use testkit::{World, content};

testkit::both_engines!(
    what_happens_on_a_board_is_told_once_and_signed,
    a_letter_is_tried_eight_times_and_the_log_says_why,
    a_webhook_that_nothing_reaches_is_turned_off,
    stewards_alone_have_webhooks,
    no_letter_is_left_where_nothing_happened,
);

/// Answers always the same, and keeps what it was given.
struct Desk(Result<u16, String>, Mutex<Vec<Envelope>>);

#[async_trait]
impl Courier for Desk {
    async fn carry(&self, envelope: Envelope) -> Result<u16, String> {
        self.1.lock().unwrap().push(envelope);
        self.0.clone()
    }
}

impl Desk {
    fn saying(answer: Result<u16, &str>) -> Self {
        Self(answer.map_err(str::to_owned), Mutex::default())
    }

    fn taken(&self) -> Vec<Envelope> {
        std::mem::take(&mut self.1.lock().unwrap())
    }
}

async fn hook(
    world: &World,
    garden: CollectiveId,
    ada: PersonId,
    events: &[WebhookEvent],
) -> (WebhookId, String) {
    let url = "https://garden.example/hook?x=1".parse().unwrap();
    let add = AddWebhook { collective: garden, url, events: events.to_vec() };
    world.done(world.local(ada), add).await
}

async fn letters(world: &World, hook: WebhookId) -> Vec<LetterRow> {
    world.read(move |conn| db::webhooks::letters(conn, hook, None, 100)).await
}

async fn row(world: &World, hook: WebhookId) -> WebhookRow {
    world.read(move |conn| db::webhooks::find(conn, hook)).await.unwrap()
}

async fn what_happens_on_a_board_is_told_once_and_signed(world: World) {
    let ada = world.person("ada").await;
    let (garden, mill) =
        (world.collective("garden", ada).await, world.collective("mill", ada).await);
    let wanted = [WebhookEvent::ListingPublished, WebhookEvent::ReplyPosted];
    let (id, secret) = hook(&world, garden, ada, &wanted).await;
    assert!(secret.starts_with("whsec_") && secret.len() == 50, "{secret}");
    world.draft(garden, ada, content(Purpose::Need, "Secret")).await;
    world.need(mill, ada, "Flour").await;
    let need = world.need(garden, ada, "Chairs").await;
    let reply = world.answer(need, ada, "Yes").await;
    let desk = Desk::saying(Ok(204));
    assert_eq!(deliver(&world.queues, &desk, 10).await.unwrap(), 2);
    assert_eq!(deliver(&world.queues, &desk, 10).await.unwrap(), 0);
    let mut taken = desk.taken();
    taken.sort_by_key(|envelope| envelope.headers[1].1.clone());
    let bodies: Vec<Value> =
        taken.iter().map(|envelope| serde_json::from_str(&envelope.body).unwrap()).collect();
    assert_eq!(bodies[0]["event"], "listing.published");
    assert_eq!(bodies[0]["data"]["id"], need.to_string());
    assert_eq!(bodies[0]["data"]["collective"], garden.to_string());
    assert_eq!(bodies[0]["occurred_at"], "2026-03-01T10:00:00Z");
    assert_eq!(
        (&bodies[1]["event"], &bodies[1]["data"]["type"]),
        (&"reply.posted".into(), &"reply".into())
    );
    assert_eq!(bodies[1]["data"]["id"], reply.to_string());
    for (envelope, body) in taken.iter().zip(&bodies) {
        assert_eq!(envelope.url.as_str(), "https://garden.example/hook?x=1");
        let header = |name| envelope.headers.iter().find(|it| it.0 == name).unwrap().1.clone();
        assert_eq!(header("content-type"), "application/json");
        assert_eq!(header("webhook-id"), body["id"].as_str().unwrap());
        assert_eq!(header("webhook-timestamp"), world.now().seconds().to_string());
        assert!(
            header("webhook-signature").starts_with("v1,")
                && header("webhook-signature").len() == 47
        );
        assert!(!envelope.body.contains("Chairs") && !envelope.body.contains(&secret));
    }
    for letter in letters(&world, id).await {
        assert_eq!((letter.status, letter.attempts, letter.due_at), (Some(204), 1, None));
        assert!(letter.done_at.is_some() && letter.error.is_none());
    }
}

async fn a_letter_is_tried_eight_times_and_the_log_says_why(world: World) {
    let ada = world.person("ada").await;
    let garden = world.collective("garden", ada).await;
    let (id, _) = hook(&world, garden, ada, &[WebhookEvent::ListingPublished]).await;
    world.need(garden, ada, "Chairs").await;
    let (away, broken) = (Desk::saying(Err("nobody listens")), Desk::saying(Ok(500)));
    let mut ids = Vec::new();
    let began = world.now();
    for attempt in 1..=8 {
        let desk = if attempt % 2 == 1 { &away } else { &broken };
        assert_eq!(deliver(&world.queues, desk, 10).await.unwrap(), 1, "{attempt}");
        ids.extend(desk.taken().into_iter().map(|envelope| envelope.headers[1].1.clone()));
        let letter = letters(&world, id).await.remove(0);
        assert_eq!(letter.attempts, attempt);
        let says = if attempt % 2 == 1 { "nobody listens" } else { "the answer was 500" };
        assert_eq!(letter.error.as_deref(), Some(says));
        let Some(due) = letter.due_at else { break };
        world.clock.set(due.plus_seconds(-1));
        assert_eq!(deliver(&world.queues, desk, 10).await.unwrap(), 0);
        world.clock.set(due);
    }
    assert!(ids.len() == 8 && ids.iter().all(|id| *id == ids[0]), "a letter keeps its name");
    assert!(world.now() < began.plus_days(1));
    world.clock.advance(86_400 * 7);
    assert_eq!(deliver(&world.queues, &away, 10).await.unwrap(), 0);
    let webhook = row(&world, id).await;
    assert_eq!((webhook.failures, webhook.enabled), (1, true));
}

async fn a_webhook_that_nothing_reaches_is_turned_off(world: World) {
    let ada = world.person("ada").await;
    let garden = world.collective("garden", ada).await;
    let (id, _) = hook(&world, garden, ada, &[WebhookEvent::ListingPublished]).await;
    let gone = Desk::saying(Ok(410));
    for letter in 1..=GIVEN_UP {
        world.need(garden, ada, "Chairs").await;
        for _ in 0..8 {
            deliver(&world.queues, &gone, 10).await.unwrap();
            world.clock.advance(86_400);
        }
        assert_eq!(row(&world, id).await.failures, letter);
    }
    assert!(!row(&world, id).await.enabled);
    assert!(world.audit().await.iter().any(|line| line.starts_with("turn_off_webhook")));
    world.need(garden, ada, "Tables").await;
    assert_eq!(letters(&world, id).await.len(), 20, "nothing is left for it any more");
    let test = TestWebhook { collective: garden, webhook: id };
    assert_eq!(world.refused(world.local(ada), test.clone()).await, Refusal::WebhookIsOff);
    let on = EditWebhook {
        collective: garden,
        webhook: id,
        url: None,
        events: None,
        enabled: Some(true),
    };
    world.done(world.local(ada), on).await;
    assert_eq!(row(&world, id).await.failures, 0);
    let letter = world.done(world.local(ada), test).await;
    let fine = Desk::saying(Ok(200));
    assert_eq!(deliver(&world.queues, &fine, 10).await.unwrap(), 1);
    assert_eq!(fine.taken()[0].headers[1].1, letter.to_string());
}

async fn stewards_alone_have_webhooks(world: World) {
    let ada = world.person("ada").await;
    let garden = world.collective("garden", ada).await;
    let mill = world.collective("mill", ada).await;
    let bea = world.member(garden, "bea", Role::Delegate).await;
    let (id, _) = hook(&world, garden, ada, &[WebhookEvent::ReplyPosted]).await;
    let add = AddWebhook {
        collective: garden,
        url: "https://bea.example/".parse().unwrap(),
        events: vec![WebhookEvent::ReplyPosted],
    };
    assert_eq!(world.refused(world.local(bea), add.clone()).await, Refusal::StewardsOnly);
    let remove = RemoveWebhook { collective: garden, webhook: id };
    assert_eq!(world.refused(world.local(bea), remove.clone()).await, Refusal::StewardsOnly);
    // One of another collective is not there, even for a steward of both.
    let stray = RemoveWebhook { collective: mill, webhook: id };
    let failure = world.failed(world.local(ada), stray).await;
    assert!(matches!(failure, OpError::NotFound("webhook")), "{failure:?}");
    for _ in 1..10 {
        world.done(world.local(ada), add.clone()).await;
    }
    assert_eq!(world.refused(world.local(ada), add).await, Refusal::TooManyWebhooks);
    world.done(world.local(ada), TestWebhook { collective: garden, webhook: id }).await;
    world.done(world.local(ada), remove).await;
    assert_eq!(world.rows().await.count("webhook_letters"), 0);
    assert_eq!(world.rows().await.count("webhooks"), 9);
}

async fn no_letter_is_left_where_nothing_happened(world: World) {
    let ada = world.person("ada").await;
    let garden = world.collective("garden", ada).await;
    hook(&world, garden, ada, WebhookEvent::ALL).await;
    let eve = world.person("eve").await;
    let offer =
        |listing| ops::agreements::OfferAgreement { listing, quantity: None, text: String::new() };
    let need = world.need(garden, ada, "Chairs").await;
    world.done(world.local(eve), offer(need)).await;
    assert_eq!(world.rows().await.count("webhook_letters"), 2);
    world.failed(world.local(eve), offer(need)).await;
    assert_eq!(world.rows().await.count("webhook_letters"), 2);
}
