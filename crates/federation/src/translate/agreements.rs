//! Agreements (FEP-0837), as others send them: offered to us, answered to us, taken back, fulfilled.

use apub::inbound::{Activity, Agreement, Measure, ObjectRef, Receipt};
use db::{agreements::AgreementRow, listings::ListingRow};
use ops::{
    agreements::{
        Answered, Asked, RecordAgreementAnswer, RecordOffer, RecordOfferWithdrawn, RecordReceipt,
    },
    html,
};
use serde_json::Value;
use url::Url;

use super::{Received, follows, undone};
use crate::{Federation, error::InboxError, federation::Request};

/// The longest word that is kept with an offer or an answer, in characters.
const LONGEST: usize = 2_000;

/// `Offer` of an agreement about a listing of ours.
pub(super) async fn offer(data: &Request, received: &Received) -> Result<(), InboxError> {
    let ObjectRef::Embedded { kind, value, .. } = &received.activity.object else {
        return Err(InboxError::Ignored("an Offer of what was not sent along".to_owned()));
    };
    if !Agreement::is_kind(kind) {
        return Err(InboxError::Ignored(format!("an Offer of {kind} is not handled")));
    }
    let agreement = Agreement::parse(value)?;
    let intent = agreement.satisfies.as_ref().ok_or_else(|| super::missing("object.stipulates"))?;
    let listing = listing(data, intent).await?;
    let listing =
        listing.ok_or_else(|| InboxError::Ignored("an Offer for no listing of ours".to_owned()))?;
    let (responder, origin) = received.speaker(data).await?;
    let operation = RecordOffer {
        offer_id: received.activity.id.to_string(),
        responder: responder.id,
        listing: listing.id,
        asked: agreement.quantity.as_ref().map(asked).unwrap_or_default(),
        in_return: agreement.in_return.as_ref().map(asked),
        text: agreement
            .content
            .clone()
            .or_else(|| received.activity.reason())
            .as_deref()
            .map(plain)
            .unwrap_or_default(),
    };
    data.door().perform(origin, operation).await?;
    Ok(())
}

/// The listing of ours whose intent this is: `…#primary` of it, or of its `Proposal`.
async fn listing(data: &Federation, intent: &Url) -> Result<Option<ListingRow>, InboxError> {
    if !data.site().owns(intent) {
        return Ok(None);
    }
    let mut address = intent.clone();
    address.set_fragment(None);
    let ap_id = address.as_str();
    let ap_id = ap_id.strip_suffix("/proposal").unwrap_or(ap_id).to_owned();
    Ok(data.read(move |conn| db::listings::find_by_ap_id(conn, &ap_id)).await?)
}

fn asked(quantity: &Measure) -> Asked {
    Asked { amount: quantity.value.clone(), unit: Some(quantity.unit.clone()) }
}

/// What was HTML as plain text; it is shown as nothing else.
fn plain(html: &str) -> String {
    html::words(html).chars().take(LONGEST).collect()
}

/// `Accept` or `Reject`: of an offer of ours, or else of a follow.
pub(super) async fn answer(
    data: &Request,
    received: &Received,
    accept: bool,
) -> Result<(), InboxError> {
    if let Some(row) = offered(data, received.activity.object.id()).await? {
        return record(data, received, row, accept).await;
    }
    if received.activity.object.kind() == Some("Offer") {
        return Err(InboxError::Ignored("there is no such offer".to_owned()));
    }
    follows::answer(data, received, accept).await
}

async fn offered(data: &Federation, id: Option<&Url>) -> Result<Option<AgreementRow>, InboxError> {
    let Some(id) = id.map(ToString::to_string) else { return Ok(None) };
    Ok(data.read(move |conn| db::agreements::find_by_offer(conn, &id)).await?)
}

async fn record(
    data: &Request,
    received: &Received,
    row: AgreementRow,
    accept: bool,
) -> Result<(), InboxError> {
    let (_, origin) = received.speaker(data).await?;
    let answer = if accept {
        let result = result(&received.activity.raw)?;
        let quantity = result.as_ref().and_then(|result| result.quantity.as_ref());
        let in_return = result.as_ref().and_then(|result| result.in_return.as_ref());
        Answered::Yes {
            asked: quantity.map(asked).unwrap_or_default(),
            in_return: in_return.map(asked),
            agreement: result.and_then(|result| result.id),
        }
    } else {
        Answered::No {
            reason: received.activity.reason().as_deref().map(plain).unwrap_or_default(),
        }
    };
    let operation = RecordAgreementAnswer { offer_id: row.offer_id, answer };
    data.door().perform(origin, operation).await?;
    Ok(())
}

/// The finished agreement of an Accept; one that says nothing of it, or only its id, is a yes all the same.
fn result(raw: &Value) -> Result<Option<Agreement>, InboxError> {
    match raw.get("result") {
        Some(value) if value.is_object() => Ok(Some(Agreement::parse(value)?)),
        _ => Ok(None),
    }
}

/// `Create` of the receipt for an agreement known here; what names none is a file, or something else, and not
/// ours to take: nothing was done then.
pub(super) async fn receipt(data: &Request, received: &Received) -> Result<bool, InboxError> {
    let ObjectRef::Embedded { kind, value, .. } = &received.activity.object else {
        return Ok(false);
    };
    if !Receipt::is_kind(kind) {
        return Ok(false);
    }
    let Some(receipt) = Receipt::parse(value)? else { return Ok(false) };
    let ap_id = receipt.agreement.to_string();
    let known = data.read(move |conn| db::agreements::find_by_ap_id(conn, &ap_id)).await?;
    let Some(agreement) = known else { return Ok(false) };
    let actor = &received.activity.actor;
    if receipt.id.is_some_and(|id| id.origin() != actor.origin()) {
        return Err(InboxError::Origin("the object is on another server than its author"));
    }
    if receipt.attributed_to.is_some_and(|author| author != *actor) {
        return Err(InboxError::Origin("the object is somebody else's"));
    }
    let (_, origin) = received.speaker(data).await?;
    data.door().perform(origin, RecordReceipt { agreement: agreement.id }).await?;
    Ok(true)
}

/// `Undo` of a whole Offer.
pub(super) async fn undo(
    data: &Request,
    received: &Received,
    inner: &Activity,
) -> Result<(), InboxError> {
    withdraw(data, received, &inner.id).await
}

/// An `Undo` that names its `Offer` by id alone.
pub(super) async fn undo_by_id(data: &Request, received: &Received) -> Result<(), InboxError> {
    let id = received.object()?;
    if offered(data, Some(id)).await?.is_none() {
        return Err(InboxError::Ignored("there is no such offer".to_owned()));
    }
    withdraw(data, received, id).await
}

async fn withdraw(data: &Request, received: &Received, offer: &Url) -> Result<(), InboxError> {
    let (responder, origin) = received.speaker(data).await?;
    let operation = RecordOfferWithdrawn { offer_id: offer.to_string(), responder: responder.id };
    data.door().perform(origin, undone(received, offer, operation)).await?;
    Ok(())
}
