//! How much somebody may ask in a minute, and the headers that say so (draft-ietf-httpapi-ratelimit-headers).
//!
//! Each process counts by itself. Whoever asks is one of a fixed number of places, drawn by a hash that
//! nobody outside can foresee: however many come, the memory for them is bounded.

use std::{
    fmt,
    hash::{BuildHasher, RandomState},
    net::{IpAddr, Ipv4Addr},
    num::NonZeroU32,
    sync::Arc,
    time::Duration,
};

use actix_web::{
    Error, HttpMessage as _, HttpRequest, ResponseError,
    body::{BoxBody, MessageBody},
    dev::{ServiceRequest, ServiceResponse},
    http::{
        Method,
        header::{HeaderName, HeaderValue},
    },
    middleware::Next,
    web,
};
use governor::{
    DefaultKeyedRateLimiter, Quota, RateLimiter,
    clock::{Clock, DefaultClock},
    middleware::StateInformationMiddleware,
};

use crate::{Api, auth, problem::ApiError, streaming::Seats};

/// How many places there are: people who share one are rare, and nobody can choose to.
const PLACES: u64 = 32_768;
/// In seconds, as the headers say it.
const WINDOW: Duration = Duration::from_mins(1);
/// How much more than a token one address may ask, whatever tokens it sends.
const PER_ADDRESS: u32 = 10;

/// How many requests in a minute; 0 is no limit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rates {
    pub reads: u32,
    pub writes: u32,
    /// Without a token, from one address.
    pub anonymous_reads: u32,
    pub anonymous_writes: u32,
    /// Looking up what is on other servers.
    pub lookups: u32,
}

impl Default for Rates {
    fn default() -> Self {
        Self { reads: 600, writes: 120, anonymous_reads: 300, anonymous_writes: 30, lookups: 10 }
    }
}

type Limiter = DefaultKeyedRateLimiter<u64, StateInformationMiddleware>;

/// One limit: its name, and who has used how much of it.
struct Limit {
    name: &'static str,
    quota: u32,
    limiter: Limiter,
}

/// What is left after a request.
#[derive(Debug)]
struct Left {
    name: &'static str,
    quota: u32,
    remaining: u32,
    /// Until everything is there again, in seconds.
    reset: u64,
    /// Until the next one, where nothing is left.
    wait: Option<u64>,
}

/// All limits of a process.
pub struct Limits {
    places: RandomState,
    reads: Option<Limit>,
    writes: Option<Limit>,
    anonymous_reads: Option<Limit>,
    anonymous_writes: Option<Limit>,
    lookups: Option<Limit>,
    addresses: Option<Limit>,
    /// Who watches.
    pub(crate) seats: Arc<Seats>,
}

impl fmt::Debug for Limits {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Limits").finish_non_exhaustive()
    }
}

impl Default for Limits {
    fn default() -> Self {
        Self::new(Rates::default())
    }
}

impl Limit {
    fn new(name: &'static str, quota: u32) -> Option<Self> {
        let burst = NonZeroU32::new(quota)?;
        let rate = Quota::with_period(WINDOW / quota)?.allow_burst(burst);
        let limiter = RateLimiter::keyed(rate).with_middleware();
        Some(Self { name, quota, limiter })
    }

    /// Takes one of what is left at this place.
    fn take(&self, place: u64) -> Left {
        let (remaining, wait) = match self.limiter.check_key(&place) {
            Ok(state) => (state.remaining_burst_capacity().min(self.quota), None),
            Err(until) => {
                let wait = until.wait_time_from(DefaultClock::default().now());
                (0, Some(wait.as_secs() + 1))
            }
        };
        let used = u64::from(self.quota - remaining);
        let reset = (used * WINDOW.as_secs()).div_ceil(u64::from(self.quota));
        Left { name: self.name, quota: self.quota, remaining, reset, wait }
    }
}

impl Limits {
    /// These limits, none of them used yet.
    #[must_use]
    pub fn new(rates: Rates) -> Self {
        let all = rates.reads.saturating_add(rates.writes);
        let all =
            all.saturating_mul(if rates.reads == 0 || rates.writes == 0 { 0 } else { PER_ADDRESS });
        Self {
            places: RandomState::new(),
            reads: Limit::new("reads", rates.reads),
            writes: Limit::new("writes", rates.writes),
            anonymous_reads: Limit::new("anonymous-reads", rates.anonymous_reads),
            anonymous_writes: Limit::new("anonymous-writes", rates.anonymous_writes),
            lookups: Limit::new("lookups", rates.lookups),
            addresses: Limit::new("address", all),
            seats: Arc::default(),
        }
    }

    /// Ends all streams: the process is about to stop.
    pub fn close(&self) {
        self.seats.close();
    }

