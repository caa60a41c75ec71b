//! Public documents as bytes, kept for a moment: what is announced is asked for by thousands of servers at once.
//!
//! **Invariant:** nothing is kept but what everybody may read, whoever asks; where documents are shown only to
//! those who sign, nothing is kept at all. A change through the door of this process makes what was kept before
//! it old at once; one of another process within a second.

use std::{collections::HashMap, hash::Hash, sync::Arc, time::Duration};

use actix_web::{HttpResponse, body::MessageBody as _, http::StatusCode, web::Bytes};
use domain::Dialect;
use moka::{policy::EvictionPolicy, sync::Cache};
use tokio::sync::OnceCell;

use crate::{Federation, error::InboxError, serve};

/// So many documents at most: megabytes, whatever is asked for.
const MOST: u64 = 500;
/// What is old is thrown away after this; it is not looked at any more before that.
const SWEPT: Duration = Duration::from_secs(5);

/// What is made once for all who ask for it at the same time.
struct Shelf<K, V>(Cache<K, Arc<OnceCell<V>>>);

impl<K: Hash + Eq + Send + Sync + 'static, V: Clone + Send + Sync + 'static> Shelf<K, V> {
    fn new(most: u64) -> Self {
        let cache = Cache::builder().max_capacity(most).time_to_live(SWEPT);
        Self(cache.eviction_policy(EvictionPolicy::lru()).build())
    }

    /// What is kept under a key, or made now; an error is not kept.
    async fn find<E>(&self, key: K, make: impl AsyncFnOnce() -> Result<V, E>) -> Result<V, E> {
        let place = self.0.get_with(key, Arc::default);
        place.get_or_try_init(|| make()).await.cloned()
    }
}

/// When something was kept: after so many changes, and in which second.
type Moment = (u64, i64);

/// Which document: what it is, its name, and the dialect it is written in, where that makes a difference.
type Name = (&'static str, String, Option<Dialect>);

/// What hosts speak that have said so.
type Tongues = Arc<HashMap<String, Dialect>>;

/// See the module.
pub struct Kept {
    documents: Shelf<(Moment, Name), (StatusCode, Bytes)>,
    tongues: Shelf<Moment, Tongues>,
}

impl Kept {
    pub(crate) fn new() -> Self {
        Self { documents: Shelf::new(MOST), tongues: Shelf::new(4) }
    }
}

/// A public document from what is kept, or made by `make`, whose answer must not depend on who asks.
pub(crate) async fn document(
    data: &Federation,
    name: Name,
    make: impl AsyncFnOnce() -> Result<HttpResponse, InboxError>,
) -> Result<HttpResponse, InboxError> {
    if data.parts.authorized_fetch {
        return make().await;
    }
    let moment = (data.queues().bell().changes(), data.now().seconds());
    let (status, body) = data
        .kept
        .documents
        .find((moment, name), async || {
            let made = make().await?;
            let (status, body) = (made.status(), made.into_body().try_into_bytes());
            match (status, body) {
                (StatusCode::OK | StatusCode::GONE, Ok(body)) => Ok((status, body)),
                _ => Err(InboxError::Broken("a document could not be written".to_owned())),
            }
        })
        .await?;
    Ok(serve::bytes(status, body))
}

/// What hosts speak that were asked; all at once, for each of those who ask at the same time is another.
pub(crate) async fn tongues(data: &Federation) -> db::Result<Tongues> {
    let moment = (data.queues().bell().meetings(), data.now().seconds());
    let make = async || {
        let rows = data.read(db::instances::dialects).await?;
        Ok(Arc::new(rows.into_iter().collect()))
    };
    data.kept.tongues.find(moment, make).await
}
