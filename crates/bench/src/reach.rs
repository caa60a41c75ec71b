//! B3 and B4: how long it takes until a post has reached a thousand followers on fifty hosts, and whether neighbours
//! that do not answer make the others wait.
#![expect(clippy::print_stdout, reason = "a command says what it found")]

use std::{
    collections::HashSet,
    time::{Duration, Instant},
};

use anyhow::Result;

use crate::{
    fanout::{Crowd, arrive, hold, scene},
    report::{Report, Setting, tell},
    sinks::Manner,
    stats::{self, Times},
    system,
};

const CROWD: Crowd = Crowd { followers: 1_000, hosts: 50, shared: true };
/// As far as another continent's coast.
const FAR: Duration = Duration::from_millis(50);

/// Good neighbours.
fn clean(_: usize) -> Manner {
    Manner::After(FAR)
}

/// Of ten two that never answer, two that take nine seconds, and one that is busy.
fn mixed(host: usize) -> Manner {
    match host % 10 {
        1 | 2 => Manner::Silent,
        4 | 5 => Manner::After(Duration::from_secs(9)),
        7 => Manner::Refusing,
        _ => Manner::After(FAR),
    }
}

/// Runs both.
pub async fn run(setting: &Setting) -> Result<()> {
    let clean = one(setting, "reach", clean).await?;
    let mixed = one(setting, "reach-bad-neighbours", mixed).await?;
    let factor = mixed.as_secs_f64() / clean.as_secs_f64().max(0.001);
    println!("   good hosts among bad ones take {factor:.2} times as long at the 95th percentile");
    Ok(())
}

async fn one(setting: &Setting, name: &str, manner: fn(usize) -> Manner) -> Result<Duration> {
    let mut report = Report::new(name, setting);
    let (world, sinks) = scene(setting, CROWD, manner).await?;
    let server = world.serve().await?;
    let good: HashSet<usize> =
        (0..CROWD.hosts).filter(|host| manner(*host) == Manner::After(FAR)).collect();
    let begun = system::memory(server.process())?;
    let (mut times, mut last, mut sockets) = (Vec::new(), Vec::new(), 0);
    let posts = setting.size(5, 20);
    tell(&format!("{posts} posts to {} good hosts of {}", good.len(), CROWD.hosts));
    for post in 0..posts {
        sinks.forget();
        let start = Instant::now();
        world.need(&format!("Need {post}")).await?;
        let told = Instant::now();
        let wait = Instant::now();
        let arrived = loop {
            let mut arrived = sinks.arrived();
            arrived.retain(|it| good.contains(&it.host));
            if good.len() <= arrived.len() || Duration::from_secs(30) < wait.elapsed() {
                break arrived;
            }
            tokio::time::sleep(Duration::from_millis(2)).await;
        };
        sockets = sockets.max(system::sockets(server.process()));
        hold(&mut report, &arrived, good.len());
        // The first post opens the connections.
        if 0 < post {
            times.extend(arrived.iter().map(|it| it.at.duration_since(start)));
            last.extend(arrived.iter().map(|it| it.at.duration_since(told)).max());
        }
        tokio::time::sleep(Duration::from_millis(300)).await;
    }
    let times = Times::of(times);
    report.put("good_hosts", good.len());
    report.put("arrival_after_asking", times.json());
    report.put("last_after_201", Times::of(last).json());
    report.put("last_of_all_ms", stats::millis(times.longest()));
    report.put("sockets", sockets);
    report.memory("before", begun);
    report.memory("after", system::memory(server.process())?);
    if good.len() == CROWD.hosts {
        arrive(&sinks, good.len(), Duration::from_secs(1)).await?;
    }
    let at = times.percentile(95);
    report.finish(setting)?;
    Ok(at)
}
