//! The REST API in a process of its own: requests go in, answers come out, on both engines.
#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    reason = "a test that cannot go on panics"
)]

mod accounts;
mod agreements;
mod audit;
mod authorization;
mod bad_input;
mod client;
mod collectives;
mod deliveries;
mod docs;
mod document;
mod domains;
mod feeds;
mod follows;
mod idempotency;
mod identity;
mod incoming;
mod joining;
mod limits;
mod listings;
mod lookup;
mod manners;
mod media;
mod memberships;
mod moderation;
mod notifications;
mod oauth;
mod paging;
mod queue;
mod reactions;
mod replies;
mod search;
mod searches;
mod sessions;
mod settings;
mod sign_ups;
mod sponsors;
mod statistics;
mod streaming;
mod syndication;
mod templates;
mod tokens;
mod totp;
mod uploads;
