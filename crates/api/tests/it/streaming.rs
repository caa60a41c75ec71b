//! What happens is told as it happens, to those alone who may see it (API-04, API-06).

use std::{future::poll_fn, pin::Pin, sync::Arc, time::Duration};

use actix_web::body::{BoxBody, MessageBody as _};
use api::Limits;
use domain::{PersonId, listings::Purpose, memberships::Role};
use ops::{agreements::OfferAgreement, follows::AskFollow, moderation::SuspendActor};
use serde_json::Value;
use testkit::{World, content};
use tokio::time::timeout;

use crate::client::{Ask, get};

testkit::both_engines!(
    a_stream_tells_what_happens_and_goes_on_where_it_broke_off,
    nobody_is_told_what_they_may_not_see,
    a_topic_needs_its_scope_api_04,
    a_stream_ends_with_its_token_api_06,
    streams_are_counted_and_end_when_the_server_does,
);

/// An open stream: what it said so far that nobody took.
struct Listener {
    body: Pin<Box<BoxBody>>,
    text: String,
}

/// An event as it came.
#[derive(Debug)]
struct Told {
    id: String,
    name: String,
    data: Value,
}

async fn listen(ask: Ask, world: &World) -> Listener {
    let answer = ask.call(world).await;
    assert_eq!(answer.status().as_u16(), 200);
    let headers = answer.headers().clone();
    assert_eq!(headers.get("content-type").unwrap(), "text/event-stream");
    let mut listener = Listener { body: Box::pin(answer.into_body()), text: String::new() };
    let hello = listener.more(2_000).await.unwrap();
    assert!(hello.starts_with("retry: 3000\n:"), "{hello}");
    listener.text.clear();
    listener
}

fn topic(topic: &str) -> Ask {
    get(&format!("/streaming?topic={topic}"))
}

impl Listener {
    /// What comes within some milliseconds; nothing where the stream ended.
    async fn more(&mut self, millis: u64) -> Option<String> {
        let next = poll_fn(|context| self.body.as_mut().poll_next(context));
        match timeout(Duration::from_millis(millis), next).await {
            Ok(Some(bytes)) => {
                let text = String::from_utf8(bytes.unwrap().to_vec()).unwrap();
                self.text.push_str(&text);
                Some(text)
            }
            Ok(None) => None,
            Err(_) => Some(String::new()),
        }
    }

    /// The next event, within a few seconds.
    async fn event(&mut self) -> Told {
        for _ in 0..20 {
            if let Some((event, rest)) = self.text.split_once("\n\n") {
                let (event, rest) = (event.to_owned(), rest.to_owned());
                self.text = rest;
                let line = |name: &str| {
                    let mut lines = event.lines().filter_map(|line| line.strip_prefix(name));
                    lines.next().unwrap_or_default().to_owned()
                };
                let data = serde_json::from_str(&line("data: ")).unwrap_or_default();
                return Told { id: line("id: "), name: line("event: "), data };
            }
            self.more(500).await.expect("the stream ended");
        }
        panic!("nothing was told");
    }

    /// Nothing is told for longer than a stream waits.
    async fn is_silent(&mut self) {
        for _ in 0..3 {
            let text = self.more(500).await.expect("the stream ended");
            assert_eq!(text, "");
        }
        assert_eq!(self.text, "");
    }

    /// It ends within a little more than a second.
    async fn ends(mut self) {
        for _ in 0..4 {
            if self.more(500).await.is_none() {
                return;
            }
        }
        panic!("the stream goes on");
    }
}

async fn follow(world: &World, person: PersonId, garden: domain::CollectiveId) {
    world.done(world.local(person), AskFollow { followed: garden.actor() }).await;
}

async fn a_stream_tells_what_happens_and_goes_on_where_it_broke_off(world: World) {
    let ada = world.person("ada").await;
    let garden = world.collective("garden", ada).await;
    let mill = world.collective("mill", ada).await;
    let eve = world.person("eve").await;
    follow(&world, eve, garden).await;
    let token = world.token(eve, "read").await;
    world.need(garden, ada, "Before").await;
    let mut home = listen(topic("home").by(&token), &world).await;
    let mut public = listen(topic("public"), &world).await;
    let mut board = listen(topic("collective:garden"), &world).await;
    let need = world.need(garden, ada, "Chairs").await;
    let elsewhere = world.need(mill, ada, "Flour").await;
    let mut thread = listen(topic(&format!("thread:{need}")), &world).await;
    let first = home.event().await;
    assert_eq!((first.name.as_str(), &first.data["type"]), ("listing", &"listing".into()));
    assert_eq!(first.data["change"], "published");
    assert_eq!(first.data["id"], need.to_string());
    assert!(first.data["occurred_at"].as_str().unwrap().ends_with('Z'));
    home.is_silent().await;
    assert_eq!(public.event().await.data["id"], need.to_string());
    assert_eq!(public.event().await.data["id"], elsewhere.to_string());
    assert_eq!(board.event().await.data["id"], need.to_string());
    let reply = world.answer(need, ada, "Yes").await;
    for listener in [&mut board, &mut thread] {
        let told = listener.event().await;
        assert_eq!((told.name.as_str(), &told.data["change"]), ("reply", &"posted".into()));
        assert_eq!(told.data["id"], reply.to_string());
    }
    drop(home);
    let later = world.need(garden, ada, "Tables").await;
    for again in [
        topic("home").by(&token).header("Last-Event-ID", &first.id),
        get(&format!("/streaming?topic=home&since={}", first.id)).by(&token),
    ] {
        let mut again = listen(again, &world).await;
        // What was near the last one may come once more; the last one itself does not.
        let told = loop {
            let told = again.event().await;
            assert_ne!(told.id, first.id);
            if told.data["id"] == later.to_string() {
                break told;
            }
        };
        assert!(first.id < told.id);
        again.is_silent().await;
    }
    for wrong in ["1", "", "'; drop table events", "x"] {
        let ask = topic("public").header("Last-Event-ID", wrong);
        ask.send(&world).await.problem(422, "invalid").field("since");
    }
    for wrong in ["", "topic=", "topic=all", "topic=user:ada", "topic=homes", "topic=home:x"] {
        let ask = get(&format!("/streaming?{wrong}")).by(&token);
        ask.send(&world).await.problem(422, "invalid").field("topic");
    }
    for absent in ["collective:nobody", "thread:1", "thread:01890000-0000-7000-8000-000000000000"] {
        topic(absent).by(&token).send(&world).await.problem(404, "not_found");
    }
}

