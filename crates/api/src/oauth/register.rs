//! How an app introduces itself (RFC 7591).

use actix_web::{HttpRequest, HttpResponse, http::header, web};
use domain::{Origin, oauth::AppContent};
use ops::{oauth::RegisterApp, secrets};
use serde::Deserialize;
use serde_json::json;

use super::{errors::OAuthError, pace};
use crate::{Api, body::Body};

/// What an app says of itself. Unknown members are passed over, as RFC 7591 §2 wants it.
#[derive(Deserialize)]
struct AppForm {
    client_name: String,
    redirect_uris: Vec<String>,
    client_uri: Option<String>,
    scope: Option<String>,
    /// `none` for an app that keeps no secret.
    token_endpoint_auth_method: Option<String>,
}

/// Registers an app; its secret is shown this once.
pub(crate) async fn register(
    api: web::Data<Api>,
    req: HttpRequest,
    body: Body,
) -> Result<HttpResponse, OAuthError> {
    pace::APPS.keep(&req)?;
    let form: AppForm = body.json().map_err(|err| OAuthError::InvalidMetadata(err.to_string()))?;
    let method = form.token_endpoint_auth_method.as_deref().unwrap_or("client_secret_basic");
    if !super::metadata::METHODS.contains(&method) {
        let wanted = super::metadata::METHODS.join(", ");
        let text = format!("token_endpoint_auth_method must be one of: {wanted}");
        return Err(OAuthError::InvalidMetadata(text));
    }
    let scope = form.scope.as_deref().unwrap_or("read");
    let website = form.client_uri.as_deref();
    let content = AppContent::parse(&form.client_name, website, &form.redirect_uris, scope)
        .map_err(|invalid| OAuthError::of_app(&invalid))?;
    let broken = |err: domain::Invalid| OAuthError::Ours(Box::new(err));
    let client_id = secrets::fresh().map_err(broken)?;
    let secret = (method != "none").then(secrets::fresh).transpose().map_err(broken)?;
    let operation =
        RegisterApp { content, client_id, secret_digest: secret.as_deref().map(secrets::digest) };
    let row = api.door.perform(Origin::server(), operation).await?;
    let mut told = json!({
        "client_id": row.client_id,
        "client_id_issued_at": row.created_at.micros().div_euclid(1_000_000),
        "client_name": row.name,
        "redirect_uris": row.redirects().collect::<Vec<_>>(),
        "scope": row.scopes,
        "token_endpoint_auth_method": method,
        "grant_types": ["authorization_code", "refresh_token"],
        "response_types": ["code"],
    });
    if let Some(told) = told.as_object_mut() {
        if let Some(website) = row.website {
            told.insert("client_uri".to_owned(), json!(website));
        }
        if let Some(secret) = secret {
            told.insert("client_secret".to_owned(), json!(secret));
            told.insert("client_secret_expires_at".to_owned(), json!(0));
        }
    }
    Ok(HttpResponse::Created().insert_header((header::CACHE_CONTROL, "no-store")).json(told))
}
