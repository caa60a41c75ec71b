//! Key pairs, made ahead of their use: one takes up to a second, and nobody should wait for it.

use std::{sync::Arc, time::Duration};

use async_trait::async_trait;
use domain::{Invalid, people::KeyPair};
use ops::OpError;
use tokio::sync::{Mutex, Notify, mpsc};

/// Has a few pairs ready and makes the next ones in the background.
pub struct KeyForge {
    ready: Mutex<mpsc::Receiver<KeyPair>>,
    asked: Arc<Notify>,
}

/// How many pairs lie ready: a new collective takes two.
const READY: usize = 2;

/// When the first is made, unless somebody asks before: a start has better things to do, and most commands
/// need none.
const START: Duration = Duration::from_secs(10);

impl KeyForge {
    /// The forge, and the work to be run beside it until the forge is dropped.
    pub fn new() -> (Self, impl Future<Output = ()> + Send + 'static) {
        let (send, ready) = mpsc::channel(READY);
        let asked = Arc::new(Notify::new());
        let first = asked.clone();
        let work = async move {
            tokio::select! {
                () = first.notified() => {}
                () = tokio::time::sleep(START) => {}
            }
            while let Ok(place) = send.reserve().await {
                match tokio::task::spawn_blocking(federation::signature::generate).await {
                    Ok(Ok((public_pem, private_pem))) => {
                        place.send(KeyPair { public_pem, private_pem });
                    }
                    Ok(Err(err)) => {
                        tracing::error!(%err, "a key pair could not be made");
                        tokio::time::sleep(Duration::from_secs(1)).await;
                    }
                    Err(_) => return,
                }
            }
        };
        (Self { ready: Mutex::new(ready), asked }, work)
    }
}

#[async_trait]
impl ops::Keys for KeyForge {
    async fn pair(&self) -> ops::Result<KeyPair> {
        self.asked.notify_one();
        let pair = self.ready.lock().await.recv().await;
        pair.ok_or_else(|| OpError::Invalid(Invalid::new("keys", "cannot be made while stopping")))
    }
}
