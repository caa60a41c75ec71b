//! Webhooks: collectives are told by letters what happens on their boards (Standard Webhooks).

mod letters;

use domain::{CollectiveId, PersonId, WebhookId, webhooks::WebhookEvent};
use openssl::{base64, rand::rand_bytes};
use url::Url;

use crate::{Op, OpError, Operation, Result, memberships};
use db::webhooks::WebhookRow;

pub(crate) use letters::leave;
pub use letters::{Courier, Envelope, deliver};

/// What a secret begins with.
const PREFIX: &str = "whsec_";

/// Adds a webhook to a collective; its stewards may. Answers with its secret, which is shown once.
#[derive(Clone, Debug)]
pub struct AddWebhook {
    pub collective: CollectiveId,
    /// See [`domain::webhooks::address`].
    pub url: Url,
    pub events: Vec<WebhookEvent>,
}

impl Operation for AddWebhook {
    type Done = (WebhookId, String);

    fn perform(self, op: &mut Op<'_, '_>) -> Result<Self::Done> {
        let person = memberships::govern(op, self.collective)?;
        crate::collectives::lock(op, self.collective)?;
        let there = db::webhooks::of(op.tx, self.collective)?.len();
        if i64::try_from(there).unwrap_or(i64::MAX) >= domain::webhooks::MOST {
            return Err(domain::Refusal::TooManyWebhooks.into());
        }
        let secret = fresh()?;
        let row = WebhookRow {
            id: op.mint(),
            collective_id: self.collective,
            url: self.url.into(),
            secret: secret.clone(),
            events: words(&self.events),
            enabled: true,
            failures: 0,
            created_at: op.now,
        };
        db::webhooks::insert(op.tx, &row, person)?;
        op.audit(Some(self.collective), "add_webhook", &row.id.to_string(), &row.url)?;
        Ok((row.id, secret))
    }
}

/// Changes a webhook; what is not said stays. Turned on again, it begins anew.
#[derive(Clone, Debug)]
pub struct EditWebhook {
    pub collective: CollectiveId,
    pub webhook: WebhookId,
    pub url: Option<Url>,
    pub events: Option<Vec<WebhookEvent>>,
    pub enabled: Option<bool>,
}

impl Operation for EditWebhook {
    type Done = ();

    fn perform(self, op: &mut Op<'_, '_>) -> Result<()> {
        let (_, mut row) = theirs(op, self.collective, self.webhook)?;
        if let Some(url) = self.url {
            row.url = url.into();
        }
        if let Some(events) = &self.events {
            row.events = words(events);
        }
        if let Some(enabled) = self.enabled {
            row.enabled = enabled;
            row.failures = 0;
        }
        if !row.enabled {
            db::webhooks::cancel(op.tx, row.id, "the webhook was turned off", op.now)?;
        }
        db::webhooks::update(op.tx, &row)?;
        op.audit(Some(self.collective), "edit_webhook", &row.id.to_string(), &row.url)
    }
}

/// Deletes a webhook and the log of its letters.
#[derive(Clone, Debug)]
pub struct RemoveWebhook {
    pub collective: CollectiveId,
    pub webhook: WebhookId,
}

impl Operation for RemoveWebhook {
    type Done = ();

    fn perform(self, op: &mut Op<'_, '_>) -> Result<()> {
        let (_, row) = theirs(op, self.collective, self.webhook)?;
        db::webhooks::delete(op.tx, row.id)?;
        op.audit(Some(self.collective), "remove_webhook", &row.id.to_string(), &row.url)
    }
}

/// Leaves a letter that tells of nothing, to see whether it arrives.
#[derive(Clone, Debug)]
pub struct TestWebhook {
    pub collective: CollectiveId,
    pub webhook: WebhookId,
}

impl Operation for TestWebhook {
    type Done = domain::WebhookLetterId;

    fn perform(self, op: &mut Op<'_, '_>) -> Result<Self::Done> {
        let (_, row) = theirs(op, self.collective, self.webhook)?;
        if !row.enabled {
            return Err(domain::Refusal::WebhookIsOff.into());
        }
        let collective = self.collective.uuid();
        letters::write(op, &row, "test", &serde_json::json!({ "collective": collective }))
    }
}

/// A webhook of a collective whose steward speaks.
fn theirs(
    op: &mut Op<'_, '_>,
    collective: CollectiveId,
    webhook: WebhookId,
) -> Result<(PersonId, WebhookRow)> {
    let person = memberships::govern(op, collective)?;
    let row = db::webhooks::find(op.tx, webhook)?;
    let row = row.filter(|row| row.collective_id == collective);
    Ok((person, row.ok_or(OpError::NotFound("webhook"))?))
}

fn words(events: &[WebhookEvent]) -> String {
    events.iter().map(|event| event.word()).collect::<Vec<_>>().join(" ")
}

/// 32 random bytes, as those write them who check signatures.
fn fresh() -> Result<String> {
    let mut bytes = [0; 32];
    rand_bytes(&mut bytes).map_err(|_| domain::Invalid::new("secret", "could not be drawn"))?;
    Ok(format!("{PREFIX}{}", base64::encode_block(&bytes)))
}
