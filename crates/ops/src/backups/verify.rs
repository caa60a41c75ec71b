//! Reading a backup from end to end.

use std::{
    fs::File,
    io::{BufRead as _, BufReader, Read},
    path::Path,
};

use db::rows::{Checksum, Row, Table, decode};
use domain::media::FileName;
use openssl::sha::Sha256;
use serde_json::Value;
use zip::{ZipArchive, result::ZipError};

use super::{
    BackupError, FILES_TOLD_EVERY, MANIFEST, Manifest, Progress, Result, TOLD_EVERY, Watch,
    media_entry, table_entry,
};
use crate::media::hex;

/// A backup that is open to be read.
pub(super) struct Opened {
    zip: ZipArchive<BufReader<File>>,
    pub(super) manifest: Manifest,
}

/// Reads all of a backup and holds it against its manifest: every row, every picture. Blocks.
pub fn verify(path: &Path, watch: &mut Watch<'_>) -> Result<Manifest> {
    let mut opened = Opened::new(path)?;
    for place in 0..opened.manifest.tables.len() {
        opened.rows(place, watch, |_, _| Ok(()))?;
    }
    opened.files(watch, |_, _| Ok(()))?;
    Ok(opened.manifest)
}

fn damaged(what: &str) -> BackupError {
    BackupError::Refused(format!(
        "the backup is damaged ({what}); nothing was changed, use another one"
    ))
}

impl Opened {
    pub(super) fn new(path: &Path) -> Result<Self> {
        let name = path.display();
        let file = File::open(path)
            .map_err(|err| BackupError::Refused(format!("{name} cannot be opened: {err}")))?;
        let zip = ZipArchive::new(BufReader::new(file));
        let mut zip = zip.map_err(|_| {
            let problem = format!("{name} is no backup of tequio, or its end is missing");
            BackupError::Refused(problem)
        })?;
        let mut text = String::new();
        match zip.by_name(MANIFEST) {
            Ok(mut entry) => entry.read_to_string(&mut text).map_err(|_| damaged(MANIFEST))?,
            Err(ZipError::FileNotFound) => {
                let problem = format!("{name} is no backup of tequio: it has no manifest");
                return Err(BackupError::Refused(problem));
            }
            Err(_) => return Err(damaged(MANIFEST)),
        };
        let value: Value = serde_json::from_str(&text).map_err(|_| damaged(MANIFEST))?;
        Ok(Self { zip, manifest: Manifest::from_json(&value)? })
    }

    /// Hands over each row of a table; at the end they must be those that the manifest names.
    pub(super) fn rows(
        &mut self,
        place: usize,
        watch: &mut Watch<'_>,
        mut give: impl FnMut(&Table, Row) -> Result<()>,
    ) -> Result<()> {
        let Some(wanted) = self.manifest.tables.get(place) else { return Ok(()) };
        let (table, name) = (&wanted.table, wanted.table.name.as_str());
        let entry = self.zip.by_name(&table_entry(name)).map_err(|_| damaged(name))?;
        let mut sum = Checksum::default();
        for line in BufReader::new(entry).lines() {
            let line = line.map_err(|_| damaged(name))?;
            let row = decode(table, &line).map_err(|_| damaged(name))?;
            sum.add(&line);
            give(table, row)?;
            if sum.rows.is_multiple_of(TOLD_EVERY) {
                watch(Progress::Rows { table: name, rows: sum.rows, whole: false });
            }
        }
        if (sum.rows, sum.text()) != (wanted.rows, wanted.checksum.clone()) {
            return Err(damaged(name));
        }
        watch(Progress::Rows { table: name, rows: sum.rows, whole: true });
        Ok(())
    }

    /// Hands over the bytes of each file of a picture, which are those that the manifest names.
    pub(super) fn files(
        &mut self,
        watch: &mut Watch<'_>,
        mut give: impl FnMut(FileName, Vec<u8>) -> Result<()>,
    ) -> Result<()> {
        let of = self.manifest.media.len();
        for (done, wanted) in self.manifest.media.iter().enumerate() {
            let text = wanted.name.text();
            let mut bytes = Vec::new();
            let mut entry = self.zip.by_name(&media_entry(&text)).map_err(|_| damaged(&text))?;
            entry.read_to_end(&mut bytes).map_err(|_| damaged(&text))?;
            let mut hash = Sha256::new();
            hash.update(&bytes);
            if bytes.len() as u64 != wanted.bytes || hex(&hash.finish()) != wanted.sha256 {
                return Err(damaged(&text));
            }
            give(wanted.name, bytes)?;
            if done.is_multiple_of(FILES_TOLD_EVERY) {
                watch(Progress::Files { done, of });
            }
        }
        watch(Progress::Files { done: of, of });
        Ok(())
    }
}
