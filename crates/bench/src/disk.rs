//! B9: what a thing takes on the disk.

use std::{sync::Arc, time::Duration};

use anyhow::Result;

use crate::{
    fanout::{Crowd, scene},
    generator::{Pace, send},
    inbox::Scene,
    report::{Report, Setting, tell},
    sinks::Manner,
    stats,
};

/// Runs it.
pub async fn run(setting: &Setting) -> Result<()> {
    let mut report = Report::new("disk", setting);
    let count = setting.size(2_000, 10_000);
    let scene_of_answers = Scene::new(setting, count.div_ceil(990)).await?;
    let world = &scene_of_answers.world;
    let server = world.serve().await?;
    tell(&format!("{count} answers"));
    world.database.settle()?;
    let before = world.database.bytes()?;
    let requests = Arc::new(scene_of_answers.answers(0, count)?);
    let sent = send(world.program.port, 16, Pace::Closed, requests).await?;
    world.rest(Duration::from_mins(5)).await?;
    report.hold(sent.failed() == 0, format!("statuses {:?}", sent.statuses));
    drop(server);
    let log = world.database.log_bytes();
    world.database.settle()?;
    let each = |bytes: i64| bytes / i64::try_from(count).unwrap_or(1);
    report.put("log_kept_mib", stats::round(f64::from(u32::try_from(log / 1024)?) / 1024.0));
    let whole = world.database.bytes()?;
    report.put("bytes_each_answer_at_first", each(whole - before));
    // After seven days what was received, what it was known by, and what happened is gone.
    world.database.execute("DELETE FROM inbound_activities; DELETE FROM events;")?;
    compact(world)?;
    let without = world.database.bytes()?;
    report.put("bytes_each_received", each(whole - without));
    world.database.execute("DELETE FROM seen_activities;")?;
    compact(world)?;
    let answers = world.database.bytes()?;
    report.put("bytes_each_seen_id", each(without - answers));
    world.database.execute("DELETE FROM notifications; DELETE FROM incoming;")?;
    compact(world)?;
    report.put("bytes_each_answer_after_a_week", each(world.database.bytes()? - before));
    deliveries(setting, &mut report).await?;
    report.finish(setting)
}

/// What a letter leaves behind that has arrived.
async fn deliveries(setting: &Setting, report: &mut Report) -> Result<()> {
    let crowd = Crowd { followers: 500, hosts: 50, shared: false };
    let (world, sinks) = scene(setting, crowd, |_| Manner::After(Duration::ZERO)).await?;
    let server = world.serve().await?;
    tell("letters");
    for number in 0..4 {
        world.need(&format!("Need {number}")).await?;
    }
    world.sent(Duration::from_mins(2)).await?;
    report.put("letters", sinks.count());
    let left = world.database.count("deliveries")?;
    report.put("rows_left_of_letters", left);
    report.hold(left == 0, format!("{left} letters are still there"));
    drop(server);
    Ok(())
}

fn compact(world: &crate::world::World) -> Result<()> {
    world.database.compact()
}
