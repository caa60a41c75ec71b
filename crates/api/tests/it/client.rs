//! A client: builds a request, sends it to the API in this process, and reads the answer.

use std::{
    collections::HashMap,
    iter,
    net::SocketAddr,
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
};

use actix_web::{
    App,
    body::BoxBody,
    dev::{Payload, ServiceResponse},
    http::{
        Method, StatusCode,
        header::{CONTENT_LENGTH, HeaderMap},
    },
    test::{self, TestRequest},
    web,
};
use api::Limits;
use async_trait::async_trait;
use db::{actors::ActorRow, listings::ListingRow};
use futures::stream;
use ops::{
    Lookup, LookupError,
    doors::Doors,
    lookup::Found,
    media::Store,
    previews::{Preview, Previews},
};
use serde_json::Value;
use testkit::{TestKeys, World};
use url::form_urlencoded::Serializer;

/// What other servers would answer.
#[derive(Clone, Debug, Default)]
pub(crate) struct Book(pub(crate) HashMap<String, Result<Found, LookupError>>);

#[async_trait]
impl Lookup for Book {
    async fn find(&self, text: &str) -> Result<Found, LookupError> {
        self.0.get(text).cloned().unwrap_or(Err(LookupError::Malformed))
    }

    async fn doors(&self, name: &str, host: &str) -> Result<Doors, LookupError> {
        if name != "mia" {
            return Err(LookupError::Unknown);
        }
        let rel = "http://ostatus.org/schema/1.0/subscribe".to_owned();
        let template = format!("https://{host}/authorize_interaction?uri={{uri}}");
        Ok(Doors { host: host.to_owned(), plain: false, templates: vec![(rel, template)] })
    }
}

/// How a listing looks elsewhere.
struct Shown;

impl Previews for Shown {
    fn preview(&self, listing: &ListingRow, of: &ActorRow, signer: Option<&ActorRow>) -> Preview {
        let name = signer.map_or(&of.handle, |signer| &signer.handle);
        Preview {
            microblog: format!("<p>{} <a href=\"{}\">{name}</a></p>", listing.title, listing.ap_id),
            title: listing.title.clone(),
            threadiverse: format!("<p>{}</p>", listing.text),
        }
    }
}

/// How much a flood is, and how much of it comes at once.
const GIGABYTE: usize = 1024 * 1024 * 1024;
const CHUNK: usize = 64 * 1024;
/// So many bytes of pictures each person may have.
const QUOTA: i64 = 64 * 1024;

/// A request on its way.
#[derive(Clone, Debug)]
pub(crate) struct Ask {
    method: Method,
    base: &'static str,
    path: String,
    body: Vec<u8>,
    headers: Vec<(String, String)>,
    from: Option<SocketAddr>,
    book: Book,
    limits: Arc<Limits>,
    flood: Option<Arc<AtomicUsize>>,
}

/// What came back.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) bytes: Vec<u8>,
    pub(crate) text: String,
    pub(crate) json: Value,
}

/// A request to an address under `/api/v1`, or to one of OAuth's own.
pub(crate) fn ask(method: &str, path: &str) -> Ask {
    Ask {
        method: method.parse().unwrap(),
        base: "/api/v1",
        path: path.to_owned(),
        body: Vec::new(),
        headers: Vec::new(),
        from: None,
        book: Book::default(),
        limits: Arc::default(),
        flood: None,
    }
}

pub(crate) fn get(path: &str) -> Ask {
    ask("GET", path)
}

/// A request to an address outside of `/api/v1`.
pub(crate) fn outside(path: &str) -> Ask {
    Ask { base: "", ..get(path) }
}

pub(crate) fn post(path: &str, body: &Value) -> Ask {
    ask("POST", path).json(body)
}

pub(crate) fn patch(path: &str, body: &Value) -> Ask {
    ask("PATCH", path).json(body)
}

pub(crate) fn delete(path: &str) -> Ask {
    ask("DELETE", path)
}

impl Ask {
    /// The same by another method.
    pub(crate) fn with(self, method: &str) -> Self {
        Self { method: method.parse().unwrap(), ..self }
    }

    pub(crate) fn by(self, token: &str) -> Self {
        self.header("Authorization", &format!("Bearer {token}"))
    }

    pub(crate) fn header(mut self, name: &str, value: &str) -> Self {
        self.headers.push((name.to_owned(), value.to_owned()));
        self
    }

    /// Comes from this address.
    pub(crate) fn from(mut self, address: &str) -> Self {
        self.from = Some(SocketAddr::new(address.parse().unwrap(), 1));
        self
    }

    /// Not under `/api/v1`.
    pub(crate) fn outside(self) -> Self {
        Self { base: "", ..self }
    }

    pub(crate) fn json(self, body: &Value) -> Self {
        self.body("application/json", body.to_string().as_bytes())
    }

