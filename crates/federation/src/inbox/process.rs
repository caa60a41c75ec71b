//! Working through what was received, from the stored row; every end is an outcome for the console.

use activitypub_federation::traits::Activity as _;
use apub::inbound::Activity;
use db::inbox::InboundRow;
use domain::Refusal;
use ops::OpError;
use url::Url;

use super::{KeyFound, claim, find_key};
use crate::{
    caught::caught,
    error::InboxError,
    federation::Request,
    meet,
    signature::{SignatureError, Signed},
    translate::Received,
};

/// How often an activity is tried when it is not its fault: about a day in all.
const MOST_TRIES: i32 = 12;

/// Processes one received activity and writes down how it ended.
pub async fn process(data: &Request, row: InboundRow) -> Result<(), InboxError> {
    let (id, attempts) = (row.id, row.attempts);
    let done = caught(Box::pin(meet::bounded(Box::pin(attempt(data, row))))).await;
    let (outcome, reason) = match &done {
        Ok(()) => ("done", None),
        Err(InboxError::Op(OpError::AlreadyDone)) => ("duplicate", None),
        Err(InboxError::Ignored(why)) => ("ignored", Some(why.clone())),
        Err(InboxError::Op(OpError::Refused(Refusal::NotForUs))) => {
            ("ignored", Some(Refusal::NotForUs.to_string()))
        }
        Err(err) if err.is_transient() && attempts < MOST_TRIES => {
            let wait = 15_i64.saturating_mul(1 << attempts.clamp(0, 10));
            let until = data.now().plus_seconds(wait);
            data.queues().put_off_inbound(id, until, format!("{}: {err}", err.code())).await?;
            return Ok(());
        }
        Err(err) => ("refused", Some(format!("{}: {err}", err.code()))),
    };
    if outcome == "done" && data.read(move |conn| db::inbox::is_finished(conn, id)).await? {
        // The door wrote it down together with its effect.
        return Ok(());
    }
    if outcome == "refused" {
        tracing::info!(%id, reason = reason.as_deref(), "an activity was refused");
    }
    data.queues().finish_inbound(id, outcome, reason).await?;
    Ok(())
}

async fn attempt(data: &Request, row: InboundRow) -> Result<(), InboxError> {
    let inbound = row.id;
    let value = apub::json::parse(row.body.as_bytes())?;
    let activity = Activity::parse(value)?;
    if let Some(parked) = &row.parked {
        check_parked(data, parked, &activity.actor).await?;
    }
    let claim = claim::of(&activity);
    let received = Received { activity, claim, inbound };
    received.verify(data).await?;
    received.receive(data).await
}

async fn check_parked(data: &Request, parked: &str, actor: &Url) -> Result<(), InboxError> {
    let signed: Signed =
        serde_json::from_str(parked).map_err(|err| InboxError::Broken(err.to_string()))?;
    match find_key(data, &signed, actor, None).await? {
        KeyFound::Good => Ok(()),
        KeyFound::Later => Err(InboxError::Fetch(crate::fetch::FetchError::Timeout)),
        KeyFound::Gone => Err(SignatureError::Invalid.into()),
    }
}
