//! What a post answers, and what that answers: fetched upward until something is known here.

use std::collections::HashSet;

use apub::inbound::Post;
use db::actors::ActorRow;
use serde_json::Value;
use url::Url;

use super::{announces, posts};
use crate::{Federation, error::InboxError, meet};

/// So far up at most; what is fetched for one message has a limit of its own.
const HIGHEST: usize = 20;

/// Brings everything above a post, up to what is known here or to the post with which the thread begins.
///
/// What cannot be had is no reason to refuse the post: it stands where the last known one above it is, or
/// alone. What names `group`, which passed the post on, is placed there.
pub(super) async fn bring(data: &Federation, post: &Post, group: Option<&ActorRow>) {
    let above = match climb(data, post).await {
        Ok(above) => above,
        Err(err) => {
            tracing::debug!(post = %post.id, %err, "what is above a post could not be looked up");
            return;
        }
    };
    for post in above.iter().rev() {
        let recorded = match group.filter(|group| announces::names(post, group)) {
            Some(group) => announces::record_above(data, group, post).await,
            None => posts::record_fetched(data, post).await.map(drop),
        };
        if let Err(err) = recorded {
            tracing::debug!(post = %post.id, %err, "what is above a post could not be kept");
        }
    }
}

/// Everything above a post that is not known here, the nearest first.
async fn climb(data: &Federation, post: &Post) -> Result<Vec<Post>, InboxError> {
    let mut above = Vec::new();
    let mut seen = HashSet::from([post.id.clone()]);
    let mut next = post.in_reply_to.clone();
    while let Some(address) = next.take() {
        let ends = HIGHEST <= above.len() || data.site().owns(&address);
        if ends || posts::is_known(data, &address).await? || !seen.insert(address.clone()) {
            break;
        }
        match fetch_post(data, &address).await {
            Ok(post) => {
                next.clone_from(&post.in_reply_to);
                above.push(post);
            }
            Err(err) => {
                tracing::debug!(%address, %err, "the parent of an answer could not be fetched");
                break;
            }
        }
    }
    Ok(above)
}

/// A post from its own address.
pub(super) async fn fetch_post(data: &Federation, address: &Url) -> Result<Post, InboxError> {
    let (found_at, value) = meet::document(data, address, None).await?;
    fetched_post(data, found_at, &value).await
}

/// A post out of a document that was found somewhere. A page address leads to it by one more hop.
pub(super) async fn fetched_post(
    data: &Federation,
    found_at: Url,
    value: &Value,
) -> Result<Post, InboxError> {
    let post = Post::parse(value)?;
    if post.id == found_at {
        return Ok(post);
    }
    let (found_at, value) = meet::document(data, &post.id, None).await?;
    Some(Post::parse(&value)?)
        .filter(|post| post.id == found_at)
        .ok_or(InboxError::Origin("the document names another address"))
}
