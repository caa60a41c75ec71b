//! What a run is told, and what it tells: a table for people, a file for programs, and a failure where anything was
//! wrong.
#![expect(clippy::print_stdout, reason = "a command says what it does where the developer looks")]

use std::{fs, path::PathBuf, time::SystemTime};

use anyhow::{Result, bail};
use serde_json::{Map, Value, json};

use crate::{
    database::{Database, Engine, Postgres},
    stats::{each, round},
    system::{self, Cpu, Memory},
};

/// How a run is to be done.
#[derive(Clone, Debug)]
pub struct Setting {
    /// The program.
    pub binary: PathBuf,
    /// Where results, and what is needed meanwhile, lie.
    pub place: PathBuf,
    /// The PostgreSQL to run on; SQLite where there is none.
    pub postgres: Option<Postgres>,
    /// Less of everything.
    pub quick: bool,
}

impl Setting {
    /// The name of the engine.
    #[must_use]
    pub fn engine(&self) -> &'static str {
        if self.postgres.is_some() { "postgres" } else { "sqlite" }
    }

    /// A database for a run.
    pub fn database(&self) -> Result<Database> {
        Database::new(&self.place, self.postgres.as_ref(), false)
    }

    /// One of two numbers.
    #[must_use]
    pub fn size(&self, quick: usize, whole: usize) -> usize {
        if self.quick { quick } else { whole }
    }
}

/// The engine that a database is of, in a word.
#[must_use]
pub fn word(engine: Engine) -> &'static str {
    match engine {
        Engine::Sqlite => "sqlite",
        Engine::Postgres => "postgres",
    }
}

/// Tells that something is being done that takes a while.
pub fn tell(what: &str) {
    println!("   … {what}");
}

/// What a run found.
#[derive(Debug)]
pub struct Report {
    name: String,
    engine: &'static str,
    values: Map<String, Value>,
    wrong: Vec<String>,
}

impl Report {
    /// Of a run that begins now.
    #[must_use]
    pub fn new(name: &str, setting: &Setting) -> Self {
        let engine = setting.engine();
        println!("\n== {name} on {engine} (load {:.1})", system::load());
        let mut values = Map::new();
        values.insert("quick".to_owned(), json!(setting.quick));
        Self { name: name.to_owned(), engine, values, wrong: Vec::new() }
    }

    /// A value with a name.
    pub fn put(&mut self, name: &str, value: impl Into<Value>) {
        self.values.insert(name.to_owned(), value.into());
    }

    /// What was used of the processor, in all and for each of so many things.
    pub fn cpu(&mut self, before: &Cpu, after: &Cpu, count: usize) {
        let (server, database, wall) = after.since(before);
        self.put("seconds", round(wall.as_secs_f64()));
        self.put("cpu_ms_each_server", round(each(server * 1_000.0, count) * 10.0) / 10.0);
        if self.engine == "postgres" {
            self.put("cpu_ms_each_postgres", round(each(database * 1_000.0, count) * 10.0) / 10.0);
        }
        self.put("cpu_ms_each", round(each((server + database) * 1_000.0, count) * 10.0) / 10.0);
        self.put("rate", crate::stats::rate(count, wall));
    }

    /// What was used of memory, in MiB.
    pub fn memory(&mut self, name: &str, memory: Memory) {
        let mib = |kib: u64| kib.div_ceil(1024);
        self.put(&format!("{name}_rss_mib"), mib(memory.rss));
        self.put(&format!("{name}_pss_mib"), mib(memory.pss));
        self.put(&format!("{name}_peak_mib"), mib(memory.peak));
    }

    /// What must hold; what does not makes the run a failure.
    pub fn hold(&mut self, holds: bool, what: impl Into<String>) {
        if !holds {
            self.wrong.push(what.into());
        }
    }

    /// Shows and writes it, and fails where something did not hold.
    pub fn finish(mut self, setting: &Setting) -> Result<()> {
        let now = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH)?.as_secs();
        self.put("bench", self.name.clone());
        self.put("engine", self.engine);
        self.put("machine", system::machine());
        self.put("load_after", round(system::load()));
        self.put("at", now);
        self.put("revision", option_env!("TEQUIO_REVISION").unwrap_or("unknown"));
        self.put("wrong", json!(self.wrong));
        for (name, value) in &self.values {
            println!("   {name:<28} {}", shown(value));
        }
        fs::create_dir_all(&setting.place)?;
        let file = setting.place.join(format!("{}-{}.json", self.name, self.engine));
        fs::write(&file, format!("{:#}\n", Value::Object(self.values)))?;
        println!("   written to {}", file.display());
        if !self.wrong.is_empty() {
            bail!("{} on {} measured nothing: {}", self.name, self.engine, self.wrong.join("; "));
        }
        Ok(())
    }
}

fn shown(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Object(parts) => {
            let parts: Vec<_> =
                parts.iter().map(|(name, value)| format!("{name} {}", shown(value))).collect();
            parts.join(", ")
        }
        other => other.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_run_in_which_something_was_wrong_is_a_failure_and_still_leaves_a_file() {
        let place = tempfile::tempdir().unwrap();
        let setting = Setting {
            binary: PathBuf::new(),
            place: place.path().to_owned(),
            postgres: None,
            quick: true,
        };
        let mut report = Report::new("nothing", &setting);
        report.put("answer", 42);
        report.hold(true, "this holds");
        report.hold(false, "two effects of one");
        let error = report.finish(&setting).unwrap_err().to_string();
        assert!(error.contains("two effects of one") && !error.contains("this holds"), "{error}");
        let written = fs::read_to_string(place.path().join("nothing-sqlite.json")).unwrap();
        let written: Value = serde_json::from_str(&written).unwrap();
        assert_eq!((&written["answer"], &written["engine"]), (&json!(42), &json!("sqlite")));
    }
}
