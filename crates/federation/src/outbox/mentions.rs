//! Posts of others that a collective passes on.
//!
//! To microblogs it boosts them. To the threadiverse it announces what their author sent (FEP-1b12), as long as
//! that is kept here and everybody can read its author; else it boosts there, too.

use apub::{
    PUBLIC,
    inbound::{Activity, ActivityKind, ObjectRef},
    outbound::ActivityDocument,
};
use db::{actors::ActorRow, mentions::MentionRow, replies::ReplyRow};
use domain::{ActivityId, ActorId, CollectiveId, Dialect, InboundId, ReplyId};
use ops::{Event, queues::Letter};
use serde_json::{Value, json};
use uuid::Uuid;

use super::{announce, document, inbox, moderation, row};
use crate::{Federation, error::InboxError, guests, relays::copy};

/// What a collective passes on, no longer passes on, or passes on in other words.
pub(super) async fn told(data: &Federation, event: &Event) -> Result<Vec<Letter>, InboxError> {
    match event {
        Event::Boosted { collective, reply, ap_id, undone: false, again, .. } => {
            boosted(data, *collective, *reply, ap_id, *again).await
        }
        Event::Boosted { collective, reply, ap_id, undone: true, inbound, .. } => {
            unboosted(data, *collective, *reply, ap_id, *inbound).await
        }
        Event::BoostChanged { collective, reply } => changed(data, *collective, *reply).await,
        _ => Ok(Vec::new()),
    }
}

/// What is passed on, by whom, and whose it is.
struct Facts {
    group: ActorRow,
    mention: MentionRow,
    post: ReplyRow,
    author: ActorRow,
    /// What the author's server speaks.
    dialect: Dialect,
    read_by_threadiverse: bool,
    /// Whether pictures of the author's server are shown here, and passed on.
    media: bool,
}

/// A boost: to those who follow the collective, and to the author of the post.
async fn boosted(
    data: &Federation,
    collective: Uuid,
    reply: Uuid,
    ap_id: &str,
    again: bool,
) -> Result<Vec<Letter>, InboxError> {
    let Some(it) = Facts::load(data, collective, reply).await? else { return Ok(Vec::new()) };
    let boost = ActivityDocument { published: Some(data.now().wire()), ..it.boost(ap_id) };
    let mut boost = it.letter(data, named(ap_id)?, &boost);
    let said = it.said(data).await?;
    if said.is_empty() {
        return Ok(vec![boost]);
    }
    boost.dialect = Some(Dialect::Microblog);
    let mut letters = vec![boost];
    letters.extend(said.into_iter().map(|said| it.announced(data, said)));
    if again {
        // It was taken out there when the first boost ended.
        letters.extend(moderation::taken_out(data, collective, &it.post.ap_id, false).await?);
    }
    Ok(letters)
}

/// The end of a boost, by the author where `inbound` is a deletion of theirs.
async fn unboosted(
    data: &Federation,
    collective: Uuid,
    reply: Uuid,
    ap_id: &str,
    inbound: Option<Uuid>,
) -> Result<Vec<Letter>, InboxError> {
    let Some(it) = Facts::load(data, collective, reply).await? else { return Ok(Vec::new()) };
    let id: ActivityId = data.queues().mint();
    let boost = it.boost(ap_id);
    let (to, cc) = (boost.to.clone(), boost.cc.clone());
    let inner = json!(ActivityDocument { context: None, ..boost });
    let address = data.site().activity(id);
    let undo = document(address, ActivityKind::Undo, &it.group.ap_id, inner, to);
    let mut undo = it.letter(data, id, &ActivityDocument { cc, ..undo });
    let whole = it.mention.create_id.is_some() && it.begins() && it.read_by_threadiverse;
    let whole = whole && guests::is_readable(data, &it.author).await.unwrap_or(true);
    undo.dialect = whole.then_some(Dialect::Microblog);
    let mut letters = vec![undo];
    if whole {
        let deletion = match inbound {
            Some(inbound) => it.deletion(data, inbound.into()).await?,
            None => None,
        };
        letters.extend(match deletion {
            Some(deletion) => Some(it.announced(data, deletion)),
            None => moderation::taken_out(data, collective, &it.post.ap_id, true).await?,
        });
    }
    Ok(letters)
}

/// Its author has changed what is passed on. Microblogs hear of that from the author's server.
async fn changed(
    data: &Federation,
    collective: Uuid,
    reply: Uuid,
) -> Result<Vec<Letter>, InboxError> {
    let Some(it) = Facts::load(data, collective, reply).await? else { return Ok(Vec::new()) };
    let newest = it.said(data).await?.pop().filter(|said| said["type"] == "Update");
    Ok(newest.map(|said| it.announced(data, said)).into_iter().collect())
}

/// The id of a row out of an address that this server has minted.
fn named(ap_id: &str) -> Result<ActivityId, InboxError> {
    let name = ap_id.rsplit('/').next().unwrap_or_default();
    name.parse().map_err(|_| InboxError::Broken(format!("{ap_id} is no activity of ours")))
}

