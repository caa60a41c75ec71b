//! What is sent of likes and votes of people here.

use ops::queues::Letter;
use uuid::Uuid;

use crate::{Federation, error::InboxError};

/// Somebody here likes something, votes against it, or takes that back.
pub(super) async fn reacted(
    _: &Federation,
    _: Uuid,
    _: Uuid,
    _: &str,
    _: &str,
    _: bool,
) -> Result<Vec<Letter>, InboxError> {
    Ok(Vec::new())
}
