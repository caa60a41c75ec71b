//! What others said, as it is passed on to the threadiverse: the same ids and words, in the shapes that Lemmy
//! reads. Pure: a document in, a document out.

use apub::PUBLIC;
use ops::html::escape;
use serde_json::{Map, Value, json};

/// Where the pictures of a note stand.
const MEDIA: [&str; 4] = ["attachment", "image", "icon", "preview"];

/// What is true for the reader and not said so in the original.
#[derive(Clone, Debug)]
pub(crate) struct Passing<'a> {
    /// The Group that passes it on.
    pub(crate) group: &'a str,
    /// Who said it.
    pub(crate) author: &'a str,
    /// What it answers, as the reader calls that.
    pub(crate) in_reply_to: Option<&'a str>,
    /// Its HTML, made harmless, where the original holds none in the place that everybody reads.
    pub(crate) html: &'a str,
    /// What its author warns of: nobody there reads that where it stands.
    pub(crate) warning: Option<&'a str>,
    /// Whether its pictures go with it.
    pub(crate) media: bool,
}

/// `Create` or `Update` with its whole note; nothing where the note was not sent along.
pub(crate) fn message(raw: &Value, passing: &Passing<'_>) -> Option<Value> {
    let mut activity = envelope(raw, passing)?;
    let object = raw.get("object").map(only)?.as_object()?;
    let note = note(object, passing);
    activity.insert("object".to_owned(), note.into());
    addressed(&mut activity);
    Some(activity.into())
}

/// `Delete`: its object stays what it is, an id or a tombstone.
pub(crate) fn deletion(raw: &Value, passing: &Passing<'_>) -> Option<Value> {
    let mut activity = envelope(raw, passing)?;
    let object = raw.get("object").map(only)?;
    let id = object.get("id").or(Some(object)).filter(|id| id.is_string())?;
    let object = match object {
        Value::Object(_) => json!({ "id": id, "type": "Tombstone" }),
        id => id.clone(),
    };
    activity.insert("object".to_owned(), object);
    addressed(&mut activity);
    Some(activity.into())
}

/// `Undo` of a `Delete` that was sent along.
pub(crate) fn undeletion(raw: &Value, passing: &Passing<'_>) -> Option<Value> {
    let mut activity = envelope(raw, passing)?;
    let inner = raw.get("object").map(only).filter(|inner| inner.is_object())?;
    activity.insert("object".to_owned(), deletion(inner, passing)?);
    addressed(&mut activity);
    Some(activity.into())
}

/// `Like` or `Dislike`, or an `Undo` with one of them inside; `object` is what is liked, as the reader calls it.
pub(crate) fn vote(raw: &Value, passing: &Passing<'_>, object: &str) -> Option<Value> {
    let mut activity = envelope(raw, passing)?;
    let voted = if raw.get("type").map(only) == Some(&json!("Undo")) {
        // Lemmy undoes nothing that is named by its id alone.
        let inner = raw.get("object").map(only).filter(|inner| inner.is_object())?;
        vote(inner, passing, object)?
    } else {
        object.into()
    };
    activity.insert("object".to_owned(), voted);
    Some(activity.into())
}

/// Is it said to everybody, outside and inside? A side that names nobody says nothing of that.
pub(crate) fn is_public(raw: &Value) -> bool {
    let object = raw.get("object").map(only).filter(|object| object.is_object());
    [Some(raw), object].into_iter().flatten().filter_map(addresses_everybody).all(|public| public)
}

fn addresses_everybody(value: &Value) -> Option<bool> {
    let named = ["to", "cc"].into_iter().flat_map(|key| each(value.get(key)));
    let named: Vec<&Value> = named.collect();
    let everybody = |it: &&Value| it.as_str().is_some_and(apub::address::is_public);
    (!named.is_empty()).then(|| named.iter().any(everybody))
}

/// Does it name readers that nobody else may know of?
pub(crate) fn has_blind_recipients(raw: &Value) -> bool {
    let object = raw.get("object").map(only);
    let named = |value: &Value| value.get("bto").or(value.get("bcc")).is_some();
    named(raw) || object.is_some_and(named)
}

/// The properties of an activity, without those that only its own author may send.
fn envelope(raw: &Value, passing: &Passing<'_>) -> Option<Map<String, Value>> {
    let mut map = bare(raw.as_object()?, passing);
    map.insert("actor".to_owned(), passing.author.into());
    if let Some(kind) = raw.get("type").map(only) {
        map.insert("type".to_owned(), kind.clone());
    }
    Some(map)
}

