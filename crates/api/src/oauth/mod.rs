//! OAuth 2 for apps: tokens, registration, and where everything is found.
//!
//! The page on which a person consents is `web`'s; what follows from a consent is here.

mod clients;
mod errors;
mod metadata;
mod pace;
mod register;
mod tokens;

use actix_web::{middleware::from_fn, web};

use crate::manners;

/// The addresses, all of them outside of `/api/v1`, as other servers have them.
pub(crate) fn routes(cfg: &mut web::ServiceConfig) {
    let limit = || web::PayloadConfig::new(64 * 1024);
    let keep = || from_fn(manners::keep);
    cfg.service(
        web::resource("/.well-known/oauth-authorization-server").wrap(keep()).get(metadata::show),
    )
    .service(web::resource("/oauth/token").app_data(limit()).wrap(keep()).post(tokens::issue))
    .service(web::resource("/oauth/revoke").app_data(limit()).wrap(keep()).post(tokens::revoke))
    .service(
        web::resource("/oauth/introspect").app_data(limit()).wrap(keep()).post(tokens::introspect),
    )
    .service(
        web::resource("/oauth/register").app_data(limit()).wrap(keep()).post(register::register),
    );
}
