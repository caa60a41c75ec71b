//! Backups: all rows of one instant and all pictures, in one file; and the way back.
//!
//! A backup is a zip archive: `tables/NAME.jsonl` with a JSON list for each row, `media/NAME` for each file of a
//! picture, and `manifest.json`, which says how many rows and which hashes there must be. It is the same whichever
//! engine it came from, so a copy from one engine to the other is the same stream without the file
//! (docs/decisions/0012-backup-format.md).
//!
//! **Invariant:** nothing is touched before all of a backup was read and held against its manifest.

mod copy;
mod make;
mod manifest;
mod restore;
mod verify;

use std::io;

use thiserror::Error;

pub use copy::{Copied, copy};
pub use make::{Made, Order, make};
pub use manifest::{FORMAT, Manifest, MediaFile, TableSum};
pub use restore::{Restored, Wanted, restore};
pub use verify::verify;

/// Why there is no backup, or nothing was restored.
#[derive(Debug, Error)]
pub enum BackupError {
    /// One sentence for whoever runs the command.
    #[error("{0}")]
    Refused(String),
    #[error(transparent)]
    Db(#[from] db::DbError),
    #[error("a file could not be read or written: {0}")]
    File(#[from] io::Error),
}

impl From<zip::result::ZipError> for BackupError {
    fn from(err: zip::result::ZipError) -> Self {
        match err {
            zip::result::ZipError::Io(err) => Self::File(err),
            other => Self::Refused(format!("the archive is damaged: {other}")),
        }
    }
}

/// What a backup or a restore returns.
pub type Result<T> = std::result::Result<T, BackupError>;

/// What goes on at the moment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Progress<'a> {
    /// So many rows of a table are done; told now and then, and when the table is whole.
    Rows { table: &'a str, rows: u64, whole: bool },
    /// So many files of pictures are done, of so many.
    Files { done: usize, of: usize },
    /// What was written is read again.
    Verifying,
}

/// Who is told what goes on.
pub type Watch<'a> = dyn FnMut(Progress<'_>) + 'a;

/// So many rows go by between two words about them.
const TOLD_EVERY: u64 = 50_000;
/// So many files.
const FILES_TOLD_EVERY: usize = 500;

/// Under this name a table lies in the archive.
fn table_entry(name: &str) -> String {
    format!("tables/{name}.jsonl")
}

/// Under this name the file of a picture lies in the archive.
fn media_entry(name: &str) -> String {
    format!("media/{name}")
}

const MANIFEST: &str = "manifest.json";
