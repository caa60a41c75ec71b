//! One instance: its database, its door, its workers, its listener.

use std::{
    fs::OpenOptions,
    io::ErrorKind,
    net::{SocketAddr, TcpListener},
    os::unix::fs::OpenOptionsExt as _,
    path::Path,
    sync::Arc,
};

use actix_web::{dev::ServerHandle, web::Data};
use anyhow::Context as _;
use db::pool::Sizes;
use domain::{Origin, sign_ups::SignUpMode};
use federation::{
    About, Federation, Parts,
    fetch::{FetchRules, Fetcher},
};
use ops::{
    Bell, Door, Keys, Queues, Site, SystemClock, console::doctor::Setup, instances::FoundInstance,
    media::Store, secrets, setup::OpenSetup, sign_ups::ConfigureSignUp,
};
use tokio::task::JoinSet;

use crate::{
    app::{self, Shared},
    config::Config,
    health::Health,
    keys::KeyForge,
    mail, processes,
    workers::{self, Widths, Workers},
};

/// The version of this program.
pub const VERSION: &str = env!("CARGO_PKG_VERSION");

/// An instance without a listener: what commands and a server have in common.
pub struct Base {
    pub door: Door,
    pub queues: Queues,
    pub reader: db::Reader,
    pub writer: db::Writer,
    pub keys: Arc<dyn Keys>,
    pub workers: Workers,
}

/// A running server.
pub struct Running {
    pub address: SocketAddr,
    /// Where the first admin is made, while there is none.
    pub setup: Option<String>,
    pub federation: Federation,
    pub keys: Arc<dyn Keys>,
    handle: ServerHandle,
    workers: Workers,
    limits: Arc<api::Limits>,
    /// On SQLite nobody else serves meanwhile.
    serving: Option<db::serving::Serving>,
    queues: Queues,
    /// Says that this process is alive.
    alive: JoinSet<()>,
}

/// Makes the folder in which a file of SQLite is to be.
pub fn make_folder(address: &str) -> anyhow::Result<()> {
    if let Some(file) = address.strip_prefix("sqlite://")
        && let Some(folder) = Path::new(file).parent().filter(|it| !it.as_os_str().is_empty())
    {
        std::fs::create_dir_all(folder)
            .with_context(|| format!("the folder {} could not be made", folder.display()))?;
    }
    if let Some(file) = address.strip_prefix("sqlite://") {
        make_private(Path::new(file))?;
    }
    Ok(())
}

/// Opens the database of a configuration; an SQLite file is created where there is none.
pub fn open_database(config: &Config) -> anyhow::Result<(db::Reader, db::Writer)> {
    let address = config.database.url.expose();
    make_folder(address)?;
    let readers = config.database.readers.max(2);
    let sizes = Sizes { readers, writers: config.database.pool };
    db::pool::open(address, sizes).context("the database could not be opened")
}

/// Makes the file of a new database, which will hold private keys, so that nobody else on the machine reads it.
/// What SQLite writes beside it is read by the same people.
fn make_private(file: &Path) -> anyhow::Result<()> {
    let made = OpenOptions::new().write(true).create_new(true).mode(0o600).open(file);
    match made {
        Err(err) if err.kind() != ErrorKind::AlreadyExists => {
            Err(err).with_context(|| format!("the database {} could not be made", file.display()))
        }
        _ => Ok(()),
    }
}

impl Base {
    /// Opens the database, brings it up to date, and founds the instance on its first start.
    pub async fn open(config: &Config) -> anyhow::Result<Self> {
        let (reader, writer) = open_database(config)?;
        let schema = writer.clone();
        let migrate = config.database.migrate;
        tokio::task::spawn_blocking(move || bring_up_to_date(&schema, migrate)).await??;
        let site = Site::new(&config.instance.url)?;
        let door = Door::new(writer.clone(), Arc::new(SystemClock), site, Bell::default());
        let queues = Queues::new(door.clone());
        let (forge, work) = KeyForge::new();
        let mut workers = Workers::new();
        let mut shutdown = workers.shutdown();
        workers.add(async move {
            tokio::select! { () = work => {}, _ = shutdown.changed() => {} }
        });
        let base = Self { door, queues, reader, writer, keys: Arc::new(forge), workers };
        base.found(config).await?;
        base.keep_words().await?;
        Ok(base)
    }

