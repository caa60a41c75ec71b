//! The public address of a server, which is part of every id it ever gives out.

use url::{Host, Url};

/// The address, or a sentence saying what is wrong with it and what to write.
///
/// Ids are compared letter by letter by other servers, so nothing is quietly put right here.
pub(super) fn parse(text: &str, development: bool) -> Result<Url, String> {
    let url = parse_form(text, if development { None } else { Some("https") })?;
    if development {
        return Ok(url);
    }
    if url.scheme() != "https" {
        let sentence = "must begin with https:// (plain http works in development only)";
        return Err(instead(sentence, "https", &url));
    }
    if url.port().is_some() {
        return Err(instead("must have no port: other servers refuse it", "https", &url));
    }
    match url.host() {
        Some(Host::Domain(name)) if name.contains('.') => Ok(url),
        Some(Host::Domain(_)) => Err(String::from(
            "must be a name the public can look up, such as https://commons.example",
        )),
        _ => Err(String::from(
            "must be a name, not an address of numbers, such as https://commons.example",
        )),
    }
}

/// What holds in development too: scheme and host, written as they come back.
fn parse_form(text: &str, scheme: Option<&str>) -> Result<Url, String> {
    if text.is_empty() {
        return Err(String::from(
            "is required: write the public address, such as https://commons.example",
        ));
    }
    let url = match text.split_once("://") {
        Some(("http" | "https", _)) => Url::parse(text).map_err(|error| {
            format!("is not an address ({error}); write one such as https://commons.example")
        })?,
        _ => return Err(format!("must begin with https://, such as https://{}", bare_host(text))),
    };
    let problem = if text.contains('@') {
        "must have no user or password"
    } else if url.path() != "/" || url.query().is_some() || url.fragment().is_some() {
        "must have no path: the server owns its whole host"
    } else if url.host_str().is_some_and(|host| host.ends_with('.')) {
        "must have no dot at its end"
    } else if !text.is_ascii() {
        "must be in its ASCII form"
    } else if text.contains(char::is_uppercase) {
        "must be in lower case"
    } else if text.trim_end_matches('/') != origin(&url) {
        "is not in its plain form"
    } else {
        return Ok(url);
    };
    Err(instead(problem, scheme.unwrap_or(url.scheme()), &url))
}

fn instead(problem: &str, scheme: &str, url: &Url) -> String {
    let host = url.host_str().unwrap_or("commons.example").trim_end_matches('.');
    format!("{problem}; write {scheme}://{host}")
}

fn origin(url: &Url) -> String {
    url.origin().ascii_serialization()
}

fn bare_host(text: &str) -> String {
    let rest = text.split_once("://").map_or(text, |(_, rest)| rest);
    let host: String = rest.chars().take_while(|c| !"/:?#@".contains(*c)).collect();
    if host.is_empty() { String::from("commons.example") } else { host.to_lowercase() }
}

#[cfg(test)]
mod tests {
    use super::parse;

    #[test]
    fn what_other_servers_can_keep_for_ever_is_accepted() {
        for text in
            ["https://commons.example", "https://commons.example/", "https://xn--mller-kva.example"]
        {
            let url = parse(text, false).unwrap();
            assert_eq!((url.scheme(), url.path()), ("https", "/"), "{text}");
        }
        assert!(parse("http://127.0.0.1:8080", true).is_ok());
        assert!(parse("http://localhost:3000", true).is_ok());
    }

    #[test]
    fn the_rest_is_refused_with_what_to_write() {
        let cases = [
            ("", "is required"),
            ("commons.example", "such as https://commons.example"),
            ("Commons.Example:80", "such as https://commons.example"),
            ("ftp://commons.example", "must begin with https://"),
            ("http://commons.example", "must begin with https://"),
            ("https://", "is not an address"),
            ("https://me:pw@commons.example", "no user or password; write https://commons.example"),
            ("https://commons.example/app", "no path"),
            ("https://commons.example?a=b", "no path"),
            ("https://commons.example/#top", "no path"),
            ("https://commons.example.", "no dot at its end; write https://commons.example"),
            ("https://Commons.example", "lower case; write https://commons.example"),
            ("https://müller.example", "write https://xn--mller-kva.example"),
            ("https://commons.example:8443", "no port"),
            ("https://commons.example:443", "plain form"),
            ("https://203.0.113.9", "not an address of numbers"),
            ("https://[2001:db8::1]", "not an address of numbers"),
            ("https://localhost", "the public can look up"),
            (" https://commons.example", "must begin with https://"),
        ];
        for (text, sentence) in cases {
            let problem = parse(text, false).unwrap_err();
            assert!(problem.contains(sentence), "{text}: {problem}");
        }
    }

    #[test]
    fn development_forgives_only_scheme_port_and_name() {
        for text in ["http://localhost/app", "http://a@localhost", "http://Localhost", "localhost"]
        {
            assert!(parse(text, true).is_err(), "{text}");
        }
    }
}
