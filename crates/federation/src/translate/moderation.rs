//! Reports, and the orders of moderators elsewhere.

use apub::inbound::{Activity, ActivityKind};
use domain::Refusal;
use ops::{OpError, reports::RecordReport};
use url::Url;

use super::Received;
use crate::{error::InboxError, federation::Request};

/// `Flag`: of Mastodon and GoToSocial by their instance actor, of Lemmy by whoever reports. It is kept as a report
/// of the server.
pub(super) async fn flag(data: &Request, received: &Received) -> Result<(), InboxError> {
    let activity = &received.activity;
    let objects: Vec<String> = activity.objects.iter().map(Url::to_string).collect();
    let text = activity.reason().unwrap_or_default();
    let (_, origin) = received.speaker(data).await?;
    let operation = RecordReport { ap_id: activity.id.to_string(), objects, text };
    data.door().perform(origin, operation).await?;
    Ok(())
}

/// Refuses what only moderators of our Groups may do. Nobody elsewhere is one: the collection of moderators names
/// the voice alone. What such an order names is compared with our addresses and never fetched.
///
/// Says whether it was such an order at all; one about others is none of our business.
pub(super) fn refuse_orders(data: &Request, received: &Received) -> Result<(), InboxError> {
    let activity = &received.activity;
    let inner = (activity.kind == ActivityKind::Undo)
        .then(|| activity.object.kind())
        .flatten()
        .map(ActivityKind::from);
    if !is_order(inner.as_ref().unwrap_or(&activity.kind), activity) {
        return Ok(());
    }
    let ours = addresses(activity).iter().any(|url| data.site().owns(url));
    if !ours {
        let kind = activity.kind.as_str();
        return Err(InboxError::Ignored(format!("{kind} by moderators of elsewhere")));
    }
    tracing::info!(
        actor = %activity.actor,
        kind = activity.kind.as_str(),
        "an order of somebody who moderates nothing here was refused"
    );
    Err(InboxError::Op(OpError::Refused(Refusal::NotTheirsToSay)))
}

/// A block with a target shuts somebody out of the target; one without is the sender's own.
fn is_order(kind: &ActivityKind, activity: &Activity) -> bool {
    match kind {
        ActivityKind::Add | ActivityKind::Remove | ActivityKind::Lock => true,
        ActivityKind::Block => {
            activity.target.is_some() || activity.raw.pointer("/object/target").is_some()
        }
        _ => false,
    }
}

/// Everything that an order names, of what it takes back too.
fn addresses(activity: &Activity) -> Vec<Url> {
    let inside = |pointer: &str| {
        let text = activity.raw.pointer(pointer)?.as_str()?;
        Url::parse(text).ok()
    };
    let named = [&activity.target, &activity.audience].into_iter().flatten().cloned();
    named
        .chain(activity.objects.iter().cloned())
        .chain(activity.object.id().cloned())
        .chain(
            ["/object/object", "/object/target", "/object/audience"].into_iter().filter_map(inside),
        )
        .collect()
}
