//! B8: what memory it takes to write to a hundred thousand followers, of whose servers some are down.

use std::time::{Duration, Instant};

use anyhow::Result;

use crate::{
    fanout::{Crowd, scene},
    report::{Report, Setting, tell},
    sinks::{Manner, doubled},
    system,
};

/// Runs it.
pub async fn run(setting: &Setting) -> Result<()> {
    let mut report = Report::new("crowd", setting);
    let crowd = Crowd {
        followers: setting.size(10_000, 100_000),
        hosts: setting.size(500, 5_000),
        shared: true,
    };
    // Three of ten hosts are down.
    let is_down = |host: usize| host % 10 < 3;
    let manner =
        |host| if is_down(host) { Manner::Refusing } else { Manner::After(Duration::ZERO) };
    let (world, sinks) = scene(setting, crowd, manner).await?;
    let server = world.serve().await?;
    tokio::time::sleep(Duration::from_secs(3)).await;
    let idle = system::memory(server.process())?;
    report.memory("idle", idle);
    let posts = setting.size(3, 10);
    let good = (0..crowd.hosts).filter(|host| !is_down(*host)).count();
    tell(&format!("{posts} posts to {} followers", crowd.followers));
    for number in 0..posts {
        world.need(&format!("Need {number}")).await?;
    }
    let start = Instant::now();
    while sinks.count() < good * posts && start.elapsed() < Duration::from_mins(4) {
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    let arrived = sinks.arrived();
    let after = system::memory(server.process())?;
    report.put("letters", arrived.len());
    report.put("seconds", crate::stats::round(start.elapsed().as_secs_f64()));
    report.memory("after", after);
    report.put("more_mib", after.peak.saturating_sub(idle.rss).div_ceil(1024));
    report.hold(arrived.len() == good * posts, format!("{} letters came", arrived.len()));
    report.hold(doubled(&arrived) == 0, "a letter came twice");
    report.finish(setting)
}
