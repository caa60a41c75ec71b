//! Signing in and out.

use actix_web::{
    HttpRequest, HttpResponse,
    http::{
        StatusCode,
        header::{HeaderMap, USER_AGENT},
    },
    web,
};
use db::accounts::AccountRow;
use domain::{
    Origin,
    accounts::{self, AccountState},
};
use ops::{
    OpError,
    accounts::{SignIn, SignOut},
    passwords, secrets,
    sessions::{AskCode, CODE, SecondStep},
    throttle,
};
use serde::Deserialize;

use crate::{
    Result, Web,
    answer::{Answer, own_path, see, see_notice},
    door::{self, Knock, hand},
    error::PageError,
    forms::{Bare, Posted, one},
    session::{self, Signed, Visit},
    views::{accounts::LoginPage, forms::FormErrors, identity::LoginCodePage, page::Notice},
};

/// Where one goes who came for nothing else.
const INSIDE: &str = "/home";

pub(crate) fn routes(cfg: &mut web::ServiceConfig) {
    cfg.service(web::resource("/login").get(show).post(sign_in))
        .service(web::resource("/login/code").get(start_over).post(second_step))
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
}

/// Opens a session for whoever knows the password; each one gets a new secret.
async fn sign_in(
    web: web::Data<Web>,
    visit: Visit,
    request: HttpRequest,
    Knock { is_ours, form: attempt }: Knock<Attempt>,
) -> Answer {
    if !is_ours {
        return ask(&web, &visit, request.headers(), attempt, door::too_old());
    }
    door::count(&web, &request, &throttle::LOGINS_FROM)?;
    let account = match known(&web, &attempt).await? {
        Ok(account) => account,
        Err(message) => {
            let wrong =
                (StatusCode::UNPROCESSABLE_ENTITY, one("", words::say(message).into_owned()));
            return ask(&web, &visit, request.headers(), attempt, wrong);
        }
    };
    let id = account.id;
    if web.read(move |conn| Ok(db::totp::find(conn, id)?.in_use().is_some())).await? {
        return ask_code(&web, &visit, &request, &account, &attempt).await;
    }
    match open(&web, &visit, &request, &account, None).await? {
        Ok(secret) => Ok(come_in(&web, &secret, &attempt.next)),
        Err(err) => Err(err.into()),
    }
}

/// Opens a session for whoever may; says what its cookie holds.
async fn open(
    web: &Web,
    visit: &Visit,
    request: &HttpRequest,
    account: &AccountRow,
    step: Option<SecondStep>,
) -> Result<ops::Result<String>> {
    let (secret, csrf) = (secrets::fresh()?, secrets::fresh()?);
    let digest = secrets::digest(&secret);
    let origin = Origin::local(account.person_id);
    let said = request.headers().get(USER_AGENT).and_then(|value| value.to_str().ok());
    let name = domain::sessions::name(said.unwrap_or_default());
    let sign_in = SignIn { account: account.id, digest, csrf, name, step };
    if let Err(err) = web.door.perform(origin.clone(), sign_in).await {
        return Ok(Err(err));
    }
    if let Some(before) = &visit.viewer {
        let sign_out = SignOut { digest: before.digest.clone() };
        web.door.perform(origin, sign_out).await?;
    }
    Ok(Ok(secret))
}

fn come_in(web: &Web, secret: &str, next: &str) -> HttpResponse {
    let next = own_path(web.door.site(), next).unwrap_or(INSIDE);
    let mut answer = see_notice(next, Notice::SignedIn);
    let headers = answer.headers_mut();
    hand(headers, &session::open(web, secret));
    hand(headers, &session::take_door_word(web));
    answer
}

/// The password was right; nobody is signed in before the code is too.
async fn ask_code(
    web: &Web,
    visit: &Visit,
    request: &HttpRequest,
    account: &AccountRow,
    attempt: &Attempt,
) -> Answer {
    let ticket = secrets::fresh()?;
    let operation = AskCode { account: account.id, digest: secrets::digest(&ticket) };
    web.door.perform(Origin::local(account.person_id), operation).await?;
    let nothing = (StatusCode::OK, FormErrors::default());
    code_form(web, visit, request.headers(), (ticket, &attempt.next), nothing)
}

fn code_form(
    web: &Web,
    visit: &Visit,
    headers: &HeaderMap,
    (ticket, next): (String, &str),
    (status, errors): (StatusCode, FormErrors),
) -> Answer {
    let word = door::word(web, headers)?;
    let next = own_path(web.door.site(), next).unwrap_or(INSIDE).to_owned();
    let page = door::frame(web, visit, &word);
    door::shown(web, &word, status, &LoginCodePage { page, ticket, next, errors })
}

