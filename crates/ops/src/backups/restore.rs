//! From a backup to a database and a folder of pictures.

use std::path::PathBuf;

use db::{
    Reader, Writer,
    rows::{count_rows, replace, snapshot},
};

use super::{BackupError, Manifest, Result, Watch, verify, verify::Opened};
use crate::media::keep_file;

/// What is wanted of a restore.
#[derive(Clone, Debug)]
pub struct Wanted {
    pub file: PathBuf,
    /// The folder for the pictures.
    pub media: PathBuf,
    /// `instance.url` as it is configured: a backup of another one is refused, for ids are for ever.
    pub instance: String,
    /// May what is in the database go?
    pub replace: bool,
}

/// What was restored.
#[derive(Clone, Debug)]
pub struct Restored {
    pub manifest: Manifest,
    /// The migrations that were applied afterwards, where the backup was of an older version.
    pub migrated: Vec<String>,
}

/// Puts a backup in the place of what is in the database: all of it, or, where anything is wrong, nothing. Blocks.
///
/// Pictures come first: they are named by what is in them, and take nobody's place.
pub fn restore(
    reader: &Reader,
    writer: &Writer,
    wanted: &Wanted,
    watch: &mut Watch<'_>,
) -> Result<Restored> {
    let manifest = verify(&wanted.file, watch)?;
    may_be_restored(reader, &manifest, wanted)?;
    let mut opened = Opened::new(&wanted.file)?;
    opened.files(watch, |name, bytes| Ok(keep_file(&wanted.media, name, &bytes)?))?;
    let ((), migrated) = replace(writer, &manifest.migrations, |filling| {
        for place in 0..manifest.tables.len() {
            opened.rows(place, watch, |table, row| Ok(filling.row(table, row)?))?;
        }
        Ok::<(), BackupError>(())
    })?;
    Ok(Restored { manifest, migrated })
}

fn may_be_restored(reader: &Reader, manifest: &Manifest, wanted: &Wanted) -> Result<()> {
    let refused = |problem: String| Err(BackupError::Refused(problem));
    let known = db::migrations::known_versions(&*reader.get()?)?;
    if let Some(unknown) = manifest.migrations.iter().find(|it| !known.contains(it)) {
        return refused(format!(
            "the backup was made by a newer version of tequio ({}, migration {unknown}); \
             restore it with that version",
            manifest.program
        ));
    }
    if !known.starts_with(&manifest.migrations) {
        return refused("the backup is of a schema that no version of tequio had".to_owned());
    }
    let own = wanted.instance.as_str();
    if let Some(other) = manifest.instance.as_deref().filter(|other| *other != own) {
        return refused(format!(
            "the backup is of {other}, and instance.url is {own}: ids are for ever, so set \
             instance.url to what it was"
        ));
    }
    let rows = snapshot(reader, count_rows)?;
    if 0 < rows && !wanted.replace {
        return refused(format!(
            "the database holds {rows} rows already; restore into an empty one, or say --replace \
             if all of that may go"
        ));
    }
    Ok(())
}
