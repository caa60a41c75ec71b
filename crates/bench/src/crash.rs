//! The server is killed at random moments while it receives, sends, is written to, and makes new keys; what it has
//! acknowledged must be there afterwards, and nothing may have happened twice.

use std::{
    collections::HashSet,
    fmt::Write as _,
    sync::Arc,
    time::{Duration, Instant},
};

use anyhow::{Context as _, Result, ensure};
use serde_json::{Value, json};

use crate::{
    fill,
    generator::{Pace, Sent, send},
    inbox::Scene,
    report::{Report, Setting, tell},
    sinks::{Manner, Sinks, doubled, number},
    stats::Times,
    world::World,
};

/// How many speak to the server.
const SPEAKERS: usize = 5;
/// How much each round says to it.
const SAID: usize = 100;
/// How many inboxes follow.
const INBOXES: usize = 12;
/// How many needs each round posts, at most.
const POSTS: usize = 20;
/// How many servers are in the list that each round imports.
const LISTED: usize = 200;
/// Letters that may be under way to one inbox: so many may come twice.
const UNDER_WAY: usize = 6;

/// Runs so many rounds in one world.
pub async fn run(setting: &Setting, rounds: usize) -> Result<()> {
    let mut report = Report::new("crash", setting);
    let scene = Scene::new(setting, SPEAKERS).await?;
    let (world, inboxes) = (&scene.world, followers(&scene.world).await?);
    let (mut said, mut kept) = (0, Kept::default());
    let mut restarts = Vec::new();
    for round in 1..=rounds {
        let server = world.serve().await?;
        restarts.push(server.started);
        let requests = Arc::new(scene.answers(said, SAID)?);
        let pause = Duration::from_millis(chance(round) % 700);
        let (port, killed) = (world.program.port, tokio::time::sleep(pause));
        // Each third time a new key is being made as well.
        let rotation = (round % 3 == 0)
            .then(|| world.program.begin(&["admin", "rotate-key", "--handle", "garden"]));
        let mut rotation = rotation.transpose()?;
        let (sent, posted, imported, dead) = tokio::join!(
            send(port, 8, Pace::Closed, requests),
            post(world, round),
            import(world, round),
            async {
                killed.await;
                if let Some(rotation) = &mut rotation {
                    drop(rotation.kill());
                    rotation.wait()?;
                }
                server.kill()
            }
        );
        dead?;
        // One that was killed before it took a connection has acknowledged nothing.
        let sent = sent.unwrap_or_default();
        tell(&format!(
            "round {round} of {rounds}: killed after {} ms; {} answers and {} needs acknowledged",
            pause.as_millis(),
            sent.acknowledged.len(),
            posted.len()
        ));
        kept.add(&sent, said, posted);
        kept.imported.push(imported);
        said += SAID;
    }
    let start = Instant::now();
    let _server = world.serve().await?;
    // What so many rounds left behind is sent one after the other.
    world.sent(Duration::from_mins(15)).await?;
    report.put("rounds", rounds);
    report.put("restart", Times::of(restarts).json());
    report.put("seconds_to_catch_up", crate::stats::round(start.elapsed().as_secs_f64()));
    kept.compare(&mut report, &scene, &inboxes, rounds)?;
    let checked = world.program.well(&["db", "check"]);
    report.hold(checked.is_ok(), format!("db check: {checked:?}"));
    report.finish(setting)
}

/// What the server has said yes to.
#[derive(Debug, Default)]
struct Kept {
    answers: Vec<usize>,
    needs: Vec<String>,
    /// Of each round, whether its list was acknowledged.
    imported: Vec<bool>,
}

impl Kept {
    fn add(&mut self, sent: &Sent, first: usize, needs: Vec<String>) {
        self.answers.extend(sent.acknowledged.iter().map(|number| first + number));
        self.needs.extend(needs);
    }

