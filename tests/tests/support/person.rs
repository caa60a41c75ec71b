//! Somebody with a token: what they do, they do over HTTP.

use reqwest::Method;
use serde_json::{Value, json};

/// A person of one server.
#[derive(Clone)]
pub(crate) struct Person {
    pub(crate) base: String,
    pub(crate) handle: String,
    /// Where the server runs in this process.
    pub(crate) id: Option<domain::PersonId>,
    pub(crate) token: String,
}

impl Person {
    pub(crate) fn new(base: &str, handle: &str, token: String) -> Self {
        let (base, handle) = (base.to_owned(), handle.to_owned());
        Self { base, handle, id: None, token }
    }

    /// The id of the person as others know it.
    pub(crate) fn uri(&self) -> String {
        format!("{}/u/{}", self.base, self.handle)
    }

    /// Asks the API; the status and what it says, whatever it says.
    pub(crate) async fn ask(
        &self,
        method: Method,
        path: &str,
        body: Option<Value>,
    ) -> (u16, Value) {
        let url = format!("{}/api/v1/{path}", self.base);
        let mut request = super::client().request(method, url).bearer_auth(&self.token);
        if let Some(body) = body {
            request = request.header("content-type", "application/json").body(body.to_string());
        }
        let answer = request.send().await.unwrap();
        let status = answer.status().as_u16();
        let text = answer.text().await.unwrap();
        (status, serde_json::from_str(&text).unwrap_or(Value::String(text)))
    }

    /// Asks, and wants a yes.
    async fn well(&self, method: Method, path: &str, body: Option<Value>) -> Value {
        let asked = format!("{method} {path} {}", body.clone().unwrap_or_default());
        let (status, answer) = self.ask(method, path, body).await;
        assert!((200..300).contains(&status), "{asked}: {status} {answer:#}");
        answer
    }

    pub(crate) async fn get(&self, path: &str) -> Value {
        self.well(Method::GET, path, None).await
    }

    pub(crate) async fn post(&self, path: &str, body: Value) -> Value {
        self.well(Method::POST, path, Some(body)).await
    }

    pub(crate) async fn patch(&self, path: &str, body: Value) -> Value {
        self.well(Method::PATCH, path, Some(body)).await
    }

    pub(crate) async fn delete(&self, path: &str) -> Value {
        self.well(Method::DELETE, path, None).await
    }

    /// The status of reading something.
    pub(crate) async fn status(&self, path: &str) -> u16 {
        self.ask(Method::GET, path, None).await.0
    }

    /// Founds a collective that anybody may follow, over the API.
    pub(crate) async fn found(&self, handle: &str) -> Value {
        self.post("collectives", json!({ "handle": handle, "name": handle })).await
    }

    /// Posts a need of 20 pieces.
    pub(crate) async fn need(&self, collective: &str, title: &str) -> Value {
        let need = json!({
            "purpose": "need",
            "kind": "goods",
            "title": title,
            "text": "We bring them back on Sunday.",
            "quantity": { "total": "20", "unit": "one" },
            "terms": "loan",
            "language": "en",
        });
        self.post(&format!("collectives/{collective}/listings"), need).await
    }

    /// Tries to post a need, whether or not anybody answers.
    pub(crate) async fn try_need(&self, collective: &str, title: &str) -> Option<u16> {
        let need = json!({ "purpose": "need", "kind": "goods", "title": title });
        let url = format!("{}/api/v1/collectives/{collective}/listings", self.base);
        let request = super::client().post(url).bearer_auth(&self.token);
        let request = request.header("content-type", "application/json").body(need.to_string());
        Some(request.send().await.ok()?.status().as_u16())
    }

    /// Asks to follow, and waits until the other server has said yes.
    pub(crate) async fn follow(&self, who: &str) -> Value {
        let asked = self.post("follows", json!({ "who": who })).await;
        let id = asked["id"].clone();
        super::eventually(&format!("{who} accepting {}", self.handle), async || {
            self.follow_of(&id).await.filter(|follow| follow["state"] == "accepted")
        })
        .await
    }

    /// One of this person's follows, if it is still there.
    pub(crate) async fn follow_of(&self, id: &Value) -> Option<Value> {
        let follows = self.get("follows").await;
        let follows = follows["items"].as_array().unwrap();
        follows.iter().find(|follow| follow["id"] == *id).cloned()
    }

    /// What stands in the home feed under an address.
    pub(crate) async fn in_feed(&self, uri: &str) -> Option<Value> {
        let feed = self.get("feeds/home").await;
        let items = feed["items"].as_array().unwrap();
        items.iter().find(|item| item["uri"] == uri).cloned()
    }

    /// Waits until something stands in the home feed.
    pub(crate) async fn sees(&self, uri: &Value) -> Value {
        let uri = uri.as_str().unwrap();
        super::eventually(&format!("{} seeing {uri}", self.handle), async || {
            self.in_feed(uri).await
        })
        .await
    }

    /// The answers under a listing, by its id on this person's server.
    pub(crate) async fn thread(&self, listing: &Value) -> Vec<Value> {
        let path = format!("listings/{}/replies", listing["id"].as_str().unwrap());
        self.get(&path).await["items"].as_array().unwrap().clone()
    }

    /// Waits for an answer under a listing that is as wanted.
    pub(crate) async fn reads(
        &self,
        listing: &Value,
        what: &str,
        wanted: impl Fn(&Value) -> bool,
    ) -> Value {
        super::eventually(&format!("{} reading {what}", self.handle), async || {
            self.thread(listing).await.into_iter().find(&wanted)
        })
        .await
    }
}

/// The path of a thing in the API, and what is below it.
pub(crate) fn at(noun: &str, thing: &Value, below: &str) -> String {
    format!("{noun}/{}{below}", thing["id"].as_str().unwrap())
}
