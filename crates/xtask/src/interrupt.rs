//! Ctrl-C and termination: whatever was started is stopped before we end.

use std::process::{Child, Command, ExitStatus};
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context as _, Result, bail};
use tokio::runtime::Builder;
use tokio::signal::unix::{SignalKind, signal};

static INTERRUPTED: AtomicBool = AtomicBool::new(false);

/// A terminal sends Ctrl-C to our child too; it has this long to end by itself.
const GRACE: Duration = Duration::from_secs(5);

/// From here on a signal no longer ends this process, and `wait` tells of it.
pub(crate) fn listen() -> Result<()> {
    let runtime = Builder::new_current_thread().enable_all().build()?;
    let (mut interrupt, mut terminate) = runtime.block_on(async {
        anyhow::Ok((signal(SignalKind::interrupt())?, signal(SignalKind::terminate())?))
    })?;
    thread::Builder::new().name(String::from("signals")).spawn(move || {
        runtime.block_on(async {
            tokio::select! { _ = interrupt.recv() => (), _ = terminate.recv() => () }
        });
        INTERRUPTED.store(true, Ordering::Relaxed);
    })?;
    Ok(())
}

/// Fails once a signal came in.
pub(crate) fn heed() -> Result<()> {
    if INTERRUPTED.load(Ordering::Relaxed) {
        bail!("interrupted");
    }
    Ok(())
}

/// Waits for a child, or stops it when a signal comes in.
pub(crate) fn wait(child: &mut Child) -> Result<ExitStatus> {
    let mut deadline: Option<Instant> = None;
    loop {
        if let Some(status) = child.try_wait()? {
            heed()?;
            return Ok(status);
        }
        if heed().is_err() {
            let deadline = *deadline.get_or_insert_with(|| Instant::now() + GRACE);
            if Instant::now() > deadline {
                terminate(child)?;
                bail!("interrupted");
            }
        }
        thread::sleep(Duration::from_millis(20));
    }
}

/// Asks politely, then insists.
fn terminate(child: &mut Child) -> Result<()> {
    let id = child.id().to_string();
    Command::new("kill").args(["-TERM", &id]).status().context("cannot run kill")?;
    let deadline = Instant::now() + GRACE;
    while Instant::now() < deadline {
        if child.try_wait()?.is_some() {
            return Ok(());
        }
        thread::sleep(Duration::from_millis(20));
    }
    child.kill()?;
    child.wait()?;
    Ok(())
}
