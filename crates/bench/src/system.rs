//! What the kernel knows of processes: their time on the processor and their memory.

use std::{
    fs,
    path::Path,
    time::{Duration, Instant},
};

use anyhow::{Context as _, Result};

/// Of a second: `USER_HZ`, which is the same on every Linux.
const TICKS: u64 = 100;

/// Processor time of a server and of its database, from a moment on.
#[derive(Clone, Copy, Debug)]
pub struct Cpu {
    /// The server's, in seconds.
    pub server: f64,
    /// PostgreSQL's, with all of its processes; nothing with SQLite, which is inside the server.
    pub database: f64,
    /// When it was read.
    pub at: Instant,
}

/// Memory of a process, in KiB.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Memory {
    /// What is in memory.
    pub rss: u64,
    /// The same, with what is shared divided among those who share it.
    pub pss: u64,
    /// The most that was in memory since the start.
    pub peak: u64,
}

impl Cpu {
    /// Reads it now.
    pub fn now(server: u32, postgres: Option<u32>) -> Result<Self> {
        let database = postgres.map_or(0, family);
        Ok(Self {
            server: seconds(own(&stat(server)?).context("a process's numbers cannot be read")?),
            database: seconds(database),
            at: Instant::now(),
        })
    }

    /// What was used since an earlier reading.
    #[must_use]
    pub fn since(&self, before: &Self) -> (f64, f64, Duration) {
        (
            self.server - before.server,
            self.database - before.database,
            self.at.duration_since(before.at),
        )
    }
}

#[expect(clippy::cast_precision_loss, reason = "nobody measures for a million years")]
fn seconds(ticks: u64) -> f64 {
    ticks as f64 / TICKS as f64
}

fn stat(process: u32) -> Result<String> {
    fs::read_to_string(format!("/proc/{process}/stat")).context("the process is gone")
}

/// The numbers of a `stat` line after the name, which may hold spaces and brackets: the first is the state.
fn numbers(line: &str) -> Option<Vec<&str>> {
    Some(line.rsplit_once(')')?.1.split_ascii_whitespace().collect())
}

/// Time of a process itself: fields 14 and 15 of its line (proc(5)).
fn own(line: &str) -> Option<u64> {
    let fields = numbers(line)?;
    Some(fields.get(11)?.parse::<u64>().ok()? + fields.get(12)?.parse::<u64>().ok()?)
}

/// The same of the children that have ended and were waited for.
fn ended(line: &str) -> Option<u64> {
    let fields = numbers(line)?;
    Some(fields.get(13)?.parse::<u64>().ok()? + fields.get(14)?.parse::<u64>().ok()?)
}

fn parent(line: &str) -> Option<u32> {
    numbers(line)?.get(1)?.parse().ok()
}

/// Time of a process, of the children it has, and of those it had.
fn family(process: u32) -> u64 {
    let lines = all();
    let mine = lines.iter().filter(|(id, line)| *id == process || parent(line) == Some(process));
    mine.map(|(id, line)| {
        let gone = if *id == process { ended(line) } else { None };
        own(line).unwrap_or_default() + gone.unwrap_or_default()
    })
    .sum()
}

fn all() -> Vec<(u32, String)> {
    let entries = fs::read_dir("/proc").into_iter().flatten().flatten();
    let ids = entries.filter_map(|entry| entry.file_name().to_str()?.parse::<u32>().ok());
    ids.filter_map(|id| Some((id, stat(id).ok()?))).collect()
}

/// Memory of a process now.
pub fn memory(process: u32) -> Result<Memory> {
    let read = |name: &str| fs::read_to_string(format!("/proc/{process}/{name}"));
    let status = read("status").context("the process is gone")?;
    let rollup = read("smaps_rollup").unwrap_or_default();
    Ok(Memory {
        rss: kib(&status, "VmRSS:").unwrap_or_default(),
        pss: kib(&rollup, "Pss:").unwrap_or_default(),
        peak: kib(&status, "VmHWM:").unwrap_or_default(),
    })
}

fn kib(text: &str, name: &str) -> Option<u64> {
    let line = text.lines().find_map(|line| line.strip_prefix(name))?;
    line.split_ascii_whitespace().next()?.parse().ok()
}

/// How many sockets a process has open.
pub fn sockets(process: u32) -> usize {
    let entries = fs::read_dir(format!("/proc/{process}/fd")).into_iter().flatten().flatten();
    let links = entries.filter_map(|entry| fs::read_link(entry.path()).ok());
    links.filter(|link| link.to_string_lossy().starts_with("socket:")).count()
}

/// How many processes want to run, as `uptime` says it.
pub fn load() -> f64 {
    let text = fs::read_to_string("/proc/loadavg").unwrap_or_default();
    text.split(' ').next().and_then(|word| word.parse().ok()).unwrap_or_default()
}

/// The machine in a line: processors and memory.
pub fn machine() -> String {
    let cpus = fs::read_to_string("/proc/cpuinfo").unwrap_or_default();
    let count = cpus.lines().filter(|line| line.starts_with("processor")).count();
    let model = cpus.lines().find_map(|line| line.strip_prefix("model name")?.split_once(": "));
    let model = model.map_or("a processor", |(_, name)| name);
    let memory = fs::read_to_string("/proc/meminfo").unwrap_or_default();
    let gib = kib(&memory, "MemTotal:").unwrap_or_default() / 1024 / 1024;
    format!("{count} × {model}, {gib} GiB")
}

/// How many bytes a file, or all that lies below a folder, takes.
pub fn size(path: &Path) -> u64 {
    let Ok(about) = fs::symlink_metadata(path) else { return 0 };
    if !about.is_dir() {
        return about.len();
    }
    let below = fs::read_dir(path).into_iter().flatten().flatten();
    below.map(|entry| size(&entry.path())).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    const LINE: &str = "77 (a (b) c) S 5 77 77 0 -1 4194560 1 2 3 4 10 20 30 40 20 0 9 0 1 2 3";

    #[test]
    fn a_line_of_the_kernel_is_read_whatever_the_name() {
        assert_eq!((own(LINE), ended(LINE), parent(LINE)), (Some(30), Some(70), Some(5)));
        assert_eq!((own("77"), own("77 (a) S 5"), parent("")), (None, None, None));
    }

    #[test]
    fn time_and_memory_of_this_process_are_there() {
        let me = std::process::id();
        let before = Cpu::now(me, Some(me)).unwrap();
        let mut sum = 0_u64;
        while Cpu::now(me, None).unwrap().server - before.server < 0.05 {
            sum = (0..100_000).fold(sum, u64::wrapping_add);
        }
        let (server, _, wall) = Cpu::now(me, None).unwrap().since(&before);
        assert!(0.05 <= server && Duration::from_millis(20) < wall, "{sum}");
        let memory = memory(me).unwrap();
        assert!(0 < memory.pss && memory.rss <= memory.peak, "{memory:?}");
    }

    #[test]
    fn sizes_are_added_up() {
        let folder = tempfile::tempdir().unwrap();
        fs::create_dir(folder.path().join("below")).unwrap();
        fs::write(folder.path().join("one"), "123").unwrap();
        fs::write(folder.path().join("below/two"), "4567").unwrap();
        assert_eq!(size(folder.path()), 7);
        assert_eq!(size(&folder.path().join("nothing")), 0);
    }
}
