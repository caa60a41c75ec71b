//! The `tequio` program: configuration, wiring, workers, shutdown, and the commands.

pub mod accounts;
pub mod app;
pub mod clock;
pub mod commands;
pub mod config;
pub mod digests;
pub mod health;
pub mod instance;
pub mod keys;
pub mod logging;
pub mod mail;
pub mod metrics;
mod processes;
pub mod searches;
pub mod workers;

pub use instance::Running;