    fn compare(
        &self,
        report: &mut Report,
        scene: &Scene,
        inboxes: &Sinks,
        rounds: usize,
    ) -> Result<()> {
        let database = &scene.world.database;
        let stored = database.lines("SELECT ap_id AS line FROM replies")?;
        let there: HashSet<&str> = stored.iter().map(String::as_str).collect();
        report.hold(there.len() == stored.len(), "an answer is there twice");
        let lost = self.answers.iter().filter(|number| {
            let speaker = scene.speakers.get(**number % SPEAKERS);
            let id = speaker.map(|it| format!("http://{}/notes/{number}", it.host));
            !id.is_some_and(|id| there.contains(id.as_str()))
        });
        let lost = lost.count();
        report.put("answers_acknowledged", self.answers.len());
        report.put("answers_lost", lost);
        report.hold(lost == 0, format!("{lost} acknowledged answers are lost"));
        let listings = database.lines("SELECT ap_id AS line FROM listings")?;
        let listings: HashSet<&str> = listings.iter().map(String::as_str).collect();
        let lost = self.needs.iter().filter(|need| !listings.contains(need.as_str())).count();
        report.put("needs_acknowledged", self.needs.len());
        report.put("needs_lost", lost);
        report.hold(lost == 0, format!("{lost} acknowledged needs are lost"));
        for (round, acknowledged) in (1..).zip(&self.imported) {
            let there = database
                .count(&format!("domain_rules WHERE domain LIKE '%.round{round}.example'"))?;
            let whole = i64::try_from(LISTED)?;
            let is_right = there == whole || (there == 0 && !acknowledged);
            report.hold(is_right, format!("{there} of the list of round {round} are there"));
        }
        let acknowledged = self.imported.iter().filter(|it| **it).count();
        report.put("lists_acknowledged", acknowledged);
        letters(report, scene, inboxes, rounds)
    }
}

/// Each need that is there went to each inbox, and no oftener than what was under way at a kill.
fn letters(report: &mut Report, scene: &Scene, inboxes: &Sinks, rounds: usize) -> Result<()> {
    let database = &scene.world.database;
    let bodies = database.lines(
        "SELECT body AS line FROM activities WHERE kind = 'Create' AND public ORDER BY id",
    )?;
    let wanted: HashSet<u64> = bodies
        .iter()
        .filter_map(|body| serde_json::from_str::<Value>(body).ok())
        .filter(|body| body.get("actor").and_then(Value::as_str) == Some(&scene.world.group))
        .filter(|body| body.pointer("/object/inReplyTo").is_none_or(Value::is_null))
        .filter(|body| {
            body.pointer("/object/id").and_then(Value::as_str) != Some(&scene.world.listing)
        })
        .filter_map(|body| Some(number(body.get("id")?.as_str()?)))
        .collect();
    let arrived = inboxes.arrived();
    let came: HashSet<(u64, u64)> = arrived
        .iter()
        .filter(|it| wanted.contains(&it.activity))
        .map(|it| (it.inbox, it.activity))
        .collect();
    let (want, twice) = (wanted.len() * INBOXES, doubled(&arrived));
    report.put("letters", want);
    report.put("letters_missing", want - came.len().min(want));
    report.put("letters_twice", twice);
    report.hold(came.len() == want, format!("{} of {want} letters came", came.len()));
    let most = rounds * INBOXES * UNDER_WAY;
    report.hold(twice <= most, format!("{twice} letters came twice, more than were under way"));
    Ok(())
}

async fn followers(world: &World) -> Result<Sinks> {
    let inboxes = Sinks::start_from(1_000, INBOXES, |host| {
        Manner::After(Duration::from_millis(if host % 2 == 0 { 2 } else { 60 }))
    });
    let inboxes = inboxes.await?;
    fill::hosts(&world.database, &inboxes.hosts)?;
    fill::followers(&world.database, &world.group, INBOXES, &inboxes.hosts, false)?;
    ensure!(world.database.count("follows")? == i64::try_from(INBOXES)?, "nobody follows");
    Ok(inboxes)
}

/// Posts one need after the other until nobody answers; the addresses of those that were acknowledged.
async fn post(world: &World, round: usize) -> Vec<String> {
    let mut posted = Vec::new();
    for number in 0..POSTS {
        let need = world.need(&format!("Need {number} of round {round}")).await;
        let uri = need.and_then(|need| {
            let uri = need.get("uri").and_then(Value::as_str).map(str::to_owned);
            uri.context("a need has an address")
        });
        match uri {
            Ok(uri) => posted.push(uri),
            Err(_) => break,
        }
    }
    posted
}

/// Takes a list of servers that are to be limited: all of it, or nothing; whether it was acknowledged.
async fn import(world: &World, round: usize) -> bool {
    let mut list = "#domain,#severity\n".to_owned();
    for number in 0..LISTED {
        let _infallible = writeln!(list, "s{number}.round{round}.example,silence");
    }
    world.post("admin/domains/import", &json!({ "list": list })).await.is_ok()
}

/// A number that differs from round to round, and from run to run.
fn chance(round: usize) -> u64 {
    let now = u64::from(
        std::time::SystemTime::now()
            .duration_since(std::time::UNIX_EPOCH)
            .unwrap_or_default()
            .subsec_nanos(),
    );
    number(&format!("{round} {now}"))
}
