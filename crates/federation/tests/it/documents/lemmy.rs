//! The shapes that Lemmy 0.19 and 1.0 read, written down from what they demand: an unknown property passes, a
//! known one of another shape makes all of it unreadable.

use domain::Time;
use serde::{Deserialize, Deserializer, de::DeserializeOwned};
use serde_json::Value;
use url::Url;

use crate::words::PUBLIC;

/// Lemmy stops reading here.
pub(super) const MOST_BYTES: usize = 204_800;

/// The content types Lemmy takes, each compared as a whole.
pub(super) const CONTENT_TYPES: [&str; 3] = [
    "application/activity+json",
    "application/activity+json; charset=utf-8",
    "application/ld+json; profile=\"https://www.w3.org/ns/activitystreams\"",
];

#[derive(Debug, Deserialize)]
enum PostKind {
    Page,
    Article,
    Note,
    Video,
    Event,
}

#[derive(Debug, Deserialize)]
enum CommentKind {
    Note,
}

#[derive(Debug, Deserialize)]
enum ImageKind {
    Image,
}

#[derive(Debug, Deserialize)]
enum MediaType {
    #[serde(rename = "text/html")]
    Html,
    #[serde(rename = "text/markdown")]
    Markdown,
}

#[derive(Debug, Deserialize)]
#[expect(dead_code, reason = "only the shape counts")]
struct Image {
    #[serde(rename = "type")]
    kind: ImageKind,
    url: String,
}

#[derive(Debug, Deserialize)]
#[serde(tag = "type")]
#[expect(dead_code, reason = "only the shape counts")]
enum Attachment {
    Link { href: String },
    Image { url: String },
    Document { url: String },
}

#[derive(Debug, Deserialize)]
#[expect(dead_code, reason = "only the shape counts")]
struct Language {
    identifier: String,
    name: String,
}

/// A post.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
#[expect(dead_code, reason = "some of it counts by its shape alone")]
pub(super) struct Page {
    #[serde(rename = "type")]
    kind: PostKind,
    pub(super) id: String,
    pub(super) attributed_to: String,
    #[serde(deserialize_with = "one_or_many")]
    to: Vec<String>,
    #[serde(default, deserialize_with = "one_or_many")]
    cc: Vec<String>,
    audience: Option<String>,
    in_reply_to: Option<()>,
    pub(super) name: Option<String>,
    content: Option<String>,
    media_type: Option<MediaType>,
    #[serde(default)]
    attachment: Vec<Attachment>,
    image: Option<Image>,
    sensitive: Option<bool>,
    published: Option<String>,
    updated: Option<String>,
    language: Option<Language>,
    context: Option<String>,
}

/// A comment; in 1.0 its lists are lists.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
#[expect(dead_code, reason = "some of it counts by its shape alone")]
pub(super) struct Comment {
    #[serde(rename = "type")]
    kind: CommentKind,
    id: String,
    attributed_to: String,
    to: Vec<String>,
    cc: Vec<String>,
    audience: Option<String>,
    in_reply_to: String,
    content: String,
    media_type: Option<MediaType>,
    #[serde(default)]
    attachment: Vec<Attachment>,
    tag: Vec<Value>,
    published: Option<String>,
    updated: Option<String>,
    language: Option<Language>,
    context: Option<String>,
}

#[derive(Debug, Deserialize)]
enum AnnounceKind {
    Announce,
}

#[derive(Debug, Deserialize)]
#[expect(dead_code, reason = "some of it counts by its shape alone")]
struct Announce {
    id: String,
    #[serde(rename = "type")]
    kind: AnnounceKind,
    actor: String,
    #[serde(deserialize_with = "one_or_many")]
    to: Vec<String>,
    #[serde(deserialize_with = "one_or_many")]
    cc: Vec<String>,
    object: Value,
}

#[derive(Debug, Deserialize)]
struct Inner {
    id: String,
    #[serde(rename = "type")]
    kind: String,
    actor: String,
    to: Vec<String>,
    cc: Vec<String>,
    audience: Option<String>,
    object: Value,
    summary: Option<String>,
}

