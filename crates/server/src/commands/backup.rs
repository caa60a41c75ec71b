//! `tequio backup`: everything in one file, while the server runs.

use std::path::{Path, PathBuf};

use anyhow::Context as _;
use clap::Args;
use domain::Time;
use ops::{
    Clock as _, SystemClock,
    backups::{Order, make},
};

use super::progress::{mebibytes, tell};
use crate::{
    config::Config,
    instance::{self, VERSION},
};

#[derive(Debug, Args)]
pub(super) struct Options {
    /// A file that is not there yet, or a folder, in which the file is named by the host and the time.
    target: PathBuf,
}

pub(super) async fn run(config: &Config, options: Options) -> anyhow::Result<()> {
    must_exist(config.database.url.expose())?;
    let (reader, _writer) = instance::open_database(config)?;
    let now = SystemClock.now();
    let target = if options.target.is_dir() {
        options.target.join(name(config, now))
    } else {
        options.target
    };
    println!("writing {}", target.display());
    let media = config.media_folder();
    let order = Order { media, target: target.clone(), program: VERSION.to_owned(), now };
    let made = tokio::task::spawn_blocking(move || make(&reader, &order, &mut tell)).await??;
    let manifest = &made.manifest;
    println!(
        "{}: {} rows, {} files of pictures, {}; it was read again and is whole",
        target.display(),
        manifest.rows(),
        manifest.media.len(),
        mebibytes(made.bytes),
    );
    println!("It holds the private keys of all actors: keep it where nobody else can read it.");
    if !manifest.missing.is_empty() {
        println!("{} files of pictures were not there, and are not in it:", manifest.missing.len());
        manifest.missing.iter().take(10).for_each(|name| println!("  {name}"));
        println!("Look whether media.folder is right; if it is, they are lost: `tequio db check`.");
    }
    Ok(())
}

fn name(config: &Config, now: Time) -> String {
    let host = config.instance.url.host_str().unwrap_or("tequio");
    format!("{host}-{}.zip", now.utc().format("%Y-%m-%d-%H%M%S"))
}

/// Opening a file of SQLite makes it; a command that only reads says instead that there is none.
pub(super) fn must_exist(address: &str) -> anyhow::Result<()> {
    let Some(file) = address.strip_prefix("sqlite://") else { return Ok(()) };
    anyhow::ensure!(
        Path::new(file).is_file(),
        "there is no database at {file}; is database.url right, and is this the right folder?"
    );
    std::fs::File::open(file).map(drop).with_context(|| {
        format!("the database {file} cannot be read; run this as the user of the server")
    })
}
