//! A browser without scripts: it keeps cookies, fills in forms, and follows where it is sent.

use std::{cell::RefCell, collections::BTreeMap, pin::Pin, rc::Rc, sync::Arc};

use actix_web::{
    App,
    http::{
        StatusCode,
        header::{HeaderMap, LOCATION, SET_COOKIE},
    },
    test::{self, TestRequest},
    web::Data,
};
use async_trait::async_trait;
use db::{actors::ActorRow, listings::ListingRow};
use domain::PersonId;
use ops::{
    Lookup, LookupError,
    doors::Doors,
    lookup::Found,
    media::Store,
    previews::{Preview, Previews},
};
use testkit::World;

use crate::forms::Form;

/// An answer, as the browser has it.
#[derive(Debug)]
pub(crate) struct Seen {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) html: String,
}

type Later = Pin<Box<dyn Future<Output = Seen>>>;

/// The pages of a world.
#[derive(Clone)]
pub(crate) struct Pages(Rc<dyn Fn(TestRequest) -> Later>);

/// Somebody in front of them.
pub(crate) struct Browser {
    pages: Pages,
    cookies: RefCell<BTreeMap<String, String>>,
}

/// What is found elsewhere.
#[derive(Default)]
pub(crate) struct Elsewhere(
    pub(crate) Vec<(&'static str, Result<Found, LookupError>)>,
    pub(crate) Vec<(&'static str, Result<Doors, LookupError>)>,
);

#[async_trait]
impl Lookup for Elsewhere {
    async fn find(&self, text: &str) -> Result<Found, LookupError> {
        let known = self.0.iter().find(|(address, _)| *address == text);
        known.map_or(Err(LookupError::Unknown), |(_, found)| found.clone())
    }

    async fn doors(&self, name: &str, host: &str) -> Result<Doors, LookupError> {
        let handle = format!("{name}@{host}");
        let known = self.1.iter().find(|(known, _)| *known == handle);
        known.map_or(Err(LookupError::Unknown), |(_, doors)| doors.clone())
    }
}

/// How a listing looks elsewhere.
struct Shown;

impl Previews for Shown {
    fn preview(
        &self,
        listing: &ListingRow,
        collective: &ActorRow,
        _: Option<&ActorRow>,
    ) -> Preview {
        let microblog = format!("<p><strong>{}</strong></p><script>1</script>", listing.title);
        let threadiverse = format!("<p>{} of {}</p>", listing.text, collective.handle);
        Preview { microblog, title: format!("Lemmy: {}", listing.title), threadiverse }
    }
}

impl Pages {
    pub(crate) async fn of(world: &World) -> Self {
        Self::with(world, Elsewhere::default(), false).await
    }

    pub(crate) async fn with(world: &World, elsewhere: Elsewhere, secure: bool) -> Self {
        let web = Data::new(web::Web {
            door: world.door.clone(),
            reader: world.reader.clone(),
            keys: world.keys.clone(),
            lookup: Arc::new(elsewhere),
            previews: Arc::new(Shown),
            name: "Commons".to_owned(),
            description: "A place for <b>us</b>.".to_owned(),
            contact: "hello@a.example".to_owned(),
            setup: ops::console::doctor::Setup {
                version: "0.1.0".to_owned(),
                ..Default::default()
            },
            tiles: None,
            secure,
        });
        let store = Data::new(Store::new(world.dir().join("media"), 1024 * 1024));
        let app =
            test::init_service(App::new().app_data(web).app_data(store).configure(web::routes))
                .await;
        let app = Rc::new(app);
        Self(Rc::new(move |request| {
            let app = Rc::clone(&app);
            Box::pin(async move {
                let answer = test::call_service(&*app, request.to_request()).await;
                let (status, headers) = (answer.status(), answer.headers().clone());
                let body = test::read_body(answer).await;
                let html = String::from_utf8_lossy(&body).into_owned();
                Seen { status, headers, html }
            })
        }))
    }

    pub(crate) async fn call(&self, request: TestRequest) -> Seen {
        (self.0)(request).await
    }

    /// A browser of nobody in particular.
    pub(crate) fn visitor(&self) -> Browser {
        Browser { pages: self.clone(), cookies: RefCell::default() }
    }

    /// A browser of somebody who is signed in.
    pub(crate) async fn signed_in(&self, world: &World, person: PersonId) -> Browser {
        let (secret, _) = world.session(person).await;
        let browser = self.visitor();
        browser.cookies.borrow_mut().insert("tequio".to_owned(), secret);
        browser
    }
}

impl Browser {
    /// Asks for a page.
    pub(crate) async fn get(&self, path: &str) -> Seen {
        self.send(TestRequest::get().uri(path)).await
    }

    /// Asks for a page that is there.
    pub(crate) async fn page(&self, path: &str) -> Seen {
        let seen = self.get(path).await;
        assert_eq!(seen.status, StatusCode::OK, "{path}: {}", seen.html);
        seen
    }

    /// Sends a form.
    pub(crate) async fn submit(&self, form: &Form) -> Seen {
        let request = TestRequest::post()
            .uri(&form.action)
            .insert_header(("content-type", "application/x-www-form-urlencoded"))
            .insert_header(("origin", "https://a.example"))
            .insert_header(("sec-fetch-site", "same-origin"))
            .set_payload(form.body());
        self.send(request).await
    }

    /// Sends a form from an address.
    pub(crate) async fn submit_from(&self, from: &str, form: &Form) -> Seen {
        let request = TestRequest::post()
            .uri(&form.action)
            .peer_addr(from.parse().unwrap())
            .insert_header(("content-type", "application/x-www-form-urlencoded"))
            .insert_header(("origin", "https://a.example"))
            .insert_header(("sec-fetch-site", "same-origin"))
            .set_payload(form.body());
        self.send(request).await
    }

    /// Sends a form that is accepted, and reads where it leads.
    pub(crate) async fn submitted(&self, form: &Form) -> Seen {
        let seen = self.submit(form).await;
        assert_eq!(seen.status, StatusCode::SEE_OTHER, "{form:?}: {}", seen.html);
        self.page(&seen.location()).await
    }

    /// Opens a page, and presses the button of the form that posts to this address.
    pub(crate) async fn press(&self, page: &str, action: &str) -> Seen {
        let seen = self.page(page).await;
        self.submitted(&seen.form(action)).await
    }

    pub(crate) async fn send(&self, mut request: TestRequest) -> Seen {
        let cookies = self.cookies.borrow().clone();
        if !cookies.is_empty() {
            let line: Vec<String> =
                cookies.iter().map(|(name, value)| format!("{name}={value}")).collect();
            request = request.insert_header(("cookie", line.join("; ")));
        }
        let seen = self.pages.call(request).await;
        for line in seen.headers.get_all(SET_COOKIE) {
            let pair = line.to_str().unwrap().split(';').next().unwrap();
            let (name, value) = pair.split_once('=').unwrap();
            self.put_cookie(name, value);
        }
        seen
    }

    pub(crate) fn put_cookie(&self, name: &str, value: &str) {
        let mut cookies = self.cookies.borrow_mut();
        if value.is_empty() {
            cookies.remove(name);
        } else {
            cookies.insert(name.to_owned(), value.to_owned());
        }
    }

    pub(crate) fn cookie(&self, name: &str) -> Option<String> {
        self.cookies.borrow().get(name).cloned()
    }
}

impl Seen {
    /// The form that posts to this address.
    pub(crate) fn form(&self, action: &str) -> Form {
        let form = Form::find(&self.html, action);
        form.unwrap_or_else(|| panic!("no form for {action} on: {}", self.html))
    }

    /// Where it leads.
    pub(crate) fn location(&self) -> String {
        self.header(LOCATION.as_str()).to_owned()
    }

    pub(crate) fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().unwrap())
    }

    pub(crate) fn has(&self, text: &str) -> bool {
        self.html.contains(text)
    }
}
