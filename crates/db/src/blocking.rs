//! Where work that blocks is done: on the threads that are there for it, or right here.
//!
//! Going to another thread and back costs more than most reads do. A worker that does one small thing after the other
//! therefore has a thread of its own, on which it may block; what it reads and writes is done in place.

use std::{cell::Cell, future::Future, panic::AssertUnwindSafe};

use tokio::{runtime::Handle, task};

use crate::{DbError, Result};

thread_local! {
    /// Whether nobody else waits for this thread.
    static MAY_BLOCK: Cell<bool> = const { Cell::new(false) };
}

/// Takes the permission back, whatever happens.
struct Permission;

impl Drop for Permission {
    fn drop(&mut self) {
        MAY_BLOCK.set(false);
    }
}

/// Does work that blocks; a panic in it is an error.
pub async fn run<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> Result<T> {
    let done = if MAY_BLOCK.get() {
        std::panic::catch_unwind(AssertUnwindSafe(work)).map_err(|_| "it panicked".to_owned())
    } else {
        task::spawn_blocking(work).await.map_err(|err| err.to_string())
    };
    done.map_err(DbError::Unavailable)
}

/// Runs a future to its end on this thread, where it may block. Only for threads of the blocking pool of a runtime.
pub fn here<F: Future>(future: F) -> F::Output {
    let _permission = Permission;
    MAY_BLOCK.set(true);
    Handle::current().block_on(future)
}

#[cfg(test)]
mod tests {
    use std::thread;

    use super::*;

    #[tokio::test]
    async fn what_blocks_goes_to_another_thread_unless_this_one_may_block() {
        let here_now = thread::current().id();
        assert_ne!(run(|| thread::current().id()).await.unwrap(), here_now);
        let (worker, work) = task::spawn_blocking(|| {
            let work = here(async { run(|| thread::current().id()).await.unwrap() });
            (thread::current().id(), work)
        })
        .await
        .unwrap();
        assert_eq!(worker, work);
        assert!(!task::spawn_blocking(|| MAY_BLOCK.get()).await.unwrap());
    }

    #[tokio::test]
    async fn a_panic_is_an_error_on_either_thread() {
        let panics = || -> i32 { panic!("on purpose") };
        assert!(matches!(run(panics).await, Err(DbError::Unavailable(_))));
        let inside = task::spawn_blocking(move || here(run(panics))).await.unwrap();
        assert!(matches!(inside, Err(DbError::Unavailable(_))));
    }
}
