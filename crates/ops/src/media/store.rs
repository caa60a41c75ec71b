//! The files of pictures: `ab/cd/DIGEST.jpg`, and `DIGEST-400.jpg` beside it.

use std::{
    fs, io,
    path::{Path, PathBuf},
};

use db::media::{Digest, MediaRow};
use domain::{
    Invalid, MediaId, Origin,
    media::{FileName, MediaType},
};
use thiserror::Error;
use tokio::sync::{Mutex, Semaphore};

use super::{
    DiscardMedia, ForgetMedia, KeepMedia, Prepared, alone_before, hold::unless_held, prepare,
};
use crate::{Door, OpError, Result};

/// So many pictures are painted at the same time: each may need much memory.
const AT_ONCE: usize = 2;
/// So many are swept at once.
const SWEPT: i64 = 100;

/// Why a picture was not kept.
#[derive(Debug, Error)]
pub enum StoreError {
    #[error(transparent)]
    Invalid(#[from] Invalid),
    #[error(transparent)]
    Op(#[from] OpError),
    #[error(transparent)]
    File(#[from] io::Error),
}

/// The folder with the files, and what may lie in it.
pub struct Store {
    root: PathBuf,
    quota: i64,
    painting: Semaphore,
    /// Held from looking whether a file is needed until it is there, or gone.
    keeping: Mutex<()>,
}

impl Store {
    /// In a folder, which need not be there yet; `quota` is how many bytes each person may have.
    pub fn new(root: PathBuf, quota: i64) -> Self {
        Self { root, quota, painting: Semaphore::new(AT_ONCE), keeping: Mutex::new(()) }
    }

    /// Paints a picture anew, two at a time.
    pub async fn prepare(&self, bytes: Vec<u8>) -> Result<Prepared> {
        let _turn = self.painting.acquire().await;
        let painted = tokio::task::spawn_blocking(move || prepare(&bytes)).await;
        // A decoder that panics has met what is no picture.
        let broken = |_| Invalid::new("file", "could not be read as a picture");
        Ok(painted.map_err(broken)??)
    }

    /// Keeps a picture of somebody: its files first, then its row; without the row the files go again.
    pub async fn keep(
        &self,
        door: &Door,
        reader: &db::Reader,
        origin: Origin,
        prepared: Prepared,
        alt: String,
    ) -> Result<MediaId> {
        let _alone = self.keeping.lock().await;
        let Prepared { digest, media_type, full, preview, width, height } = prepared;
        let side = |side: u32| i32::try_from(side).unwrap_or(i32::MAX);
        let operation = KeepMedia {
            digest,
            media_type,
            bytes: i64::try_from(full.len()).unwrap_or(i64::MAX),
            width: side(width),
            height: side(height),
            alt,
            quota: self.quota,
        };
        let files = [(false, full), (true, preview)];
        let files = files.map(|(small, bytes)| (self.path(name(digest, media_type, small)), bytes));
        let written =
            blocking(move || files.iter().try_for_each(|(path, bytes)| write(path, bytes)));
        let done = match written.await {
            Ok(()) => door.perform(origin, operation).await,
            Err(err) => Err(StoreError::File(err).into()),
        };
        if done.is_err() {
            self.drop_files(reader, digest, media_type).await?;
        }
        done
    }

    /// Throws a picture of whoever speaks away.
    pub async fn discard(
        &self,
        door: &Door,
        reader: &db::Reader,
        origin: Origin,
        media: MediaId,
    ) -> Result<()> {
        let _alone = self.keeping.lock().await;
        let row = door.perform(origin, DiscardMedia { media }).await?;
        self.drop_files(reader, row.digest, row.media_type).await
    }

    /// Throws away what nobody needs any more: a picture whose listing was deleted, and one that has waited for
    /// its listing for a day. Returns how many.
    pub async fn sweep(&self, door: &Door, reader: &db::Reader) -> Result<usize> {
        let _alone = self.keeping.lock().await;
        let before = alone_before(door.now());
        let rows = reader.read(move |conn| db::media::unneeded(conn, before, SWEPT)).await?;
        if rows.is_empty() {
            return Ok(0);
        }
        let media = rows.iter().map(|row| row.id).collect();
        door.perform(Origin::clock(), ForgetMedia { media }).await?;
        for MediaRow { digest, media_type, .. } in &rows {
            self.drop_files(reader, *digest, *media_type).await?;
        }
        Ok(rows.len())
    }

    /// The bytes of a file and what they are; nothing where there is no such file.
    pub async fn read(&self, text: &str) -> Option<(Vec<u8>, MediaType)> {
        let name = FileName::parse(text)?;
        let path = self.path(name);
        let bytes = blocking(move || fs::read(path)).await.ok()?;
        Some((bytes, name.media_type))
    }

    /// Deletes the files of a picture that no row needs.
    async fn drop_files(
        &self,
        reader: &db::Reader,
        digest: Digest,
        media_type: MediaType,
    ) -> Result<()> {
        if reader.read(move |conn| db::media::is_needed(conn, digest)).await? {
            return Ok(());
        }
        let paths = [false, true].map(|small| self.path(name(digest, media_type, small)));
        let root = self.root.clone();
        let dropped =
            blocking(move || unless_held(&root, || paths.iter().try_for_each(|path| remove(path))));
        if !dropped.await.map_err(StoreError::File)? {
            tracing::info!("a backup is being made: `tequio media sweep` deletes a picture later");
        }
        Ok(())
    }

    fn path(&self, name: FileName) -> PathBuf {
        file_path(&self.root, name)
    }
}

/// Where a file lies below the folder of all.
pub(crate) fn file_path(root: &Path, name: FileName) -> PathBuf {
    let text = name.text();
    let part = |from: usize| text.get(from..from + 2).unwrap_or_default();
    root.join(part(0)).join(part(2)).join(&text)
}

/// Keeps a file as it was kept elsewhere, in the place of one that was damaged.
pub(crate) fn keep_file(root: &Path, name: FileName, bytes: &[u8]) -> io::Result<()> {
    let path = file_path(root, name);
    if fs::read(&path).is_ok_and(|kept| kept != bytes) {
        remove(&path)?;
    }
    write(&path, bytes)
}

/// Bytes in hexadecimal.
pub(crate) fn hex(bytes: &[u8]) -> String {
    let digit = |four: u8| char::from_digit(u32::from(four), 16).unwrap_or('0');
    bytes.iter().flat_map(|byte| [digit(byte >> 4), digit(byte & 15)]).collect()
}

fn name(digest: Digest, media_type: MediaType, preview: bool) -> FileName {
    FileName { digest: digest.0, media_type, preview }
}

async fn blocking<T: Send + 'static>(
    work: impl FnOnce() -> io::Result<T> + Send + 'static,
) -> io::Result<T> {
    tokio::task::spawn_blocking(work).await.map_err(io::Error::other)?
}

/// Whole or not at all: a reader never meets half a file.
fn write(path: &Path, bytes: &[u8]) -> io::Result<()> {
    if path.exists() {
        return Ok(());
    }
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder)?;
    }
    let part = path.with_extension("part");
    fs::write(&part, bytes)?;
    fs::File::open(&part)?.sync_all()?;
    fs::rename(part, path)
}

pub(super) fn remove(path: &Path) -> io::Result<()> {
    match fs::remove_file(path) {
        Err(err) if err.kind() != io::ErrorKind::NotFound => Err(err),
        _ => Ok(()),
    }
}
