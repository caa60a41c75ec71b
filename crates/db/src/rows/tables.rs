//! What a table consists of.

use serde_json::{Value, json};

use crate::{DbError, Result};

/// What a column holds. Both engines have these six, and no other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Text,
    /// Of 32 bits.
    Integer,
    /// Of 64 bits.
    Long,
    Double,
    Bool,
    Bytes,
}

impl Kind {
    const ALL: [(Self, &'static str); 6] = [
        (Self::Text, "text"),
        (Self::Integer, "integer"),
        (Self::Long, "long"),
        (Self::Double, "double"),
        (Self::Bool, "bool"),
        (Self::Bytes, "bytes"),
    ];

    /// Its name in backups.
    pub fn word(self) -> &'static str {
        Self::ALL.iter().find(|(kind, _)| *kind == self).map_or("", |(_, word)| word)
    }

    /// Reads its name in backups.
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.iter().find(|(_, known)| *known == word).map(|(kind, _)| *kind)
    }

    /// Reads what a catalogue calls it.
    pub(super) fn of_engine(word: &str) -> Option<Self> {
        Some(match word.to_ascii_lowercase().as_str() {
            "text" => Self::Text,
            "integer" => Self::Integer,
            "bigint" => Self::Long,
            "double" | "double precision" => Self::Double,
            "boolean" => Self::Bool,
            "blob" | "bytea" => Self::Bytes,
            _ => return None,
        })
    }
}

/// A column and what it holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Column {
    pub name: String,
    pub kind: Kind,
}

/// A table and its columns, in the order of their names, which is the same everywhere.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Table {
    pub name: String,
    pub columns: Vec<Column>,
}

impl Table {
    /// Its columns, as a statement names them.
    pub(super) fn quoted(&self) -> String {
        let names: Vec<String> = self.columns.iter().map(|it| format!("\"{}\"", it.name)).collect();
        names.join(", ")
    }

    /// As a backup writes it down.
    pub fn to_json(&self) -> Value {
        let column = |it: &Column| json!([it.name, it.kind.word()]);
        json!({ "name": self.name, "columns": self.columns.iter().map(column).collect::<Vec<_>>() })
    }

    /// Reads what [`Self::to_json`] writes. Names become parts of statements, so they are letters and `_` alone.
    pub fn from_json(value: &Value) -> Result<Self> {
        let wrong = || DbError::Schema("the description of a table cannot be read".to_owned());
        let name = |value: &Value| {
            let text = value.as_str().unwrap_or_default();
            let fine =
                |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_';
            (!text.is_empty() && text.bytes().all(fine)).then(|| text.to_owned())
        };
        let column = |value: &Value| {
            let kind = value.get(1).and_then(Value::as_str).and_then(Kind::parse)?;
            Some(Column { name: name(value.get(0)?)?, kind })
        };
        let columns = value.get("columns").and_then(Value::as_array).ok_or_else(wrong)?;
        let columns: Option<Vec<Column>> = columns.iter().map(column).collect();
        Ok(Self {
            name: value.get("name").and_then(name).ok_or_else(wrong)?,
            columns: columns.filter(|it| !it.is_empty()).ok_or_else(wrong)?,
        })
    }
}
