//! What every part of federation needs at hand.

use std::{
    ops::Deref,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    time::{Duration, SystemTime, UNIX_EPOCH},
};

use activitypub_federation::config::{Data, FederationConfig};
use domain::{ActorId, Time};
use moka::sync::Cache;
use ops::{Door, Keys, Queues, Site};
use url::Url;

use crate::{
    error::InboxError,
    fetch::Fetcher,
    inbox::{Missing, Pace},
    kept::Kept,
    signature::{KeyCache, SigningKey},
};

/// What this server says of itself.
#[derive(Clone, Debug)]
pub struct About {
    pub name: String,
    pub description: String,
    pub version: String,
}

/// What federation is made of.
pub struct Parts {
    pub door: Door,
    pub queues: Queues,
    pub reader: db::Reader,
    /// Makes key pairs for guests.
    pub keys: Arc<dyn Keys>,
    pub fetcher: Fetcher,
    pub about: About,
    /// Whether documents are shown only to those who sign their requests.
    pub authorized_fetch: bool,
    /// Allows `http` and loopback.
    pub development: bool,
    /// After how many days a delivery is given up.
    pub give_up_after_days: i64,
}

/// Everything federation needs; cheap to clone.
#[derive(Clone)]
pub struct Federation(Arc<Inner>);

/// See [`Federation`].
pub struct Inner {
    pub parts: Parts,
    /// Parsed keys.
    pub keys: KeyCache,
    /// Whether the server is shutting down: what has begun is ended, nothing more is begun.
    stopping: AtomicBool,
    /// Keys that could not be had a moment ago, by actor and key; asked for again after a minute.
    pub missing_keys: Cache<String, Missing>,
    /// When a host of authors last kept us waiting; asked again after a minute.
    pub unprobed: Cache<String, Time>,
    /// Hosts that did not say a moment ago what they are; no follow of theirs waits for it again.
    pub silent_hosts: Cache<String, ()>,
    /// How fast other servers speak.
    pub pace: Pace,
    /// Public documents, for a moment.
    pub kept: Kept,
}

impl Deref for Federation {
    type Target = Inner;

    fn deref(&self) -> &Inner {
        &self.0
    }
}

impl Federation {
    /// Puts the parts together.
    #[must_use]
    pub fn new(parts: Parts) -> Self {
        let missing_keys =
            Cache::builder().max_capacity(10_000).time_to_live(Duration::from_mins(1)).build();
        let silent_hosts =
            Cache::builder().max_capacity(10_000).time_to_live(Duration::from_mins(10)).build();
        Self(Arc::new(Inner {
            parts,
            keys: KeyCache::new(),
            stopping: AtomicBool::new(false),
            missing_keys,
            unprobed: Cache::builder().max_capacity(10_000).build(),
            silent_hosts,
            pace: Pace::new(),
            kept: Kept::new(),
        }))
    }

    /// As the library's traits want it.
    pub async fn config(&self) -> Result<FederationConfig<Self>, InboxError> {
        FederationConfig::builder()
            // Nothing is fetched by the library; what it would make of its own takes as long as a whole start.
            .client(self.parts.fetcher.client().await?.into())
            .domain(self.site().host())
            .app_data(self.clone())
            .debug(self.parts.development)
            .build()
            .await
            .map_err(|err| InboxError::Broken(err.to_string()))
    }

    /// From now on nothing more is begun.
    pub fn stop(&self) {
        self.stopping.store(true, Ordering::Relaxed);
    }

    /// Is the server shutting down?
    pub fn is_stopping(&self) -> bool {
        self.stopping.load(Ordering::Relaxed)
    }

    /// The door to all changes.
    pub fn door(&self) -> &Door {
        &self.parts.door
    }

    /// The books of messages.
    pub fn queues(&self) -> &Queues {
        &self.parts.queues
    }

    /// Where things of this server are.
    pub fn site(&self) -> &Site {
        self.parts.door.site()
    }

    /// How a server that we know by its name alone is asked: `http` is for development on one machine.
    pub fn scheme(&self, host: &str) -> &'static str {
        let name = host.rsplit_once(':').map_or(host, |(name, _)| name);
        let is_loopback = name == "localhost" || name == "[::1]" || name.starts_with("127.");
        if self.parts.development && is_loopback { "http" } else { "https" }
    }

    /// What time it is.
    pub fn now(&self) -> Time {
        self.parts.door.now()
    }

    /// What time it is, as signatures want it.
    pub fn system_now(&self) -> SystemTime {
        let micros = u64::try_from(self.now().micros()).unwrap_or_default();
        UNIX_EPOCH + Duration::from_micros(micros)
    }

    /// Reads on the blocking pool.
    pub async fn read<T, F>(&self, read: F) -> db::Result<T>
    where
        T: Send + 'static,
        F: FnOnce(&mut db::Conn) -> db::Result<T> + Send + 'static,
    {
        self.parts.reader.read(read).await
    }

    /// The key with which one of our actors signs.
    pub async fn signing_key(&self, actor: ActorId) -> Result<SigningKey, InboxError> {
        let found = self.read(move |conn| db::keys::private(conn, actor)).await?;
        self.parsed(found)
    }

    /// A key of ours that was found in the database.
    pub(crate) fn parsed(&self, found: Option<(String, String)>) -> Result<SigningKey, InboxError> {
        let (key_id, pem) = found.ok_or(db::DbError::NotFound("key"))?;
        let key_id = Url::parse(&key_id).map_err(|err| InboxError::Broken(err.to_string()))?;
        self.keys
            .get_or_parse_signing(&key_id, &pem)
            .map_err(|err| InboxError::Broken(err.to_string()))
    }

    /// The key of the instance actor, which signs what the server itself fetches.
    pub async fn instance_key(&self) -> Result<SigningKey, InboxError> {
        let base = self.site().base().to_string();
        let actor = self.read(move |conn| db::actors::find_by_ap_id(conn, &base)).await?;
        let actor = actor.ok_or(db::DbError::NotFound("instance actor"))?;
        self.signing_key(actor.id).await
    }
}

/// The key that a delivery is signed with: its sender's newest, or the one that it names. Its id and its PEM.
pub(crate) fn private_key(
    conn: &mut db::Conn,
    sender: ActorId,
    key_id: Option<String>,
) -> db::Result<Option<(String, String)>> {
    if let Some(key_id) = key_id
        && let Some(pem) = db::keys::private_by_id(conn, &key_id)?
    {
        return Ok(Some((key_id, pem)));
    }
    db::keys::private(conn, sender)
}

/// A request's view of federation, as the library hands it to its traits.
pub(crate) type Request = Data<Federation>;
