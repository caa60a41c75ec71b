//! What is spoken between servers: signatures, fetching, and all that is built on them.
//!
//! **Invariant:** nothing here writes to the database but through [`ops::Door`] and [`ops::Queues`], and
//! nothing of a peer is believed but what its own server said of itself.

pub mod actors;
mod authorized;
mod caught;
pub mod collections;
pub mod deliveries;
pub mod dialects;
pub mod error;
mod federation;
pub mod fetch;
mod gone;
mod guests;
pub mod inbox;
pub mod instances;
mod kept;
mod lanes;
pub mod listings;
mod lookup;
pub mod meet;
mod negotiation;
pub mod nodeinfo;
pub mod outbox;
mod previews;
pub mod relays;
pub mod replies;
mod retries;
mod sending;
pub mod serve;
pub mod signature;
mod taxonomy;
pub mod translate;
mod verdict;
pub mod webfinger;
pub mod webhooks;
pub mod workers;

pub use authorized::authorized_fetch;
pub use federation::{About, Federation, Parts};

use actix_web::web;

/// The routes of federation. They come before the pages: what asks for ActivityPub is answered here, and
/// the same address is a page for everybody else.
pub fn routes(cfg: &mut web::ServiceConfig) {
    webfinger::routes(cfg);
    nodeinfo::routes(cfg);
    inbox::routes(cfg);
    collections::routes(cfg);
    actors::routes(cfg);
    listings::routes(cfg);
    replies::routes(cfg);
    taxonomy::routes(cfg);
    relays::routes(cfg);
}
