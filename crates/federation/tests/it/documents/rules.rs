//! What the readers of microblogs cannot stand, as lists: one sentence, one look.

use domain::Time;
use serde_json::Value;

/// A sentence about a document, and whether it is true.
pub(super) type Rule = (&'static str, fn(&Value) -> bool);

/// Holds a document against the rules of a reader.
pub(super) fn hold(reader: &str, rules: &[Rule], document: &Value) {
    for (sentence, holds) in rules {
        assert!(holds(document), "{reader}: {sentence}: {document:#}");
    }
}

/// Mastodon 4.3 to 4.7, of a `Note`.
pub(super) const MASTODON: &[Rule] = &[
    ("its type is one word", |it| it["type"] == "Note"),
    ("a summary folds it", |it| it.get("summary").is_none()),
    ("without content it is dropped", |it| !text(&it["content"]).is_empty()),
    ("its author is one address", |it| it["attributedTo"].is_string()),
    ("it is for everybody", |it| has(&it["to"], crate::words::PUBLIC)),
    ("its id has no fragment", |it| !text(&it["id"]).contains('#')),
    ("its page is on its own host", |it| host(&it["url"]) == host(&it["id"])),
    ("it answers one thing", |it| it["inReplyTo"].is_null() || it["inReplyTo"].is_string()),
    ("attachments and tags are lists", |it| it["attachment"].is_array() && it["tag"].is_array()),
    ("the thread has one address", |it| it["context"] == it["conversation"]),
    ("its language is one", |it| it["contentMap"].as_object().is_none_or(|map| map.len() == 1)),
    ("no language is undetermined", |it| it["contentMap"].get("und").is_none()),
    ("its HTML is what it keeps", |it| tags(text(&it["content"])).all(|tag| KEPT.contains(&tag))),
];

/// What Mastodon keeps of HTML.
const KEPT: [&str; 6] = ["p", "br", "span", "a", "strong", "em"];

/// GoToSocial 0.20, of a `Note`.
pub(super) const GOTOSOCIAL: &[Rule] = &[
    ("a name folds it", |it| it.get("name").is_none()),
    ("a summary folds it", |it| it.get("summary").is_none()),
    ("it has a date", |it| time(&it["published"]).is_some()),
    ("a change before its publication is refused", |it| {
        it["updated"].is_null() || time(&it["published"]) <= time(&it["updated"])
    }),
    ("a bare address of replies is not followed", |it| {
        it["replies"].is_null() || it["replies"]["first"]["items"].is_array()
    }),
    ("hashtags with a hyphen are dropped", |it| {
        list(&it["tag"])
            .filter(|tag| tag["type"] == "Hashtag")
            .all(|tag| !text(&tag["name"]).contains('-'))
    }),
    ("mentions have an address", |it| {
        list(&it["tag"]).filter(|tag| tag["type"] == "Mention").all(|tag| tag["href"].is_string())
    }),
];

/// Those who read ValueFlows (FEP-0837), of whatever has an intent; Mitra reads no number.
pub(super) const MARKETS: &[Rule] = &[
    ("a quantity is a text", |it| {
        let measures = ["resourceQuantity", "effortQuantity", "availableQuantity"];
        let intent = &it["publishes"];
        measures.into_iter().filter_map(|name| intent.get(name)).all(|measure| {
            let value = &measure["hasNumericalValue"];
            measure["hasUnit"].is_string() && (value.is_null() || value.is_string())
        })
    }),
    ("an answer may bring a part", |it| it.get("unitBased").is_none()),
    ("the intent has an id", |it| text(&it["publishes"]["id"]).ends_with("#primary")),
    ("it is wanted or given", |it| matches!(text(&it["purpose"]), "request" | "offer")),
    ("the intent says what to do", |it| it["publishes"]["action"].is_string()),
];

fn text(value: &Value) -> &str {
    value.as_str().unwrap_or_default()
}

fn list(value: &Value) -> impl Iterator<Item = &Value> {
    value.as_array().into_iter().flatten()
}

fn has(values: &Value, wanted: &str) -> bool {
    list(values).any(|value| value == wanted)
}

fn time(value: &Value) -> Option<Time> {
    Time::parse("date", value.as_str()?).ok()
}

fn host(value: &Value) -> Option<String> {
    url::Url::parse(value.as_str()?).ok()?.host_str().map(str::to_owned)
}

/// The names of the tags of an HTML text.
fn tags(html: &str) -> impl Iterator<Item = &str> {
    html.split('<').skip(1).map(|rest| {
        let name = rest.trim_start_matches('/');
        name.split(|c: char| !c.is_ascii_alphanumeric()).next().unwrap_or_default()
    })
}
