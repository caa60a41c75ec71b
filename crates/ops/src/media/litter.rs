//! Files without a row, and rows without a file.

use std::{
    fs, io,
    path::{Path, PathBuf},
    time::{Duration, SystemTime},
};

use db::{Conn, Reader, media::Digest};
use domain::{Time, media::FileName};

use super::{
    alone_before,
    hold::unless_held,
    store::{file_path, remove},
};
use crate::backups::BackupError;

/// A file is there before its row is: so young ones are left alone.
const YOUNG: Duration = Duration::from_hours(1);
/// So many rows are read at once.
const PAGE: i64 = 500;

/// Files that no row needs.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Litter {
    pub files: Vec<PathBuf>,
    pub bytes: u64,
    /// So many pictures wait for the sweep of the server: nobody has needed them for a day.
    pub unneeded: usize,
}

impl Litter {
    /// Deletes the files; `false` where a backup is being made, which keeps them.
    pub fn delete(&self, root: &Path) -> io::Result<bool> {
        unless_held(root, || self.files.iter().try_for_each(|path| remove(path)))
    }
}

/// Looks through the folder of pictures for what no row needs and is older than an hour. Blocks.
pub fn litter(root: &Path, reader: &Reader, now: Time) -> Result<Litter, BackupError> {
    let conn = &mut reader.get()?;
    let unneeded = db::media::unneeded(conn, alone_before(now), i64::MAX)?.len();
    let mut litter = Litter { unneeded, ..Litter::default() };
    walk(root, 0, &mut |path| look(conn, path, &mut litter))?;
    litter.files.sort();
    Ok(litter)
}

fn look(conn: &mut Conn, path: &Path, litter: &mut Litter) -> Result<(), BackupError> {
    let text = path.file_name().unwrap_or_default().to_string_lossy();
    let whole = text.strip_suffix(".part");
    let needed = match (FileName::parse(&text), whole) {
        (Some(name), _) => db::media::is_needed(conn, Digest(name.digest))?,
        (None, Some(_)) => false,
        // Whose it is, nobody knows: it is not ours.
        (None, None) => return Ok(()),
    };
    let Ok(about) = fs::metadata(path) else { return Ok(()) };
    let age = about.modified().ok().and_then(|at| SystemTime::now().duration_since(at).ok());
    if !needed && age.is_some_and(|age| YOUNG < age) {
        litter.bytes += about.len();
        litter.files.push(path.to_owned());
    }
    Ok(())
}

/// Files lie two folders deep.
fn walk(
    folder: &Path,
    depth: usize,
    found: &mut impl FnMut(&Path) -> Result<(), BackupError>,
) -> Result<(), BackupError> {
    let entries = match fs::read_dir(folder) {
        Err(err) if err.kind() == io::ErrorKind::NotFound => return Ok(()),
        entries => entries?,
    };
    for entry in entries {
        let entry = entry?;
        let (path, kind) = (entry.path(), entry.file_type()?);
        if kind.is_dir() && depth < 2 {
            walk(&path, depth + 1, found)?;
        } else if kind.is_file() && depth == 2 {
            found(&path)?;
        }
    }
    Ok(())
}

/// The names of files that rows need and that are not there. Blocks.
pub fn missing(root: &Path, reader: &Reader) -> db::Result<Vec<String>> {
    let conn = &mut reader.get()?;
    let (mut missing, mut cursor) = (Vec::new(), None);
    loop {
        let rows = db::media::after(conn, cursor, PAGE)?;
        let Some(last) = rows.last() else { break };
        cursor = Some(last.id);
        for row in &rows {
            for preview in [false, true] {
                let (digest, media_type) = (row.digest.0, row.media_type);
                let name = FileName { digest, media_type, preview };
                if !file_path(root, name).is_file() {
                    missing.push(name.text());
                }
            }
        }
    }
    missing.sort();
    missing.dedup();
    Ok(missing)
}
