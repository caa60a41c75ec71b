//! Signatures as draft-cavage-http-signatures-12 writes them, which every peer speaks.

use std::time::SystemTime;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use super::SignatureError::Malformed;
use super::signed::{only_line, signing_string};
use super::{Algorithm, RequestParts, Signature, SignatureError, digest, key_id, window};

/// The longest header about a signature that is looked at, in bytes.
pub(super) const LONGEST: usize = 16 * 1024;

/// The most parameters a signature may have; the draft knows six.
const MOST_PARAMETERS: usize = 16;

/// The most names a signature may cover.
pub(super) const MOST_NAMES: usize = 32;

/// Checks all of a signature with these parameters that needs no key.
///
/// It covers `(request-target)`, `host`, `date` or `(created)`, and where there is a body, a digest that is
/// the body's.
pub(super) fn read(
    parts: &RequestParts<'_>,
    body: Option<&[u8]>,
    text: &str,
    now: SystemTime,
) -> Result<Signature, SignatureError> {
    let params = Params::parse(text)?;
    let algorithm = Algorithm::named(params.algorithm)?;
    let names = params.names()?;
    let key_id = key_id(params.key_id).ok_or(Malformed("keyId"))?;
    check_covered(&names, body.is_some())?;
    window::check_params(params.created, params.expires, now)?;
    if names.iter().any(|name| name == "date") {
        window::check_date(only_line(parts, "date")?, now)?;
    }
    if let Some(body) = body {
        let lines: Vec<&str> = parts.lines("digest").collect();
        digest::check(&lines, body)?;
    }
    let signature = STANDARD.decode(params.signature).map_err(|_| Malformed("signature"))?;
    let signing_string = signing_string(parts, &params, &names)?;
    Ok(Signature { key_id, algorithm, signing_string, signature })
}

/// A signature that does not cover these could be moved to another request.
fn check_covered(names: &[String], with_body: bool) -> Result<(), SignatureError> {
    let covers = |wanted: &str| names.iter().any(|name| name == wanted);
    for wanted in ["(request-target)", "host"] {
        if !covers(wanted) {
            return Err(SignatureError::NotCovered(wanted));
        }
    }
    if !covers("date") && !covers("(created)") {
        return Err(SignatureError::NotCovered("date"));
    }
    if with_body && !covers("digest") {
        return Err(SignatureError::NotCovered("digest"));
    }
    Ok(())
}

/// What a signature says about itself (section 2.1), as written.
#[derive(Debug)]
pub(super) struct Params<'a> {
    pub(super) key_id: &'a str,
    pub(super) algorithm: Option<&'a str>,
    pub(super) created: Option<&'a str>,
    pub(super) expires: Option<&'a str>,
    pub(super) signature: &'a str,
    headers: Option<&'a str>,
}

impl<'a> Params<'a> {
    /// Reads the value of a `Signature` header, strictly: what two readers could understand
    /// differently is refused.
    pub(super) fn parse(text: &'a str) -> Result<Self, SignatureError> {
        if text.len() > LONGEST {
            return Err(Malformed("too long"));
        }
        if !text.bytes().all(|byte| (b' '..=b'~').contains(&byte)) {
            return Err(Malformed("not printable"));
        }
        let pairs = pairs(text)?;
        let find = |wanted: &str| {
            let found = pairs.iter().find(|(name, _)| name.eq_ignore_ascii_case(wanted));
            found.map(|(_, value)| *value)
        };
        Ok(Self {
            key_id: find("keyId").ok_or(Malformed("no keyId"))?,
            algorithm: find("algorithm"),
            created: find("created"),
            expires: find("expires"),
            signature: find("signature").ok_or(Malformed("no signature"))?,
            headers: find("headers"),
        })
    }

    /// The names of what is signed, in order and in lower case; `(created)` when nothing is said.
    pub(super) fn names(&self) -> Result<Vec<String>, SignatureError> {
        let Some(headers) = self.headers else {
            return Ok(vec!["(created)".to_owned()]);
        };
        let mut names: Vec<String> = Vec::new();
        for name in headers.split(' ').filter(|name| !name.is_empty()) {
            let name = name.to_ascii_lowercase();
            if names.len() == MOST_NAMES {
                return Err(Malformed("too many headers"));
            }
            if names.contains(&name) {
                return Err(Malformed("header listed twice"));
            }
            names.push(name);
        }
        if names.is_empty() { Err(Malformed("no headers")) } else { Ok(names) }
    }
}

/// `name="value"` and `name=value`, separated by commas; no name twice.
fn pairs(text: &str) -> Result<Vec<(&str, &str)>, SignatureError> {
    let mut pairs: Vec<(&str, &str)> = Vec::new();
    let mut rest = text.trim();
    loop {
        let (name, value, after) = pair(rest)?;
        if pairs.iter().any(|(known, _)| known.eq_ignore_ascii_case(name)) {
            return Err(Malformed("parameter given twice"));
        }
        if pairs.len() == MOST_PARAMETERS {
            return Err(Malformed("too many parameters"));
        }
        pairs.push((name, value));
        if after.is_empty() {
            return Ok(pairs);
        }
        rest = after.strip_prefix(',').ok_or(Malformed("parameters not separated"))?.trim_start();
    }
}

/// The first parameter of `text`: its name, its value, and what follows it.
fn pair(text: &str) -> Result<(&str, &str, &str), SignatureError> {
    let (name, rest) = text.split_once('=').ok_or(Malformed("parameter without value"))?;
    let token = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.');
    if name.is_empty() || !name.chars().all(token) {
        return Err(Malformed("parameter name"));
    }
    if let Some(quoted) = rest.strip_prefix('"') {
        let (value, after) = quoted.split_once('"').ok_or(Malformed("unbalanced quotes"))?;
        if value.contains('\\') {
            return Err(Malformed("escaped value"));
        }
        return Ok((name, value, after.trim_start()));
    }
    let end = rest.find(',').unwrap_or(rest.len());
    let (value, after) = rest.split_at(end);
    let value = value.trim_end();
    if value.is_empty() || !value.chars().all(token) {
        return Err(Malformed("unquoted value"));
    }
    Ok((name, value, after))
}
