//! `tequio doctor`: what is wrong, and what to do about it.
//!
//! What the server knows of itself is what the console shows (`ops::console::doctor`); here the machine and the
//! public address are looked at too, as others see them.

mod own;
mod public;
mod web;

use clap::Args;
use ops::console::doctor::Health;
use serde_json::json;

use crate::{config::Config, instance};

#[derive(Debug, Args)]
pub(super) struct Options {
    /// Print what was found as JSON.
    #[arg(long)]
    json: bool,
    /// Ask nobody: neither the public address nor the mail server nor other servers.
    #[arg(long)]
    offline: bool,
}

/// What was found.
struct Finding {
    /// Its name for programs.
    check: &'static str,
    health: Health,
    what: String,
    /// What to do; nothing where all is well.
    todo: String,
}

impl Finding {
    fn good(check: &'static str, what: impl Into<String>) -> Self {
        Self { check, health: Health::Good, what: what.into(), todo: String::new() }
    }

    fn poor(check: &'static str, what: impl Into<String>, todo: impl Into<String>) -> Self {
        Self { check, health: Health::Poor, what: what.into(), todo: todo.into() }
    }

    fn bad(check: &'static str, what: impl Into<String>, todo: impl Into<String>) -> Self {
        Self { check, health: Health::Bad, what: what.into(), todo: todo.into() }
    }
}

pub(super) async fn run(config: &Config, options: Options) -> anyhow::Result<()> {
    let mut found = own::configuration(config);
    found.extend(own::disk(config));
    super::backup::must_exist(config.database.url.expose())?;
    let (reader, _writer) = instance::open_database(config)?;
    let setup = instance::setup(config);
    let (known, others) = reader
        .read(move |conn| {
            let key = own::key(conn)?;
            Ok((own::database(conn, &setup)?, (db::instances::reached_last(conn, 3)?, key)))
        })
        .await?;
    found.extend(known);
    if !options.offline {
        let (hosts, key) = others;
        found.push(own::mail(config).await);
        let url = config.instance.url.clone();
        let work = move || public::look(&url, key.as_deref(), &hosts);
        found.extend(tokio::task::spawn_blocking(work).await?);
    }
    if options.json {
        println!("{}", serde_json::Value::Array(found.iter().map(view).collect()));
    } else {
        found.iter().for_each(print);
    }
    let bad = found.iter().filter(|it| it.health == Health::Bad).count();
    anyhow::ensure!(bad == 0, "{bad} things are wrong");
    Ok(())
}

fn view(it: &Finding) -> serde_json::Value {
    json!({ "check": it.check, "health": it.health.word(), "what": it.what, "do": it.todo })
}

fn print(it: &Finding) {
    println!("{:<5} {:<12} {}", it.health.word(), it.check, it.what);
    if !it.todo.is_empty() {
        println!("{:<18} do: {}", "", it.todo);
    }
}
