//! HTTP Message Signatures (RFC 9421), as far as ActivityPub servers use them: RSA, one signature, and
//! nothing that would have to be rewritten before it is signed.

use std::time::SystemTime;

use sfv::{InnerList, ListEntry, Parameters, key_ref};
use url::Url;

use super::SignatureError::{self, Ambiguous, Malformed, NotCovered};
use super::cavage::MOST_NAMES;
use super::signed::only_line;
use super::{Algorithm, RequestParts, Signature, authority, dictionary, digest, key_id, window};

/// Checks all of a signature that needs no key; `input` and `signature` are the values of its two headers.
///
/// It covers `@method`, the whole address, and where there is a body, a `content-digest` that is the body's;
/// and it says when it was made.
pub(super) fn read(
    parts: &RequestParts<'_>,
    body: Option<&[u8]>,
    ours: &Url,
    (input, signature): (&str, &str),
    now: SystemTime,
) -> Result<Signature, SignatureError> {
    let input = Member::only_of(input)?;
    let ListEntry::InnerList(list) = &input.value else {
        return Err(Malformed("Signature-Input"));
    };
    let signature = Member::only_of(signature)?;
    if signature.label != input.label {
        return Err(Malformed("no signature of this label"));
    }
    let ListEntry::Item(signature) = signature.value else { return Err(Malformed("signature")) };
    let signature = signature.bare_item.as_byte_sequence().ok_or(Malformed("signature"))?.to_vec();

    let algorithm = algorithm(string(&list.params, "alg")?)?;
    let key_id = string(&list.params, "keyid")?.and_then(key_id).ok_or(Malformed("keyid"))?;
    let names = names(list)?;
    check_covered(&names, body.is_some())?;
    let created = seconds(&list.params, "created")?.ok_or(NotCovered("created"))?;
    let expires = seconds(&list.params, "expires")?;
    window::check_params(Some(&created), expires.as_deref(), now)?;
    if let Some(body) = body {
        let lines: Vec<&str> = parts.lines("content-digest").collect();
        digest::check_content(&lines, body)?;
    }
    let signing_string = base(parts, ours, &names, &input.text)?;
    Ok(Signature { key_id, algorithm, signing_string, signature })
}

/// The only member of a dictionary.
struct Member {
    label: String,
    value: ListEntry,
    /// The value, as it is written.
    text: String,
}

impl Member {
    fn only_of(text: &str) -> Result<Self, SignatureError> {
        let (members, written) = dictionary::read(text).ok_or(Malformed("no dictionary"))?;
        let mut members = members.into_iter();
        let (Some((label, value)), None) = (members.next(), members.next()) else {
            return Err(Ambiguous("signature"));
        };
        let text = written.split_once('=').ok_or(Malformed("no dictionary"))?.1.to_owned();
        Ok(Self { label: label.into(), value, text })
    }
}

/// A name only picks a digest, and there is one: none can turn a public key into a shared secret.
fn algorithm(name: Option<&str>) -> Result<Algorithm, SignatureError> {
    match name {
        None | Some("rsa-v1_5-sha256") => Ok(Algorithm::RsaSha256),
        Some(_) => Err(SignatureError::Algorithm),
    }
}

fn string<'a>(
    params: &'a Parameters,
    name: &'static str,
) -> Result<Option<&'a str>, SignatureError> {
    let Some(value) = params.get(key_ref(name)) else { return Ok(None) };
    Ok(Some(value.as_string().ok_or(Malformed(name))?.as_str()))
}

fn seconds(params: &Parameters, name: &'static str) -> Result<Option<String>, SignatureError> {
    let Some(value) = params.get(key_ref(name)) else { return Ok(None) };
    Ok(Some(value.as_integer().ok_or(Malformed(name))?.to_string()))
}

/// The names of what is signed, in order.
///
/// A parameter (`;sf`, `;bs`, `;key`, `;req`, `;tr`, `;name`) changes what the name means; nobody needs one.
fn names(list: &InnerList) -> Result<Vec<&str>, SignatureError> {
    if list.items.len() > MOST_NAMES {
        return Err(Malformed("too many components"));
    }
    let mut names = Vec::with_capacity(list.items.len());
    for item in &list.items {
        let name = item.bare_item.as_string().ok_or(Malformed("component"))?.as_str();
        if !item.params.is_empty() {
            return Err(SignatureError::Component);
        }
        if names.contains(&name) {
            return Err(Malformed("component listed twice"));
        }
        names.push(name);
    }
    Ok(names)
}

/// A signature that does not cover these could be moved to another request.
fn check_covered(names: &[&str], with_body: bool) -> Result<(), SignatureError> {
    let all = |wanted: &[&str]| wanted.iter().all(|name| names.contains(name));
    let target = all(&["@target-uri"])
        || all(&["@authority", "@request-target"])
        || all(&["@authority", "@path", "@query"]);
    for (is_covered, what) in [
        (all(&["@method"]), "@method"),
        (target, "@target-uri"),
        (!with_body || all(&["content-digest"]), "content-digest"),
    ] {
        if !is_covered {
            return Err(NotCovered(what));
        }
    }
    Ok(())
}

