//! The database on both engines: its schema, its transactions, its queues, and the paths its queries take.
#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test that cannot go on panics"
)]

mod check;
mod engines;
mod explain;
mod large;
mod migrations;
mod pool;
mod queues;
mod races;
mod rows;
mod schema;
mod search;
mod streams;
