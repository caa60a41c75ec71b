//! What a token may be used for: words such as `listings:write` (RFC 6749 §3.3).

use crate::Invalid;

/// Every word, and what it allows, as the page of consent says it.
///
/// `read` and `write` allow all of theirs but `admin:read` and `admin:write`, which must be named.
pub const ALL: &[(&str, &str)] = &[
    ("read", "read everything you can read"),
    ("write", "do everything you can do"),
    ("accounts:read", "read your account"),
    ("accounts:write", "change your account"),
    ("collectives:read", "read collectives"),
    ("collectives:write", "found and change collectives"),
    ("memberships:read", "read who belongs to your collectives"),
    ("memberships:write", "invite, accept, and leave"),
    ("listings:read", "read needs and offers, your drafts too"),
    ("listings:write", "post and change needs and offers"),
    ("replies:read", "read replies"),
    ("replies:write", "write replies in your name"),
    ("agreements:read", "read what was offered and agreed"),
    ("agreements:write", "offer, accept, and turn down"),
    ("reactions:write", "like and dislike"),
    ("queue:read", "read what waits for the stewards"),
    ("queue:write", "answer what waits for the stewards"),
    ("follows:read", "read whom you follow"),
    ("follows:write", "follow and unfollow"),
    ("feeds:read", "read your feeds"),
    ("lookup:read", "find people and collectives on other servers"),
    ("search:read", "search"),
    ("searches:read", "read the searches you keep"),
    ("searches:write", "keep searches"),
    ("media:read", "read your pictures"),
    ("media:write", "upload pictures"),
    ("notifications:read", "read your notifications"),
    ("notifications:write", "mark notifications as read"),
    ("blocks:read", "read whom you block"),
    ("blocks:write", "block and unblock"),
    ("mutes:read", "read whom you mute"),
    ("mutes:write", "mute and unmute"),
    ("webhooks:read", "read the webhooks of your collectives"),
    ("webhooks:write", "change the webhooks of your collectives"),
    ("moderation:read", "read reports and the moderation log"),
    ("moderation:write", "moderate, and report"),
    ("admin:read", "read what the admins of this server read"),
    ("admin:write", "run this server"),
];

/// Some of the words, each once, in the order of [`ALL`].
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Scopes(Vec<&'static str>);

impl Scopes {
    /// Reads words parted by spaces; nothing at all is `read`. An unknown word is an [`Invalid`] of `scope`.
    pub fn parse(text: &str) -> Result<Self, Invalid> {
        let asked: Vec<&str> = text.split_whitespace().collect();
        if let Some(strange) = asked.iter().find(|word| !ALL.iter().any(|(it, _)| it == *word)) {
            let shown: String = strange.chars().take(40).collect();
            return Err(Invalid::new("scope", format!("holds “{shown}”, which is none of ours")));
        }
        if asked.is_empty() {
            return Ok(Self(vec!["read"]));
        }
        Ok(Self(ALL.iter().map(|(word, _)| *word).filter(|word| asked.contains(word)).collect()))
    }

    /// Do they allow what `word` names?
    pub fn allow(&self, word: &str) -> bool {
        let broad = word.split_once(':').filter(|(noun, _)| *noun != "admin").map(|(_, act)| act);
        self.0.iter().any(|held| *held == word || Some(*held) == broad)
    }

    /// Do they allow all that `others` allow?
    pub fn cover(&self, others: &Self) -> bool {
        self.lack(others).is_none()
    }

    /// The first word of `others` that they do not allow.
    pub fn lack(&self, others: &Self) -> Option<&'static str> {
        others.0.iter().find(|word| !self.allow(word)).copied()
    }

    /// The words, parted by spaces.
    pub fn words(&self) -> String {
        self.0.join(" ")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_broad_word_allows_its_narrow_ones_but_never_an_admins() {
        for (scopes, wanted, ok) in [
            ("read write", "listings:write", true),
            ("read", "listings:write", false),
            ("read", "listings:read", true),
            ("read", "read", true),
            ("listings:write", "listings:write", true),
            ("listings:write", "replies:write", false),
            ("listings:write", "listings:read", false),
            ("listings:write", "write", false),
            ("read write", "admin:read", false),
            ("read write", "admin:write", false),
            ("admin:read", "admin:read", true),
            ("", "listings:read", true),
            ("", "listings:write", false),
        ] {
            assert_eq!(Scopes::parse(scopes).unwrap().allow(wanted), ok, "{scopes:?} {wanted}");
        }
    }

    #[test]
    fn only_our_words_are_words() {
        for text in ["readwrite", "listings", "read,write", "READ", "read \u{0}", "admin"] {
            assert_eq!(Scopes::parse(text).unwrap_err().field, "scope", "{text}");
        }
        assert_eq!(Scopes::parse(" write  read read ").unwrap().words(), "read write");
    }

    #[test]
    fn nobody_gets_more_than_was_asked_for() {
        let scopes = |text| Scopes::parse(text).unwrap();
        assert!(scopes("read").cover(&scopes("listings:read replies:read")));
        assert!(!scopes("listings:read").cover(&scopes("read")));
        assert!(!scopes("read write").cover(&scopes("admin:read")));
        assert_eq!(scopes("read").lack(&scopes("read replies:write")), Some("replies:write"));
    }
}
