//! A client: builds a request, sends it to the API in this process, and reads the answer.

use std::{
    collections::HashMap,
    iter,
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
};

use actix_web::{
    App,
    dev::Payload,
    http::{
        Method, StatusCode,
        header::{CONTENT_LENGTH, HeaderMap},
    },
    test::{self, TestRequest},
    web,
};
use async_trait::async_trait;
use futures::stream;
use ops::{Lookup, LookupError, lookup::Found, media::Store};
use serde_json::Value;
use testkit::{TestKeys, World};

/// What other servers would answer.
#[derive(Clone, Debug, Default)]
pub(crate) struct Book(pub(crate) HashMap<String, Result<Found, LookupError>>);

#[async_trait]
impl Lookup for Book {
    async fn find(&self, text: &str) -> Result<Found, LookupError> {
        self.0.get(text).cloned().unwrap_or(Err(LookupError::Malformed))
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
    path: String,
    body: Vec<u8>,
    headers: Vec<(String, String)>,
    book: Book,
    under: &'static str,
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

/// A request to an address under `/api/v1`.
pub(crate) fn ask(method: &str, path: &str) -> Ask {
    Ask {
        method: method.parse().unwrap(),
        path: path.to_owned(),
        body: Vec::new(),
        headers: Vec::new(),
        book: Book::default(),
        under: "/api/v1",
        flood: None,
    }
}

pub(crate) fn get(path: &str) -> Ask {
    ask("GET", path)
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
    pub(crate) fn by(self, token: &str) -> Self {
        self.header("Authorization", &format!("Bearer {token}"))
    }

    pub(crate) fn header(mut self, name: &str, value: &str) -> Self {
        self.headers.push((name.to_owned(), value.to_owned()));
        self
    }

    /// Not under `/api/v1`.
    pub(crate) fn outside(self) -> Self {
        Self { under: "", ..self }
    }

    pub(crate) fn json(self, body: &Value) -> Self {
        self.body("application/json", body.to_string().as_bytes())
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

    pub(crate) async fn send(self, world: &World) -> Answer {
        let api = api::Api {
            door: world.door.clone(),
            reader: world.reader.clone(),
            keys: Arc::<TestKeys>::clone(&world.keys),
            lookup: Arc::new(self.book),
            name: "Commons".to_owned(),
        };
        let store = Store::new(world.dir().join("media"), QUOTA);
        let app = App::new()
            .app_data(web::Data::new(api))
            .app_data(web::Data::new(store))
            .configure(api::routes);
        let app = test::init_service(app).await;
        let mut request = TestRequest::with_uri(&format!("{}{}", self.under, self.path))
            .method(self.method)
            .set_payload(self.body.clone());
        let announced = self.headers.iter().any(|(name, _)| name == "Content-Length");
        for (name, value) in self.headers {
            request = request.insert_header((name, value));
        }
        let mut request = request.to_request();
        if let Some(read) = self.flood {
            if !announced {
                request.headers_mut().remove(CONTENT_LENGTH);
            }
            request = request.replace_payload(flood(self.body, read)).0;
        }
        let answer = test::call_service(&app, request).await;
        let (status, headers) = (answer.status(), answer.headers().clone());
        let bytes = test::read_body(answer).await;
        let text = String::from_utf8_lossy(&bytes).into_owned();
        let json = serde_json::from_str(&text).unwrap_or_default();
        Answer { status, headers, bytes: bytes.to_vec(), text, json }
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
