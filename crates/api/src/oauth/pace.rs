//! How often one address may ask for apps and tokens.

use std::{net::IpAddr, num::NonZeroU32, sync::LazyLock};

use actix_web::{HttpMessage as _, HttpRequest};
use governor::{DefaultKeyedRateLimiter, Quota, RateLimiter};

use super::errors::OAuthError;

/// Apps introduce themselves once; ten in a row from one address, and then one every two minutes.
pub(crate) static APPS: LazyLock<Pace> = LazyLock::new(|| Pace::new(10, 30));
/// Requests with secrets: sixty in a row from one address, and then one a second.
pub(crate) static TOKENS: LazyLock<Pace> = LazyLock::new(|| Pace::new(60, 3_600));

/// A bucket for each address.
pub(crate) struct Pace(DefaultKeyedRateLimiter<IpAddr>);

impl Pace {
    fn new(burst: u32, an_hour: u32) -> Self {
        let at_least_one = |number| NonZeroU32::new(number).unwrap_or(NonZeroU32::MIN);
        let quota = Quota::per_hour(at_least_one(an_hour)).allow_burst(at_least_one(burst));
        Self(RateLimiter::keyed(quota))
    }

    /// Counts one request; refuses what is one too many.
    pub(crate) fn keep(&self, request: &HttpRequest) -> Result<(), OAuthError> {
        let told = request.extensions().get::<IpAddr>().copied();
        let Some(address) = told.or_else(|| request.peer_addr().map(|it| it.ip())) else {
            return Ok(());
        };
        // An IPv6 customer has a whole /64.
        let address = match address {
            IpAddr::V6(it) => IpAddr::V6((it.to_bits() >> 64 << 64).into()),
            it @ IpAddr::V4(_) => it,
        };
        if 50_000 < self.0.len() {
            self.0.retain_recent();
        }
        self.0.check_key(&address).map_err(|_| OAuthError::TooMany)
    }
}

#[cfg(test)]
mod tests {
    use actix_web::test::TestRequest;

    use super::Pace;

    #[test]
    fn one_address_waits_while_others_go_on() {
        let pace = Pace::new(3, 1);
        let from = |text: &str| {
            let address = format!("{text}:1").parse().unwrap();
            TestRequest::default().peer_addr(address).to_http_request()
        };
        for _ in 0..3 {
            assert!(pace.keep(&from("192.0.2.1")).is_ok());
        }
        assert!(pace.keep(&from("192.0.2.1")).is_err());
        assert!(pace.keep(&from("192.0.2.2")).is_ok());
        for _ in 0..3 {
            assert!(pace.keep(&from("[2001:db8::1]")).is_ok());
        }
        assert!(pace.keep(&from("[2001:db8::2]")).is_err(), "the same customer");
    }
}