    /// Makes the index of words, where an older version has left none or another one.
    async fn keep_words(&self) -> anyhow::Result<()> {
        if !self.reader.read(ops::search::is_outdated).await? {
            return Ok(());
        }
        let door = self.door.clone();
        let done = tokio::task::spawn_blocking(move || {
            ops::search::reindex(&door, |rows| tracing::info!(rows, "making the index of words"))
        });
        let rows = done.await??;
        tracing::info!(rows, "the index of words is made");
        Ok(())
    }

    /// The instance actor; its keys are only made where there is none yet.
    async fn found(&self, config: &Config) -> anyhow::Result<()> {
        let url = self.door.site().base().to_string();
        let known = self.reader.read(move |conn| {
            let kept = db::settings::find(conn, "instance.url")?;
            Ok(kept.is_some_and(|kept| kept == url))
        });
        if known.await? {
            return Ok(());
        }
        let founding =
            FoundInstance { name: config.instance.name.clone(), keys: self.keys.pair().await? };
        self.door.perform(Origin::server(), founding).await?;
        Ok(())
    }
}

fn bring_up_to_date(writer: &db::Writer, migrate: bool) -> anyhow::Result<()> {
    let status = db::migrations::status(writer)?;
    db::migrations::refuse_newer(&status)?;
    if status.pending.is_empty() {
        return Ok(());
    }
    anyhow::ensure!(
        migrate,
        "the database lacks {} migrations and database.migrate is off; run `tequio db migrate`",
        status.pending.len()
    );
    for version in db::migrations::migrate(writer)? {
        tracing::info!(%version, "migrated");
    }
    Ok(())
}

impl Running {
    /// Starts an instance on the address of its configuration.
    pub async fn start(config: &Config) -> anyhow::Result<Self> {
        let listener = listen(config.http.bind)?;
        Self::start_on(config, listener).await
    }

    /// Starts an instance on a listener that is open already.
    pub async fn start_on(config: &Config, listener: TcpListener) -> anyhow::Result<Self> {
        let address = config.database.url.expose();
        make_folder(address)?;
        let serving = db::serving::serve(address)?;
        let fetcher = fetcher(config)?;
        let (base, ()) = tokio::join!(Base::open(config), fetcher.warm_up());
        let Base { door, queues, reader, keys, mut workers, .. } = base?;
        queues.start().await?;
        let alive = processes::watch(&queues);
        let post = mail::Post::new(config)?;
        workers.add(mail::work(post, queues.clone(), workers.shutdown()));
        let sign_up = ConfigureSignUp {
            mode: SignUpMode::parse(&config.accounts.sign_up)?,
            grace_days: i64::from(config.accounts.grace_days),
        };
        door.perform(Origin::server(), sign_up).await?;
        let setup = open_setup(&door).await?;
        let federation = federation(config, &door, &queues, &reader, &keys, fetcher);
        if config.federation.enabled {
            let widths = Widths {
                inbox: config.federation.inbox_workers,
                delivery: config.federation.delivery_workers,
            };
            workers::start(&mut workers, &federation, widths).await?;
        }
        let keep_sent_days = i64::from(config.federation.keep_sent_days);
        let media = Data::new(Store::new(config.media_folder(), config.media_quota()));
        workers::start_clock(&mut workers, &federation, media.clone(), keep_sent_days);
        let address = listener.local_addr()?;
        let shared = shared(config, &federation, &keys, media);
        let limits = shared.api.limits.clone();
        let server = app::serve(listener, shared, config.http.workers())?;
        let handle = server.handle();
        workers.add(async move {
            if let Err(err) = server.await {
                tracing::error!(%err, "the listener failed");
            }
        });
        let running = Self {
            address,
            setup,
            federation,
            keys,
            handle,
            workers,
            limits,
            serving,
            queues,
            alive,
        };
        Ok(running)
    }

