//! Measures the program as people run it, and kills it: a release build on this machine, peers on loopback, and a
//! count at the end that has to be right, or nothing was measured.

pub mod crash;
pub mod crowd;
pub mod database;
pub mod disk;
pub mod fanout;
pub mod fill;
pub mod gate;
pub mod generator;
pub mod hot;
pub mod http;
pub mod idle;
pub mod inbox;
pub mod lists;
pub mod program;
pub mod reach;
pub mod recovery;
pub mod report;
pub mod signed;
pub mod sinks;
pub mod start;
pub mod stats;
pub mod system;
pub mod world;
