//! Signing in and out.

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
use db::accounts::AccountRow;
use domain::Origin;
use ops::{
    accounts::{SignIn, SignOut},
    passwords, secrets,
};
use serde::Deserialize;

use crate::{
    Result, Web,
    answer::{Answer, own_path, page_with, see, see_notice},
    error::PageError,
    forms::{self, Bare, Posted, one},
    session::{self, Signed, Visit},
    throttle,
    views::{
        accounts::LoginPage,
        forms::FormErrors,
        page::{Notice, Page},
    },
};

/// Where one goes who came for nothing else.
const INSIDE: &str = "/home";

pub(crate) fn routes(cfg: &mut web::ServiceConfig) {
    cfg.service(web::resource("/login").get(show).post(sign_in))
        .service(web::resource("/logout").post(sign_out));
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Wish {
    next: String,
}

/// Shows the form that asks for the password.
async fn show(
    web: web::Data<Web>,
    visit: Visit,
    request: HttpRequest,
    wish: web::Query<Wish>,
) -> Answer {
    let next = own_path(web.door.site(), &wish.next).unwrap_or(INSIDE);
    if visit.viewer.is_some() {
        return Ok(see(next));
    }
    let attempt = Attempt { next: next.to_owned(), ..Attempt::default() };
    let nothing = (StatusCode::OK, FormErrors::default());
    ask(&web, &visit, request.headers(), attempt, nothing)
}

/// What somebody typed who wants to come in.
#[derive(Default, Deserialize)]
#[serde(default)]
struct Attempt {
    login: String,
    password: String,
    next: String,
    /// The word that must be in the cookie too: nobody is signed in who could have another one.
    csrf: String,
}

impl FromRequest for Attempt {
    type Error = PageError;
    type Future = std::pin::Pin<Box<dyn Future<Output = Result<Self>>>>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let body = forms::body(request, payload);
        Box::pin(async move { forms::read(&body.await?) })
    }
}

/// Opens a session for whoever knows the password; each one gets a new secret.
async fn sign_in(
    web: web::Data<Web>,
    visit: Visit,
    request: HttpRequest,
    attempt: Attempt,
) -> Answer {
    let word = session::door_word(&web, request.headers());
    if !word.is_some_and(|word| secrets::same(&word, &attempt.csrf)) {
        let old = "This page was too old. Please send it once more.".to_owned();
        let wrong = (StatusCode::FORBIDDEN, one("", old));
        return ask(&web, &visit, request.headers(), attempt, wrong);
    }
    if throttle::LOGINS.is_too_much(&attempt.login, &peer(&request), web.door.now()) {
        return Err(PageError::TooMany);
    }
    let Some(account) = known(&web, &attempt).await? else {
        let unknown = "Handle and password don’t fit together.".to_owned();
        let wrong = (StatusCode::UNPROCESSABLE_ENTITY, one("", unknown));
        return ask(&web, &visit, request.headers(), attempt, wrong);
    };
    let (secret, csrf) = (secrets::fresh()?, secrets::fresh()?);
    let digest = secrets::digest(&secret);
    let origin = Origin::local(account.person_id);
    web.door.perform(origin.clone(), SignIn { account: account.id, digest, csrf }).await?;
    if let Some(before) = visit.viewer {
        web.door.perform(origin, SignOut { digest: before.digest }).await?;
    }
    let next = own_path(web.door.site(), &attempt.next).unwrap_or(INSIDE);
    let mut answer = see_notice(next, Notice::SignedIn);
    let headers = answer.headers_mut();
    hand(headers, &session::open(&web, &secret));
    hand(headers, &session::take_door_word(&web));
    Ok(answer)
}

/// The account behind a login and its password. An unknown name takes as long as a wrong password.
async fn known(web: &Web, attempt: &Attempt) -> Result<Option<AccountRow>> {
    let login = attempt.login.trim().trim_start_matches('@').to_owned();
    let account = web.read(move |conn| Ok(db::accounts::find_login(conn, &login)?)).await?;
    let account = account.filter(|account| account.suspended_at.is_none());
    let password = attempt.password.clone();
    let checked = web::block(move || {
        if account.is_none() {
            passwords::pretend(&password);
        }
        account.filter(|account| passwords::verify(&password, &account.password_hash))
    });
    checked.await.map_err(|_| PageError::Ours("a password could not be checked"))
}

/// Ends the session here and in the browser.
async fn sign_out(web: web::Data<Web>, Posted(signed, _): Posted<Bare>) -> Answer {
    let Signed { viewer, .. } = signed;
    let operation = SignOut { digest: viewer.digest };
    web.door.perform(Origin::local(viewer.person), operation).await?;
    let mut answer = see_notice("/", Notice::SignedOut);
    hand(answer.headers_mut(), &session::close(&web));
    Ok(answer)
}

fn ask(
    web: &Web,
    visit: &Visit,
    headers: &HeaderMap,
    attempt: Attempt,
    (status, errors): (StatusCode, FormErrors),
) -> Answer {
    let word = match session::door_word(web, headers) {
        Some(word) => word,
        None => secrets::fresh()?,
    };
    let next = own_path(web.door.site(), &attempt.next).unwrap_or(INSIDE);
    let view = LoginPage {
        page: Page { csrf: word.clone(), noindex: true, viewer: None, ..visit.frame(web) },
        login: attempt.login,
        next: next.to_owned(),
        errors,
    };
    let mut answer: HttpResponse = page_with(status, &view)?;
    hand(answer.headers_mut(), &session::hand_door_word(web, &word));
    Ok(answer)
}

/// Cookies are for one browser: no cache keeps what carries them.
fn hand(headers: &mut HeaderMap, cookie: &str) {
    headers.insert(CACHE_CONTROL, HeaderValue::from_static("private, no-store"));
    if let Ok(cookie) = HeaderValue::from_str(cookie) {
        headers.append(SET_COOKIE, cookie);
    }
}

/// Where a request comes from: what the server found out about its proxies, else whoever is connected.
fn peer(request: &HttpRequest) -> String {
    let told = request.extensions().get::<IpAddr>().copied();
    let client = told.or_else(|| request.peer_addr().map(|address| address.ip()));
    client.map(|client| client.to_string()).unwrap_or_default()
}
