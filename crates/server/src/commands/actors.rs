//! `tequio actors`: shutting somebody out, here or elsewhere.

use anyhow::Context as _;
use clap::{Args, Subcommand};
use domain::{Origin, moderation::reason};
use ops::moderation::{SuspendActor, UnsuspendActor};

use crate::{config::Config, instance::Base};

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Suspend somebody: nothing is taken from them, nothing of theirs is shown, and nothing of theirs leaves.
    #[command(
        after_help = "Example:\n  tequio actors suspend @mallory@evil.example --reason \"spam\""
    )]
    Suspend(Whom),
    /// End a suspension; what they wrote is shown again.
    #[command(
        after_help = "Example:\n  tequio actors unsuspend @mallory@evil.example --reason \"a mistake\""
    )]
    Unsuspend(Whom),
}

#[derive(Debug, Args)]
pub(super) struct Whom {
    /// @name@server.example; a name alone is somebody of this server.
    handle: String,
    /// Why, for the audit log.
    #[arg(long, default_value = "")]
    reason: String,
}

pub(super) async fn run(config: &Config, command: Command) -> anyhow::Result<()> {
    let base = Base::open(config).await?;
    let done = match command {
        Command::Suspend(whom) => suspend(&base, &whom, true).await,
        Command::Unsuspend(whom) => suspend(&base, &whom, false).await,
    };
    base.workers.stop().await;
    done
}

async fn suspend(base: &Base, whom: &Whom, suspended: bool) -> anyhow::Result<()> {
    let bare = whom.handle.trim_start_matches('@');
    let (name, host) = if bare.contains('@') {
        domain::handle::address(bare)?
    } else {
        (bare.to_owned(), base.door.site().host().to_owned())
    };
    let known = base.reader.read(move |conn| db::actors::find_by_handle(conn, &name, &host));
    let actor = known.await?.into_iter().find(|row| row.deleted_at.is_none());
    let actor = actor.with_context(|| format!("nobody called {} is known here", whom.handle))?;
    let (id, reason) = (actor.id, reason(&whom.reason)?);
    if suspended {
        base.door.perform(Origin::server(), SuspendActor { actor: id, reason }).await?;
        println!("suspended {}", actor.address());
    } else {
        base.door.perform(Origin::server(), UnsuspendActor { actor: id, reason }).await?;
        println!("{} is no longer suspended", actor.address());
    }
    Ok(())
}
