//! What happens to a post, around the post: the same addressing, the context outside.

use apub::{
    inbound::ActivityKind,
    outbound::{ActivityDocument, NoteDocument},
};
use serde_json::{Value, json};

/// It is new.
pub(super) fn create(post: NoteDocument, id: String) -> ActivityDocument {
    let published = Some(post.published.clone());
    ActivityDocument { published, ..around(post, ActivityKind::Create, id) }
}

/// It changed.
pub(super) fn update(post: NoteDocument, id: String) -> ActivityDocument {
    let published = post.updated.clone().or_else(|| Some(post.published.clone()));
    ActivityDocument { published, ..around(post, ActivityKind::Update, id) }
}

/// It is gone; `object` is how this dialect says what.
pub(super) fn delete(post: NoteDocument, object: Value, id: String) -> ActivityDocument {
    let context = post.context.as_ref().map(|_| apub::context::plain());
    ActivityDocument { object, context, ..around(post, ActivityKind::Delete, id) }
}

fn around(mut post: NoteDocument, kind: ActivityKind, id: String) -> ActivityDocument {
    let context = post.context.take();
    ActivityDocument {
        context,
        id,
        kind,
        actor: post.attributed_to.clone(),
        to: post.to.clone(),
        cc: post.cc.clone(),
        object: json!(post),
        target: None,
        result: None,
        audience: None,
        content: None,
        summary: None,
        published: None,
    }
}
