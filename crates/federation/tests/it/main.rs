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
mod arrival;
mod cases;
mod deliveries;
mod documents;
mod follows;
mod hostile;
mod inbox;
mod letter;
mod listings;
mod lookup;
mod net;
mod pasture;
mod peer;
mod reactions;
mod replies;
mod scene;
mod shown;
mod webfinger;
mod words;
mod workers;
