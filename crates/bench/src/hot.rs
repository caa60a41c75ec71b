//! B12: what was announced is asked for by thousands of servers at once.

use std::sync::Arc;

use anyhow::{Context as _, Result, ensure};
use serde_json::{Value, json};
use url::Url;

use crate::{
    fill,
    generator::{Pace, send},
    http::{Connection, request},
    report::{Report, Setting, tell},
    signed::Speaker,
    stats,
    system::{self, Cpu},
    world::World,
};

const CONNECTIONS: usize = 64;

/// Runs it.
pub async fn run(setting: &Setting) -> Result<()> {
    let servers = setting.size(600, 3_000);
    let mut report = Report::new("hot", setting);
    let world = World::found(setting).await?;
    let hosts: Vec<String> = (0..servers)
        .map(|number| format!("127.8.{}.{}:9", number / 250, number % 250 + 1))
        .collect();
    fill::hosts(&world.database, &hosts)?;
    let server = world.serve().await?;
    let path = Url::parse(&world.listing)?.path().to_owned();
    for (name, path) in [("object", path.as_str()), ("group", "/c/garden")] {
        for signed in [false, true] {
            tell(&format!("{servers} servers ask for the {name}, signed: {signed}"));
            let requests = asked(&world, &hosts, path, signed)?;
            let wanted = document(&world, path).await?;
            let count = requests.len();
            let before = Cpu::now(server.process(), world.database.process)?;
            let sent =
                send(world.program.port, CONNECTIONS, Pace::Closed, Arc::new(requests)).await?;
            let after = Cpu::now(server.process(), world.database.process)?;
            let (own, database, wall) = after.since(&before);
            let key = format!("{name}_{}", if signed { "signed" } else { "unsigned" });
            report.put(
                &key,
                json!({
                    "asked": count,
                    "each_second": stats::rate(count, wall),
                    "each_second_of_processor":
                        stats::round(1.0 / stats::each(own + database, count).max(0.000_001)),
                    "answer": sent.times.json(),
                }),
            );
            report.hold(sent.failed() == 0, format!("{key}: statuses {:?}", sent.statuses));
            report.hold(document(&world, path).await? == wanted, format!("{key}: it changed"));
        }
    }
    report.memory("after", system::memory(server.process())?);
    report.finish(setting)
}

/// Each server asks four times: for the object, and once more for what is in it.
fn asked(world: &World, hosts: &[String], path: &str, signed: bool) -> Result<Vec<Vec<u8>>> {
    let ours = world.program.host();
    let speakers: Vec<Speaker> = hosts
        .iter()
        .take(6)
        .enumerate()
        .map(|(at, host)| Speaker::new(host, at))
        .collect::<Result<_>>()?;
    let each = hosts.iter().cycle().take(hosts.len() * 4).enumerate();
    each.map(|(number, host)| {
        if signed {
            let speaker = speakers.get(number % speakers.len()).context("somebody asks")?;
            return speaker.asks(&ours, path);
        }
        let agent = format!("Mastodon/4.3.0 (http.rb/5.2.0; +http://{host}/)");
        let headers =
            [("accept", federation::serve::ACTIVITY_JSON), ("user-agent", agent.as_str())];
        Ok(request("GET", path, &ours, &headers, b""))
    })
    .collect()
}

async fn document(world: &World, path: &str) -> Result<Value> {
    let headers = [("accept", federation::serve::ACTIVITY_JSON)];
    let asked = request("GET", path, &world.program.host(), &headers, b"");
    let answer = Connection::to(world.program.port).await?.ask(&asked).await?;
    ensure!(answer.status() == 200, "{path}: {}", answer.status());
    Ok(serde_json::from_slice(&answer.body)?)
}
