//! How many instructions the server takes for what it does most often, counted by valgrind: a machine that is busy
//! counts the same. What takes a tenth more than the figure that is written down is a step back, and fails.
#![expect(clippy::print_stdout, reason = "a command says what it found where the developer looks")]

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
    sync::Arc,
    time::Duration,
};

use anyhow::{Context as _, Result, ensure};
use url::Url;

use crate::{
    fanout::arrive,
    fill,
    generator::{Pace, send},
    http::request,
    inbox::Scene,
    program::Counted,
    report::{Setting, tell},
    sinks::{Manner, Sinks},
    world::World,
};

/// So much more than what is written down is a step back.
const MORE: f64 = 1.1;
/// So much less is written down anew.
const LESS: f64 = 0.8;
/// How many answers come in, letters go out, and questions are asked: each takes fifty times as long as usual.
const RECEIVED: usize = 15;
const LETTERS: usize = 20;
const OFTEN: usize = 8;
/// How long all that was asked for may take: a program that is counted takes fifty times as long.
const PATIENCE: Duration = Duration::from_mins(5);
/// Where the figures are, in thousands of instructions.
const FIGURES: &str = "crates/bench/gate.json";

type Figures = BTreeMap<String, u64>;

/// Counts, and compares, or writes the figures down.
pub async fn run(setting: &Setting, write: bool) -> Result<()> {
    let found = count(setting).await?;
    let file = PathBuf::from(FIGURES);
    if write {
        fs::write(&file, format!("{}\n", serde_json::to_string_pretty(&found)?))?;
        println!("   written to {FIGURES}");
        return Ok(());
    }
    let wanted = fs::read_to_string(&file).with_context(|| FIGURES)?;
    let wanted: Figures = serde_json::from_str(&wanted).with_context(|| FIGURES)?;
    let wrong = compare(&found, &wanted);
    ensure!(
        wrong.is_empty(),
        "{}; `cargo xtask gate --write` where it has to be so",
        wrong.join("; ")
    );
    Ok(())
}

/// What is not as it was.
fn compare(found: &Figures, wanted: &Figures) -> Vec<String> {
    let mut wrong = Vec::new();
    for (name, found) in found {
        let Some(wanted) = wanted.get(name) else {
            wrong.push(format!("{name}: {found} thousand instructions, and no figure is there"));
            continue;
        };
        let share = ratio(*found, *wanted);
        println!("   {name:<28} {found:>8} thousand, {:>5.1} % of {wanted}", share * 100.0);
        if MORE < share {
            wrong.push(format!("{name} takes {:.0} % more instructions", (share - 1.0) * 100.0));
        } else if share < LESS {
            println!("   {name} got much quicker: write it down, so that it stays so");
        }
    }
    let gone = wanted.keys().filter(|name| !found.contains_key(*name));
    wrong.extend(gone.map(|name| format!("{name} was not counted")));
    wrong
}

#[expect(clippy::cast_precision_loss, reason = "a share of two counts")]
fn ratio(found: u64, wanted: u64) -> f64 {
    found as f64 / wanted.max(1) as f64
}

async fn count(setting: &Setting) -> Result<Figures> {
    let mut figures = Figures::new();
    let scene = Scene::new(setting, 5).await?;
    let world = &scene.world;
    let inboxes = Sinks::start_from(1_000, LETTERS, |_| Manner::After(Duration::ZERO)).await?;
    fill::hosts(&world.database, &inboxes.hosts)?;
    let elsewhere = "127.9.0.1:9".to_owned();
    fill::hosts(&world.database, std::slice::from_ref(&elsewhere))?;
    fill::listings(&world.database, &elsewhere, 20, 1_000)?;
    let server = world.program.serve_counted().await?;
    let path = Url::parse(&world.listing)?.path().to_owned();

    tell("received and stored");
    received(&scene, &server, 0, 5).await?;
    let each = received(&scene, &server, 5, RECEIVED).await? / RECEIVED as u64;
    figures.insert("inbox_verify_and_store".to_owned(), each);

    tell("signed and sent");
    fill::followers(&world.database, &world.group, LETTERS, &inboxes.hosts, false)?;
    posted(world, &inboxes, &server).await?;
    let each = posted(world, &inboxes, &server).await? / LETTERS as u64;
    figures.insert("sign_and_send".to_owned(), each);

    for (name, agent) in [("mastodon", "Mastodon/4.3.0"), ("lemmy", "Lemmy/0.19.11")] {
        let agent = format!("{agent}; +https://127.9.0.1/");
        let headers =
            [("accept", federation::serve::ACTIVITY_JSON), ("user-agent", agent.as_str())];
        let asked = request("GET", &path, &world.program.host(), &headers, b"");
        let each = asked_often(world, &server, &asked).await?;
        figures.insert(format!("listing_for_{name}"), each);
    }
    for (name, path) in [
        ("list_newest", "listings?limit=20"),
        ("list_near", "listings?category=food&near=41.4,2.16&radius=20000&open=true"),
        ("search_words", "listings?q=garden%20tools"),
    ] {
        let each = asked_often(world, &server, &world.asks("GET", path, None)).await?;
        figures.insert(name.to_owned(), each);
    }
    let page = request("GET", "/c/garden", &world.program.host(), &[("accept", "text/html")], b"");
    figures.insert("page_of_a_collective".to_owned(), asked_often(world, &server, &page).await?);
    Ok(figures)
}

