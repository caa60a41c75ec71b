//! Two real servers talking, and the program as people run it: each test is a sentence.
#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test that cannot go on panics"
)]
#![expect(clippy::print_stdout, reason = "what was measured is told")]

mod clock;
mod commands;
mod configuration;
mod crash;
mod faults;
mod following;
mod home;
mod keeping;
mod lemmy;
mod listings;
mod pages;
mod pictures;
mod reactions;
mod replies;
mod running;
mod slow;
mod support;
