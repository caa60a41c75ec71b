//! What is sent of agreements (FEP-0837).

use ops::queues::Letter;
use uuid::Uuid;

use crate::{Federation, error::InboxError};

/// Somebody here offers one.
pub(super) async fn offered(_: &Federation, _: Uuid) -> Result<Vec<Letter>, InboxError> {
    Ok(Vec::new())
}

/// Stewards here answer one.
pub(super) async fn answered(_: &Federation, _: Uuid) -> Result<Vec<Letter>, InboxError> {
    Ok(Vec::new())
}