/// Answers come in and have their effect.
async fn received(scene: &Scene, server: &Counted, first: usize, count: usize) -> Result<u64> {
    let world = &scene.world;
    let mut requests = scene.answers(first, count)?;
    let before = world.database.count("replies")?;
    server.count_anew()?;
    // A program that is counted on a busy machine is so slow that it asks some to come again.
    for _ in 0..10 {
        let sent = send(world.program.port, 1, Pace::Closed, Arc::new(requests.clone())).await?;
        let others = sent.statuses.keys().filter(|status| ![202, 503].contains(*status));
        ensure!(others.count() == 0, "statuses {:?}", sent.statuses);
        let numbered = std::mem::take(&mut requests).into_iter().enumerate();
        let left = numbered.filter(|(number, _)| !sent.acknowledged.contains(number));
        requests = left.map(|(_, request)| request).collect();
        if requests.is_empty() {
            break;
        }
    }
    world.rest(PATIENCE).await?;
    let counted = server.counted()?;
    let effects = world.database.count("replies")? - before;
    ensure!(effects == i64::try_from(count)?, "{effects} effects of {count}");
    Ok(counted)
}

/// A need goes to all inboxes.
async fn posted(world: &World, inboxes: &Sinks, server: &Counted) -> Result<u64> {
    inboxes.forget();
    server.count_anew()?;
    world.need("Many letters").await?;
    arrive(inboxes, inboxes.hosts.len(), PATIENCE).await?;
    world.sent(PATIENCE).await?;
    server.counted()
}

/// The same question again and again.
async fn asked_often(world: &World, server: &Counted, asked: &[u8]) -> Result<u64> {
    // Each of the connections that read has to have done it once.
    for often in [12, OFTEN] {
        server.count_anew()?;
        let requests = Arc::new(vec![asked.to_vec(); often]);
        let sent = send(world.program.port, 1, Pace::Closed, requests).await?;
        ensure!(sent.failed() == 0, "statuses {:?}", sent.statuses);
    }
    Ok(server.counted()? / OFTEN as u64)
}

/// What valgrind wrote down, in thousands of instructions.
pub(crate) fn total(file: &Path) -> Result<u64> {
    let text = fs::read_to_string(file)?;
    let line = text
        .lines()
        .find_map(|line| line.strip_prefix("totals: ").or_else(|| line.strip_prefix("summary: ")));
    let total: u64 = line.context("valgrind counted nothing")?.trim().parse()?;
    Ok(total / 1_000)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn figures(pairs: &[(&str, u64)]) -> Figures {
        pairs.iter().map(|(name, count)| ((*name).to_owned(), *count)).collect()
    }

    #[test]
    fn a_tenth_more_passes_and_a_fifth_more_is_a_step_back() {
        let wanted = figures(&[("list", 1_000), ("send", 500)]);
        assert!(compare(&figures(&[("list", 1_090), ("send", 300)]), &wanted).is_empty());
        let wrong = compare(&figures(&[("list", 1_200), ("send", 500)]), &wanted);
        assert_eq!(wrong, ["list takes 20 % more instructions"]);
    }

    #[test]
    fn what_is_new_or_was_not_counted_is_told() {
        let wrong = compare(&figures(&[("new", 3)]), &figures(&[("old", 3)]));
        assert_eq!(wrong.len(), 2, "{wrong:?}");
    }

    #[test]
    fn the_total_of_a_count_is_read() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("counted");
        fs::write(&file, "# callgrind format\nevents: Ir\nsummary: 12345678\n\ntotals: 12345678\n")
            .unwrap();
        assert_eq!(total(&file).unwrap(), 12_345);
        fs::write(&file, "").unwrap();
        assert!(total(&file).is_err());
    }
}
