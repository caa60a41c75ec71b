//! What every page keeps.

mod pages;
mod samples;
