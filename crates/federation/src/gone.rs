//! Looking for those whose inbox is gone: an inbox may be lost, and its owner not.

use domain::{Origin, Speaker, Way};
use ops::{actors::RecordActorGone, follows::RecordFollowerLost};
use serde::Deserialize;
use url::Url;

use crate::{Federation, error::InboxError, fetch::FetchError, meet};

/// How many are looked for behind one inbox; who is more finds out with the next letter.
const MOST: i64 = 20;

#[derive(Deserialize)]
struct InboxPayload {
    host: String,
    inbox: String,
}

/// Asks for those behind an inbox that answered 410: who is gone is gone here too, and who is not found follows
/// nobody any more.
pub(crate) async fn confirm(data: &Federation, payload: &str) -> Result<(), InboxError> {
    let InboxPayload { host, inbox } =
        serde_json::from_str(payload).map_err(|err| InboxError::Broken(err.to_string()))?;
    let behind = data.read(move |conn| db::actors::behind(conn, &host, &inbox, MOST)).await?;
    for actor in behind {
        let Ok(address) = Url::parse(&actor.ap_id) else { continue };
        match meet::document(data, &address, None).await {
            Err(InboxError::Fetch(FetchError::Status(410))) => {
                let origin = Origin { speaker: Speaker::Stranger, way: Way::Fetched };
                data.door().perform(origin, RecordActorGone { actor: actor.id }).await?;
            }
            Err(InboxError::Fetch(FetchError::Status(404))) => {
                let lost = RecordFollowerLost { follower: actor.id };
                data.door().perform(Origin::server(), lost).await?;
            }
            Err(err) if err.is_transient() => return Err(err),
            _ => {}
        }
    }
    Ok(())
}
