//! Rules about other servers, by the domain they belong to.

use url::Host;

use crate::{Invalid, text, words::words};

words! {
    /// What a rule does to the servers of a domain; the first three are Mastodon's silence, suspend, and noop.
    Severity, "severity", {
        /// What they say is taken, and shown only to those who follow whoever says it.
        Limit = "limit",
        /// Nothing is taken from them, nothing is sent to them, and nothing of theirs is shown.
        Suspend = "suspend",
        /// Nothing; a rule that only refuses media or reports, or that excepts a part of a wider one.
        Noop = "noop",
        /// They may speak with us where only listed servers may.
        Allow = "allow",
    }
}

words! {
    /// Whom this server speaks with.
    Mode, "mode", {
        /// Everybody who is not suspended.
        Open = "open",
        /// Only those whose rule is [`Severity::Allow`].
        Allowlist = "allowlist",
    }
}

words! {
    /// How a server stands with us; follows from the rule of its domain and the mode.
    State, "state", { Open = "open", Limited = "limited", Suspended = "suspended" }
}

/// How a server stands with us under the rule that fits it best.
pub fn state(rule: Option<Severity>, mode: Mode) -> State {
    match (mode, rule) {
        (_, Some(Severity::Suspend)) => State::Suspended,
        (Mode::Allowlist, Some(Severity::Allow)) => State::Open,
        (Mode::Allowlist, _) => State::Suspended,
        (Mode::Open, Some(Severity::Limit)) => State::Limited,
        (Mode::Open, _) => State::Open,
    }
}

/// A domain that a rule is about, and with it everything below it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Domain(String);

impl Domain {
    /// Reads what people write and lists contain: `Évil.example.`, `*.evil.example`, `evil.example:8443`.
    ///
    /// Refuses what would be about half the world: a top level domain, a public suffix, a wildcard.
    pub fn parse(text: &str) -> Result<Self, Invalid> {
        let wrong = |problem| Err(Invalid::new("domain", problem));
        let text = text.trim();
        let bare = text.strip_prefix("*.").unwrap_or(text);
        if bare.is_empty() {
            return wrong("is missing");
        }
        if bare.contains('*') {
            return wrong("must be a whole domain without *; a rule holds for all below it");
        }
        let Some(name) = normal(bare) else {
            return wrong("must be a domain like evil.example");
        };
        if is_address(&name) {
            return Ok(Self(name));
        }
        if !name.contains('.') {
            return wrong("must not be a top level domain");
        }
        if is_public_suffix(&name) {
            return wrong("must not be a public suffix, under which anybody may register");
        }
        Ok(Self(name))
    }

    /// In lower case, in its ASCII form, without a port or a dot at its end.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Is a server with this name one of those that the rule is about?
    pub fn covers(&self, host: &str) -> bool {
        family(host).contains(&self.0)
    }
}

impl From<Domain> for String {
    fn from(domain: Domain) -> Self {
        domain.0
    }
}

impl TryFrom<String> for Domain {
    type Error = Invalid;

    fn try_from(text: String) -> Result<Self, Invalid> {
        Self::parse(&text)
    }
}

/// The one spelling of a host: ASCII (IDNA), lower case, no port, no dot at its end.
///
/// Look-alikes of other scripts are other names: they have a punycode of their own.
pub fn normal(host: &str) -> Option<String> {
    let name = without_port(host.trim());
    if name.is_empty() || name.contains('%') {
        return None;
    }
    match Host::parse(name).ok()? {
        Host::Domain(name) => {
            let name = name.trim_end_matches('.');
            (!name.is_empty() && !name.split('.').any(str::is_empty)).then(|| name.to_owned())
        }
        address => Some(address.to_string()),
    }
}

/// The host itself in its one spelling and every domain above it, the longest first: rules for these names
/// hold for it, and the first that has one counts.
pub fn family(host: &str) -> Vec<String> {
    let Some(name) = normal(host) else { return Vec::new() };
    if is_address(&name) {
        return vec![name];
    }
    let mut family = vec![name.clone()];
    let mut rest = name.as_str();
    while let Some((_, above)) = rest.split_once('.') {
        if !above.contains('.') {
            break;
        }
        family.push(above.to_owned());
        rest = above;
    }
    family
}

fn without_port(host: &str) -> &str {
    if host.starts_with('[') {
        return host.split_inclusive(']').next().unwrap_or(host);
    }
    match host.rsplit_once(':') {
        Some((name, port)) if port.bytes().all(|byte| byte.is_ascii_digit()) => name,
        _ => host,
    }
}

