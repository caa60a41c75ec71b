//! `tequio db check`: what is broken, and what to do.

use clap::Args;
use db::{DbError, check::Broken, rows::snapshot};
use ops::media::missing;
use serde_json::json;

use super::backup::must_exist;
use crate::{config::Config, instance};

#[derive(Debug, Args)]
pub(super) struct Options {
    /// Print what was found as JSON.
    #[arg(long)]
    json: bool,
}

pub(super) async fn run(config: &Config, options: Options) -> anyhow::Result<()> {
    must_exist(config.database.url.expose())?;
    let (reader, writer) = instance::open_database(config)?;
    let (media, quiet) = (config.media_folder(), options.json);
    let work = tokio::task::spawn_blocking(move || {
        let status = db::migrations::status(&writer)?;
        db::migrations::refuse_newer(&status)?;
        anyhow::ensure!(status.pending.is_empty(), "run `tequio db migrate` first");
        let tell = |what: &str| {
            if !quiet {
                println!("  {what}");
            }
        };
        let mut found = snapshot(&reader, |conn| db::check::check(conn, tell))
            .map_err(|err: DbError| anyhow::anyhow!("the database cannot be read: {err}"))?;
        tell("pictures");
        found.extend(pictures(missing(&media, &reader)?));
        Ok(found)
    });
    let found = work.await??;
    if options.json {
        println!("{}", serde_json::Value::Array(found.iter().map(view).collect()));
    } else {
        found.iter().for_each(print);
    }
    anyhow::ensure!(found.is_empty(), "{} things are broken", found.len());
    if !options.json {
        println!("all is well");
    }
    Ok(())
}

fn pictures(missing: Vec<String>) -> Option<Broken> {
    (!missing.is_empty()).then(|| Broken {
        rule: "picture_without_file".to_owned(),
        what: "files of pictures are not in media.folder".to_owned(),
        rows: i64::try_from(missing.len()).unwrap_or(i64::MAX),
        examples: missing.into_iter().take(5).collect(),
        todo: "see that media.folder is right; else take the files out of a backup: \
               unzip BACKUP 'media/*'"
            .to_owned(),
    })
}

fn view(broken: &Broken) -> serde_json::Value {
    json!({
        "rule": broken.rule,
        "what": broken.what,
        "rows": broken.rows,
        "examples": broken.examples,
        "do": broken.todo,
    })
}

fn print(broken: &Broken) {
    println!("{} ({})", broken.what, broken.rows);
    broken.examples.iter().for_each(|example| println!("    {example}"));
    println!("  do: {}", broken.todo);
}
