//! B2: one post to all who follow a collective.

use std::{
    collections::HashSet,
    time::{Duration, Instant},
};

use anyhow::{Result, ensure};

use crate::{
    fill,
    report::{Report, Setting, tell},
    sinks::{Manner, Sinks, doubled},
    stats::{self, Times},
    system::{self, Cpu},
    world::World,
};

/// Who follows.
#[derive(Clone, Copy, Debug)]
pub struct Crowd {
    /// How many.
    pub followers: usize,
    /// On so many hosts.
    pub hosts: usize,
    /// Whether each host has one inbox for all.
    pub shared: bool,
}

impl Crowd {
    /// How many letters one post is.
    #[must_use]
    pub fn letters(&self) -> usize {
        if self.shared { self.hosts.min(self.followers) } else { self.followers }
    }

    /// In a few words, for the name of a result.
    #[must_use]
    pub fn name(&self) -> String {
        format!("{}-{}", self.followers, self.hosts)
    }
}

/// A server, and a crowd that follows its collective.
pub async fn scene(
    setting: &Setting,
    crowd: Crowd,
    manner: impl Fn(usize) -> Manner,
) -> Result<(World, Sinks)> {
    let world = World::found(setting).await?;
    let sinks = Sinks::start(crowd.hosts, manner).await?;
    fill::hosts(&world.database, &sinks.hosts)?;
    fill::followers(&world.database, &world.group, crowd.followers, &sinks.hosts, crowd.shared)?;
    Ok((world, sinks))
}

/// Runs all of them.
pub async fn run(setting: &Setting) -> Result<()> {
    let after = Duration::from_millis(5);
    let crowds = [
        (Crowd { followers: 500, hosts: 50, shared: false }, setting.size(4, 10)),
        (Crowd { followers: 10_000, hosts: 500, shared: true }, setting.size(4, 10)),
        (Crowd { followers: 100_000, hosts: 5_000, shared: true }, 1),
    ];
    for (crowd, posts) in crowds.into_iter().take(setting.size(2, 3)) {
        one(setting, crowd, posts, after).await?;
    }
    Ok(())
}

async fn one(setting: &Setting, crowd: Crowd, posts: usize, after: Duration) -> Result<()> {
    let mut report = Report::new(&format!("fanout-{}", crowd.name()), setting);
    let (world, sinks) = scene(setting, crowd, |_| Manner::After(after)).await?;
    let server = world.serve().await?;
    let bytes = world.database.bytes()?;
    let cpu = Cpu::now(server.process(), world.database.process)?;
    report.memory("before", system::memory(server.process())?);
    let letters = crowd.letters() * posts;
    tell(&format!("{posts} posts, {letters} letters"));
    let start = Instant::now();
    let mut post_times = Vec::new();
    for number in 0..posts {
        let begun = Instant::now();
        world.need(&format!("Need {number}")).await?;
        post_times.push(begun.elapsed());
    }
    arrive(&sinks, letters, Duration::from_mins(5)).await?;
    let last = sinks.arrived().iter().map(|it| it.at).max().unwrap_or(start);
    world.sent(Duration::from_mins(2)).await?;
    let done = Cpu::now(server.process(), world.database.process)?;
    let arrived = sinks.arrived();
    report.put("letters", letters);
    report.put("last_arrival_ms", stats::millis(last.duration_since(start)));
    report.put("letters_each_second", stats::rate(letters, last.duration_since(start)));
    report.put("post", Times::of(post_times).json());
    report.put("sockets", system::sockets(server.process()));
    report.cpu(&cpu, &done, letters);
    report.memory("after", system::memory(server.process())?);
    report.put("bytes_left", world.database.bytes()? - bytes);
    hold(&mut report, &arrived, letters);
    report.finish(setting)
}

/// Every letter came, and none came twice.
pub fn hold(report: &mut Report, arrived: &[crate::sinks::Arrival], letters: usize) {
    let distinct: HashSet<(u64, u64)> = arrived.iter().map(|it| (it.inbox, it.activity)).collect();
    report.hold(distinct.len() == letters, format!("{} of {letters} came", distinct.len()));
    report.hold(doubled(arrived) == 0, format!("{} came twice", doubled(arrived)));
}

/// Waits until so many have arrived.
pub async fn arrive(sinks: &Sinks, count: usize, patience: Duration) -> Result<()> {
    let start = Instant::now();
    while sinks.count() < count {
        let come = sinks.count();
        ensure!(start.elapsed() < patience, "{come} of {count} letters came in {patience:?}");
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    Ok(())
}
