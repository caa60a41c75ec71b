//! What every page keeps, and what each of them does, on both engines.
#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::string_slice,
    reason = "a test that cannot go on panics"
)]

mod accounts;
mod admin;
mod agreements;
mod browser;
mod collectives;
mod follows;
mod forgery;
mod forms;
mod identity;
mod interact;
mod journey;
mod languages;
mod listings;
mod members;
mod memberships;
mod moderation;
mod oauth;
mod pages;
mod pictures;
mod places;
mod posts;
mod replies;
mod samples;
mod sight;
mod sign_ups;
mod sitemap;
mod sponsors;
mod templates;
mod translations;
mod what_people_write;
