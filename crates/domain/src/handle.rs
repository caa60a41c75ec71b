//! Handles: the name before the `@`, unique on a server whatever kind of actor bears it.

use crate::Invalid;

/// A handle of this server: `[a-z0-9_]+([.-][a-z0-9_]+)*`, 2 to 40 characters, kept in lower case.
///
/// The pattern is what Mastodon accepts of a remote user name; it is compared without case.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Handle(String);

/// No handle is longer; those that people choose are at most 40 characters.
const LONGEST: usize = 64;

/// Words that mean a page, a role, or trouble.
const RESERVED: &[&str] = &[
    "about",
    "abuse",
    "account",
    "accounts",
    "actor",
    "admin",
    "administrator",
    "all",
    "anonymous",
    "api",
    "assets",
    "auth",
    "c",
    "collective",
    "collectives",
    "contact",
    "everyone",
    "feed",
    "followers",
    "following",
    "group",
    "help",
    "home",
    "host",
    "hostmaster",
    "inbox",
    "info",
    "instance",
    "internal",
    "legal",
    "listing",
    "listings",
    "login",
    "logout",
    "mail",
    "media",
    "mod",
    "moderator",
    "moderators",
    "nodeinfo",
    "noreply",
    "null",
    "oauth",
    "official",
    "outbox",
    "owner",
    "postmaster",
    "privacy",
    "register",
    "relay",
    "replies",
    "root",
    "search",
    "security",
    "server",
    "settings",
    "signin",
    "signup",
    "staff",
    "static",
    "steward",
    "support",
    "system",
    "tequio",
    "test",
    "tos",
    "u",
    "user",
    "users",
    "voice",
    "webmaster",
    "well-known",
    "www",
];

impl Handle {
    /// A handle that a new person or collective of this server may choose.
    ///
    /// Refuses reserved words, and everything that ends in `.voice` or `.guest`, which belongs to voices and to
    /// guests.
    pub fn choose(text: &str) -> Result<Self, Invalid> {
        let handle = Self::parse(text)?;
        if RESERVED.contains(&handle.as_str()) || handle.is_voice() || handle.is_guest() {
            return Err(Invalid::new("handle", "is reserved on this server; choose another one"));
        }
        Ok(handle)
    }

    /// A well-formed handle of this server, reserved or not.
    pub fn parse(text: &str) -> Result<Self, Invalid> {
        let text = text.trim().to_ascii_lowercase();
        let long_enough = (2..=LONGEST).contains(&text.len());
        let words = text.split(['.', '-']);
        let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_';
        if !long_enough || words.clone().any(|word| word.is_empty() || !word.chars().all(plain)) {
            return Err(Invalid::new(
                "handle",
                "must be 2 to 40 letters a to z, digits, or _; dots and hyphens only between them",
            ));
        }
        let handle = Self(text);
        if 40 < handle.0.len() && !handle.is_voice() && !handle.is_guest() {
            return Err(Invalid::new("handle", "must be at most 40 characters"));
        }
        Ok(handle)
    }

    /// Does it belong to a voice?
    pub fn is_voice(&self) -> bool {
        self.0.strip_suffix(".voice").is_some()
    }

    /// The handle of this collective's voice: `HANDLE.voice`.
    #[must_use]
    pub fn voice(&self) -> Self {
        Self(format!("{}.voice", self.0))
    }

    /// Does it belong to a guest: a stand-in of this server for an author elsewhere?
    pub fn is_guest(&self) -> bool {
        self.0.strip_suffix(".guest").is_some()
    }

