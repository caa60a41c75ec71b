//! `tequio deliveries`: what waits for other servers, and what is done about it.

use clap::{Args, Subcommand};
use db::deliveries::admin::QueueRow;
use domain::{Origin, Time};
use ops::deliveries::{DropDeliveries, PauseDeliveries, ResumeDeliveries, RetryDeliveries};

use crate::{config::Config, instance::Base};

/// So many queues are read at once.
const PAGE: i64 = 100;

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// List the servers for which something waits or was given up, and those that are paused.
    #[command(after_help = "Example:\n  tequio deliveries list")]
    List,
    /// Try all that waits for a server again, now. What was given up stays so.
    #[command(after_help = "Example:\n  tequio deliveries retry mastodon.example")]
    Retry(To),
    /// Throw away all that waits for a server, and all that was given up.
    #[command(after_help = "Example:\n  tequio deliveries drop gone.example")]
    Drop(To),
    /// Send nothing to a server until it is resumed; what is for it waits.
    #[command(after_help = "Example:\n  tequio deliveries pause busy.example")]
    Pause(To),
    /// Send to a server again.
    #[command(after_help = "Example:\n  tequio deliveries resume busy.example")]
    Resume(To),
}

#[derive(Debug, Args)]
pub(super) struct To {
    /// Its name, with the port where it has one.
    host: String,
}

pub(super) async fn run(config: &Config, command: Command) -> anyhow::Result<()> {
    let base = Base::open(config).await?;
    let done = match command {
        Command::List => list(&base).await,
        Command::Retry(To { host }) => retry(&base, host).await,
        Command::Drop(To { host }) => drop_all(&base, host).await,
        Command::Pause(To { host }) => pause(&base, host).await,
        Command::Resume(To { host }) => resume(&base, host).await,
    };
    base.workers.stop().await;
    done
}

async fn list(base: &Base) -> anyhow::Result<()> {
    let mut cursor = String::new();
    loop {
        let after = cursor.clone();
        let rows =
            base.reader.read(move |conn| db::deliveries::admin::queues(conn, &after, PAGE)).await?;
        for row in &rows {
            println!("{}", said(row));
        }
        let Some(last) = rows.last() else { break };
        cursor.clone_from(&last.host);
    }
    if cursor.is_empty() {
        println!("nothing waits, and nothing was given up");
    }
    Ok(())
}

fn said(row: &QueueRow) -> String {
    let mut words = vec![format!("{}: {} waiting, {} given up", row.host, row.waiting, row.dead)];
    for (what, at) in [
        ("oldest", row.oldest),
        ("next try", row.next_try.filter(|_| 0 < row.waiting && row.paused_at.is_none())),
        ("paused since", row.paused_at),
    ] {
        words.extend(at.map(|at| format!("{what} {}", at.wire())));
    }
    if let (Some(why), Some(at)) = (&row.last_failure, row.last_failure_at.map(Time::wire)) {
        // What another server says may hold anything; a terminal obeys some of it.
        words.push(format!("last error {at}: {}", why.escape_debug()));
    }
    words.join("; ")
}

async fn retry(base: &Base, host: String) -> anyhow::Result<()> {
    let operation = RetryDeliveries { host: host.clone() };
    let letters = base.door.perform(Origin::server(), operation).await?;
    println!("{host}: {letters} to be tried now");
    Ok(())
}

async fn drop_all(base: &Base, host: String) -> anyhow::Result<()> {
    let operation = DropDeliveries { host: host.clone() };
    let letters = base.door.perform(Origin::server(), operation).await?;
    println!("{host}: {letters} thrown away");
    Ok(())
}

async fn pause(base: &Base, host: String) -> anyhow::Result<()> {
    base.door.perform(Origin::server(), PauseDeliveries { host: host.clone() }).await?;
    println!("{host}: paused");
    Ok(())
}

async fn resume(base: &Base, host: String) -> anyhow::Result<()> {
    base.door.perform(Origin::server(), ResumeDeliveries { host: host.clone() }).await?;
    println!("{host}: sent to again");
    Ok(())
}
