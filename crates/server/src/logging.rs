//! What the server says on standard error, for people or for a collector.

use std::io::IsTerminal;

use tracing_subscriber::EnvFilter;
use tracing_subscriber::util::SubscriberInitExt;

use crate::config::{Log, LogFormat};

/// Starts logging for this process; a second call fails.
///
/// Colours are used only where a person is looking.
pub fn init(log: &Log) -> anyhow::Result<()> {
    let filter = EnvFilter::try_new(&log.filter)?;
    let lines = tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr);
    match log.format {
        LogFormat::Text => lines.with_ansi(std::io::stderr().is_terminal()).finish().try_init()?,
        LogFormat::Json => lines.json().flatten_event(true).finish().try_init()?,
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::init;
    use crate::config::{Log, LogFormat};

    #[test]
    fn a_filter_that_makes_no_sense_is_refused_and_logging_starts_once() {
        let log = |filter: &str| Log { format: LogFormat::Json, filter: String::from(filter) };
        assert!(init(&log("a=b=c")).is_err());
        assert!(init(&log("info,federation=debug")).is_ok());
        assert!(init(&log("info")).is_err());
    }
}
