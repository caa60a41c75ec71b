//! Where new key pairs come from. Making one takes up to a second, so it never happens in a transaction.

use async_trait::async_trait;
use domain::people::KeyPair;

use crate::Result;

/// Makes key pairs, or has some ready.
#[async_trait]
pub trait Keys: Send + Sync {
    /// A pair that nobody else has.
    async fn pair(&self) -> Result<KeyPair>;
}
