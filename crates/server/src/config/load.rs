//! Putting defaults, file, and environment together.

use std::ffi::OsString;
use std::net::{Ipv4Addr, SocketAddr};
use std::path::PathBuf;

use figment::Figment;
use figment::error::Kind;
use figment::providers::Serialized;
use figment::value::{Dict, Value};

use super::environment::{self, Variable};
use super::error::{ConfigError, Place};
use super::file::{self, ConfigFile};
use super::{Config, check, public_url};

const DEFAULTS: &str = include_str!("../../../../config/default.toml");

/// Where values may come from, over the defaults.
#[derive(Debug, Clone, Default)]
pub struct Sources {
    /// The file that was asked for, which has to exist.
    pub file: Option<PathBuf>,
    /// Where else to look; the first that exists is taken.
    pub places: Vec<PathBuf>,
    /// Environment variables; those that do not begin with `TEQUIO__` are passed over.
    pub environment: Vec<(OsString, OsString)>,
}

impl Sources {
    /// Those of this process: `asked` is what `--config` named, else `TEQUIO_CONFIG` counts.
    pub fn of_process(asked: Option<PathBuf>) -> Self {
        let named = || std::env::var_os("TEQUIO_CONFIG").filter(|name| !name.is_empty());
        Self {
            file: asked.or_else(|| named().map(PathBuf::from)),
            places: ["config/tequio.toml", "/etc/tequio/tequio.toml"].map(PathBuf::from).into(),
            environment: std::env::vars_os().collect(),
        }
    }

    fn read_file(&self) -> Result<Option<ConfigFile>, ConfigError> {
        let found = self.places.iter().find(|place| place.exists());
        self.file.as_ref().or(found).map(|path| ConfigFile::read(path)).transpose()
    }
}

impl Config {
    /// Reads and checks the configuration; `EXIT_CODE` is for the program that gets an error.
    pub fn load(sources: &Sources) -> Result<Self, ConfigError> {
        let defaults = file::parse_toml(DEFAULTS)
            .map_err(|(_, problem)| ConfigError::new(Place::Nowhere, problem))?;
        let file = sources.read_file()?;
        let variables = environment::variables(&sources.environment, &defaults)?;
        let origins = Origins { file, variables };
        origins.refuse_unknown_keys(&defaults)?;
        origins.refuse_written_password()?;

        let mut figment = Figment::from(Serialized::defaults(&defaults));
        if let Some(file) = &origins.file {
            figment = figment.merge(Serialized::defaults(&file.values));
        }
        for variable in &origins.variables {
            figment = figment.merge(variable);
        }
        let url = public_url(&figment, &origins)?;
        let config: Self = figment
            .merge(("instance.url", url))
            .extract()
            .map_err(|error| origins.explain(&error))?;
        check::first_problem(&config).map_err(|(key, problem)| origins.at(key, problem))?;
        Ok(config)
    }

    /// What works and still deserves a loud line at the start.
    pub fn warnings(&self) -> Vec<String> {
        check::warnings(self)
    }
}

/// The public address, checked before anything else: it can never be changed afterwards.
fn public_url(figment: &Figment, origins: &Origins) -> Result<String, ConfigError> {
    let explain = |error: figment::Error| origins.explain(&error);
    let development: bool = figment.extract_inner("development.enabled").map_err(explain)?;
    let mut text: String = figment.extract_inner("instance.url").map_err(explain)?;
    if text.is_empty() && development {
        let mut bind: SocketAddr = figment.extract_inner("http.bind").map_err(explain)?;
        if bind.ip().is_unspecified() {
            bind.set_ip(Ipv4Addr::LOCALHOST.into());
        }
        text = format!("http://{bind}");
    }
    let parsed = public_url::parse(&text, development);
    parsed.map(String::from).map_err(|problem| origins.at("instance.url", problem))
}

