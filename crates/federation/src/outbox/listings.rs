//! What is sent of needs and offers.

use apub::inbound::ActivityKind;
use domain::{ActivityId, ListingId};
use ops::queues::Letter;
use uuid::Uuid;

use super::{around, delete, row};
use crate::{Federation, dialects::microblog, error::InboxError, listings};

/// A listing went out.
pub(super) async fn created(data: &Federation, listing: Uuid) -> Result<Vec<Letter>, InboxError> {
    listing_letter(data, listing, ActivityKind::Create).await
}

/// Its words or its state changed.
pub(super) async fn changed(data: &Federation, listing: Uuid) -> Result<Vec<Letter>, InboxError> {
    listing_letter(data, listing, ActivityKind::Update).await
}

/// Its `replies` changed and nothing else.
pub(super) async fn touched(_: &Federation, _: Uuid) -> Result<Vec<Letter>, InboxError> {
    Ok(Vec::new())
}

/// A listing, created or changed, by its Group to its followers.
///
/// The `Create` bears the listing's own UUID, so that the outbox names the same activity.
async fn listing_letter(
    data: &Federation,
    listing: Uuid,
    kind: ActivityKind,
) -> Result<Vec<Letter>, InboxError> {
    let (id, base) = (ListingId::from(listing), data.site().base().to_string());
    let facts = data.read(move |conn| listings::facts(conn, id, &base)).await?;
    let Some(facts) = facts.filter(|facts| facts.listing.is_public() && facts.collective.local)
    else {
        return Ok(Vec::new());
    };
    let note = microblog::listing(&facts);
    let activity = match kind {
        ActivityKind::Create => ActivityId::from(listing),
        _ => data.queues().mint(),
    };
    let document = around(data, activity, kind, note)?;
    let followed = facts.collective.id;
    Ok(vec![Letter::to_followers_of(followed, row(data, activity, followed, &document, true))])
}

/// It is gone.
pub(super) async fn deleted(data: &Federation, listing: Uuid) -> Result<Vec<Letter>, InboxError> {
    let (id, base) = (ListingId::from(listing), data.site().base().to_string());
    let facts = data.read(move |conn| listings::facts(conn, id, &base)).await?;
    let Some(facts) = facts.filter(|facts| facts.collective.local) else { return Ok(Vec::new()) };
    let activity = data.queues().mint();
    let followers = facts.collective.followers.clone();
    let document = delete(
        data,
        activity,
        &facts.collective,
        &facts.listing.ap_id,
        followers.into_iter().collect(),
    );
    Ok(vec![Letter::to_followers_of(
        facts.collective.id,
        row(data, activity, facts.collective.id, &document, true),
    )])
}
