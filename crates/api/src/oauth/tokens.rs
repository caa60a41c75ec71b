//! The token endpoint (RFC 6749), revocation (RFC 7009), and introspection (RFC 7662).

use actix_web::{HttpRequest, HttpResponse, http::header, web};
use db::{apps::AppRow, oauth::TokenFacts};
use domain::{Origin, oauth::ACCESS_SECONDS, scopes::Scopes};
use ops::{
    oauth::{MakeAppToken, Pair, RedeemCode, Redeemed, RefreshTokens, RevokeToken},
    secrets,
};
use serde_json::json;

use super::{
    clients::{Form, client},
    errors::OAuthError,
    pace,
};
use crate::Api;

type Result<T> = std::result::Result<T, OAuthError>;

/// Gives tokens for a code, for a refresh token, or to the app itself.
pub(crate) async fn issue(
    api: web::Data<Api>,
    req: HttpRequest,
    form: Form,
) -> Result<HttpResponse> {
    pace::TOKENS.keep(&req)?;
    let app = client(&api, &req, &form).await?;
    match form.need("grant_type")? {
        "authorization_code" => by_code(&api, &app, &form).await,
        "refresh_token" => by_refresh(&api, &app, &form).await,
        "client_credentials" => by_itself(&api, &app, &form).await,
        _ => Err(OAuthError::UnsupportedGrantType),
    }
}

async fn by_code(api: &Api, app: &AppRow, form: &Form) -> Result<HttpResponse> {
    let (access, refresh) = (secrets::fresh().map_err(broken)?, secrets::fresh().map_err(broken)?);
    let operation = RedeemCode {
        app: app.id,
        digest: secrets::digest(form.need("code")?),
        redirect_uri: form.need("redirect_uri")?.to_owned(),
        verifier: form.need("code_verifier")?.to_owned(),
        pair: Pair { access: secrets::digest(&access), refresh: secrets::digest(&refresh) },
    };
    let redeemed = api.door.perform(Origin::server(), operation).await?;
    answer(redeemed, &access, &refresh)
}

async fn by_refresh(api: &Api, app: &AppRow, form: &Form) -> Result<HttpResponse> {
    let (access, refresh) = (secrets::fresh().map_err(broken)?, secrets::fresh().map_err(broken)?);
    let operation = RefreshTokens {
        app: app.id,
        digest: secrets::digest(form.need("refresh_token")?),
        scopes: form.get("scope").map(scopes).transpose()?,
        pair: Pair { access: secrets::digest(&access), refresh: secrets::digest(&refresh) },
    };
    let redeemed = api.door.perform(Origin::server(), operation).await?;
    answer(redeemed, &access, &refresh)
}

async fn by_itself(api: &Api, app: &AppRow, form: &Form) -> Result<HttpResponse> {
    if app.secret_digest.is_none() {
        return Err(OAuthError::UnauthorizedClient);
    }
    let scopes = scopes(form.get("scope").unwrap_or("read"))?;
    if !Scopes::parse("read").map_err(broken)?.cover(&scopes) {
        return Err(OAuthError::InvalidScope("an app may only read by itself".to_owned()));
    }
    let secret = secrets::fresh().map_err(broken)?;
    let (digest, words) = (secrets::digest(&secret), scopes.words());
    api.door.perform(Origin::server(), MakeAppToken { app: app.id, digest, scopes }).await?;
    Ok(fresh(&json!({
        "access_token": secret,
        "token_type": "Bearer",
        "expires_in": ACCESS_SECONDS,
        "scope": words,
    })))
}

fn scopes(text: &str) -> Result<Scopes> {
    Scopes::parse(text).map_err(|invalid| OAuthError::InvalidScope(invalid.to_string()))
}

fn answer(redeemed: Redeemed, access: &str, refresh: &str) -> Result<HttpResponse> {
    match redeemed {
        Redeemed::Good(scopes) => Ok(fresh(&json!({
            "access_token": access,
            "token_type": "Bearer",
            "expires_in": ACCESS_SECONDS,
            "refresh_token": refresh,
            "scope": scopes.words(),
        }))),
        Redeemed::Bad => Err(OAuthError::InvalidGrant),
        Redeemed::TooMuch => {
            Err(OAuthError::InvalidScope("scope is more than was consented to".to_owned()))
        }
    }
}

/// Ends a token and all that came with it. What is unknown or another app's is answered in the same way.
pub(crate) async fn revoke(
    api: web::Data<Api>,
    req: HttpRequest,
    form: Form,
) -> Result<HttpResponse> {
    pace::TOKENS.keep(&req)?;
    let app = client(&api, &req, &form).await?.id;
    let digest = secrets::digest(form.need("token")?);
    api.door.perform(Origin::server(), RevokeToken { app, digest }).await?;
    Ok(fresh(&json!({})))
}

/// Says what a token is, to the app that it was given to; to anybody else it is not active.
pub(crate) async fn introspect(
    api: web::Data<Api>,
    req: HttpRequest,
    form: Form,
) -> Result<HttpResponse> {
    pace::TOKENS.keep(&req)?;
    let app = client(&api, &req, &form).await?;
    let (id, digest, now) = (app.id, secrets::digest(form.need("token")?), api.door.now());
    let found = api.reader.read(move |conn| db::oauth::facts(conn, id, &digest, now)).await?;
    Ok(fresh(&found.map_or_else(|| json!({ "active": false }), |it| facts(&app, &it))))
}

fn facts(app: &AppRow, token: &TokenFacts) -> serde_json::Value {
    let seconds = |time: domain::Time| time.micros().div_euclid(1_000_000);
    let mut told = json!({
        "active": true,
        "client_id": app.client_id,
        "scope": token.scopes,
        "token_type": "Bearer",
        "iat": seconds(token.created_at),
        "exp": seconds(token.expires_at),
    });
    if let (Some(account), Some(told)) = (token.account, told.as_object_mut()) {
        told.insert("sub".to_owned(), json!(account.to_string()));
    }
    told
}

/// An answer that nobody keeps (RFC 6749 §5.1).
fn fresh(body: &serde_json::Value) -> HttpResponse {
    HttpResponse::Ok()
        .insert_header((header::CACHE_CONTROL, "no-store"))
        .insert_header((header::PRAGMA, "no-cache"))
        .json(body)
}

fn broken(err: domain::Invalid) -> OAuthError {
    OAuthError::Ours(Box::new(err))
}
