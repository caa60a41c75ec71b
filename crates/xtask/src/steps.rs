//! Steps of a longer command, each with its name and the time it took.

use std::time::{Duration, Instant};

use anyhow::{Context as _, Result};

/// The steps done so far.
#[derive(Debug, Default)]
pub(crate) struct Steps {
    done: Vec<(String, Duration)>,
}

impl Steps {
    /// Does one step; a failure names it.
    pub(crate) fn step(&mut self, name: &str, work: impl FnOnce() -> Result<()>) -> Result<()> {
        println!("\n== {name}");
        let start = Instant::now();
        let result = work();
        let took = start.elapsed();
        let verdict = if result.is_ok() { "done" } else { "FAILED" };
        println!("== {name}: {verdict} in {}", show(took));
        self.done.push((String::from(name), took));
        result.with_context(|| format!("step `{name}`"))
    }

    /// The table at the end of a longer run.
    pub(crate) fn summary(&self) -> String {
        let lines = self.done.iter().map(|(name, took)| format!("{:>9}  {name}\n", show(*took)));
        lines.collect()
    }
}

fn show(took: Duration) -> String {
    let seconds = took.as_secs_f64();
    if seconds < 60.0 {
        return format!("{seconds:.1} s");
    }
    format!("{} min {:02} s", took.as_secs() / 60, took.as_secs() % 60)
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use anyhow::bail;

    use super::{Steps, show};

    #[test]
    fn a_failing_step_is_named_and_counted() {
        let mut steps = Steps::default();
        steps.step("first", || Ok(())).unwrap();
        let error = steps.step("second", || bail!("no")).unwrap_err();
        assert_eq!(format!("{error:#}"), "step `second`: no");
        assert_eq!(steps.summary().lines().count(), 2);
    }

    #[test]
    fn times_are_readable() {
        assert_eq!(show(Duration::from_millis(1250)), "1.2 s");
        assert_eq!(show(Duration::from_secs(125)), "2 min 05 s");
    }
}
