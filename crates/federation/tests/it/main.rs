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

mod arrival;
mod follows;
mod inbox;
mod letter;
mod net;
mod peer;
mod scene;
mod words;
