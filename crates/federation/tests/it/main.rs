//! The federation of one server, spoken to over real HTTP and in its own process, on both engines.
//!
//! Which row of the threat table each test stands for is in [`cases`].
#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::string_slice,
    clippy::disallowed_methods,
    reason = "a test that cannot go on panics, and its servers run beside it"
)]

mod actors;
mod agreements;
mod arrival;
mod authorized;
mod boosts;
mod captured;
mod cases;
mod communities;
mod deliveries;
mod documents;
mod follows;
mod hostile;
mod inbox;
mod instances;
mod letter;
mod listings;
mod lookup;
mod moderation;
mod net;
mod notifications;
mod outbox;
mod pasture;
mod peer;
mod reactions;
mod relays;
mod replies;
mod rotation;
mod said;
mod scene;
mod shown;
mod votes;
mod webfinger;
mod words;
mod workers;
