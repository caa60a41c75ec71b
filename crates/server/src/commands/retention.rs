//! `tequio retention`: what is thrown away after some time, now.

use clap::Args;
use domain::Origin;
use ops::{console::CountDay, notifications::SweepNotifications, queues::SWEPT_AT_ONCE};

use crate::{accounts, config::Config, instance::Base};

#[derive(Debug, Args)]
pub(super) struct Options {
    /// Only say what would go.
    #[arg(long)]
    dry_run: bool,
}

pub(super) async fn run(config: &Config, options: Options) -> anyhow::Result<()> {
    let base = Base::open(config).await?;
    let done = sweep(config, &base, options.dry_run).await;
    base.workers.stop().await;
    done
}

/// A running server does the same every hour.
async fn sweep(config: &Config, base: &Base, dry_run: bool) -> anyhow::Result<()> {
    let days = i64::from(config.federation.keep_sent_days);
    let gone = base.queues.preview(days).await?;
    println!("{:<24} {:>10}  kept for", "table", if dry_run { "would go" } else { "go" });
    for (table, rows) in &gone {
        println!("{table:<24} {rows:>10}  {}", kept(table, days));
    }
    if gone.is_empty() {
        println!("nothing is old enough");
    }
    if dry_run {
        return Ok(());
    }
    base.queues.sweep().await?;
    let before = base.queues.now().plus_days(-days);
    while base.queues.sweep_activities(before).await? == SWEPT_AT_ONCE {}
    base.door.perform(Origin::clock(), SweepNotifications).await?;
    base.door.perform(Origin::clock(), CountDay).await?;
    accounts::look_after(&base.door, &base.reader).await;
    println!("done; pictures that nobody needs go with `tequio media sweep`");
    Ok(())
}

/// For how long the rows of a table are kept.
fn kept(table: &str, sent_days: i64) -> String {
    let days = match table {
        "inbound_activities" | "seen_activities" | "events" => 7,
        "deliveries" => 14,
        "webhook_letters" => 30,
        "idempotency_keys" | "oauth_codes" => 1,
        "keys" => 372,
        "days" => 400,
        "notifications" => domain::notifications::DAYS_KEPT,
        "incoming" => domain::incoming::DAYS_KEPT,
        "activities" => sent_days,
        _ => return "as long as it can be used".to_owned(),
    };
    format!("{days} days")
}
