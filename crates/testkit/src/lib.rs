//! Worlds for tests: one server with a fresh database on either engine, a clock that stands still, people,
//! collectives, and actors of other servers.
//!
//! A test is a function that is given a [`World`], and a name in [`both_engines!`]:
//!
//! ```
//! use testkit::World;
//!
//! testkit::both_engines!(a_need_is_seen_by_all);
//!
//! async fn a_need_is_seen_by_all(world: World) {
//!     let ada = world.person("ada").await;
//!     let garden = world.collective("garden", ada).await;
//!     let need = world.need(garden, ada, "20 chairs").await;
//!     assert!(world.listing(need).await.is_public());
//! }
//! # fn main() {}
//! ```
#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::missing_panics_doc,
    reason = "a test that cannot go on panics"
)]

mod accounts;
mod actors;
mod clock;
mod collectives;
mod database;
mod engines;
mod keys;
mod listings;
mod media;
mod postgres;
mod queues;
mod rows;
mod world;

pub use accounts::{PASSWORD, PASSWORD_HASH};
pub use clock::FixedClock;
pub use database::Database;
pub use db::Engine;
pub use engines::{on, postgres_is_here, run};
pub use keys::{TestKeys, pair};
pub use listings::{content, in_days, pieces};
pub use rows::Rows;
pub use world::World;
