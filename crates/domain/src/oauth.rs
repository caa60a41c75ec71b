//! What apps may be and ask for (RFC 6749, 7636, 8252, 9700).

use url::{Host, Url};

use crate::{Invalid, scopes::Scopes};

/// How long what is handed out holds, in seconds.
pub const CODE_SECONDS: i64 = 60;
pub const ACCESS_SECONDS: i64 = 3_600;
/// A refresh token is good once, and for thirty days.
pub const REFRESH_SECONDS: i64 = 30 * 86_400;

/// Shown to the person, who carries the code over by hand; for command lines.
pub const OUT_OF_BAND: &str = "urn:ietf:wg:oauth:2.0:oob";

const MOST_REDIRECTS: usize = 10;

/// An app as its maker describes it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AppContent {
    /// 1 to 80 characters.
    pub name: String,
    /// Where people read about it: an https address.
    pub website: Option<String>,
    pub redirects: Vec<Redirect>,
    /// The most it may ever ask for.
    pub scopes: Scopes,
}

/// Where a code may be sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Redirect(String);

impl Redirect {
    /// An https address, an address of the asking machine itself (http, loopback), a scheme of the app's own with
    /// a dot in it (RFC 8252 §7.1), or [`OUT_OF_BAND`]. Never with a fragment, a name, or a password in it.
    pub fn parse(text: &str) -> Result<Self, Invalid> {
        let wrong = |problem| Invalid::new("redirect_uris", problem);
        if text == OUT_OF_BAND {
            return Ok(Self(text.to_owned()));
        }
        if 2_000 < text.len() || text.contains(|it: char| it.is_whitespace() || it.is_control()) {
            return Err(wrong("must be addresses without spaces, of at most 2000 bytes each"));
        }
        let url = Url::parse(text).map_err(|_| wrong("must be whole addresses"))?;
        if url.fragment().is_some() || !url.username().is_empty() || url.password().is_some() {
            return Err(wrong("must have no fragment, user name, or password"));
        }
        if text.contains('*') {
            return Err(wrong("must be written out: a `*` stands for nothing"));
        }
        match url.scheme() {
            "https" => Ok(Self(text.to_owned())),
            "http" if is_loopback(&url) => Ok(Self(text.to_owned())),
            "http" => {
                Err(wrong("must begin with https://; http:// is for 127.0.0.1 and [::1] alone"))
            }
            own if own.contains('.') => Ok(Self(text.to_owned())),
            _ => Err(wrong(
                "must begin with https://, or a scheme of yours such as org.example.app:/",
            )),
        }
    }

    /// As it was registered.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Is it what was asked for? Letter by letter; on the asking machine itself the port is free (RFC 8252 §7.3).
    pub fn fits(&self, asked: &str) -> bool {
        if self.0 == asked {
            return true;
        }
        let (Ok(mut own), Ok(mut other)) = (Url::parse(&self.0), Url::parse(asked)) else {
            return false;
        };
        if own.scheme() != "http" || !is_loopback(&own) || !is_loopback(&other) {
            return false;
        }
        let same = own.set_port(None).is_ok() && other.set_port(None).is_ok();
        same && own == other
    }
}

/// `127.0.0.1` and `[::1]`; a name such as `localhost` may lead elsewhere (RFC 8252 §8.3).
fn is_loopback(url: &Url) -> bool {
    match url.host() {
        Some(Host::Ipv4(address)) => address.is_loopback(),
        Some(Host::Ipv6(address)) => address.is_loopback(),
        _ => false,
    }
}

impl AppContent {
    /// Checks all of it.
    pub fn parse(
        name: &str,
        website: Option<&str>,
        redirects: &[String],
        scopes: &str,
    ) -> Result<Self, Invalid> {
        let name = name.trim();
        let plain = !name.chars().any(char::is_control);
        if !(1..=80).contains(&name.chars().count()) || !plain {
            return Err(Invalid::new("client_name", "must be 1 to 80 characters in one line"));
        }
        if !(1..=MOST_REDIRECTS).contains(&redirects.len()) {
            return Err(Invalid::new("redirect_uris", "must be 1 to 10 addresses"));
        }
        let website = website.map(str::trim).filter(|it| !it.is_empty()).map(site).transpose()?;
        Ok(Self {
            name: name.to_owned(),
            website,
            redirects: redirects.iter().map(|it| Redirect::parse(it)).collect::<Result<_, _>>()?,
            scopes: Scopes::parse(scopes)?,
        })
    }
}

