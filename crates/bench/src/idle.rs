//! B7: what the program needs when nobody wants anything of it.

use std::time::Duration;

use anyhow::Result;

use crate::{
    fill,
    report::{Report, Setting, tell},
    system::{self, Cpu},
    world::World,
};

/// Runs it.
pub async fn run(setting: &Setting) -> Result<()> {
    let mut report = Report::new("idle", setting);
    let world = World::found(setting).await?;
    let hosts: Vec<String> =
        (0..1_000).map(|number| format!("127.9.{}.{}:9", number / 250, number % 250 + 1)).collect();
    fill::hosts(&world.database, &hosts)?;
    let actors = setting.size(10_000, 100_000);
    fill::followers(&world.database, &world.group, actors, &hosts, true)?;
    let server = world.serve().await?;
    report.memory("started", system::memory(server.process())?);
    let quiet = Duration::from_secs(setting.size(20, 90) as u64);
    tell(&format!("{} seconds of nothing", quiet.as_secs()));
    // What is done once after a start is not idling.
    tokio::time::sleep(Duration::from_secs(5)).await;
    let before = Cpu::now(server.process(), world.database.process)?;
    tokio::time::sleep(quiet).await;
    let (cpu, database, wall) = Cpu::now(server.process(), world.database.process)?.since(&before);
    report.put("actors", actors);
    report.memory("idle", system::memory(server.process())?);
    let share = |seconds: f64| crate::stats::round(seconds / wall.as_secs_f64() * 1_000.0);
    report.put("cpu_ms_each_second_server", share(cpu));
    report.put("cpu_ms_each_second_postgres", share(database));
    report.hold(world.answers().await? == 0, "nobody answered, and there are answers");
    report.finish(setting)
}
