//! What is sent of needs and offers: to microblogs by the Group itself, to the threadiverse announced by it.

use apub::{
    PUBLIC,
    inbound::ActivityKind,
    outbound::{ActivityDocument, NoteDocument},
};
use db::jobs::JobRow;
use domain::{ActivityId, Dialect, ListingId, Origin};
use ops::{jobs::TouchThread, queues::Letter};
use serde::Deserialize;
use serde_json::json;
use uuid::Uuid;

use super::{announce, document, row};
use crate::{
    Federation,
    dialects::{ListingFacts, microblog, threadiverse},
    error::InboxError,
    listings,
};

/// A listing went out. The `Create` of microblogs bears the listing's own UUID, so that the outbox names the
/// same activity; that of the threadiverse is named after the listing for the same reason.
pub(super) async fn created(data: &Federation, listing: Uuid) -> Result<Vec<Letter>, InboxError> {
    let Some(facts) = shown(data, listing).await? else { return Ok(Vec::new()) };
    let group = facts.collective.id;
    let create = microblog::create(&facts, data.site().activity(listing.into()));
    let announced = row(data, data.queues().mint(), group, &threadiverse::announced(&facts), true);
    let announced = Letter {
        dialect: Some(Dialect::Threadiverse),
        ..Letter::to_followers_of(group, announced)
    };
    let mut letters = vec![microblogs(data, &facts, listing.into(), &create), announced];
    if facts.listing.state.is_open() {
        letters.push(featuring(data, &facts, ActivityKind::Add));
    }
    Ok(letters)
}

/// Its words or its state changed.
pub(super) async fn changed(data: &Federation, listing: Uuid) -> Result<Vec<Letter>, InboxError> {
    let Some(facts) = shown(data, listing).await? else { return Ok(Vec::new()) };
    let activity = data.queues().mint();
    let update = microblog::update(&facts, data.site().activity(activity));
    let inner = threadiverse::update(&facts, fresh(data));
    Ok(vec![
        microblogs(data, &facts, activity, &update),
        announce(data, &facts.collective, None, json!(inner)),
    ])
}

/// It is one of the open ones from now on, or no longer: that is what the threadiverse shows first.
pub(super) async fn featured(
    data: &Federation,
    listing: Uuid,
    featured: bool,
) -> Result<Vec<Letter>, InboxError> {
    let facts = shown(data, listing).await?;
    // What has changed again meanwhile has an event of its own.
    let facts = facts.filter(|facts| facts.listing.state.is_open() == featured);
    let kind = if featured { ActivityKind::Add } else { ActivityKind::Remove };
    Ok(facts.iter().map(|facts| featuring(data, facts, kind.clone())).collect())
}

/// Its `replies` changed and nothing else. Without `updated` nobody is shown an edit, and GoToSocial looks for
/// the new answers all the same.
pub(super) async fn touched(data: &Federation, listing: Uuid) -> Result<Vec<Letter>, InboxError> {
    let Some(facts) = shown(data, listing).await? else { return Ok(Vec::new()) };
    let activity = data.queues().mint();
    let note = NoteDocument { context: None, updated: None, ..microblog::listing(&facts) };
    let update = ActivityDocument {
        object: json!(note),
        published: None,
        ..microblog::update(&facts, data.site().activity(activity))
    };
    Ok(vec![microblogs(data, &facts, activity, &update)])
}

#[derive(Deserialize)]
struct ListingPayload {
    listing: Uuid,
}

/// The job that was left when the answers under a listing changed: it becomes an event, once for many.
pub(crate) async fn touch(data: &Federation, job: &JobRow) -> Result<(), InboxError> {
    let payload: ListingPayload =
        serde_json::from_str(&job.payload).map_err(|err| InboxError::Broken(err.to_string()))?;
    let operation = TouchThread { listing: payload.listing.into(), job: job.id };
    Ok(data.door().perform(Origin::server(), operation).await?)
}

/// It is gone.
pub(super) async fn deleted(data: &Federation, listing: Uuid) -> Result<Vec<Letter>, InboxError> {
    let facts = facts(data, listing).await?;
    let Some(facts) = facts.filter(|it| it.listing.published_at.is_some()) else {
        return Ok(Vec::new());
    };
    let activity = data.queues().mint();
    let delete = microblog::delete(&facts, data.site().activity(activity));
    let inner = threadiverse::delete(&facts, fresh(data));
    Ok(vec![
        microblogs(data, &facts, activity, &delete),
        announce(data, &facts.collective, None, json!(inner)),
    ])
}

/// A listing that a collective of ours shows to the world.
async fn shown(data: &Federation, listing: Uuid) -> Result<Option<ListingFacts>, InboxError> {
    Ok(facts(data, listing).await?.filter(|facts| facts.listing.is_public()))
}

/// A listing of a collective of ours.
async fn facts(data: &Federation, listing: Uuid) -> Result<Option<ListingFacts>, InboxError> {
    let (id, base) = (ListingId::from(listing), data.site().base().to_string());
    let facts = data.read(move |conn| listings::facts(conn, id, &base)).await?;
    Ok(facts.filter(|facts| facts.collective.local))
}

/// To the followers of its Group who read microblogs.
fn microblogs(
    data: &Federation,
    facts: &ListingFacts,
    activity: ActivityId,
    document: &ActivityDocument,
) -> Letter {
    let group = facts.collective.id;
    let row = row(data, activity, group, document, true);
    Letter { dialect: Some(Dialect::Microblog), ..Letter::to_followers_of(group, row) }
}

/// The voice puts it among what its community shows first, or takes it away from there.
fn featuring(data: &Federation, facts: &ListingFacts, kind: ActivityKind) -> Letter {
    let group = &facts.collective;
    let voice = facts.voice.as_ref().unwrap_or(group);
    let to = vec![group.ap_id.clone(), PUBLIC.to_owned()];
    let featured = group.featured.clone();
    let inner = ActivityDocument {
        cc: group.followers.iter().cloned().collect(),
        audience: Some(group.ap_id.clone()),
        target: featured.or_else(|| Some(format!("{}/featured", group.ap_id))),
        ..document(fresh(data), kind, &voice.ap_id, json!(facts.listing.ap_id), to)
    };
    announce(data, group, None, json!(inner))
}

/// An id for an activity that is announced and stands nowhere by itself.
fn fresh(data: &Federation) -> String {
    data.site().activity(data.queues().mint())
}
