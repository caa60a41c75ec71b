//! Reading what everybody may read.

use std::sync::OnceLock;

use reqwest::{Client, redirect::Policy};
use serde_json::Value;

/// A client of our servers; it follows no redirect on its own, and keeps no connection for later.
#[expect(clippy::disallowed_methods, reason = "a client of our servers, not a part of them")]
pub(crate) fn client() -> &'static Client {
    static CLIENT: OnceLock<Client> = OnceLock::new();
    CLIENT.get_or_init(|| {
        let client = Client::builder().redirect(Policy::none()).pool_max_idle_per_host(0);
        client.build().unwrap()
    })
}

/// The ActivityPub document at an address, and the status it came with.
pub(crate) async fn fetch(address: &str) -> (u16, Value) {
    let asked = client().get(address).header("accept", "application/activity+json");
    let answer = asked.send().await.unwrap();
    let status = answer.status().as_u16();
    let text = answer.text().await.unwrap();
    (status, serde_json::from_str(&text).unwrap_or(Value::String(text)))
}

/// The status at an address, if anybody answers there.
pub(crate) async fn fetch_status(address: &str) -> Option<u16> {
    Some(client().get(address).send().await.ok()?.status().as_u16())
}