/// The text that a signature over `names` signs (section 2.5); `params` is what `Signature-Input` says.
fn base(
    parts: &RequestParts<'_>,
    ours: &Url,
    names: &[&str],
    params: &str,
) -> Result<String, SignatureError> {
    let mut text = String::new();
    for name in names {
        text.extend(["\"", name, "\": ", &component(parts, ours, name)?, "\n"]);
    }
    text.extend(["\"@signature-params\": ", params]);
    Ok(text)
}

/// The value of a derived component (section 2.2) or of a header.
///
/// Scheme and authority are those that peers know us by, never what a request or a proxy says.
fn component(parts: &RequestParts<'_>, ours: &Url, name: &str) -> Result<String, SignatureError> {
    let target = parts.path_and_query;
    let (path, query) = target.split_once('?').unwrap_or((target, ""));
    let authority = || authority(ours).ok_or(SignatureError::WrongHost);
    Ok(match name {
        "@method" => parts.method.to_owned(),
        "@target-uri" => format!("{}://{}{target}", ours.scheme(), authority()?),
        "@authority" => authority()?,
        "@scheme" => ours.scheme().to_owned(),
        "@request-target" => target.to_owned(),
        "@path" => path.to_owned(),
        "@query" => format!("?{query}"),
        name if name.starts_with('@') => return Err(SignatureError::Component),
        name => only_line(parts, name)?.trim().to_owned(),
    })
}

#[cfg(test)]
mod tests {
    use openssl::hash::MessageDigest;

    use super::*;
    use crate::signature::VerifyingKey;

    /// `test-key-rsa` of RFC 9421, appendix B.1.1.
    const KEY: &str = "\
-----BEGIN RSA PUBLIC KEY-----
MIIBCgKCAQEAhAKYdtoeoy8zcAcR874L8cnZxKzAGwd7v36APp7Pv6Q2jdsPBRrw
WEBnez6d0UDKDwGbc6nxfEXAy5mbhgajzrw3MOEt8uA5txSKobBpKDeBLOsdJKFq
MGmXCQvEG7YemcxDTRPxAleIAgYYRjTSd/QBwVW9OwNFhekro3RtlinV0a75jfZg
kne/YiktSvLG34lw2zqXBDTC5NHROUqGTlML4PlNZS5Ri2U4aCNx2rUPRcKIlE0P
uKxI4T+HIaFpv8+rdV6eUgOrB2xeI1dSFFn/nnv5OoZJEIB+VmuKn3DCUcCZSFlQ
PSXSfBDiUGhwOw76WuSSsf1D4b/vLoJ10wIDAQAB
-----END RSA PUBLIC KEY-----
";
    const INPUT: &str = r#"proxy_sig=("@method" "@authority" "@path" "content-digest" "content-type" "content-length" "forwarded");created=1618884480;keyid="test-key-rsa";alg="rsa-v1_5-sha256";expires=1618884540"#;
    const SIGNATURE: &str = "proxy_sig=:S6ZzPXSdAMOPjN/6KXfXWNO/f7V6cHm7BXYUh3YD/fRad4BCaRZxP+JH+8XY1I6+8Cy+CM5g92iHgxtRPz+MjniOaYmdkDcnL9cCpXJleXsOckpURl49GwiyUpZ10KHgOEe11sx3G2gxI8S0jnxQB+Pu68U9vVcasqOWAEObtNKKZd8tSFu7LB5YAv0RAGhB8tmpv7sFnIm9y+7X5kXQfi8NMaZaA8i2ZHwpBdg7a6CMfwnnrtflzvZdXAsD3LH2TwevU+/PBPv0B6NMNk93wUs/vfJvye+YuI87HU38lZHowtznbLVdp770I6VHR6WfgS9ddzirrswsE1w5o0LV/g==:";

    /// The only example of RFC 9421 with this algorithm: the proxy's signature of section 4.3, which
    /// covers too little for [`read`].
    #[test]
    fn the_example_of_the_standard_holds() -> Result<(), Box<dyn std::error::Error>> {
        let headers = [
            ("content-type", "application/json"),
            ("content-length", "18"),
            ("forwarded", "for=192.0.2.123;host=example.com;proto=https"),
            (
                "content-digest",
                "sha-512=:WZDPaVn/7XgHaAy8pmojAkGWoRx2UFChF41A2svX+TaPm+AbwAgBWnrIiYllu7BNNyealdVLvRwEmTHWXvJwew==:",
            ),
        ]
        .map(|(name, value)| (name.to_owned(), value.to_owned()));
        let parts = RequestParts {
            method: "POST",
            path_and_query: "/foo?param=Value&Pet=dog",
            headers: &headers,
        };
        let ours = Url::parse("https://origin.host.internal.example/")?;
        let input = Member::only_of(INPUT)?;
        let ListEntry::InnerList(list) = &input.value else { return Err("no list".into()) };
        let text = base(&parts, &ours, &names(list)?, &input.text)?;
        let ListEntry::Item(signature) = Member::only_of(SIGNATURE)?.value else {
            return Err("no signature".into());
        };
        let signature = signature.bare_item.as_byte_sequence().ok_or("no bytes")?;
        let key = VerifyingKey::from_pem(KEY)?;
        key.verify(MessageDigest::sha256(), &text, signature)?;
        let changed = text.replace("POST", "PUT");
        assert_eq!(
            key.verify(MessageDigest::sha256(), &changed, signature),
            Err(SignatureError::Invalid)
        );
        Ok(())
    }
}
