//! What a Group that somebody here follows sends on of others (ActivityPub §7.1.2): the signature is the Group's,
//! the words are not. None of them is believed: the original is fetched from where it lies.

use apub::inbound::{Activity, ActivityKind, ObjectRef};
use db::keys::KeyRow;
use domain::people::ActorKind;
use ops::{Lookup as _, LookupError};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use url::Url;

use crate::{
    Federation,
    error::InboxError,
    fetch::FetchError,
    signature::{SignatureError, Signed},
};

/// The job that fetches the original.
pub(crate) const JOB: &str = "fetch_forwarded";

#[derive(Deserialize, Serialize)]
struct Payload {
    address: String,
}

/// Leaves a job to fetch what is sent on, if it is for us; `false` where it is no such thing.
///
/// It is for us if it answers something known here, and if a Group sends it on that somebody here follows. So
/// nobody makes us ask a server of their choice, but those whom we chose to listen to.
pub(super) async fn take(
    data: &Federation,
    signed: &Signed,
    activity: &Activity,
) -> Result<bool, InboxError> {
    let ObjectRef::Embedded { id: Some(id), value, .. } = &activity.object else {
        return Ok(false);
    };
    if activity.kind != ActivityKind::Create || id.origin() != activity.actor.origin() {
        return Ok(false);
    }
    let Some(parent) = value.get("inReplyTo").and_then(Value::as_str).map(str::to_owned) else {
        return Ok(false);
    };
    let Some(first) = signed.each().next() else { return Ok(false) };
    let key_id = first.key_id.to_string();
    let key = data.read(move |conn| {
        let Some(key) = db::keys::find(conn, &key_id)? else { return Ok(None) };
        let group = db::actors::find(conn, key.actor_id)?;
        let group = group.filter(|row| row.kind == ActorKind::Group && !row.local);
        let Some(group) = group.filter(|row| row.deleted_at.is_none()) else { return Ok(None) };
        let listens = db::follows::has_local_follower(conn, group.id)?
            && !db::instances::is_suspended(conn, &group.host)?;
        let known = db::listings::find_by_ap_id(conn, &parent)?.is_some()
            || db::replies::find_by_ap_id(conn, &parent)?.is_some();
        Ok(Some(key).filter(|_| listens && known))
    });
    let Some(key) = key.await? else { return Ok(false) };
    verify(data, signed, &key)?;
    let payload = serde_json::json!(Payload { address: id.to_string() }).to_string();
    data.queues().push_job(JOB, id.to_string(), payload).await?;
    Ok(true)
}

/// Every signature must be of this one key.
fn verify(data: &Federation, signed: &Signed, key: &KeyRow) -> Result<(), InboxError> {
    let key_id = Url::parse(&key.key_id).map_err(|_| SignatureError::Invalid)?;
    let key = data.keys.get_or_parse(&key_id, &key.public_pem);
    Ok(signed.verify(&key.map_err(|_| SignatureError::Invalid)?)?)
}

/// Fetches what was sent on; what its own server does not show is left.
pub(crate) async fn fetch(data: &Federation, payload: &str) -> Result<(), InboxError> {
    let payload: Payload =
        serde_json::from_str(payload).map_err(|err| InboxError::Broken(err.to_string()))?;
    match data.find(&payload.address).await {
        Err(LookupError::Unreachable | LookupError::Ours) => Err(FetchError::Timeout.into()),
        _ => Ok(()),
    }
}
