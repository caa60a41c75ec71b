//! Every row of every table, one after the other, in words that both engines understand.
//!
//! Backups, restores, and copies between engines are this one stream. Tables and columns are read from the
//! database's own catalogue, so that a schema older than this program is read as it is.
//!
//! **Invariant:** what is read is one instant ([`snapshot`]), and what is written is all of it or nothing
//! ([`replace`]).

mod catalogue;
mod cell;
mod read;
mod tables;
mod write;

pub use catalogue::tables;
pub use cell::{Cell, Checksum, Row, decode, encode};
pub use read::{each, snapshot};
pub use tables::{Column, Kind, Table};
pub use write::{Filling, count_rows, counts, replace};
