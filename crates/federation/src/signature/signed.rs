//! Signatures of which every part but the key was checked.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use openssl::hash::MessageDigest;
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};
use url::Url;

use super::cavage::Params;
use super::{RequestParts, SignatureError, VerifyingKey};

/// How a signature was made.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Algorithm {
    /// RSASSA-PKCS1-v1_5 with SHA-256: `rsa-sha256` or `rsa-v1_5-sha256`, and what everyone means by
    /// `hs2019` or by saying nothing.
    #[serde(rename = "rsa-sha256")]
    RsaSha256,
    /// RSASSA-PKCS1-v1_5 with SHA-512: `rsa-sha512`.
    #[serde(rename = "rsa-sha512")]
    RsaSha512,
}

impl Algorithm {
    /// The algorithm of that name. A name only picks a digest, never another kind of key, so none
    /// can turn a public key into a shared secret.
    pub(super) fn named(name: Option<&str>) -> Result<Self, SignatureError> {
        match name.map(str::to_ascii_lowercase).as_deref() {
            None | Some("hs2019" | "rsa-sha256") => Ok(Self::RsaSha256),
            Some("rsa-sha512") => Ok(Self::RsaSha512),
            Some(_) => Err(SignatureError::Algorithm),
        }
    }
}

/// What an inbound request is signed with, with everything checked that needs no key: one signature, or
/// one of each kind.
///
/// It goes through serde as a small JSON document, so that a request whose key cannot be had now
/// is parked and verified later; its window was checked when it came in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Signed {
    #[serde(flatten)]
    one: Signature,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    beside: Option<Signature>,
}

impl Signed {
    pub(super) fn new(one: Signature, beside: Option<Signature>) -> Self {
        Self { one, beside }
    }

    /// Every signature. Each must be good, and its key the actor's.
    pub fn each(&self) -> impl Iterator<Item = &Signature> {
        std::iter::once(&self.one).chain(&self.beside)
    }

    /// Did `key` make all of them?
    pub fn verify(&self, key: &VerifyingKey) -> Result<(), SignatureError> {
        self.each().try_for_each(|signature| signature.verify(key))
    }
}

/// One signature of a request.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Signature {
    /// Where the signer says its public key is.
    pub key_id: Url,
    /// How the signature was made.
    pub algorithm: Algorithm,
    /// The text that was signed (draft-cavage-http-signatures-12, section 2.3; RFC 9421, section 2.5).
    pub signing_string: String,
    /// The signature itself; base64 in JSON.
    #[serde(serialize_with = "to_base64", deserialize_with = "from_base64")]
    pub signature: Vec<u8>,
}

impl Signature {
    /// Did `key` sign this? Some 30 µs for a key of 2048 bits, and four times that for 4096.
    pub fn verify(&self, key: &VerifyingKey) -> Result<(), SignatureError> {
        let digest = match self.algorithm {
            Algorithm::RsaSha256 => MessageDigest::sha256(),
            Algorithm::RsaSha512 => MessageDigest::sha512(),
        };
        key.verify(digest, &self.signing_string, &self.signature)
    }

    /// Is the header, pseudo-header or component `name`, in lower case, part of what was signed?
    pub fn covers(&self, name: &str) -> bool {
        let mut names = self.signing_string.lines().filter_map(|line| line.split_once(": "));
        names.any(|(covered, _)| covered.trim_matches('"') == name)
    }
}

/// The text that a signature over `names` signs.
pub(super) fn signing_string(
    parts: &RequestParts<'_>,
    params: &Params<'_>,
    names: &[String],
) -> Result<String, SignatureError> {
    let mut lines = Vec::with_capacity(names.len());
    for name in names {
        let value = match name.as_str() {
            "(request-target)" => request_target(parts.method, parts.path_and_query),
            "(created)" => timed(params, params.created, "created")?,
            "(expires)" => timed(params, params.expires, "expires")?,
            name => only_line(parts, name)?.trim().to_owned(),
        };
        lines.push(format!("{name}: {value}"));
    }
    Ok(lines.join("\n"))
}

/// The value of `(request-target)`.
pub(super) fn request_target(method: &str, path_and_query: &str) -> String {
    format!("{} {path_and_query}", method.to_ascii_lowercase())
}

/// The one line of the header `name`: none and several are refused, for a proxy before us and we
/// could each believe a different one.
pub(super) fn only_line<'a>(
    parts: &'a RequestParts<'_>,
    name: &str,
) -> Result<&'a str, SignatureError> {
    let mut lines = parts.lines(name);
    match (lines.next(), lines.next()) {
        (Some(line), None) => Ok(line),
        (Some(_), Some(_)) => Err(SignatureError::Malformed("signed header repeated")),
        (None, _) => Err(SignatureError::Absent),
    }
}

/// `(created)` and `(expires)` mean nothing under the names older than `hs2019` (section 2.3).
fn timed(
    params: &Params<'_>,
    value: Option<&str>,
    name: &'static str,
) -> Result<String, SignatureError> {
    if params.algorithm.is_some_and(|algorithm| !algorithm.eq_ignore_ascii_case("hs2019")) {
        return Err(SignatureError::Algorithm);
    }
    value.map(str::to_owned).ok_or(SignatureError::Malformed(name))
}

fn to_base64<S: Serializer>(bytes: &[u8], serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(&STANDARD.encode(bytes))
}

fn from_base64<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<u8>, D::Error> {
    let text = String::deserialize(deserializer)?;
    STANDARD.decode(text).map_err(de::Error::custom)
}
