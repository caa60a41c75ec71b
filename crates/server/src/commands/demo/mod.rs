//! `tequio demo`: two instances on this machine, and the main journey between them.
//!
//! Both run in this process, each with a database of its own in a fresh folder, and talk to each other over
//! HTTP as they would over the internet.

mod journey;
mod people;
mod progress;
mod seed;

use std::{
    net::{Ipv4Addr, SocketAddr, TcpListener},
    path::{Path, PathBuf},
};

use anyhow::Context as _;
use clap::Args;
use url::Url;

use super::serve::asked_to_stop;
use crate::{
    Running,
    config::{Config, Sources},
    logging,
};

use progress::Progress;

/// What the demo can be told.
#[derive(Debug, Args)]
pub struct Options {
    /// The two ports of 127.0.0.1; 0 takes a free one.
    #[arg(long, value_delimiter = ',', default_value = "8101,8102")]
    ports: Vec<u16>,
    /// The folder for the two databases; it must be new or empty. Else one is made under the system's
    /// folder for temporary files.
    #[arg(long)]
    data: Option<PathBuf>,
    /// End when the journey is done instead of waiting for Ctrl-C.
    #[arg(long)]
    once: bool,
}

/// One of the two instances.
pub(super) struct Server {
    pub(super) running: Running,
    pub(super) url: Url,
    pub(super) database: PathBuf,
}

/// Everybody's password in the demo.
pub(super) const PASSWORD: &str = "solidarity";

pub(super) async fn run(options: Options) -> anyhow::Result<()> {
    let stop = asked_to_stop()?;
    let folder = folder(options.data.as_deref())?;
    let [a, b] = *options.ports.as_slice() else {
        anyhow::bail!("--ports takes two numbers, such as --ports 8101,8102");
    };
    let work = async {
        let progress = Progress::new();
        Progress::title("Two servers on this machine");
        let a = start("Vall Cooperativa", &folder.join("a"), a, &progress).await?;
        let b = start("Northern Commons", &folder.join("b"), b, &progress).await?;
        Progress::title("Collectives, people, needs and offers");
        let people_a = seed::fill(&a, &people::VALL, &progress).await?;
        let people_b = seed::fill(&b, &people::NORTH, &progress).await?;
        Progress::title("The journey between them");
        let done = journey::walk(&a, &people_a, &b, &people_b, &progress).await?;
        anyhow::Ok((a, b, done))
    };
    let mut stop = std::pin::pin!(stop);
    let (a, b, done) = tokio::select! {
        done = work => done?,
        () = &mut stop => return Ok(()),
    };
    journey::tell(&a, &b, &done, &folder);
    if !options.once {
        stop.await;
        println!("\nStopping both servers; their data stays in {}", folder.display());
    }
    a.running.stop().await;
    b.running.stop().await;
    Ok(())
}

fn folder(asked: Option<&Path>) -> anyhow::Result<PathBuf> {
    let folder = asked.map_or_else(
        || std::env::temp_dir().join(format!("tequio-demo-{}", std::process::id())),
        Path::to_path_buf,
    );
    std::fs::create_dir_all(&folder)
        .with_context(|| format!("the folder {} could not be made", folder.display()))?;
    let empty = std::fs::read_dir(&folder)?.next().is_none();
    anyhow::ensure!(empty, "{} is not empty; name another folder with --data", folder.display());
    Ok(folder)
}

async fn start(
    name: &str,
    folder: &Path,
    port: u16,
    progress: &Progress,
) -> anyhow::Result<Server> {
    std::fs::create_dir_all(folder)?;
    let listener = TcpListener::bind(SocketAddr::from((Ipv4Addr::LOCALHOST, port)));
    let listener = listener.with_context(|| {
        format!("port {port} is taken; choose others with --ports, or 0 for free ones")
    })?;
    listener.set_nonblocking(true)?;
    let address = listener.local_addr()?;
    let database = folder.join("tequio.sqlite3");
    let config = config(name, address, &database)?;
    // Once per process; a second call finds it set up.
    drop(logging::init(&config.log));
    let running = Running::start_on(&config, listener).await?;
    progress.done(&format!("{name} listens at {}", config.instance.url));
    Ok(Server { running, url: config.instance.url.clone(), database })
}

/// Development mode: plain http, and addresses of this machine.
fn config(name: &str, address: SocketAddr, database: &Path) -> anyhow::Result<Config> {
    let set = |key: &str, value: String| (key.into(), value.into());
    let sources = Sources {
        environment: vec![
            set("TEQUIO__DEVELOPMENT__ENABLED", "true".to_owned()),
            set("TEQUIO__INSTANCE__NAME", name.to_owned()),
            set("TEQUIO__INSTANCE__URL", format!("http://{address}")),
            set("TEQUIO__HTTP__BIND", address.to_string()),
            set("TEQUIO__HTTP__WORKERS", "1".to_owned()),
            set("TEQUIO__METRICS__BIND", String::new()),
            set("TEQUIO__DATABASE__URL", format!("sqlite://{}", database.display())),
            set("TEQUIO__MAIL__FOLDER", database.with_file_name("mail").display().to_string()),
            set("TEQUIO__LOG__FILTER", "error".to_owned()),
        ],
        ..Sources::default()
    };
    Ok(Config::load(&sources)?)
}
