//! What those who run the instance see and do; each route here refuses everybody else.

pub(crate) mod announcements;
pub(crate) mod appeals;
pub(crate) mod cases;
pub(crate) mod collectives;
pub(crate) mod inbound;
pub(crate) mod log;
pub(crate) mod numbers;
pub(crate) mod proposals;
pub(crate) mod servers;
pub(crate) mod settings;
pub(crate) mod setup;
pub(crate) mod work;

use actix_web::web;
use domain::{Refusal, accounts::AccountRole};

use crate::{Result, auth::Viewer};

pub(crate) fn routes(cfg: &mut web::ServiceConfig) {
    announcements::routes(cfg);
    appeals::routes(cfg);
    cases::routes(cfg);
    collectives::routes(cfg);
    inbound::routes(cfg);
    log::routes(cfg);
    numbers::routes(cfg);
    proposals::routes(cfg);
    servers::routes(cfg);
    settings::routes(cfg);
    setup::routes(cfg);
    work::routes(cfg);
}

/// Refuses whoever does not run the instance.
pub(crate) fn only<S>(viewer: &Viewer<S>) -> Result<()> {
    if viewer.account.role == AccountRole::Admin { Ok(()) } else { Err(Refusal::NotAllowed.into()) }
}