/// A code, and what shows that the password was right.
#[derive(Default, Deserialize)]
#[serde(default)]
struct Second {
    ticket: String,
    code: String,
    next: String,
}

/// Whoever loads the page of the second step anew begins with the first one.
async fn start_over() -> HttpResponse {
    see("/login")
}

/// Opens a session for whoever knows the password and the code.
async fn second_step(
    web: web::Data<Web>,
    visit: Visit,
    request: HttpRequest,
    Knock { is_ours, form }: Knock<Second>,
) -> Answer {
    let (headers, hidden) = (request.headers(), (form.ticket.clone(), form.next.as_str()));
    if !is_ours {
        return code_form(&web, &visit, headers, hidden, door::too_old());
    }
    door::count(&web, &request, &throttle::LOGINS_FROM)?;
    let (digest, now) = (secrets::digest(&form.ticket), web.door.now());
    let asked = digest.clone();
    let account = web.read(move |conn| {
        let Some((id, _)) = db::account_secrets::peek(conn, &asked, CODE, now)? else {
            return Ok(None);
        };
        Ok(db::accounts::find(conn, id)?.filter(AccountRow::is_usable))
    });
    let Some(account) = account.await? else {
        let attempt = Attempt { next: form.next, ..Attempt::default() };
        return ask(&web, &visit, headers, attempt, door::too_old());
    };
    if throttle::LOGINS_TO.is_too_much(&account.id.to_string(), now) {
        return Err(PageError::TooMany(throttle::LOGINS_TO.wait()));
    }
    let step = SecondStep { digest, code: form.code.clone() };
    match open(&web, &visit, &request, &account, Some(step)).await? {
        Ok(secret) => Ok(come_in(&web, &secret, &form.next)),
        Err(OpError::Invalid(_)) => {
            let wrong = (StatusCode::UNPROCESSABLE_ENTITY, one("", words::say(WRONG).into_owned()));
            code_form(&web, &visit, headers, hidden, wrong)
        }
        Err(err) => Err(err.into()),
    }
}

/// The message that is told whether it is the name, the password, or the code.
const WRONG: &str = "login-wrong";
const UNCONFIRMED: &str = "login-unconfirmed";
const WAITING: &str = "login-waiting";

/// The account behind a login and its password, or the message to say.
///
/// An unknown name takes as long as a wrong password and is told the same; only whoever knows the password
/// hears that an account is not ready yet.
async fn known(
    web: &Web,
    attempt: &Attempt,
) -> Result<std::result::Result<AccountRow, &'static str>> {
    let login = accounts::folded(&attempt.login);
    let name = login.clone();
    let account = web.read(move |conn| Ok(db::accounts::find_login(conn, &login)?)).await?;
    // Handle and address are one account: both count together.
    let counted = account.as_ref().map_or(name, |account| account.id.to_string());
    if throttle::LOGINS_TO.is_too_much(&counted, web.door.now()) {
        return Err(PageError::TooMany(throttle::LOGINS_TO.wait()));
    }
    let account = account.filter(|account| account.suspended_at.is_none());
    // Whatever no password can be is as wrong as any other, and takes no longer.
    let is_one = accounts::could_be_password(&attempt.password);
    let password = if is_one { attempt.password.clone() } else { String::new() };
    let checked = web::block(move || match account {
        Some(account) if !account.password_hash.is_empty() => {
            passwords::verify(&password, &account.password_hash).then_some(account)
        }
        _ => {
            passwords::pretend(&password);
            None
        }
    });
    let account = checked.await.map_err(|_| PageError::Ours("a password could not be checked"))?;
    Ok(account.ok_or(WRONG).and_then(|account| match account.state {
        AccountState::Active => Ok(account),
        AccountState::Unconfirmed => Err(UNCONFIRMED),
        AccountState::Waiting => Err(WAITING),
        AccountState::Rejected | AccountState::Deleted => Err(WRONG),
    }))
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
    let word = door::word(web, headers)?;
    let next = own_path(web.door.site(), &attempt.next).unwrap_or(INSIDE);
    let view = LoginPage {
        page: door::frame(web, visit, &word),
        login: attempt.login,
        next: next.to_owned(),
        errors,
    };
    door::shown(web, &word, status, &view)
}
