//! Signing in and out.

use actix_web::{
    HttpRequest,
    http::{StatusCode, header::HeaderMap},
    web,
};
use db::accounts::AccountRow;
use domain::{
    Origin,
    accounts::{self, AccountState},
};
use ops::{
    accounts::{SignIn, SignOut},
    passwords, secrets, throttle,
};
use serde::Deserialize;

use crate::{
    Result, Web,
    answer::{Answer, own_path, see, see_notice},
    door::{self, Knock, hand},
    error::PageError,
    forms::{Bare, Posted, one},
    session::{self, Signed, Visit},
    views::{accounts::LoginPage, forms::FormErrors, page::Notice},
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
            let wrong = (StatusCode::UNPROCESSABLE_ENTITY, one("", message.to_owned()));
            return ask(&web, &visit, request.headers(), attempt, wrong);
        }
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

const WRONG: &str = "Handle and password don’t fit together.";
const UNCONFIRMED: &str = "Your address is not confirmed yet: open the link in the letter we sent, or ask for \
     another one below.";
const WAITING: &str =
    "Your account waits for the answer of those who look after it. A letter will tell you.";

/// The account behind a login and its password, or what to say.
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
    let password = accounts::password(&attempt.password).unwrap_or_default().to_owned();
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
