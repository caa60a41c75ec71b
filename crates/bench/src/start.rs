//! B6: from the start of the program to its first answer.

use std::time::Duration;

use anyhow::Result;

use crate::{
    fanout::Crowd,
    fill,
    program::Program,
    report::{Report, Setting, tell},
    stats::{self, Times},
    system::Cpu,
    world::World,
};

/// Runs it.
pub async fn run(setting: &Setting) -> Result<()> {
    let mut report = Report::new("start", setting);
    let rounds = setting.size(5, 15);
    tell("first starts, each on an empty database");
    let mut first = Vec::new();
    for _ in 0..setting.size(2, 5) {
        let database = setting.database()?;
        let program = Program::new(&setting.binary, &database)?;
        let server = program.serve().await?;
        first.push(server.started);
        drop(server);
    }
    report.put("first_start", Times::of(first).json());

    let world = World::found(setting).await?;
    let hosts: Vec<String> = (1..=200).map(|number| format!("127.9.0.{number}:9")).collect();
    fill::hosts(&world.database, &hosts)?;
    let crowd = Crowd { followers: setting.size(5_000, 50_000), hosts: 200, shared: true };
    fill::followers(&world.database, &world.group, crowd.followers, &hosts, true)?;
    let listings = setting.size(10_000, 200_000);
    if let Some(host) = hosts.first() {
        fill::listings(&world.database, host, 100, listings)?;
    }
    report.put("rows", crowd.followers * 2 + listings);
    tell(&format!("{rounds} starts"));
    let (mut starts, mut cpu) = (Vec::new(), Vec::new());
    for _ in 0..rounds {
        let server = world.serve().await?;
        starts.push(server.started);
        cpu.push(Cpu::now(server.process(), None)?.server);
        tokio::time::sleep(Duration::from_millis(300)).await;
        server.kill()?;
    }
    report.put("start", Times::of(starts).json());
    let used: f64 = cpu.iter().sum();
    report.put("cpu_ms_each", stats::round(stats::each(used * 1_000.0, cpu.len())));
    report.finish(setting)
}
