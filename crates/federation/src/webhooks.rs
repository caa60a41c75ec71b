//! Carries the letters of webhooks, by the one client that bounds where it may go.

use std::time::Duration;

use async_trait::async_trait;
use ops::webhooks::{Courier, Envelope, deliver};

use crate::{Federation, fetch::FetchError, workers::Shutdown};

/// How often letters are looked for.
const LOOK: Duration = Duration::from_secs(2);
/// How many letters are on their way at once.
const AT_ONCE: i64 = 16;

#[async_trait]
impl Courier for Federation {
    async fn carry(&self, envelope: Envelope) -> Result<u16, String> {
        let Envelope { url, headers, body } = envelope;
        let sent = self.parts.fetcher.notify(&url, headers, body.into()).await;
        sent.map_err(|err| explain(&err).to_owned())
    }
}

/// For those who read the log of a webhook: nothing of what we saw on the way.
fn explain(err: &FetchError) -> &'static str {
    match err {
        FetchError::Refused(_) => "letters are not sent to this address",
        FetchError::Timeout => "there was no answer in ten seconds",
        FetchError::Dns => "the name of the address is not known",
        FetchError::Tls => "there was no secure connection",
        FetchError::Connect => "nobody listens at the address",
        _ => "there was no answer that could be read",
    }
}

/// Sends letters as they become due, until the server shuts down.
pub async fn tell(federation: Federation, mut shutdown: Shutdown) {
    let parts = &federation.parts;
    loop {
        let now = parts.door.now();
        let due = parts.reader.read(move |conn| db::webhooks::is_due(conn, now)).await;
        let sent = match due {
            Ok(true) => deliver(&parts.queues, &federation, AT_ONCE).await,
            Ok(false) => Ok(0),
            Err(err) => Err(err.into()),
        };
        match sent {
            Ok(some) if some > 0 && !*shutdown.borrow() => continue,
            Ok(_) => {}
            Err(err) => tracing::error!(%err, "letters of webhooks could not be sent"),
        }
        tokio::select! {
            _ = shutdown.changed() => return,
            () = tokio::time::sleep(LOOK) => {}
        }
    }
}
