//! Every document that another server sent or serves, read by the reader of its kind.
//!
//! The repository's own fixtures are in `tests/fixtures/<software>/`. A larger collection, of other
//! projects' test data, is read too where it is laid beside the repository.
#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a broken fixture should stop the test where it breaks"
)]

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use apub::inbound::{Activity, Actor, Post, Receipt, public_keys};
use apub::{ActivityKind, ActorKind, Malformed};
use serde_json::{Value, json};

/// What is refused, and why; a document that parses after all fails the test.
const REFUSED: &[(&str, &str)] = &[
    // Their kind is neither of an actor, nor of an activity, nor of a post.
    ("fep/044f/04-QuoteAuthorization.json", "type: is not a kind of post"),
    ("fep/7888/11-Object.json", "type: is not a kind of post"),
    ("piefed/docs/feed_json.json", "type: is not a kind of post"),
    // An excerpt of an actor, to show one property.
    ("fep/0837/03-Person.json", "preferredUsername: is missing"),
    ("fep/521a/01-Person.json", "preferredUsername: is missing"),
    ("mastodon/docs/08-Person-featured.json", "preferredUsername: is missing"),
    ("mastodon/docs/09-Person-featuredTags.json", "preferredUsername: is missing"),
    ("mastodon/docs/10-Person-attachment.json", "preferredUsername: is missing"),
    ("mastodon/docs/11-Person-attachment.json", "preferredUsername: is missing"),
    ("mastodon/docs/12-Person-discoverable.json", "preferredUsername: is missing"),
    ("mastodon/docs/13-Person-indexable.json", "preferredUsername: is missing"),
    ("mastodon/docs/14-Person-suspended.json", "preferredUsername: is missing"),
    ("mastodon/docs/15-Person-memorial.json", "preferredUsername: is missing"),
    // Nobody says they wrote it: an excerpt of an object, to show one property, or a receipt.
    ("fep/7888/01-Note.json", "attributedTo: is missing"),
    ("fep/7888/02-None.json", "attributedTo: is missing"),
    ("fep/7888/04-None.json", "attributedTo: is missing"),
    ("fep/7888/06-None.json", "attributedTo: is missing"),
    ("fep/7888/08-None.json", "attributedTo: is missing"),
    ("fep/7888/09-None.json", "attributedTo: is missing"),
    ("fep/7888/12-None.json", "attributedTo: is missing"),
    ("fep/ef61/03-Image.json", "attributedTo: is missing"),
    ("mastodon/canonical/30-note-custom-emoji-tag.json", "attributedTo: is missing"),
    (
        "mastodon/docs/04-Question-published-endTime-votersCount-anyOf.json",
        "attributedTo: is missing",
    ),
    ("mastodon/docs/17-Note-tag.json", "attributedTo: is missing"),
    ("mastodon/docs/18-Note-attachment.json", "attributedTo: is missing"),
    ("mastodon/docs/19-Note-attachment.json", "attributedTo: is missing"),
    // An object that does not say what it is.
    ("fep/7888/03-None.json", "type: is missing"),
    ("fep/7888/07-None.json", "type: is missing"),
    ("fep/7888/10-None.json", "type: is missing"),
    // A template whose host was never filled in.
    ("mastodon/bonfire/application_actor.json", "id: has a host with odd characters"),
    ("mastodon/canonical/02-actor-instance-application.json", "id: has a host with odd characters"),
    // An id without a scheme, or with one that cannot be fetched (FEP-ef61).
    ("fep/1b12/04-Announce.json", "id: is not an absolute address"),
    ("fep/ef61/01-Person.json", "id: is neither http nor https"),
    ("fep/ef61/02-Note.json", "attributedTo: is neither http nor https"),
];

/// Documents of other kinds, which this crate has no reader for.
const SKIPPED: &[(&str, &str)] = &[
    ("gotosocial/captured/_index.json", "list of files"),
    ("gotosocial/captured/_keys.json", "list of keys"),
    ("gotosocial/captured/api/", "answers of the client API"),
    ("gotosocial/captured/get-", "requests without a body"),
    ("gotosocial/captured/served/activity.json", "an error: not found"),
    ("gotosocial/captured/served/actor-unsigned.json", "an error: not signed"),
    ("gotosocial/captured/served/host-meta.json", "host-meta"),
    ("gotosocial/captured/served/nodeinfo-", "NodeInfo"),
    ("gotosocial/captured/served/webfinger.json", "WebFinger"),
    ("fep/2677/01-None.json", "NodeInfo"),
    ("hubzilla/kaniini_gerzilla.de.json", "WebFinger"),
    ("mastodon/bonfire/webfinger.json", "WebFinger"),
    ("mastodon/canonical/03-webfinger.json", "WebFinger"),
    ("mastodon/rebased/mastodon-nodeinfo20.json", "NodeInfo"),
    ("mastodon/rebased/mastodon-well-known-nodeinfo.json", "NodeInfo"),
    ("piefed/docs/feed_follow.json", "several documents in one"),
    ("webfinger/", "WebFinger"),
];

#[derive(Debug, PartialEq)]
enum Kind {
    Activity,
    Actor,
    Post,
    KeyStub,
    /// A collection or a tombstone, which needs no reader of its own.
    Other,
}

/// The kind of a document, by its shape alone.
fn kind_of(value: &Value) -> Kind {
    let word = value["type"].as_str().unwrap_or_default();
    if word.ends_with("Collection") || word.ends_with("CollectionPage") || word == "Tombstone" {
        Kind::Other
    } else if ActorKind::from_word(word).is_some() && value.get("inbox").is_none() {
        if value.get("publicKey").is_some() { Kind::KeyStub } else { Kind::Actor }
    } else if ActorKind::from_word(word).is_some() {
        Kind::Actor
    } else if is_activity(word) || (value.get("actor").is_some() && value.get("object").is_some()) {
        Kind::Activity
    } else {
        Kind::Post
    }
}

