//! What must be in a backup.

use db::rows::{Checksum, Table};
use domain::media::FileName;
use serde_json::{Value, json};

use super::{BackupError, Result};

/// The newest form of a backup that this program writes and reads.
pub const FORMAT: u64 = 1;

/// A table, how many rows it has, and what they are hashed to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TableSum {
    pub table: Table,
    pub rows: u64,
    pub checksum: String,
}

impl TableSum {
    /// Of what was counted.
    pub fn of(table: Table, sum: Checksum) -> Self {
        Self { table, rows: sum.rows, checksum: sum.text() }
    }
}

/// A file of a picture.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MediaFile {
    pub name: FileName,
    pub bytes: u64,
    /// Of what is in it, in hexadecimal.
    pub sha256: String,
}

/// Everything that a backup says of itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Manifest {
    /// The version of the program that made it.
    pub program: String,
    /// The engine and its version.
    pub engine: String,
    /// When, RFC 3339.
    pub made_at: String,
    /// `instance.url` of the server; nothing where it was not founded yet.
    pub instance: Option<String>,
    /// The schema: the migrations that were applied, the oldest first.
    pub migrations: Vec<String>,
    pub tables: Vec<TableSum>,
    pub media: Vec<MediaFile>,
    /// Files that rows name and that were not there.
    pub missing: Vec<String>,
}

impl Manifest {
    /// How many rows there are in all.
    pub fn rows(&self) -> u64 {
        self.tables.iter().map(|it| it.rows).sum()
    }

    /// As it lies in the archive.
    pub fn to_json(&self) -> Value {
        let table = |it: &TableSum| {
            let mut value = it.table.to_json();
            if let Some(object) = value.as_object_mut() {
                object.insert("rows".to_owned(), json!(it.rows));
                object.insert("checksum".to_owned(), json!(it.checksum));
            }
            value
        };
        let media = |it: &MediaFile| json!({ "name": it.name.text(), "bytes": it.bytes, "sha256": it.sha256 });
        json!({
            "tequio_backup": FORMAT,
            "program": self.program,
            "engine": self.engine,
            "made_at": self.made_at,
            "instance": self.instance,
            "migrations": self.migrations,
            "tables": self.tables.iter().map(table).collect::<Vec<_>>(),
            "media": self.media.iter().map(media).collect::<Vec<_>>(),
            "missing": self.missing,
        })
    }

    /// Reads it; what is newer than this program is refused.
    pub fn from_json(value: &Value) -> Result<Self> {
        let Some(format) = value.get("tequio_backup").and_then(Value::as_u64) else {
            return Err(unreadable("this is no backup of tequio"));
        };
        if FORMAT < format {
            return Err(BackupError::Refused(
                "the backup was made by a newer version of tequio; restore it with that version"
                    .to_owned(),
            ));
        }
        let text = |name: &str| {
            let text = value.get(name).and_then(Value::as_str);
            text.map(str::to_owned).ok_or_else(|| unreadable("its manifest is damaged"))
        };
        Ok(Self {
            program: text("program")?,
            engine: text("engine")?,
            made_at: text("made_at")?,
            instance: value.get("instance").and_then(Value::as_str).map(str::to_owned),
            migrations: list(value, "migrations", |it| it.as_str().map(str::to_owned))?,
            tables: list(value, "tables", table)?,
            media: list(value, "media", media)?,
            missing: list(value, "missing", |it| it.as_str().map(str::to_owned))?,
        })
    }
}

fn unreadable(why: &str) -> BackupError {
    BackupError::Refused(format!("the backup cannot be used: {why}"))
}

fn list<T>(value: &Value, name: &str, read: impl Fn(&Value) -> Option<T>) -> Result<Vec<T>> {
    let items = value.get(name).and_then(Value::as_array);
    let items = items.map(|items| items.iter().map(read).collect::<Option<Vec<T>>>());
    items.flatten().ok_or_else(|| unreadable("its manifest is damaged"))
}

fn table(value: &Value) -> Option<TableSum> {
    Some(TableSum {
        table: Table::from_json(value).ok()?,
        rows: value.get("rows")?.as_u64()?,
        checksum: value.get("checksum")?.as_str()?.to_owned(),
    })
}

fn media(value: &Value) -> Option<MediaFile> {
    Some(MediaFile {
        name: FileName::parse(value.get("name")?.as_str()?)?,
        bytes: value.get("bytes")?.as_u64()?,
        sha256: value.get("sha256")?.as_str()?.to_owned(),
    })
}