#[derive(Debug, Deserialize)]
enum OrderedKind {
    OrderedCollection,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
#[expect(dead_code, reason = "some of it counts by its shape alone")]
struct Collection {
    #[serde(rename = "type")]
    kind: OrderedKind,
    id: String,
    total_items: i32,
    ordered_items: Vec<Value>,
}

#[derive(Debug, Deserialize)]
enum GroupKind {
    Group,
}

#[derive(Debug, Deserialize)]
enum UserKind {
    Person,
    Service,
    Organization,
}

#[derive(Debug, Deserialize)]
enum SiteKind {
    Application,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
#[expect(dead_code, reason = "only the shape counts")]
struct Endpoints {
    shared_inbox: String,
}

#[derive(Debug, Deserialize)]
#[expect(dead_code, reason = "only the shape counts")]
struct PublicKey {
    id: String,
    owner: String,
    #[serde(rename = "publicKeyPem")]
    pem: String,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
#[expect(dead_code, reason = "only the shape counts")]
struct Actor<K> {
    #[serde(rename = "type")]
    kind: K,
    id: String,
    preferred_username: String,
    inbox: String,
    outbox: String,
    public_key: PublicKey,
    endpoints: Option<Endpoints>,
    followers: Option<String>,
    featured: Option<String>,
    attributed_to: Option<String>,
    posting_restricted_to_mods: Option<bool>,
    manually_approves_followers: Option<bool>,
    language: Option<Vec<Language>>,
    name: Option<String>,
    summary: Option<String>,
    published: Option<String>,
}

fn one_or_many<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<String>, D::Error> {
    #[derive(Deserialize)]
    #[serde(untagged)]
    enum OneOrMany {
        One(String),
        Many(Vec<String>),
    }
    Ok(match OneOrMany::deserialize(deserializer)? {
        OneOrMany::One(one) => vec![one],
        OneOrMany::Many(many) => many,
    })
}

fn read<T: DeserializeOwned>(document: &Value) -> Result<T, String> {
    serde_json::from_value(document.clone()).map_err(|err| format!("{err}: {document}"))
}

fn host(address: &str) -> Option<String> {
    Url::parse(address).ok()?.host_str().map(str::to_owned)
}

fn demand(holds: bool, what: &str) -> Result<(), String> {
    if holds { Ok(()) } else { Err(what.to_owned()) }
}

fn dates(dates: [Option<&String>; 2]) -> Result<(), String> {
    dates
        .into_iter()
        .flatten()
        .try_for_each(|date| Time::parse("date", date).map(drop).map_err(|err| err.to_string()))
}

/// Takes a post in a community, or says why not.
pub(super) fn page(document: &Value, group: &str) -> Result<Page, String> {
    let page: Page = read(document)?;
    let everybody: Vec<&String> = page.to.iter().chain(&page.cc).collect();
    demand(everybody.iter().any(|it| *it == PUBLIC), "is not public")?;
    demand(page.to.first().is_some_and(|first| first == group), "names no community")?;
    demand(page.audience.as_deref() == Some(group), "the audience is another")?;
    demand(page.attributed_to != group, "a Group is no author")?;
    demand(host(&page.attributed_to) == host(&page.id), "the author lives elsewhere")?;
    demand(page.name.as_ref().is_some_and(|name| name.chars().count() <= 200), "no title")?;
    dates([page.published.as_ref(), page.updated.as_ref()])?;
    Ok(page)
}

/// Takes a comment in a community, or says why not.
pub(super) fn comment(document: &Value, group: &str) -> Result<(), String> {
    let comment: Comment = read(document)?;
    demand(comment.to.iter().chain(&comment.cc).any(|it| it == PUBLIC), "is not public")?;
    demand(comment.audience.as_deref() == Some(group), "the audience is another")?;
    demand(comment.cc.iter().any(|it| it == group), "the community is not told")?;
    demand(comment.attributed_to != group, "a Group is no author")?;
    demand(host(&comment.attributed_to) == host(&comment.id), "the author lives elsewhere")?;
    let mentions = |tag: &Value| tag["type"] == "Mention" && tag["href"] == *group;
    demand(comment.tag.iter().any(mentions), "does not mention the community")?;
    dates([comment.published.as_ref(), comment.updated.as_ref()])
}

/// Takes what a community announces, or says why not.
pub(super) fn announce(document: &Value, group: &str) -> Result<(), String> {
    let announce: Announce = read(document)?;
    demand(announce.actor == group, "is not the community's")?;
    demand(host(&announce.id) == host(&announce.actor), "its id lies elsewhere")?;
    demand(announce.to.iter().chain(&announce.cc).any(|it| it == PUBLIC), "is not public")?;
    inner(&announce.object, group)
}

/// Takes an activity inside of an Announce, or says why not.
pub(super) fn inner(document: &Value, group: &str) -> Result<(), String> {
    let inner: Inner = read(document)?;
    demand(document.get("@context").is_none(), "a context inside")?;
    demand(inner.to.iter().chain(&inner.cc).any(|it| it == PUBLIC), "is not public")?;
    demand(inner.audience.as_deref() == Some(group), "the audience is another")?;
    demand(inner.actor != group, "a Group does nothing but announce")?;
    demand(host(&inner.id) == host(&inner.actor), "its id lies elsewhere")?;
    if inner.kind == "Delete" {
        demand(inner.summary.is_none(), "a moderator's deed")?;
        return demand(inner.object.is_string(), "what is deleted is an id");
    }
    demand(matches!(inner.kind.as_str(), "Create" | "Update"), "an unknown activity")?;
    demand(inner.object["attributedTo"] == *inner.actor, "is not its author's")?;
    if inner.object["type"] == "Note" {
        comment(&inner.object, group)
    } else {
        page(&inner.object, group).map(drop)
    }
}

/// What is in a collection, or why it cannot be read.
pub(super) fn items(document: &Value) -> Result<Vec<Value>, String> {
    demand(document.to_string().len() < MOST_BYTES, "is too long")?;
    demand(document.get("first").is_none(), "has pages")?;
    Ok(read::<Collection>(document)?.ordered_items)
}

/// Takes an actor, or says why not.
pub(super) fn actor(document: &Value) -> Result<(), String> {
    match document["type"].as_str() {
        Some("Group") => read::<Actor<GroupKind>>(document).map(drop),
        Some("Application") => {
            let site: Actor<SiteKind> = read(document)?;
            let long =
                |text: Option<&String>, most| text.is_some_and(|it| most < it.chars().count());
            demand(!long(site.name.as_ref(), 20) && !long(site.summary.as_ref(), 150), "too long")?;
            demand(site.published.is_some(), "has no date")
        }
        _ => read::<Actor<UserKind>>(document).map(drop),
    }
}
