//! `tequio serve`: one instance until a signal ends it.

use std::time::Instant;

use tokio::signal::unix::{SignalKind, signal};

use crate::{Running, config::Config, instance, metrics};

pub(super) async fn run(config: Config) -> anyhow::Result<()> {
    let started = Instant::now();
    for warning in config.warnings() {
        tracing::warn!("{warning}");
    }
    let numbers = metrics::install()?;
    let metrics_server = match config.metrics.bind {
        Some(address) => Some(metrics::serve(instance::listen(address)?, numbers.clone())?),
        None => None,
    };
    let running = Running::start(&config).await?;
    tracing::info!(
        address = %running.address,
        url = %config.instance.url,
        version = instance::VERSION,
        milliseconds = u64::try_from(started.elapsed().as_millis()).unwrap_or(u64::MAX),
        "ready"
    );
    if let Some(address) = running.setup.as_deref() {
        println!("Nobody runs this place yet. Make the first account here, once:\n  {address}");
    }
    let handle = metrics_server.as_ref().map(actix_web::dev::Server::handle);
    let beside = async {
        match metrics_server {
            Some(server) => drop(server.await),
            None => std::future::pending().await,
        }
    };
    tokio::select! {
        () = asked_to_stop()? => {}
        () = beside => tracing::warn!("the metrics listener ended"),
        () = metrics::keep_tidy(numbers) => {}
    }
    tracing::info!("stopping");
    if let Some(handle) = handle {
        handle.stop(false).await;
    }
    running.stop().await;
    tracing::info!("stopped");
    Ok(())
}

/// Ends at SIGINT (Ctrl-C) or SIGTERM.
pub(super) fn asked_to_stop() -> anyhow::Result<impl Future<Output = ()>> {
    let mut interrupt = signal(SignalKind::interrupt())?;
    let mut terminate = signal(SignalKind::terminate())?;
    Ok(async move {
        tokio::select! {
            _ = interrupt.recv() => {}
            _ = terminate.recv() => {}
        }
    })
}
