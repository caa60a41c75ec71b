//! A server in this process, as `tequio serve` starts it, on a free port of this machine.

use std::{
    ffi::OsString,
    net::TcpListener,
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
};

use domain::{
    Handle, Origin,
    accounts::AccountRole,
    collectives::{FollowPolicy, Profile},
    text::Language,
};
use ops::{
    Bell, Door, Operation, Site, SystemClock,
    accounts::{CreateAccount, MakeToken},
    collectives::CreateCollective,
    instances::FoundInstance,
    secrets,
};
use serde_json::Value;
use server::{
    Running,
    config::{Config, Sources},
};
use testkit::{Database, Engine};

use super::Person;

/// The password of everybody here is [`testkit::PASSWORD`].
pub(crate) struct Instance {
    pub(crate) running: Running,
    /// Without a slash at its end.
    pub(crate) base: String,
    /// How many keys were given out.
    keys: AtomicUsize,
    /// Last, so that it is dropped when nobody uses it.
    _database: Database,
}

impl Instance {
    pub(crate) async fn start(engine: Engine) -> Self {
        let database = Database::migrated(engine);
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        listener.set_nonblocking(true).unwrap();
        let port = listener.local_addr().unwrap().port();
        let sources =
            Sources { environment: environment(port, database.address()), ..Sources::default() };
        let config = Config::load(&sources).unwrap();
        found(&database, &config).await;
        let running = Running::start_on(&config, listener).await.unwrap();
        let base = format!("http://127.0.0.1:{port}");
        Self { running, base, keys: 0.into(), _database: database }
    }

    /// Host and port: what stands behind the `@` of a handle.
    pub(crate) fn host(&self) -> &str {
        self.running.federation.site().host()
    }

    /// A new person with a login and a token, as `tequio admin` makes them.
    pub(crate) async fn person(&self, handle: &str) -> Person {
        let account = CreateAccount {
            handle: Handle::choose(handle).unwrap(),
            name: String::new(),
            email: None,
            password_hash: testkit::PASSWORD_HASH.to_owned(),
            role: AccountRole::Member,
            sponsor: None,
            locale: "en".to_owned(),
            keys: self.pair(),
        };
        let id = self.done(Origin::server(), account).await;
        let federation = &self.running.federation;
        let account = federation.read(move |conn| db::accounts::find_by_person(conn, id)).await;
        let token = secrets::fresh().unwrap();
        let make = MakeToken {
            account: account.unwrap().unwrap().id,
            digest: secrets::digest(&token),
            name: "a test".to_owned(),
            scopes: "read write".to_owned(),
            expires_at: None,
        };
        self.done(Origin::server(), make).await;
        let mut person = Person::new(&self.base, handle, token);
        person.id = Some(id);
        person
    }

    /// A new collective, as its first steward sees it. Founded through the door: the API makes keys of its
    /// own, which takes a second.
    pub(crate) async fn collective(
        &self,
        handle: &str,
        steward: &Person,
        policy: FollowPolicy,
    ) -> Value {
        let english = Language::parse("en").unwrap();
        let collective = CreateCollective {
            handle: Handle::choose(handle).unwrap(),
            profile: Profile::new(handle, "", english, policy, true).unwrap(),
            group_keys: self.pair(),
            voice_keys: self.pair(),
        };
        self.done(Origin::local(steward.id.unwrap()), collective).await;
        steward.get(&format!("collectives/{handle}")).await
    }

    /// A collective called `garden` that everybody may follow.
    pub(crate) async fn garden(&self, steward: &Person) -> Value {
        self.collective("garden", steward, FollowPolicy::Open).await
    }

    /// Waits until everything that happened here is on its way.
    pub(crate) async fn told(&self) {
        super::eventually("telling of what happened", async || {
            let waiting = self.running.federation.read(db::events::count_pending).await;
            (waiting.unwrap() == 0).then_some(())
        })
        .await;
    }

    async fn done<O: Operation>(&self, origin: Origin, operation: O) -> O::Done {
        self.running.federation.door().perform(origin, operation).await.unwrap()
    }

    fn pair(&self) -> domain::people::KeyPair {
        testkit::pair(self.keys.fetch_add(1, Ordering::Relaxed))
    }

    /// The ids of those who follow an address of this server.
    pub(crate) async fn followers(&self, ap_id: &str) -> i64 {
        let ap_id = ap_id.to_owned();
        let count = self.running.federation.read(move |conn| {
            let followed = db::actors::find_by_ap_id(conn, &ap_id)?;
            followed.map_or(Ok(0), |followed| db::follows::count_followers(conn, followed.id))
        });
        count.await.unwrap()
    }
}

/// Founds it with a key that is there already: making one takes a second.
async fn found(database: &Database, config: &Config) {
    let (_, writer) = database.open();
    let site = Site::new(&config.instance.url).unwrap();
    let door = Door::new(writer, Arc::new(SystemClock), site, Bell::default());
    let instance = FoundInstance { name: "Commons".to_owned(), keys: testkit::pair(0) };
    door.perform(Origin::server(), instance).await.unwrap();
}

/// What a server on this machine is told: plain http, one thread, no metrics.
pub(crate) fn environment(port: u16, database: &str) -> Vec<(OsString, OsString)> {
    let set = |key: &str, value: String| (key.into(), value.into());
    vec![
        set("TEQUIO__DEVELOPMENT__ENABLED", "true".to_owned()),
        set("TEQUIO__INSTANCE__NAME", "Commons".to_owned()),
        set("TEQUIO__INSTANCE__URL", format!("http://127.0.0.1:{port}")),
        set("TEQUIO__HTTP__BIND", format!("127.0.0.1:{port}")),
        set("TEQUIO__HTTP__WORKERS", "1".to_owned()),
        set("TEQUIO__METRICS__BIND", String::new()),
        set("TEQUIO__DATABASE__URL", database.to_owned()),
        set("TEQUIO__DATABASE__POOL", "4".to_owned()),
    ]
}
