//! What is sent of agreements (FEP-0837): to one actor each, to their own inbox, and never in public.

use apub::{
    context,
    inbound::ActivityKind,
    outbound::{
        ActivityDocument, AgreementDocument, AgreementKind, CommitmentDocument, CommitmentKind,
        ReceiptDocument, ReceiptKind,
    },
};
use db::{actors::ActorRow, agreements::AgreementRow, listings::ListingRow};
use domain::{
    AgreementId,
    agreements::{AgreementState, Measure, in_return},
    quantity::{Amount, Unit},
};
use ops::{html::from_text, queues::Letter};
use serde_json::{Value, json};
use uuid::Uuid;

use super::{document, private};
use crate::{Federation, dialects::economic::measure, error::InboxError};

/// An agreement and everybody whom it concerns.
struct Facts {
    agreement: AgreementRow,
    listing: ListingRow,
    responder: ActorRow,
    collective: ActorRow,
}

/// Somebody here offers one to a collective elsewhere.
pub(super) async fn offered(data: &Federation, agreement: Uuid) -> Result<Vec<Letter>, InboxError> {
    let Some(facts) = from_here(data, agreement).await? else { return Ok(Vec::new()) };
    let offer = ActivityDocument {
        context: Some(context::proposal()),
        published: Some(facts.agreement.created_at.wire()),
        ..offer(&facts)
    };
    Ok(vec![private(data, agreement.into(), facts.responder.id, &offer, &facts.collective)])
}

/// Somebody here takes theirs back.
pub(super) async fn withdrawn(
    data: &Federation,
    agreement: Uuid,
) -> Result<Vec<Letter>, InboxError> {
    let Some(facts) = from_here(data, agreement).await? else { return Ok(Vec::new()) };
    let activity = data.queues().mint();
    let undo = document(
        data.site().activity(activity),
        ActivityKind::Undo,
        &facts.responder.ap_id,
        json!(ActivityDocument { context: None, ..offer(&facts) }),
        vec![facts.collective.ap_id.clone()],
    );
    let undo = ActivityDocument { context: Some(context::proposal()), ..undo };
    Ok(vec![private(data, activity, facts.responder.id, &undo, &facts.collective)])
}

/// Stewards here, or a rule, have answered one.
pub(super) async fn answered(
    data: &Federation,
    agreement: Uuid,
) -> Result<Vec<Letter>, InboxError> {
    let facts = facts(data, agreement.into()).await?;
    let Some(facts) = facts.filter(|it| it.collective.local && !it.responder.local) else {
        return Ok(Vec::new());
    };
    let Facts { agreement, collective, responder, .. } = &facts;
    let said = |kind| {
        let activity = data.queues().mint();
        let object = json!(agreement.offer_id);
        let to = vec![responder.ap_id.clone()];
        (activity, document(data.site().activity(activity), kind, &collective.ap_id, object, to))
    };
    let (activity, answer) = match agreement.state {
        // Fulfilled meanwhile: the yes goes out before its receipt.
        AgreementState::Accepted | AgreementState::Fulfilled => {
            let (activity, accept) = said(ActivityKind::Accept);
            let accept = ActivityDocument {
                context: Some(context::proposal()),
                result: Some(finished(&facts)),
                ..accept
            };
            (activity, accept)
        }
        AgreementState::Rejected => {
            let (activity, reject) = said(ActivityKind::Reject);
            let reason = Some(agreement.reason.clone()).filter(|reason| !reason.is_empty());
            let content = reason.map(|reason| from_text(&reason));
            (activity, ActivityDocument { content, ..reject })
        }
        AgreementState::Offered | AgreementState::Withdrawn => return Ok(Vec::new()),
    };
    let answer =
        ActivityDocument { published: agreement.answered_at.map(domain::Time::wire), ..answer };
    Ok(vec![private(data, activity, collective.id, &answer, responder)])
}

