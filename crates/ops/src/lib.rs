//! Every change this server can make, and the one door they all come through.
//!
//! **Invariant:** the database is written to nowhere else. REST, pages, the inbox, the console, and the
//! clock build the same operations and hand them to [`Door::perform`]. Nothing in an operation waits for
//! the network: the trait is synchronous.

pub mod about;
pub mod account_invitations;
pub mod account_secrets;
pub mod accounts;
pub mod actors;
pub mod agreements;
pub mod announced;
pub mod announcements;
pub mod backups;
pub mod bell;
pub mod blocks;
pub mod cases;
pub mod collectives;
pub mod console;
pub mod deliveries;
pub mod digests;
pub mod domains;
mod door;
pub mod doors;
pub mod emails;
pub mod erasure;
mod error;
pub mod event;
pub mod export;
pub mod follows;
pub mod guests;
pub mod happened;
mod heavy;
pub mod html;
pub mod idempotency;
pub mod incoming;
pub mod instances;
pub mod jobs;
pub mod joining;
pub mod keys;
mod letters;
pub mod listings;
pub mod lookup;
pub mod mail;
pub mod media;
pub mod memberships;
pub mod mentions;
pub mod moderation;
pub mod mutes;
pub mod notifications;
pub mod oauth;
pub mod passwords;
pub mod posts;
pub mod previews;
pub mod proposals;
pub mod queues;
pub mod reactions;
pub mod relays;
pub mod replies;
pub mod reports;
pub mod resets;
pub mod search;
pub mod searches;
pub mod secrets;
pub mod sessions;
pub mod settings;
pub mod setup;
pub mod sign_ups;
mod site;
pub mod sponsors;
pub mod templates;
pub mod throttle;
pub mod totp;
pub mod undone;
pub mod votes;
pub mod webhooks;

pub use bell::Bell;
pub use door::{Clock, Door, Op, Operation, SystemClock};
pub use error::OpError;
pub use event::Event;
pub use keys::Keys;
pub use lookup::{Lookup, LookupError};
pub use queues::Queues;
pub use site::Site;

/// What an operation returns.
pub type Result<T> = std::result::Result<T, OpError>;
