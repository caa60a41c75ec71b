//! From what has happened to what is sent, and to whom.

use apub::{
    PUBLIC,
    inbound::ActivityKind,
    outbound::{ActivityDocument, NoteDocument, TombstoneDocument, TombstoneKind},
};
use db::{activities::ActivityRow, actors::ActorRow, events::EventRow, follows::FollowRow};
use domain::{ActivityId, ActorId, FollowId, ListingId, ReplyId, replies::Visibility};
use ops::{Event, queues::Letter};
use serde_json::{Value, json};
use uuid::Uuid;

use crate::{
    Federation, actors,
    dialects::{ReplyFacts, microblog},
    error::InboxError,
    listings, replies,
};

/// Turns one event into letters and queues them, all in one transaction with the event's end.
pub async fn tell(data: &Federation, row: &EventRow) -> Result<(), InboxError> {
    let event: Event =
        serde_json::from_str(&row.payload).map_err(|err| InboxError::Broken(err.to_string()))?;
    let letters = letters(data, &event).await?;
    Ok(data.queues().tell(row.id, letters).await?)
}

async fn letters(data: &Federation, event: &Event) -> Result<Vec<Letter>, InboxError> {
    match event {
        Event::ListingPublished { listing } => {
            listing_letter(data, *listing, ActivityKind::Create).await
        }
        Event::ListingChanged { listing } => {
            listing_letter(data, *listing, ActivityKind::Update).await
        }
        Event::ListingDeleted { listing } => listing_deleted(data, *listing).await,
        Event::ReplyPosted { reply } => reply_letter(data, *reply, ActivityKind::Create).await,
        Event::ReplyEdited { reply } => reply_letter(data, *reply, ActivityKind::Update).await,
        Event::ReplyDeleted { reply } => reply_letter(data, *reply, ActivityKind::Delete).await,
        Event::FollowAsked { follow } => follow_asked(data, *follow).await,
        Event::FollowAccepted { follow } => follow_accepted(data, *follow).await,
        Event::FollowRejected { follower, followed, ap_id } => {
            follow_rejected(data, *follower, *followed, ap_id).await
        }
        Event::Unfollowed { follower, followed, ap_id } => {
            unfollowed(data, *follower, *followed, ap_id).await
        }
        Event::ActorChanged { actor } => actor_changed(data, *actor).await,
        // Heard from its home: nothing is said back.
        Event::Heard { .. } => Ok(Vec::new()),
    }
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
    Ok(vec![Letter {
        activity: row(data, activity, followed, &document, true),
        to_followers_of: vec![followed],
        to: Vec::new(),
    }])
}

async fn listing_deleted(data: &Federation, listing: Uuid) -> Result<Vec<Letter>, InboxError> {
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
    Ok(vec![Letter {
        activity: row(data, activity, facts.collective.id, &document, true),
        to_followers_of: vec![facts.collective.id],
        to: Vec::new(),
    }])
}

/// An answer written here: to whom it answers, to the collective, and, where it is public, to those who
/// follow its author and the collective's followers, who read the thread.
async fn reply_letter(
    data: &Federation,
    reply: Uuid,
    kind: ActivityKind,
) -> Result<Vec<Letter>, InboxError> {
    let id = ReplyId::from(reply);
    let Some(facts) = data.read(move |conn| replies::facts(conn, id)).await? else {
        return Ok(Vec::new());
    };
    if !facts.author.local {
        return Ok(Vec::new());
    }
    let is_public = facts.reply.visibility.is_public();
    let activity = match kind {
        ActivityKind::Create => ActivityId::from(reply),
        _ => data.queues().mint(),
    };
    let document = if kind == ActivityKind::Delete {
        let note = microblog::reply(&facts);
        let cc = note.to.into_iter().chain(note.cc).filter(|it| it != PUBLIC).collect();
        delete(data, activity, &facts.author, &facts.reply.ap_id, cc)
    } else {
        around(data, activity, kind, microblog::reply(&facts))?
    };
    Ok(vec![Letter {
        activity: row(data, activity, facts.author.id, &document, is_public),
        to_followers_of: audience(&facts),
        to: named(&facts),
    }])
}

/// Whose followers get an answer.
fn audience(facts: &ReplyFacts) -> Vec<ActorId> {
    if matches!(facts.reply.visibility, Visibility::Direct) {
        return Vec::new();
    }
    let board = facts.collective.iter().filter(|_| facts.reply.visibility.is_public());
    let mut followed: Vec<ActorId> = std::iter::once(facts.author.id)
        .chain(board.filter(|collective| collective.local).map(|collective| collective.id))
        .collect();
    followed.dedup();
    followed
}

/// Inboxes of those an answer names.
fn named(facts: &ReplyFacts) -> Vec<(String, String)> {
    let named = facts.answered.iter().chain(&facts.collective);
    named.filter(|actor| !actor.local && actor.deleted_at.is_none()).map(inbox).collect()
}

