//! Inboxes on ports of their own that answer slowly and remember in which order things came.

use std::{
    net::TcpListener,
    sync::{
        Arc, Mutex,
        atomic::{AtomicBool, Ordering},
    },
    time::Duration,
};

use actix_web::{App, HttpRequest, HttpResponse, HttpServer, web};
use serde_json::Value;

/// Several servers that take whatever is delivered. Until they are opened, nobody is answered.
pub(crate) struct Sinks {
    pub(crate) hosts: Vec<String>,
    state: Arc<State>,
}

struct State {
    open: AtomicBool,
    pause: Duration,
    /// Host and activity.
    arrived: Mutex<Vec<(String, Value)>>,
}

impl Sinks {
    /// As many servers, each of which takes its time for every answer.
    #[expect(clippy::disallowed_methods, reason = "ends with the test")]
    pub(crate) fn start(count: usize, pause: Duration) -> Self {
        let arrived = Mutex::default();
        let state = Arc::new(State { open: AtomicBool::new(false), pause, arrived });
        let data = web::Data::from(state.clone());
        let app = move || App::new().app_data(data.clone()).route("/inbox", web::post().to(inbox));
        let mut server = HttpServer::new(app).workers(1).disable_signals();
        let mut hosts = Vec::new();
        for _ in 0..count {
            let listener = TcpListener::bind("127.0.0.1:0").unwrap();
            hosts.push(listener.local_addr().unwrap().to_string());
            server = server.listen(listener).unwrap();
        }
        tokio::spawn(server.run());
        Self { hosts, state }
    }

    /// From now on they answer.
    pub(crate) fn open(&self) {
        self.state.open.store(true, Ordering::SeqCst);
    }

    /// The ids of what was created, in the order in which it came to one host.
    pub(crate) fn created(&self, host: &str) -> Vec<String> {
        let arrived = self.state.arrived.lock().unwrap();
        let mine =
            arrived.iter().filter(|(to, activity)| to == host && activity["type"] == "Create");
        mine.map(|(_, activity)| activity["object"]["id"].as_str().unwrap().to_owned()).collect()
    }

    /// How many creations came, to whomever.
    pub(crate) fn count(&self) -> usize {
        self.hosts.iter().map(|host| self.created(host).len()).sum()
    }
}

async fn inbox(request: HttpRequest, body: web::Bytes, state: web::Data<State>) -> HttpResponse {
    while !state.open.load(Ordering::SeqCst) {
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    tokio::time::sleep(state.pause).await;
    let host = request.connection_info().host().to_owned();
    let activity = serde_json::from_slice(&body).unwrap();
    state.arrived.lock().unwrap().push((host, activity));
    HttpResponse::Accepted().finish()
}
