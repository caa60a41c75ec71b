//! What an inbox answers, and what it leaves behind.

mod blocks;
mod bodies;
mod keys;
mod mutations;
mod origins;
mod parked;
mod replay;
mod rfc9421;
mod signatures;
mod statuses;
