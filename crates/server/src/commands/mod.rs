//! The commands of the program.
#![expect(clippy::print_stdout, reason = "commands talk to the person who runs them")]

mod actors;
mod admin;
mod backup;
mod check;
mod copy;
mod database;
mod deliveries;
pub mod demo;
mod doctor;
mod domains;
mod health;
mod media;
mod progress;
mod restore;
mod retention;
mod serve;

use std::{path::PathBuf, process::ExitCode};

use clap::{Parser, Subcommand};

use crate::{
    config::{Config, EXIT_CODE, Sources},
    logging,
};

#[derive(Debug, Parser)]
#[command(
    name = "tequio",
    version,
    about = "A server where collectives share what they need and what they offer, over ActivityPub",
    after_help = "Example:\n  tequio demo\n  tequio --config /etc/tequio/tequio.toml serve"
)]
struct Cli {
    /// The configuration file; else `TEQUIO_CONFIG`, ./config/tequio.toml, or /etc/tequio/tequio.toml.
    #[arg(long, global = true, value_name = "FILE")]
    config: Option<PathBuf>,
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Start one instance.
    #[command(
        after_help = "Example:\n  TEQUIO__INSTANCE__URL=https://commons.example tequio serve"
    )]
    Serve,
    /// Start two instances on this machine, with collectives, people, needs and offers to click through.
    #[command(after_help = "Example:\n  tequio demo --ports 8101,8102")]
    Demo(demo::Options),
    /// Make accounts and tokens.
    #[command(
        subcommand,
        after_help = "Example:\n  tequio admin create --handle ada --name \"Ada\""
    )]
    Admin(admin::Command),
    /// Decide which servers are limited, suspended, or alone allowed.
    #[command(
        subcommand,
        after_help = "Example:\n  tequio domains block evil.example --private-comment \"spam\""
    )]
    Domains(domains::Command),
    /// Suspend people, here or elsewhere.
    #[command(
        subcommand,
        after_help = "Example:\n  tequio actors suspend @mallory@evil.example --reason \"spam\""
    )]
    Actors(actors::Command),
    /// See what waits for other servers, try it again, throw it away, or pause it.
    #[command(subcommand, after_help = "Example:\n  tequio deliveries retry mastodon.example")]
    Deliveries(deliveries::Command),
    /// Write everything into one file while the server runs: all rows of one instant, and all pictures.
    #[command(after_help = "Example:\n  tequio backup /var/backups/tequio/")]
    Backup(backup::Options),
    /// Put a backup in the place of what is in the database; the server must not run.
    #[command(
        after_help = "Example:\n  tequio restore /var/backups/tequio/commons.example-2026-11-22-030000.zip"
    )]
    Restore(restore::Options),
    /// Look after the pictures.
    #[command(subcommand, after_help = "Example:\n  tequio media sweep --dry-run")]
    Media(media::Command),
    /// Throw away now what is thrown away from time to time.
    #[command(after_help = "Example:\n  tequio retention --dry-run")]
    Retention(retention::Options),
    /// Find out what is wrong with the configuration, the network, and the server.
    #[command(after_help = "Example:\n  tequio doctor")]
    Doctor(doctor::Options),
    /// Look after the database.
    #[command(subcommand, after_help = "Example:\n  tequio db status")]
    Db(database::Command),
    /// Ask a running server whether it is well; the exit code tells.
    #[command(after_help = "Example:\n  tequio health || systemctl restart tequio")]
    Health,
    /// Print the OpenAPI document of the REST API.
    #[command(after_help = "Example:\n  tequio openapi > openapi.json")]
    Openapi,
}

/// Runs what the command line asks for.
pub fn run() -> ExitCode {
    let cli = Cli::parse();
    match cli.command {
        Command::Openapi => {
            print!("{}", api::openapi_json());
            ExitCode::SUCCESS
        }
        Command::Demo(options) => block_on(demo::run(options)),
        Command::Serve => with_config(cli.config, serve::run),
        Command::Admin(command) => {
            with_config(cli.config, |config| async move { admin::run(&config, command).await })
        }
        Command::Domains(command) => {
            with_config(cli.config, |config| async move { domains::run(&config, command).await })
        }
        Command::Actors(command) => {
            with_config(cli.config, |config| async move { actors::run(&config, command).await })
        }
        Command::Deliveries(command) => {
            with_config(cli.config, |config| async move { deliveries::run(&config, command).await })
        }
        Command::Db(command) => {
            with_config(cli.config, |config| async move { database::run(&config, command).await })
        }
        Command::Backup(options) => {
            with_config(cli.config, |config| async move { backup::run(&config, options).await })
        }
        Command::Restore(options) => {
            with_config(cli.config, |config| async move { restore::run(&config, options).await })
        }
        Command::Media(command) => {
            with_config(cli.config, |config| async move { media::run(&config, command).await })
        }
        Command::Retention(options) => {
            with_config(cli.config, |config| async move { retention::run(&config, options).await })
        }
        Command::Doctor(options) => {
            with_config(cli.config, |config| async move { doctor::run(&config, options).await })
        }
        Command::Health => {
            with_config(cli.config, |config| async move { health::run(&config).await })
        }
    }
}

fn with_config<F>(file: Option<PathBuf>, work: impl FnOnce(Config) -> F) -> ExitCode
where
    F: Future<Output = anyhow::Result<()>>,
{
    let config = match Config::load(&Sources::of_process(file)) {
        Ok(config) => config,
        Err(err) => {
            complain(&format!("configuration: {err}"));
            return ExitCode::from(EXIT_CODE);
        }
    };
    if let Err(err) = logging::init(&config.log) {
        complain(&format!("{err:#}"));
        return ExitCode::FAILURE;
    }
    block_on(work(config))
}

fn block_on(work: impl Future<Output = anyhow::Result<()>>) -> ExitCode {
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build();
    let done = match runtime {
        Ok(runtime) => runtime.block_on(work),
        Err(err) => Err(err.into()),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(err) => {
            complain(&format!("{err:#}"));
            ExitCode::FAILURE
        }
    }
}

#[expect(clippy::print_stderr, reason = "the last word of a command that failed")]
fn complain(sentence: &str) {
    eprintln!("tequio: {sentence}");
}
