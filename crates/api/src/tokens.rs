//! The tokens of an account: those made by hand for scripts, and those that apps were given.

use actix_web::{HttpRequest, HttpResponse, http::header, web};
use db::accounts::TokenRow;
use domain::{Invalid, Refusal, Time, TokenId, scopes::Scopes, text};
use ops::{
    accounts::{EndToken, MakeToken},
    secrets,
};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use crate::{
    Api, Result,
    auth::{ReadAccounts, Viewer, WriteAccounts},
    body::Body,
    paging::{Page, PageQuery, query},
    problem::ApiError,
    sight, words,
};

pub(crate) fn routes(cfg: &mut web::ServiceConfig) {
    cfg.service(web::resource("/tokens").get(list).post(make));
    cfg.service(web::resource("/tokens/{token}").delete(end));
}

/// An app that somebody allowed to act for them.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct TokenAppView {
    name: String,
    /// Where its makers say that people read about it.
    website: Option<String>,
}

/// A token, without the secret, which is told once and not kept.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct TokenView {
    #[schema(value_type = String, format = "uuid")]
    id: Uuid,
    /// What it is for.
    name: String,
    #[schema(example = json!(["listings:read", "listings:write"]))]
    scopes: Vec<String>,
    /// The app that it was given to; `null` where it was made by hand.
    app: Option<TokenAppView>,
    #[schema(value_type = String, format = DateTime)]
    created_at: String,
    /// When it was used last, to the hour.
    #[schema(value_type = Option<String>, format = DateTime)]
    used_at: Option<String>,
    /// Until when it is good; an app gets itself a new one then. `null` is for ever.
    #[schema(value_type = Option<String>, format = DateTime)]
    expires_at: Option<String>,
}

impl TokenView {
    fn new(row: &TokenRow) -> Self {
        let app = row.app.clone().map(|(name, website)| TokenAppView { name, website });
        Self {
            id: row.id.uuid(),
            name: row.name.clone(),
            scopes: row.scopes.split_whitespace().map(str::to_owned).collect(),
            app,
            created_at: row.created_at.wire(),
            used_at: row.used_at.map(Time::wire),
            expires_at: row.expires_at.map(Time::wire),
        }
    }
}

/// A token that was just made.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct NewTokenView {
    #[schema(value_type = String, format = "uuid")]
    id: Uuid,
    /// What goes behind `Authorization: Bearer`. It is told this once.
    token: String,
    scopes: Vec<String>,
    #[schema(value_type = Option<String>, format = DateTime)]
    expires_at: Option<String>,
}

/// A token for a script.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({ "name": "backup", "scopes": ["read"] }))]
pub(crate) struct TokenForm {
    /// What it is for.
    #[schema(min_length = 1, max_length = 100)]
    name: String,
    /// What it may be used for: nothing that the token of this request may not.
    #[schema(value_type = Vec<words::Scope>, min_items = 1)]
    scopes: Vec<String>,
    /// Until when it is good; for ever where it is left out.
    #[schema(format = DateTime)]
    expires_at: Option<String>,
}

/// Lists your tokens, the newest first: those made by hand, and one for each app that you allowed.
#[utoipa::path(
    get,
    path = "/tokens",
    operation_id = "listTokens",
    tag = "accounts",
    params(PageQuery),
    responses((status = 200, description = "A page of tokens", body = Page<TokenView>, headers(("Link" = String)))),
    security(("bearer" = ["accounts:read"]))
)]
pub(crate) async fn list(
    api: web::Data<Api>,
    viewer: Viewer<ReadAccounts>,
    req: HttpRequest,
) -> Result<HttpResponse> {
    let span = query::<PageQuery>(&req)?.span("tokens")?;
    let account = viewer.account.id;
    let found = api.read(move |conn| {
        let mut rows = db::accounts::tokens(conn, account, span.cursor(), span.rows())?;
        let next = span.cut(&mut rows, |row| row.id.uuid());
        Ok(Page { items: rows.iter().map(TokenView::new).collect(), next })
    });
    Ok(found.await?.answer(&api, &req))
}

/// Makes a token for a script; its secret is told this once.
///
/// It may do nothing that the token of this request may not. An app makes none.
#[utoipa::path(
    post,
    path = "/tokens",
    operation_id = "makeToken",
    tag = "accounts",
    request_body = TokenForm,
    responses((status = 201, description = "The token", body = NewTokenView)),
    security(("bearer" = ["accounts:write"]))
)]
pub(crate) async fn make(
    api: web::Data<Api>,
    viewer: Viewer<WriteAccounts>,
    body: Body,
) -> Result<HttpResponse> {
    let form: TokenForm = body.json()?;
    let wrong = |invalid: Invalid| Invalid::new("scopes", invalid.problem);
    if form.scopes.is_empty() {
        return Err(Invalid::new("scopes", "must name one at least").into());
    }
    if form.scopes.iter().any(|word| word.split_whitespace().ne([word.as_str()])) {
        return Err(Invalid::new("scopes", "must be words of their own, without spaces").into());
    }
    let scopes = Scopes::parse(&form.scopes.join(" ")).map_err(wrong)?;
    if viewer.by_app {
        // What an app is allowed ends when somebody takes it back: it leaves nothing behind that does not.
        return Err(Refusal::NotAllowed.into());
    }
    if let Some(word) = Scopes::parse(&viewer.scopes)?.lack(&scopes) {
        return Err(ApiError::MissingScope(word));
    }
    let expires_at = form.expires_at.map(|text| Time::parse("expires_at", &text)).transpose()?;
    let token = secrets::fresh()?;
    let operation = MakeToken {
        account: viewer.account.id,
        digest: secrets::digest(&token),
        name: text::line("name", &form.name, 1, 100)?,
        scopes: scopes.words(),
        expires_at,
    };
    let id = api.door.perform(viewer.origin(), operation).await?.uuid();
    let told = NewTokenView {
        id,
        token,
        scopes: scopes.words().split_whitespace().map(str::to_owned).collect(),
        expires_at: expires_at.map(Time::wire),
    };
    Ok(HttpResponse::Created().insert_header((header::CACHE_CONTROL, "no-store")).json(told))
}

/// Ends a token at once. Where an app was given it, all that the app was allowed with it ends.
#[utoipa::path(
    delete,
    path = "/tokens/{token}",
    operation_id = "endToken",
    tag = "accounts",
    params(("token" = String, Path, description = "The id of the token", format = "uuid")),
    responses((status = 204, description = "Ended")),
    security(("bearer" = ["accounts:write"]))
)]
pub(crate) async fn end(
    api: web::Data<Api>,
    viewer: Viewer<WriteAccounts>,
    path: web::Path<String>,
) -> Result<HttpResponse> {
    let id: TokenId = sight::id(&path, "token")?;
    api.door.perform(viewer.origin(), EndToken { id }).await?;
    Ok(HttpResponse::NoContent().finish())
}
