//! What the demo says while it works.

use std::{io::Write, time::Instant};

/// Lines with a mark and a time, as things get done.
pub(super) struct Progress {
    started: Instant,
}

impl Progress {
    pub(super) fn new() -> Self {
        Self { started: Instant::now() }
    }

    /// A new part begins.
    pub(super) fn title(title: &str) {
        println!("\n{title}");
        flush();
    }

    /// Something is done.
    pub(super) fn done(&self, what: &str) {
        println!("  ✓ {:>5.1} s  {what}", self.started.elapsed().as_secs_f64());
        flush();
    }

    /// Something goes on; the line is written over by the next one.
    pub(super) fn going(&self, what: &str) {
        print!("  … {:>5.1} s  {what:<60}\r", self.started.elapsed().as_secs_f64());
        flush();
    }
}

/// A terminal that went away is no reason to stop.
fn flush() {
    drop(std::io::stdout().flush());
}
