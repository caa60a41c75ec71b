//! The routes of all crates, wired into one application.

use std::{net::TcpListener, sync::Arc, time::Duration};

use actix_web::{App, HttpServer, dev::Server, middleware::from_fn, web};

use crate::health::{Health, health};

/// What the handlers of all crates are given.
#[derive(Clone)]
pub struct Shared {
    pub federation: federation::Federation,
    pub api: web::Data<api::Api>,
    pub web: web::Data<web_pages::Web>,
    pub health: web::Data<Health>,
}

use ::web as web_pages;

/// Serves on a listener until the returned server is stopped.
///
/// Federation comes first: its routes answer only who asks for ActivityPub, and pages answer the rest.
pub fn serve(listener: TcpListener, shared: Shared, workers: usize) -> std::io::Result<Server> {
    let federation = web::Data::from(Arc::new(shared.federation.clone()));
    let app = move || {
        App::new()
            .wrap(from_fn(measure))
            .app_data(federation.clone())
            .app_data(shared.api.clone())
            .app_data(shared.web.clone())
            .app_data(shared.health.clone())
            .route("/health", web::get().to(health))
            .configure(api::routes)
            .configure(federation::routes)
            .configure(web_pages::routes)
    };
    let server = HttpServer::new(app)
        .workers(workers)
        .disable_signals()
        .client_request_timeout(Duration::from_secs(10))
        .keep_alive(Duration::from_secs(30))
        .shutdown_timeout(10);
    Ok(server.listen(listener)?.run())
}

/// Counts how long each request took.
async fn measure(
    request: actix_web::dev::ServiceRequest,
    next: actix_web::middleware::Next<impl actix_web::body::MessageBody>,
) -> Result<actix_web::dev::ServiceResponse<impl actix_web::body::MessageBody>, actix_web::Error> {
    let started = std::time::Instant::now();
    let answer = next.call(request).await;
    metrics::histogram!(crate::metrics::HTTP_REQUEST_SECONDS)
        .record(started.elapsed().as_secs_f64());
    answer
}