fn note(object: &Map<String, Value>, passing: &Passing<'_>) -> Map<String, Value> {
    let mut note = bare(object, passing);
    note.insert("type".to_owned(), kind(object, passing).into());
    note.insert("attributedTo".to_owned(), passing.author.into());
    if let Some(parent) = passing.in_reply_to {
        note.insert("inReplyTo".to_owned(), parent.into());
    }
    words(&mut note, object, passing);
    // Lemmy takes no other: a text of another type would make the note unreadable.
    if note.get("mediaType").is_some_and(|kind| kind != "text/html" && kind != "text/markdown") {
        note.remove("mediaType");
    }
    for name in ["language", "context"] {
        let is_object = note.get(name).is_some_and(Value::is_object);
        if note.contains_key(name) && is_object != (name == "language") {
            note.remove(name);
        }
    }
    if !passing.media {
        for name in MEDIA {
            note.remove(name);
        }
    }
    if let Some(Value::Array(files)) = note.get_mut("attachment") {
        files.retain(is_known_file);
    }
    let is_image =
        |it: &Value| it.get("type").is_some_and(|kind| kind == "Image") && is_known_file(it);
    if note.get("image").is_some_and(|image| !is_image(image)) {
        note.remove("image");
    }
    addressed(&mut note);
    note
}

/// An answer is a `Note`; of what is none, some read a `Note` nowhere but below something else.
fn kind<'a>(object: &'a Map<String, Value>, passing: &Passing<'_>) -> &'a str {
    let answers = |it: &Value| it.is_string() || it.is_object();
    if passing.in_reply_to.is_some() || object.get("inReplyTo").map(only).is_some_and(answers) {
        return "Note";
    }
    match object.get("type").map(only).and_then(Value::as_str) {
        Some(kind @ ("Article" | "Event" | "Video")) => kind,
        _ => "Page",
    }
}

/// The text. Where it is not all of it, ours stands there: a poll with its options, a warning as the first line.
fn words(note: &mut Map<String, Value>, object: &Map<String, Value>, passing: &Passing<'_>) {
    let is_poll = object.get("type").map(only) == Some(&json!("Question"));
    let is_html = note.get("mediaType").is_none_or(|kind| kind == "text/html");
    let content = note.get("content").and_then(Value::as_str);
    let content = content.filter(|_| !is_poll && (is_html || passing.warning.is_none()));
    if content.is_some() && passing.warning.is_none() {
        return;
    }
    let warning = passing.warning.map(escape);
    let warning = warning.map(|it| format!("<p><strong>{it}</strong></p>")).unwrap_or_default();
    let content = format!("{warning}{}", content.unwrap_or(passing.html));
    note.insert("content".to_owned(), content.into());
    for name in ["mediaType", "source"] {
        note.remove(name);
    }
}

/// Without context, signature, and blind recipients; lists are lists; `audience` is the Group or nothing.
fn bare(map: &Map<String, Value>, passing: &Passing<'_>) -> Map<String, Value> {
    let mut map = map.clone();
    for name in ["@context", "signature", "proof", "bto", "bcc"] {
        map.remove(name);
    }
    for name in ["to", "cc", "tag", "attachment"] {
        if let Some(value) = map.remove(name) {
            map.insert(name.to_owned(), each(Some(&value)).into_iter().cloned().collect());
        }
    }
    let audience = map.remove("audience");
    if audience.as_ref().map(only) == Some(&json!(passing.group)) {
        map.insert("audience".to_owned(), passing.group.into());
    }
    map
}

/// Lemmy reads nothing without both; everybody spells the public in one way.
fn addressed(map: &mut Map<String, Value>) {
    for name in ["to", "cc"] {
        let list = map.entry(name).or_insert_with(|| json!([]));
        if let Value::Array(list) = list {
            for one in list.iter_mut() {
                if one.as_str().is_some_and(apub::address::is_public) {
                    *one = PUBLIC.into();
                }
            }
        }
    }
    let silent = ["to", "cc"].iter().all(|name| map.get(*name) == Some(&json!([])));
    if silent {
        map.insert("to".to_owned(), json!([PUBLIC]));
    }
}

/// One attachment of any other kind makes the whole note unreadable for Lemmy.
fn is_known_file(file: &Value) -> bool {
    let has = |name: &str| file.get(name).is_some_and(Value::is_string);
    match file.get("type").and_then(Value::as_str) {
        Some("Link") => has("href"),
        Some("Image" | "Document") => has("url"),
        _ => false,
    }
}

/// Does it come with pictures?
pub(crate) fn has_media(raw: &Value) -> bool {
    let object = raw.get("object").map(only);
    let named = |value: &Value| MEDIA.iter().any(|name| !each(value.get(*name)).is_empty());
    named(raw) || object.is_some_and(named)
}

/// A value, or the only one of a list.
fn only(value: &Value) -> &Value {
    match value {
        Value::Array(list) => match list.as_slice() {
            [one] => one,
            _ => value,
        },
        value => value,
    }
}

fn each(value: Option<&Value>) -> Vec<&Value> {
    match value {
        None | Some(Value::Null) => Vec::new(),
        Some(Value::Array(list)) => list.iter().collect(),
        Some(one) => vec![one],
    }
}
