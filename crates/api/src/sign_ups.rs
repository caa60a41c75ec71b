//! Getting an account: asking for one, proving the address, and who may ask.

use actix_web::{HttpRequest, HttpResponse, web};
use domain::{
    CollectiveId, Handle, Invalid, Origin, Refusal,
    accounts::{self, AccountRole, Email},
    sign_ups::{self, SignUpMode},
    text::{self, Language},
};
use ops::{
    passwords, secrets,
    sign_ups::{ChangeSignUp, ConfirmAccount, ResendConfirmation, SignUp},
    throttle,
};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{
    Api, Result,
    auth::{ReadAdmin, Viewer, WriteAdmin},
    body::Body,
    collectives::find,
    peer,
    problem::ApiError,
    words,
};

pub(crate) fn routes(cfg: &mut web::ServiceConfig) {
    cfg.service(web::resource("/accounts").post(sign_up));
    cfg.service(web::resource("/accounts/confirm").post(confirm));
    cfg.service(web::resource("/accounts/confirm/resend").post(resend));
    cfg.service(web::resource("/admin/sign-up").get(show).patch(change));
}

/// Who asks for an account, and of whom.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({
    "handle": "grace",
    "name": "Grace",
    "email": "grace@mail.example",
    "password": "a long sentence is best",
    "collective": "garden",
    "application": "I help on Tuesdays.",
    "agreement": true,
}))]
pub(crate) struct SignUpForm {
    #[schema(value_type = words::Handle)]
    handle: String,
    #[schema(max_length = 100)]
    name: Option<String>,
    /// Seen by nobody.
    #[schema(format = "email")]
    email: String,
    #[schema(value_type = words::NewPassword)]
    password: String,
    /// The collective that is to look after the account: its handle or its id.
    collective: Option<String>,
    /// The word of an invitation; then nobody else has to say yes.
    invitation: Option<String>,
    /// Why you come, for those who say yes or no.
    #[schema(max_length = 2000)]
    application: Option<String>,
    /// The language of your pages.
    #[schema(value_type = Option<words::Language>)]
    locale: Option<String>,
    /// Whether you agree to the rules of this place; it must be `true`.
    #[schema(value_type = words::Yes)]
    agreement: bool,
}

/// Asks for an account. A link is sent to the address; it is not said whether that has an account already.
#[utoipa::path(
    post,
    path = "/accounts",
    operation_id = "signUp",
    tag = "accounts",
    request_body = SignUpForm,
    responses(
        (status = 202, description = "A letter is on its way"),
        (status = 403, description = "Nobody is let in at the moment, or an invitation is needed"),
        (status = 429, description = "Too many tries from one place; Retry-After says when to come back")
    ),
    security(())
)]
pub(crate) async fn sign_up(
    api: web::Data<Api>,
    req: HttpRequest,
    body: Body,
) -> Result<HttpResponse> {
    let form: SignUpForm = body.json()?;
    let handle = Handle::choose(&form.handle)?;
    let name = text::line("name", form.name.as_deref().unwrap_or_default(), 0, 100)?;
    let email = Email::parse(&form.email)?;
    accounts::password(&form.password)?;
    let locale = locale(form.locale.as_deref())?;
    let application = form.application.unwrap_or_default();
    let invitation = form.invitation.as_deref().map(str::trim).filter(|it| !it.is_empty());
    let invitation = invitation.map(secrets::digest);
    peer::count(&req, &throttle::SIGN_UPS_FROM, &api)?;
    let invited = invitation.is_some();
    api.read(move |conn| Ok(sign_ups::admit(ops::sign_ups::mode(conn)?, invited)?)).await?;
    let operation = SignUp {
        handle,
        name,
        email,
        collective: named(&api, form.collective.as_deref()).await?,
        invitation,
        application,
        agreement: form.agreement,
        locale,
        password_hash: passwords::hash_aside(form.password).await?,
        keys: api.keys.pair().await?,
    };
    api.door.perform(Origin::visitor(), operation).await?;
    Ok(HttpResponse::Accepted().finish())
}

/// A language of pages; English where none is named.
pub(crate) fn locale(text: Option<&str>) -> Result<String> {
    let Some(text) = text else { return Ok("en".to_owned()) };
    let wrong = |err: Invalid| Invalid::new("locale", err.problem);
    Ok(Language::parse(text).map_err(wrong)?.into())
}

/// The collective somebody names, where they name one.
async fn named(api: &Api, text: Option<&str>) -> Result<Option<CollectiveId>> {
    let Some(text) = text.map(str::trim).filter(|text| !text.is_empty()) else { return Ok(None) };
    let unknown = || Invalid::new("collective", "is not known on this server");
    let row = find(api, text).await.ok().filter(|row| row.local).ok_or_else(unknown)?;
    Ok(Some(row.id.collective()))
}

