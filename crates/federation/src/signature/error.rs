//! Why a request's signature, or a key, was not good enough.

use thiserror::Error;

/// Why a signed request is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum SignatureError {
    /// There is no signature of a kind that we read.
    #[error("the request carries no signature that we read")]
    Missing,
    /// There are several of something there must be one of, and nothing says which one counts.
    #[error("the request carries more than one {0}")]
    Ambiguous(&'static str),
    /// The signature is not written as draft-cavage-http-signatures-12 or RFC 9421 says.
    #[error("the signature is malformed: {0}")]
    Malformed(&'static str),
    /// It was made too long ago, or its own `expires` has passed.
    #[error("the signature has expired")]
    Expired,
    /// It claims to have been made later than now.
    #[error("the signature is dated in the future")]
    Future,
    /// The request was made for another server than ours.
    #[error("the request was signed for another host")]
    WrongHost,
    /// There is no SHA-256 digest of the body.
    #[error("the request has no SHA-256 digest of its body")]
    DigestMissing,
    /// The digest is not written as RFC 3230 says, or RFC 9530 where it is `Content-Digest`.
    #[error("the digest is malformed")]
    DigestMalformed,
    /// The body is not the one that was signed.
    #[error("the digest is not the digest of the body")]
    DigestMismatch,
    /// The signature says nothing about a part of the request that matters.
    #[error("the signature does not cover {0}")]
    NotCovered(&'static str),
    /// The signature names a header that the request does not have.
    #[error("a signed header is absent")]
    Absent,
    /// The signature covers a part of the request in a way that we do not check.
    #[error("the signature covers something that we do not check")]
    Component,
    /// The algorithm is not one of those that we check.
    #[error("the signature's algorithm is not accepted")]
    Algorithm,
    /// The key did not make this signature.
    #[error("the signature does not match the key")]
    Invalid,
}

impl SignatureError {
    /// The HTTP status a peer is answered with: 400 for what cannot be read, 421 for another
    /// server's request, 401 for all else.
    pub fn status(&self) -> u16 {
        match self {
            Self::Malformed(_) | Self::DigestMalformed => 400,
            Self::WrongHost => 421,
            _ => 401,
        }
    }

    /// A stable name, for logs, metrics and the console.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Missing => "signature_missing",
            Self::Ambiguous(_) => "signature_ambiguous",
            Self::Malformed(_) => "signature_malformed",
            Self::Expired => "signature_expired",
            Self::Future => "signature_future",
            Self::WrongHost => "signature_wrong_host",
            Self::DigestMissing => "digest_missing",
            Self::DigestMalformed => "digest_malformed",
            Self::DigestMismatch => "digest_mismatch",
            Self::NotCovered(_) => "signature_not_covered",
            Self::Absent => "signature_header_absent",
            Self::Component => "signature_component",
            Self::Algorithm => "signature_algorithm",
            Self::Invalid => "signature_invalid",
        }
    }
}

/// Why a key is not used.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum KeyError {
    /// It is not PEM (RFC 7468) of a kind that we read.
    #[error("the key is not PEM of a kind that we read")]
    Pem,
    /// It is a key, but not an RSA key.
    #[error("the key is not an RSA key")]
    NotRsa,
    /// Its modulus has this many bits, and they are too few or too many.
    #[error("the key's modulus has {0} bits, not 2048 to 4096")]
    Size(i32),
    /// Its numbers are not those of a sound RSA key.
    #[error("the key's {0} is not acceptable")]
    Unsound(&'static str),
    /// A request cannot be signed for an address without a host.
    #[error("the address has no host")]
    Address,
    /// OpenSSL refused.
    #[error("openssl: {0}")]
    Crypto(String),
}

impl From<openssl::error::ErrorStack> for KeyError {
    fn from(error: openssl::error::ErrorStack) -> Self {
        Self::Crypto(error.to_string())
    }
}
