//! The administrator's own file: found, read, and each key located in it.

use std::path::{Path, PathBuf};

use figment::providers::{Format, Toml};
use figment::value::Dict;
use figment::{Profile, Provider};

use super::error::{ConfigError, Place};

/// A configuration file that was read and is TOML.
#[derive(Debug)]
pub(super) struct ConfigFile {
    path: PathBuf,
    text: String,
    pub(super) values: Dict,
}

impl ConfigFile {
    pub(super) fn read(path: &Path) -> Result<Self, ConfigError> {
        let text = std::fs::read_to_string(path).map_err(|error| {
            ConfigError::new(place(path, None), format!("cannot be read: {error}"))
        })?;
        Self::parse(path, text)
    }

    fn parse(path: &Path, text: String) -> Result<Self, ConfigError> {
        if text.starts_with('\u{feff}') {
            let problem = "begins with a byte order mark; save it as plain UTF-8";
            return Err(ConfigError::new(place(path, Some(1)), problem));
        }
        let values = parse_toml(&text)
            .map_err(|(line, problem)| ConfigError::new(place(path, line), problem))?;
        if values.is_empty() {
            let problem = "is empty; write at least `url` under `[instance]`, or remove the file";
            return Err(ConfigError::new(place(path, None), problem));
        }
        Ok(Self { path: path.to_owned(), text, values })
    }

    /// Where a key is written, with the line if it can be told.
    pub(super) fn place_of(&self, key: &str) -> Place {
        place(&self.path, line_of(&self.text, key))
    }
}

fn place(path: &Path, line: Option<usize>) -> Place {
    Place::File { path: path.display().to_string(), line }
}

/// The values of a TOML text, or the line and the sentence of what is wrong with it.
pub(super) fn parse_toml(text: &str) -> Result<Dict, (Option<usize>, String)> {
    match Toml::string(text).data() {
        Ok(mut profiles) => Ok(profiles.remove(&Profile::Default).unwrap_or_default()),
        Err(error) => {
            let error = error.kind.to_string();
            let number = error.split_once("at line ").map_or("", |(_, rest)| rest);
            let number: String = number.chars().take_while(char::is_ascii_digit).collect();
            Err((number.parse().ok(), summary(&error)))
        }
    }
}

/// The parser draws the place over several lines and closes with what is wrong.
fn summary(drawing: &str) -> String {
    let lines =
        drawing.lines().skip(1).filter(|line| !line.contains(" | ") && !line.ends_with(" |"));
    let sentence = lines.collect::<Vec<_>>().join(", ");
    if sentence.is_empty() { String::from(drawing) } else { sentence }
}

/// The line of `section.key`, counted from one; of the section itself where there is no such key.
fn line_of(text: &str, key: &str) -> Option<usize> {
    let mut section = "";
    for (number, line) in (1..).zip(text.lines().map(str::trim)) {
        let found = match line.strip_prefix('[') {
            Some(header) => {
                section = header.split(']').next().unwrap_or_default().trim();
                section == key
            }
            None => match line.split_once('=') {
                Some((name, _)) if section.is_empty() => name.trim() == key,
                Some((name, _)) => key
                    .strip_prefix(section)
                    .and_then(|rest| rest.strip_prefix('.'))
                    .is_some_and(|rest| rest == name.trim()),
                None => false,
            },
        };
        if found {
            return Some(number);
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::{ConfigFile, line_of};

    fn refusal(text: &str) -> String {
        ConfigFile::parse(Path::new("t.toml"), String::from(text)).unwrap_err().to_string()
    }

    #[test]
    fn a_key_is_found_on_its_line() {
        let text = "# bind = 1\n[http]\n# bind\nbind = 1\n\n[metrics]\nbind=2\n";
        assert_eq!(line_of(text, "http.bind"), Some(4));
        assert_eq!(line_of(text, "metrics.bind"), Some(7));
        assert_eq!(line_of(text, "metrics"), Some(6));
        assert_eq!(line_of("http.bind = 1", "http.bind"), Some(1));
        assert_eq!(line_of(text, "log.filter"), None);
    }

    #[test]
    fn what_is_no_toml_is_refused_with_its_line() {
        let twice = refusal("[http]\nbind = \"a\"\nbind = \"b\"\n");
        assert!(twice.starts_with("t.toml:3: duplicate key `bind`"), "{twice}");
        let broken = refusal("[http]\nbind = \n");
        assert!(broken.starts_with("t.toml:2: "), "{broken}");
        assert!(!broken.contains('\n') && !broken.contains('|'), "{broken}");
    }

    #[test]
    fn an_empty_file_and_a_byte_order_mark_are_refused() {
        assert!(refusal("").contains("is empty"));
        assert!(refusal("# nothing\n").contains("is empty"));
        assert!(refusal("\u{feff}[http]\n").contains("byte order mark"));
    }

    #[test]
    fn a_missing_file_is_named() {
        let error = ConfigFile::read(Path::new("/nowhere/t.toml")).unwrap_err().to_string();
        assert!(error.starts_with("/nowhere/t.toml: cannot be read"), "{error}");
    }
}
