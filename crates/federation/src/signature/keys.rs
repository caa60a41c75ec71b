//! RSA keys, parsed once.

use std::fmt;
use std::sync::Arc;

use openssl::hash::MessageDigest;
use openssl::pkey::{HasPublic, PKey, Private, Public};
use openssl::rsa::{Rsa, RsaRef};
use openssl::sign::{Signer, Verifier};
use url::Url;

use super::{KeyError, SignatureError, pem};

/// The bits of a key that we make, and the fewest that we accept.
const FEWEST_BITS: u32 = 2048;

/// The most bits that we accept; the time of a check grows with their square.
const MOST_BITS: i32 = 4096;

/// A private key of ours and the address its public half is found at; cheap to clone.
#[derive(Clone)]
pub struct SigningKey(Arc<Inner>);

struct Inner {
    key_id: Url,
    key: PKey<Private>,
}

impl SigningKey {
    /// Reads an unencrypted PKCS#8 or PKCS#1 private key.
    ///
    /// Costs more than a signature: keep the result, in a [`super::KeyCache`].
    pub fn from_pem(key_id: Url, pem: &str) -> Result<Self, KeyError> {
        let (label, der) = pem::decode(pem)?;
        let rsa = match label {
            "PRIVATE KEY" => PKey::private_key_from_pkcs8(&der).and_then(|key| key.rsa()),
            "RSA PRIVATE KEY" => Rsa::private_key_from_der(&der),
            _ => return Err(KeyError::Pem),
        }
        .map_err(|_| KeyError::NotRsa)?;
        sound(&rsa)?;
        Ok(Self(Arc::new(Inner { key_id, key: PKey::from_rsa(rsa)? })))
    }

    /// The address that peers find the public half at.
    pub fn key_id(&self) -> &Url {
        &self.0.key_id
    }

    /// RSASSA-PKCS1-v1_5 with SHA-256 (RFC 8017, section 8.2) over `text`.
    pub(super) fn sign(&self, text: &str) -> Result<Vec<u8>, KeyError> {
        let mut signer = Signer::new(MessageDigest::sha256(), &self.0.key)?;
        Ok(signer.sign_oneshot_to_vec(text.as_bytes())?)
    }
}

impl fmt::Debug for SigningKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "SigningKey({})", self.0.key_id)
    }
}

/// A public key that a peer signs with; cheap to clone.
#[derive(Clone)]
pub struct VerifyingKey(PKey<Public>);

impl VerifyingKey {
    /// Reads a `PUBLIC KEY` (RFC 5280) or `RSA PUBLIC KEY` (RFC 8017) PEM.
    ///
    /// Refuses anything but RSA of 2048 to 4096 bits with an odd modulus and an exponent of 3 or
    /// 65537, so that no key can make a check slow or meaningless.
    pub fn from_pem(pem: &str) -> Result<Self, KeyError> {
        let (label, der) = pem::decode(pem)?;
        let rsa = match label {
            "PUBLIC KEY" => Rsa::public_key_from_der(&der),
            "RSA PUBLIC KEY" => Rsa::public_key_from_der_pkcs1(&der),
            _ => return Err(KeyError::Pem),
        }
        .map_err(|_| KeyError::NotRsa)?;
        sound(&rsa)?;
        Ok(Self(PKey::from_rsa(rsa)?))
    }

    /// Did this key's private half make `signature` over `text`? (RFC 8017, section 8.2)
    pub(super) fn verify(
        &self,
        digest: MessageDigest,
        text: &str,
        signature: &[u8],
    ) -> Result<(), SignatureError> {
        let checked = Verifier::new(digest, &self.0)
            .and_then(|mut verifier| verifier.verify_oneshot(signature, text.as_bytes()));
        match checked {
            Ok(true) => Ok(()),
            Ok(false) | Err(_) => Err(SignatureError::Invalid),
        }
    }
}

impl fmt::Debug for VerifyingKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "VerifyingKey({} bits)", self.0.bits())
    }
}

/// A new RSA-2048 key pair: the public half as SPKI PEM, the private half as PKCS#8 PEM.
///
/// Takes a good part of a second: run it where blocking is allowed.
pub fn generate() -> Result<(String, String), KeyError> {
    let key = PKey::from_rsa(Rsa::generate(FEWEST_BITS)?)?;
    let text = |pem: Vec<u8>| String::from_utf8(pem).map_err(|_| KeyError::Pem);
    Ok((text(key.public_key_to_pem()?)?, text(key.private_key_to_pem_pkcs8()?)?))
}

fn sound<T: HasPublic>(rsa: &RsaRef<T>) -> Result<(), KeyError> {
    let bits = rsa.n().num_bits();
    if bits < FEWEST_BITS.cast_signed() || bits > MOST_BITS {
        return Err(KeyError::Size(bits));
    }
    if !rsa.n().is_bit_set(0) {
        return Err(KeyError::Unsound("modulus"));
    }
    if !matches!(rsa.e().to_vec().as_slice(), [3] | [1, 0, 1]) {
        return Err(KeyError::Unsound("exponent"));
    }
    Ok(())
}
