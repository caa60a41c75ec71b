//! What a peer says to a delivery.

use std::time::Duration;

use reqwest::header::{DATE, HeaderMap, HeaderName, RETRY_AFTER};

/// The longest wait that a peer may ask of us.
const LONGEST_WAIT: Duration = Duration::from_hours(1);

/// A peer's answer to a delivery, whatever its status.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reply {
    /// The HTTP status.
    pub status: u16,
    /// The first 64 KiB of the body, as text.
    pub body: String,
    /// How long the peer asks us to wait, an hour at most.
    pub retry_after: Option<Duration>,
}

/// The wait that `Retry-After` asks for (RFC 9110, section 10.2.3), an hour at most.
///
/// A date is read against the peer's own `Date`, so that neither clock matters; without one, and
/// for anything that makes no sense, there is no wait.
pub(super) fn retry_after(headers: &HeaderMap) -> Option<Duration> {
    let text = |name: HeaderName| headers.get(name)?.to_str().ok().map(str::trim);
    let value = text(RETRY_AFTER)?;
    let wait = if !value.is_empty() && value.bytes().all(|byte| byte.is_ascii_digit()) {
        // More digits than a number holds are still a long wait.
        value.parse().map_or(LONGEST_WAIT, Duration::from_secs)
    } else {
        let until = httpdate::parse_http_date(value).ok()?;
        let said = httpdate::parse_http_date(text(DATE)?).ok()?;
        until.duration_since(said).unwrap_or_default()
    };
    Some(wait.min(LONGEST_WAIT))
}

#[cfg(test)]
mod tests {
    use super::*;
    use reqwest::header::HeaderValue;

    #[test]
    fn a_wait_is_seconds_or_a_date_and_never_more_than_an_hour() {
        const SAID: &str = "Sun, 22 Nov 2026 05:00:00 GMT";
        for (value, wait) in [
            ("0", Some(0)),
            ("120", Some(120)),
            ("86400", Some(3600)),
            ("99999999999999999999999", Some(3600)),
            ("Sun, 22 Nov 2026 05:02:00 GMT", Some(120)),
            ("Sun, 22 Nov 2026 04:00:00 GMT", Some(0)),
            ("Mon, 22 Nov 2027 04:00:00 GMT", Some(3600)),
            ("-5", None),
            ("1.5", None),
            ("", None),
            ("soon", None),
        ] {
            let mut headers = HeaderMap::new();
            headers.insert(RETRY_AFTER, HeaderValue::from_static(value));
            headers.insert(DATE, HeaderValue::from_static(SAID));
            assert_eq!(retry_after(&headers), wait.map(Duration::from_secs), "{value}");
        }
    }
}
