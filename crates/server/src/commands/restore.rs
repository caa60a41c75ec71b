//! `tequio restore`: from a backup to a server.

use std::{io::BufRead as _, path::PathBuf};

use anyhow::Context as _;
use clap::Args;
use ops::{
    Site,
    backups::{Wanted, restore, verify},
};

use super::progress::tell;
use crate::{config::Config, instance};

#[derive(Debug, Args)]
pub(super) struct Options {
    /// What `tequio backup` wrote.
    file: PathBuf,
    /// Throw away what is in the database now. Asks once more, unless --yes is said too.
    #[arg(long)]
    replace: bool,
    /// Ask nothing.
    #[arg(long)]
    yes: bool,
    /// Only read the backup from end to end, and say whether it is whole; nothing is changed.
    #[arg(long)]
    check: bool,
}

pub(super) async fn run(config: &Config, options: Options) -> anyhow::Result<()> {
    let Options { file, replace, yes, check } = options;
    println!("reading {}", file.display());
    if check {
        let path = file.clone();
        let manifest = tokio::task::spawn_blocking(move || verify(&path, &mut tell)).await??;
        println!("{} is whole: {}", file.display(), about(&manifest));
        return Ok(());
    }
    let site = Site::new(&config.instance.url)?;
    if replace && !yes {
        confirm(site.host())?;
    }
    let address = config.database.url.expose();
    instance::make_folder(address)?;
    let _alone = db::serving::alone(address)?;
    let (reader, writer) = instance::open_database(config)?;
    let media = config.media_folder();
    let wanted = Wanted { file, media: media.clone(), instance: site.base().to_string(), replace };
    let work = tokio::task::spawn_blocking(move || restore(&reader, &writer, &wanted, &mut tell));
    let done = work.await??;
    println!("restored: {}", about(&done.manifest));
    if !done.migrated.is_empty() {
        println!("brought up to date by {} migrations", done.migrated.len());
    }
    if !done.manifest.missing.is_empty() {
        println!("{} files of pictures were missing already then", done.manifest.missing.len());
    }
    println!("Pictures are in {}; see that the server may read and write there.", media.display());
    println!(
        "What happened after the backup is not here: who followed since may have to follow again."
    );
    Ok(())
}

fn about(manifest: &ops::backups::Manifest) -> String {
    format!(
        "{} of {}, made by tequio {} on {}, {} rows, {} files of pictures",
        manifest.instance.as_deref().unwrap_or("a server that was never started"),
        manifest.made_at,
        manifest.program,
        manifest.engine,
        manifest.rows(),
        manifest.media.len(),
    )
}

fn confirm(host: &str) -> anyhow::Result<()> {
    println!("Everything in the database of {host} goes. Type its name to go on:");
    let line = std::io::stdin().lock().lines().next();
    let line = line.context("nobody answered; say --yes where nobody can")??;
    anyhow::ensure!(line.trim() == host, "that was not {host}; nothing was changed");
    Ok(())
}
