//! B1: how many activities are taken in, stored, and have had their effect.

use std::{
    sync::Arc,
    time::{Duration, Instant},
};

use anyhow::Result;
use serde_json::json;

use crate::{
    fill,
    generator::{Pace, Sent, send},
    report::{Report, Setting, tell},
    signed::Speaker,
    sinks::{Manner, Sinks},
    stats,
    system::{self, Cpu},
    world::World,
};

/// One server may say a thousand things at once: that is a limit of ours, and not what is measured.
const MOST_OF_ONE: usize = 990;
/// As many connections as the goal names.
const CONNECTIONS: usize = 16;

/// A server that knows some speakers, and what they are going to say.
pub struct Scene {
    /// The server.
    pub world: World,
    /// Those who are asked by the server meanwhile.
    pub sinks: Sinks,
    /// Who speaks.
    pub speakers: Vec<Speaker>,
}

impl Scene {
    /// With so many speakers, each on a host of its own.
    pub async fn new(setting: &Setting, speakers: usize) -> Result<Self> {
        let world = World::found(setting).await?;
        let sinks = Sinks::start(speakers, |_| Manner::After(Duration::ZERO)).await?;
        fill::hosts(&world.database, &sinks.hosts)?;
        let hosts = sinks.hosts.iter().enumerate();
        let speakers: Vec<Speaker> =
            hosts.map(|(number, host)| Speaker::new(host, number)).collect::<Result<_>>()?;
        for speaker in &speakers {
            sinks.show(&speaker.id, &speaker.document());
        }
        fill::speakers(&world.database, &speakers)?;
        Ok(Self { world, sinks, speakers })
    }

    /// So many answers to the first need, the speakers in turn, numbered from `first` on, signed now.
    pub fn answers(&self, first: usize, count: usize) -> Result<Vec<Vec<u8>>> {
        let host = self.world.program.host();
        let speakers = self.speakers.iter().cycle().zip(first..first + count);
        speakers
            .map(|(speaker, number)| {
                let said = speaker.answer(number, &self.world.listing, &self.world.group);
                speaker.request(&host, "/c/garden/inbox", &said)
            })
            .collect()
    }
}

/// Runs it.
pub async fn run(setting: &Setting) -> Result<()> {
    let speakers = setting.size(5, 20);
    let count = speakers * setting.size(400, MOST_OF_ONE);
    let mut report = Report::new("inbox", setting);
    let scene = Scene::new(setting, speakers).await?;
    let world = &scene.world;
    let server = world.serve().await?;
    tell("five hundred to begin with");
    let warm = Arc::new(scene.answers(0, speakers)?);
    send(world.program.port, CONNECTIONS, Pace::Closed, warm).await?;
    world.rest(Duration::from_mins(1)).await?;

    tell(&format!("{count} activities are signed"));
    let requests = Arc::new(scene.answers(speakers, count)?);
    report.put("bytes_each", requests.first().map_or(0, Vec::len));
    let before = world.answers().await?;
    let bytes = world.database.bytes()?;
    report.memory("before", system::memory(server.process())?);
    let cpu = Cpu::now(server.process(), world.database.process)?;
    let start = Instant::now();
    tell("and sent");
    let sent = send(world.program.port, CONNECTIONS, Pace::Closed, requests).await?;
    let accepted = Cpu::now(server.process(), world.database.process)?;
    world.rest(Duration::from_mins(5)).await?;
    let effective = start.elapsed();
    let done = Cpu::now(server.process(), world.database.process)?;
    shown(&mut report, &sent, count, effective);
    let (server_cpu, database_cpu, _) = accepted.since(&cpu);
    report.put(
        "cpu_ms_each_to_202",
        stats::round(stats::each((server_cpu + database_cpu) * 1_000.0, count)),
    );
    report.cpu(&cpu, &done, count);
    report.memory("after", system::memory(server.process())?);
    report.put("bytes_stored_each", (world.database.bytes()? - bytes) / i64::try_from(count)?);
    let effects = world.answers().await?.saturating_sub(before);
    report.hold(sent.failed() == 0, format!("statuses {:?}", sent.statuses));
    report.hold(effects == count as u64, format!("{effects} effects of {count}"));
    let replies = world.database.count("replies")?;
    let distinct = world.database.number("SELECT count(DISTINCT ap_id) AS number FROM replies")?;
    report.hold(replies == distinct, format!("{replies} answers, of which {distinct} differ"));
    report.put("documents_asked_for", scene.sinks.asked());
    report.finish(setting)
}

fn shown(report: &mut Report, sent: &Sent, count: usize, effective: Duration) {
    report.put("activities", count);
    report.put("accepted_each_second", stats::rate(count, sent.took));
    report.put("effective_each_second", stats::rate(count, effective));
    report.put("answer", sent.times.json());
    report.put("statuses", json!(sent.statuses));
}
