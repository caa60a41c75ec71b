//! Every operation, through the door, on both engines.
#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    reason = "a test that cannot go on panics"
)]

mod accounts;
mod actors;
mod agreements;
mod backups;
mod blocks;
mod cases;
mod collectives;
mod console;
mod deliveries;
mod door;
mod emails;
mod engines;
mod erasure;
mod export;
mod follows;
mod incoming;
mod instances;
mod listings;
mod media;
mod memberships;
mod mentions;
mod moderation;
mod notifications;
mod passwords;
mod posts;
mod proposals;
mod queues;
mod reactions;
mod reindex;
mod relays;
mod replies;
mod resets;
mod searches;
mod sessions;
mod sign_ups;
mod sponsors;
mod templates;
mod totp;
mod webhooks;
