//! Choosing a new password.

use actix_web::{HttpRequest, HttpResponse, web};
use domain::{
    Origin,
    accounts::{self, Email},
};
use ops::{
    passwords,
    resets::{AskReset, FinishReset},
    secrets, throttle,
};
use serde::Deserialize;
use utoipa::ToSchema;

use crate::{
    Api, Result,
    body::Body,
    peer,
    sign_ups::{AccountStateView, EmailForm},
    words,
};

pub(crate) fn routes(cfg: &mut web::ServiceConfig) {
    cfg.service(web::resource("/accounts/reset").post(ask));
    cfg.service(web::resource("/accounts/reset/finish").post(finish));
}

/// Sends a link for a new password, if the address has an account; it is not said whether it has.
#[utoipa::path(
    post,
    path = "/accounts/reset",
    operation_id = "askReset",
    tag = "accounts",
    request_body = EmailForm,
    responses(
        (status = 202, description = "If the address has an account, a letter is on its way"),
        (status = 429, description = "Too many tries from one place; Retry-After says when to come back")
    ),
    security(())
)]
pub(crate) async fn ask(api: web::Data<Api>, req: HttpRequest, body: Body) -> Result<HttpResponse> {
    let form: EmailForm = body.json()?;
    let email = Email::parse(&form.email)?;
    peer::count(&req, &throttle::LETTERS_FROM, &api)?;
    api.door.perform(Origin::visitor(), AskReset { email }).await?;
    Ok(HttpResponse::Accepted().finish())
}

/// The word of a link, and what to sign in with from now on.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({ "token": "4f1c…", "password": "another long sentence" }))]
pub(crate) struct FinishForm {
    token: String,
    #[schema(value_type = words::NewPassword)]
    password: String,
}

/// Chooses a new password with the word of the link; whoever was signed in is signed out.
#[utoipa::path(
    post,
    path = "/accounts/reset/finish",
    operation_id = "finishReset",
    tag = "accounts",
    request_body = FinishForm,
    responses(
        (status = 200, description = "Whether the account is ready, or waits for a yes", body = AccountStateView),
        (status = 404, description = "The link was used, has expired, or never existed"),
        (status = 429, description = "Too many tries from one place; Retry-After says when to come back")
    ),
    security(())
)]
pub(crate) async fn finish(
    api: web::Data<Api>,
    req: HttpRequest,
    body: Body,
) -> Result<HttpResponse> {
    let form: FinishForm = body.json()?;
    accounts::password(&form.password)?;
    peer::count(&req, &throttle::LINKS_FROM, &api)?;
    let digest = secrets::digest(form.token.trim());
    let password_hash = passwords::hash_aside(form.password).await?;
    let operation = FinishReset { digest, password_hash };
    let state = api.door.perform(Origin::visitor(), operation).await?;
    Ok(HttpResponse::Ok().json(AccountStateView { state: state.word() }))
}
