//! What an answer to a delivery means, by the dialect of whoever gave it.

use domain::Dialect;
use serde_json::Value;

use crate::fetch::Reply;

/// What an answer means.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Verdict {
    /// They have it, or had it already.
    Arrived,
    /// Nobody is at this inbox: 404, or 410 for good.
    Missing { gone: bool, why: String },
    /// Their last word.
    Refused(String),
    /// Refused, for this actor could not be read by them.
    Unreadable { actor: String, why: String },
    /// Another time, for this one.
    Later(String),
    /// Another time, for everything.
    Busy(String),
}

/// The word by which Lemmy says that it took too long. It has kept the ids and done nothing.
pub(crate) const TIMED_OUT: &str = "inbox_timeout";

/// 2xx is done; 401, 408, 425, 429 and 5xx are tried again, and 429 and 503 are for all that is sent there; every
/// other 4xx is their last word. A 400 of the threadiverse says more.
pub(crate) fn judge(dialect: Dialect, reply: &Reply) -> Verdict {
    let words: String = reply.body.chars().take(200).collect();
    let why = format!("{} {words}", reply.status);
    match reply.status {
        200..=299 => Verdict::Arrived,
        400 if dialect == Dialect::Threadiverse => complaint(&reply.body, why),
        404 | 410 => Verdict::Missing { gone: reply.status == 410, why },
        429 | 503 => Verdict::Busy(why),
        401 | 408 | 425 | 500..=599 => Verdict::Later(why),
        _ => Verdict::Refused(why),
    }
}

/// What Lemmy complains of: `{"error": "…", "message": "…"}`.
fn complaint(body: &str, why: String) -> Verdict {
    let said: Value = serde_json::from_str(body).unwrap_or_default();
    let word = |name: &str| said.get(name).and_then(Value::as_str);
    let (error, message) = (word("error").unwrap_or_default(), word("message"));
    let says = |what: &str| body.contains(what);
    if says(TIMED_OUT) {
        return Verdict::Later(format!("400 {TIMED_OUT}"));
    }
    if error.contains("rate_limit") || message.is_some_and(|it| it.contains("rate_limit")) {
        return Verdict::Busy(why);
    }
    // The same id a second time, or its own people's words coming home.
    if message == Some("") || says("cant accept local object") || says("can't accept local object")
    {
        return Verdict::Arrived;
    }
    let text = message.unwrap_or(body);
    match text.split_once("Failed to parse object ").and_then(|(_, rest)| rest.split(' ').next()) {
        Some(actor) if !actor.is_empty() => Verdict::Unreadable { actor: actor.to_owned(), why },
        _ => Verdict::Refused(why),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn verdict(dialect: Dialect, status: u16, body: &str) -> String {
        let reply = Reply { status, body: body.to_owned(), retry_after: None };
        match judge(dialect, &reply) {
            Verdict::Arrived => "arrived".to_owned(),
            Verdict::Missing { gone, .. } => format!("missing {gone}"),
            Verdict::Refused(_) => "refused".to_owned(),
            Verdict::Unreadable { actor, .. } => format!("unreadable {actor}"),
            Verdict::Later(_) => "later".to_owned(),
            Verdict::Busy(_) => "busy".to_owned(),
        }
    }

    #[test]
    fn answers_mean_the_same_everywhere_but_for_400() {
        for dialect in [Dialect::Microblog, Dialect::Threadiverse] {
            for (statuses, want) in [
                (&[200, 201, 202, 204][..], "arrived"),
                (&[401, 408, 425, 500, 502, 504], "later"),
                (&[429, 503], "busy"),
                (&[301, 302, 307, 308, 403, 405, 413, 422], "refused"),
                (&[404], "missing false"),
                (&[410], "missing true"),
            ] {
                for status in statuses {
                    assert_eq!(verdict(dialect, *status, "x"), want, "{dialect:?} {status}");
                }
            }
        }
    }

    #[test]
    fn what_lemmy_complains_of_is_understood() {
        let unreadable = r#"{"error":"unknown","message":"Failed to parse object https://gts.test/users/ana with content {\"error\":\"Unauthorized: http request wasn't signed\"}"}"#;
        for (body, want) in [
            (r#"{"error":"unknown","message":""}"#, "arrived"),
            (r#"{"error":"unknown","message":"cant accept local object"}"#, "arrived"),
            (r#"{"error":"federation_error","message":"can't accept local object"}"#, "arrived"),
            ("cant accept local object", "arrived"),
            (r#"{"error":"inbox_timeout"}"#, "later"),
            (r#"{"error":"inbox_timeout","message":""}"#, "later"),
            (r#"{"error":"rate_limit_error","message":"wait"}"#, "busy"),
            (r#"{"error":"rate_limit_error"}"#, "busy"),
            (unreadable, "unreadable https://gts.test/users/ana"),
            ("Failed to parse object ", "refused"),
            (r#"{"error":"community_has_no_followers","message":"x"}"#, "refused"),
            (r#"{"error":"community_has_no_followers"}"#, "refused"),
            (r#"{"error":"unknown","message":"data did not match any variant"}"#, "refused"),
            (r#"{"error":[],"message":{}}"#, "refused"),
            ("", "refused"),
            ("null", "refused"),
        ] {
            assert_eq!(verdict(Dialect::Threadiverse, 400, body), want, "{body}");
            assert_eq!(verdict(Dialect::Microblog, 400, body), "refused", "{body}");
        }
    }
}
