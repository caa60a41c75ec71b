//! Who is on the other side of a request: a cookie, and the session behind it.

use std::{
    future::{Ready, ready},
    sync::Arc,
};

use actix_web::{
    FromRequest, HttpMessage, HttpRequest,
    dev::Payload,
    http::{
        Method,
        header::{COOKIE, HeaderMap},
    },
};
use domain::{Origin, PersonId, Time, console::Accent};
use ops::{
    about::{SiteSettings, Texts},
    secrets,
    sessions::NoteSessionUse,
};
use words::Language;

use crate::{
    Result, Web, assets,
    error::PageError,
    language,
    views::page::{InstanceView, Notice, Page, ViewerView},
};

/// As long as a session lives: 30 days.
const SESSION_SECONDS: u32 = 30 * 86_400;
/// As long as somebody may sit in front of the page that asks for the password.
const DOOR_SECONDS: u32 = 3_600;

/// How exactly the last use of a session is known.
const USE_SECONDS: i64 = 3_600;

/// A request to a page: who makes it, and where.
#[derive(Clone, Debug)]
pub(crate) struct Visit {
    pub(crate) viewer: Option<Viewer>,
    pub(crate) path: String,
    /// What stands behind that.
    pub(crate) query: String,
    /// What pages say to them.
    pub(crate) language: Language,
    /// Did they choose it in this browser?
    chosen: bool,
    notice: Option<Notice>,
    pub(crate) place: Arc<Place>,
}

/// What those who run this place say of it, as it is at this moment.
#[derive(Clone, Debug, Default)]
pub(crate) struct Place {
    pub(crate) settings: SiteSettings,
    announcements: Vec<Texts>,
}

/// So many announcements are on top of a page.
const ANNOUNCEMENTS: i64 = 3;

impl Place {
    fn load(conn: &mut db::Conn, now: Time) -> Result<Self> {
        let said = db::announcements::current(conn, now, ANNOUNCEMENTS)?;
        Ok(Self {
            settings: SiteSettings::load(conn)?,
            announcements: said.iter().map(|row| Texts::read(&row.text)).collect(),
        })
    }
}

/// Somebody who is signed in.
#[derive(Clone, Debug)]
pub(crate) struct Viewer {
    pub(crate) person: PersonId,
    pub(crate) handle: String,
    pub(crate) name: String,
    /// How much they were told and have not read.
    pub(crate) news: i64,
    /// The word in each of their forms.
    pub(crate) csrf: String,
    /// What we keep of the secret in their cookie.
    pub(crate) digest: Vec<u8>,
}

/// A visit of somebody who is signed in; anybody else is asked to sign in.
#[derive(Clone, Debug)]
pub(crate) struct Signed {
    pub(crate) visit: Visit,
    pub(crate) viewer: Viewer,
}

impl Visit {
    /// A visit of nobody in particular.
    pub(crate) fn anonymous(request: &HttpRequest) -> Self {
        let query = url::form_urlencoded::parse(request.query_string().as_bytes());
        let mut named = query.filter(|(key, _)| key == "notice");
        let notice = named.next().and_then(|(_, name)| Notice::named(&name));
        let (chosen, liked) = language::asked(request.headers());
        Self {
            viewer: None,
            path: request.path().to_owned(),
            query: asked_for(request),
            language: chosen.unwrap_or(liked),
            chosen: chosen.is_some(),
            notice,
            place: Arc::default(),
        }
    }

    /// The same visit, of a place as those who run it say it is.
    pub(crate) async fn of_place(mut self, web: &Web) -> Self {
        let now = web.door.now();
        match web.read(move |conn| Place::load(conn, now)).await {
            Ok(place) => self.place = Arc::new(place),
            // The handler meets the same trouble, and says so; until then it is as the configuration says.
            Err(err) => tracing::debug!(error = %err, "what this place is could not be read"),
        }
        self
    }

    /// The same visit, by whoever is behind its cookie.
    pub(crate) async fn recognise(mut self, web: &Web, headers: &HeaderMap) -> Result<Self> {
        let Some(secret) = cookie(headers, session_cookie(web)) else { return Ok(self) };
        let (digest, now) = (secrets::digest(&secret), web.door.now());
        let session = digest.clone();
        let viewer = web.read(move |conn| {
            let Some((account, csrf)) = db::accounts::find_session(conn, &digest, now)? else {
                return Ok(None);
            };
            let actor = db::actors::find(conn, account.person_id.actor())?;
            let actor = actor.filter(|it| it.deleted_at.is_none() && it.suspended_at.is_none());
            let used = db::sessions::used_at(conn, &digest)?;
            let language = Language::of_tag(&account.locale);
            let news = db::notifications::count_unread(conn, account.person_id)?;
            let viewer = actor.map(|actor| Viewer {
                person: account.person_id,
                news,
                name: actor.display_name().to_owned(),
                handle: actor.handle,
                csrf,
                digest,
            });
            Ok(viewer.map(|viewer| (viewer, used, language)))
        });
        let Some((viewer, used, language)) = viewer.await? else { return Ok(self) };
        self.viewer = Some(viewer);
        if let Some(language) = language.filter(|_| !self.chosen) {
            self.language = language;
        }
        if used.is_none_or(|used| used.plus_seconds(USE_SECONDS) <= now) {
            note_use(web, session).await;
        }
        Ok(self)
    }

