//! An actor: a person, a collective, a voice, a bot, or a server.

use serde_json::{Map, Value};
use url::Url;

use super::keys::{PublicKey, public_keys};
use super::read;
use crate::json::Malformed;
use crate::kinds::ActorKind;

/// How many former names of an actor are read.
const MAX_ALIASES: usize = 256;

/// An inbound actor (`ActivityPub`, section 4.1).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Actor {
    /// Its id; to be held against the address it was fetched from.
    pub id: Url,
    /// What it is; of several words, the first that names an actor.
    pub kind: ActorKind,
    /// Its handle without the host, as it was sent: 1 to 255 characters, no space, no `@`, no `/`.
    pub preferred_username: String,
    /// Its name, on one line; at most 255 characters.
    pub name: Option<String>,
    /// About it: HTML, unsanitised, at most 5000 characters.
    pub summary: Option<String>,
    /// Its page.
    pub url: Option<Url>,
    /// Where to send to it.
    pub inbox: Url,
    /// Where to send once for all of its server; only on the origin of `id`.
    pub shared_inbox: Option<Url>,
    /// What it said.
    pub outbox: Option<Url>,
    /// The address of its followers, compared with `to` and `cc` byte for byte.
    pub followers: Option<Url>,
    /// Whom it follows.
    pub following: Option<Url>,
    /// What it pinned.
    pub featured: Option<Url>,
    /// The collection of its moderators (FEP-1b12): `attributedTo`, when it is one address.
    pub moderators: Option<Url>,
    /// Its picture.
    pub icon: Option<Url>,
    /// Does a follow wait for somebody's yes?
    pub manually_approves_followers: bool,
    /// Its keys, at most 10; their owners are not compared with `id` here.
    pub public_keys: Vec<PublicKey>,
    /// Where it moved to.
    pub moved_to: Option<Url>,
    /// What else it is known as, at most 256; a Move is believed only with this.
    pub also_known_as: Vec<Url>,
    /// Has its own server suspended it (Mastodon)?
    pub suspended: bool,
    /// May it be shown in directories (Mastodon)? Absent where it does not say.
    pub discoverable: Option<bool>,
    /// When it came to be, as it was sent; at most 64 bytes.
    pub published: Option<String>,
}

impl Actor {
    /// Reads an actor; `id`, `type`, `preferredUsername`, and `inbox` are required.
    pub fn parse(value: &Value) -> Result<Self, Malformed> {
        let map = read::object(value, "document")?;
        let id = read::id(map, "id")?;
        Ok(Self {
            kind: kind(map)?,
            preferred_username: preferred_username(map)?,
            name: read::line(map, "name", read::MAX_NAME),
            summary: read::text(map, "summary", read::MAX_SUMMARY),
            url: read::page_url(map, "url"),
            inbox: read::required_url(map, "inbox")?,
            shared_inbox: shared_inbox(map, &id),
            outbox: read::url(map, "outbox"),
            followers: read::url(map, "followers"),
            following: read::url(map, "following"),
            featured: read::url(map, "featured"),
            moderators: moderators(map),
            icon: icon(map),
            manually_approves_followers: read::flag(map, "manuallyApprovesFollowers") == Some(true),
            public_keys: public_keys(value),
            moved_to: read::url(map, "movedTo"),
            also_known_as: read::urls(map, "alsoKnownAs", MAX_ALIASES),
            suspended: read::flag(map, "suspended") == Some(true),
            discoverable: read::flag(map, "discoverable"),
            published: read::date(map, "published"),
            id,
        })
    }
}

fn kind(map: &Map<String, Value>) -> Result<ActorKind, Malformed> {
    let word = read::kind(map, |word| ActorKind::from_word(word).is_some())?;
    ActorKind::from_word(word).ok_or_else(|| Malformed::new("type", "is not a kind of actor"))
}

/// A cut handle would be another one, so a long one is refused.
fn preferred_username(map: &Map<String, Value>) -> Result<String, Malformed> {
    let refuse = |problem| Err(Malformed::new("preferredUsername", problem));
    match map.get("preferredUsername") {
        None | Some(Value::Null) => refuse("is missing"),
        Some(Value::String(name)) if name.is_empty() => refuse("is empty"),
        Some(Value::String(name)) if name.chars().count() > read::MAX_NAME => refuse("is too long"),
        Some(Value::String(name)) if name.chars().any(is_odd) => {
            refuse("has a space, a control character, or a separator")
        }
        Some(Value::String(name)) => Ok(name.clone()),
        Some(_) => refuse("is not a string"),
    }
}

fn is_odd(c: char) -> bool {
    c.is_control() || c.is_whitespace() || matches!(c, '@' | '/')
}

