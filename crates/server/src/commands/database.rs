//! `tequio db`: what state the schema is in, and bringing it up to date.

use clap::Subcommand;

use super::{check, copy};
use crate::{
    config::Config,
    instance::{self, Base},
};

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Say which migrations are applied and which are missing.
    #[command(after_help = "Example:\n  tequio db status")]
    Status,
    /// Apply the missing migrations.
    #[command(after_help = "Example:\n  tequio db migrate")]
    Migrate,
    /// Make the index of words anew, by which things are found; the server may run meanwhile.
    #[command(after_help = "Example:\n  tequio db reindex")]
    Reindex,
    /// Copy everything to another database, which may be of the other engine, and compare.
    #[command(after_help = "Example:\n  tequio db copy --to postgres://tequio@localhost/tequio")]
    Copy(copy::Options),
    /// Find what is broken in the database and among the pictures, and say what to do. Changes nothing.
    #[command(
        after_help = "Example:\n  tequio db check || mail -s \"tequio\" admins@commons.example"
    )]
    Check(check::Options),
}

pub(super) async fn run(config: &Config, command: Command) -> anyhow::Result<()> {
    let command = match command {
        Command::Reindex => return reindex(config).await,
        Command::Copy(options) => return copy::run(config, options).await,
        Command::Check(options) => return check::run(config, options).await,
        command => command,
    };
    let (_, writer) = instance::open_database(config)?;
    tokio::task::spawn_blocking(move || match command {
        Command::Status => status(&writer),
        Command::Migrate => migrate(&writer),
        Command::Reindex | Command::Copy(_) | Command::Check(_) => Ok(()),
    })
    .await?
}

fn status(writer: &db::Writer) -> anyhow::Result<()> {
    let status = db::migrations::status(writer)?;
    println!("{} applied, {} to apply", status.applied.len(), status.pending.len());
    for version in &status.pending {
        println!("  to apply  {version}");
    }
    db::migrations::refuse_newer(&status)?;
    Ok(())
}

fn migrate(writer: &db::Writer) -> anyhow::Result<()> {
    let applied = db::migrations::migrate(writer)?;
    for version in &applied {
        println!("  applied  {version}");
    }
    println!("up to date ({} applied now)", applied.len());
    Ok(())
}

async fn reindex(config: &Config) -> anyhow::Result<()> {
    let base = Base::open(config).await?;
    let door = base.door.clone();
    let work = tokio::task::spawn_blocking(move || {
        ops::search::reindex(&door, |rows| println!("  {rows} looked at"))
    });
    let done = work.await;
    base.workers.stop().await;
    println!("the index is made ({} collectives, people, needs and offers)", done??);
    Ok(())
}