    /// Who it is, where somebody is signed in.
    pub(crate) fn person(&self) -> Option<PersonId> {
        self.viewer.as_ref().map(|viewer| viewer.person)
    }

    /// The frame of the page that answers.
    pub(crate) fn frame(&self, web: &Web) -> Page {
        let named = |viewer: &Viewer| ViewerView {
            handle: viewer.handle.clone(),
            name: viewer.name.clone(),
            news: viewer.news,
        };
        Page {
            instance: InstanceView {
                name: self.place.settings.name.clone().unwrap_or_else(|| web.name.clone()),
                host: web.door.site().host().to_owned(),
                source: env!("CARGO_PKG_REPOSITORY").to_owned(),
                version: env!("CARGO_PKG_VERSION").to_owned(),
            },
            viewer: self.viewer.as_ref().map(named),
            csrf: self.viewer.as_ref().map(|viewer| viewer.csrf.clone()).unwrap_or_default(),
            path: self.path.clone(),
            query: self.query.clone(),
            canonical: None,
            alternate: None,
            forms: Vec::new(),
            noindex: false,
            lang: self.language.tag().to_owned(),
            stylesheet: assets::STYLESHEET.url(),
            icon: assets::ICON.url(),
            notice: self.notice,
            announcements: self
                .place
                .announcements
                .iter()
                .filter_map(|text| text.in_language(self.language.tag()).map(str::to_owned))
                .collect(),
            accent: self.place.settings.accent.map_or("", Accent::word),
        }
    }
}

/// What the address asks for: without the word that says what was just done, and nothing of a form.
fn asked_for(request: &HttpRequest) -> String {
    if request.method() != Method::GET {
        return String::new();
    }
    let parts = request.query_string().split('&');
    parts.filter(|part| !part.starts_with("notice=")).collect::<Vec<_>>().join("&")
}

/// Notes that a session was used; nobody is turned away for the sake of a list.
async fn note_use(web: &Web, digest: Vec<u8>) {
    if let Err(err) = web.door.perform(Origin::server(), NoteSessionUse { digest }).await {
        tracing::debug!(error = %err, "the use of a session could not be noted");
    }
}

impl FromRequest for Visit {
    type Error = PageError;
    type Future = Ready<Result<Self>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let visit = request.extensions().get::<Self>().cloned();
        ready(visit.ok_or(PageError::Ours("a page was asked for outside of its frame")))
    }
}

impl FromRequest for Signed {
    type Error = PageError;
    type Future = Ready<Result<Self>>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let visit = Visit::from_request(request, payload).into_inner();
        ready(visit.and_then(|visit| {
            let viewer = visit.viewer.clone().ok_or(PageError::SignIn)?;
            Ok(Self { visit, viewer })
        }))
    }
}

/// `__Host-` keeps other hosts of the same domain from setting it.
fn session_cookie(web: &Web) -> &'static str {
    if web.secure { "__Host-tequio" } else { "tequio" }
}

fn door_cookie(web: &Web) -> &'static str {
    if web.secure { "__Host-tequio-csrf" } else { "tequio-csrf" }
}

/// The header that opens a session in the browser.
pub(crate) fn open(web: &Web, secret: &str) -> String {
    set_cookie(web, session_cookie(web), secret, SESSION_SECONDS)
}

/// The header that ends it.
pub(crate) fn close(web: &Web) -> String {
    set_cookie(web, session_cookie(web), "", 0)
}

/// The word that the browser brings back when it sends the password; nobody is signed in yet.
pub(crate) fn door_word(web: &Web, headers: &HeaderMap) -> Option<String> {
    cookie(headers, door_cookie(web))
        .filter(|word| word.len() == 64 && word.bytes().all(|byte| byte.is_ascii_hexdigit()))
}

/// The header that hands it out.
pub(crate) fn hand_door_word(web: &Web, word: &str) -> String {
    set_cookie(web, door_cookie(web), word, DOOR_SECONDS)
}

/// The header that takes it back.
pub(crate) fn take_door_word(web: &Web) -> String {
    set_cookie(web, door_cookie(web), "", 0)
}

/// As long as the choice of a language is kept: a year.
const LANGUAGE_SECONDS: u32 = 365 * 86_400;

/// The header that keeps the choice of a language.
pub(crate) fn keep_language(web: &Web, language: Language) -> String {
    set_cookie(web, "tequio-language", language.tag(), LANGUAGE_SECONDS)
}

/// The language that was chosen in this browser.
pub(crate) fn kept_language(headers: &HeaderMap) -> Option<Language> {
    Language::of_tag(&cookie(headers, "tequio-language")?)
}

fn set_cookie(web: &Web, name: &str, value: &str, seconds: u32) -> String {
    let secure = if web.secure { "; Secure" } else { "" };
    format!("{name}={value}; Path=/; HttpOnly; SameSite=Lax; Max-Age={seconds}{secure}")
}

fn cookie(headers: &HeaderMap, name: &str) -> Option<String> {
    let lines = headers.get_all(COOKIE).filter_map(|line| line.to_str().ok());
    let mut pairs = lines.flat_map(|line| line.split(';')).filter_map(|pair| pair.split_once('='));
    pairs.find(|(key, _)| key.trim() == name).map(|(_, value)| value.trim().to_owned())
}
