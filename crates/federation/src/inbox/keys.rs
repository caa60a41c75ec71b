//! Whose key is it? A signature counts when its key belongs to the actor who speaks.

use std::time::{Duration, Instant};

use apub::inbound::{Actor, public_keys};
use domain::{Origin, Speaker, Way};
use ops::OpError;
use url::Url;

use crate::{
    Federation,
    error::InboxError,
    fetch::FetchError,
    meet,
    signature::{Signature, SignatureError, Signed},
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

/// Checks every signature of a request against the key that it names: all must be the actor's.
pub async fn find_key(
    data: &Federation,
    signed: &Signed,
    actor: &Url,
    deadline: Option<Duration>,
) -> Result<KeyFound, InboxError> {
    let started = Instant::now();
    for signature in signed.each() {
        let left = deadline.map(|deadline| deadline.saturating_sub(started.elapsed()));
        let found = find_one(data, signature, actor, left).await?;
        if found != KeyFound::Good {
            return Ok(found);
        }
    }
    Ok(KeyFound::Good)
}

/// Checks a signature against the key it names, fetching the key where it is new or no longer fits.
///
/// The key must be one of `actor`'s: both sides say so, the key by its owner and the actor by listing it.
async fn find_one(
    data: &Federation,
    signed: &Signature,
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
    let asked_for = format!("{actor} {}", signed.key_id);
    if let Some(missing) = data.missing_keys.get(&asked_for) {
        return missing.answer(deadline.is_some());
    }
    if let Some(missing) = fetch(data, signed, actor, deadline).await? {
        data.missing_keys.insert(asked_for, missing);
        return missing.answer(deadline.is_some());
    }
    let Some(key) = self::known(data, signed).await?.filter(|key| key.actor == actor.as_str())
    else {
        data.missing_keys.insert(asked_for, Missing::NotTheirs);
        return Err(InboxError::NotTheirKey);
    };
    verify(data, signed, &key.public_pem).map(|()| KeyFound::Good)
}

/// Why a key could not be had a moment ago; kept for a minute, so that nobody makes us ask again and again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Missing {
    /// Its server did not answer.
    Unreachable,
    /// Its server says that there is no such thing.
    Gone,
    /// What is there is not this actor's key.
    NotTheirs,
}

impl Missing {
    fn answer(self, in_a_hurry: bool) -> Result<KeyFound, InboxError> {
        match self {
            Self::Unreachable if in_a_hurry => Ok(KeyFound::Later),
            Self::Unreachable => Err(InboxError::Fetch(FetchError::Timeout)),
            Self::Gone => Ok(KeyFound::Gone),
            Self::NotTheirs => Err(InboxError::NotTheirKey),
        }
    }
}

/// Fetches the key and records its owner, or tells why that is not possible.
///
/// What a stranger's server answers is the stranger's fault, never a reason for a status other than 401.
async fn fetch(
    data: &Federation,
    signed: &Signature,
    actor: &Url,
    deadline: Option<Duration>,
) -> Result<Option<Missing>, InboxError> {
    match fetch_owner(data, signed, actor, deadline).await {
        Ok(()) => Ok(None),
        Err(InboxError::Fetch(err)) if err.is_gone() || err.is_missing() => Ok(Some(Missing::Gone)),
        Err(InboxError::Fetch(err)) if err.is_transient() => Ok(Some(Missing::Unreachable)),
        Err(
            InboxError::Fetch(_)
            | InboxError::NotTheirKey
            | InboxError::Malformed(_)
            | InboxError::Invalid(_)
            | InboxError::Origin(_)
            | InboxError::Op(OpError::Invalid(_)),
        ) => Ok(Some(Missing::NotTheirs)),
        Err(err) => Err(err),
    }
}

async fn known(
    data: &Federation,
    signed: &Signature,
) -> Result<Option<db::keys::KeyRow>, InboxError> {
    let key_id = signed.key_id.to_string();
    Ok(data.read(move |conn| db::keys::find(conn, &key_id)).await?)
}

fn verify(data: &Federation, signed: &Signature, pem: &str) -> Result<(), InboxError> {
    let key = data.keys.get_or_parse(&signed.key_id, pem);
    let key = key.map_err(|_| SignatureError::Invalid)?;
    Ok(signed.verify(&key)?)
}

/// Fetches the document behind a key id, and from it the owner, and records what the owner says at its own
/// address: whoever can place a file on the owner's server must not be able to place a key.
async fn fetch_owner(
    data: &Federation,
    signed: &Signature,
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
    let owner = match Actor::parse(&value) {
        Ok(found) if found.id == final_url => found,
        // A document of its own for the key, as GoToSocial serves unsigned: ask its owner.
        _ => {
            let keys = public_keys(&value);
            let key = keys.iter().find(|key| key.id == signed.key_id);
            if key.is_none_or(|key| key.owner != *actor) {
                return Err(InboxError::NotTheirKey);
            }
            meet::fetch(data, actor, deadline).await?
        }
    };
    if owner.id != *actor {
        return Err(InboxError::NotTheirKey);
    }
    let origin = Origin { speaker: Speaker::Stranger, way: Way::Fetched };
    meet::record(data, origin, owner).await?;
    Ok(())
}
