//! When a signature counts: the same window as Mastodon's, twelve hours and one of skew.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

use super::SignatureError;

/// How old a request may be: twelve hours, and one for clocks that are slow.
const OLDEST: Duration = Duration::from_hours(13);

/// How far ahead a peer's clock may be.
const AHEAD: Duration = Duration::from_hours(1);

/// Was something made at `made` neither too long ago nor too far ahead?
pub(super) fn fresh(made: SystemTime, now: SystemTime) -> Result<(), SignatureError> {
    match now.duration_since(made) {
        Ok(age) if age >= OLDEST => Err(SignatureError::Expired),
        Ok(_) => Ok(()),
        Err(ahead) if ahead.duration() > AHEAD => Err(SignatureError::Future),
        Err(_) => Ok(()),
    }
}

/// Checks the value of a `Date` header (RFC 9110, section 5.6.7).
pub(super) fn check_date(date: &str, now: SystemTime) -> Result<(), SignatureError> {
    let made = httpdate::parse_http_date(date).map_err(|_| SignatureError::Malformed("date"))?;
    fresh(made, now)
}

/// Checks the `created` and `expires` parameters, whether or not they are signed: who states one
/// is held to it.
///
/// `expires` can only shorten the window. It is given no skew: it is the signer's own limit.
pub(super) fn check_params(
    created: Option<&str>,
    expires: Option<&str>,
    now: SystemTime,
) -> Result<(), SignatureError> {
    if let Some(created) = created {
        fresh(seconds(created).ok_or(SignatureError::Malformed("created"))?, now)?;
    }
    if let Some(expires) = expires {
        let whole = expires.split_once('.').map_or(expires, |(whole, _)| whole);
        if seconds(whole).ok_or(SignatureError::Malformed("expires"))? <= now {
            return Err(SignatureError::Expired);
        }
    }
    Ok(())
}

/// A Unix time in seconds, of at most eleven digits so that no clock overflows.
fn seconds(text: &str) -> Option<SystemTime> {
    if text.len() > 11 || !text.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    UNIX_EPOCH.checked_add(Duration::from_secs(text.parse().ok()?))
}
