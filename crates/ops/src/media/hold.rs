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

impl Hold {
    /// Waits until nobody deletes, and keeps it so. Where there are no pictures, there is nothing to hold.
    pub fn take(root: &Path) -> io::Result<Self> {
        if !root.is_dir() {
            return Ok(Self(None));
        }
        let file = match File::open(place(root)) {
            Err(err) if err.kind() == io::ErrorKind::NotFound => {
                File::options().create(true).append(true).open(place(root))?
            }
            opened => opened?,
        };
        file.lock_shared()?;
        Ok(Self(Some(file)))
    }
}

/// Does something unless a backup is being made; said is whether it was done.
pub(super) fn unless_held(root: &Path, work: impl FnOnce() -> io::Result<()>) -> io::Result<bool> {
    // Without this file nobody has held anything yet: what goes now has lost its row before anybody can look.
    let Ok(file) = File::open(place(root)) else { return work().map(|()| true) };
    match file.try_lock() {
        Err(TryLockError::WouldBlock) => Ok(false),
        // A file system without locks has no backups that hold it either.
        Ok(()) | Err(TryLockError::Error(_)) => work().map(|()| true),
    }
}
