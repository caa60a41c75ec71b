//! Measures a release build of the program: what `cargo xtask bench` and `cargo xtask crash` start.
#![expect(clippy::print_stderr, reason = "the last word of a command that failed")]

use std::{path::PathBuf, process::ExitCode};

use anyhow::Result;
use bench::{database::Postgres, report::Setting};
use clap::{Parser, ValueEnum};
use url::Url;

/// Measures a build of the program.
#[derive(Debug, Parser)]
#[command(after_help = "Example:\n  bench --binary target/release/tequio inbox")]
struct Arguments {
    /// What to measure.
    what: What,
    /// The program.
    #[arg(long)]
    binary: PathBuf,
    /// Where results lie.
    #[arg(long, default_value = "target/bench")]
    place: PathBuf,
    /// The address of a PostgreSQL in which databases may be created; else it is done on SQLite.
    #[arg(long, requires = "postgres_process")]
    postgres: Option<Url>,
    /// The first process of that PostgreSQL: its time on the processor counts.
    #[arg(long)]
    postgres_process: Option<u32>,
    /// Less of everything.
    #[arg(long)]
    quick: bool,
    /// How often the server is killed.
    #[arg(long, default_value_t = 3)]
    rounds: usize,
    /// Write down how many instructions it takes now.
    #[arg(long)]
    write: bool,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum What {
    Inbox,
    Fanout,
    Start,
    Idle,
    Hot,
    Reach,
    Lists,
    Crowd,
    Disk,
    Recovery,
    Crash,
    Gate,
}

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    let runtime =
        tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build();
    let done = match runtime {
        Ok(runtime) => runtime.block_on(run(arguments)),
        Err(error) => Err(error.into()),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}

async fn run(arguments: Arguments) -> Result<()> {
    let postgres = arguments.postgres.zip(arguments.postgres_process);
    let setting = Setting {
        binary: std::path::absolute(arguments.binary)?,
        place: std::path::absolute(arguments.place)?,
        postgres: postgres.map(|(url, process)| Postgres { url, process }),
        quick: arguments.quick,
    };
    match arguments.what {
        What::Inbox => bench::inbox::run(&setting).await,
        What::Fanout => bench::fanout::run(&setting).await,
        What::Start => bench::start::run(&setting).await,
        What::Idle => bench::idle::run(&setting).await,
        What::Hot => bench::hot::run(&setting).await,
        What::Reach => bench::reach::run(&setting).await,
        What::Lists => bench::lists::run(&setting).await,
        What::Crowd => bench::crowd::run(&setting).await,
        What::Disk => bench::disk::run(&setting).await,
        What::Recovery => bench::recovery::run(&setting).await,
        What::Gate => bench::gate::run(&setting, arguments.write).await,
        What::Crash => bench::crash::run(&setting, arguments.rounds).await,
    }
}
