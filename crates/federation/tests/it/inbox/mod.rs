//! What an inbox answers, and what it leaves behind.

mod blocks;
mod bodies;
mod keys;
mod mutations;
mod origins;
mod parked;
mod replay;
mod signatures;
mod statuses;