/// Stewards here say that what was agreed on is done: the receipt.
pub(super) async fn fulfilled(
    data: &Federation,
    agreement: Uuid,
) -> Result<Vec<Letter>, InboxError> {
    let facts = facts(data, agreement.into()).await?;
    let Some(facts) = facts.filter(|it| it.collective.local && !it.responder.local) else {
        return Ok(Vec::new());
    };
    let Facts { agreement, collective, responder, .. } = &facts;
    let published = agreement.fulfilled_at.unwrap_or_else(|| data.now()).wire();
    let to = vec![responder.ap_id.clone()];
    let receipt = ReceiptDocument {
        kind: ReceiptKind::default(),
        id: format!("{}/receipt", agreement.ap_id),
        attributed_to: collective.ap_id.clone(),
        name: "Receipt".to_owned(),
        context: agreement.ap_id.clone(),
        published: published.clone(),
        to: to.clone(),
    };
    let activity = data.queues().mint();
    let id = data.site().activity(activity);
    let create = ActivityDocument {
        published: Some(published),
        ..document(id, ActivityKind::Create, &collective.ap_id, json!(receipt), to)
    };
    Ok(vec![private(data, activity, collective.id, &create, responder)])
}

/// The Offer as it is sent, and as it is taken back.
fn offer(facts: &Facts) -> ActivityDocument {
    let Facts { agreement, responder, collective, .. } = facts;
    let text = Some(agreement.text.as_str()).filter(|text| !text.is_empty());
    let object = AgreementDocument {
        kind: AgreementKind::Agreement,
        id: None,
        attributed_to: None,
        stipulates: commitment(facts, None),
        stipulates_reciprocal: reciprocal(facts, None),
        content: text.map(from_text),
    };
    let to = vec![collective.ap_id.clone()];
    let id = agreement.offer_id.clone();
    document(id, ActivityKind::Offer, &responder.ap_id, json!(object), to)
}

/// The agreement that an Accept has brought about.
fn finished(facts: &Facts) -> Value {
    let id = facts.agreement.ap_id.clone();
    json!(AgreementDocument {
        kind: AgreementKind::Agreement,
        attributed_to: Some(facts.collective.ap_id.clone()),
        stipulates: commitment(facts, Some(format!("{id}#primary"))),
        stipulates_reciprocal: reciprocal(facts, Some(format!("{id}#reciprocal"))),
        content: None,
        id: Some(id),
    })
}

/// One thing, where nobody said how much: a commitment has a quantity.
fn commitment(facts: &Facts, id: Option<String>) -> CommitmentDocument {
    let one = Measure { amount: Amount::ONE, unit: Unit::One };
    stipulated(facts, id, "primary", facts.agreement.measure().unwrap_or(one))
}

/// What is given in return, where the terms of the listing ask for that.
fn reciprocal(facts: &Facts, id: Option<String>) -> Option<CommitmentDocument> {
    let terms = in_return(facts.listing.terms, facts.agreement.measure())?;
    Some(stipulated(facts, id, "reciprocal", facts.agreement.in_return().unwrap_or(terms)))
}

/// Readers take no commitment whose number is missing.
fn stipulated(facts: &Facts, id: Option<String>, intent: &str, it: Measure) -> CommitmentDocument {
    CommitmentDocument {
        kind: CommitmentKind::Commitment,
        id,
        satisfies: format!("{}#{intent}", facts.listing.ap_id),
        resource_quantity: measure(it.amount, it.unit),
    }
}

/// An agreement of somebody here with a collective elsewhere.
async fn from_here(data: &Federation, agreement: Uuid) -> Result<Option<Facts>, InboxError> {
    let facts = facts(data, agreement.into()).await?;
    Ok(facts.filter(|it| it.responder.local && !it.collective.local))
}

async fn facts(data: &Federation, id: AgreementId) -> Result<Option<Facts>, InboxError> {
    let found = data.read(move |conn| {
        let Some(agreement) = db::agreements::find(conn, id)? else { return Ok(None) };
        let Some(listing) = db::listings::find(conn, agreement.listing_id)? else {
            return Ok(None);
        };
        let responder = db::actors::find(conn, agreement.responder_id)?;
        let collective = db::actors::find(conn, listing.collective_id.actor())?;
        Ok(responder.zip(collective).map(|(responder, collective)| Facts {
            agreement,
            listing,
            responder,
            collective,
        }))
    });
    Ok(found.await?)
}
