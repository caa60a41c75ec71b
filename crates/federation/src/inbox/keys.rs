//! Whose key is it? A signature counts when its key belongs to the actor who speaks.

use std::time::Duration;

use apub::inbound::{Actor, public_keys};
use domain::{Origin, Speaker, Way};
use url::Url;

use crate::{
    Federation,
    error::InboxError,
    fetch::FetchError,
    meet,
    signature::{SignatureError, Signed},
};

/// A key that did not fit is asked for again at most this often.
const REFETCH_SECONDS: i64 = 300;

/// What became of looking for the key of a signature.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum KeyFound {
    /// The signature is the actor's.
    Good,
    /// The key's server did not answer in time.
    Later,
    /// The key's server says that it is gone.
    Gone,
}

/// Checks a signature against the key it names, fetching the key where it is new or no longer fits.
///
/// The key must be one of `actor`'s: both sides say so, the key by its owner and the actor by listing it.
pub async fn find_key(
    data: &Federation,
    signed: &Signed,
    actor: &Url,
    deadline: Option<Duration>,
) -> Result<KeyFound, InboxError> {
    let known = known(data, signed).await?;
    if let Some(key) = &known {
        if key.actor != actor.as_str() {
            return Err(InboxError::NotTheirKey);
        }
        let fits = verify(data, signed, &key.public_pem);
        let asked = key.refetched_at.unwrap_or_default().plus_seconds(REFETCH_SECONDS);
        if fits.is_ok() || data.now() < asked {
            return fits.map(|()| KeyFound::Good);
        }
    }
    if data.missing_keys.contains_key(signed.key_id.as_str()) {
        return if deadline.is_some() { Ok(KeyFound::Later) } else { Err(unreachable_key()) };
    }
    match fetch(data, signed, actor, deadline).await {
        Ok(()) => {}
        Err(InboxError::Fetch(err)) if err.is_gone() || err.is_missing() => {
            return Ok(KeyFound::Gone);
        }
        Err(InboxError::Fetch(err)) if err.is_transient() => {
            data.missing_keys.insert(signed.key_id.to_string(), ());
            return Ok(KeyFound::Later);
        }
        Err(InboxError::Fetch(_)) => return Err(SignatureError::Invalid.into()),
        Err(err) => return Err(err),
    }
    let Some(key) = self::known(data, signed).await? else {
        return Err(InboxError::NotTheirKey);
    };
    if key.actor != actor.as_str() {
        return Err(InboxError::NotTheirKey);
    }
    verify(data, signed, &key.public_pem).map(|()| KeyFound::Good)
}

fn unreachable_key() -> InboxError {
    InboxError::Fetch(FetchError::Timeout)
}

async fn known(data: &Federation, signed: &Signed) -> Result<Option<db::keys::KeyRow>, InboxError> {
    let key_id = signed.key_id.to_string();
    Ok(data.read(move |conn| db::keys::find(conn, &key_id)).await?)
}

fn verify(data: &Federation, signed: &Signed, pem: &str) -> Result<(), InboxError> {
    let key = data.keys.get_or_parse(&signed.key_id, pem);
    let key = key.map_err(|_| SignatureError::Invalid)?;
    Ok(signed.verify(&key)?)
}

/// Fetches the document behind a key id, and from it the owner, and records what the owner says.
async fn fetch(
    data: &Federation,
    signed: &Signed,
    actor: &Url,
    deadline: Option<Duration>,
) -> Result<(), InboxError> {
    if signed.key_id.origin() != actor.origin() {
        return Err(InboxError::NotTheirKey);
    }
    let mut address = signed.key_id.clone();
    address.set_fragment(None);
    let (final_url, value) = meet::document(data, &address, deadline).await?;
    if final_url.origin() != actor.origin() {
        return Err(InboxError::NotTheirKey);
    }
    let owner = if let Ok(found) = Actor::parse(&value) {
        found
    } else {
        // A document of its own for the key, as GoToSocial serves unsigned: ask its owner.
        let keys = public_keys(&value);
        let key = keys.iter().find(|key| key.id == signed.key_id);
        if key.ok_or(InboxError::NotTheirKey)?.owner != *actor {
            return Err(InboxError::NotTheirKey);
        }
        meet::fetch(data, actor, deadline).await?
    };
    if owner.id != *actor {
        return Err(InboxError::NotTheirKey);
    }
    let origin = Origin { speaker: Speaker::Stranger, way: Way::Fetched };
    meet::record(data, origin, owner).await?;
    Ok(())
}
