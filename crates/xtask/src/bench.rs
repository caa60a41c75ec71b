//! How fast the program is, and whether it may be killed: `crates/bench` measures, here it is built and started.

use std::path::PathBuf;
use std::process::Command;

use anyhow::{Context as _, Result, bail};
use clap::ValueEnum;
use serde_json::Value;

use crate::postgres::{self, Postgres};
use crate::shell;

/// What to measure, and on what.
#[derive(Debug, Clone, clap::Args)]
pub(crate) struct Arguments {
    /// What to measure; all of it where nothing is named.
    what: Vec<What>,
    /// On one engine alone; on both where none is named.
    #[arg(long)]
    engine: Option<Engine>,
    /// Less of everything: minutes, not hours.
    #[arg(long)]
    quick: bool,
}

/// How often to kill the server, and on what.
#[derive(Debug, Clone, clap::Args)]
pub(crate) struct Crash {
    /// How often, on each engine.
    #[arg(long, default_value_t = 10)]
    pub(crate) rounds: usize,
    /// On one engine alone; on both where none is named.
    #[arg(long)]
    pub(crate) engine: Option<Engine>,
    /// A release build: what is killed is the program that people run, and it takes longer to build.
    #[arg(long)]
    pub(crate) release: bool,
}

/// Whether instructions are compared or written down.
#[derive(Debug, Clone, Default, clap::Args)]
pub(crate) struct Gate {
    /// Write down how many it takes now, where that is as it should be.
    #[arg(long)]
    write: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Engine {
    /// A file on the disk.
    Sqlite,
    /// A server of our own, on the disk, that waits for the disk at each commit.
    Postgres,
}

/// The names are those of docs/PERFORMANCE.md.
#[derive(Debug, Clone, Copy, ValueEnum)]
enum What {
    /// B1: activities received, stored, and done.
    Inbox,
    /// B2: one post to many inboxes.
    Fanout,
    /// B3 and B4: how long until all are reached, also with bad neighbours.
    Reach,
    /// B5: lists and searches among a million listings.
    Lists,
    /// B6: from the start to the first answer.
    Start,
    /// B7: memory and processor when nothing happens.
    Idle,
    /// B8: memory while 100,000 followers are written to.
    Crowd,
    /// B9: bytes on the disk for each thing.
    Disk,
    /// B11: after a kill under load.
    Recovery,
    /// B12: what everybody asks for at once.
    Hot,
}

pub(crate) fn run(arguments: &Arguments) -> Result<()> {
    let programs = Programs::build(true)?;
    let all = What::value_variants();
    let whats = if arguments.what.is_empty() { all } else { &arguments.what };
    let mut failed = Vec::new();
    for engine in engines(arguments.engine) {
        let place = Place::start(engine)?;
        for what in whats {
            let name = what.to_possible_value().map(|value| value.get_name().to_owned());
            let mut command = programs.bench(&name.unwrap_or_default(), &place);
            if arguments.quick {
                command.arg("--quick");
            }
            // One that fails says nothing of the others.
            if let Err(error) = shell::run(&mut command) {
                crate::interrupt::heed()?;
                failed.push(format!("{what:?} on {engine:?}: {error:#}"));
            }
        }
    }
    if failed.is_empty() { Ok(()) } else { bail!("{}", failed.join("\n")) }
}

pub(crate) fn crash(arguments: &Crash) -> Result<()> {
    let programs = Programs::build(arguments.release)?;
    for engine in engines(arguments.engine) {
        let place = Place::start(engine)?;
        let mut command = programs.bench("crash", &place);
        command.args(["--rounds", &arguments.rounds.to_string()]);
        shell::run(&mut command)?;
    }
    Ok(())
}

/// On SQLite, which is inside of the program: what PostgreSQL does cannot be counted with it.
pub(crate) fn gate(arguments: &Gate) -> Result<()> {
    if Command::new("valgrind").arg("--version").output().is_err() {
        bail!("valgrind was not found; on Debian: apt install valgrind");
    }
    let programs = Programs::build(false)?;
    let mut command = programs.bench("gate", &Place::start(Engine::Sqlite)?);
    if arguments.write {
        command.arg("--write");
    }
    shell::run(&mut command)
}

fn engines(only: Option<Engine>) -> Vec<Engine> {
    only.map_or_else(|| vec![Engine::Sqlite, Engine::Postgres], |engine| vec![engine])
}

/// The two programs: the one that is measured, and the one that measures.
struct Programs {
    folder: PathBuf,
}

impl Programs {
    fn build(release: bool) -> Result<Self> {
        let mut build = shell::cargo(["build", "--workspace", "--bin", "tequio", "--bin", "bench"]);
        // With the tests, or dependencies would be built twice.
        build.arg(if release { "--release" } else { "--tests" });
        shell::run(&mut build)?;
        let mut metadata = shell::cargo(["metadata", "--no-deps", "--format-version", "1"]);
        let metadata: Value = serde_json::from_str(&shell::output(&mut metadata)?)?;
        let target = metadata.get("target_directory").and_then(Value::as_str);
        let target = target.context("cargo metadata names no target directory")?;
        let profile = if release { "release" } else { "debug" };
        Ok(Self { folder: [target, profile].iter().collect() })
    }

    fn bench(&self, what: &str, place: &Place) -> Command {
        let mut command = Command::new(self.folder.join("bench"));
        command.current_dir(shell::root()).arg(what);
        command.arg("--binary").arg(self.folder.join("tequio"));
        if let Some(postgres) = &place.postgres {
            command.args(["--postgres", &postgres.url()]);
            command.args(["--postgres-process", &postgres.process().to_string()]);
        }
        command
    }
}

/// Where it is done.
struct Place {
    postgres: Option<Postgres>,
}

impl Place {
    fn start(engine: Engine) -> Result<Self> {
        if engine == Engine::Sqlite {
            return Ok(Self { postgres: None });
        }
        let tools = postgres::find();
        let tools = tools.context("no PostgreSQL was found; on Debian: apt install postgresql")?;
        Ok(Self { postgres: Some(Postgres::durable(tools)?) })
    }
}