/// A message as it was received.
async fn received(data: &Federation, id: InboundId) -> Result<Option<Activity>, InboxError> {
    let Some(stored) = data.read(move |conn| db::inbox::find(conn, id)).await? else {
        return Ok(None);
    };
    Ok(Some(Activity::parse(apub::json::parse(stored.body.as_bytes())?)?))
}

impl Facts {
    async fn load(
        data: &Federation,
        collective: Uuid,
        reply: Uuid,
    ) -> Result<Option<Self>, InboxError> {
        let (collective, reply) = (CollectiveId::from(collective), ReplyId::from(reply));
        let found = data.read(move |conn| {
            let group = db::actors::find(conn, ActorId::from(collective.uuid()))?;
            let group = group.filter(|group| group.local);
            let mention = db::mentions::find(conn, collective, reply)?;
            let Some(post) = db::replies::find(conn, reply)? else { return Ok(None) };
            let author = db::actors::find(conn, post.author_id)?;
            let (Some(group), Some(mention), Some(author)) = (group, mention, author) else {
                return Ok(None);
            };
            let dialect = db::instances::dialect(conn, &author.host)?;
            let spoken = Dialect::Threadiverse;
            let read_by_threadiverse = db::follows::has_follower_speaking(conn, group.id, spoken)?;
            let media = !db::domains::rejects_media(conn, &author.host)?;
            Ok(Some(Self { group, mention, post, author, dialect, read_by_threadiverse, media }))
        });
        Ok(found.await?)
    }

    fn boost(&self, ap_id: &str) -> ActivityDocument {
        let to = vec![PUBLIC.to_owned()];
        let (group, object) = (&self.group.ap_id, json!(self.post.ap_id));
        let cc = self.group.followers.iter().chain([&self.author.ap_id]).cloned().collect();
        let boost = document(ap_id.to_owned(), ActivityKind::Announce, group, object, to);
        ActivityDocument { cc, ..boost }
    }

    fn letter(&self, data: &Federation, id: ActivityId, document: &ActivityDocument) -> Letter {
        let row = row(data, id, self.group.id, document, true);
        let to = self.author_speaking(Dialect::Microblog);
        Letter { to, ..Letter::to_followers_of(self.group.id, row) }
    }

    /// The author's own server may show it to others only when it comes back.
    fn announced(&self, data: &Federation, said: Value) -> Letter {
        let to = self.author_speaking(Dialect::Threadiverse);
        Letter { to, ..announce(data, &self.group, None, said) }
    }

    /// Is it the beginning of a thread that everybody may read? An answer belongs to another community.
    fn begins(&self) -> bool {
        self.post.in_reply_to.is_none() && self.post.visibility.is_public()
    }

    fn author_speaking(&self, dialect: Dialect) -> Vec<(String, String)> {
        let reads = self.dialect == dialect && !self.author.local;
        let reads = reads && self.author.deleted_at.is_none();
        reads.then(|| inbox(&self.author)).into_iter().collect()
    }

    /// What the author sent of it, in the shapes that Lemmy reads: how it came, and how it was changed last.
    /// Nothing of that where it cannot be announced as theirs.
    async fn said(&self, data: &Federation) -> Result<Vec<Value>, InboxError> {
        let post = &self.post;
        let is_there = post.deleted_at.is_none() && post.hidden_at.is_none();
        let Some(create) = self.mention.create_id else { return Ok(Vec::new()) };
        if !is_there || !self.begins() || !self.read_by_threadiverse {
            return Ok(Vec::new());
        }
        let Some(first) = self.copied(data, create).await? else { return Ok(Vec::new()) };
        if !guests::is_readable(data, &self.author).await? {
            return Ok(Vec::new());
        }
        let newer = match self.mention.update_id {
            Some(update) => self.copied(data, update).await?,
            None => None,
        };
        Ok([first].into_iter().chain(newer).collect())
    }

    /// A message of the author that holds the whole post.
    async fn copied(&self, data: &Federation, id: InboundId) -> Result<Option<Value>, InboxError> {
        let Some(said) = received(data, id).await? else { return Ok(None) };
        let holds = matches!(said.kind, ActivityKind::Create | ActivityKind::Update)
            && self.is_by_its_author(&said)
            && matches!(said.object, ObjectRef::Embedded { .. })
            && copy::is_public(&said.raw);
        Ok(copy::message(&said.raw, &self.passing()).filter(|_| holds))
    }

    async fn deletion(
        &self,
        data: &Federation,
        id: InboundId,
    ) -> Result<Option<Value>, InboxError> {
        let Some(said) = received(data, id).await? else { return Ok(None) };
        let deletes = said.kind == ActivityKind::Delete && self.is_by_its_author(&said);
        Ok(copy::deletion(&said.raw, &self.passing()).filter(|_| deletes))
    }

    fn is_by_its_author(&self, said: &Activity) -> bool {
        let object = said.object.id().is_some_and(|id| id.as_str() == self.post.ap_id);
        object && said.actor.as_str() == self.author.ap_id
    }

    fn passing(&self) -> copy::Passing<'_> {
        copy::Passing {
            group: &self.group.ap_id,
            author: &self.author.ap_id,
            in_reply_to: None,
            html: &self.post.html,
            warning: self.post.summary.as_deref(),
            media: self.media,
        }
    }
}
