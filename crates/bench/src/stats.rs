//! Many times in a few numbers.

use std::time::Duration;

use serde_json::{Value, json};

/// The times of a run, sorted.
#[derive(Clone, Debug, Default)]
pub struct Times(Vec<Duration>);

impl Times {
    /// Sorts them.
    #[must_use]
    pub fn of(mut times: Vec<Duration>) -> Self {
        times.sort_unstable();
        Self(times)
    }

    /// How many there are.
    #[must_use]
    pub fn count(&self) -> usize {
        self.0.len()
    }

    /// The time within which so many of a hundred were done; none of no times at all.
    #[must_use]
    pub fn percentile(&self, of_hundred: usize) -> Duration {
        let rank = (self.0.len() * of_hundred).div_ceil(100).max(1);
        self.0.get(rank - 1).copied().unwrap_or_default()
    }

    /// The longest.
    #[must_use]
    pub fn longest(&self) -> Duration {
        self.0.last().copied().unwrap_or_default()
    }

    /// As a result file has them, in milliseconds.
    #[must_use]
    pub fn json(&self) -> Value {
        json!({
            "count": self.count(),
            "p50_ms": millis(self.percentile(50)),
            "p95_ms": millis(self.percentile(95)),
            "p99_ms": millis(self.percentile(99)),
            "max_ms": millis(self.longest()),
        })
    }
}

/// Milliseconds with two digits behind the point.
#[must_use]
pub fn millis(time: Duration) -> f64 {
    round(time.as_secs_f64() * 1_000.0)
}

/// Two digits behind the point.
#[must_use]
pub fn round(number: f64) -> f64 {
    (number * 100.0).round() / 100.0
}

/// So much for each of so many.
#[must_use]
#[expect(clippy::cast_precision_loss, reason = "counts of a run are small")]
pub fn each(sum: f64, count: usize) -> f64 {
    if count == 0 { 0.0 } else { sum / count as f64 }
}

/// So many in a second.
#[must_use]
#[expect(clippy::cast_precision_loss, reason = "counts of a run are small")]
pub fn rate(count: usize, time: Duration) -> f64 {
    round(count as f64 / time.as_secs_f64().max(0.000_001))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn percentiles_are_times_that_were_measured() {
        let times = Times::of((1..=200).rev().map(Duration::from_millis).collect());
        let at = |of_hundred| times.percentile(of_hundred).as_millis();
        assert_eq!([at(0), at(1), at(50), at(95), at(99), at(100)], [1, 2, 100, 190, 198, 200]);
        assert_eq!(times.longest().as_millis(), 200);
        let one = Times::of(vec![Duration::from_millis(7)]);
        assert_eq!((one.percentile(50), one.percentile(99)), (one.longest(), one.longest()));
    }

    #[test]
    fn of_nothing_there_is_nothing() {
        let none = Times::of(Vec::new());
        assert_eq!((none.count(), none.percentile(99)), (0, Duration::ZERO));
        assert!(each(5.0, 0).abs() < f64::EPSILON);
        assert!((rate(10, Duration::from_secs(4)) - 2.5).abs() < f64::EPSILON);
    }
}
