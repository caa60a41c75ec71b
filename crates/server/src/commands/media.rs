//! `tequio media`: pictures that nobody needs.

use clap::{Args, Subcommand};
use ops::media::{Store, litter};

use super::progress::mebibytes;
use crate::{config::Config, instance::Base};

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Delete pictures that nobody has needed for a day, and files that no row knows.
    #[command(after_help = "Example:\n  tequio media sweep --dry-run")]
    Sweep(Options),
}

#[derive(Debug, Args)]
pub(super) struct Options {
    /// Only say what would go.
    #[arg(long)]
    dry_run: bool,
}

pub(super) async fn run(config: &Config, command: Command) -> anyhow::Result<()> {
    let Command::Sweep(Options { dry_run }) = command;
    let base = Base::open(config).await?;
    let done = sweep(config, &base, dry_run).await;
    base.workers.stop().await;
    done
}

async fn sweep(config: &Config, base: &Base, dry_run: bool) -> anyhow::Result<()> {
    let root = config.media_folder();
    let (folder, reader, now) = (root.clone(), base.reader.clone(), base.door.now());
    let found = tokio::task::spawn_blocking(move || litter(&folder, &reader, now)).await??;
    let would = if dry_run { "would go" } else { "go" };
    println!("{} pictures {would}: nobody has needed them for a day", found.unneeded);
    let bytes = mebibytes(found.bytes);
    println!("{} files without a row {would}: {bytes}", found.files.len());
    found.files.iter().for_each(|file| println!("  {}", file.display()));
    if dry_run {
        return Ok(());
    }
    let store = Store::new(root.clone(), config.media_quota());
    while store.sweep(&base.door, &base.reader).await? != 0 {}
    let deleted = tokio::task::spawn_blocking(move || found.delete(&root)).await??;
    anyhow::ensure!(deleted, "a backup is being made, and keeps all files; try again after it");
    println!("done");
    Ok(())
}
