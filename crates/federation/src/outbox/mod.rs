//! From what has happened to what is sent, and to whom. One file for each noun.

mod actors;
mod agreements;
mod follows;
mod listings;
mod mentions;
mod moderation;
mod reactions;
mod relays;
mod replies;
mod restored;

pub(crate) use listings::touch;

use apub::{
    PUBLIC,
    inbound::ActivityKind,
    outbound::{ActivityDocument, TombstoneDocument, TombstoneKind},
};
use db::{activities::ActivityRow, actors::ActorRow, events::EventRow};
use domain::{ActivityId, ActorId, Dialect};
use ops::{Event, queues::Letter};
use serde_json::{Value, json};

use crate::{Federation, error::InboxError, lanes::lane};

/// Turns one event into letters and queues them, all in one transaction with the event's end.
pub async fn tell(data: &Federation, row: &EventRow) -> Result<(), InboxError> {
    let letters = letters_of(data, row).await?;
    Ok(data.queues().tell(row.id, letters).await?)
}

/// What is to be sent because of an event.
pub(crate) async fn letters_of(
    data: &Federation,
    row: &EventRow,
) -> Result<Vec<Letter>, InboxError> {
    let event: Event =
        serde_json::from_str(&row.payload).map_err(|err| InboxError::Broken(err.to_string()))?;
    letters(data, &event).await
}

async fn letters(data: &Federation, event: &Event) -> Result<Vec<Letter>, InboxError> {
    match event {
        Event::ListingPublished { listing } => listings::created(data, *listing).await,
        Event::ListingChanged { listing } => listings::changed(data, *listing).await,
        Event::ListingDeleted { listing } => listings::deleted(data, *listing).await,
        Event::ListingFeatured { listing, featured } => {
            listings::featured(data, *listing, *featured).await
        }
        Event::ListingLocked { listing, locked } => {
            moderation::locked(data, *listing, *locked).await
        }
        Event::ThreadChanged { listing } => listings::touched(data, *listing).await,
        Event::ReplyPosted { reply } => replies::said(data, *reply, ActivityKind::Create).await,
        Event::ReplyEdited { reply } => replies::said(data, *reply, ActivityKind::Update).await,
        Event::ReplyDeleted { reply } => replies::said(data, *reply, ActivityKind::Delete).await,
        Event::ReplyHidden { collective, reply, hidden, reason } => {
            moderation::hidden(data, *collective, *reply, *hidden, reason).await
        }
        Event::Relayed { collective, inbound, reply } => {
            relays::relayed(data, *collective, *inbound, *reply).await
        }
        Event::RelayEnded { reply } => relays::ended(data, *reply).await,
        Event::Boosted { .. } | Event::BoostChanged { .. } => mentions::told(data, event).await,
        Event::Reacted { actor, object, what, ap_id, undone } => {
            reactions::reacted(data, *actor, *object, what, ap_id, *undone).await
        }
        Event::FollowAsked { follow } => follows::asked(data, *follow).await,
        Event::FollowAccepted { follow } => follows::accepted(data, *follow).await,
        Event::FollowRejected { follower, followed, ap_id } => {
            follows::rejected(data, *follower, *followed, ap_id).await
        }
        Event::Unfollowed { follower, followed, ap_id } => {
            follows::ended(data, *follower, *followed, ap_id).await
        }
        Event::ActorChanged { actor } => actors::changed(data, *actor).await,
        Event::ActorDeleted { actor } => actors::deleted(data, *actor).await,
        Event::ActorBlocked { collective, actor, ap_id, blocked, reason } => {
            moderation::blocked(data, *collective, *actor, ap_id, *blocked, reason).await
        }
        Event::KeptAway { person, actor, ap_id, blocked } => {
            moderation::kept_away(data, *person, *actor, ap_id, *blocked).await
        }
        Event::KeyRotated { actor, old_key, new_key } => {
            actors::key_rotated(data, *actor, old_key, new_key).await
        }
        Event::Reported { report } => moderation::reported(data, *report).await,
        Event::AgreementOffered { agreement } => agreements::offered(data, *agreement).await,
        Event::AgreementAnswered { agreement } => agreements::answered(data, *agreement).await,
        Event::AgreementFulfilled { agreement } => agreements::fulfilled(data, *agreement).await,
        Event::AgreementWithdrawn { agreement } => agreements::withdrawn(data, *agreement).await,
        // Heard from its home: nothing is said back.
        Event::Heard { .. } => Ok(Vec::new()),
    }
}

