//! `tequio db copy`: from one engine to the other.

use clap::Args;
use db::{Engine, pool::Sizes};
use ops::backups::copy;

use super::{backup::must_exist, progress::tell};
use crate::{config::Config, instance};

#[derive(Debug, Args)]
pub(super) struct Options {
    /// Where to, as `database.url` names it. `TEQUIO_COPY_TO` keeps a password out of the list of processes.
    #[arg(long, env = "TEQUIO_COPY_TO", hide_env_values = true, value_name = "URL")]
    to: String,
    /// Where from; else `database.url`.
    #[arg(long, env = "TEQUIO_COPY_FROM", hide_env_values = true, value_name = "URL")]
    from: Option<String>,
    /// Throw away what is in the other database now.
    #[arg(long)]
    replace: bool,
    /// Copy while a server runs, to try the copy out: what is written after the copy began is not in it.
    #[arg(long)]
    live: bool,
}

pub(super) async fn run(config: &Config, options: Options) -> anyhow::Result<()> {
    let Options { to, from, replace, live } = options;
    let from = from.unwrap_or_else(|| config.database.url.expose().to_owned());
    anyhow::ensure!(from != to, "that is one and the same database");
    must_exist(&from)?;
    instance::make_folder(&to)?;
    let _still = if live { None } else { db::serving::alone(&from)? };
    let _alone = db::serving::alone(&to)?;
    let sizes = Sizes { readers: 1, writers: 1 };
    let (reader, _) = db::pool::open(&from, sizes)?;
    let (there, writer) = db::pool::open(&to, sizes)?;
    let engine = writer.engine();
    let work =
        tokio::task::spawn_blocking(move || copy(&reader, (&there, &writer), replace, &mut tell));
    let done = work.await??;
    println!("{:<28} {:>10}  checksum, the same on both sides", "table", "rows");
    for sum in &done.tables {
        let short: String = sum.checksum.chars().take(16).collect();
        println!("{:<28} {:>10}  {short}", sum.table.name, sum.rows);
    }
    let rows: u64 = done.tables.iter().map(|it| it.rows).sum();
    println!("copied {rows} rows; each was read again there, and is the same");
    if 0 < done.replaced {
        println!(
            "{} texts held a NUL, which PostgreSQL cannot keep: U+FFFD stands there now",
            done.replaced
        );
    }
    if !done.migrated.is_empty() {
        println!("brought up to date by {} migrations", done.migrated.len());
    }
    println!(
        "Now set database.url, and media.folder = \"{}\": pictures stay where they are.",
        folder(config)
    );
    if engine == Engine::Sqlite {
        println!("A file of SQLite has one server at a time.");
    }
    Ok(())
}

fn folder(config: &Config) -> String {
    let folder = config.media_folder();
    std::path::absolute(&folder).unwrap_or(folder).display().to_string()
}
