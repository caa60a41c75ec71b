//! What counts as an address of a thing on the wire.

use url::{Host, Url};

use crate::json::Malformed;

/// The collection of everyone (`ActivityPub`, section 5.6); `as:Public` and `Public` mean the same.
pub const PUBLIC: &str = "https://www.w3.org/ns/activitystreams#Public";

/// The longest address that is read, in bytes.
pub const MAX_LENGTH: usize = 2048;

/// Reads an absolute `http` or `https` address; `field` names where it stood.
///
/// Stricter than the URL standard, whose parser silently drops tabs and line ends, takes `\` for
/// `/`, and adds missing slashes: what one reader repairs, the next one reads as another host.
pub fn parse(raw: &str, field: &'static str) -> Result<Url, Malformed> {
    let refuse = |problem: &str| Err(Malformed { field, problem: problem.to_owned() });
    if raw.len() > MAX_LENGTH {
        return refuse("is longer than 2048 bytes");
    }
    if raw.chars().any(|c| c.is_control() || c.is_whitespace() || c == '\\') {
        return refuse("has a control character, a space, or a backslash");
    }
    let Some((scheme, rest)) = raw.split_once("://") else {
        return refuse("is not an absolute address");
    };
    if !scheme.eq_ignore_ascii_case("https") && !scheme.eq_ignore_ascii_case("http") {
        return refuse("is neither http nor https");
    }
    let authority = rest.split(['/', '?', '#']).next().unwrap_or_default();
    if authority.is_empty() {
        return refuse("has no host");
    }
    if authority.contains('@') {
        return refuse("carries a user name");
    }
    let Ok(url) = Url::parse(raw) else {
        return refuse("is not a valid address");
    };
    match url.host() {
        None | Some(Host::Domain("")) => refuse("has no host"),
        Some(Host::Domain(host)) if !host.chars().all(is_of_domain) => {
            refuse("has a host with odd characters")
        }
        Some(Host::Domain(host)) if host.ends_with('.') => refuse("has a host that ends in a dot"),
        Some(_) if url.as_str().len() > MAX_LENGTH => refuse("is longer than 2048 bytes"),
        Some(_) => Ok(url),
    }
}

/// What the name of a host is made of, once it is in ASCII.
fn is_of_domain(c: char) -> bool {
    c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_')
}

/// Is this word one of the three spellings of [`PUBLIC`]?
pub fn is_public(raw: &str) -> bool {
    matches!(raw, PUBLIC | "as:Public" | "Public")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ordinary_addresses_are_read() {
        for raw in [
            "https://a.example/u/alice",
            "https://a.example/u/alice#main-key",
            "http://a.example:8080/x?y=z",
            "HTTPS://A.example/",
            "https://bücher.example/@ana",
            "https://[2001:db8::1]:8443/u/alice",
            PUBLIC,
        ] {
            assert!(parse(raw, "id").is_ok(), "{raw}");
        }
    }

    #[test]
    fn addresses_that_readers_would_disagree_on_are_refused() {
        for raw in [
            "",
            "alice",
            "/u/alice",
            "https:",
            "https://",
            "https:///a.example/",
            "https:a.example",
            "https://#x",
            "https://user@a.example/",
            "https://@a.example/",
            "https://user:pw@a.example/",
            "https://a.example\\@evil.example/",
            "https://a.example/\tx",
            "https://a.example/\nx",
            "https://a.example/\0x",
            "https://a.example/x y",
            "https://a.example/\u{a0}",
            " https://a.example/",
            "https://a.example./x",
            "https://{{DOMAIN}}/x",
            "https://a.example\"'/x",
            "https://a.example:99999/",
            "data:text/plain,x",
            "javascript://a.example/%0aalert(1)",
            "file:///etc/passwd",
            "ftp://a.example/",
            "acct:alice@a.example",
            "urn:uuid:00000000-0000-0000-0000-000000000000",
        ] {
            assert!(parse(raw, "id").is_err(), "{raw:?}");
        }
    }

    #[test]
    fn length_is_bounded_before_and_after_normalising() {
        let long = |n: usize| format!("https://a.example/{}", "x".repeat(n - 18));
        assert!(parse(&long(2048), "id").is_ok());
        assert!(parse(&long(2049), "id").is_err());
        assert!(parse(&format!("https://a.example/{}", "é".repeat(1000)), "id").is_err());
    }
}
