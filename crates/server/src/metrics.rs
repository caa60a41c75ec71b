//! Numbers for Prometheus, on a listener of their own that the public does not reach.

use std::io;
use std::net::TcpListener;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use actix_web::dev::Server;
use actix_web::http::header;
use actix_web::{App, HttpResponse, HttpServer, web};
use anyhow::Context as _;
use metrics::{Unit, describe_counter, describe_gauge, describe_histogram};
use metrics_exporter_prometheus::{Matcher, PrometheusBuilder, PrometheusHandle};

/// Received activities, by `outcome`.
pub const INBOX_RECEIVED: &str = "tequio_inbox_received_total";
/// Tries to deliver, by `outcome`.
pub const DELIVERIES: &str = "tequio_deliveries_total";
/// Jobs that came to an end, by `kind` and `outcome`.
pub const JOBS: &str = "tequio_jobs_total";
/// How long requests took.
pub const HTTP_REQUEST_SECONDS: &str = "tequio_http_request_seconds";
/// How much waits, by `queue`.
pub const QUEUE_LENGTH: &str = "tequio_queue_length";

const SECONDS: [f64; 11] = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 5.0];

/// There is one recorder in a process, however many servers its tests start.
static INSTALLED: Mutex<Option<PrometheusHandle>> = Mutex::new(None);

/// Starts counting, or hands out what already counts.
pub fn install() -> anyhow::Result<PrometheusHandle> {
    let mut installed = INSTALLED.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(handle) = installed.as_ref() {
        return Ok(handle.clone());
    }
    let recorder = PrometheusBuilder::new()
        .set_buckets_for_metric(Matcher::Full(HTTP_REQUEST_SECONDS.into()), &SECONDS)?
        .build_recorder();
    let handle = recorder.handle();
    metrics::set_global_recorder(recorder).context("metrics are already recorded elsewhere")?;
    describe();
    *installed = Some(handle.clone());
    Ok(handle)
}

fn describe() {
    describe_counter!(INBOX_RECEIVED, "Activities received in an inbox, by outcome");
    describe_counter!(DELIVERIES, "Tries to deliver an activity to another server, by outcome");
    describe_counter!(JOBS, "Jobs that came to an end, by kind and outcome");
    describe_histogram!(HTTP_REQUEST_SECONDS, Unit::Seconds, "Time from request to answer");
    describe_gauge!(QUEUE_LENGTH, "Things that wait to be done, by queue");
}

/// Answers `GET /metrics` on the listener until the returned server is stopped.
///
/// Stop it together with the public one: it does not listen to signals.
pub fn serve(listener: TcpListener, handle: PrometheusHandle) -> io::Result<Server> {
    let handle = web::Data::new(handle);
    let app = move || App::new().app_data(handle.clone()).route("/metrics", web::get().to(page));
    Ok(HttpServer::new(app).workers(1).disable_signals().listen(listener)?.run())
}

async fn page(handle: web::Data<PrometheusHandle>) -> HttpResponse {
    handle.run_upkeep();
    HttpResponse::Ok()
        .insert_header((header::CONTENT_TYPE, "text/plain; version=0.0.4; charset=utf-8"))
        .body(handle.render())
}

/// Keeps the memory of measured times small where nobody asks for them; runs until dropped.
pub async fn keep_tidy(handle: PrometheusHandle) {
    let mut clock = tokio::time::interval(Duration::from_secs(5));
    loop {
        clock.tick().await;
        handle.run_upkeep();
    }
}

#[cfg(test)]
mod tests {
    use std::io::{Read, Write};
    use std::net::{SocketAddr, TcpListener, TcpStream};

    use super::{HTTP_REQUEST_SECONDS, INBOX_RECEIVED, install, serve};

    fn get(address: SocketAddr, path: &str) -> String {
        let mut stream = TcpStream::connect(address).unwrap();
        write!(stream, "GET {path} HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n").unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).unwrap();
        answer
    }

    #[actix_web::test]
    async fn what_was_counted_is_told_on_the_listener() {
        let handle = install().unwrap();
        install().unwrap();
        metrics::counter!(INBOX_RECEIVED, "outcome" => "done").increment(2);
        metrics::histogram!(HTTP_REQUEST_SECONDS).record(0.003);
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap();
        let server = serve(listener, handle).unwrap();
        let stop = server.handle();
        let running = actix_web::rt::spawn(server);
        let ask = move || [get(address, "/metrics"), get(address, "/")];
        let [told, elsewhere] = actix_web::web::block(ask).await.unwrap();
        assert!(told.contains("# HELP tequio_inbox_received_total Activities"), "{told}");
        assert!(told.contains("tequio_inbox_received_total{outcome=\"done\"} 2"), "{told}");
        assert!(told.contains("tequio_http_request_seconds_bucket{le=\"0.005\"} 1"), "{told}");
        assert!(elsewhere.starts_with("HTTP/1.1 404"), "{elsewhere}");
        stop.stop(true).await;
        running.await.unwrap().unwrap();
    }
}
