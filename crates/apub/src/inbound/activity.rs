//! An activity: who says that what happened to which object, and to whom it is said.

use serde_json::{Map, Value};
use url::Url;

use super::read;
use crate::address;
use crate::json::Malformed;
use crate::kinds::ActivityKind;

/// How many objects of one activity are read: a Flag names an account and its posts.
const MAX_OBJECTS: usize = 100;

/// An inbound activity (`ActivityPub`, section 7).
#[derive(Debug, Clone, PartialEq)]
pub struct Activity {
    /// Its own id.
    pub id: Url,
    /// What happened.
    pub kind: ActivityKind,
    /// Who says so; to be held against the signature.
    pub actor: Url,
    /// What it happened to; of several, the first.
    pub object: ObjectRef,
    /// The ids of all that `object` names, at most 100: only a Flag may name several.
    pub objects: Vec<Url>,
    /// The collection or the new home: of Add, Remove, Block (Lemmy), Move.
    pub target: Option<Url>,
    /// Recipients, at most 1000.
    pub to: Vec<Url>,
    /// Further recipients, at most 1000.
    pub cc: Vec<Url>,
    /// The group it is said in (FEP-1b12); all the address that a vote from Lemmy has.
    pub audience: Option<Url>,
    /// When, as it was sent; at most 64 bytes.
    pub published: Option<String>,
    /// The whole document.
    pub raw: Value,
}

/// What an activity happened to.
#[derive(Debug, Clone, PartialEq)]
pub enum ObjectRef {
    /// Only its id was sent.
    Id(Url),
    /// It was sent along; not to be believed without asking whose word it is.
    Embedded {
        /// Its id; an agreement under negotiation has none.
        id: Option<Url>,
        /// Its kind, never empty; of several, the first known word.
        kind: String,
        /// All of it.
        value: Value,
    },
    /// Nothing.
    None,
}

impl ObjectRef {
    /// The id of the object, however it was sent.
    pub fn id(&self) -> Option<&Url> {
        match self {
            Self::Id(id) => Some(id),
            Self::Embedded { id, .. } => id.as_ref(),
            Self::None => None,
        }
    }

    /// The kind of the object, when it was sent along.
    pub fn kind(&self) -> Option<&str> {
        match self {
            Self::Embedded { kind, .. } => Some(kind),
            Self::Id(_) | Self::None => None,
        }
    }
}

impl Activity {
    /// Reads an activity; its `type` must be one word, and `id` and `actor` addresses.
    pub fn parse(value: Value) -> Result<Self, Malformed> {
        let map = read::object(&value, "document")?;
        let kind = kind(map)?;
        let id = read::id(map, "id")?;
        let actor = read::required_url(map, "actor")?;
        let sent = read::each(map, "object");
        if sent.len() > 1 && kind != ActivityKind::Flag {
            return Err(Malformed::new("object", "names several things"));
        }
        let object = sent.first().map_or(Ok(ObjectRef::None), object)?;
        Ok(Self {
            id,
            actor,
            object,
            objects: read::urls(map, "object", MAX_OBJECTS),
            target: read::url(map, "target"),
            to: read::recipients(map, "to"),
            cc: read::recipients(map, "cc"),
            audience: read::url(map, "audience"),
            published: read::date(map, "published"),
            kind,
            raw: value,
        })
    }

    /// Why, in the sender's words: of a Flag, a Reject, or a moderator's Delete; at most 5000
    /// characters.
    pub fn reason(&self) -> Option<String> {
        let map = self.raw.as_object()?;
        read::text(map, "content", read::MAX_SUMMARY)
            .or_else(|| read::text(map, "summary", read::MAX_SUMMARY))
    }
}

/// An activity is one thing: an array of several words is refused.
fn kind(map: &Map<String, Value>) -> Result<ActivityKind, Malformed> {
    if read::each(map, "type").len() > 1 {
        return Err(Malformed::new("type", "names several kinds of activity"));
    }
    read::kind(map, |_| true).map(ActivityKind::from)
}

fn object(value: &Value) -> Result<ObjectRef, Malformed> {
    let map = match value {
        Value::String(raw) => return address::parse(raw, "object").map(ObjectRef::Id),
        Value::Object(map) => map,
        _ => return Err(Malformed::new("object", "is neither an address nor an object")),
    };
    let id = match map.get("id") {
        None | Some(Value::Null) => None,
        Some(_) => Some(read::id(map, "object.id")?),
    };
    let kind = match map.get("type") {
        None | Some(Value::Null) => None,
        Some(_) => Some(read::kind(map, is_known).map_err(|error| within(&error))?),
    };
    match (id, kind) {
        (_, Some("Link")) => {
            let href = read::raw_address(value).unwrap_or_default();
            address::parse(href, "object.href").map(ObjectRef::Id)
        }
        (id, Some(kind)) if !kind.is_empty() => {
            Ok(ObjectRef::Embedded { id, kind: kind.to_owned(), value: value.clone() })
        }
        (Some(id), _) => Ok(ObjectRef::Id(id)),
        (None, _) => Err(Malformed::new("object", "has neither an id nor a type")),
    }
}

