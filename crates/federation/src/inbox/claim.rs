//! What makes two deliveries the same activity: the door lets each take effect once.

use apub::inbound::{Activity, ActivityKind};
use openssl::sha::{Sha256, sha256};
use url::Url;

/// The claim of an activity: who says it and its id, and for an `Update` the content too, because
/// GoToSocial gives every edit of a post the same id.
///
/// The actor is part of it, so that nobody can use up the id of what another is going to say.
pub(crate) fn of(activity: &Activity) -> [u8; 32] {
    let mut hash = begin(&activity.actor, &activity.id);
    if activity.kind == ActivityKind::Update {
        hash.update(b"\n");
        hash.update(activity.raw.to_string().as_bytes());
    }
    hash.finish()
}

/// The claim of an activity of which only the id is known; not of an `Update`.
pub(crate) fn of_id(actor: &Url, id: &Url) -> [u8; 32] {
    begin(actor, id).finish()
}

/// Under which an activity waits for its signature to be checked.
///
/// Whoever sends a forged one must not keep the real one out, so it is not the claim itself.
pub(crate) fn while_parked(claim: &[u8; 32], signature: &str) -> [u8; 32] {
    sha256(&[claim.as_slice(), signature.as_bytes()].concat())
}

fn begin(actor: &Url, id: &Url) -> Sha256 {
    let mut hash = Sha256::new();
    hash.update(actor.as_str().as_bytes());
    hash.update(b"\n");
    hash.update(id.as_str().as_bytes());
    hash
}
