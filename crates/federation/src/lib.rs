//! What is spoken between servers: signatures, fetching, and all that is built on them.

pub mod fetch;
pub mod signature;
