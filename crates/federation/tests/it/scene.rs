//! Our server with its federation, another server, and the people on both.

use std::{rc::Rc, sync::Arc};

use activitypub_federation::config::FederationConfig;
use actix_web::{
    App,
    body::BoxBody,
    dev::ServiceResponse,
    http::{Method, StatusCode, header::HeaderMap},
    middleware::from_fn,
    test::{self, TestRequest},
    web,
};
use db::inbox::OutcomeRow;
use domain::{
    ActorId, CollectiveId, Origin, PersonId,
    domains::{Domain, Rule, Severity},
};
use federation::{
    About, Federation, Parts, deliveries,
    fetch::{FetchRules, Fetcher},
    inbox, outbox, routes,
    signature::{SigningKey, sign},
    workers,
};
use futures::future::LocalBoxFuture;
use ops::{
    Op, Operation, Queues,
    domains::{RemoveDomainRule, SetDomainRule},
    instances::RecordSoftware,
};
use serde_json::Value;
use testkit::{Rows, World};
use tokio::sync::{OnceCell, watch};

use crate::{
    letter::{Letter, system},
    net::Net,
    peer::{ACTIVITY, Peer, Somebody},
};

/// `https://a.example/` with Ada and her garden, and `http://b.example/` with Bob, Mallory and a mill.
pub(crate) struct Scene {
    pub(crate) fed: Federation,
    pub(crate) net: Net,
    pub(crate) ada: PersonId,
    pub(crate) garden: CollectiveId,
    pub(crate) b: Peer,
    pub(crate) bob: Somebody,
    pub(crate) mallory: Somebody,
    pub(crate) mill: Somebody,
    /// Made once, for that takes a while.
    config: OnceCell<FederationConfig<Federation>>,
    /// The same.
    app: OnceCell<Rc<Ask>>,
    pub(crate) world: World,
}

/// Asks an application.
type Ask = dyn Fn(TestRequest) -> LocalBoxFuture<'static, ServiceResponse<BoxBody>>;

/// What came back.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) text: String,
    pub(crate) json: Value,
}

/// The tables in which a refused activity may leave a trace: the books of messages, and the hosts met.
const BOOKS: [&str; 3] = ["seen_activities", "inbound_activities", "instances"];

/// A federation on a world's database, as a process has it after its start.
fn federation(world: &World, net: &Net, change: impl FnOnce(&mut FetchRules)) -> Federation {
    Federation::new(parts(world, net, change))
}

fn parts(world: &World, net: &Net, change: impl FnOnce(&mut FetchRules)) -> Parts {
    let mut rules = FetchRules {
        development: true,
        own_authority: Some("a.example".to_owned()),
        ..FetchRules::new("Tequio/0 (+https://a.example/)")
    };
    change(&mut rules);
    let development = rules.development;
    Parts {
        door: world.door.clone(),
        queues: Queues::new(world.door.clone()),
        reader: world.reader.clone(),
        keys: world.keys.clone(),
        fetcher: Fetcher::with_resolver(rules, Arc::new(net.clone())),
        about: About {
            name: "Commons".to_owned(),
            description: "Ours".to_owned(),
            version: "0.1.0".to_owned(),
        },
        authorized_fetch: false,
        development,
        give_up_after_days: 3,
    }
}

impl Scene {
    pub(crate) async fn new(world: World) -> Self {
        let net = Net::default();
        let fed = federation(&world, &net, |_| {});
        let ada = world.person("ada").await;
        let garden = world.collective("garden", ada).await;
        let b = Peer::named(&net, "b.example").await;
        let (bob, mallory, mill) = (b.person("bob", 2), b.person("mallory", 3), b.group("mill", 4));
        let (config, app) = (OnceCell::new(), OnceCell::new());
        Self { fed, net, ada, garden, b, bob, mallory, mill, config, app, world }
    }

    /// The same server with another federation: after a start, or with other rules.
    pub(crate) fn restarted(self, change: impl FnOnce(&mut FetchRules)) -> Self {
        let fed = federation(&self.world, &self.net, change);
        Self { fed, config: OnceCell::new(), app: OnceCell::new(), ..self }
    }

    /// The same server, shown to those alone who sign what they ask.
    pub(crate) fn shy(self) -> Self {
        let parts = parts(&self.world, &self.net, |_| {});
        let fed = Federation::new(Parts { authorized_fetch: true, ..parts });
        Self { fed, app: OnceCell::new(), config: OnceCell::new(), ..self }
    }

    /// Asks this server for something with a signed request.
    pub(crate) async fn ask_as(&self, by: &Somebody, signed: &str, path: &str) -> Answer {
        let key = SigningKey::from_pem(by.key_id.parse().unwrap(), &by.pair.private_pem).unwrap();
        let url = format!("https://a.example{signed}").parse().unwrap();
        let now = system(self.world.now());
        let headers = sign(&key, "GET", &url, now, None, None).unwrap();
        let mut request = TestRequest::with_uri(path).insert_header(("accept", ACTIVITY));
        for (name, value) in headers {
            request = request.append_header((name, value));
        }
        self.call(request).await
    }