fn document(
    id: String,
    kind: ActivityKind,
    actor: &str,
    object: Value,
    to: Vec<String>,
) -> ActivityDocument {
    ActivityDocument {
        context: Some(apub::context::plain()),
        id,
        kind,
        actor: actor.to_owned(),
        object,
        target: None,
        result: None,
        to,
        cc: Vec::new(),
        audience: None,
        content: None,
        summary: None,
        published: None,
    }
}

/// A `Delete` of something of an actor of ours, with its Tombstone.
fn delete(
    data: &Federation,
    activity: ActivityId,
    actor: &ActorRow,
    object: &str,
    cc: Vec<String>,
) -> ActivityDocument {
    let tombstone = TombstoneDocument {
        context: None,
        id: object.to_owned(),
        kind: TombstoneKind::default(),
        deleted: None,
        former_type: None,
        public_key: None,
    };
    ActivityDocument {
        cc,
        ..document(
            data.site().activity(activity),
            ActivityKind::Delete,
            &actor.ap_id,
            json!(tombstone),
            vec![PUBLIC.to_owned()],
        )
    }
}

/// What a Group passes on to its followers of the threadiverse (FEP-1b12): `inner` is a whole activity, `id` the
/// address of the Announce, which is fresh where there is none.
///
/// Nothing of this kind goes to microblogs: Mastodon would boost it.
fn announce(data: &Federation, group: &ActorRow, id: Option<String>, mut inner: Value) -> Letter {
    if let Some(map) = inner.as_object_mut() {
        map.remove("@context");
    }
    let activity = data.queues().mint();
    let id = id.unwrap_or_else(|| data.site().activity(activity));
    let document = ActivityDocument {
        context: Some(apub::context::note()),
        cc: group.followers.iter().cloned().collect(),
        published: Some(data.now().wire()),
        ..document(id, ActivityKind::Announce, &group.ap_id, inner, vec![PUBLIC.to_owned()])
    };
    let row = row(data, activity, group.id, &document, true);
    Letter { dialect: Some(Dialect::Threadiverse), ..Letter::to_followers_of(group.id, row) }
}

/// A letter to one actor alone.
fn private(
    data: &Federation,
    activity: ActivityId,
    sender: ActorId,
    document: &ActivityDocument,
    to: &ActorRow,
) -> Letter {
    // What concerns one actor goes to their own inbox: shared ones may not know whom it is for.
    let to = (to.inbox.clone(), to.host.clone());
    Letter::to(vec![to], row(data, activity, sender, document, false))
}

fn inbox(actor: &ActorRow) -> (String, String) {
    (actor.best_inbox().to_owned(), actor.host.clone())
}

fn row(
    data: &Federation,
    id: ActivityId,
    sender: ActorId,
    document: &ActivityDocument,
    public: bool,
) -> ActivityRow {
    let body = json!(document);
    ActivityRow {
        id,
        actor_id: sender,
        kind: document.kind.as_str().to_owned(),
        public,
        body: body.to_string(),
        created_at: data.now(),
        key_id: None,
        lane: lane(&body),
    }
}

async fn both(
    data: &Federation,
    follower: ActorId,
    followed: ActorId,
) -> Result<Option<(ActorRow, ActorRow)>, InboxError> {
    let found = data.read(move |conn| {
        let follower = db::actors::find(conn, follower)?;
        Ok(follower.zip(db::actors::find(conn, followed)?))
    });
    Ok(found.await?)
}
