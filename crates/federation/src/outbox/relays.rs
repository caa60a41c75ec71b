//! Passing on what others said in threads of ours.

use ops::queues::Letter;
use uuid::Uuid;

use crate::{Federation, error::InboxError};

/// Something was said elsewhere in a thread of a collective of ours.
pub(super) async fn relayed(
    _: &Federation,
    _: Uuid,
    _: Uuid,
    _: Option<Uuid>,
) -> Result<Vec<Letter>, InboxError> {
    Ok(Vec::new())
}

/// A message is no longer said again.
pub(super) async fn ended(_: &Federation, _: Uuid) -> Result<Vec<Letter>, InboxError> {
    Ok(Vec::new())
}