    /// Counts a request; what is told of it is the narrowest of its limits.
    fn count(&self, req: &ServiceRequest) -> Option<Left> {
        let address = self.places.hash_one(network(req.request())) % PLACES;
        let reads = [Method::GET, Method::HEAD].contains(req.method());
        let Ok(Some(token)) = auth::bearer(req.request()) else {
            let limit = if reads { &self.anonymous_reads } else { &self.anonymous_writes };
            return limit.as_ref().map(|limit| limit.take(address));
        };
        let place = self.places.hash_one(token) % PLACES;
        // Tokens that were made up do not help: their address is counted too.
        let over = self.addresses.as_ref().map(|limit| limit.take(address));
        if let Some(over) = over.filter(|left| left.wait.is_some()) {
            return Some(over);
        }
        let usual = if reads { &self.reads } else { &self.writes };
        let limits = [self.lookups.as_ref().filter(|_| looks_up(req)), usual.as_ref()];
        let mut told: Option<Left> = None;
        for limit in limits.into_iter().flatten() {
            let left = limit.take(place);
            if left.wait.is_some() {
                return Some(left);
            }
            told = told.or(Some(left));
        }
        told
    }
}

impl Left {
    fn name(&self, headers: &mut actix_web::http::header::HeaderMap) {
        let Self { name, quota, remaining, reset, .. } = self;
        let policy = format!("\"{name}\";q={quota};w={}", WINDOW.as_secs());
        let state = format!("\"{name}\";r={remaining};t={reset}");
        for (name, text) in [("ratelimit-policy", policy), ("ratelimit", state)] {
            if let Ok(value) = HeaderValue::from_str(&text) {
                headers.insert(HeaderName::from_static(name), value);
            }
        }
    }
}

/// Counts each request, refuses those that are too many, and says what is left.
pub(crate) async fn hold(
    req: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<BoxBody>, Error> {
    let Some(api) = req.app_data::<web::Data<Api>>() else { return Err(ApiError::Miswired.into()) };
    let left = api.limits.count(&req);
    let mut answer = match left.as_ref().and_then(|left| left.wait) {
        Some(wait) => req.into_response(ApiError::TooMany { wait }.error_response()),
        None => next.call(req).await?.map_into_boxed_body(),
    };
    if let Some(left) = left {
        left.name(answer.headers_mut());
    }
    Ok(answer)
}

fn looks_up(req: &ServiceRequest) -> bool {
    matches!(req.path(), "/api/v1/resolve" | "/api/v1/interactions")
}

/// Where it comes from; whoever has one address of IPv6 has 2^64 of them.
pub(crate) fn network(req: &HttpRequest) -> IpAddr {
    let told = req.extensions().get::<IpAddr>().copied();
    let address = told.or_else(|| req.peer_addr().map(|peer| peer.ip()));
    match address.unwrap_or(Ipv4Addr::UNSPECIFIED.into()).to_canonical() {
        IpAddr::V6(address) => {
            let network = u128::from(address) & !u128::from(u64::MAX);
            IpAddr::V6(network.into())
        }
        address @ IpAddr::V4(_) => address,
    }
}

#[cfg(test)]
mod tests {
    use actix_web::test::TestRequest;

    use super::*;

    fn take(limits: &Limits, from: &str, token: Option<&str>) -> Left {
        let mut req = TestRequest::get().peer_addr(format!("{from}:1").parse().unwrap());
        if let Some(token) = token {
            req = req.insert_header(("Authorization", format!("Bearer {token}")));
        }
        limits.count(&req.to_srv_request()).unwrap()
    }

    #[test]
    fn a_network_of_ipv6_is_one_and_addresses_of_ipv4_are_many() {
        let limits = Limits::new(Rates { anonymous_reads: 2, ..Rates::default() });
        assert_eq!(take(&limits, "[2001:db8::1]", None).remaining, 1);
        assert_eq!(take(&limits, "[2001:db8::ffff]", None).remaining, 0);
        let left = take(&limits, "[2001:db8::2]", None);
        assert!((1..=60).contains(&left.wait.unwrap()), "{left:?}");
        assert_eq!(take(&limits, "203.0.113.1", None).remaining, 1);
    }

    #[test]
    fn made_up_tokens_do_not_help() {
        let limits = Limits::new(Rates { reads: 2, writes: 1, ..Rates::default() });
        let waits = |token: u32| take(&limits, "203.0.113.1", Some(&token.to_string())).wait;
        assert!((0..30).all(|token| waits(token).is_none()));
        assert!(waits(30).is_some());
        assert!(take(&limits, "203.0.113.2", Some("30")).wait.is_none());
    }

    #[test]
    fn nought_is_no_limit() {
        let none =
            Rates { reads: 0, writes: 0, anonymous_reads: 0, anonymous_writes: 0, lookups: 0 };
        let limits = Limits::new(none);
        let req = TestRequest::get().to_srv_request();
        assert!((0..1_000).all(|_| limits.count(&req).is_none()));
    }
}
