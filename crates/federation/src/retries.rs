//! Saying something again to whom it has cost too much time. Lemmy keeps the ids of what it gave up
//! (`inbox_timeout`), and takes the same ones for something it has.

use std::borrow::Cow;

use db::deliveries::DeliveryRow;
use serde_json::Value;

use crate::verdict::TIMED_OUT;

/// The delivery as it is sent now: once its host has taken too long, every try has ids of its own.
pub(crate) fn fresh(delivery: &DeliveryRow) -> Cow<'_, DeliveryRow> {
    if !has_timed_out(delivery) {
        return Cow::Borrowed(delivery);
    }
    match renamed(&delivery.body, delivery.attempts) {
        Some(body) => Cow::Owned(DeliveryRow { body, ..delivery.clone() }),
        None => Cow::Borrowed(delivery),
    }
}

/// The reason to keep, by which a later try still knows that the first ids are used up.
pub(crate) fn reason(delivery: &DeliveryRow, why: String) -> String {
    if has_timed_out(delivery) && !why.contains(TIMED_OUT) {
        return format!("{TIMED_OUT}, then {why}");
    }
    why
}

fn has_timed_out(delivery: &DeliveryRow) -> bool {
    delivery.reason.as_deref().is_some_and(|reason| reason.contains(TIMED_OUT))
}

/// The activity under another id, and with it the one that it announces.
fn renamed(body: &str, attempt: i32) -> Option<String> {
    let mut activity: Value = serde_json::from_str(body).ok()?;
    rename(&mut activity, attempt)?;
    if activity.get("type").and_then(Value::as_str) == Some("Announce")
        && let Some(inner) = activity.get_mut("object")
        && inner.get("actor").is_some()
    {
        rename(inner, attempt)?;
    }
    Some(activity.to_string())
}

fn rename(activity: &mut Value, attempt: i32) -> Option<()> {
    let id = activity.get_mut("id")?;
    *id = format!("{}/{attempt}", id.as_str()?).into();
    Some(())
}

#[cfg(test)]
mod tests {
    use domain::{ActivityId, ActorId, Time};
    use serde_json::json;
    use uuid::Uuid;

    use super::*;

    fn delivery(body: &Value, attempts: i32, reason: Option<&str>) -> DeliveryRow {
        DeliveryRow {
            activity_id: ActivityId::from(Uuid::nil()),
            inbox: "https://lemmy.example/inbox".to_owned(),
            host: "lemmy.example".to_owned(),
            attempts,
            created_at: Time::from_micros(0),
            sender: ActorId::from(Uuid::nil()),
            body: body.to_string(),
            reason: reason.map(str::to_owned),
            key_id: None,
            lane: Vec::new(),
            failures: 0,
            host_failures: 0,
        }
    }

    fn ids(delivery: &DeliveryRow) -> [String; 3] {
        let body: Value = serde_json::from_str(&fresh(delivery).body).unwrap();
        let id = |path: &str| body.pointer(path).and_then(Value::as_str).unwrap_or("-").to_owned();
        [id("/id"), id("/object/id"), id("/object/object/id")]
    }

    #[test]
    fn only_activities_get_other_ids_and_only_after_it_took_too_long() {
        let page = json!({ "id": "p", "type": "Page" });
        let inner = json!({ "id": "c", "type": "Create", "actor": "v", "object": page });
        let announce = json!({ "id": "a", "type": "Announce", "actor": "g", "object": inner });
        let timed_out = Some("400 inbox_timeout");
        for (body, attempts, reason, want) in [
            (&announce, 0, None, ["a", "c", "p"]),
            (&announce, 3, Some("503 busy"), ["a", "c", "p"]),
            (&announce, 1, timed_out, ["a/1", "c/1", "p"]),
            (&announce, 2, Some("inbox_timeout, then 503 busy"), ["a/2", "c/2", "p"]),
            (&inner, 1, timed_out, ["c/1", "p", "-"]),
            (&json!({ "type": "Create" }), 1, timed_out, ["-", "-", "-"]),
            (&json!([]), 1, timed_out, ["-", "-", "-"]),
        ] {
            assert_eq!(ids(&delivery(body, attempts, reason)), want, "{body} {reason:?}");
        }
    }

    #[test]
    fn it_is_remembered_that_it_took_too_long() {
        let reason = |before: Option<&str>, why: &str| {
            reason(&delivery(&json!({}), 1, before), why.to_owned())
        };
        let then = "inbox_timeout, then 503 busy";
        for (before, why, want) in [
            (None, "503 busy", "503 busy"),
            (Some("503 busy"), "400 inbox_timeout", "400 inbox_timeout"),
            (Some("400 inbox_timeout"), "503 busy", then),
            (Some(then), "503 busy", then),
            (Some(then), "400 inbox_timeout", "400 inbox_timeout"),
        ] {
            assert_eq!(reason(before, why), want);
        }
    }
}