/// What was read over the defaults, to tell where a value came from.
struct Origins {
    file: Option<ConfigFile>,
    variables: Vec<Variable>,
}

/// Whether a value is, or holds, what belongs in the environment.
type Holds = fn(&str) -> bool;

impl Origins {
    fn at(&self, key: &str, problem: impl Into<String>) -> ConfigError {
        let variable = self.variables.iter().find(|variable| variable.key() == key);
        let place = match (variable, &self.file) {
            (Some(variable), _) => variable.place(),
            (None, Some(file)) => file.place_of(key),
            (None, None) => Place::Nowhere,
        };
        ConfigError::new(place, problem).key(key)
    }

    fn explain(&self, error: &figment::Error) -> ConfigError {
        let key = error.path.iter().take(2).map(String::as_str).collect::<Vec<_>>().join(".");
        self.at(&key, sentence(&error.kind))
    }

    /// A misspelt key would otherwise leave its default in force without a word.
    fn refuse_unknown_keys(&self, defaults: &Dict) -> Result<(), ConfigError> {
        if let Some(file) = &self.file {
            for (section, fields) in &file.values {
                let fields = match fields {
                    Value::Dict(_, fields) => fields.keys().map(String::as_str).collect(),
                    _ => Vec::new(),
                };
                for field in fields {
                    known(defaults, section, field).map_err(|(key, problem)| {
                        ConfigError::new(file.place_of(&key), problem).key(key)
                    })?;
                }
            }
        }
        for variable in &self.variables {
            let key = variable.key();
            let (section, field) = key.split_once('.').unwrap_or((&key, ""));
            known(defaults, section, field)
                .map_err(|(key, problem)| ConfigError::new(variable.place(), problem).key(key))?;
        }
        Ok(())
    }

    fn refuse_written_password(&self) -> Result<(), ConfigError> {
        let Some(file) = &self.file else { return Ok(()) };
        let values = Value::from(file.values.clone());
        let is_written = |password: &str| !password.is_empty();
        let secrets: [(&str, Holds, &str); 3] = [
            (
                "database.url",
                check::has_password,
                "holds a password; put the whole URL in TEQUIO__DATABASE__URL instead",
            ),
            (
                "mail.smtp_url",
                check::has_password,
                "holds a password; put it in TEQUIO__MAIL__SMTP_PASSWORD instead",
            ),
            (
                "mail.smtp_password",
                is_written,
                "is a password; put it in TEQUIO__MAIL__SMTP_PASSWORD instead",
            ),
        ];
        for (key, is_secret, problem) in secrets {
            let value = values.clone().find(key);
            if value.is_some_and(|value| value.as_str().is_some_and(is_secret)) {
                return Err(ConfigError::new(file.place_of(key), problem).key(key));
            }
        }
        Ok(())
    }
}

/// What a value of the wrong kind is told, in words of the file rather than of the program.
fn sentence(kind: &Kind) -> String {
    let (Kind::InvalidType(found, expected) | Kind::InvalidValue(found, expected)) = kind else {
        return kind.to_string();
    };
    let wanted = match expected.as_str() {
        "usize" | "u32" => "a whole number",
        "a boolean" => "true or false",
        "a string" => "text in quotes",
        "a sequence" => "a list in brackets",
        other => other,
    };
    format!("is {found}; write {wanted}")
}

fn known(defaults: &Dict, section: &str, field: &str) -> Result<(), (String, String)> {
    let Some(Value::Dict(_, fields)) = defaults.get(section) else {
        let names = defaults.keys().map(|name| format!("[{name}]")).collect::<Vec<_>>().join(", ");
        return Err((section.to_owned(), format!("is not a section; there are {names}")));
    };
    if fields.contains_key(field) {
        return Ok(());
    }
    let names = fields.keys().map(String::as_str).collect::<Vec<_>>().join(", ");
    Err((format!("{section}.{field}"), format!("is not a key; [{section}] has {names}")))
}
