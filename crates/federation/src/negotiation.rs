//! Who asks, and what do they speak? `Accept` has said that a document is wanted; which one, the host says.
//!
//! A wrong guess has a price: GoToSocial, given the `Page`, takes the voice for the author of the listing. So
//! a host that was asked what it is gets what it is spoken to in, whatever its request looks like; only one
//! that nobody knows is judged by its `User-Agent`; and everybody else is a microblog.
//!
//! **Invariant:** a signature here is a hint for the form and is not even checked. What is public is public.

use actix_web::{HttpRequest, http::header::HeaderMap};
use domain::Dialect;
use url::Url;

use crate::{Federation, kept, meet::host_of};

/// The dialect in which to answer a request.
pub(crate) async fn dialect(data: &Federation, request: &HttpRequest) -> db::Result<Dialect> {
    let (signer, agent) = (signer(request.headers()), agent(request.headers()));
    let by_agent = Dialect::of_user_agent(agent);
    let hosts: Vec<String> = signer.into_iter().chain(host_in(agent)).collect();
    if hosts.is_empty() {
        return Ok(by_agent);
    }
    let known = kept::tongues(data).await?;
    Ok(hosts.iter().find_map(|host| known.get(host).copied()).unwrap_or(by_agent))
}

fn agent(headers: &HeaderMap) -> &str {
    headers.get("user-agent").and_then(|value| value.to_str().ok()).unwrap_or_default()
}

/// The host whose key signed, if one did: by draft-cavage or by RFC 9421.
fn signer(headers: &HeaderMap) -> Option<String> {
    let values = ["signature", "signature-input", "authorization"];
    let mut values = values.into_iter().filter_map(|name| headers.get(name)?.to_str().ok());
    values.find_map(host_of_key)
}

/// The host in `…keyId="https://b.example/u/bob#main-key"…`.
fn host_of_key(value: &str) -> Option<String> {
    let at = value.to_ascii_lowercase().find("keyid=\"")?;
    let key = value.get(at..)?.split('"').nth(1)?;
    host(key)
}

/// The host in `Lemmy/0.19.20; +https://lemmy.test`, as everybody writes it.
fn host_in(agent: &str) -> Option<String> {
    let (_, address) = agent.split_once('+')?;
    host(address.split([' ', ')', ';', ',']).next()?)
}

fn host(address: &str) -> Option<String> {
    let url = Url::parse(address).ok().filter(|url| matches!(url.scheme(), "http" | "https"))?;
    url.host_str().is_some().then(|| host_of(&url))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_host_is_read_from_a_key_and_from_an_agent() {
        for (value, want) in [
            ("keyId=\"https://b.example/u/bob#main-key\",signature=\"x\"", Some("b.example")),
            ("Signature keyId=\"https://B.example:8443/key\"", Some("b.example:8443")),
            ("sig1=(\"@method\");created=1;keyid=\"https://b.example/key\"", Some("b.example")),
            ("keyId=\"acct:bob@b.example\"", None),
            ("keyId=\"https://", None),
            ("keyId=", None),
            ("Bearer secret", None),
            ("İkeyId=\"https://b.example/\"", Some("b.example")),
        ] {
            assert_eq!(host_of_key(value).as_deref(), want, "{value}");
        }
        for (agent, want) in [
            ("Lemmy/0.19.20; +https://lemmy.test", Some("lemmy.test")),
            ("gotosocial/0.20.0-snapshot (+https://gts.test)", Some("gts.test")),
            ("Mastodon/4.5.0 (http.rb/5.3.1; +https://mastodon.test/)", Some("mastodon.test")),
            ("Misskey/2025 (https://misskey.test)", None),
            ("curl/8", None),
            ("+++", None),
        ] {
            assert_eq!(host_in(agent).as_deref(), want, "{agent}");
        }
    }
}
