//! What every reader of an inbound document must hold to, whatever the document is.

use apub::inbound::{Activity, Actor, Economic, ObjectRef, Post, PublicKey, Tag, public_keys};
use serde_json::Value;

/// Reads a document in every way there is, and checks that no limit was passed.
pub fn whole(value: &Value) {
    if let Ok(activity) = Activity::parse(value.clone()) {
        assert_eq!(activity.raw, *value, "an activity keeps the document as it is");
        assert!(activity.objects.len() <= 100 && activity.to.len() <= 1_000);
        assert!(activity.cc.len() <= 1_000 && activity.reason().is_none_or(|it| chars(&it, 5_000)));
        if let ObjectRef::Embedded { value, kind, .. } = &activity.object {
            assert!(!kind.is_empty());
            part(value);
        }
    }
    part(value);
}

/// Reads a thing that may stand inside of an activity.
fn part(value: &Value) {
    if let Ok(post) = Post::parse(value) {
        check_post(&post);
        assert_eq!(
            post,
            Post::parse(value).expect("the same"),
            "reading depends on the document alone"
        );
    }
    if let Ok(actor) = Actor::parse(value) {
        let name = &actor.preferred_username;
        assert!(!name.is_empty() && chars(name, 255) && !name.contains(['@', '/', ' ', '\0']));
        assert!(actor.name.as_deref().is_none_or(|it| chars(it, 255) && !it.contains('\n')));
        assert!(actor.summary.as_deref().is_none_or(|it| chars(it, 5_000)));
        assert!(actor.also_known_as.len() <= 256);
        let shared = actor.shared_inbox.as_ref();
        assert!(shared.is_none_or(|it| it.origin() == actor.id.origin()));
        check_keys(&actor.public_keys);
    }
    check_keys(&public_keys(value));
}

fn check_post(post: &Post) {
    assert!(post.to.len() <= 1_000 && post.cc.len() <= 1_000);
    assert!(post.tags.len() <= 100 && post.attachments.len() <= 16);
    assert!(post.content.as_deref().is_none_or(|it| it.len() <= 65_536));
    assert!(post.name.as_deref().is_none_or(|it| chars(it, 255) && !it.contains('\n')));
    assert!(post.summary.as_deref().is_none_or(|it| chars(it, 5_000)));
    assert!(post.language.as_deref().is_none_or(|it| it.len() <= 35));
    for url in post.to.iter().chain(&post.cc).chain([&post.id, &post.attributed_to]) {
        assert!(
            ["https", "http"].contains(&url.scheme())
                && url.has_host()
                && url.as_str().len() <= 2_048 * 3
        );
    }
    let _ = (post.visibility(None), post.is_public(), post.is_unlisted());
    for tag in &post.tags {
        let _: &Tag = tag;
    }
    if let Some(economic) = &post.economic {
        check_economic(economic);
    }
}

fn check_economic(economic: &Economic) {
    assert!(economic.classified_as.len() <= 32);
    for measure in [&economic.quantity, &economic.available].into_iter().flatten() {
        let value = measure.value.as_deref().unwrap_or("1");
        assert!(
            chars(value, 32) && value.chars().all(|c| c.is_ascii_digit() || c == '.'),
            "{value}"
        );
    }
}

fn check_keys(keys: &[PublicKey]) {
    assert!(keys.len() <= 10);
}

fn chars(text: &str, most: usize) -> bool {
    text.chars().count() <= most
}
