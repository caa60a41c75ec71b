//! Forms for whoever is not signed in. Their word is in a cookie too, so that no other page can send them.

use std::net::IpAddr;

use actix_web::{
    FromRequest, HttpMessage as _, HttpRequest, HttpResponse,
    dev::Payload,
    http::{
        StatusCode,
        header::{CACHE_CONTROL, HeaderMap, HeaderValue, SET_COOKIE},
    },
    web,
};
use askama::Template;
use ops::{
    secrets,
    throttle::{self, Throttle},
};
use serde::{Deserialize, de::DeserializeOwned};

use crate::{
    Result, Web,
    answer::{Answer, page_with},
    error::PageError,
    forms::{self, one},
    session::{self, Visit},
    views::{forms::FormErrors, page::Page},
};

/// A form that anybody may send.
pub(crate) struct Knock<T> {
    /// Does it carry the word that the cookie has?
    pub(crate) is_ours: bool,
    pub(crate) form: T,
}

/// The word in a form.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Word {
    csrf: String,
}

type Later<T> = std::pin::Pin<Box<dyn Future<Output = Result<T>>>>;

impl<T: DeserializeOwned + 'static> FromRequest for Knock<T> {
    type Error = PageError;
    type Future = Later<Self>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Later<Self> {
        let known = request
            .app_data::<web::Data<Web>>()
            .and_then(|web| session::door_word(web, request.headers()));
        let body = forms::body(request, payload);
        Box::pin(async move {
            let body = body.await?;
            let word = forms::read::<Word>(&body)?.csrf;
            let is_ours = known.is_some_and(|known| secrets::same(&known, &word));
            Ok(Self { is_ours, form: forms::read(&body)? })
        })
    }
}

/// What to say in a form that is too old.
pub(crate) fn too_old() -> (StatusCode, FormErrors) {
    let message = words::say("error-page-too-old").into_owned();
    (StatusCode::FORBIDDEN, one("", message))
}

/// The word for a form: the one that the browser has, or a new one.
pub(crate) fn word(web: &Web, headers: &HeaderMap) -> Result<String> {
    match session::door_word(web, headers) {
        Some(word) => Ok(word),
        None => Ok(secrets::fresh()?),
    }
}

/// The frame of a page with such a form.
pub(crate) fn frame(web: &Web, visit: &Visit, word: &str) -> Page {
    Page { csrf: word.to_owned(), noindex: true, viewer: None, ..visit.frame(web) }
}

/// Such a page, with its word in a cookie.
pub(crate) fn shown(web: &Web, word: &str, status: StatusCode, view: &impl Template) -> Answer {
    let mut answer: HttpResponse = page_with(status, view)?;
    hand(answer.headers_mut(), &session::hand_door_word(web, word));
    Ok(answer)
}

/// Cookies are for one browser: no cache keeps what carries them.
pub(crate) fn hand(headers: &mut HeaderMap, cookie: &str) {
    headers.insert(CACHE_CONTROL, HeaderValue::from_static("private, no-store"));
    if let Ok(cookie) = HeaderValue::from_str(cookie) {
        headers.append(SET_COOKIE, cookie);
    }
}

/// Counts a request by the place it comes from; one too many is refused.
///
/// The server has found out about its proxies; without it, it is whoever is connected.
pub(crate) fn count(web: &Web, request: &HttpRequest, throttle: &Throttle) -> Result<()> {
    let told = request.extensions().get::<IpAddr>().copied();
    let client = told.or_else(|| request.peer_addr().map(|address| address.ip()));
    let place = client.map(throttle::place).unwrap_or_default();
    if throttle.is_too_much(&place, web.door.now()) {
        return Err(PageError::TooMany(throttle.wait()));
    }
    Ok(())
}
