//! The REST API in a process of its own: requests go in, answers come out, on both engines.
#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    reason = "a test that cannot go on panics"
)]

mod accounts;
mod agreements;
mod authorization;
mod bad_input;
mod client;
mod collectives;
mod deliveries;
mod document;
mod domains;
mod feeds;
mod follows;
mod joining;
mod listings;
mod lookup;
mod manners;
mod media;
mod memberships;
mod moderation;
mod notifications;
mod paging;
mod queue;
mod reactions;
mod replies;
mod templates;
mod tokens;
mod uploads;
