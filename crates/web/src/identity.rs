//! One's own account: its address, its password, all of it as a file, and its end.

use actix_web::{
    HttpRequest, HttpResponse,
    http::{
        StatusCode,
        header::{CACHE_CONTROL, CONTENT_DISPOSITION},
    },
    web,
};
use db::accounts::AccountRow;
use domain::{
    Invalid, Origin,
    accounts::{self, Email},
};
use ops::{
    emails::{AskEmailChange, ConfirmEmailChange},
    erasure::DeleteAccount,
    export,
    passwords::{self, ChangePassword, Proof},
    secrets, throttle,
};
use serde::Deserialize;

use crate::{
    Result, Web,
    answer::{Answer, page as shown, page_with, see_notice},
    door::{self, Knock, hand},
    error::PageError,
    forms::{Bare, Posted, told},
    session::{self, Signed, Visit},
    sign_ups::{Link, bad_link},
    views::{
        forms::FormErrors,
        identity::{AccountPage, DeleteAccountPage, EmailLinkPage, EmailPage, PasswordPage},
        page::{Notice, Page},
    },
};

pub(crate) fn routes(cfg: &mut web::ServiceConfig) {
    cfg.service(web::resource("/account").get(show));
    cfg.service(web::resource("/account/email").get(email).post(change_email));
    cfg.service(web::resource("/account/email/confirm").post(confirm_email));
    cfg.service(web::resource("/account/password").get(password).post(change_password));
    cfg.service(web::resource("/account/export").post(download));
    cfg.service(web::resource("/account/delete").get(ask_deletion).post(delete));
}

/// What a form says in vain: the status, and what is wrong.
type Wrong = (StatusCode, FormErrors);

const FINE: fn() -> Wrong = || (StatusCode::OK, FormErrors::default());

/// The frame of a page that is for its owner alone.
pub(crate) fn frame(web: &Web, visit: &Visit) -> Page {
    Page { noindex: true, ..visit.frame(web) }
}

/// The account of somebody who is signed in.
pub(crate) async fn account(web: &Web, signed: &Signed) -> Result<AccountRow> {
    let person = signed.viewer.person;
    let found = web.read(move |conn| Ok(db::accounts::find_by_person(conn, person)?)).await?;
    found.ok_or(PageError::NotFound)
}

/// Checks a password that somebody types once more: what is wrong with it, or nothing.
pub(crate) async fn prove(
    web: &Web,
    account: &AccountRow,
    password: String,
) -> Result<ops::Result<()>> {
    match passwords::prove(account, password, web.door.now()).await? {
        Proof::Right => Ok(Ok(())),
        Proof::Wrong => Ok(Err(Proof::wrong().into())),
        Proof::TooMany(wait) => Err(PageError::TooMany(wait)),
    }
}

fn address(web: &Web, signed: &Signed) -> String {
    format!("@{}@{}", signed.viewer.handle, web.door.site().host())
}

/// Shows what there is to change.
async fn show(web: web::Data<Web>, signed: Signed) -> Answer {
    let account = account(&web, &signed).await?;
    let found = web.read(move |conn| {
        let email = db::accounts::email(conn, account.id)?;
        Ok((email, db::totp::find(conn, account.id)?.in_use().is_some()))
    });
    let (email, two_steps) = found.await?;
    shown(&AccountPage {
        page: frame(&web, &signed.visit),
        handle: address(&web, &signed),
        email: email.map(|email| email.as_str().to_owned()),
        two_steps,
    })
}

/// Shows the form for another address, or the button that a link leads to.
async fn email(
    web: web::Data<Web>,
    visit: Visit,
    request: HttpRequest,
    link: web::Query<Link>,
) -> Answer {
    let link = link.into_inner();
    if !link.token.is_empty() {
        return button(&web, &visit, &request, link, FINE());
    }
    let viewer = visit.viewer.clone().ok_or(PageError::SignIn)?;
    email_form(&web, &Signed { visit, viewer }, String::new(), FINE()).await
}

async fn email_form(web: &Web, signed: &Signed, email: String, (status, errors): Wrong) -> Answer {
    let account = account(web, signed).await?;
    let now = web.read(move |conn| Ok(db::accounts::email(conn, account.id)?)).await?;
    let now = now.map(|email| email.as_str().to_owned());
    page_with(status, &EmailPage { page: frame(web, &signed.visit), now, email, errors })
}

/// Another address.
#[derive(Default, Deserialize)]
#[serde(default)]
struct Address {
    email: String,
    password: String,
}

/// Asks both addresses; the answer is the same whether the new one is somebody else's or not.
async fn change_email(web: web::Data<Web>, Posted(signed, form): Posted<Address>) -> Answer {
    match try_email(&web, &signed, &form).await? {
        Ok(()) => Ok(see_notice("/account", Notice::EmailAsked)),
        Err(err) => email_form(&web, &signed, form.email, told(err)?).await,
    }
}

async fn try_email(web: &Web, signed: &Signed, form: &Address) -> Result<ops::Result<()>> {
    let email = match Email::parse(&form.email) {
        Ok(email) => email,
        Err(err) => return Ok(Err(err.into())),
    };
    let account = account(web, signed).await?;
    if let Err(err) = prove(web, &account, form.password.clone()).await? {
        return Ok(Err(err));
    }
    Ok(web.door.perform(Origin::local(signed.viewer.person), AskEmailChange { email }).await)
}

