//! What panics ends itself and nothing else: one poisonous message must not stop the loop that works through all.

use std::{future::Future, panic::AssertUnwindSafe};

use futures::FutureExt as _;

use crate::error::InboxError;

/// Turns a panic into an error. What was begun in the database was rolled back, and nothing else is shared.
pub(crate) async fn caught<T>(
    work: impl Future<Output = Result<T, InboxError>>,
) -> Result<T, InboxError> {
    let done = AssertUnwindSafe(work).catch_unwind().await;
    done.unwrap_or_else(|_| {
        tracing::error!("a message made this program panic; please report it");
        Err(InboxError::Broken("it made this program panic".to_owned()))
    })
}
