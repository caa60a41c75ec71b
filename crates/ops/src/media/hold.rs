//! While a backup is made, no file of a picture goes.

use std::{
    fs::{File, TryLockError},
    io,
    path::{Path, PathBuf},
};

/// Nothing below the folder of pictures is deleted while this is held. The lock dies with its process.
#[derive(Debug)]
pub struct Hold(#[expect(dead_code, reason = "held until it is dropped")] Option<File>);

fn place(root: &Path) -> PathBuf {
    root.join(".hold")
}

/// Whoever may read the folder may hold it.
fn open(root: &Path) -> io::Result<File> {
    let path = place(root);
    match File::open(&path) {
        Err(err) if err.kind() == io::ErrorKind::NotFound => {
            File::options().create(true).append(true).open(path)
        }
        opened => opened,
    }
}

impl Hold {
    /// Waits until nobody deletes, and keeps it so. Where there are no pictures, there is nothing to hold.
    pub fn take(root: &Path) -> io::Result<Self> {
        if !root.is_dir() {
            return Ok(Self(None));
        }
        let file = open(root)?;
        file.lock_shared()?;
        Ok(Self(Some(file)))
    }
}

/// Does something unless a backup is being made; said is whether it was done.
pub(super) fn unless_held(root: &Path, work: impl FnOnce() -> io::Result<()>) -> io::Result<bool> {
    if !root.is_dir() {
        return work().map(|()| true);
    }
    let Ok(file) = open(root) else { return work().map(|()| true) };
    match file.try_lock() {
        Err(TryLockError::WouldBlock) => Ok(false),
        // A file system without locks has no backups that hold it either.
        Ok(()) | Err(TryLockError::Error(_)) => work().map(|()| true),
    }
}