fn button(
    web: &Web,
    visit: &Visit,
    request: &HttpRequest,
    link: Link,
    (status, errors): Wrong,
) -> Answer {
    let word = door::word(web, request.headers())?;
    let page = door::frame(web, visit, &word);
    door::shown(web, &word, status, &EmailLinkPage { page, token: link.token, errors })
}

/// One of the two addresses says yes. Whoever opens a letter need not be signed in.
async fn confirm_email(
    web: web::Data<Web>,
    visit: Visit,
    request: HttpRequest,
    Knock { is_ours, form: link }: Knock<Link>,
) -> Answer {
    if !is_ours {
        return button(&web, &visit, &request, link, door::too_old());
    }
    door::count(&web, &request, &throttle::LINKS_FROM)?;
    let digest = secrets::digest(link.token.trim());
    let next = if visit.viewer.is_some() { "/account" } else { "/login" };
    match web.door.perform(Origin::visitor(), ConfirmEmailChange { digest }).await {
        Ok(true) => Ok(see_notice(next, Notice::EmailChanged)),
        Ok(false) => Ok(see_notice(next, Notice::EmailHalf)),
        Err(err) => button(&web, &visit, &request, link, bad_link(err)?),
    }
}

async fn password(web: web::Data<Web>, signed: Signed) -> Answer {
    password_form(&web, &signed, FINE())
}

fn password_form(web: &Web, signed: &Signed, (status, errors): Wrong) -> Answer {
    page_with(status, &PasswordPage { page: frame(web, &signed.visit), errors })
}

/// The password of now, and another one.
#[derive(Default, Deserialize)]
#[serde(default)]
struct Passwords {
    password: String,
    new_password: String,
}

/// Gives the account another password; everybody else who is signed in is signed out.
async fn change_password(web: web::Data<Web>, Posted(signed, form): Posted<Passwords>) -> Answer {
    match try_password(&web, &signed, form).await? {
        Ok(()) => Ok(see_notice("/account", Notice::PasswordSaved)),
        Err(err) => password_form(&web, &signed, told(err)?),
    }
}

async fn try_password(web: &Web, signed: &Signed, form: Passwords) -> Result<ops::Result<()>> {
    if let Err(wrong) = accounts::password(&form.new_password) {
        return Ok(Err(Invalid::new("new_password", wrong.problem).into()));
    }
    let account = account(web, signed).await?;
    if let Err(err) = prove(web, &account, form.password).await? {
        return Ok(Err(err));
    }
    let password_hash = passwords::hash_aside(form.new_password).await?;
    let operation = ChangePassword { password_hash, keep: signed.viewer.digest.clone() };
    Ok(web.door.perform(Origin::local(signed.viewer.person), operation).await)
}

/// All that is theirs, as one file.
async fn download(web: web::Data<Web>, Posted(signed, _): Posted<Bare>) -> Answer {
    let account = account(&web, &signed).await?;
    let (site, now) = (web.door.site().clone(), web.door.now());
    let bytes = web.read(move |conn| Ok(export::archive(conn, &site, &account, now)?)).await?;
    let name = export::file_name(&signed.viewer.handle, now);
    Ok(HttpResponse::Ok()
        .content_type("application/zip")
        .insert_header((CACHE_CONTROL, "private, no-store"))
        .insert_header((CONTENT_DISPOSITION, format!("attachment; filename=\"{name}\"")))
        .body(bytes))
}

async fn ask_deletion(web: web::Data<Web>, signed: Signed) -> Answer {
    deletion_form(&web, &signed, FINE()).await
}

async fn deletion_form(web: &Web, signed: &Signed, (status, errors): Wrong) -> Answer {
    let account = account(web, signed).await?;
    let found =
        web.read(move |conn| Ok(db::totp::find(conn, account.id)?.in_use().is_some())).await?;
    let view = DeleteAccountPage {
        page: frame(web, &signed.visit),
        handle: address(web, signed),
        two_steps: found,
        errors,
    };
    page_with(status, &view)
}

/// What proves that it is they.
#[derive(Default, Deserialize)]
#[serde(default)]
struct Sure {
    password: String,
    code: String,
}

/// Deletes the account.
async fn delete(web: web::Data<Web>, Posted(signed, form): Posted<Sure>) -> Answer {
    match try_deletion(&web, &signed, form).await? {
        Ok(()) => {
            let mut answer = see_notice("/", Notice::AccountDeleted);
            hand(answer.headers_mut(), &session::close(&web));
            Ok(answer)
        }
        Err(err) => deletion_form(&web, &signed, on_page(told(err)?)).await,
    }
}

async fn try_deletion(web: &Web, signed: &Signed, form: Sure) -> Result<ops::Result<()>> {
    let account = account(web, signed).await?;
    if let Err(err) = prove(web, &account, form.password).await? {
        return Ok(Err(err));
    }
    let operation = DeleteAccount { code: form.code };
    Ok(web.door.perform(Origin::local(signed.viewer.person), operation).await)
}

/// What is wrong with no field of the form is said above it.
fn on_page((status, errors): Wrong) -> Wrong {
    let mut errors = errors;
    for error in &mut errors.0 {
        if !matches!(error.field, "password" | "code") {
            error.field = "";
        }
    }
    (status, errors)
}
