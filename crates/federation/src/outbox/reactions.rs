//! What is sent of likes and votes of people here.

use apub::{inbound::ActivityKind, outbound::ActivityDocument};
use db::actors::ActorRow;
use domain::{ActivityId, ActorId, Dialect, ListingId, ReplyId, replies::ReactionKind};
use ops::queues::Letter;
use serde_json::{Value, json};
use uuid::Uuid;

use super::{announce, document, inbox, row};
use crate::{Federation, error::InboxError};

/// What is liked or voted on.
struct Facts {
    actor: ActorRow,
    ap_id: String,
    is_listing: bool,
    /// Whose it is.
    owner: ActorRow,
    owner_speaks: Dialect,
    /// The collective in whose thread it stands, or the community.
    group: Option<ActorRow>,
}

/// Somebody here likes something, votes against it, or takes that back.
///
/// Its author is told, where their server knows such votes, and the community, which passes it on; a
/// collective of this server passes it on itself. As Lemmy sends it: addressed by `audience` alone.
pub(super) async fn reacted(
    data: &Federation,
    actor: Uuid,
    object: Uuid,
    what: &str,
    ap_id: &str,
    undone: bool,
) -> Result<Vec<Letter>, InboxError> {
    let kind = ReactionKind::parse(what)?;
    let Some(facts) = Facts::load(data, actor.into(), object).await? else {
        return Ok(Vec::new());
    };
    let vote = facts.vote(kind, ap_id, &facts.actor.ap_id);
    // Letters go out in the order of these ids: one that changes their mind must be heard in order.
    let id: ActivityId = data.queues().mint();
    let document = if undone {
        let inner = json!(ActivityDocument { context: None, ..vote.clone() });
        let (actor, address) = (&facts.actor.ap_id, data.site().activity(id));
        let undo = self::document(address, ActivityKind::Undo, actor, inner, Vec::new());
        ActivityDocument { audience: vote.audience, ..undo }
    } else {
        vote
    };
    let mut letters = Vec::new();
    if let Some(group) = facts.announces() {
        letters.push(announce(data, group, None, json!(document)));
    }
    let inboxes = facts.inboxes(kind);
    if !inboxes.is_empty() {
        // Who likes what is told to those it concerns, and is not to be read at an address.
        let activity = row(data, id, facts.actor.id, &document, false);
        letters.push(Letter::to(inboxes, activity));
    }
    Ok(letters)
}

impl Facts {
    async fn load(
        data: &Federation,
        actor: ActorId,
        object: Uuid,
    ) -> Result<Option<Self>, InboxError> {
        let found = data.read(move |conn| {
            let Some(actor) = db::actors::find(conn, actor)? else { return Ok(None) };
            let listing = db::listings::find(conn, ListingId::from(object))?;
            let is_listing = listing.is_some();
            let (ap_id, owner, group) = if let Some(row) = listing {
                let owner = row.collective_id.actor();
                (row.ap_id, owner, Some(owner))
            } else {
                let Some(row) = db::replies::find(conn, ReplyId::from(object))? else {
                    return Ok(None);
                };
                let group = match row.listing_id {
                    Some(listing) => db::listings::find(conn, listing)?
                        .map(|listing| listing.collective_id.actor()),
                    None => row.group_id,
                };
                (row.ap_id, row.author_id, group)
            };
            let Some(owner) = db::actors::find(conn, owner)? else { return Ok(None) };
            let group = match group {
                Some(group) => db::actors::find(conn, group)?,
                None => None,
            };
            let owner_speaks = db::instances::dialect(conn, &owner.host)?;
            Ok(Some(Self { actor, ap_id, is_listing, owner, owner_speaks, group }))
        });
        Ok(found.await?)
    }

    fn vote(&self, kind: ReactionKind, ap_id: &str, actor: &str) -> ActivityDocument {
        let word = match kind {
            ReactionKind::Dislike => ActivityKind::Dislike,
            _ => ActivityKind::Like,
        };
        let object = Value::from(self.ap_id.as_str());
        let audience = self.group.as_ref().map(|group| group.ap_id.clone());
        let vote = document(ap_id.to_owned(), word, actor, object, Vec::new());
        ActivityDocument { audience, ..vote }
    }

    /// The collective of this server that passes the vote on to the threadiverse. An answer of a microblog
    /// may be known there under another address, so votes on it stay here.
    fn announces(&self) -> Option<&ActorRow> {
        let known = self.is_listing || self.owner.local;
        let known = known || self.owner_speaks == Dialect::Threadiverse;
        self.group.as_ref().filter(|group| group.local && known)
    }

    fn inboxes(&self, kind: ReactionKind) -> Vec<(String, String)> {
        let elsewhere = |actor: &&ActorRow| !actor.local && actor.deleted_at.is_none();
        let group = self.group.as_ref().filter(elsewhere);
        // In a community elsewhere everybody of the threadiverse hears of it from the community.
        let owner = Some(&self.owner).filter(elsewhere).filter(|_| match self.owner_speaks {
            Dialect::Microblog => kind == ReactionKind::Like,
            Dialect::Threadiverse => group.is_none(),
        });
        let mut inboxes: Vec<_> = group.into_iter().chain(owner).map(inbox).collect();
        inboxes.sort_unstable();
        inboxes.dedup();
        inboxes
    }
}
