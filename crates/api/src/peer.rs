//! Where requests come from, for counting those that anybody may make.

use std::net::IpAddr;

use actix_web::{HttpMessage, HttpRequest};
use ops::throttle::{self, Throttle};

use crate::{Api, Result, problem::ApiError};

/// Counts a request by the place it comes from; one too many is refused.
///
/// The server has found out about its proxies; without it, it is whoever is connected.
pub(crate) fn count(req: &HttpRequest, throttle: &Throttle, api: &Api) -> Result<()> {
    let told = req.extensions().get::<IpAddr>().copied();
    let client = told.or_else(|| req.peer_addr().map(|address| address.ip()));
    let place = client.map(throttle::place).unwrap_or_default();
    if throttle.is_too_much(&place, api.door.now()) {
        let wait = u64::try_from(throttle.wait()).unwrap_or_default();
        return Err(ApiError::TooMany { wait });
    }
    Ok(())
}
