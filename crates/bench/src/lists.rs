//! B5: lists and searches among a million needs and offers.

use std::{sync::Arc, time::Instant};

use anyhow::{Result, ensure};
use serde_json::{Value, json};

use crate::{
    fill,
    generator::{Pace, send},
    report::{Report, Setting, tell},
    stats::{self, Times},
    system::{self, Cpu},
    world::World,
};

/// How many boards there are.
const BOARDS: usize = 500;
/// How often each shape is asked for, and how many in a second.
const ASKED: usize = 400;
const EACH_SECOND: u32 = 200;

/// Runs it.
pub async fn run(setting: &Setting) -> Result<()> {
    let mut report = Report::new("lists", setting);
    let count = setting.size(100_000, 1_000_000);
    let world = World::found(setting).await?;
    let host = "127.9.0.1:9".to_owned();
    fill::hosts(&world.database, std::slice::from_ref(&host))?;
    let start = Instant::now();
    fill::listings(&world.database, &host, BOARDS, count)?;
    report.put("listings", count);
    report.put("filled_in_seconds", stats::round(start.elapsed().as_secs_f64()));
    report.put("mib", world.database.bytes()? / 1024 / 1024);
    let server = world.serve().await?;
    report.put("start_ms", stats::millis(server.started));
    let board = board(&world)?;
    let deep = deep(&world, setting.size(100, 1_000)).await?;
    let shapes = [
        ("board_newest", format!("listings?collective={board}")),
        (
            "category_near_open",
            "listings?category=food&near=41.4,2.16&radius=20000&open=true".to_owned(),
        ),
        ("one_word", "listings?q=honey".to_owned()),
        ("three_words", "listings?q=garden%20tools%20bread".to_owned()),
        ("rare_word", "listings?q=windmill".to_owned()),
        ("mine", "me/listings".to_owned()),
        ("deep_page", format!("listings?{deep}")),
        ("kind_and_terms", "listings?kind=goods&terms=loan&purpose=need&open=true".to_owned()),
        ("admin_servers", "admin/servers".to_owned()),
    ];
    for (name, path) in shapes {
        tell(name);
        let found = world.get(&path).await?;
        let items = found.get("items").and_then(Value::as_array).map_or(0, Vec::len);
        let request = world.asks("GET", &path, None);
        let first = one(&world, &request).await?;
        let requests = Arc::new(vec![request; setting.size(100, ASKED)]);
        let before = Cpu::now(server.process(), world.database.process)?;
        let asked = requests.len();
        let sent = send(world.program.port, 16, Pace::Open(EACH_SECOND), requests).await?;
        let (own, database, _) = Cpu::now(server.process(), world.database.process)?.since(&before);
        report.put(
            name,
            json!({
                "items": items,
                "first_ms": stats::millis(first),
                "times": sent.times.json(),
                "cpu_ms_each": stats::round(stats::each((own + database) * 1_000.0, asked)),
            }),
        );
        report.hold(sent.failed() == 0, format!("{name}: statuses {:?}", sent.statuses));
        report.hold(name == "mine" || 0 < items, format!("{name} finds nothing"));
    }
    report.memory("after", system::memory(server.process())?);
    report.finish(setting)
}

async fn one(world: &World, request: &[u8]) -> Result<std::time::Duration> {
    let mut connection = crate::http::Connection::to(world.program.port).await?;
    let start = Instant::now();
    let answer = connection.ask(request).await?;
    ensure!(answer.status() == 200, "{}", answer.status());
    Ok(Times::of(vec![start.elapsed()]).longest())
}

/// The collective of the newest listing of another server.
fn board(world: &World) -> Result<String> {
    let id = world.database.lines(&match world.database.engine {
        db::Engine::Sqlite => {
            "SELECT lower(hex(id)) AS line FROM actors WHERE handle = 'board7'".to_owned()
        }
        db::Engine::Postgres => {
            "SELECT encode(id, 'hex') AS line FROM actors WHERE handle = 'board7'".to_owned()
        }
    })?;
    let id = id.first().cloned().unwrap_or_default();
    Ok(uuid::Uuid::parse_str(&id)?.to_string())
}

/// The cursor of a page far down.
async fn deep(world: &World, pages: usize) -> Result<String> {
    let mut cursor = String::new();
    for _ in 0..pages {
        let page = world.get(&format!("listings?limit=50{cursor}")).await?;
        let Some(next) = page.get("next").and_then(Value::as_str) else { break };
        cursor = format!("&cursor={next}");
    }
    Ok(format!("limit=20{cursor}"))
}
