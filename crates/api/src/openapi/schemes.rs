//! How an app gets a token, as the description says it.

use std::collections::BTreeMap;

use utoipa::openapi::{
    path::Operation,
    security::{
        AuthorizationCode, ClientCredentials, Flow, OAuth2, Scopes, SecurityRequirement,
        SecurityScheme,
    },
};

/// The two ways of OAuth 2; addresses are of this server, and outside of `/api/v1`.
pub(super) fn oauth2() -> SecurityScheme {
    let (authorize, token) = ("/oauth/authorize", "/oauth/token");
    let scopes = || domain::scopes::ALL.iter().copied().collect::<Scopes>();
    let by_somebody = AuthorizationCode::with_refresh_url(authorize, token, scopes(), token);
    let mut scheme = OAuth2::new([
        Flow::AuthorizationCode(by_somebody),
        Flow::ClientCredentials(ClientCredentials::new(token, scopes())),
    ]);
    scheme.description = Some(
        "How an app gets a token: for somebody who allows it, with PKCE (`S256`) and `state`, or for itself, to read \
         what everybody may. `/.well-known/oauth-authorization-server` says the same (RFC 8414)."
            .to_owned(),
    );
    SecurityScheme::OAuth2(scheme)
}

/// Whatever a token may do, one that an app was given may do too.
pub(super) fn or_by_an_app(operation: &mut Operation) {
    let Some(ways) = &mut operation.security else { return };
    let scopes = ways.iter().filter_map(|way| {
        let named = serde_json::to_value(way).ok()?;
        let named: BTreeMap<String, Vec<String>> = serde_json::from_value(named).ok()?;
        Some(SecurityRequirement::new("oauth2", named.get("bearer")?))
    });
    let by_an_app: Vec<_> = scopes.collect();
    ways.extend(by_an_app);
}
