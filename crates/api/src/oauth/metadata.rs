//! Where everything is found (RFC 8414).

use actix_web::{HttpResponse, web};
use serde_json::json;

use crate::Api;

/// How an app may prove who it is; the last one is for apps that keep no secret.
pub(super) const METHODS: [&str; 3] = ["client_secret_basic", "client_secret_post", "none"];

pub(super) async fn show(api: web::Data<Api>) -> HttpResponse {
    let site = api.door.site();
    let scopes: Vec<&str> = domain::scopes::ALL.iter().map(|(word, _)| *word).collect();
    HttpResponse::Ok().json(json!({
        "issuer": site.base().as_str().trim_end_matches('/'),
        "authorization_endpoint": site.at("oauth/authorize"),
        "token_endpoint": site.at("oauth/token"),
        "revocation_endpoint": site.at("oauth/revoke"),
        "introspection_endpoint": site.at("oauth/introspect"),
        "registration_endpoint": site.at("oauth/register"),
        "service_documentation": site.at("api/docs"),
        "scopes_supported": scopes,
        "response_types_supported": ["code"],
        "response_modes_supported": ["query"],
        "grant_types_supported": ["authorization_code", "refresh_token", "client_credentials"],
        "code_challenge_methods_supported": ["S256"],
        "token_endpoint_auth_methods_supported": METHODS,
        "revocation_endpoint_auth_methods_supported": METHODS,
        "introspection_endpoint_auth_methods_supported": METHODS,
        "authorization_response_iss_parameter_supported": true,
    }))
}
