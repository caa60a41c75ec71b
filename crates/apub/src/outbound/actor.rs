//! Collectives, voices, people, and the instance, as others fetch them.

use serde::Serialize;
use serde_json::Value;

use crate::kinds::ActorKind;

/// An actor of ours (`ActivityPub`, section 4.1).
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ActorDocument {
    /// [`crate::context::actor`]; absent where the document is embedded.
    #[serde(rename = "@context", skip_serializing_if = "Option::is_none")]
    pub context: Option<Value>,
    /// Its id, which is its page.
    pub id: String,
    /// What it is.
    #[serde(rename = "type")]
    pub kind: ActorKind,
    /// Its handle without the host.
    pub preferred_username: String,
    /// Its name; Lemmy takes 20 characters of an instance's.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// About it: HTML; Lemmy takes 150 characters of an instance's.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub summary: Option<String>,
    /// Its page; on the host of `id`, or Mastodon ignores it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
    /// Where to send to it.
    pub inbox: String,
    /// What it said; Lemmy demands one.
    pub outbox: String,
    /// Who follows it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub followers: Option<String>,
    /// Whom it follows.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub following: Option<String>,
    /// What it pinned; its own for every actor, or Lemmy mixes up those who share it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub featured: Option<String>,
    /// The collection of a Group's moderators (FEP-1b12); not its owner.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub attributed_to: Option<String>,
    /// Where to send once for all of this server.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub endpoints: Option<EndpointsDocument>,
    /// When it came to be; Lemmy demands it of an instance.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub published: Option<String>,
    /// When it was last changed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub updated: Option<String>,
    /// Does a follow wait for somebody's yes? Lemmy 1.0 takes it for a private community.
    pub manually_approves_followers: bool,
    /// May it be shown in directories?
    pub discoverable: bool,
    /// May its posts be found by searching?
    pub indexable: bool,
    /// May only moderators post (Lemmy)? Of a Group.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub posting_restricted_to_mods: Option<bool>,
    /// Its picture.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub icon: Option<ImageDocument>,
    /// The fields of its profile, and what it needs and offers.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub attachment: Vec<ProfileDocument>,
    /// Its former and other homes (FEP-7628).
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub also_known_as: Vec<String>,
    /// Its new home.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub moved_to: Option<String>,
    /// The key it signs with: exactly one object, or Lemmy can't read the actor.
    pub public_key: PublicKeyDocument,
}

/// The endpoints of an actor; Lemmy refuses them without a shared inbox.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct EndpointsDocument {
    /// Where to send once for all of this server.
    pub shared_inbox: String,
}

/// A picture.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "type", rename = "Image", rename_all = "camelCase")]
pub struct ImageDocument {
    /// Such as `image/webp`.
    pub media_type: String,
    /// Where it is.
    pub url: String,
}

/// What stands on a profile.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "type", rename_all_fields = "camelCase")]
pub enum ProfileDocument {
    /// A field, as Mastodon shows it.
    PropertyValue {
        /// Its label.
        name: String,
        /// Its value: HTML.
        value: String,
    },
    /// Something to agree on (FEP-0ea0); Mastodon passes it by.
    Link {
        /// What to call it.
        name: String,
        /// What is there.
        media_type: String,
        /// Where it is.
        href: String,
        /// What it is: exactly two, or Epicyon passes it by.
        rel: [String; 2],
    },
}

impl ProfileDocument {
    /// A link to a `Proposal` (FEP-0837, "Publishing").
    pub fn proposal(name: String, href: String) -> Self {
        Self::Link {
            name,
            media_type: "application/ld+json; profile=\"https://www.w3.org/ns/activitystreams\""
                .to_owned(),
            href,
            rel: ["payment", "https://w3id.org/valueflows/ont/vf#Proposal"].map(str::to_owned),
        }
    }
}

