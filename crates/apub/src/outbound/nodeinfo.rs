//! What this server is, for other servers and for statistics (`NodeInfo` 2.0 and 2.1, FEP-f1d5).

use std::collections::BTreeMap;

use serde::Serialize;

/// The `rel` of a `NodeInfo` 2.0 document.
pub const NODEINFO_2_0: &str = "http://nodeinfo.diaspora.software/ns/schema/2.0";

/// The `rel` of a `NodeInfo` 2.1 document.
pub const NODEINFO_2_1: &str = "http://nodeinfo.diaspora.software/ns/schema/2.1";

/// The document at `/.well-known/nodeinfo`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct NodeInfoLinksDocument {
    /// One for each version.
    pub links: Vec<NodeInfoLink>,
}

/// Where one version of the document is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct NodeInfoLink {
    /// [`NODEINFO_2_0`] or [`NODEINFO_2_1`].
    pub rel: String,
    /// Where it is.
    pub href: String,
}

/// What this server is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct NodeInfoDocument {
    /// `2.0` or `2.1`.
    pub version: String,
    /// What it runs.
    pub software: NodeInfoSoftware,
    /// What it speaks: `activitypub`.
    pub protocols: Vec<String>,
    /// What it is tied to.
    pub services: NodeInfoServices,
    /// May anybody open an account?
    pub open_registrations: bool,
    /// How much it is used.
    pub usage: NodeInfoUsage,
    /// Whatever else; strings only, since Lemmy reads nothing else.
    pub metadata: BTreeMap<String, String>,
}

/// What a server runs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct NodeInfoSoftware {
    /// In lower case.
    pub name: String,
    /// Its version.
    pub version: String,
    /// Its source; only in 2.1.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub repository: Option<String>,
    /// Its page; only in 2.1.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub homepage: Option<String>,
}

/// Other services that posts come from and go to.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct NodeInfoServices {
    /// From where.
    pub inbound: Vec<String>,
    /// To where.
    pub outbound: Vec<String>,
}

/// How much a server is used.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct NodeInfoUsage {
    /// By how many.
    pub users: NodeInfoUsers,
    /// Listings written here.
    pub local_posts: u64,
    /// Replies written here.
    pub local_comments: u64,
}

/// How many people have an account here.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct NodeInfoUsers {
    /// In all.
    pub total: u64,
    /// Seen in the last 180 days.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub active_halfyear: Option<u64>,
    /// Seen in the last 30 days.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub active_month: Option<u64>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_links_are_written() {
        let links = NodeInfoLinksDocument {
            links: vec![NodeInfoLink {
                rel: NODEINFO_2_1.to_owned(),
                href: "https://a.example/nodeinfo/2.1".to_owned(),
            }],
        };
        insta::assert_json_snapshot!(links, @r#"
        {
          "links": [
            {
              "rel": "http://nodeinfo.diaspora.software/ns/schema/2.1",
              "href": "https://a.example/nodeinfo/2.1"
            }
          ]
        }
        "#);
    }

    #[test]
    fn the_document_is_written() {
        let info = NodeInfoDocument {
            version: "2.1".to_owned(),
            software: NodeInfoSoftware {
                name: "tequio".to_owned(),
                version: "0.1.0".to_owned(),
                repository: Some("https://github.com/tequio/tequio".to_owned()),
                homepage: None,
            },
            protocols: vec!["activitypub".to_owned()],
            services: NodeInfoServices::default(),
            open_registrations: false,
            usage: NodeInfoUsage {
                users: NodeInfoUsers { total: 12, active_halfyear: Some(9), active_month: Some(7) },
                local_posts: 40,
                local_comments: 81,
            },
            metadata: BTreeMap::new(),
        };
        insta::assert_json_snapshot!(info, @r#"
        {
          "version": "2.1",
          "software": {
            "name": "tequio",
            "version": "0.1.0",
            "repository": "https://github.com/tequio/tequio"
          },
          "protocols": [
            "activitypub"
          ],
          "services": {
            "inbound": [],
            "outbound": []
          },
          "openRegistrations": false,
          "usage": {
            "users": {
              "total": 12,
              "activeHalfyear": 9,
              "activeMonth": 7
            },
            "localPosts": 40,
            "localComments": 81
          },
          "metadata": {}
        }
        "#);
    }
}