    /// Stops taking requests, ends what has begun within ten seconds, and stops the workers.
    pub async fn stop(self) {
        self.limits.close();
        tokio::join!(self.handle.stop(true), self.workers.stop());
        drop(self.alive);
        if self.queues.is_shared()
            && let Err(err) = self.queues.leave().await
        {
            tracing::warn!(%err, "the other processes are not told that this one ends");
        }
        drop(self.serving);
    }
}

/// A new word by which the first admin is made; none where there is an admin.
async fn open_setup(door: &Door) -> anyhow::Result<Option<String>> {
    let word = secrets::fresh()?;
    let opened = OpenSetup { digest: secrets::digest(&word) };
    let is_open = door.perform(Origin::server(), opened).await?;
    Ok(is_open.then(|| door.site().at(&format!("setup?token={word}"))))
}

/// Binds an address, or says why not.
pub fn listen(address: SocketAddr) -> anyhow::Result<TcpListener> {
    let listener = TcpListener::bind(address).with_context(|| {
        format!("{address} cannot be listened on; is another server running there?")
    })?;
    listener.set_nonblocking(true)?;
    Ok(listener)
}

/// What asks other servers, and by what name.
fn fetcher(config: &Config) -> anyhow::Result<Fetcher> {
    let site = Site::new(&config.instance.url)?;
    Ok(Fetcher::new(FetchRules {
        development: config.development.enabled,
        own_authority: Some(site.host().to_owned()),
        ..FetchRules::new(format!("tequio/{VERSION} (+{})", site.base()))
    }))
}

fn federation(
    config: &Config,
    door: &Door,
    queues: &Queues,
    reader: &db::Reader,
    keys: &Arc<dyn Keys>,
    fetcher: Fetcher,
) -> Federation {
    Federation::new(Parts {
        door: door.clone(),
        queues: queues.clone(),
        reader: reader.clone(),
        keys: keys.clone(),
        fetcher,
        about: About {
            name: config.instance.name.clone(),
            description: config.instance.description.clone(),
            version: VERSION.to_owned(),
        },
        authorized_fetch: config.federation.authorized_fetch,
        development: config.development.enabled,
        give_up_after_days: i64::from(config.federation.give_up_after_days),
    })
}

/// What the program was told, as those who run the instance see it.
pub(crate) fn setup(config: &Config) -> Setup {
    Setup {
        version: VERSION.to_owned(),
        mail: (!config.mail.smtp_url.expose().is_empty()).then(|| mail_host(config)),
        secure: config.instance.url.scheme() == "https",
        federates: config.federation.enabled,
        keep_sent_days: i64::from(config.federation.keep_sent_days),
        give_up_after_days: i64::from(config.federation.give_up_after_days),
    }
}

/// The host letters are handed to, without the name and the password that stand before it.
fn mail_host(config: &Config) -> String {
    let url = url::Url::parse(config.mail.smtp_url.expose()).ok();
    url.and_then(|url| url.host_str().map(str::to_owned)).unwrap_or_default()
}

fn shared(
    config: &Config,
    federation: &Federation,
    keys: &Arc<dyn Keys>,
    media: Data<Store>,
) -> Shared {
    let parts = &federation.parts;
    let api = api::Api {
        door: parts.door.clone(),
        reader: parts.reader.clone(),
        keys: keys.clone(),
        lookup: Arc::new(federation.clone()),
        previews: Arc::new(federation.clone()),
        limits: Arc::new(api::Limits::new(config.api.rates())),
        name: config.instance.name.clone(),
        setup: setup(config),
    };
    let pages = ::web::Web {
        door: parts.door.clone(),
        reader: parts.reader.clone(),
        keys: keys.clone(),
        lookup: Arc::new(federation.clone()),
        previews: Arc::new(federation.clone()),
        name: config.instance.name.clone(),
        description: config.instance.description.clone(),
        contact: config.instance.contact.clone(),
        setup: setup(config),
        tiles: config.web.tiles(),
        secure: config.instance.url.scheme() == "https",
    };
    Shared {
        federation: federation.clone(),
        api: Data::new(api),
        web: Data::new(pages),
        media,
        health: Data::new(Health {
            reader: parts.reader.clone(),
            development: config.development.enabled,
        }),
        trusted_proxies: config.http.trusted_proxies.clone().into(),
        federate: config.federation.enabled,
    }
}