/// One host can't have another host's inbox filled on behalf of its actors.
fn shared_inbox(map: &Map<String, Value>, id: &Url) -> Option<Url> {
    let endpoints = map.get("endpoints").and_then(Value::as_object);
    endpoints
        .and_then(|endpoints| read::url(endpoints, "sharedInbox"))
        .or_else(|| read::url(map, "sharedInbox"))
        .filter(|inbox| inbox.origin() == id.origin())
}

/// `PeerTube` puts the owners of a channel where others put the address of a collection.
fn moderators(map: &Map<String, Value>) -> Option<Url> {
    map.get("attributedTo")?.as_str()?;
    read::url(map, "attributedTo")
}

/// The first picture: an `Image` with a `url`, or an address.
fn icon(map: &Map<String, Value>) -> Option<Url> {
    read::each(map, "icon").iter().take(MAX_ALIASES).find_map(|icon| match icon {
        Value::Object(image) if image.contains_key("url") => read::url(image, "url"),
        _ => crate::address::parse(read::raw_address(icon)?, "icon").ok(),
    })
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn group() -> Value {
        json!({
            "id": "https://a.example/c/garden",
            "type": "Group",
            "preferredUsername": "garden",
            "name": "Huerta\nComún",
            "summary": "<p>Hola</p>",
            "url": "https://a.example/@garden",
            "inbox": "https://a.example/c/garden/inbox",
            "outbox": "https://a.example/c/garden/outbox",
            "followers": "https://a.example/c/garden/followers",
            "attributedTo": "https://a.example/c/garden/moderators",
            "endpoints": {"sharedInbox": "https://a.example/inbox"},
            "icon": {"type": "Image", "url": "https://a.example/icon.png"},
            "manuallyApprovesFollowers": true,
            "publicKey": {
                "id": "https://a.example/c/garden#main-key",
                "owner": "https://a.example/c/garden",
                "publicKeyPem": "PEM",
            },
            "alsoKnownAs": "https://old.example/garden",
        })
    }

    fn with(key: &str, value: Value) -> Value {
        let mut group = group();
        group[key] = value;
        group
    }

    fn url(raw: &str) -> Url {
        raw.parse().unwrap()
    }

    #[test]
    fn a_group_is_read() {
        let actor = Actor::parse(&group()).unwrap();
        assert_eq!(actor.kind, ActorKind::Group);
        assert_eq!(actor.preferred_username, "garden");
        assert_eq!(actor.name.as_deref(), Some("Huerta Común"));
        assert_eq!(actor.shared_inbox, Some(url("https://a.example/inbox")));
        assert_eq!(actor.moderators, Some(url("https://a.example/c/garden/moderators")));
        assert_eq!(actor.icon, Some(url("https://a.example/icon.png")));
        assert_eq!(actor.also_known_as.len(), 1);
        assert_eq!(actor.public_keys.len(), 1);
        assert!(actor.manually_approves_followers);
        assert!(!actor.suspended);
    }

    #[test]
    fn what_must_be_there_must_be_readable() {
        for key in ["id", "type", "preferredUsername", "inbox"] {
            for value in [json!(null), json!(1), json!({}), json!([]), json!("")] {
                let error = Actor::parse(&with(key, value.clone())).unwrap_err();
                assert_eq!(error.field, key, "{value}");
            }
        }
        for name in ["a b", "a@b", "a/b", "a\nb", &"x".repeat(256)] {
            assert!(Actor::parse(&with("preferredUsername", json!(name))).is_err());
        }
        assert!(Actor::parse(&with("type", json!("Collective"))).is_err());
    }

    #[test]
    fn the_first_kind_of_actor_counts() {
        let actor = Actor::parse(&with("type", json!(["vf:Agent", "Group", "Person"]))).unwrap();
        assert_eq!(actor.kind, ActorKind::Group);
    }

    #[test]
    fn a_shared_inbox_elsewhere_is_not_believed() {
        for other in ["https://b.example/inbox", "http://a.example/inbox", "https://a.example:8/"] {
            let actor = with("endpoints", json!({"sharedInbox": other}));
            assert_eq!(Actor::parse(&actor).unwrap().shared_inbox, None);
        }
        for odd in [json!(null), json!([]), json!("x"), json!({"sharedInbox": 5})] {
            assert_eq!(Actor::parse(&with("endpoints", odd)).unwrap().shared_inbox, None);
        }
    }

    #[test]
    fn owners_of_a_channel_are_not_its_moderators() {
        let owners = json!([{"type": "Person", "id": "https://a.example/u/ana"}]);
        assert_eq!(Actor::parse(&with("attributedTo", owners)).unwrap().moderators, None);
    }

    #[test]
    fn one_picture_of_several_is_enough() {
        let picture = "https://a.example/i";
        let link = json!({"type": "Image", "url": {"type": "Link", "href": picture}});
        for icon in [json!([{"type": "Image"}, link]), json!(picture), json!({"href": picture})] {
            let actor = Actor::parse(&with("icon", icon)).unwrap();
            assert_eq!(actor.icon, Some(url(picture)));
        }
    }
}
