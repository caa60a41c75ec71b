//! The release program, as people start it.

use std::{
    fs::{self, File},
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    sync::atomic::{AtomicUsize, Ordering},
    time::{Duration, Instant},
};

use anyhow::{Context as _, Result, bail, ensure};
use db::Engine;

use crate::{
    database::Database,
    gate,
    http::{Connection, request},
};

/// How long a start may take.
const PATIENCE: Duration = Duration::from_mins(1);
/// The same, where each instruction is counted.
const LONG_PATIENCE: Duration = Duration::from_mins(5);

/// How a server is started.
#[derive(Clone, Debug)]
pub struct Program {
    binary: PathBuf,
    folder: PathBuf,
    environment: Vec<(String, String)>,
    /// Where it listens.
    pub port: u16,
}

/// A server that runs; killed where somebody forgets it.
#[derive(Debug)]
pub struct Serving {
    child: Child,
    log: PathBuf,
    /// How long its start took.
    pub started: Duration,
}

/// A server whose instructions valgrind counts, from one asking to the next.
#[derive(Debug)]
pub struct Counted {
    serving: Serving,
    file: PathBuf,
    told: AtomicUsize,
}

impl Program {
    /// For a database, on a free port.
    pub fn new(binary: &Path, database: &Database) -> Result<Self> {
        ensure!(binary.exists(), "{} is not there", binary.display());
        let port = free_port()?;
        let mut program = Self {
            binary: binary.to_owned(),
            folder: database.folder.path().to_owned(),
            environment: Vec::new(),
            port,
        };
        for (key, value) in [
            ("DEVELOPMENT__ENABLED", "true".to_owned()),
            ("INSTANCE__URL", format!("http://127.0.0.1:{port}")),
            ("HTTP__BIND", format!("127.0.0.1:{port}")),
            ("METRICS__BIND", String::new()),
            ("DATABASE__URL", database.address.clone()),
            ("LOG__FILTER", "warn".to_owned()),
            // The limits are for strangers; what is measured is how fast it could be.
            ("API__READS", "0".to_owned()),
            ("API__WRITES", "0".to_owned()),
            ("API__ANONYMOUS_READS", "0".to_owned()),
            ("API__ANONYMOUS_WRITES", "0".to_owned()),
        ] {
            program.set(key, value);
        }
        if database.engine == Engine::Postgres {
            program.set("MEDIA__FOLDER", program.folder.join("media").display().to_string());
        }
        Ok(program)
    }

    /// Sets a key of the configuration, as the environment names it after `TEQUIO__`.
    pub fn set(&mut self, key: &str, value: impl Into<String>) {
        self.environment.push((format!("TEQUIO__{key}"), value.into()));
    }

    /// The same on another port: a second process beside the first.
    pub fn beside(&self) -> Result<Self> {
        let mut other = self.clone();
        other.port = free_port()?;
        other.set("HTTP__BIND", format!("127.0.0.1:{}", other.port));
        Ok(other)
    }

    /// The name of the server: that of the first process, whoever is asked.
    #[must_use]
    pub fn host(&self) -> String {
        let url = self.environment.iter().find(|(key, _)| key == "TEQUIO__INSTANCE__URL");
        url.map(|(_, url)| url.trim_start_matches("http://").to_owned()).unwrap_or_default()
    }

    fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(&self.binary);
        command
            .args(arguments)
            .current_dir(&self.folder)
            .env_clear()
            .envs(self.environment.iter().map(|(key, value)| (key, value)))
            .stdin(Stdio::null());
        command
    }

    /// Runs a command that has to succeed; what it said on standard output.
    pub fn well(&self, arguments: &[&str]) -> Result<String> {
        let done = self.command(arguments).output()?;
        let said = String::from_utf8_lossy(&done.stderr).into_owned();
        ensure!(done.status.success(), "{arguments:?} failed: {said}");
        Ok(String::from_utf8_lossy(&done.stdout).trim().to_owned())
    }

    /// Begins a command that nobody waits for.
    pub fn begin(&self, arguments: &[&str]) -> Result<Child> {
        Ok(self.command(arguments).stdout(Stdio::null()).stderr(Stdio::null()).spawn()?)
    }

    /// Starts it, and waits until it answers.
    pub async fn serve(&self) -> Result<Serving> {
        self.start(self.command(&["serve"]), PATIENCE).await
    }

    /// Starts it under valgrind, which has to be installed.
    pub async fn serve_counted(&self) -> Result<Counted> {
        let (file, own) = (self.folder.join("counted"), self.command(&["serve"]));
        let mut command = Command::new("valgrind");
        command
            .args(["--tool=callgrind", "--instr-atstart=no", "--vgdb-poll=2000"])
            .arg(format!("--callgrind-out-file={}", file.display()))
            .arg(own.get_program())
            .args(own.get_args())
            .current_dir(&self.folder)
            .env_clear()
            .env("PATH", std::env::var_os("PATH").unwrap_or_default())
            .envs(self.environment.iter().map(|(key, value)| (key, value)))
            .stdin(Stdio::null());
        let serving = self.start(command, LONG_PATIENCE).await.context("is valgrind installed?")?;
        let counted = Counted { serving, file, told: AtomicUsize::new(0) };
        counted.tell(&["instrumentation", "on"])?;
        Ok(counted)
    }

    async fn start(&self, mut command: Command, patience: Duration) -> Result<Serving> {
        let log = self.folder.join("log");
        let file = File::options().create(true).append(true).open(&log)?;
        let start = Instant::now();
        let child = command.stdout(Stdio::null()).stderr(file).spawn();
        let child = child.context("the server cannot be started")?;
        let mut serving = Serving { child, log, started: Duration::ZERO };
        let hello = request("GET", "/.well-known/nodeinfo", &self.host(), &[], b"");
        while start.elapsed() < patience {
            if let Some(status) = serving.child.try_wait()? {
                bail!("the server ended with {status}: {}", serving.said());
            }
            if let Ok(mut connection) = Connection::to(self.port).await
                && connection.ask(&hello).await.is_ok_and(|answer| answer.status() == 200)
            {
                serving.started = start.elapsed();
                return Ok(serving);
            }
            tokio::time::sleep(Duration::from_millis(2)).await;
        }
        bail!("the server does not answer: {}", serving.said())
    }
}

impl Counted {
    /// Begins at zero.
    pub fn count_anew(&self) -> Result<()> {
        self.tell(&["zero"])
    }

    /// How many instructions there were since then, in thousands.
    pub fn counted(&self) -> Result<u64> {
        self.tell(&["dump"])?;
        let number = self.told.fetch_add(1, Ordering::Relaxed) + 1;
        let file = format!("{}.{number}", self.file.display());
        gate::total(Path::new(&file)).with_context(|| file)
    }

    fn tell(&self, words: &[&str]) -> Result<()> {
        let mut command = Command::new("vgdb");
        command.arg(format!("--pid={}", self.serving.process())).args(words);
        let done = command.output().context("is valgrind installed?")?;
        let said = String::from_utf8_lossy(&done.stderr).into_owned();
        ensure!(done.status.success(), "vgdb {words:?}: {said}");
        Ok(())
    }
}

impl Serving {
    /// The number of its process.
    #[must_use]
    pub fn process(&self) -> u32 {
        self.child.id()
    }

    /// What it wrote to standard error.
    #[must_use]
    pub fn said(&self) -> String {
        fs::read_to_string(&self.log).unwrap_or_default()
    }

    /// Ends it as a power cut would.
    pub fn kill(mut self) -> Result<()> {
        self.child.kill()?;
        self.child.wait()?;
        Ok(())
    }
}

impl Drop for Serving {
    fn drop(&mut self) {
        drop(self.child.kill());
        drop(self.child.wait());
    }
}

fn free_port() -> Result<u16> {
    Ok(std::net::TcpListener::bind("127.0.0.1:0")?.local_addr()?.port())
}
