//! The answer to `/.well-known/webfinger` (RFC 7033, section 4.4).

use serde::Serialize;

/// Who a handle is: one actor, whatever its kind.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct WebfingerDocument {
    /// `acct:HANDLE@HOST`.
    pub subject: String,
    /// Its other addresses.
    pub aliases: Vec<String>,
    /// Where to find it.
    pub links: Vec<WebfingerLink>,
}

/// Where to find something of an actor.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct WebfingerLink {
    /// `self`, the profile page, or the subscribe template.
    pub rel: String,
    /// The media type of what is there; Lemmy tries every link of an `application/` type.
    #[serde(rename = "type", skip_serializing_if = "Option::is_none")]
    pub media_type: Option<String>,
    /// Where it is.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub href: Option<String>,
    /// Where it is, with `{uri}` to be filled in.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub template: Option<String>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_collective_is_found() {
        let id = "https://a.example/c/garden".to_owned();
        let answer = WebfingerDocument {
            subject: "acct:garden@a.example".to_owned(),
            aliases: vec![id.clone()],
            links: vec![
                WebfingerLink {
                    rel: "self".to_owned(),
                    media_type: Some("application/activity+json".to_owned()),
                    href: Some(id),
                    template: None,
                },
                WebfingerLink {
                    rel: "http://ostatus.org/schema/1.0/subscribe".to_owned(),
                    media_type: None,
                    href: None,
                    template: Some("https://a.example/interact?uri={uri}".to_owned()),
                },
            ],
        };
        insta::assert_json_snapshot!(answer, @r#"
        {
          "subject": "acct:garden@a.example",
          "aliases": [
            "https://a.example/c/garden"
          ],
          "links": [
            {
              "rel": "self",
              "type": "application/activity+json",
              "href": "https://a.example/c/garden"
            },
            {
              "rel": "http://ostatus.org/schema/1.0/subscribe",
              "template": "https://a.example/interact?uri={uri}"
            }
          ]
        }
        "#);
    }
}