/// A key (<https://w3id.org/security/v1>).
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct PublicKeyDocument {
    /// The actor's id with `#main-key`.
    pub id: String,
    /// The actor's id.
    pub owner: String,
    /// RSA, as `BEGIN PUBLIC KEY`.
    pub public_key_pem: String,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::context;
    use crate::inbound::Actor;

    fn garden() -> ActorDocument {
        let id = "https://a.example/c/garden";
        ActorDocument {
            context: Some(context::actor()),
            id: id.to_owned(),
            kind: ActorKind::Group,
            preferred_username: "garden".to_owned(),
            name: Some("Huerta Común".to_owned()),
            summary: Some("<p>Tools, seeds, and hands.</p>".to_owned()),
            url: Some(id.to_owned()),
            inbox: format!("{id}/inbox"),
            outbox: format!("{id}/outbox"),
            followers: Some(format!("{id}/followers")),
            following: None,
            featured: Some(format!("{id}/featured")),
            attributed_to: Some(format!("{id}/moderators")),
            endpoints: Some(EndpointsDocument {
                shared_inbox: "https://a.example/inbox".to_owned(),
            }),
            published: Some("2026-01-05T00:00:00Z".to_owned()),
            updated: None,
            manually_approves_followers: false,
            discoverable: true,
            indexable: true,
            posting_restricted_to_mods: None,
            icon: Some(ImageDocument {
                media_type: "image/webp".to_owned(),
                url: "https://a.example/media/garden.webp".to_owned(),
            }),
            attachment: vec![
                ProfileDocument::PropertyValue {
                    name: "Assembly".to_owned(),
                    value: "<p>Fridays</p>".to_owned(),
                },
                ProfileDocument::proposal(
                    "20 chairs".to_owned(),
                    "https://a.example/listings/1/proposal".to_owned(),
                ),
            ],
            also_known_as: Vec::new(),
            moved_to: None,
            public_key: PublicKeyDocument {
                id: format!("{id}#main-key"),
                owner: id.to_owned(),
                public_key_pem: "-----BEGIN PUBLIC KEY-----".to_owned(),
            },
        }
    }

    #[test]
    fn a_group_is_written() {
        insta::assert_json_snapshot!(garden(), { r#"["@context"]"# => "[actor]" }, @r#"
        {
          "@context": "[actor]",
          "id": "https://a.example/c/garden",
          "type": "Group",
          "preferredUsername": "garden",
          "name": "Huerta Común",
          "summary": "<p>Tools, seeds, and hands.</p>",
          "url": "https://a.example/c/garden",
          "inbox": "https://a.example/c/garden/inbox",
          "outbox": "https://a.example/c/garden/outbox",
          "followers": "https://a.example/c/garden/followers",
          "featured": "https://a.example/c/garden/featured",
          "attributedTo": "https://a.example/c/garden/moderators",
          "endpoints": {
            "sharedInbox": "https://a.example/inbox"
          },
          "published": "2026-01-05T00:00:00Z",
          "manuallyApprovesFollowers": false,
          "discoverable": true,
          "indexable": true,
          "icon": {
            "type": "Image",
            "mediaType": "image/webp",
            "url": "https://a.example/media/garden.webp"
          },
          "attachment": [
            {
              "type": "PropertyValue",
              "name": "Assembly",
              "value": "<p>Fridays</p>"
            },
            {
              "type": "Link",
              "name": "20 chairs",
              "mediaType": "application/ld+json; profile=\"https://www.w3.org/ns/activitystreams\"",
              "href": "https://a.example/listings/1/proposal",
              "rel": [
                "payment",
                "https://w3id.org/valueflows/ont/vf#Proposal"
              ]
            }
          ],
          "publicKey": {
            "id": "https://a.example/c/garden#main-key",
            "owner": "https://a.example/c/garden",
            "publicKeyPem": "-----BEGIN PUBLIC KEY-----"
          }
        }
        "#);
    }

    #[test]
    fn we_read_our_own_actors() {
        let value = serde_json::to_value(garden()).unwrap();
        let actor = Actor::parse(&value).unwrap();
        assert_eq!(actor.kind, ActorKind::Group);
        assert_eq!(actor.shared_inbox.unwrap().as_str(), "https://a.example/inbox");
        assert_eq!(actor.public_keys.len(), 1);
    }
}
