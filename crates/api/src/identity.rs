//! My address, my password, all that is mine as a file, and the end of my account.

use actix_web::{HttpRequest, HttpResponse, http::header, web};
use domain::{
    Invalid, Origin,
    accounts::{self, Email},
};
use ops::{
    emails::{AskEmailChange, ConfirmEmailChange},
    erasure::DeleteAccount,
    export,
    passwords::{self, ChangePassword},
    secrets, throttle,
};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{
    Api, Result,
    auth::{ReadAccounts, Scope as _, Viewer, WriteAccounts, bearer, prove},
    body::Body,
    peer,
    problem::ApiError,
    sign_ups::LinkForm,
    words,
};

pub(crate) fn routes(cfg: &mut web::ServiceConfig) {
    cfg.service(web::resource("/me/email").post(change_email));
    cfg.service(web::resource("/accounts/email/confirm").post(confirm_email));
    cfg.service(web::resource("/me/password").post(change_password));
    cfg.service(web::resource("/me/export").get(export));
}

/// An address, and my password.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({ "email": "ada@mail.example", "password": "a long sentence" }))]
pub(crate) struct EmailChangeForm {
    #[schema(format = "email")]
    email: String,
    password: String,
}

/// My password, and another one.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({ "password": "a long sentence", "new_password": "another long sentence" }))]
pub(crate) struct PasswordChangeForm {
    password: String,
    #[schema(value_type = words::NewPassword)]
    new_password: String,
}

/// My password, and a code where signing in takes one.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({ "password": "a long sentence" }))]
pub(crate) struct DeletionForm {
    password: String,
    #[serde(default)]
    code: String,
}

/// Asks for letters to go to another address: a link goes to each, and both must be followed within an hour.
///
/// The answer is the same whether the new one belongs to another account or not.
#[utoipa::path(
    post,
    path = "/me/email",
    operation_id = "changeEmail",
    tag = "accounts",
    request_body = EmailChangeForm,
    responses((status = 202, description = "If all is well, two letters are on their way")),
    security(("bearer" = ["accounts:write"]))
)]
pub(crate) async fn change_email(
    api: web::Data<Api>,
    viewer: Viewer<WriteAccounts>,
    body: Body,
) -> Result<HttpResponse> {
    let form: EmailChangeForm = body.json()?;
    let email = Email::parse(&form.email)?;
    prove(&api, &viewer.account, form.password).await?;
    api.door.perform(viewer.origin(), AskEmailChange { email }).await?;
    Ok(HttpResponse::Accepted().finish())
}

/// What became of a change of address.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct EmailChangeView {
    /// Whether letters go to the new address now; else the other one has still to say yes.
    changed: bool,
}

/// Says yes for one of the two addresses, with the word of the link that was sent there. Whoever opens a letter need
/// not be signed in.
#[utoipa::path(
    post,
    path = "/accounts/email/confirm",
    operation_id = "confirmEmailChange",
    tag = "accounts",
    request_body = LinkForm,
    responses(
        (status = 200, description = "Whether the address is changed now", body = EmailChangeView),
        (status = 404, description = "The link was used, has expired, or never existed"),
        (status = 429, description = "Too many tries from one place; Retry-After says when to come back")
    ),
    security(())
)]
pub(crate) async fn confirm_email(
    api: web::Data<Api>,
    req: HttpRequest,
    body: Body,
) -> Result<HttpResponse> {
    let form: LinkForm = body.json()?;
    peer::count(&req, &throttle::LINKS_FROM, &api)?;
    let digest = secrets::digest(form.token.trim());
    let changed = api.door.perform(Origin::visitor(), ConfirmEmailChange { digest }).await?;
    Ok(HttpResponse::Ok().json(EmailChangeView { changed }))
}

/// Chooses another password; all browsers are signed out, and all other tokens end.
#[utoipa::path(
    post,
    path = "/me/password",
    operation_id = "changePassword",
    tag = "accounts",
    request_body = PasswordChangeForm,
    responses((status = 204, description = "Changed")),
    security(("bearer" = ["accounts:write"]))
)]
pub(crate) async fn change_password(
    api: web::Data<Api>,
    viewer: Viewer<WriteAccounts>,
    req: HttpRequest,
    body: Body,
) -> Result<HttpResponse> {
    let form: PasswordChangeForm = body.json()?;
    accounts::password(&form.new_password)
        .map_err(|wrong| Invalid::new("new_password", wrong.problem))?;
    prove(&api, &viewer.account, form.password).await?;
    let keep = bearer(&req)?.map(|token| secrets::digest(&token)).unwrap_or_default();
    let password_hash = passwords::hash_aside(form.new_password).await?;
    api.door.perform(viewer.origin(), ChangePassword { password_hash, keep }).await?;
    Ok(HttpResponse::NoContent().finish())
}

/// Takes all that is yours along: ActivityStreams, JSON, and tables in a zip archive.
///
/// An app gets it only where you allowed it `accounts:read` by name.
#[utoipa::path(
    get,
    path = "/me/export",
    operation_id = "exportAccount",
    tag = "accounts",
    responses((status = 200, description = "A zip archive", body = String, content_type = "application/zip")),
    security(("bearer" = ["accounts:read"]))
)]
pub(crate) async fn export(
    api: web::Data<Api>,
    viewer: Viewer<ReadAccounts>,
) -> Result<HttpResponse> {
    let word = ReadAccounts::WORD;
    if viewer.by_app && !viewer.scopes.split_whitespace().any(|scope| scope == word) {
        return Err(ApiError::MissingScope(word));
    }
    let (site, now, account) = (api.door.site().clone(), api.door.now(), viewer.account);
    let found = api.read(move |conn| {
        let person = db::actors::find(conn, account.person_id.actor())?;
        let handle = person.ok_or_else(|| ApiError::not_found("person"))?.handle;
        Ok((export::file_name(&handle, now), export::archive(conn, &site, &account, now)?))
    });
    let (name, bytes) = found.await?;
    Ok(HttpResponse::Ok()
        .content_type("application/zip")
        .insert_header((header::CONTENT_DISPOSITION, format!("attachment; filename=\"{name}\"")))
        .body(bytes))
}

/// Deletes your account for good: what you wrote goes, and what you listed stays with its collective, without your
/// name. It cannot be undone, and nobody ever has your handle again.
#[utoipa::path(
    delete,
    path = "/me",
    operation_id = "deleteAccount",
    tag = "accounts",
    request_body = DeletionForm,
    responses((status = 204, description = "Deleted")),
    security(("bearer" = ["accounts:write"]))
)]
pub(crate) async fn delete(
    api: web::Data<Api>,
    viewer: Viewer<WriteAccounts>,
    body: Body,
) -> Result<HttpResponse> {
    let form: DeletionForm = body.json()?;
    if viewer.by_app {
        // An app that somebody allowed to write does not end the account.
        return Err(domain::Refusal::NotAllowed.into());
    }
    prove(&api, &viewer.account, form.password).await?;
    api.door.perform(viewer.origin(), DeleteAccount { code: form.code }).await?;
    Ok(HttpResponse::NoContent().finish())
}