async fn nobody_is_told_what_they_may_not_see(world: World) {
    let ada = world.person("ada").await;
    let garden = world.collective("garden", ada).await;
    let eve = world.person("eve").await;
    let (steward, stranger) = (world.token(ada, "read").await, world.token(eve, "read").await);
    let blind = world.token(ada, "listings:read replies:read").await;
    let mut inside = listen(topic("collective:garden").by(&steward), &world).await;
    let mut narrow = listen(topic("collective:garden").by(&blind), &world).await;
    let mut outside = listen(topic("collective:garden").by(&stranger), &world).await;
    let mut anybody = listen(topic("public"), &world).await;
    let draft = world.draft(garden, ada, content(Purpose::Need, "Secret")).await;
    let path = format!("thread:{draft}");
    topic(&path).by(&stranger).send(&world).await.problem(404, "not_found");
    let need = world.need(garden, ada, "Chairs").await;
    let bea = world.person("bea").await;
    let offer = OfferAgreement { listing: need, quantity: None, text: String::new() };
    let agreement = world.done(world.local(bea), offer).await;
    for listener in [&mut inside, &mut narrow, &mut outside, &mut anybody] {
        assert_eq!(listener.event().await.data["id"], need.to_string());
    }
    let told = inside.event().await;
    assert_eq!((told.name.as_str(), &told.data["change"]), ("agreement", &"offered".into()));
    assert_eq!(told.data["id"], agreement.to_string());
    for mut listener in [narrow, outside, anybody] {
        listener.is_silent().await;
    }
}

async fn a_topic_needs_its_scope_api_04(world: World) {
    let ada = world.person("ada").await;
    let garden = world.collective("garden", ada).await;
    let need = world.need(garden, ada, "Chairs").await;
    let narrow = world.token(ada, "accounts:read").await;
    let writes = world.token(ada, "write").await;
    for (name, anonymous) in [
        ("home".to_owned(), 401),
        ("notifications".to_owned(), 401),
        ("public".to_owned(), 200),
        ("collective:garden".to_owned(), 200),
        (format!("thread:{need}"), 200),
    ] {
        for token in [&narrow, &writes] {
            topic(&name).by(token).send(&world).await.problem(403, "missing_scope");
        }
        topic(&name).by("unknown").send(&world).await.problem(401, "invalid_token");
        assert_eq!(topic(&name).call(&world).await.status().as_u16(), anonymous, "{name}");
    }
    let listings = world.token(ada, "listings:read").await;
    let half = topic("collective:garden").by(&listings).send(&world).await;
    half.problem(403, "missing_scope");
    let told = world.token(ada, "notifications:read").await;
    listen(topic("notifications").by(&told), &world).await.is_silent().await;
}

async fn a_stream_ends_with_its_token_api_06(world: World) {
    let ada = world.person("ada").await;
    let garden = world.collective("garden", ada).await;
    let bea = world.member(garden, "bea", Role::Steward).await;
    let token = world.token(bea, "read").await;
    let stream = listen(topic("home").by(&token), &world).await;
    let board = listen(topic("collective:garden").by(&token), &world).await;
    let mut anybody = listen(topic("public"), &world).await;
    let admin = world.admin("rosa").await;
    let suspend = SuspendActor { actor: bea.actor(), reason: String::new() };
    world.done(world.local(admin), suspend).await;
    stream.ends().await;
    board.ends().await;
    anybody.is_silent().await;
}

async fn streams_are_counted_and_end_when_the_server_does(world: World) {
    let ada = world.person("ada").await;
    let token = world.token(ada, "read").await;
    let limits = Arc::new(Limits::default());
    let mut open = Vec::new();
    for _ in 0..10 {
        open.push(listen(topic("home").by(&token).under(&limits), &world).await);
    }
    let over = topic("home").by(&token).under(&limits).send(&world).await;
    over.problem(429, "too_many_requests");
    let mut anonymous = listen(topic("public").under(&limits), &world).await;
    open.pop();
    open.push(listen(topic("home").by(&token).under(&limits), &world).await);
    anonymous.is_silent().await;
    limits.close();
    for stream in open {
        stream.ends().await;
    }
    anonymous.ends().await;
    let late = topic("public").under(&limits).send(&world).await;
    late.problem(429, "too_many_requests");
}
