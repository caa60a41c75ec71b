//! A throw-away PostgreSQL: a folder of its own, a socket, no promise to survive anything.

use std::fs::{self, File};
use std::os::unix::fs::{MetadataExt, chown};
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context as _, Result, bail};
use tempfile::TempDir;

use crate::{interrupt, shell};

const INITDB: [&str; 5] =
    ["--username=postgres", "--auth=trust", "--encoding=UTF8", "--locale=C.UTF-8", "--no-sync"];

/// Fast rather than safe: the data is gone with the test run.
const SETTINGS: [&str; 5] = [
    "listen_addresses=",
    "fsync=off",
    "synchronous_commit=off",
    "full_page_writes=off",
    "max_connections=300",
];

/// As people run it: each commit is on the disk before it is acknowledged.
const DURABLE: [&str; 2] = ["listen_addresses=", "max_connections=300"];

/// A running server, stopped and removed when dropped.
#[derive(Debug)]
pub(crate) struct Postgres {
    tools: PathBuf,
    home: TempDir,
    owner: Option<Owner>,
    server: Option<Child>,
}

/// Who the server runs as where we are root, which it refuses to be.
#[derive(Debug, Clone, Copy)]
struct Owner {
    user: u32,
    group: u32,
}

impl Postgres {
    /// Starts a server with the programs in `tools`.
    pub(crate) fn start(tools: PathBuf) -> Result<Self> {
        let mut home = tempfile::Builder::new();
        let home = home.prefix("tequio-pg-");
        // In memory a test's database is made twice as fast.
        let home = home.tempdir_in("/dev/shm").or_else(|_| home.tempdir())?;
        Self::start_in(home, tools, &SETTINGS)
    }

    /// Starts one that keeps what it promises, on the disk.
    pub(crate) fn durable(tools: PathBuf) -> Result<Self> {
        let home = tempfile::Builder::new().prefix("tequio-pg-").tempdir_in("/var/tmp")?;
        Self::start_in(home, tools, &DURABLE)
    }

    fn start_in(home: TempDir, tools: PathBuf, settings: &[&str]) -> Result<Self> {
        let owner = owner_for(home.path())?;
        let mut postgres = Self { tools, home, owner, server: None };
        let mut initdb = postgres.tool("initdb");
        initdb.args(INITDB).arg("--pgdata").arg(postgres.data());
        shell::output(&mut initdb)?;
        postgres.server = Some(postgres.launch(settings)?);
        postgres.await_answer()?;
        Ok(postgres)
    }

    /// The first of its processes.
    pub(crate) fn process(&self) -> u32 {
        self.server.as_ref().map_or(0, Child::id)
    }

    /// The address of its superuser, for libpq: a socket in our folder.
    pub(crate) fn url(&self) -> String {
        let folder = self.home.path().display().to_string().replace('/', "%2F");
        format!("postgres://postgres@localhost/postgres?host={folder}")
    }

    fn data(&self) -> PathBuf {
        self.home.path().join("data")
    }

    fn log(&self) -> PathBuf {
        self.home.path().join("log")
    }

    fn tool(&self, name: &str) -> Command {
        let mut command = Command::new(self.tools.join(name));
        command.current_dir(self.home.path());
        if let Some(owner) = self.owner {
            command.uid(owner.user).gid(owner.group);
        }
        command
    }

    /// In a process group of its own: a Ctrl-C at the terminal is for us, and we stop it.
    fn launch(&self, settings: &[&str]) -> Result<Child> {
        let log = File::create(self.log())?;
        let mut server = self.tool("postgres");
        server.arg("-D").arg(self.data()).arg("-k").arg(self.home.path());
        for setting in settings {
            server.args(["-c", *setting]);
        }
        server.stdout(log.try_clone()?).stderr(log).stdin(Stdio::null()).process_group(0);
        server.spawn().context("cannot start postgres")
    }

    fn await_answer(&mut self) -> Result<()> {
        let deadline = Instant::now() + Duration::from_secs(30);
        while Instant::now() < deadline {
            interrupt::heed()?;
            let home = self.home.path().to_owned();
            if shell::answers(self.tool("pg_isready").arg("--host").arg(home)) {
                return Ok(());
            }
            if self.server.as_mut().is_some_and(|server| !matches!(server.try_wait(), Ok(None))) {
                break;
            }
            thread::sleep(Duration::from_millis(100));
        }
        let log = fs::read_to_string(self.log()).unwrap_or_default();
        bail!("PostgreSQL did not start; it said:\n{log}")
    }
}

impl Drop for Postgres {
    fn drop(&mut self) {
        let Some(mut server) = self.server.take() else { return };
        let mut stop = self.tool("pg_ctl");
        stop.args(["stop", "--mode=immediate", "--silent", "--pgdata"]).arg(self.data());
        if !shell::answers(&mut stop) && server.kill().is_err() {
            eprintln!("PostgreSQL could not be stopped: process {}", server.id());
        }
        let _status = server.wait();
    }
}

/// Gives the folder to somebody PostgreSQL can run as, where we are root.
fn owner_for(home: &Path) -> Result<Option<Owner>> {
    if fs::metadata(home)?.uid() != 0 {
        return Ok(None);
    }
    let users = fs::read_to_string("/etc/passwd").context("cannot read /etc/passwd")?;
    let owner = ["postgres", "nobody"].iter().find_map(|name| user(&users, name));
    let owner = owner.context("there is no user `postgres` to run PostgreSQL as")?;
    chown(home, Some(owner.user), Some(owner.group))?;
    Ok(Some(owner))
}

fn user(users: &str, name: &str) -> Option<Owner> {
    let fields = users.lines().map(|line| line.split(':').collect::<Vec<_>>());
    fields.into_iter().find_map(|fields| match fields.as_slice() {
        [found, _, user, group, ..] if *found == name => {
            Some(Owner { user: user.parse().ok()?, group: group.parse().ok()? })
        }
        _ => None,
    })
}

/// The folder of the newest PostgreSQL's programs: Debian's, else the one on the path.
pub(crate) fn find() -> Option<PathBuf> {
    let debian = fs::read_dir("/usr/lib/postgresql").into_iter().flatten().flatten();
    let folders = debian.filter_map(|version| {
        let number: u32 = version.file_name().to_str()?.parse().ok()?;
        let folder = version.path().join("bin");
        folder.join("initdb").exists().then_some((number, folder))
    });
    let newest = folders.max_by_key(|(number, _)| *number).map(|(_, folder)| folder);
    let path = std::env::var_os("PATH").unwrap_or_default();
    newest.or_else(|| std::env::split_paths(&path).find(|folder| folder.join("initdb").exists()))
}

#[cfg(test)]
mod tests {
    use super::user;

    #[test]
    fn a_user_is_found_by_the_whole_name() {
        let users = "root:x:0:0::/root:/bin/sh\npostgres2:x:7:8:::\npostgres:x:105:109:::\n";
        let owner = user(users, "postgres").unwrap();
        assert_eq!((owner.user, owner.group), (105, 109));
        assert!(user(users, "nobody").is_none());
    }
}
