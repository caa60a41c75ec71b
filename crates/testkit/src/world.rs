//! One server: its door, its books, its clock, and whoever speaks to it.

use std::sync::{Arc, Mutex};

use db::{Conn, Engine, Reader};
use domain::{ActorId, Invalid, Origin, PersonId, Refusal, Speaker, Time, Way, people::ActorKind};
use ops::{Bell, Clock, Door, OpError, Operation, Queues, Site, instances::FoundInstance};
use url::Url;

use crate::{Database, FixedClock, Rows, TestKeys};

/// A server at `https://a.example/` with a database of its own, founded and empty.
pub struct World {
    pub door: Door,
    pub queues: Queues,
    pub reader: Reader,
    pub site: Site,
    pub clock: Arc<FixedClock>,
    pub keys: Arc<TestKeys>,
    /// The actors of other servers, in the order in which they were met: each has its own key.
    pub(crate) met: Mutex<Vec<String>>,
    /// Last, so that the connections are closed before their database is dropped.
    database: Database,
}

impl World {
    /// A new world on an engine; its instance actor is there.
    pub async fn new(engine: Engine) -> Self {
        let world = Self::unfounded(engine);
        let found = FoundInstance { name: "Commons".to_owned(), keys: world.keys.next() };
        world.done(Origin::server(), found).await;
        world
    }

    /// A statement that no operation makes.
    pub fn execute(&self, statement: &str) {
        self.database.execute(statement);
    }

    /// A new world whose database has tables and no rows.
    pub fn unfounded(engine: Engine) -> Self {
        let database = Database::migrated(engine);
        let (reader, writer) = database.open();
        let site = Site::new(&Url::parse("https://a.example/").unwrap()).unwrap();
        let clock = Arc::new(FixedClock::new());
        let door =
            Door::new(writer, Arc::<FixedClock>::clone(&clock), site.clone(), Bell::default());
        Self {
            queues: Queues::new(door.clone()),
            door,
            reader,
            site,
            clock,
            keys: Arc::default(),
            met: Mutex::default(),
            database,
        }
    }

    /// The time it is.
    pub fn now(&self) -> Time {
        self.clock.now()
    }

    /// A folder that is gone after the test: the data directory.
    pub fn dir(&self) -> &std::path::Path {
        self.database.dir.path()
    }

    /// The database itself, to be opened past the door.
    pub fn database(&self) -> &Database {
        &self.database
    }

    /// The database as the configuration names it, to open it once more.
    pub fn address(&self) -> &str {
        self.database.address()
    }

    /// Performs an operation that is expected to succeed.
    pub async fn done<O: Operation>(&self, origin: Origin, operation: O) -> O::Done {
        self.door.perform(origin, operation).await.expect("the operation should have been done")
    }

    /// Performs an operation that is expected to fail; nothing at all may be left of it.
    pub async fn failed<O: Operation>(&self, origin: Origin, operation: O) -> OpError {
        let before = self.rows().await;
        let failure = self.door.perform(origin, operation).await.err();
        let failure = failure.expect("the operation should not have been done");
        let left = before.changed(&self.rows().await);
        assert!(left.is_empty(), "{failure:?} has left something in {left:?}");
        failure
    }

    /// The refusal of an operation; nothing at all may be left of it.
    pub async fn refused<O: Operation>(&self, origin: Origin, operation: O) -> Refusal {
        match self.failed(origin, operation).await {
            OpError::Refused(refusal) => refusal,
            other => panic!("not refused, but: {other:?}"),
        }
    }

    /// Why a value of an operation cannot exist; nothing at all may be left of it.
    pub async fn invalid<O: Operation>(&self, origin: Origin, operation: O) -> Invalid {
        match self.failed(origin, operation).await {
            OpError::Invalid(invalid) => invalid,
            other => panic!("not invalid, but: {other:?}"),
        }
    }

    /// Reads from the database.
    pub async fn read<T: Send + 'static>(
        &self,
        read: impl FnOnce(&mut Conn) -> db::Result<T> + Send + 'static,
    ) -> T {
        self.reader.read(read).await.unwrap()
    }

    /// Everything that is in the database.
    pub async fn rows(&self) -> Rows {
        self.read(|conn| Ok(Rows::read(conn))).await
    }

    /// A person of this server, signed in.
    pub fn local(&self, person: PersonId) -> Origin {
        Origin::local(person)
    }

    /// An actor of another server, speaking by the activity at this address.
    pub async fn inbox_of(&self, actor: ActorId, activity: &str) -> Origin {
        let claim = openssl::sha::sha256(activity.as_bytes());
        let way = Way::Inbox {
            activity: Url::parse(activity).unwrap(),
            claim,
            inbound: self.queues.mint(),
        };
        Origin { speaker: self.speaker(actor).await, way }
    }

    /// An actor of another server, speaking by a document that was fetched from there.
    pub async fn fetched_from(&self, actor: ActorId) -> Origin {
        Origin { speaker: self.speaker(actor).await, way: Way::Fetched }
    }

    async fn speaker(&self, actor: ActorId) -> Speaker {
        match self.actor(actor).await.kind {
            ActorKind::Group => Speaker::Collective(actor.collective()),
            _ => Speaker::Person(actor.person()),
        }
    }
}
