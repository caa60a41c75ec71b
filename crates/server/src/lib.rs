//! server

pub mod config;
pub mod logging;
pub mod metrics;
