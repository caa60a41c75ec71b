//! `ActivityStreams` documents exactly as others send and expect them: pure serde, no rules.
//!
//! [`json::parse`] turns bytes into a value strictly, [`inbound`] reads such values tolerantly, and
//! [`outbound`] writes what we say. Wire names stay in this crate and in `federation`'s translation.

pub mod address;
pub mod context;
pub mod inbound;
pub mod json;
pub mod kinds;
pub mod outbound;

pub use address::PUBLIC;
pub use json::Malformed;
pub use kinds::{ActivityKind, ActorKind};
