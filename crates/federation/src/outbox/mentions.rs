//! Posts of others that a collective passes on.

use apub::{PUBLIC, inbound::ActivityKind, outbound::ActivityDocument};
use db::{actors::ActorRow, replies::ReplyRow};
use domain::{ActivityId, ActorId, Dialect, ReplyId};
use ops::queues::Letter;
use serde_json::json;
use uuid::Uuid;

use super::{document, inbox, row};
use crate::{Federation, error::InboxError};

/// A boost, or its end: to those who follow the collective from microblogs, and to the author of the post.
///
/// The threadiverse is told nothing: Lemmy refuses an `Announce` of what is no activity.
pub(super) async fn boosted(
    data: &Federation,
    collective: Uuid,
    reply: Uuid,
    ap_id: &str,
    undone: bool,
) -> Result<Vec<Letter>, InboxError> {
    let Some((group, post, author)) = facts(data, collective, reply).await? else {
        return Ok(Vec::new());
    };
    let announce = announce(&group, &post, &author, ap_id);
    let (id, document) = if undone {
        let id: ActivityId = data.queues().mint();
        let (to, cc) = (announce.to.clone(), announce.cc.clone());
        let inner = json!(ActivityDocument { context: None, ..announce });
        let undo = document(data.site().activity(id), ActivityKind::Undo, &group.ap_id, inner, to);
        (id, ActivityDocument { cc, ..undo })
    } else {
        let published = Some(data.now().wire());
        (named(ap_id)?, ActivityDocument { published, ..announce })
    };
    let host = author.host.clone();
    let dialect = data.read(move |conn| db::instances::dialect(conn, &host)).await?;
    let reads = dialect == Dialect::Microblog && !author.local && author.deleted_at.is_none();
    let letter = Letter::to_followers_of(group.id, row(data, id, group.id, &document, true));
    Ok(vec![Letter {
        dialect: Some(Dialect::Microblog),
        to: reads.then(|| inbox(&author)).into_iter().collect(),
        ..letter
    }])
}

/// The id of a row out of an address that this server has minted.
fn named(ap_id: &str) -> Result<ActivityId, InboxError> {
    let name = ap_id.rsplit('/').next().unwrap_or_default();
    name.parse().map_err(|_| InboxError::Broken(format!("{ap_id} is no activity of ours")))
}

async fn facts(
    data: &Federation,
    collective: Uuid,
    reply: Uuid,
) -> Result<Option<(ActorRow, ReplyRow, ActorRow)>, InboxError> {
    let found = data.read(move |conn| {
        let group = db::actors::find(conn, ActorId::from(collective))?;
        let Some(post) = db::replies::find(conn, ReplyId::from(reply))? else { return Ok(None) };
        let author = db::actors::find(conn, post.author_id)?;
        Ok(group.zip(author).map(|(group, author)| (group, post, author)))
    });
    Ok(found.await?.filter(|(group, _, _)| group.local))
}

fn announce(group: &ActorRow, post: &ReplyRow, author: &ActorRow, ap_id: &str) -> ActivityDocument {
    let to = vec![PUBLIC.to_owned()];
    let object = json!(post.ap_id);
    let cc = group.followers.iter().chain([&author.ap_id]).cloned().collect();
    let announce = document(ap_id.to_owned(), ActivityKind::Announce, &group.ap_id, object, to);
    ActivityDocument { cc, ..announce }
}
