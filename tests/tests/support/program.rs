//! The program itself, as people start it: a process with a folder and an environment of its own.

use std::{
    ffi::{OsStr, OsString},
    fs::{self, File},
    path::{Path, PathBuf},
    process::{Child, Command, ExitStatus, Stdio},
    time::{Duration, Instant},
};

use tempfile::TempDir;

use super::{Person, environment};

/// How it is started; the folder is gone with this.
pub(crate) struct Program {
    pub(crate) folder: TempDir,
    environment: Vec<(OsString, OsString)>,
    /// What a server is started by, where that is not its parent alone.
    starter: Vec<String>,
    pub(crate) port: u16,
}

/// What it said, and how it ended.
#[derive(Debug)]
pub(crate) struct Said {
    pub(crate) code: Option<i32>,
    pub(crate) out: String,
    pub(crate) err: String,
}

/// A server that runs; killed where a test forgets it.
pub(crate) struct Serving {
    child: Child,
    log: PathBuf,
    pub(crate) base: String,
    started: Instant,
}

/// A port that nobody listens on at the moment.
pub(crate) fn free_port() -> u16 {
    std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port()
}

/// `TEQUIO_BIN`, else what cargo built beside this test.
fn binary() -> PathBuf {
    if let Some(named) = std::env::var_os("TEQUIO_BIN").filter(|name| !name.is_empty()) {
        return named.into();
    }
    let test = std::env::current_exe().unwrap();
    let built = test.parent().and_then(Path::parent).unwrap().join("tequio");
    assert!(
        built.exists(),
        "{} is not there: run `cargo build --package server`, or name the program in TEQUIO_BIN",
        built.display()
    );
    built
}

impl Program {
    /// With a folder, and nothing else.
    pub(crate) fn bare() -> Self {
        let folder = tempfile::Builder::new().prefix("tequio-e2e-").tempdir().unwrap();
        Self { folder, environment: Vec::new(), starter: Vec::new(), port: 0 }
    }

    /// A server on a free port, with its database at an address.
    pub(crate) fn new(database: &str) -> Self {
        let port = free_port();
        Self { environment: environment(port, database), port, ..Self::bare() }
    }

    /// A second process beside this one, on the same database, with a folder of its own.
    pub(crate) fn beside(&self) -> Self {
        let port = free_port();
        let mut other = Self { environment: self.environment.clone(), port, ..Self::bare() };
        other.set("TEQUIO__HTTP__BIND", format!("127.0.0.1:{port}"));
        other
    }

    pub(crate) fn set(&mut self, key: &str, value: impl AsRef<OsStr>) {
        self.environment.push((key.into(), value.as_ref().to_owned()));
    }

    /// Writes a file into its folder.
    pub(crate) fn write(&self, name: &str, text: &str) {
        let path = self.folder.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    pub(crate) fn base(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }

    /// Its servers have a disk of their own below this folder, with so many bytes left, and with a mebibyte of
    /// `ballast` that can be thrown away.
    pub(crate) fn on_a_small_disk(&mut self, folder: &str, left: usize) {
        let script = format!(
            "set -e; cp -a {folder} copy; size=$(($(du -sk copy | cut -f1) + {} + 1024)); \
             mount -t tmpfs -o size=${{size}}k none {folder}; cp -a copy/. {folder}/; \
             head -c 1048576 /dev/zero > {folder}/ballast; exec \"$@\"",
            left / 1024
        );
        let words = ["unshare", "--mount", "--map-root-user", "sh", "-c", &script, "sh"];
        self.starter = words.map(str::to_owned).to_vec();
    }

    /// Its servers may open so many files and sockets.
    pub(crate) fn with_at_most_files(&mut self, most: u32) {
        let script = format!("ulimit -n {most}; exec \"$@\"");
        self.starter = ["sh", "-c", &script, "sh"].map(str::to_owned).to_vec();
    }

    fn command(&self, arguments: &[&str]) -> Command {
        self.command_by(&[], arguments)
    }

    fn command_by(&self, starter: &[String], arguments: &[&str]) -> Command {
        let binary = binary().into_os_string();
        let mut words = starter.iter().map(OsString::from).chain([binary]);
        let mut command = Command::new(words.next().unwrap());
        command
            .args(words)
            .args(arguments)
            .current_dir(self.folder.path())
            .env_clear()
            .envs(self.environment.iter().cloned())
            .stdin(Stdio::null());
        command
    }

    /// Runs a command to its end.
    pub(crate) fn run(&self, arguments: &[&str]) -> Said {
        let done = self.command(arguments).output().unwrap();
        let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
        Said { code: done.status.code(), out: text(&done.stdout), err: text(&done.stderr) }
    }

    /// Runs a command that has to succeed; what it said on standard output.
    pub(crate) fn well(&self, arguments: &[&str]) -> String {
        let said = self.run(arguments);
        assert_eq!(said.code, Some(0), "{arguments:?}: {said:#?}");
        said.out
    }

    /// Makes somebody with a login and a token, with the program's own commands.
    pub(crate) fn person(&self, handle: &str) -> Person {
        self.well(&["admin", "create", "--handle", handle]);
        let token = self.well(&["admin", "token", "--handle", handle]);
        Person::new(&self.base(), handle, token.trim().to_owned())
    }

    /// Starts it, and waits until it answers.
    pub(crate) async fn serve(&self) -> Serving {
        let mut serving = self.spawn();
        serving.answers().await;
        serving
    }

    /// Starts it.
    pub(crate) fn spawn(&self) -> Serving {
        let log = self.folder.path().join("log");
        let file = File::options().create(true).append(true).open(&log).unwrap();
        let mut command = self.command_by(&self.starter, &["serve"]);
        let child = command.stdout(Stdio::null()).stderr(file).spawn().unwrap();
        Serving { child, log, base: self.base(), started: Instant::now() }
    }
}

impl Serving {
    /// Waits until it is well; how long that took since its start.
    pub(crate) async fn answers(&mut self) -> Duration {
        let health = format!("{}/health", self.base);
        while self.started.elapsed() < Duration::from_secs(30) {
            if let Some(status) = self.child.try_wait().unwrap() {
                panic!("the server ended with {status}: {}", self.log());
            }
            if super::fetch_status(&health).await == Some(200) {
                return self.started.elapsed();
            }
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
        panic!("the server does not answer: {}", self.log());
    }

    /// What it wrote to standard error, this time and before.
    pub(crate) fn log(&self) -> String {
        fs::read_to_string(&self.log).unwrap_or_default()
    }

    /// Runs a command where the server sees its disk.
    pub(crate) fn on_its_disk(&self, words: &[&str]) {
        let mut command = Command::new("nsenter");
        command.args(["--user", "--mount", "--preserve-credentials", "--target"]);
        command.arg(self.child.id().to_string()).args(words);
        assert!(command.status().unwrap().success(), "{words:?}");
    }

    /// Ends it as a power cut would: nothing of it runs any more.
    pub(crate) fn kill(mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }

    /// Asks it to end; how, and after how long, it did.
    pub(crate) async fn terminate(mut self) -> (ExitStatus, Duration) {
        let asked = Instant::now();
        let kill = format!("kill -TERM {}", self.child.id());
        assert!(Command::new("sh").args(["-c", &kill]).status().unwrap().success());
        while asked.elapsed() < Duration::from_secs(30) {
            if let Some(status) = self.child.try_wait().unwrap() {
                return (status, asked.elapsed());
            }
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
        panic!("the server does not end: {}", self.log());
    }
}

impl Drop for Serving {
    fn drop(&mut self) {
        let _ended = self.child.kill();
        let _status = self.child.wait();
    }
}