    /// The handle of the guest that stands in for `name@host`: `NAME.HOST.guest`, whatever of the two a handle
    /// can hold. Two authors may get the same; `attempt` tells them apart from 1 on.
    #[must_use]
    pub fn guest(name: &str, host: &str, attempt: u32) -> Self {
        let plain = |c: char| if c.is_ascii_alphanumeric() { c.to_ascii_lowercase() } else { '.' };
        let text: String = format!("{name}.{host}").chars().map(plain).collect();
        let words: Vec<&str> = text.split('.').filter(|word| !word.is_empty()).collect();
        let mut text: String = words.join(".").chars().take(LONGEST - 12).collect();
        while text.ends_with('.') {
            text.pop();
        }
        let number = if attempt == 0 { String::new() } else { format!(".{}", attempt + 1) };
        Self(format!("{text}{number}.guest"))
    }

    /// In lower case, without `@`.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl From<Handle> for String {
    fn from(handle: Handle) -> Self {
        handle.0
    }
}

impl TryFrom<String> for Handle {
    type Error = Invalid;

    fn try_from(text: String) -> Result<Self, Invalid> {
        Self::parse(&text)
    }
}

/// `name@host` taken apart; accepts a leading `@`, `!`, or `acct:`.
///
/// The host may carry a port, as development servers do. Case of the name is kept: some servers care.
pub fn address(text: &str) -> Result<(String, String), Invalid> {
    let wrong = || Invalid::new("handle", "must look like name@server.example");
    let text = text.trim();
    let text = text.strip_prefix("acct:").unwrap_or(text);
    let text = text.strip_prefix(['@', '!']).unwrap_or(text);
    let (name, host) = text.split_once('@').ok_or_else(wrong)?;
    let name_ok = !name.is_empty()
        && name.len() <= 255
        && name.chars().all(|c| c.is_alphanumeric() || "_.-".contains(c) || host.starts_with(name));
    let host_ok = !host.is_empty()
        && host.len() <= 255
        && host.chars().all(|c| c.is_alphanumeric() || ".-:[]".contains(c));
    if !name_ok || !host_ok {
        return Err(wrong());
    }
    Ok((name.to_owned(), host.to_lowercase()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn guests_have_handles_nobody_can_choose() {
        for (name, host, attempt, want) in [
            ("ana", "gts.test", 0, "ana.gts.test.guest"),
            ("Ana-María_x", "gts.test:8443", 1, "ana.mar.a.x.gts.test.8443.2.guest"),
            (&"a".repeat(300), "b.test", 0, &format!("{}.guest", "a".repeat(52))),
        ] {
            let handle = Handle::guest(name, host, attempt);
            assert_eq!(handle.as_str(), want);
            assert_eq!(Handle::parse(handle.as_str()), Ok(handle.clone()));
            assert!(Handle::choose(handle.as_str()).is_err());
        }
    }

    #[test]
    fn handles_are_what_every_server_accepts() {
        for (text, ok) in [
            ("garden", true),
            ("Garden", true),
            ("food_coop", true),
            ("food-coop.west", true),
            ("a", false),
            ("", false),
            ("-garden", false),
            ("garden.", false),
            ("gar..den", false),
            ("gar den", false),
            ("jardín", false),
            ("garden@host", false),
            ("../etc", false),
            ("admin", false),
            ("Admin", false),
            ("garden.voice", false),
            (&"x".repeat(41), false),
        ] {
            assert_eq!(Handle::choose(text).is_ok(), ok, "{text}");
        }
        assert_eq!(Handle::choose("Garden").unwrap().as_str(), "garden");
        assert_eq!(Handle::choose(&"x".repeat(40)).unwrap().voice().as_str().len(), 46);
    }

    #[test]
    fn addresses_are_taken_apart() {
        for (text, want) in [
            ("@garden@coop.example", Some(("garden", "coop.example"))),
            ("acct:garden@coop.example", Some(("garden", "coop.example"))),
            ("!Garden@Coop.example:8080", Some(("Garden", "coop.example:8080"))),
            ("garden", None),
            ("garden@", None),
            ("@coop.example", None),
            ("gar/den@coop.example", None),
        ] {
            let got = address(text).ok();
            assert_eq!(got.as_ref().map(|(n, h)| (n.as_str(), h.as_str())), want, "{text}");
        }
    }
}
