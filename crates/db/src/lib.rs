//! Tables, rows, reads, and writes. No rules: a row says what is, never what may be.
//!
//! One set of queries serves SQLite and PostgreSQL. Reads take a [`Conn`], writes take a [`Tx`].
//!
//! **Invariant:** only `ops` holds a [`Writer`]; a [`Reader`]'s connections are kept read-only by the
//! database itself.

pub mod account_invitations;
pub mod account_secrets;
pub mod accounts;
pub mod activities;
pub mod actors;
pub mod agreements;
pub mod announcements;
pub mod apps;
pub mod audit;
pub mod blocking;
pub mod blocks;
pub mod cases;
pub mod check;
pub mod collectives;
pub mod column;
pub mod communities;
pub mod console;
pub mod days;
pub mod deliveries;
pub mod directory;
pub mod domains;
pub mod error;
pub mod events;
pub mod exports;
pub mod follows;
pub mod guests;
pub mod idempotency;
pub mod inbox;
pub mod incoming;
pub mod instances;
pub mod jobs;
pub mod joining;
pub mod keys;
pub mod letters;
pub mod listings;
pub mod locks;
pub mod mandates;
pub mod media;
pub mod memberships;
pub mod mentions;
pub mod migrations;
pub mod moderation;
pub mod mutes;
pub mod notifications;
pub mod oauth;
pub mod places;
pub mod pool;
pub mod processes;
pub mod profiles;
pub mod proposals;
pub mod reactions;
mod readable;
pub mod relays;
pub mod replies;
pub mod reports;
pub mod rows;
pub mod schema;
pub mod search;
pub mod searches;
pub mod serving;
pub mod sessions;
pub mod settings;
pub mod sitemap;
pub mod sponsors;
pub mod statistics;
pub mod tags;
pub mod tallies;
pub mod templates;
mod together;
pub mod totp;
pub mod webhooks;

pub use error::DbError;
pub use pool::{Conn, Engine, Reader, Tx, Writer};

/// What a query returns.
pub type Result<T> = std::result::Result<T, DbError>;