    /// A letter signed now.
    pub(crate) fn letter(&self, by: &Somebody, activity: &Value) -> Letter {
        Letter::new(by, activity, self.world.now())
    }

    /// Sends a letter to this server.
    pub(crate) async fn send(&self, letter: Letter) -> Answer {
        let mut request =
            TestRequest::with_uri(&letter.path).method(Method::POST).set_payload(letter.body);
        for (name, value) in letter.headers {
            request = match name.as_str() {
                // The request has one of its own already.
                "content-length" => request.insert_header((name, value)),
                _ => request.append_header((name, value)),
            };
        }
        self.call(request).await
    }

    /// Asks this server for something, as a peer does.
    pub(crate) async fn get(&self, path: &str) -> Answer {
        self.ask(path, Some(ACTIVITY)).await
    }

    /// Asks for something and names what is acceptable.
    pub(crate) async fn ask(&self, path: &str, accept: Option<&str>) -> Answer {
        let mut request = TestRequest::with_uri(path).insert_header(("host", "a.example"));
        if let Some(accept) = accept {
            request = request.insert_header(("accept", accept));
        }
        self.call(request).await
    }

    /// Asks for a document with this `User-Agent`.
    pub(crate) async fn ask_from(&self, path: &str, agent: &str) -> Answer {
        self.ask_with(path, &[("accept", ACTIVITY), ("user-agent", agent)]).await
    }

    /// Asks for something with these headers.
    pub(crate) async fn ask_with(&self, path: &str, headers: &[(&str, &str)]) -> Answer {
        let request = TestRequest::with_uri(path).insert_header(("host", "a.example"));
        let add = |request: TestRequest, header: &(&str, &str)| request.insert_header(*header);
        self.call(headers.iter().fold(request, add)).await
    }

    /// Asks for one address with the signature for another.
    pub(crate) async fn ask_signed(&self, by: &Somebody, signed: &str, path: &str) -> Answer {
        let mut request = TestRequest::with_uri(path).insert_header(("accept", ACTIVITY));
        for (name, value) in Letter::asking(by, signed, self.world.now()) {
            request = request.insert_header((name, value));
        }
        self.call(request).await
    }