/// A problem with the `type` of the embedded object.
fn within(error: &Malformed) -> Malformed {
    Malformed::new("object.type", &error.problem)
}

/// The words by which an embedded object of several types is taken.
fn is_known(word: &str) -> bool {
    super::post::is_post(word)
        || crate::kinds::ActorKind::from_word(word).is_some()
        || word == "Tombstone"
        || !matches!(ActivityKind::from(word), ActivityKind::Other(_))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn follow() -> Value {
        json!({
            "@context": "https://www.w3.org/ns/activitystreams",
            "id": "https://b.example/1",
            "type": "Follow",
            "actor": "https://b.example/u/bob",
            "object": "https://a.example/c/garden",
        })
    }

    fn with(key: &str, value: Value) -> Value {
        let mut follow = follow();
        follow[key] = value;
        follow
    }

    fn refused(key: &str, value: Value) -> &'static str {
        Activity::parse(with(key, value)).unwrap_err().field
    }

    #[test]
    fn a_follow_is_read() {
        let activity = Activity::parse(follow()).unwrap();
        assert_eq!(activity.id.as_str(), "https://b.example/1");
        assert_eq!(activity.kind, ActivityKind::Follow);
        assert_eq!(activity.actor.as_str(), "https://b.example/u/bob");
        assert_eq!(activity.object.id().unwrap().as_str(), "https://a.example/c/garden");
        assert_eq!(activity.objects.len(), 1);
        assert_eq!(activity.raw, follow());
    }

    #[test]
    fn one_kind_is_enough_and_two_are_too_many() {
        let one = Activity::parse(with("type", json!(["Like"]))).unwrap();
        assert_eq!(one.kind, ActivityKind::Like);
        let other = Activity::parse(with("type", json!("Join"))).unwrap();
        assert_eq!(other.kind, ActivityKind::Other("Join".to_owned()));
        for value in [json!(["Create", "Note"]), json!([]), json!({}), json!(null), json!([1])] {
            assert_eq!(refused("type", value), "type");
        }
        assert_eq!(refused("type", json!("x".repeat(300))), "type");
    }

    #[test]
    fn an_actor_is_one_address() {
        for value in [json!({"id": "https://b.example/u/bob"}), json!(["https://b.example/u/bob"])]
        {
            let activity = Activity::parse(with("actor", value)).unwrap();
            assert_eq!(activity.actor.as_str(), "https://b.example/u/bob");
        }
        let two = json!(["https://b.example/u/bob", "https://c.example/u/eve"]);
        for value in [two, json!(1), json!("bob"), json!({}), json!(null), json!([])] {
            assert_eq!(refused("actor", value), "actor");
        }
    }

    #[test]
    fn an_id_is_a_plain_string() {
        for value in [json!(null), json!(1), json!(["https://b.example/1"]), json!("x"), json!({})]
        {
            assert_eq!(refused("id", value), "id");
        }
    }

    #[test]
    fn an_object_is_an_id_or_sent_along() {
        let read = |value| Activity::parse(with("object", value)).map(|read| read.object);
        let id: Url = "https://a.example/1".parse().unwrap();
        assert_eq!(read(json!("https://a.example/1")), Ok(ObjectRef::Id(id.clone())));
        assert_eq!(read(json!({"id": "https://a.example/1"})), Ok(ObjectRef::Id(id.clone())));
        let link = json!({"type": "Link", "href": "https://a.example/1"});
        assert_eq!(read(link), Ok(ObjectRef::Id(id.clone())));
        assert_eq!(read(json!(["https://a.example/1"])), Ok(ObjectRef::Id(id.clone())));
        assert_eq!(read(json!(null)), Ok(ObjectRef::None));
        let note = json!({"id": "https://a.example/1", "type": ["vf:Intent", "Note"]});
        let kind = "Note".to_owned();
        let embedded = ObjectRef::Embedded { id: Some(id), kind, value: note.clone() };
        assert_eq!(read(note), Ok(embedded));
        assert_eq!(read(json!({"type": "Agreement"})).unwrap().kind(), Some("Agreement"));
        for value in [
            json!(1),
            json!({}),
            json!({"id": 5, "type": "Note"}),
            json!({"id": "x", "type": "Note"}),
            json!({"type": {}}),
            json!(["https://a.example/1", "https://a.example/2"]),
        ] {
            assert!(read(value.clone()).is_err(), "{value}");
        }
    }

    #[test]
    fn a_flag_may_name_many_things() {
        let many: Vec<_> = (0..10_000).map(|i| format!("https://a.example/{i}")).collect();
        let mut flag = with("object", json!(many));
        flag["type"] = json!("Flag");
        flag["content"] = json!("spam");
        let flag = Activity::parse(flag).unwrap();
        assert_eq!(flag.objects.len(), 100);
        assert_eq!(flag.reason().as_deref(), Some("spam"));
    }
}