fn site(text: &str) -> Result<String, Invalid> {
    let wrong = || Invalid::new("client_uri", "must be an https address of at most 500 bytes");
    let url = Url::parse(text).map_err(|_| wrong())?;
    let fits = url.scheme() == "https" && url.username().is_empty() && text.len() <= 500;
    if fits { Ok(url.into()) } else { Err(wrong()) }
}

/// A challenge as S256 makes it: 43 characters of base64url (RFC 7636 §4.2).
pub fn challenge(text: &str) -> Result<&str, Invalid> {
    let fits = |it: u8| it.is_ascii_alphanumeric() || matches!(it, b'-' | b'_');
    if text.len() == 43 && text.bytes().all(fits) {
        Ok(text)
    } else {
        Err(Invalid::new(
            "code_challenge",
            "must be the S256 challenge: 43 characters of base64url",
        ))
    }
}

/// A verifier: 43 to 128 unreserved characters (RFC 7636 §4.1).
pub fn verifier(text: &str) -> Result<&str, Invalid> {
    let fits = |it: u8| it.is_ascii_alphanumeric() || matches!(it, b'-' | b'_' | b'.' | b'~');
    if (43..=128).contains(&text.len()) && text.bytes().all(fits) {
        Ok(text)
    } else {
        Err(Invalid::new("code_verifier", "must be 43 to 128 letters, digits, and -._~"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn where_codes_may_go_is_narrow() {
        for (text, ok) in [
            ("https://app.example/back", true),
            ("https://app.example/back?x=1", true),
            ("http://127.0.0.1/back", true),
            ("http://127.0.0.1:8000/back", true),
            ("http://[::1]:8000/", true),
            ("org.example.app:/back", true),
            (OUT_OF_BAND, true),
            ("http://localhost/back", false),
            ("http://app.example/back", false),
            ("https://app.example/back#x", false),
            ("https://app.example/*", false),
            ("https://localhost@evil.test/", false),
            ("https://user:word@app.example/", false),
            ("javascript:alert(1)", false),
            ("data:text/html,x", false),
            ("app:/back", false),
            ("/back", false),
            ("https://app.example/a b", false),
            ("", false),
        ] {
            assert_eq!(Redirect::parse(text).is_ok(), ok, "{text}");
        }
    }

    #[test]
    fn an_address_fits_itself_alone_but_for_ports_of_the_machine() {
        for (own, asked, fits) in [
            ("https://app.example/back", "https://app.example/back", true),
            ("https://app.example/back", "https://app.example/back/", false),
            ("https://app.example/back", "https://app.example/back?x", false),
            ("https://app.example/back", "https://app.example:8443/back", false),
            ("https://app.example/back", "https://app.example/back/../../evil", false),
            ("https://app.example/back", "https://app.example.evil.test/back", false),
            ("https://app.example/back", "https://app.example@evil.test/back", false),
            ("https://app.example/back", "http://app.example/back", false),
            ("http://127.0.0.1/back", "http://127.0.0.1:53124/back", true),
            ("http://127.0.0.1:9/back", "http://127.0.0.1:53124/back", true),
            ("http://[::1]/back", "http://[::1]:53124/back", true),
            ("http://127.0.0.1/back", "http://127.0.0.1:53124/other", false),
            ("http://127.0.0.1/back", "http://localhost:53124/back", false),
            ("http://127.0.0.1/back", "http://127.0.0.1:53124/back#x", false),
            ("http://127.0.0.1/back", "http://127.0.0.1:1@evil.test/back", false),
            (OUT_OF_BAND, OUT_OF_BAND, true),
        ] {
            assert_eq!(Redirect::parse(own).unwrap().fits(asked), fits, "API-05 {own} {asked}");
        }
    }

    #[test]
    fn challenges_and_verifiers_have_their_shapes() {
        // RFC 7636 Appendix B.
        let (own, made) = (
            "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk",
            "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM",
        );
        assert!(verifier(own).is_ok() && challenge(made).is_ok());
        for text in ["", "short", &"a".repeat(129), &"a b".repeat(20), &"é".repeat(43)] {
            assert!(verifier(text).is_err() && challenge(text).is_err(), "{text}");
        }
    }
}