fn is_activity(word: &str) -> bool {
    !matches!(ActivityKind::from(word), ActivityKind::Other(_))
}

fn read(value: &Value) -> Result<(), Malformed> {
    match kind_of(value) {
        Kind::Activity => read_activity(Activity::parse(value.clone())?),
        Kind::Actor => Actor::parse(value).map(|_| ()),
        Kind::Post => Post::parse(value).map(|_| ()),
        Kind::KeyStub if public_keys(value).is_empty() => {
            Err(Malformed { field: "publicKey", problem: "is no key".to_owned() })
        }
        Kind::KeyStub | Kind::Other => Ok(()),
    }
}

/// An activity is read with what it carries, however deep it is wrapped.
fn read_activity(activity: Activity) -> Result<(), Malformed> {
    use apub::inbound::ObjectRef;
    let ObjectRef::Embedded { kind, value, .. } = activity.object else { return Ok(()) };
    match activity.kind {
        ActivityKind::Create if Receipt::is_kind(&kind) && value.get("context").is_some() => {
            Receipt::parse(&value).map(|_| ())
        }
        ActivityKind::Create | ActivityKind::Update | ActivityKind::Announce => read(&value),
        _ if is_activity(&kind) => Activity::parse(value).map(|_| ()),
        _ => Ok(()),
    }
}

fn root(relative: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(relative)
}

/// The paths of all documents below a folder, relative to it, in order.
fn documents(root: &Path) -> Vec<String> {
    let mut found = Vec::new();
    let mut folders = vec![root.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "json") {
                found.push(path.strip_prefix(root).unwrap().to_str().unwrap().to_owned());
            }
        }
    }
    found.sort();
    found
}

/// Reads a file; a captured request or answer has its document under `body`.
fn load(root: &Path, path: &str) -> Result<Value, Malformed> {
    let mut value = apub::json::parse(&fs::read(root.join(path)).unwrap())?;
    if path.contains("/captured/") { Ok(value["body"].take()) } else { Ok(value) }
}

#[test]
fn our_own_fixtures_are_all_read() {
    let root = root("../../tests/fixtures");
    let paths = documents(&root);
    assert!(paths.len() >= 44, "only {} fixtures", paths.len());
    for path in paths {
        let result = load(&root, &path).and_then(|value| read(&value));
        assert_eq!(result, Ok(()), "{path}");
    }
}

#[test]
fn every_software_has_the_same_set_of_fixtures() {
    for software in ["mastodon", "gotosocial", "lemmy", "fedify"] {
        let root = root("../../tests/fixtures").join(software);
        for kind in ["follow", "accept", "undo_follow", "create_note_reply", "update_note"]
            .into_iter()
            .chain(["delete_note", "like", "announce", "block", "person"])
        {
            assert!(root.join(kind).with_extension("json").exists(), "{software}/{kind}.json");
        }
    }
}

#[test]
fn the_collection_beside_the_repository_is_read_or_refused_for_a_reason() {
    let root = root("../../../shared/fixtures");
    if !root.is_dir() {
        eprintln!("no collection of fixtures beside the repository, nothing to read");
        return;
    }
    let paths = documents(&root);
    let mut wrong = Vec::new();
    let mut met = BTreeSet::new();
    for path in &paths {
        if SKIPPED.iter().any(|(prefix, _)| path.starts_with(prefix)) {
            continue;
        }
        let result = load(&root, path).and_then(|value| read(&value));
        let refused = REFUSED.iter().find(|(refused, _)| refused == path);
        match (result, refused) {
            (Ok(()), None) => {}
            (Err(error), Some((refused, reason))) if error.to_string() == *reason => {
                met.insert(*refused);
            }
            (result, refused) => wrong.push(format!("{path}: {result:?}, expected {refused:?}")),
        }
    }
    let gone = REFUSED.iter().filter(|(path, _)| !met.contains(path));
    wrong.extend(gone.map(|(path, _)| format!("{path}: listed as refused, not met")));
    assert!(wrong.is_empty(), "of {} documents:\n{}", paths.len(), wrong.join("\n"));
}

#[test]
fn no_odd_value_of_any_property_stops_a_reader() {
    let root = root("../../tests/fixtures");
    let odd = [
        json!(null),
        json!(true),
        json!(-1.5),
        json!(""),
        json!("\u{0}\u{202e}é"),
        json!([]),
        json!([[], {}, null, "x"]),
        json!({}),
        json!({"id": {}, "type": ["Note", 1], "href": []}),
        json!("https://a.example/\u{7f}"),
    ];
    for path in documents(&root) {
        let value = load(&root, &path).unwrap();
        for pointer in pointers(&value) {
            for odd in &odd {
                let mut changed = value.clone();
                *changed.pointer_mut(&pointer).unwrap() = odd.clone();
                let _ = read(&changed);
                let _ = Activity::parse(changed.clone());
                let _ = Actor::parse(&changed);
                let _ = Post::parse(&changed);
                let _ = public_keys(&changed);
            }
        }
    }
}

/// JSON pointers to the properties of a document and of what it embeds, without its context.
fn pointers(value: &Value) -> Vec<String> {
    let mut found = Vec::new();
    let mut open = vec![(String::new(), value)];
    while let Some((pointer, value)) = open.pop() {
        let Some(map) = value.as_object() else { continue };
        for (key, inner) in map.iter().filter(|(key, _)| *key != "@context") {
            let pointer = format!("{pointer}/{}", key.replace('~', "~0").replace('/', "~1"));
            open.push((pointer.clone(), inner));
            found.push(pointer);
        }
    }
    found
}
