//! Which databases a test run has: SQLite always, PostgreSQL where it can be started.

use std::ffi::OsString;
use std::process::Command;

use anyhow::{Result, bail};

use crate::postgres::{self, Postgres};

/// What the tests read: the address of a superuser who may create databases.
const VARIABLE: &str = "TEQUIO_TEST_POSTGRES";

/// The choice of databases.
#[derive(Debug, Clone, Default, clap::Args)]
pub(crate) struct Choice {
    /// Run on SQLite alone.
    #[arg(long, conflicts_with = "require_postgres")]
    pub(crate) no_postgres: bool,
    /// Fail where no PostgreSQL is found, rather than run on SQLite alone.
    #[arg(long)]
    pub(crate) require_postgres: bool,
}

/// The databases of one run; a PostgreSQL of ours lives as long as this.
#[derive(Debug)]
pub(crate) struct Engines {
    url: Option<OsString>,
    _server: Option<Postgres>,
}

impl Engines {
    /// Takes the PostgreSQL the environment names, else starts one.
    pub(crate) fn start(choice: &Choice) -> Result<Self> {
        if choice.no_postgres {
            warn("--no-postgres was given");
            return Ok(Self { url: None, _server: None });
        }
        if let Some(url) = std::env::var_os(VARIABLE).filter(|url| !url.is_empty()) {
            println!("tests use the PostgreSQL that {VARIABLE} names");
            return Ok(Self { url: Some(url), _server: None });
        }
        let Some(tools) = postgres::find() else {
            if choice.require_postgres {
                bail!("no PostgreSQL was found; on Debian: apt install postgresql");
            }
            warn("no PostgreSQL was found (on Debian: apt install postgresql)");
            return Ok(Self { url: None, _server: None });
        };
        println!("tests use a throw-away PostgreSQL from {}", tools.display());
        let server = Postgres::start(tools)?;
        Ok(Self { url: Some(server.url().into()), _server: Some(server) })
    }

    /// Tells a program about them.
    pub(crate) fn apply(&self, command: &mut Command) {
        match &self.url {
            // A test that would pass without its engine fails instead.
            Some(url) => command.env(VARIABLE, url).env("TEQUIO_REQUIRE_POSTGRES", "1"),
            None => command.env_remove(VARIABLE).env_remove("TEQUIO_REQUIRE_POSTGRES"),
        };
    }
}

fn warn(why: &str) {
    eprintln!("\n!!! TESTED ON SQLITE ALONE, NOT ON POSTGRESQL: {why}\n");
}

#[cfg(test)]
mod tests {
    use std::process::Command;

    use super::{Choice, Engines, VARIABLE};
    use crate::{postgres, shell};

    #[test]
    fn sqlite_alone_hides_a_postgresql_from_the_tests() {
        let choice = Choice { no_postgres: true, require_postgres: false };
        let mut command = Command::new("true");
        Engines::start(&choice).unwrap().apply(&mut command);
        assert!(command.get_envs().any(|(name, url)| name == VARIABLE && url.is_none()));
    }

    #[test]
    fn a_throw_away_server_takes_new_databases_and_leaves_nothing_behind() {
        let Some(tools) = postgres::find() else { return };
        let server = postgres::Postgres::start(tools.clone()).unwrap();
        let url = server.url();
        let ask = |statement: &str| {
            let mut psql = Command::new(tools.join("psql"));
            shell::output(psql.args([&url, "--no-psqlrc", "-Atc", statement]))
        };
        ask("create database one").unwrap();
        assert_eq!(ask("show fsync").unwrap(), "off\n");
        drop(server);
        assert!(ask("select 1").is_err());
    }
}
