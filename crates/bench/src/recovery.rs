//! B11: the server is killed at full load; how long until it serves again, and until nothing waits any more.

use std::{
    sync::Arc,
    time::{Duration, Instant},
};

use anyhow::Result;

use crate::{
    fill,
    generator::{Pace, send},
    inbox::Scene,
    report::{Report, Setting, tell},
    sinks::{Manner, Sinks, doubled},
    stats,
    world::World,
};

/// Runs it.
pub async fn run(setting: &Setting) -> Result<()> {
    let mut report = Report::new("recovery", setting);
    // Both go to all who follow: ten thousand letters in all.
    let (posts, answers) = (setting.size(3, 10), setting.size(3, 10));
    let scene = Scene::new(setting, 5).await?;
    let world = &scene.world;
    let inboxes =
        Sinks::start_from(1_000, 500, |_| Manner::After(Duration::from_millis(5))).await?;
    fill::hosts(&world.database, &inboxes.hosts)?;
    fill::followers(&world.database, &world.group, 500, &inboxes.hosts, false)?;
    let server = world.serve().await?;
    inboxes.close(true);
    tell(&format!("{posts} posts and {answers} answers to 500 inboxes that do not answer yet"));
    let requests = Arc::new(scene.answers(0, answers)?);
    let port = world.program.port;
    let (sent, posted) =
        tokio::join!(send(port, 16, Pace::Closed, requests.clone()), post(world, posts));
    let sent = sent?;
    posted?;
    // What was received is worked on, and all that is to be sent is in the books or under way.
    inboxes.close(false);
    tokio::time::sleep(Duration::from_millis(200)).await;
    server.kill()?;
    let [received, events, letters, jobs] = world.waiting()?;
    report.put("waiting_at_the_kill", received + events + letters + jobs);
    report.put("letters_at_the_kill", letters);
    let before = inboxes.count();
    let start = Instant::now();
    let server = world.serve().await?;
    report.put("serving_after_ms", stats::millis(server.started));
    world.sent(Duration::from_mins(3)).await?;
    report.put("caught_up_after_ms", stats::millis(start.elapsed()));
    let arrived = inboxes.arrived();
    let twice = doubled(&arrived);
    report.put("letters_before_the_kill", before);
    report.put("letters_twice", twice);
    let (letters, wanted) = (arrived.len() - twice, (posts + sent.acknowledged.len()) * 500);
    report.hold(wanted <= letters, format!("{letters} of {wanted} letters came"));
    // Sixty-four hosts at a time, with six letters each.
    report.hold(twice <= 64 * 6, format!("{twice} letters came twice"));
    let effects = world.answers().await?;
    let acknowledged = sent.acknowledged.len() as u64;
    report.hold(acknowledged <= effects, format!("{effects} effects of {acknowledged}"));
    report.finish(setting)
}

async fn post(world: &World, posts: usize) -> Result<()> {
    for number in 0..posts {
        world.need(&format!("Need {number}")).await?;
    }
    Ok(())
}
