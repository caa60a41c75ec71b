//! Actors of every kind, as the world sees them.

use crate::words::words;

words! {
    /// The kind of an actor; the word is its ActivityStreams type (Activity Vocabulary §3.2).
    ActorKind, "type", {
        Person = "Person",
        Group = "Group",
        /// The voice of a collective here; elsewhere anything that calls itself so.
        Organization = "Organization",
        Service = "Service",
        Application = "Application",
    }
}

/// A pair of RSA-2048 keys in PEM: SPKI and PKCS #8.
#[derive(Clone, PartialEq, Eq)]
pub struct KeyPair {
    pub public_pem: String,
    pub private_pem: String,
}

impl std::fmt::Debug for KeyPair {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("KeyPair(…)")
    }
}
