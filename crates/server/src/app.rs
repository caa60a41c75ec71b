//! The routes of all crates, wired into one application.

use std::{
    net::{IpAddr, TcpListener},
    sync::Arc,
    time::Duration,
};

use actix_web::{
    App, HttpMessage as _, HttpServer,
    body::MessageBody,
    dev::{Server, ServiceRequest, ServiceResponse},
    http::header::HeaderMap,
    middleware::{Next, from_fn},
    web,
};

use crate::{
    config::Network,
    health::{Health, health},
};

/// What the handlers of all crates are given.
#[derive(Clone)]
pub struct Shared {
    pub federation: federation::Federation,
    pub api: web::Data<api::Api>,
    pub web: web::Data<web_pages::Web>,
    pub media: web::Data<ops::media::Store>,
    pub health: web::Data<Health>,
    /// Whose `X-Forwarded-For` counts.
    pub trusted_proxies: Arc<[Network]>,
    /// Whether other servers are talked with.
    pub federate: bool,
}

use ::web as web_pages;

/// Serves on a listener until the returned server is stopped.
///
/// Federation comes first: its routes answer only who asks for ActivityPub, and pages answer the rest.
pub fn serve(listener: TcpListener, shared: Shared, workers: usize) -> std::io::Result<Server> {
    let federation = web::Data::from(Arc::new(shared.federation.clone()));
    let proxies = web::Data::new(Proxies(shared.trusted_proxies.clone()));
    let federate = shared.federate;
    let app = move || {
        App::new()
            .wrap(from_fn(federation::authorized_fetch))
            .wrap(from_fn(measure))
            .wrap(from_fn(whose_address))
            .app_data(proxies.clone())
            .app_data(federation.clone())
            .app_data(shared.api.clone())
            .app_data(shared.web.clone())
            .app_data(shared.media.clone())
            .app_data(shared.health.clone())
            .route("/health", web::get().to(health))
            .configure(api::routes)
            .configure(|cfg| {
                if federate {
                    federation::routes(cfg);
                }
            })
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

/// The proxies in front of us.
struct Proxies(Arc<[Network]>);

/// Puts the client's address into the request's extensions as an [`IpAddr`], for those who count tries.
async fn whose_address(
    request: ServiceRequest,
    next: Next<impl MessageBody>,
) -> Result<ServiceResponse<impl MessageBody>, actix_web::Error> {
    if let (Some(peer), Some(proxies)) =
        (request.peer_addr(), request.app_data::<web::Data<Proxies>>())
    {
        let client = client(peer.ip(), request.headers(), &proxies.0);
        request.extensions_mut().insert(client);
    }
    next.call(request).await
}

/// The last address in `X-Forwarded-For` that no proxy of ours wrote about another proxy of ours. What
/// stands before it was written by the client, and believed by nobody.
fn client(peer: IpAddr, headers: &HeaderMap, proxies: &[Network]) -> IpAddr {
    let trusted = |address: IpAddr| proxies.iter().any(|network| network.contains(address));
    let mut client = peer;
    let said: Vec<&str> = headers
        .get_all("x-forwarded-for")
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(','))
        .collect();
    for address in said.iter().rev() {
        if !trusted(client) {
            break;
        }
        match address.trim().parse() {
            Ok(address) => client = address,
            Err(_) => break,
        }
    }
    client
}

/// Counts how long each request took.
async fn measure(
    request: ServiceRequest,
    next: Next<impl MessageBody>,
) -> Result<ServiceResponse<impl MessageBody>, actix_web::Error> {
    let started = std::time::Instant::now();
    let answer = next.call(request).await;
    metrics::histogram!(crate::metrics::HTTP_REQUEST_SECONDS)
        .record(started.elapsed().as_secs_f64());
    answer
}

#[cfg(test)]
mod tests {
    use actix_web::http::header::{HeaderMap, HeaderName, HeaderValue};

    use super::client;
    use crate::config::Network;

    #[test]
    fn only_our_own_proxies_are_believed() {
        let ours = [Network::try_from("10.0.0.0/8".to_owned()).unwrap()];
        for (peer, said, want) in [
            ("203.0.113.9", "", "203.0.113.9"),
            ("203.0.113.9", "198.51.100.1", "203.0.113.9"),
            ("10.0.0.1", "198.51.100.1", "198.51.100.1"),
            ("10.0.0.1", "1.1.1.1, 198.51.100.1", "198.51.100.1"),
            ("10.0.0.1", "198.51.100.1, 10.0.0.2", "198.51.100.1"),
            ("10.0.0.1", "nonsense", "10.0.0.1"),
            ("10.0.0.1", "", "10.0.0.1"),
        ] {
            let mut headers = HeaderMap::new();
            if !said.is_empty() {
                let name = HeaderName::from_static("x-forwarded-for");
                headers.append(name, HeaderValue::from_str(said).unwrap());
            }
            let got = client(peer.parse().unwrap(), &headers, &ours);
            assert_eq!(got.to_string(), want, "{peer} {said}");
        }
    }
}
