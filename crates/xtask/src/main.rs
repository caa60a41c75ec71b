//! The commands a developer needs, each the same here and in CI: `cargo xtask --help`.
#![expect(clippy::print_stdout, reason = "a command says what it does where the developer looks")]

mod bench;
mod check;
mod ci;
mod documents;
mod e2e;
mod engines;
mod interrupt;
mod openapi;
mod postgres;
mod shell;
mod steps;
mod suite;
mod tidy;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

/// The commands a developer needs.
#[derive(Debug, Parser)]
#[command(name = "cargo xtask", bin_name = "cargo xtask")]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Format, lints, tidiness, documentation, licences: all that runs no test.
    #[command(after_help = "Example:\n  cargo xtask check\n  cargo xtask check --strict")]
    Check(check::Arguments),
    /// The tests of every crate, on SQLite and on a throw-away PostgreSQL.
    #[command(after_help = "Example:\n  cargo xtask test\n  cargo xtask test listings::page\n  \
                            cargo xtask test --no-postgres domain")]
    Test(suite::Arguments),
    /// Two real servers talking, and servers, clients, and browsers nobody here wrote.
    #[command(
        after_help = "Example:\n  cargo xtask e2e\n  cargo xtask e2e --peer --clients --browser"
    )]
    E2e(e2e::Arguments),
    /// The rules of docs/STYLE.md that a machine can check.
    #[command(after_help = "Example:\n  cargo xtask tidy")]
    Tidy,
    /// Writes docs/openapi.json from the code, or compares the two.
    #[command(after_help = "Example:\n  cargo xtask openapi\n  cargo xtask openapi --check")]
    Openapi(openapi::Arguments),
    /// Puts the documents that the tests saw into docs/FEDERATION.md, or compares the two.
    #[command(after_help = "Example:\n  cargo xtask documents\n  cargo xtask documents --check")]
    Documents(documents::Arguments),
    /// Measures a release build: rates, times, memory, and disk, on both engines.
    #[command(after_help = "Example:\n  cargo xtask bench inbox --engine sqlite --quick\n  \
                            cargo xtask bench")]
    Bench(bench::Arguments),
    /// Kills the server again and again while it works, and counts what is left.
    #[command(after_help = "Example:\n  cargo xtask crash --rounds 50 --engine postgres")]
    Crash(bench::Crash),
    /// Counts the instructions of what is done most often, and compares them with what is written down.
    #[command(after_help = "Example:\n  cargo xtask gate")]
    Gate(bench::Gate),
    /// Everything CI runs, in its order.
    #[command(after_help = "Example:\n  cargo xtask ci")]
    Ci(ci::Arguments),
}

fn main() -> ExitCode {
    let done = interrupt::listen().and_then(|()| match Arguments::parse().command {
        Command::Check(arguments) => check::run(&arguments),
        Command::Test(arguments) => suite::run(&arguments),
        Command::E2e(arguments) => e2e::run(&arguments),
        Command::Tidy => tidy::run(),
        Command::Openapi(arguments) => openapi::run(&arguments),
        Command::Documents(arguments) => documents::run(&arguments),
        Command::Bench(arguments) => bench::run(&arguments),
        Command::Crash(arguments) => bench::crash(&arguments),
        Command::Gate(arguments) => bench::gate(&arguments),
        Command::Ci(arguments) => ci::run(&arguments),
    });
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    use super::Arguments;

    #[test]
    fn each_command_shows_an_example() {
        let command = Arguments::command();
        command.clone().debug_assert();
        for command in command.get_subcommands() {
            let help = command.get_after_help().map(ToString::to_string).unwrap_or_default();
            assert!(help.contains(&format!("cargo xtask {}", command.get_name())), "{help}");
        }
    }
}
