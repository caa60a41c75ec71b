//! What pages show: plain data, filled by handlers, rendered by `templates/`.
//!
//! **Invariant** Nothing here knows the database, and no view of what a voice says names a member.

pub mod about;
pub mod accounts;
pub mod actors;
pub mod admin;
pub mod agreements;
pub mod blocks;
pub mod collectives;
pub mod errors;
pub mod feed;
pub mod forms;
pub mod home;
pub mod identity;
pub mod incoming;
pub mod interact;
pub mod joining;
pub mod listing_form;
pub mod listings;
pub mod map;
pub mod memberships;
pub mod moderation;
pub mod notifications;
pub mod oauth;
pub mod page;
pub mod people;
pub mod pictures;
pub mod places;
pub mod posts;
pub mod print;
pub mod queue;
pub mod reactions;
pub mod replies;
pub mod reports;
pub mod schema_org;
pub mod searches;
pub mod settings;
pub mod sponsors;
pub mod statistics;
pub mod tags;
pub mod templates;
