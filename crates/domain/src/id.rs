//! Typed identifiers: a listing's id is not a person's.

use std::{fmt, hash, marker::PhantomData, str::FromStr};

use uuid::Uuid;

use crate::Invalid;

/// A UUIDv7 (RFC 9562) that remembers what it names. Ordered by the time it was minted.
pub struct Id<T>(Uuid, PhantomData<fn() -> T>);

impl<T> Id<T> {
    /// The bare value.
    pub fn uuid(self) -> Uuid {
        self.0
    }

    /// The sixteen bytes the database keeps; they sort as the ids do.
    pub fn bytes(self) -> Vec<u8> {
        self.0.as_bytes().to_vec()
    }
}

impl<T> From<Uuid> for Id<T> {
    fn from(uuid: Uuid) -> Self {
        Self(uuid, PhantomData)
    }
}

impl<T> From<Id<T>> for Uuid {
    fn from(id: Id<T>) -> Self {
        id.0
    }
}

impl<T> From<Id<T>> for Vec<u8> {
    fn from(id: Id<T>) -> Self {
        id.bytes()
    }
}

impl<T> TryFrom<Vec<u8>> for Id<T> {
    type Error = Invalid;

    fn try_from(bytes: Vec<u8>) -> Result<Self, Invalid> {
        let uuid = Uuid::from_slice(&bytes).map_err(|_| Invalid::new("id", "must be 16 bytes"))?;
        Ok(uuid.into())
    }
}

impl<T> FromStr for Id<T> {
    type Err = Invalid;

    fn from_str(text: &str) -> Result<Self, Invalid> {
        let uuid = Uuid::parse_str(text)
            .map_err(|_| Invalid::new("id", "must be a UUID, as this server gave it"))?;
        Ok(uuid.into())
    }
}

impl<T> Clone for Id<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for Id<T> {}

impl<T> PartialEq for Id<T> {
    fn eq(&self, other: &Self) -> bool {
        self.0 == other.0
    }
}

impl<T> Eq for Id<T> {}

impl<T> PartialOrd for Id<T> {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl<T> Ord for Id<T> {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        self.0.cmp(&other.0)
    }
}

impl<T> hash::Hash for Id<T> {
    fn hash<H: hash::Hasher>(&self, state: &mut H) {
        self.0.hash(state);
    }
}

impl<T> fmt::Debug for Id<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&self.0, f)
    }
}

impl<T> fmt::Display for Id<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&self.0, f)
    }
}
