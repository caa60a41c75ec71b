//! The second step of signing in: codes of an app on a phone, and recovery codes.

use actix_web::{HttpResponse, http::header, web};
use domain::Time;
use ops::totp::{BeginTotp, ConfirmTotp, DisableTotp, RenewRecoveryCodes};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{
    Api, Result,
    auth::{ReadAccounts, Viewer, WriteAccounts, prove},
    body::Body,
};

pub(crate) fn routes(cfg: &mut web::ServiceConfig) {
    cfg.service(web::resource("/me/totp").get(show).post(begin).delete(disable));
    cfg.service(web::resource("/me/totp/confirm").post(confirm));
    cfg.service(web::resource("/me/recovery-codes").post(renew));
}

/// Where I stand with it.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct TotpView {
    /// Whether signing in takes a code.
    enabled: bool,
    #[schema(value_type = Option<String>, format = DateTime)]
    since: Option<String>,
    /// How many recovery codes are left.
    recovery_codes: i64,
}

/// What an app on a phone is told, once.
#[derive(Serialize, ToSchema)]
pub(crate) struct TotpOfferView {
    /// In base32, to be typed.
    secret: String,
    /// The same as a link, for a QR code.
    uri: String,
}

/// Recovery codes, told this once. Each signs in once in place of a code.
#[derive(Serialize, ToSchema)]
pub(crate) struct RecoveryCodesView {
    recovery_codes: Vec<String>,
}

/// My password, typed once more.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({ "password": "a long sentence" }))]
pub(crate) struct PasswordForm {
    pub(crate) password: String,
}

/// A code of the app.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({ "code": "287082" }))]
pub(crate) struct CodeForm {
    code: String,
}

/// Shows whether signing in takes a code of yours.
#[utoipa::path(
    get,
    path = "/me/totp",
    operation_id = "showTotp",
    tag = "accounts",
    responses((status = 200, description = "Where you stand", body = TotpView)),
    security(("bearer" = ["accounts:read"]))
)]
pub(crate) async fn show(
    api: web::Data<Api>,
    viewer: Viewer<ReadAccounts>,
) -> Result<HttpResponse> {
    let id = viewer.account.id;
    let found = api.read(move |conn| {
        let row = db::totp::find(conn, id)?;
        let enabled = row.in_use().is_some();
        Ok(TotpView {
            enabled,
            since: row.confirmed_at.filter(|_| enabled).map(Time::wire),
            recovery_codes: db::totp::count_codes(conn, id)?,
        })
    });
    Ok(HttpResponse::Ok().json(found.await?))
}

/// Offers a secret for an app on a phone; it is told this once, and nothing is asked for until a code came back.
#[utoipa::path(
    post,
    path = "/me/totp",
    operation_id = "beginTotp",
    tag = "accounts",
    request_body = PasswordForm,
    responses(
        (status = 200, description = "The secret", body = TotpOfferView),
        (status = 409, description = "Signing in takes two steps already")
    ),
    security(("bearer" = ["accounts:write"]))
)]
pub(crate) async fn begin(
    api: web::Data<Api>,
    viewer: Viewer<WriteAccounts>,
    body: Body,
) -> Result<HttpResponse> {
    let form: PasswordForm = body.json()?;
    prove(&api, &viewer.account, form.password).await?;
    let offered = api.door.perform(viewer.origin(), BeginTotp).await?;
    Ok(once(&TotpOfferView { secret: offered.secret, uri: offered.uri }))
}

/// Turns it on with the first code; the recovery codes are told this once.
#[utoipa::path(
    post,
    path = "/me/totp/confirm",
    operation_id = "confirmTotp",
    tag = "accounts",
    request_body = CodeForm,
    responses(
        (status = 200, description = "It is on", body = RecoveryCodesView),
        (status = 409, description = "It is on already, or was not begun")
    ),
    security(("bearer" = ["accounts:write"]))
)]
pub(crate) async fn confirm(
    api: web::Data<Api>,
    viewer: Viewer<WriteAccounts>,
    body: Body,
) -> Result<HttpResponse> {
    let form: CodeForm = body.json()?;
    let recovery_codes = api.door.perform(viewer.origin(), ConfirmTotp { code: form.code }).await?;
    Ok(once(&RecoveryCodesView { recovery_codes }))
}

/// Turns it off: signing in takes the password alone.
#[utoipa::path(
    delete,
    path = "/me/totp",
    operation_id = "disableTotp",
    tag = "accounts",
    request_body = PasswordForm,
    responses(
        (status = 204, description = "It is off"),
        (status = 409, description = "It is off already")
    ),
    security(("bearer" = ["accounts:write"]))
)]
pub(crate) async fn disable(
    api: web::Data<Api>,
    viewer: Viewer<WriteAccounts>,
    body: Body,
) -> Result<HttpResponse> {
    let form: PasswordForm = body.json()?;
    prove(&api, &viewer.account, form.password).await?;
    api.door.perform(viewer.origin(), DisableTotp).await?;
    Ok(HttpResponse::NoContent().finish())
}

/// Makes ten new recovery codes, told this once; those of before are worth nothing any more.
#[utoipa::path(
    post,
    path = "/me/recovery-codes",
    operation_id = "renewRecoveryCodes",
    tag = "accounts",
    request_body = PasswordForm,
    responses(
        (status = 200, description = "The codes", body = RecoveryCodesView),
        (status = 409, description = "Signing in takes one step only")
    ),
    security(("bearer" = ["accounts:write"]))
)]
pub(crate) async fn renew(
    api: web::Data<Api>,
    viewer: Viewer<WriteAccounts>,
    body: Body,
) -> Result<HttpResponse> {
    let form: PasswordForm = body.json()?;
    prove(&api, &viewer.account, form.password).await?;
    let recovery_codes = api.door.perform(viewer.origin(), RenewRecoveryCodes).await?;
    Ok(once(&RecoveryCodesView { recovery_codes }))
}

/// What is told once is kept by nobody in between.
fn once(view: &impl Serialize) -> HttpResponse {
    HttpResponse::Ok().insert_header((header::CACHE_CONTROL, "no-store")).json(view)
}
