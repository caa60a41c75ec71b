//! What an administrator can set, read once at the start.
//!
//! `config/default.toml` documents every key and is part of the program; a file and the
//! environment go over it. There are no optional keys here: the defaults hold each of them, and a
//! test holds the defaults against these structs.

mod check;
mod environment;
mod error;
mod file;
mod load;
mod network;
mod public_url;
mod secret;
#[cfg(test)]
mod tests;

use std::net::SocketAddr;
use std::num::NonZero;
use std::path::{Path, PathBuf};

use serde::de::IntoDeserializer;
use serde::{Deserialize, Deserializer};
use url::Url;

pub use error::{ConfigError, EXIT_CODE};
pub use load::Sources;
pub use network::Network;
pub use secret::Secret;

/// The whole configuration, checked.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Config {
    pub instance: Instance,
    pub http: Http,
    pub api: Api,
    pub metrics: Metrics,
    pub database: Database,
    pub accounts: Accounts,
    pub mail: Mail,
    pub media: Media,
    pub web: Web,
    pub federation: Federation,
    pub log: Log,
    pub development: Development,
}

/// Who this server is.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Instance {
    /// The public base: scheme and host, and the path `/`.
    pub url: Url,
    pub name: String,
    pub description: String,
    /// BCP 47 tags, the main language first; never empty.
    pub languages: Vec<String>,
    /// An e-mail or https address, or nothing.
    pub contact: String,
}

/// The public listener.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Http {
    #[serde(deserialize_with = "address")]
    pub bind: SocketAddr,
    pub trusted_proxies: Vec<Network>,
    workers: usize,
}

impl Http {
    /// How many threads answer: what was set, or one for each core.
    pub fn workers(&self) -> usize {
        if self.workers > 0 {
            return self.workers;
        }
        std::thread::available_parallelism().map_or(1, NonZero::get)
    }
}

/// How much programs may ask in a minute; 0 is no limit.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Api {
    pub reads: u32,
    pub writes: u32,
    pub anonymous_reads: u32,
    pub anonymous_writes: u32,
    pub lookups: u32,
}

impl Api {
    /// As the API counts them.
    pub fn rates(&self) -> api::Rates {
        let Self { reads, writes, anonymous_reads, anonymous_writes, lookups } = *self;
        api::Rates { reads, writes, anonymous_reads, anonymous_writes, lookups }
    }
}

/// The pages for people.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Web {
    /// The address of the tiles on the map, with `{z}`, `{x}`, and `{y}`; empty for none.
    pub map_tiles: String,
    /// Whom to thank for them.
    pub map_attribution: String,
}

impl Web {
    /// As the pages want them; checked before.
    pub fn tiles(&self) -> Option<::web::Tiles> {
        ::web::Tiles::parse(&self.map_tiles, &self.map_attribution)
    }
}

/// The listener for Prometheus.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Metrics {
    /// Nothing when metrics are off.
    #[serde(deserialize_with = "address_or_off")]
    pub bind: Option<SocketAddr>,
}

/// Where everything is kept.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Database {
    /// May hold a password, so it is never printed.
    pub url: Secret,
    pub readers: u32,
    pub pool: u32,
    pub migrate: bool,
}

/// How people get in.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Accounts {
    /// A word of [`domain::sign_ups::SignUpMode`].
    pub sign_up: String,
    pub grace_days: u32,
}

/// How letters reach people.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Mail {
    /// The address letters come from, or nothing.
    pub from: String,
    /// Nothing where letters are written to the folder.
    pub smtp_url: Secret,
    pub smtp_password: Secret,
    pub folder: String,
}

/// Where pictures are kept, and how many.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Media {
    folder: String,
    quota_mib: u32,
}

impl Config {
    /// The folder with the pictures.
    pub fn media_folder(&self) -> PathBuf {
        if !self.media.folder.is_empty() {
            return PathBuf::from(&self.media.folder);
        }
        let file = self.database.url.expose().strip_prefix("sqlite://").map(Path::new);
        file.and_then(Path::parent).unwrap_or(Path::new("data")).join("media")
    }

    /// How many bytes the pictures of each person may have.
    pub fn media_quota(&self) -> i64 {
        i64::from(self.media.quota_mib) * 1024 * 1024
    }
}

/// How we talk with other servers.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Federation {
    pub enabled: bool,
    pub delivery_workers: usize,
    pub inbox_workers: usize,
    pub give_up_after_days: u32,
    pub keep_sent_days: u32,
    pub authorized_fetch: bool,
}

/// What is said on standard error.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Log {
    pub format: LogFormat,
    pub filter: String,
}

/// For people or for a collector.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum LogFormat {
    Text,
    Json,
}

/// What is only safe on one's own machine.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Development {
    pub enabled: bool,
}

fn address<'de, D: Deserializer<'de>>(value: D) -> Result<SocketAddr, D::Error> {
    let text = String::deserialize(value)?;
    text.parse().map_err(|_| {
        let problem = format!("'{text}' is not an address and a port; write \"127.0.0.1:8080\"");
        serde::de::Error::custom(problem)
    })
}

fn address_or_off<'de, D: Deserializer<'de>>(value: D) -> Result<Option<SocketAddr>, D::Error> {
    let text = String::deserialize(value)?;
    if text.is_empty() {
        return Ok(None);
    }
    address(text.into_deserializer()).map(Some)
}
