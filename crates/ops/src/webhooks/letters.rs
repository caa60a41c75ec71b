//! Letters to webhooks: left in the transaction of what they tell, signed when they are sent, tried again.

use async_trait::async_trait;
use db::webhooks::{LetterRow, WebhookRow};
use domain::{
    WebhookLetterId,
    webhooks::{GIVEN_UP, TRIES, wait},
};
use openssl::{base64, hash::MessageDigest, pkey::PKey, sign::Signer};
use serde_json::{Value, json};
use url::Url;

use super::PREFIX;
use crate::{Event, Op, OpError, Queues, Result, happened};

/// How long a letter is out before another process may send it, in seconds.
const LEASE: i64 = 60;

/// A letter on its way.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Envelope {
    pub url: Url,
    pub headers: Vec<(&'static str, String)>,
    pub body: String,
}

/// Who carries letters; the federation does it, with the client that bounds where it may go.
#[async_trait]
pub trait Courier: Send + Sync {
    /// The status of the answer, or why there was none, in words that tell nothing of other machines.
    async fn carry(&self, envelope: Envelope) -> std::result::Result<u16, String>;
}

/// Leaves a letter for each webhook that wants to hear of an event.
pub(crate) fn leave(op: &mut Op<'_, '_>, event: &Event) -> Result<()> {
    let Some((thing, change)) = happened::read(event) else { return Ok(()) };
    let Some(listing) = happened::listing_of(op.tx, thing)? else { return Ok(()) };
    let Some(listing) = db::listings::find(op.tx, listing)? else { return Ok(()) };
    let name = format!("{}.{}", thing.word(), change.word());
    for webhook in db::webhooks::of(op.tx, listing.collective_id)? {
        if webhook.enabled && webhook.events.split(' ').any(|wanted| wanted == name) {
            let data = json!({
                "type": thing.word(),
                "id": thing.id(),
                "listing": listing.id.uuid(),
                "collective": listing.collective_id.uuid(),
            });
            write(op, &webhook, &name, &data)?;
        }
    }
    Ok(())
}

/// Writes a letter that is due now.
pub(super) fn write(
    op: &mut Op<'_, '_>,
    webhook: &WebhookRow,
    event: &str,
    data: &Value,
) -> Result<WebhookLetterId> {
    let id: WebhookLetterId = op.mint();
    let body = json!({
        "id": id.uuid(),
        "event": event,
        "occurred_at": op.now.wire(),
        "data": data,
    });
    db::webhooks::leave(op.tx, id, webhook.id, event, &body.to_string(), op.now)?;
    Ok(id)
}

/// Sends the letters that are due, some at a time; says how many there were.
pub async fn deliver(queues: &Queues, courier: &dyn Courier, limit: i64) -> Result<usize> {
    let now = queues.now();
    let due = queues
        .book(move |tx| {
            let mut due = Vec::new();
            for letter in db::webhooks::take(tx, now, now.plus_seconds(LEASE), limit)? {
                let webhook = db::webhooks::find(tx, letter.webhook_id)?;
                due.extend(webhook.map(|webhook| (webhook, letter)));
            }
            Ok(due)
        })
        .await?;
    let letters = due.len();
    let sent = due.into_iter().map(|(webhook, letter)| async move {
        let outcome = match envelope(&webhook, &letter, now.seconds()) {
            Ok(envelope) => courier.carry(envelope).await,
            Err(_) => Err("the letter could not be signed".to_owned()),
        };
        settle(queues, letter, outcome).await
    });
    futures::future::join_all(sent).await.into_iter().collect::<Result<()>>()?;
    Ok(letters)
}

/// A letter with its signature (Standard Webhooks): over its id, the time, and its body.
fn envelope(webhook: &WebhookRow, letter: &LetterRow, seconds: i64) -> Result<Envelope> {
    let wrong = || OpError::Storage(db::DbError::Schema("a webhook is unreadable".to_owned()));
    let secret = webhook.secret.strip_prefix(PREFIX).ok_or_else(wrong)?;
    let key = base64::decode_block(secret).map_err(|_| wrong())?;
    let (id, body) = (letter.id.to_string(), letter.body.clone());
    let signed = format!("{id}.{seconds}.{body}");
    let mac = mac(&key, signed.as_bytes()).map_err(|_| wrong())?;
    Ok(Envelope {
        url: Url::parse(&webhook.url).map_err(|_| wrong())?,
        headers: vec![
            ("content-type", "application/json".to_owned()),
            ("webhook-id", id),
            ("webhook-timestamp", seconds.to_string()),
            ("webhook-signature", format!("v1,{}", base64::encode_block(&mac))),
        ],
        body,
    })
}

fn mac(key: &[u8], text: &[u8]) -> std::result::Result<Vec<u8>, openssl::error::ErrorStack> {
    let key = PKey::hmac(key)?;
    Signer::new(MessageDigest::sha256(), &key)?.sign_oneshot_to_vec(text)
}

/// Writes down what became of a letter, and turns off a webhook that nothing reaches.
async fn settle(
    queues: &Queues,
    letter: LetterRow,
    outcome: std::result::Result<u16, String>,
) -> Result<()> {
    let now = queues.now();
    let audit: domain::EventId = queues.mint();
    queues
        .book(move |tx| {
            let mut row = letter.clone();
            let Some(mut webhook) = db::webhooks::find(tx, row.webhook_id)? else { return Ok(()) };
            row.attempts += 1;
            row.status = outcome.as_ref().ok().map(|status| i32::from(*status));
            row.error = match &outcome {
                Ok(200..=299) => None,
                Ok(status) => Some(format!("the answer was {status}")),
                Err(why) => Some(why.clone()),
            };
            let again = wait(row.attempts).filter(|_| webhook.enabled && row.attempts < TRIES);
            row.due_at = row.error.as_ref().and(again).map(|wait| now.plus_seconds(wait));
            row.done_at = row.due_at.is_none().then_some(now);
            db::webhooks::settle(tx, &row)?;
            if row.due_at.is_some() {
                return Ok(());
            }
            webhook.failures = if row.error.is_some() { webhook.failures + 1 } else { 0 };
            if webhook.enabled && GIVEN_UP <= webhook.failures {
                webhook.enabled = false;
                tracing::warn!(webhook = %webhook.id, "a webhook is turned off: nothing arrives");
                db::webhooks::cancel(tx, webhook.id, "the webhook was turned off", now)?;
                let line = db::audit::AuditRow {
                    actor_id: None,
                    collective_id: Some(webhook.collective_id),
                    action: "turn_off_webhook".to_owned(),
                    target: webhook.id.to_string(),
                    detail: webhook.url.clone(),
                    happened_at: now,
                };
                db::audit::insert(tx, audit, &line)?;
            }
            db::webhooks::update(tx, &webhook)
        })
        .await
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_signature_is_that_of_the_standard() {
        // The example of the Standard Webhooks specification.
        let secret = "MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
        let key = base64::decode_block(secret).unwrap();
        let text = "msg_p5jXN8AQM9LWM0D4loKWxJek.1614265330.{\"test\": 2432232314}";
        let signature = base64::encode_block(&mac(&key, text.as_bytes()).unwrap());
        assert_eq!(signature, "g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
    }
}
