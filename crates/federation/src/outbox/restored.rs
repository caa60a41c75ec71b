//! What was deleted in threads of ours and put back by its author (Lemmy's `Undo` of a `Delete`).

use apub::{inbound::ActivityKind, outbound::ActivityDocument};
use db::replies::ReplyRow;
use domain::Dialect;
use ops::queues::Letter;
use serde_json::json;

use super::{
    announce, document,
    relays::{Heard, again, as_it_came, deletion, is_signed_inside, taken_in},
};
use crate::{
    Federation,
    error::InboxError,
    guests,
    relays::{self, copy},
};

/// Each world sees it again, as it saw it before.
pub(super) async fn restored(
    data: &Federation,
    heard: &Heard,
    reply: &ReplyRow,
) -> Result<Vec<Letter>, InboxError> {
    let mut letters = to_threadiverse(data, heard, reply).await?;
    letters.extend(to_microblogs(data, heard, reply).await?);
    Ok(letters)
}

/// The author's own `Undo` where the original was announced; a guest takes back that it is gone, and says it as
/// it is now.
async fn to_threadiverse(
    data: &Federation,
    heard: &Heard,
    reply: &ReplyRow,
) -> Result<Vec<Letter>, InboxError> {
    if !heard.read_by_threadiverse {
        return Ok(Vec::new());
    }
    let by_guest = heard.relay.as_ref().map(|relay| relay.dialect() == Dialect::Threadiverse);
    let natively = match by_guest {
        Some(by_guest) => !by_guest,
        None => guests::is_readable(data, &heard.author).await?,
    };
    if natively {
        let passing = copy::Passing {
            group: &heard.group.ap_id,
            author: &heard.author.ap_id,
            in_reply_to: None,
            html: "",
            warning: None,
            media: heard.media,
        };
        let undo = copy::undeletion(&heard.activity.raw, &passing);
        return Ok(undo.map(|it| announce(data, &heard.group, None, it)).into_iter().collect());
    }
    if by_guest.is_none() {
        relays::prepare(data, reply).await?;
        if !taken_in(data, heard, reply).await? {
            return Ok(Vec::new());
        }
        return again(data, reply.id, &ActivityKind::Create).await;
    }
    let id = reply.id;
    let Some(facts) = data.read(move |conn| relays::facts(conn, id)).await? else {
        return Ok(Vec::new());
    };
    let gone = deletion(data, &facts);
    let (to, cc, audience) = (gone.to.clone(), gone.cc.clone(), gone.audience.clone());
    let address = data.site().activity(data.queues().mint());
    let undo = document(address, ActivityKind::Undo, &facts.speaker.ap_id, json!(gone), to);
    let undo = ActivityDocument { cc, audience, ..undo };
    let mut letters = vec![announce(data, &heard.group, None, json!(undo))];
    letters.extend(again(data, id, &ActivityKind::Update).await?);
    Ok(letters)
}

/// What the Group had said again is said anew, under the address that it has now; whose own signature can undo the
/// deletion does so. Nothing else was ever taken away there.
async fn to_microblogs(
    data: &Federation,
    heard: &Heard,
    reply: &ReplyRow,
) -> Result<Vec<Letter>, InboxError> {
    if heard.relay.as_ref().is_some_and(|it| it.dialect() == Dialect::Microblog) {
        return again(data, reply.id, &ActivityKind::Create).await;
    }
    if heard.dialect == Dialect::Threadiverse && heard.above.is_some() {
        relays::keep(data, reply.id, heard.group.id).await?;
        return again(data, reply.id, &ActivityKind::Create).await;
    }
    let raw = &heard.activity.raw;
    if is_signed_inside(raw) && !copy::has_blind_recipients(raw) {
        return Ok(vec![as_it_came(data, heard)]);
    }
    Ok(Vec::new())
}
