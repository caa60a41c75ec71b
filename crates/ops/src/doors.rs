//! The way from a page of ours to somebody's own server: where they follow and answer from there.

use url::{Url, form_urlencoded};

/// What somebody wants to do from their own server.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Errand {
    /// Follow an actor.
    Follow,
    /// Answer a post.
    Answer,
}

/// What a server says of the pages on which its people do something with what is elsewhere (the links of a
/// WebFinger answer that have a template).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Doors {
    /// The host in the handle that was asked about.
    pub host: String,
    /// May its pages be reached without TLS? Only on the machine of a developer.
    pub plain: bool,
    /// Relations and their templates, as they were received.
    pub templates: Vec<(String, String)>,
}

/// The template that Mastodon and most others have: it takes actors and posts.
const SUBSCRIBE: &str = "http://ostatus.org/schema/1.0/subscribe";
/// FEP-3b86, "Activity Intents": a word for the activity is at the end.
const INTENT: &str = "https://w3id.org/fep/3b86/";

impl Doors {
    /// The page of that server on which somebody does their errand with this address: of what it offers, what
    /// says most exactly what they want.
    ///
    /// **Invariant** It is on the host of the handle or below it, and over TLS: nobody else's page is where a
    /// form of ours sends people.
    pub fn page_for(&self, errand: Errand, address: &str) -> Option<Url> {
        let intents: &[&str] = match errand {
            Errand::Follow => &["follow", "object"],
            Errand::Answer => &["create", "object"],
        };
        let intended = intents.iter().find_map(|intent| {
            let mut offered = self.templates.iter().filter(|(rel, _)| is_intent(rel, intent));
            // Where one cannot say what is answered, it is no way to answer.
            let fits = |template: &str| *intent != "create" || template.contains("{inReplyTo}");
            offered.find_map(|(_, it)| fits(it).then(|| self.filled(it, address)).flatten())
        });
        intended.or_else(|| {
            let mut offered = self.templates.iter().filter(|(rel, _)| rel == SUBSCRIBE);
            offered.find_map(|(_, template)| self.filled(template, address))
        })
    }

    /// The page where one can at least look for the address: Lemmy has one, and others at the same place.
    pub fn search_for(&self, address: &str) -> Option<Url> {
        let scheme = if self.plain { "http" } else { "https" };
        let mut url = Url::parse(&format!("{scheme}://{}/search", self.host)).ok()?;
        url.query_pairs_mut().append_pair("q", address);
        Some(url)
    }

    fn filled(&self, template: &str, address: &str) -> Option<Url> {
        let address: String = form_urlencoded::byte_serialize(address.as_bytes()).collect();
        let (mut text, mut rest, mut is_said) = (String::new(), template, false);
        while let Some((before, after)) = rest.split_once('{') {
            let (name, after) = after.split_once('}')?;
            text.push_str(before);
            if matches!(name, "uri" | "object" | "inReplyTo") {
                text.push_str(&address);
                is_said = true;
            }
            rest = after;
        }
        text.push_str(rest);
        let url = Url::parse(&text).ok().filter(|url| is_said && self.is_theirs(url))?;
        Some(url)
    }

    fn is_theirs(&self, url: &Url) -> bool {
        let home = self.host.rsplit_once(':').map_or(self.host.as_str(), |(name, _)| name);
        let there = url.host_str().unwrap_or_default();
        let below = there.strip_suffix(home).is_some_and(|rest| rest.ends_with('.'));
        let scheme = url.scheme() == "https" || (self.plain && url.scheme() == "http");
        let nobody = url.username().is_empty() && url.password().is_none();
        scheme && nobody && (there == home || below)
    }
}

fn is_intent(rel: &str, intent: &str) -> bool {
    rel.strip_prefix(INTENT).is_some_and(|word| word.eq_ignore_ascii_case(intent))
}

#[cfg(test)]
mod tests {
    use super::*;

    const ABOUT: &str = "https://a.example/c/garden?x=1&y";

    fn doors(templates: &[(&str, &str)]) -> Doors {
        let text = |(rel, template): &(&str, &str)| ((*rel).to_owned(), (*template).to_owned());
        let templates = templates.iter().map(text).collect();
        Doors { host: "m.example".to_owned(), plain: false, templates }
    }

    fn to(errand: Errand, templates: &[(&str, &str)]) -> Option<String> {
        doors(templates).page_for(errand, ABOUT).map(String::from)
    }

    #[test]
    fn what_says_most_exactly_what_is_wanted_is_taken() {
        let subscribe = (SUBSCRIBE, "https://m.example/authorize_interaction?uri={uri}");
        let follow = (
            "https://w3id.org/fep/3b86/Follow",
            "https://m.example/follow?o={object}&on-success={on-success}",
        );
        let create = ("https://w3id.org/fep/3b86/Create", "https://m.example/share?text={content}");
        let reply = ("https://w3id.org/fep/3b86/create", "https://m.example/new?to={inReplyTo}");
        let about = "https%3A%2F%2Fa.example%2Fc%2Fgarden%3Fx%3D1%26y";
        let authorize = format!("https://m.example/authorize_interaction?uri={about}");
        for (errand, templates, want) in [
            (Errand::Follow, vec![subscribe], authorize.clone()),
            (Errand::Answer, vec![subscribe], authorize.clone()),
            (
                Errand::Follow,
                vec![subscribe, follow],
                format!("https://m.example/follow?o={about}&on-success="),
            ),
            (Errand::Answer, vec![create, subscribe], authorize),
            (Errand::Answer, vec![reply, subscribe], format!("https://m.example/new?to={about}")),
        ] {
            assert_eq!(to(errand, &templates).as_deref(), Some(want.as_str()), "{templates:?}");
        }
        assert_eq!(to(Errand::Answer, &[follow]), None);
        assert_eq!(to(Errand::Follow, &[]), None);
    }

    #[test]
    fn nobody_is_sent_anywhere_but_to_their_own_server() {
        for (template, allowed) in [
            ("https://m.example/i?uri={uri}", true),
            ("https://social.m.example/i?uri={uri}", true),
            ("https://m.example:8443/i?uri={uri}", true),
            ("http://m.example/i?uri={uri}", false),
            ("https://evil.example/i?uri={uri}", false),
            ("https://evilm.example/i?uri={uri}", false),
            ("https://m.example.evil.test/i?uri={uri}", false),
            ("https://m.example@evil.test/i?uri={uri}", false),
            ("https://ann:pass@m.example/i?uri={uri}", false),
            ("javascript:alert('{uri}')", false),
            ("//m.example/i?uri={uri}", false),
            ("{uri}", false),
            ("https://{uri}.m.example/", false),
            ("https://m.example/i", false),
            ("https://m.example/i?uri={uri", false),
        ] {
            let found = to(Errand::Follow, &[(SUBSCRIBE, template)]);
            assert_eq!(found.is_some(), allowed, "{template}: {found:?}");
        }
        let plain = Doors { plain: true, ..doors(&[(SUBSCRIBE, "http://m.example/i?uri={uri}")]) };
        assert!(plain.page_for(Errand::Follow, ABOUT).is_some());
    }

    #[test]
    fn where_no_way_in_is_offered_one_can_look_for_it() {
        let found = doors(&[]).search_for("https://a.example/c/garden").unwrap();
        let want = "https://m.example/search?q=https%3A%2F%2Fa.example%2Fc%2Fgarden";
        assert_eq!(found.as_str(), want);
    }
}
