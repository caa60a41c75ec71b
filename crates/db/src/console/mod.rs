//! What those who run the instance see of it: numbers by day, servers, messages, and what is kept.

pub mod collectives;
pub mod counts;
pub mod inbound;
pub mod log;
pub mod servers;
pub mod storage;
pub mod work;

/// Nothing is counted beyond this: a page is there at once.
pub const MOST_COUNTED: i64 = 100_000;