    async fn call(&self, request: TestRequest) -> Answer {
        let app = self.app.get_or_init(async || {
            let app = App::new()
                .wrap(from_fn(federation::authorized_fetch))
                .app_data(web::Data::new(self.fed.clone()))
                .configure(routes);
            let app = Rc::new(test::init_service(app).await);
            let ask = move |request: TestRequest| -> LocalBoxFuture<'static, _> {
                let app = Rc::clone(&app);
                Box::pin(async move {
                    test::call_service(&*app, request.to_request()).await.map_into_boxed_body()
                })
            };
            Rc::new(ask) as Rc<Ask>
        });
        let answer = (app.await)(request).await;
        let (status, headers) = (answer.status(), answer.headers().clone());
        let text = String::from_utf8(test::read_body(answer).await.to_vec()).unwrap();
        assert_ne!(status, 500, "{text}");
        if status == 503 {
            assert!(headers.contains_key("retry-after"), "a 503 says when to try again");
        }
        Answer { status, headers, json: serde_json::from_str(&text).unwrap_or_default(), text }
    }

    /// Sends an activity, which is taken, and lets everything happen that follows from it.
    pub(crate) async fn deliver(&self, by: &Somebody, activity: &Value) {
        self.send(self.letter(by, activity)).await.is(202);
        self.settle().await;
    }

    /// The same, and tells how it ended.
    pub(crate) async fn outcome(&self, by: &Somebody, activity: &Value) -> (String, String) {
        self.deliver(by, activity).await;
        let last = self.outcomes().await.into_iter().next().unwrap();
        (last.outcome.unwrap_or_default(), last.reason.unwrap_or_default())
    }

    /// How what was received ended, newest first.
    pub(crate) async fn outcomes(&self) -> Vec<OutcomeRow> {
        self.world.read(|conn| db::inbox::outcomes(conn, 10_000)).await
    }

    /// Works through everything that is due: what was received, what happened, what is to be sent.
    pub(crate) async fn settle(&self) {
        while self.receive().await | self.tell().await | self.transmit().await {}
    }

    /// Works through what was received; was there anything?
    pub(crate) async fn receive(&self) -> bool {
        let queues = self.fed.queues();
        let hosts = queues.take_inbound_hosts(100).await.unwrap();
        for host in &hosts {
            let config = self.config.get_or_init(async || self.fed.config().await.unwrap()).await;
            loop {
                let batch = queues.next_inbound(host, 20).await.unwrap();
                if batch.is_empty() {
                    break;
                }
                for row in batch {
                    inbox::process(&config.to_request_data(), row).await.unwrap();
                }
            }
            queues.release_inbound(host).await.unwrap();
        }
        !hosts.is_empty()
    }

    /// Turns what happened into what is to be sent; was there anything?
    pub(crate) async fn tell(&self) -> bool {
        let now = self.world.now();
        let events = self.world.read(move |conn| db::events::due(conn, now, 1_000)).await;
        for event in &events {
            outbox::tell(&self.fed, event).await.unwrap();
        }
        !events.is_empty()
    }

    /// Sends what is to be sent; was there anything?
    pub(crate) async fn transmit(&self) -> bool {
        let hosts = self.fed.queues().take_delivery_hosts(100).await.unwrap();
        for host in &hosts {
            deliveries::send_to(&self.fed, host).await.unwrap();
        }
        !hosts.is_empty()
    }

    /// Does the jobs that are due, ten at most.
    pub(crate) async fn work(&self) {
        let (_stop, stopping) = watch::channel(true);
        workers::work(self.fed.clone(), stopping).await;
    }

    /// A server that says it is Lemmy.
    pub(crate) async fn lemmy(&self, name: &str) -> Peer {
        let peer = Peer::named(&self.net, name).await;
        self.speaks(name, "lemmy").await;
        peer
    }

    /// What this server knows an actor of elsewhere as; it is met by looking it up.
    pub(crate) async fn meet(&self, somebody: &Somebody) -> ActorId {
        match ops::Lookup::find(&self.fed, &somebody.id).await {
            Ok(ops::lookup::Found::Actor(id)) => id,
            other => panic!("{}: {other:?}", somebody.id),
        }
    }

    /// All three actors of the other server are met, and nothing is left of that.
    pub(crate) async fn meet_all(&self) {
        for somebody in [&self.bob, &self.mallory, &self.mill] {
            self.meet(somebody).await;
        }
        self.b.asked();
    }

    /// The address of our collective.
    pub(crate) fn group(&self) -> String {
        self.world.site.at("c/garden")
    }

    /// The public key of one of our actors.
    pub(crate) async fn key_of(&self, actor: ActorId) -> String {
        let key = self.world.read(move |conn| db::keys::public(conn, actor)).await;
        key.expect("an actor of ours has a key").1
    }

    /// Lets a server say what software it is.
    pub(crate) async fn speaks(&self, host: &str, software: &str) {
        let (host, software) = (host.to_owned(), Some(software.to_owned()));
        self.world.done(Origin::server(), RecordSoftware { host, software, version: None }).await;
    }

    /// Suspends a server, or takes that back.
    pub(crate) async fn suspend(&self, host: &str, suspended: bool) {
        let domain = Domain::parse(host).unwrap();
        if suspended {
            let rule = Rule::of(Severity::Suspend);
            self.world.done(Origin::server(), SetDomainRule { domain, rule }).await;
        } else {
            self.world.done(Origin::server(), RemoveDomainRule { domain }).await;
        }
    }

    /// Lets the garden have nothing to do with somebody.
    pub(crate) async fn shut_out(&self, somebody: ActorId) {
        self.world.done(Origin::server(), ShutOut(self.garden.actor(), somebody)).await;
    }

    /// Takes an actor of ours away.
    pub(crate) async fn bury(&self, actor: ActorId) {
        self.world.done(Origin::server(), Bury(actor)).await;
    }

    /// Does something that may leave no trace but in the books of messages, and may ask nobody anything.
    pub(crate) async fn unchanged<T>(&self, work: impl AsyncFnOnce() -> T) -> T {
        self.settle().await;
        let before = self.world.rows().await;
        self.b.asked();
        self.b.arrived();
        let done = work().await;
        let left = changed(&before, &self.world.rows().await);
        assert!(left.is_empty(), "something was left in {left:?}");
        assert!(self.b.asked().is_empty() && self.b.arrived().is_empty(), "b.example was asked");
        done
    }

    /// An activity that is refused at once with this status, and leaves nothing at all.
    pub(crate) async fn refused(&self, letter: Letter, status: u16, why: &str) {
        let answer = self.unchanged(async || {
            let answer = self.send(letter).await;
            self.settle().await;
            answer
        });
        let answer = answer.await;
        assert_eq!(answer.status, status, "{why}: {}", answer.text);
    }
}

/// Lets one have nothing to do with another, as nobody here can do yet.
#[derive(Clone, Debug)]
struct ShutOut(ActorId, ActorId);

impl Operation for ShutOut {
    type Done = ();

    fn perform(self, op: &mut Op<'_, '_>) -> ops::Result<()> {
        Ok(db::blocks::insert(op.tx, self.0, self.1, "https://a.example/activities/b", op.now)?)
    }
}

/// Takes an actor of ours away, as nobody can do yet.
#[derive(Clone, Debug)]
struct Bury(ActorId);

impl Operation for Bury {
    type Done = ();

    fn perform(self, op: &mut Op<'_, '_>) -> ops::Result<()> {
        Ok(db::actors::bury(op.tx, self.0, op.now)?)
    }
}

/// The tables other than the books that differ.
pub(crate) fn changed(before: &Rows, after: &Rows) -> Vec<String> {
    let changed = before.changed(after);
    changed.into_iter().filter(|table| !BOOKS.contains(&table.as_str())).collect()
}

impl Answer {
    /// Checks the status; what the answer says is in the message.
    pub(crate) fn is(self, status: u16) -> Self {
        assert_eq!(self.status.as_u16(), status, "{}", self.text);
        self
    }

    pub(crate) fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().unwrap())
    }
}