/// The word of a link.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({ "token": "4f1c…" }))]
pub(crate) struct LinkForm {
    pub(crate) token: String,
}

/// Where an account stands now.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct AccountStateView {
    #[schema(value_type = words::AccountState)]
    pub(crate) state: &'static str,
}

/// Confirms an address with the word of the link that was sent there.
#[utoipa::path(
    post,
    path = "/accounts/confirm",
    operation_id = "confirmAccount",
    tag = "accounts",
    request_body = LinkForm,
    responses(
        (status = 200, description = "Whether it is ready, or waits for a yes", body = AccountStateView),
        (status = 404, description = "The link was used, has expired, or never existed"),
        (status = 429, description = "Too many tries from one place; Retry-After says when to come back")
    ),
    security(())
)]
pub(crate) async fn confirm(
    api: web::Data<Api>,
    req: HttpRequest,
    body: Body,
) -> Result<HttpResponse> {
    let form: LinkForm = body.json()?;
    peer::count(&req, &throttle::LINKS_FROM, &api)?;
    let digest = secrets::digest(form.token.trim());
    let state = api.door.perform(Origin::visitor(), ConfirmAccount { digest }).await?;
    Ok(HttpResponse::Ok().json(AccountStateView { state: state.word() }))
}

/// An address.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({ "email": "grace@mail.example" }))]
pub(crate) struct EmailForm {
    #[schema(format = "email")]
    pub(crate) email: String,
}

/// Sends the link to confirm an address again, if an account waits for it; it is not said whether one does.
#[utoipa::path(
    post,
    path = "/accounts/confirm/resend",
    operation_id = "resendConfirmation",
    tag = "accounts",
    request_body = EmailForm,
    responses(
        (status = 202, description = "If an account waits for it, a letter is on its way"),
        (status = 429, description = "Too many tries from one place; Retry-After says when to come back")
    ),
    security(())
)]
pub(crate) async fn resend(
    api: web::Data<Api>,
    req: HttpRequest,
    body: Body,
) -> Result<HttpResponse> {
    let form: EmailForm = body.json()?;
    let email = Email::parse(&form.email)?;
    peer::count(&req, &throttle::LETTERS_FROM, &api)?;
    api.door.perform(Origin::visitor(), ResendConfirmation { email }).await?;
    Ok(HttpResponse::Accepted().finish())
}

/// Who may ask for an account.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct SignUpView {
    #[schema(value_type = words::SignUpMode)]
    mode: &'static str,
    /// For how many days an account may be without a collective.
    grace_days: i64,
}

/// Shows who may ask for an account; admins may read it.
#[utoipa::path(
    get,
    path = "/admin/sign-up",
    operation_id = "showSignUp",
    tag = "accounts",
    responses((status = 200, description = "As it is now", body = SignUpView)),
    security(("bearer" = ["admin:read"]))
)]
pub(crate) async fn show(api: web::Data<Api>, viewer: Viewer<ReadAdmin>) -> Result<HttpResponse> {
    administer(&viewer)?;
    Ok(HttpResponse::Ok().json(view(&api).await?))
}

/// Who may ask from now on.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({ "mode": "approval" }))]
pub(crate) struct ModeForm {
    #[schema(value_type = words::SignUpMode)]
    mode: String,
}

/// Changes who may ask for an account; admins may. It counts over the configuration.
#[utoipa::path(
    patch,
    path = "/admin/sign-up",
    operation_id = "changeSignUp",
    tag = "accounts",
    request_body = ModeForm,
    responses((status = 200, description = "As it is now", body = SignUpView)),
    security(("bearer" = ["admin:write"]))
)]
pub(crate) async fn change(
    api: web::Data<Api>,
    viewer: Viewer<WriteAdmin>,
    body: Body,
) -> Result<HttpResponse> {
    administer(&viewer)?;
    let form: ModeForm = body.json()?;
    let mode = SignUpMode::parse(&form.mode)?;
    api.door.perform(viewer.origin(), ChangeSignUp { mode }).await?;
    Ok(HttpResponse::Ok().json(view(&api).await?))
}

async fn view(api: &Api) -> Result<SignUpView> {
    let read = api.read(|conn| {
        let mode = ops::sign_ups::mode(conn)?.word();
        Ok(SignUpView { mode, grace_days: ops::sign_ups::grace_days(conn)? })
    });
    read.await
}

/// Refuses whoever does not run the instance.
pub(crate) fn administer<S>(viewer: &Viewer<S>) -> Result<()> {
    match viewer.account.role {
        AccountRole::Admin => Ok(()),
        AccountRole::Member => Err(ApiError::from(Refusal::NotAllowed)),
    }
}
