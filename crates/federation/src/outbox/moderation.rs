//! What is sent of what moderators did.

use ops::queues::Letter;
use uuid::Uuid;

use crate::{Federation, error::InboxError};

/// A listing takes no more answers.
pub(super) async fn locked(_: &Federation, _: Uuid, _: bool) -> Result<Vec<Letter>, InboxError> {
    Ok(Vec::new())
}

/// A reply left its thread, or came back.
pub(super) async fn hidden(
    _: &Federation,
    _: Uuid,
    _: Uuid,
    _: bool,
    _: &str,
) -> Result<Vec<Letter>, InboxError> {
    Ok(Vec::new())
}

/// Somebody was shut out of a collective, or let in again.
pub(super) async fn blocked(
    _: &Federation,
    _: Uuid,
    _: Uuid,
    _: &str,
    _: bool,
    _: &str,
) -> Result<Vec<Letter>, InboxError> {
    Ok(Vec::new())
}

/// Something is reported to the moderators of another server.
pub(super) async fn reported(_: &Federation, _: Uuid) -> Result<Vec<Letter>, InboxError> {
    Ok(Vec::new())
}
