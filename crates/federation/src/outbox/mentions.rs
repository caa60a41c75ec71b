//! Posts of others that a collective passes on.

use ops::queues::Letter;
use uuid::Uuid;

use crate::{Federation, error::InboxError};

/// A boost, or its end.
pub(super) async fn boosted(
    _: &Federation,
    _: Uuid,
    _: Uuid,
    _: &str,
    _: bool,
) -> Result<Vec<Letter>, InboxError> {
    Ok(Vec::new())
}