    /// Fields as a form has them.
    pub(crate) fn form(self, fields: &[(&str, &str)]) -> Self {
        let body = Serializer::new(String::new()).extend_pairs(fields).finish();
        self.body("application/x-www-form-urlencoded", body.as_bytes())
    }

    pub(crate) fn body(mut self, media_type: &str, body: &[u8]) -> Self {
        self.body = body.to_vec();
        self.header("Content-Type", media_type)
    }

    /// Lets a gigabyte of nothing follow the body, and does not say so; counts how many bytes of it are read.
    pub(crate) fn flooding(mut self, read: &Arc<AtomicUsize>) -> Self {
        self.flood = Some(Arc::clone(read));
        self
    }

    /// What `text` turns out to be on other servers.
    pub(crate) fn knowing(mut self, text: &str, found: Result<Found, LookupError>) -> Self {
        self.book.0.insert(text.to_owned(), found);
        self
    }

    /// One of several that are counted together.
    pub(crate) fn under(mut self, limits: &Arc<Limits>) -> Self {
        self.limits = Arc::clone(limits);
        self
    }

    pub(crate) async fn send(self, world: &World) -> Answer {
        let answer = self.call(world).await;
        let (status, headers) = (answer.status(), answer.headers().clone());
        let bytes = test::read_body(answer).await;
        let text = String::from_utf8_lossy(&bytes).into_owned();
        let json = serde_json::from_str(&text).unwrap_or_default();
        Answer { status, headers, bytes: bytes.to_vec(), text, json }
    }

    /// Sends it, and leaves the body unread.
    pub(crate) async fn call(self, world: &World) -> ServiceResponse<BoxBody> {
        let api = api::Api {
            door: world.door.clone(),
            reader: world.reader.clone(),
            keys: Arc::<TestKeys>::clone(&world.keys),
            lookup: Arc::new(self.book),
            previews: Arc::new(Shown),
            limits: self.limits,
            name: "Commons".to_owned(),
            setup: ops::console::doctor::Setup::default(),
        };
        let store = Store::new(world.dir().join("media"), QUOTA);
        let app = App::new()
            .app_data(web::Data::new(api))
            .app_data(web::Data::new(store))
            .configure(api::routes);
        let app = test::init_service(app).await;
        let own = self.path.starts_with("/oauth/") || self.path.starts_with("/.well-known/");
        let base = if own { "" } else { self.base };
        let mut request = TestRequest::with_uri(&format!("{base}{}", self.path))
            .method(self.method)
            .set_payload(self.body.clone());
        if let Some(from) = self.from {
            request = request.peer_addr(from);
        }
        let announced = self.headers.iter().any(|(name, _)| name == "Content-Length");
        for (name, value) in self.headers {
            let is_one = ["Content-Length", "Content-Type"].contains(&name.as_str());
            let header = (name, value);
            request =
                if is_one { request.insert_header(header) } else { request.append_header(header) };
        }
        let mut request = request.to_request();
        if let Some(read) = self.flood {
            if !announced {
                request.headers_mut().remove(CONTENT_LENGTH);
            }
            request = request.replace_payload(flood(self.body, read)).0;
        }
        test::call_service(&app, request).await.map_into_boxed_body()
    }
}

fn flood(body: Vec<u8>, read: Arc<AtomicUsize>) -> Payload {
    let water = iter::repeat_with(move || {
        read.fetch_add(CHUNK, Ordering::Relaxed);
        vec![0; CHUNK]
    });
    let all = iter::once(body).chain(water.take(GIGABYTE / CHUNK)).map(|it| Ok(it.into()));
    Payload::Stream { payload: Box::pin(stream::iter(all)) }
}

impl Answer {
    /// Checks the status; what the answer says is in the message.
    pub(crate) fn is(self, status: u16) -> Self {
        assert_eq!(self.status.as_u16(), status, "{}", self.text);
        self
    }

    /// Checks that it is a problem of this status and code, with everything that a problem has.
    pub(crate) fn problem(self, status: u16, code: &str) -> Self {
        let answer = self.is(status);
        assert_eq!(answer.header("content-type"), "application/problem+json");
        assert_eq!(answer.json["code"], code, "{}", answer.text);
        assert_eq!(answer.json["status"], status);
        assert_eq!(answer.json["type"], "about:blank");
        assert!(answer.json["title"].is_string() && answer.json["detail"].is_string());
        answer
    }

    /// Checks that it names a field.
    pub(crate) fn field(self, field: &str) -> Self {
        assert_eq!(self.json["field"], field, "{}", self.text);
        self
    }

    pub(crate) fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().unwrap())
    }

    pub(crate) fn id(&self) -> String {
        self.json["id"].as_str().expect("an id").to_owned()
    }

    /// The values of a field of all items.
    pub(crate) fn all(&self, field: &str) -> Vec<&Value> {
        self.json["items"].as_array().unwrap().iter().map(|item| &item[field]).collect()
    }
}
