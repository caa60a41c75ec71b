//! What is wrong with the configuration, and where.

use std::fmt;

/// The status with which a program ends that cannot use its configuration.
pub const EXIT_CODE: u8 = 2;

/// One thing that is wrong: where it was written, which key, and what to do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ConfigError {
    place: Place,
    key: Option<String>,
    problem: String,
}

/// Where a value was written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Place {
    File { path: String, line: Option<usize> },
    Variable(String),
    Nowhere,
}

impl ConfigError {
    pub(super) fn new(place: Place, problem: impl Into<String>) -> Self {
        Self { place, key: None, problem: problem.into() }
    }

    pub(super) fn key(mut self, key: impl Into<String>) -> Self {
        self.key = Some(key.into()).filter(|key| !key.is_empty());
        self
    }
}

impl fmt::Display for ConfigError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.place {
            Place::File { path, line: Some(line) } => write!(f, "{path}:{line}: ")?,
            Place::File { path, line: None } => write!(f, "{path}: ")?,
            Place::Variable(name) => write!(f, "environment variable {name}: ")?,
            Place::Nowhere => f.write_str("configuration: ")?,
        }
        match &self.key {
            Some(key) => write!(f, "{key}: {}", self.problem),
            None => f.write_str(&self.problem),
        }
    }
}

impl std::error::Error for ConfigError {}

#[cfg(test)]
mod tests {
    use super::{ConfigError, Place};

    #[test]
    fn an_error_names_place_and_key() {
        let file = Place::File { path: String::from("a.toml"), line: Some(3) };
        let error = ConfigError::new(file, "is unknown").key("http.bnid");
        assert_eq!(error.to_string(), "a.toml:3: http.bnid: is unknown");
        let variable = Place::Variable(String::from("TEQUIO__X"));
        let error = ConfigError::new(variable, "is unknown");
        assert_eq!(error.to_string(), "environment variable TEQUIO__X: is unknown");
    }
}
