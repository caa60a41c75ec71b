//! The first page of a new server: whoever has the word that it printed runs it. Afterwards there is no such page.

use std::fmt;

use actix_web::{HttpRequest, http::StatusCode, web};
use domain::{
    Handle, Origin, Refusal,
    accounts::{self, Email},
    text,
};
use ops::{OpError, passwords, setup::FoundAdmin, throttle};
use serde::Deserialize;

use crate::{
    Web,
    answer::{Answer, see_notice},
    door::{self, Knock},
    error::PageError,
    forms::told,
    session::Visit,
    views::{admin::forms::SetupPage, forms::FormErrors, page::Notice},
};

pub(super) fn routes(cfg: &mut web::ServiceConfig) {
    cfg.service(web::resource("/setup").get(show).post(found));
}

/// Who somebody says they are.
#[derive(Clone, Default, Deserialize)]
#[serde(default)]
struct Typed {
    token: String,
    handle: String,
    name: String,
    email: String,
    password: String,
}

impl fmt::Debug for Typed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Typed(…)")
    }
}

/// Shows the form, to whoever has the word.
async fn show(
    web: web::Data<Web>,
    visit: Visit,
    request: HttpRequest,
    typed: web::Query<Typed>,
) -> Answer {
    let typed = Typed { token: typed.into_inner().token, ..Typed::default() };
    form(&web, &visit, &request, typed, (StatusCode::OK, FormErrors::default())).await
}

async fn form(
    web: &Web,
    visit: &Visit,
    request: &HttpRequest,
    typed: Typed,
    (status, errors): (StatusCode, FormErrors),
) -> Answer {
    door::count(web, request, &throttle::LINKS_FROM)?;
    let token = typed.token.trim().to_owned();
    if !web.read(move |conn| Ok(ops::setup::opens(conn, &token)?)).await? {
        return Err(PageError::NotFound);
    }
    let word = door::word(web, request.headers())?;
    let Typed { token, handle, name, email, .. } = typed;
    let page = door::frame(web, visit, &word);
    let view = SetupPage { page, token, handle, name, email, errors };
    door::shown(web, &word, status, &view)
}

/// Makes the first admin.
async fn found(
    web: web::Data<Web>,
    visit: Visit,
    request: HttpRequest,
    Knock { is_ours, form: typed }: Knock<Typed>,
) -> Answer {
    if !is_ours {
        return form(&web, &visit, &request, typed, door::too_old()).await;
    }
    let token = typed.token.trim().to_owned();
    if !web.read(move |conn| Ok(ops::setup::opens(conn, &token)?)).await? {
        return Err(PageError::NotFound);
    }
    match make(&web, &visit, &typed).await {
        Ok(()) => Ok(see_notice("/login", Notice::FirstAdmin)),
        Err(OpError::Refused(Refusal::BadLink)) => Err(PageError::NotFound),
        Err(err) => form(&web, &visit, &request, typed, told(err)?).await,
    }
}

async fn make(web: &Web, visit: &Visit, typed: &Typed) -> ops::Result<()> {
    let handle = Handle::choose(&typed.handle)?;
    let name = text::line("name", &typed.name, 0, 100)?;
    let email = typed.email.trim();
    let email = if email.is_empty() { None } else { Some(Email::parse(email)?) };
    accounts::password(&typed.password)?;
    let operation = FoundAdmin {
        word: typed.token.trim().to_owned(),
        handle,
        name,
        email,
        password_hash: passwords::hash_aside(typed.password.clone()).await?,
        locale: visit.language.tag().to_owned(),
        keys: web.keys.pair().await?,
    };
    web.door.perform(Origin::visitor(), operation).await.map(drop)
}