async fn follow_asked(data: &Federation, follow: Uuid) -> Result<Vec<Letter>, InboxError> {
    let Some((row_, follower, followed)) = pair(data, follow.into()).await? else {
        return Ok(Vec::new());
    };
    let document = document(
        row_.ap_id.clone(),
        ActivityKind::Follow,
        &follower.ap_id,
        json!(followed.ap_id),
        vec![followed.ap_id.clone()],
    );
    Ok(vec![private(data, follow.into(), follower.id, &document, &followed)])
}

async fn follow_accepted(data: &Federation, follow: Uuid) -> Result<Vec<Letter>, InboxError> {
    let Some((row_, follower, followed)) = pair(data, follow.into()).await? else {
        return Ok(Vec::new());
    };
    let asked = asked(&row_.ap_id, &follower, &followed);
    Ok(vec![answer(data, ActivityKind::Accept, asked, &follower, &followed)])
}

async fn follow_rejected(
    data: &Federation,
    follower: Uuid,
    followed: Uuid,
    ap_id: &str,
) -> Result<Vec<Letter>, InboxError> {
    let Some((follower, followed)) = both(data, follower.into(), followed.into()).await? else {
        return Ok(Vec::new());
    };
    let asked = asked(ap_id, &follower, &followed);
    Ok(vec![answer(data, ActivityKind::Reject, asked, &follower, &followed)])
}

/// The request as it was received: Lemmy takes nothing less than the whole of it.
fn asked(ap_id: &str, follower: &ActorRow, followed: &ActorRow) -> Value {
    json!({
        "id": ap_id,
        "type": "Follow",
        "actor": follower.ap_id,
        "object": followed.ap_id,
    })
}

fn answer(
    data: &Federation,
    kind: ActivityKind,
    asked: Value,
    follower: &ActorRow,
    followed: &ActorRow,
) -> Letter {
    let activity = data.queues().mint();
    let id = data.site().activity(activity);
    let document = document(id, kind, &followed.ap_id, asked, vec![follower.ap_id.clone()]);
    private(data, activity, followed.id, &document, follower)
}

async fn unfollowed(
    data: &Federation,
    follower: Uuid,
    followed: Uuid,
    ap_id: &str,
) -> Result<Vec<Letter>, InboxError> {
    let Some((follower, followed)) = both(data, follower.into(), followed.into()).await? else {
        return Ok(Vec::new());
    };
    let activity = data.queues().mint();
    let document = document(
        data.site().activity(activity),
        ActivityKind::Undo,
        &follower.ap_id,
        asked(ap_id, &follower, &followed),
        vec![followed.ap_id.clone()],
    );
    Ok(vec![private(data, activity, follower.id, &document, &followed)])
}

async fn actor_changed(data: &Federation, actor: Uuid) -> Result<Vec<Letter>, InboxError> {
    let id = ActorId::from(actor);
    let Some(changed) = data.read(move |conn| db::actors::find(conn, id)).await? else {
        return Ok(Vec::new());
    };
    let activity = data.queues().mint();
    let mut inner = actors::document(data, &changed).await?;
    let context = inner.context.take();
    let mut document = document(
        data.site().activity(activity),
        ActivityKind::Update,
        &changed.ap_id,
        json!(inner),
        vec![PUBLIC.to_owned()],
    );
    document.context = context;
    document.cc = changed.followers.iter().cloned().collect();
    Ok(vec![Letter {
        activity: row(data, activity, id, &document, true),
        to_followers_of: vec![id],
        to: Vec::new(),
    }])
}

/// `Create` or `Update` around a note: the same addressing, the note's context outside.
fn around(
    data: &Federation,
    activity: ActivityId,
    kind: ActivityKind,
    mut note: NoteDocument,
) -> Result<ActivityDocument, InboxError> {
    let context = note.context.take();
    let said = if kind == ActivityKind::Create { Some(note.published.clone()) } else { None };
    let object = serde_json::to_value(&note).map_err(|err| InboxError::Broken(err.to_string()))?;
    Ok(ActivityDocument {
        context,
        cc: note.cc,
        published: said.or_else(|| note.updated.clone()),
        ..document(data.site().activity(activity), kind, &note.attributed_to, object, note.to)
    })
}

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
    Letter {
        activity: row(data, activity, sender, document, false),
        to_followers_of: Vec::new(),
        to: vec![to],
    }
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
    ActivityRow {
        id,
        actor_id: sender,
        kind: document.kind.as_str().to_owned(),
        public,
        body: json!(document).to_string(),
        created_at: data.now(),
    }
}

async fn pair(
    data: &Federation,
    follow: FollowId,
) -> Result<Option<(FollowRow, ActorRow, ActorRow)>, InboxError> {
    let Some(row) = data.read(move |conn| db::follows::find_by_id(conn, follow)).await? else {
        return Ok(None);
    };
    let found = both(data, row.follower_id, row.followed_id).await?;
    Ok(found.map(|(follower, followed)| (row, follower, followed)))
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
