//! Tolerant readers of what other servers send.
//!
//! A property may be a scalar or an array, an address may be a string, an object with an `id`, or a
//! `Link`. What is required and unreadable is [`Malformed`](crate::Malformed), what is optional and
//! unreadable is absent, and what is too long is cut. Only compact keys count; no context is read.

mod activity;
mod actor;
mod agreement;
mod attachment;
mod author;
mod economic;
mod keys;
mod place;
mod post;
mod read;
mod receipt;
mod tag;
mod visibility;

pub use activity::{Activity, ObjectRef};
pub use actor::Actor;
pub use agreement::Agreement;
pub use attachment::Attachment;
pub use economic::{Economic, Measure, Purpose};
pub use keys::{PublicKey, public_keys};
pub use place::Place;
pub use post::Post;
pub use receipt::Receipt;
pub use tag::Tag;
pub use visibility::Visibility;

pub use crate::address::PUBLIC;
pub use crate::kinds::{ActivityKind, ActorKind};
