//! Choosing a new password with a link that is sent to one's address.

use actix_web::{HttpRequest, http::StatusCode, web};
use domain::{
    Origin,
    accounts::{self, AccountState, Email},
};
use ops::{
    passwords,
    resets::{AskReset, FinishReset},
    secrets, throttle,
};
use serde::Deserialize;

use crate::{
    Web,
    answer::{Answer, see_notice},
    door::{self, Knock},
    forms::told,
    session::Visit,
    sign_ups::{Link, bad_link, settled},
    views::{
        accounts::{NewPasswordPage, ResetPage},
        forms::FormErrors,
        page::Notice,
    },
};

pub(crate) fn routes(cfg: &mut web::ServiceConfig) {
    cfg.service(web::resource("/account/reset").get(show).post(ask));
    cfg.service(web::resource("/account/reset/finish").post(finish));
}

/// Shows where to send the link, or the form that it leads to.
async fn show(
    web: web::Data<Web>,
    visit: Visit,
    request: HttpRequest,
    link: web::Query<Link>,
) -> Answer {
    let nothing = (StatusCode::OK, FormErrors::default());
    let token = link.into_inner().token;
    if token.is_empty() {
        return where_to(&web, &visit, &request, String::new(), nothing);
    }
    choose(&web, &visit, &request, token, nothing)
}

fn where_to(
    web: &Web,
    visit: &Visit,
    request: &HttpRequest,
    email: String,
    (status, errors): (StatusCode, FormErrors),
) -> Answer {
    let word = door::word(web, request.headers())?;
    let page = door::frame(web, visit, &word);
    door::shown(web, &word, status, &ResetPage { page, email, errors })
}

fn choose(
    web: &Web,
    visit: &Visit,
    request: &HttpRequest,
    token: String,
    (status, errors): (StatusCode, FormErrors),
) -> Answer {
    let word = door::word(web, request.headers())?;
    let page = door::frame(web, visit, &word);
    door::shown(web, &word, status, &NewPasswordPage { page, token, errors })
}

/// Where to send a link.
#[derive(Default, Deserialize)]
#[serde(default)]
struct Whereto {
    email: String,
}

/// Sends the link; the answer is the same whether the address has an account or not.
async fn ask(
    web: web::Data<Web>,
    visit: Visit,
    request: HttpRequest,
    Knock { is_ours, form }: Knock<Whereto>,
) -> Answer {
    if !is_ours {
        return where_to(&web, &visit, &request, form.email, door::too_old());
    }
    let email = match Email::parse(&form.email) {
        Ok(email) => email,
        Err(err) => return where_to(&web, &visit, &request, form.email, told(err.into())?),
    };
    door::count(&web, &request, &throttle::LETTERS_FROM)?;
    web.door.perform(Origin::visitor(), AskReset { email }).await?;
    Ok(see_notice("/login", Notice::LetterSent))
}

/// A new password.
#[derive(Default, Deserialize)]
#[serde(default)]
struct Chosen {
    token: String,
    password: String,
}

/// Gives the account another password; whoever was signed in is signed out.
async fn finish(
    web: web::Data<Web>,
    visit: Visit,
    request: HttpRequest,
    Knock { is_ours, form: chosen }: Knock<Chosen>,
) -> Answer {
    let Chosen { token, password } = chosen;
    if !is_ours {
        return choose(&web, &visit, &request, token, door::too_old());
    }
    if let Err(err) = accounts::password(&password) {
        return choose(&web, &visit, &request, token, told(err.into())?);
    }
    door::count(&web, &request, &throttle::LINKS_FROM)?;
    let digest = secrets::digest(token.trim());
    let password_hash = passwords::hash_aside(password).await?;
    let operation = FinishReset { digest, password_hash };
    match web.door.perform(Origin::visitor(), operation).await {
        Ok(AccountState::Active) => Ok(see_notice("/login", Notice::PasswordChanged)),
        Ok(state) => Ok(see_notice("/login", settled(state))),
        Err(err) => choose(&web, &visit, &request, token, bad_link(err)?),
    }
}
