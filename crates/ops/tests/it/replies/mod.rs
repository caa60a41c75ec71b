//! Answers: written here, and heard from elsewhere.

mod elsewhere;
mod here;

use domain::{ActorId, CollectiveId, ListingId, PersonId, replies::Visibility};
use ops::replies::RecordReply;
use testkit::World;

/// A garden, its steward Ada, and a need of theirs.
pub(crate) async fn need(world: &World) -> (ListingId, CollectiveId, PersonId) {
    let ada = world.person("ada").await;
    let garden = world.collective("garden", ada).await;
    let need = world.need(garden, ada, "20 chairs").await;
    world.events().await;
    (need, garden, ada)
}

/// An answer of somebody elsewhere to a listing of ours, or to another answer.
pub(crate) async fn note(world: &World, author: ActorId, number: u32, to: &str) -> RecordReply {
    let host = world.actor(author).await.host;
    let ap_id = format!("https://{host}/notes/{number}");
    RecordReply {
        author,
        in_reply_to: Some(to.to_owned()),
        visibility: Visibility::Public,
        html: "<p>Tengo 12 sillas</p>".to_owned(),
        summary: None,
        sensitive: false,
        language: Some("es".to_owned()),
        url: Some(format!("{ap_id}/page")),
        published_at: None,
        updated_at: None,
        mentions_us: true,
        ap_id,
    }
}
