//! Keys set by environment variables: `TEQUIO__HTTP__BIND` is `bind` of `[http]`.

use std::ffi::OsString;

use figment::value::{Dict, Map, Value};
use figment::{Error, Metadata, Profile, Provider};

use super::error::{ConfigError, Place};

const PREFIX: &str = "TEQUIO__";

/// One variable that sets one key.
#[derive(Debug)]
pub(super) struct Variable {
    name: String,
    section: String,
    field: String,
    value: Value,
}

impl Variable {
    /// The key, as it is written in the documentation.
    pub(super) fn key(&self) -> String {
        format!("{}.{}", self.section, self.field)
    }

    pub(super) fn place(&self) -> Place {
        Place::Variable(self.name.clone())
    }
}

/// The variables that set our keys, each read as the type its key has in `defaults`.
pub(super) fn variables(
    environment: &[(OsString, OsString)],
    defaults: &Dict,
) -> Result<Vec<Variable>, ConfigError> {
    let ours = environment.iter().filter_map(|(name, text)| {
        let name = name.to_str()?;
        Some((name, name.strip_prefix(PREFIX)?, text))
    });
    ours.map(|(name, rest, text)| variable(name, rest, text.to_str(), defaults)).collect()
}

fn variable(
    name: &str,
    rest: &str,
    text: Option<&str>,
    defaults: &Dict,
) -> Result<Variable, ConfigError> {
    let error = |problem: &str| ConfigError::new(Place::Variable(name.to_owned()), problem);
    let text = text.ok_or_else(|| error("is not valid UTF-8"))?;
    let lower = rest.to_lowercase();
    let (section, field) = lower.split_once("__").ok_or_else(|| {
        error("names no key; write TEQUIO__SECTION__KEY, such as TEQUIO__HTTP__BIND")
    })?;
    let default = match defaults.get(section) {
        Some(Value::Dict(_, fields)) => fields.get(field),
        _ => None,
    };
    let value = match default {
        Some(Value::String(..)) => Value::from(text),
        Some(Value::Array(..)) => list(text),
        _ => plain(text),
    };
    Ok(Variable {
        name: name.to_owned(),
        section: section.to_owned(),
        field: field.to_owned(),
        value,
    })
}

fn list(text: &str) -> Value {
    let items = text.split(',').map(str::trim).filter(|item| !item.is_empty());
    Value::from(items.map(Value::from).collect::<Vec<_>>())
}

fn plain(text: &str) -> Value {
    if let Ok(switch) = text.parse::<bool>() {
        return Value::from(switch);
    }
    text.parse::<i64>().map_or_else(|_| Value::from(text), Value::from)
}

impl Provider for Variable {
    fn metadata(&self) -> Metadata {
        Metadata::named("environment variable").source(self.name.clone())
    }

    fn data(&self) -> Result<Map<Profile, Dict>, Error> {
        let fields = Dict::from([(self.field.clone(), self.value.clone())]);
        let sections = Dict::from([(self.section.clone(), Value::from(fields))]);
        Ok(Map::from([(Profile::Default, sections)]))
    }
}
