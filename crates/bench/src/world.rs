//! A server with a collective, somebody who posts, and others elsewhere whose keys it knows.

use std::time::{Duration, Instant};

use anyhow::{Context as _, Result, ensure};
use serde_json::{Value, json};

use crate::{
    database::Database,
    http::{Connection, Message, request},
    program::{Program, Serving},
    report::Setting,
};

/// See the module.
pub struct World {
    /// What is stored.
    pub database: Database,
    /// How the server is started.
    pub program: Program,
    /// Of Nuria, who may do all.
    pub token: String,
    /// The address of the collective.
    pub group: String,
    /// The address of its first need.
    pub listing: String,
    /// Its id.
    pub listing_id: String,
}

impl World {
    /// Makes a new one, with the program's own commands; the server does not run afterwards.
    pub async fn found(setting: &Setting) -> Result<Self> {
        let database = setting.database()?;
        let program = Program::new(&setting.binary, &database)?;
        program.well(&["admin", "create", "--handle", "nuria"])?;
        let scopes = "read,write,admin:read,admin:write";
        let token = program.well(&["admin", "token", "--handle", "nuria", "--scopes", scopes])?;
        let token = token.lines().last().unwrap_or_default().trim().to_owned();
        let group = format!("http://{}/c/garden", program.host());
        let mut world = Self {
            database,
            program,
            token,
            group,
            listing: String::new(),
            listing_id: String::new(),
        };
        let _server = world.program.serve().await?;
        let garden = json!({ "handle": "garden", "name": "Garden" });
        world.post("collectives", &garden).await?;
        let need = world.need("A ladder").await?;
        let word = |name: &str| need.get(name).and_then(Value::as_str).map(str::to_owned);
        world.listing = word("uri").context("a listing has an address")?;
        world.listing_id = word("id").context("a listing has an id")?;
        world.rest(Duration::from_secs(20)).await?;
        Ok(world)
    }

    /// Starts the server.
    pub async fn serve(&self) -> Result<Serving> {
        self.program.serve().await
    }

    /// A request of Nuria's to the API.
    #[must_use]
    pub fn asks(&self, method: &str, path: &str, body: Option<&Value>) -> Vec<u8> {
        let token = format!("Bearer {}", self.token);
        let headers = [("authorization", token.as_str()), ("content-type", "application/json")];
        let body = body.map(Value::to_string).unwrap_or_default();
        let path = format!("/api/v1/{path}");
        request(method, &path, &self.program.host(), &headers, body.as_bytes())
    }

    /// Asks the API.
    pub async fn ask(&self, method: &str, path: &str, body: Option<&Value>) -> Result<Message> {
        Connection::to(self.program.port).await?.ask(&self.asks(method, path, body)).await
    }

    /// Asks, and wants a yes.
    pub async fn post(&self, path: &str, body: &Value) -> Result<Value> {
        let answer = self.ask("POST", path, Some(body)).await?;
        let text = String::from_utf8_lossy(&answer.body);
        ensure!((200..300).contains(&answer.status()), "{path}: {} {text}", answer.status());
        Ok(serde_json::from_slice(&answer.body)?)
    }

    /// What the API says of something.
    pub async fn get(&self, path: &str) -> Result<Value> {
        let answer = self.ask("GET", path, None).await?;
        ensure!(answer.status() == 200, "{path}: {}", answer.status());
        Ok(serde_json::from_slice(&answer.body)?)
    }

    /// What is posted as a need.
    #[must_use]
    pub fn words_of(title: &str) -> Value {
        json!({
            "purpose": "need",
            "kind": "goods",
            "title": title,
            "text": "We bring them back on Sunday, washed and in one piece. ".repeat(4),
            "quantity": { "total": "20", "unit": "one" },
            "terms": "loan",
            "language": "en",
        })
    }

    /// Posts a need to the board of the collective.
    pub async fn need(&self, title: &str) -> Result<Value> {
        self.post("collectives/garden/listings", &Self::words_of(title)).await
    }

    /// How many answers the first need has, as the API says.
    pub async fn answers(&self) -> Result<u64> {
        let listing = self.get(&format!("listings/{}", self.listing_id)).await?;
        listing.get("reply_count").and_then(Value::as_u64).context("a listing counts its answers")
    }

    /// How much waits: of what was received, of what happened, of what is on its way, and of jobs.
    pub fn waiting(&self) -> Result<[i64; 4]> {
        Ok([
            self.database.count("inbound_activities WHERE due_at IS NOT NULL")?,
            self.database.count("events WHERE pending")?,
            self.database.count("deliveries WHERE NOT dead")?,
            self.database.count("jobs WHERE NOT dead AND kind <> 'mail'")?,
        ])
    }

    /// Waits until nothing that was received or happened waits any more.
    pub async fn rest(&self, patience: Duration) -> Result<()> {
        let start = Instant::now();
        loop {
            let [inbound, events, ..] = self.waiting()?;
            if inbound + events == 0 {
                return Ok(());
            }
            let waited = start.elapsed();
            ensure!(waited < patience, "{inbound} received and {events} events still wait");
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    }

    /// Waits until nothing waits but jobs.
    pub async fn sent(&self, patience: Duration) -> Result<()> {
        let start = Instant::now();
        self.rest(patience).await?;
        while 0 < self.database.count("deliveries WHERE NOT dead")? {
            ensure!(start.elapsed() < patience, "deliveries still wait");
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
        Ok(())
    }
}