fn is_address(name: &str) -> bool {
    matches!(Host::parse(name), Ok(Host::Ipv4(_) | Host::Ipv6(_)))
}

/// Is it one that a registry gives names under, such as `co.uk`? Suffixes of single operators, such as that of
/// a dynamic DNS, may be ruled about: admins do block those as a whole.
fn is_public_suffix(name: &str) -> bool {
    psl::suffix(name.as_bytes()).is_some_and(|suffix| {
        let private = suffix.typ() == Some(psl::Type::Private);
        suffix.is_known() && !private && suffix.as_bytes() == name.as_bytes()
    })
}

/// What a rule says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rule {
    pub severity: Severity,
    /// No picture of theirs is shown.
    pub reject_media: bool,
    /// No report of theirs is taken.
    pub reject_reports: bool,
    /// Their name is not written out where the list is shown to others.
    pub obfuscate: bool,
    /// For whoever may read the list; up to 1,000 characters.
    pub public_comment: String,
    /// For admins alone; up to 1,000 characters.
    pub private_comment: String,
}

impl Rule {
    /// A rule of this severity and nothing else.
    pub fn of(severity: Severity) -> Self {
        Self {
            severity,
            reject_media: false,
            reject_reports: false,
            obfuscate: false,
            public_comment: String::new(),
            private_comment: String::new(),
        }
    }

    /// With comments, which are checked.
    pub fn commented(self, public: &str, private: &str) -> Result<Self, Invalid> {
        Ok(Self {
            public_comment: text::line("public_comment", public, 0, 1_000)?,
            private_comment: text::line("private_comment", private, 0, 1_000)?,
            ..self
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_domain_has_one_spelling() {
        for (text, want) in [
            ("evil.example", Ok("evil.example")),
            (" EVIL.Example. ", Ok("evil.example")),
            ("evil.example:8443", Ok("evil.example")),
            ("*.evil.example", Ok("evil.example")),
            ("b。example", Ok("b.example")),
            ("bücher.example", Ok("xn--bcher-kva.example")),
            ("xn--bcher-kva.example", Ok("xn--bcher-kva.example")),
            ("еvil.example", Ok("xn--vil-qdd.example")),
            ("192.0.2.1:80", Ok("192.0.2.1")),
            ("[2001:DB8::1]:443", Ok("[2001:db8::1]")),
            ("a.duckdns.org", Ok("a.duckdns.org")),
            ("duckdns.org", Ok("duckdns.org")),
            ("", Err("is missing")),
            ("*.", Err("is missing")),
            ("*", Err("must be a whole domain without *; a rule holds for all below it")),
            (
                "ev*l.example",
                Err("must be a whole domain without *; a rule holds for all below it"),
            ),
            ("com", Err("must not be a top level domain")),
            ("localhost", Err("must not be a top level domain")),
            ("co.uk", Err("must not be a public suffix, under which anybody may register")),
            ("CO.UK.", Err("must not be a public suffix, under which anybody may register")),
            ("evil..example", Err("must be a domain like evil.example")),
            ("evil example", Err("must be a domain like evil.example")),
            ("https://evil.example/", Err("must be a domain like evil.example")),
            ("evil%2eexample", Err("must be a domain like evil.example")),
        ] {
            let got = Domain::parse(text);
            let got = got.as_ref().map(Domain::as_str).map_err(|err| err.problem.as_ref());
            assert_eq!(got, want, "{text}");
        }
    }

    #[test]
    fn a_rule_holds_for_everything_below() {
        let evil = Domain::parse("evil.example").unwrap();
        for (host, want) in [
            ("evil.example", true),
            ("a.b.EVIL.example.:8443", true),
            ("notevil.example", false),
            ("example", false),
            ("", false),
        ] {
            assert_eq!(evil.covers(host), want, "{host}");
        }
        assert_eq!(family("a.b.example:8443"), ["a.b.example", "b.example"]);
        assert_eq!(family("127.0.0.1:8443"), ["127.0.0.1"]);
    }

    #[test]
    fn a_state_follows_from_rule_and_mode() {
        for (rule, open, allowlist) in [
            (None, State::Open, State::Suspended),
            (Some(Severity::Noop), State::Open, State::Suspended),
            (Some(Severity::Limit), State::Limited, State::Suspended),
            (Some(Severity::Suspend), State::Suspended, State::Suspended),
            (Some(Severity::Allow), State::Open, State::Open),
        ] {
            assert_eq!(state(rule, Mode::Open), open, "{rule:?}");
            assert_eq!(state(rule, Mode::Allowlist), allowlist, "{rule:?}");
        }
    }
}
